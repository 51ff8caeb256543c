"""docs/architecture.md is true: every package stands in it and exists, every word of its glossary is used, every file it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PAGES = [ROOT / "docs" / "architecture.md", ROOT / "CONTRIBUTING.md", ROOT / "README.md"]


def table(heading: str) -> list[str]:
    """What stands in backticks at the beginning of the rows of the table below a heading."""
    text = PAGES[0].read_text(encoding="utf-8")
    below = text[text.index(f"## {heading}\n") :].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", below, re.MULTILINE)


def packages() -> set[str]:
    return {".".join(path.parent.relative_to(ROOT).parts) for top in ("parsers", "portal") for path in (ROOT / top).rglob("__init__.py")}


def test_the_map_has_every_room_and_no_other() -> None:
    assert set(table("The rooms")) == packages()


def test_every_room_says_what_is_in_it() -> None:
    silent = [
        name for name in packages() if not (ROOT.joinpath(*name.split(".")) / "__init__.py").read_text(encoding="utf-8").startswith('"""')
    ]
    assert not silent


@pytest.mark.parametrize("word", table("Words of our own"))
def test_a_word_of_the_glossary_is_used(word: str) -> None:
    sources = (path for top in ("parsers", "portal") for suffix in ("*.py", "*.sql") for path in (ROOT / top).rglob(suffix))
    used = re.compile(rf"(?<![A-Za-z]){word}(?![A-Za-z])", re.IGNORECASE)
    assert any(used.search(path.read_text(encoding="utf-8")) for path in sources)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    named = re.findall(r"`((?:parsers|portal|plugins|templates|data|docs|bench|tests)/[\w./-]*)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
