"""Tests stand on tests/support alone: none imports another, and none changes where Python looks for modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

FILES = [path for folder in ("tests", "bench", "plugins") for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(tree: ast.AST) -> Iterator[str]:
    """Each module that is imported, and each name of it that may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_test(module: str) -> bool:
    return module.startswith("tests.") and any(part.startswith("test_") or part == "conftest" for part in module.split("."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_test_is_imported_and_no_path_is_changed(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [module for module in imported(tree) if is_test(module)]
    attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    assert not [node.lineno for node in attributes if (node.value.id, node.attr) == ("sys", "path")]  # type: ignore[attr-defined]
    assert "sys.path" not in imported(tree)


def test_what_the_rule_is_for_is_seen() -> None:
    code = "from tests.parsers.tables.test_variants import read\nfrom tests.parsers.documents import test_pdf\nimport tests.conftest"
    assert [is_test(module) for module in imported(ast.parse(code))] == [True, True, True]
    assert not any(map(is_test, imported(ast.parse("from tests.support.readings import read\nfrom pytest import test_x"))))
