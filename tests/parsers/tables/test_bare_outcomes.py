"""Section 4 as fifteen figures under its heading, without any header."""

from __future__ import annotations

import re
from random import Random

import pytest

from parsers import read_report
from parsers.model import Report
from tests.support import layouts
from tests.support.held import MADE

PLACES = [key for key in MADE.printed if key[0] == "review_litigation"]
TRUE = [str(MADE.printed[place]) for place in PLACES]
PAGE = layouts.page(MADE).decode()
TABLE = re.compile(r"(四、.*?)<table.*?</table>", re.DOTALL)
WRAPPED = {
    "a table": lambda row: f"<table><tr>{''.join(f'<td>{figure}</td>' for figure in row)}</tr></table>",
    "a paragraph": lambda row: f"<p>{' '.join(row)}</p>",
    "paragraphs": lambda row: "".join(f"<p>{figure}</p>" for figure in row),
    "bars": lambda row: f"<p>{' | '.join(row)}</p>",
}


def read(row: list[str], wrapped: str) -> tuple[list[float | None], Report]:
    page, times = TABLE.subn(lambda found: found[1] + WRAPPED[wrapped](row), PAGE, count=1)
    assert times
    report = read_report(page.encode())
    cells = {(cell.section, cell.item, cell.measure): cell for cell in report.cells}
    assert all(cells[place].status in ("inferred", "unreadable") for place in PLACES if place in cells)
    return [cells[place].value if place in cells else None for place in PLACES], report


@pytest.mark.parametrize("wrapped", ["a table", "a paragraph", "paragraphs"])
def test_all_three_sums_tell_the_cells(wrapped: str) -> None:
    assert len(PLACES) == 15
    values, report = read(TRUE, wrapped)
    assert values == [float(figure) for figure in TRUE]
    assert len([note for note in report.notes if note.code == "inferred" and note.section == "review_litigation"]) == 15


@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("seed", range(8))
def test_a_figure_changed_lost_glued_or_shifted_is_noted_and_never_wrong(wrapped: str, seed: int) -> None:
    pick = Random(seed)
    at = pick.randrange(14)
    damaged = {
        "changed": [*TRUE[:at], str(int(TRUE[at]) + 7), *TRUE[at + 1 :]],
        "lost": TRUE[:at] + TRUE[at + 1 :],
        "glued": [*TRUE[:at], TRUE[at] + TRUE[at + 1], *TRUE[at + 2 :]],
        "one more": [*TRUE[:at], "5", *TRUE[at:]],
    }
    for row in damaged.values():
        values, report = read(row, wrapped)
        assert all(value in (None, float(true)) for value, true in zip(values, TRUE, strict=True))
        assert any(note.code in ("row_torn", "header_unknown", "row_without_label") for note in report.notes)


def test_a_document_with_rows_of_figures_that_cannot_be_placed_is_not_refused_as_blank() -> None:
    text = f"{MADE.title}\n一、总体情况\n本段为样例。\n四、政府信息公开行政复议、行政诉讼情况\n"
    rows = {"figures": "3 1 0 2 99 0 0 1 3 4 1 0 0 0 1\n", "none": ""}
    table = "三、收到和处理政府信息公开申请情况\n（一）予以公开 | | | |\n（二）部分公开 | | | |\n"
    found = {name: read_report((text + row + table).encode()) for name, row in rows.items()}
    assert found["figures"].refused is None and all(cell.value is None for cell in found["figures"].cells)
    assert found["none"].refused
