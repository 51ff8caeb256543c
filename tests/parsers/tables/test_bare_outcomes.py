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


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def headed(outcomes: list[str], row: list[str], last: list[str] | None = None) -> list[float | None]:
    """Section 4 as it is drawn on paper, its header with these outcomes under each procedure, others (`last`) under the two of 行政诉讼."""
    cells = "".join(f'<td rowspan="2">{word}</td>' for word in outcomes)
    third = "".join(f"<td>{word}</td>" for word in 2 * (outcomes if last is None else last))
    table = (
        f'<table><tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr><tr>{cells}<td colspan="5">未经复议直接起诉</td>'
        f'<td colspan="5">复议后起诉</td></tr><tr>{third}</tr><tr>{"".join(f"<td>{figure}</td>" for figure in row)}</tr></table>'
    )
    page, times = TABLE.subn(lambda found: found[1] + table, PAGE, count=1)
    assert times
    report = read_report(page.encode())
    found = {(cell.section, cell.item, cell.measure): cell.value for cell in report.cells}
    return [found.get(place) for place in PLACES]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("other", range(5))
def test_an_outcome_printed_twice_in_the_place_of_another_leaves_the_sums(at: int, other: int) -> None:
    outcomes = [OUTCOMES[other] if number == at else word for number, word in enumerate(OUTCOMES)]
    values = headed(outcomes, TRUE)
    assert values == [float(figure) for figure in TRUE]
    changed = headed(outcomes, [str(int(TRUE[0]) + 7), *TRUE[1:]])
    if at != other:
        assert changed == [None] * 15


def test_a_header_without_its_last_line_leaves_the_sums() -> None:
    assert headed(OUTCOMES, TRUE, []) == [float(figure) for figure in TRUE]


def test_outcomes_in_another_order_are_none_of_the_forms() -> None:
    """The sums would hold in any order: only the header tells which is which."""
    for outcomes in ([OUTCOMES[1], OUTCOMES[0], *OUTCOMES[2:]], [*OUTCOMES[:2], OUTCOMES[3], OUTCOMES[2], OUTCOMES[4]]):
        values = headed(outcomes, TRUE)
        order = [OUTCOMES.index(word) for word in outcomes]
        meant = [float(TRUE[5 * (n // 5) + order.index(n % 5)]) for n in range(15)]
        assert all(value in (None, right) for value, right in zip(values, meant, strict=True))
        assert headed(outcomes, TRUE, []) == [None] * 15
