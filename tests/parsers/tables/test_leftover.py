"""Nothing of a table is silently left over: each printed cell is a cell of the form, a word of the form, or inside a note."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from parsers import read_report
from parsers.form.leftover import is_word_of_form
from parsers.model import Report, Table
from parsers.printed.values import is_blank
from tests.support.drafts import LAYOUTS, draft
from tests.support.mutations import MUTATIONS
from tests.support.paths import SHARED
from tests.support.readings import sample
from tests.support.web_pages import VARIANTS

COLLECTED = [p for folder in ("seeds/docs", "corpus/docs") if SHARED.exists() for p in sorted((SHARED / folder).iterdir())]


def silent(report: Report) -> list[str]:
    """What a table of the form prints without being read or noted."""
    text = report.document.text
    read = {(c.start, c.end) for c in report.cells}
    noted = [(n.start, n.end) for n in report.notes if n.start is not None and n.end is not None]
    found = []
    for table in (block for block in report.document.blocks if isinstance(block, Table)):
        if not any(table.start <= start and end <= table.end for start, end in read):
            continue
        for cell in table.cells:
            printed = text[cell.start : cell.end]
            inside = any(start <= cell.start and cell.end <= end for start, end in noted)
            if not is_blank(printed) and not is_word_of_form(printed) and (cell.start, cell.end) not in read and not inside:
                found.append(printed)
    return found


@pytest.mark.parametrize("mutation", list(MUTATIONS))
@pytest.mark.parametrize("layout", ["page", "word_made", "transcription"])
def test_of_a_damaged_report(layout: str, mutation: str) -> None:
    for seed in range(3):
        report = draft(seed + 40, layout)
        if MUTATIONS[mutation](report, random.Random(f"{seed} {mutation}")):
            assert not silent(read_report(LAYOUTS[layout](report)))


@pytest.mark.parametrize("variant", list(VARIANTS))
def test_of_a_page(variant: str) -> None:
    assert not silent(read_report(VARIANTS[variant](sample("2021", 13))))


@pytest.mark.skipif(not COLLECTED, reason="the collected documents (../shared) are not beside this repository")
@pytest.mark.parametrize("path", COLLECTED, ids=lambda path: path.name)
def test_of_a_collected_document(path: Path) -> None:
    assert not silent(read_report(path.read_bytes()))


def test_a_row_that_is_not_on_the_form_is_noted_with_its_text() -> None:
    report = read_report(VARIANTS["rows that are not the form's"](sample("2021", 13)))
    notes = [note.message for note in report.notes if note.code == "row_not_on_form"]
    assert any("其他主动公开文件\t1207" in message for message in notes)
    assert any("12 个科室" in message for message in notes)
