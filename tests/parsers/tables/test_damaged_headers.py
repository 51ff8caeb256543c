"""Headers of section 2 that lack their third heading or print one twice: read by the number of figures, in doubt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from parsers import read_report
from tests.support import layouts, transcription
from tests.support.figures import Sample, figures

MADE = Sample("sample", "样例市样例局", 2020, "2019", figures(5, "2019"))
PLACES = [("normative_documents", measure) for measure in ("made", "disclosed", "in_public")]
TRUE = [float(str(MADE.printed["proactive_disclosure", *place])) for place in PLACES]
LAYOUTS = [layouts.page, layouts.tabs, layouts.pipes_one_line, layouts.cell_per_line, transcription.transcription]
SPACE = r"(?:\s|<[^>]*>)*"
SECOND, THIRD = (SPACE.join(word) for word in ("公开数量", "对外公开总数量"))


def without_third(text: str) -> str:
    return re.sub(THIRD, "", text, count=1)


def first_twice(text: str) -> str:
    return re.sub(SECOND, "制作数量", text, count=1)


@pytest.mark.parametrize("damage", [without_third, first_twice])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_read_is_right_and_in_doubt(layout: Callable[[Sample], bytes], damage: Callable[[str], str]) -> None:
    text = damage(layout(MADE).decode())
    assert text != layout(MADE).decode()
    report = read_report(text.encode())
    found = {(cell.item, cell.measure): cell for cell in report.cells if cell.section == "proactive_disclosure"}
    doubted = {(note.item, note.measure) for note in report.notes if note.code == "doubt"}
    read = [found[place].value if place in found else None for place in PLACES]
    assert read in (TRUE, [None] * 3)
    assert read == [None] * 3 or doubted.issuperset(PLACES)


@pytest.mark.parametrize("damage", [without_third, first_twice])
def test_a_page_is_read(damage: Callable[[str], str]) -> None:
    report = read_report(damage(layouts.page(MADE).decode()).encode())
    read = {(cell.item, cell.measure): cell.value for cell in report.cells if cell.section == "proactive_disclosure"}
    assert [read[place] for place in PLACES] == TRUE


@pytest.mark.parametrize("damage", [without_third, first_twice])
def test_a_row_with_fewer_figures_than_columns_is_not(damage: Callable[[str], str]) -> None:
    page = damage(layouts.page(MADE).decode())
    row = re.search(r"规范性文件(?:</span>)?</td>(<td>.*?</td>)", page)
    assert row
    report = read_report(page.replace(row[0], row[0].removesuffix(row[1])).encode())
    values = {cell.measure: cell.value for cell in report.cells if cell.item == "normative_documents"}
    assert not any(
        value is not None and value != true for (_, measure), true in zip(PLACES, TRUE, strict=True) for value in [values.get(measure)]
    )
