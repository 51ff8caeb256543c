"""What was found in real documents was looked at by hand, and docs/checks.md counts what came of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bench import catalogue
from tests.support.paths import ROOT, SHARED

FOLDERS = {
    "corpus": SHARED / "corpus/docs",
    "seeds": SHARED / "seeds/docs",
    "collection": ROOT / "data/reports",
    "samples": ROOT / "tests/samples",
}


def test_the_page_is_in_step_with_the_catalogue_and_the_judgements() -> None:
    assert catalogue.PAGE.read_text(encoding="utf-8") == catalogue.page(), "run: python -m bench catalogue"


def test_no_finding_without_a_caution_was_false() -> None:
    rows = catalogue.judgements()
    assert {row["true"] for row in rows} == {"true", "false"} and all(row["why"] for row in rows)
    assert [row for row in rows if row["verdict"] == "report" and row["true"] == "false"] == []


@pytest.mark.parametrize("documents", sorted(FOLDERS))
def test_every_finding_without_a_caution_was_looked_at(documents: str, tmp_path: Path) -> None:
    """A new finding of verdict report: open the document, and add its line to data/judgements.csv with what you saw."""
    if not FOLDERS[documents].exists():
        pytest.skip("../shared with the collected documents is not here")
    path = tmp_path / "portal.db"
    build = [sys.executable, "build.py", str(FOLDERS[documents]), "--db", str(path)]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    found = sqlite3.connect(path).execute(
        "select check_code, coalesce(section, ''), coalesce(item, ''), coalesce(measure, ''), coalesce(printed, '') from findings"
        " where verdict = 'report'"
    )
    columns = ("check", "section", "item", "measure", "printed")
    known = {tuple(row[column] for column in columns) for row in catalogue.judgements() if row["documents"] == documents}
    assert set(found) <= known
