"""Section 4 printed a procedure a row under the outcomes printed once, in texts: read where it is whole, never with a number moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.figures import Sample, figures

Rows = list[list[str]]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
MEASURES = ["upheld", "corrected", "other", "pending", "total"]
PROCEDURES = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
PRINTED = [["3", "11", "0", "2", "16"], ["4", "0", "5", "21", "30"], ["6", "7", "0", "12", "25"]]
BESIDE: Rows = [["类型", ""], ["行政复议", ""], ["行政诉讼", "未经复议直接起诉"], ["", "复议后起诉"]]  # the labels as a form prints them
PLAIN: Rows = [["类型"], ["行政复议"], ["未经复议直接起诉"], ["复议后起诉"]]


def bars(rows: Rows) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def inner_bars(rows: Rows) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def tab_before_each(rows: Rows) -> str:
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


def bar_after_each(rows: Rows) -> str:
    return "\n".join(f"{cell} |".lstrip() for row in rows for cell in row)


def words(rows: Rows) -> str:
    return "\n".join(" ".join(cell for cell in row if cell) for row in rows)


def lines(rows: Rows) -> str:
    return "\n".join(cell for row in rows for cell in row if cell)


def apart(rows: Rows) -> str:
    return lines(rows).replace("\n", "\n\n")


LAYOUTS: list[Callable[[Rows], str]] = [bars, inner_bars, tabs, tab_before_each, bar_after_each, words, lines, apart]


def table(labels: Rows, printed: Rows) -> Rows:
    return [label + cells for label, cells in zip(labels, [OUTCOMES, *printed], strict=True)]


def procedures(section4: str) -> list[list[float | None]]:
    """The three rows that a report reads with this text for section 4, its other tables a cell a line."""
    of = Sample("", "样例市样区样局", 2023, "2021", figures(11, "2021"))
    parts: Iterator[str] = (
        part
        if isinstance(part, str)
        else section4
        if part[0][0][0] == "行政复议"
        else "\n\n".join(text.replace("\n", "") for row in part for text, _, _ in row)
        for part in layouts.parts(of)
    )
    found = {(cell.item, cell.measure): cell.value for cell in read_report("\n\n".join(parts).encode()).cells}
    return [[found.get((procedure, measure)) for measure in MEASURES] for procedure in PROCEDURES]


def numbers(printed: Rows) -> list[list[float | None]]:
    return [[float(cell) if cell.isdigit() else None for cell in row] for row in printed]


@pytest.mark.parametrize("labels", [BESIDE, PLAIN], ids=["beside", "plain"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_procedure_a_row(layout: Callable[[Rows], str], labels: Rows) -> None:
    assert procedures(layout(table(labels, PRINTED))) == numbers(PRINTED)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_signs_for_nothing_are_cells(layout: Callable[[Rows], str]) -> None:
    printed = [["/" if cell == "0" else cell for cell in row] for row in PRINTED]
    assert procedures(layout(table(PLAIN, printed))) == numbers(printed)


@pytest.mark.parametrize("labels", [BESIDE, PLAIN], ids=["beside", "plain"])
@pytest.mark.parametrize("layout", [bars, inner_bars, tabs])
def test_blank_cells_on_the_lines_of_a_header_as_wide(layout: Callable[[Rows], str], labels: Rows) -> None:
    printed = [["" if cell == "0" else cell for cell in row] for row in PRINTED]
    assert procedures(layout(table(labels, printed))) == numbers(printed)


@pytest.mark.parametrize("labels", ["行政诉讼（复议后起诉）", "行政诉讼\n复议后起诉", "2.复议后起诉", "经复议后起诉"])
def test_a_label_printed_otherwise(labels: str) -> None:
    assert procedures(lines(table(PLAIN, PRINTED)).replace("复议后起诉", labels)) == numbers(PRINTED)


def test_both_procedures_named_above_the_labels() -> None:
    assert procedures(tabs(table(PLAIN, PRINTED)).replace("类型", "行政复议、行政诉讼")) == numbers(PRINTED)


# -- damaged: a number is where it was printed, or none ------------------------------------------------------------------------


def damaged() -> Iterator[Rows]:
    """A cell lost, emptied, or lost with the row filled up at its end; a cell too many; in one row and in all."""
    for row in range(3):
        for column in range(5):
            cells = PRINTED[row]
            lost = cells[:column] + cells[column + 1 :]
            changed = [lost, [*lost, ""], *([*cells[:column], other, *cells[column + 1 :]] for other in ("", "? ?"))]
            changed += [[*cells[:column], more, *cells[column:]] for more in ("9", "")]
            changed += [["", *cells[:1], "", *cells[2:4], ""], ["9", *cells[:4], ""]]
            yield from ([*PRINTED[:row], other, *PRINTED[row + 1 :]] for other in changed)
            yield [row[:column] + row[column + 1 :] for row in PRINTED]


def moved(found: list[list[float | None]], printed: list[list[float | None]]) -> bool:
    """Does a cell state another number than was printed there?"""
    return any(a is not None and a != b for row, true in zip(found, printed, strict=True) for a, b in zip(row, true, strict=True))


@pytest.mark.parametrize("labels", [BESIDE, PLAIN], ids=["beside", "plain"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_damaged_row_moves_no_number(layout: Callable[[Rows], str], labels: Rows) -> None:
    for printed in damaged():
        found = procedures(layout(table(labels, printed)))
        assert not moved(found, numbers(PRINTED)), (printed, found)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_row_that_lost_a_cell_leaves_all_three_unread(layout: Callable[[Rows], str]) -> None:
    printed = [PRINTED[0], PRINTED[1][1:], PRINTED[2]]
    assert procedures(layout(table(PLAIN, printed))) == [[None] * 5] * 3


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout not in (bars, inner_bars, tabs)])
@pytest.mark.parametrize("row", [["3", "11", "2", "16", "9"], ["3", "1", "1", "2", "16"]], ids=["a remark", "a figure in two"])
def test_a_blank_that_left_no_trace(layout: Callable[[Rows], str], row: list[str]) -> None:
    """Then as many words as the form has columns may not be its own: a row must add up."""
    assert procedures(layout(table(PLAIN, [row, *PRINTED[1:]]))) == [[None] * 5] * 3


@pytest.mark.parametrize("layout", [bars, inner_bars, tabs])
@pytest.mark.parametrize("row", [["3", "11", "21", "", "16"], ["", "14", "0", "2", "16", "16"]], ids=["glued", "one more"])
def test_a_blank_that_may_be_a_merged_cells(layout: Callable[[Rows], str], row: list[str]) -> None:
    assert procedures(layout(table(PLAIN, [row, *PRINTED[1:]]))) == [[None] * 5] * 3


@pytest.mark.parametrize("layout", [bars, inner_bars, tabs])
def test_a_total_that_is_wrong_is_read_on_the_lines_of_a_header_as_wide(layout: Callable[[Rows], str]) -> None:
    printed = [[*PRINTED[0][:4], "17"], ["0", "0", "0", "0", "1"], PRINTED[2]]
    assert procedures(layout(table(BESIDE, printed))) == numbers(printed)


@pytest.mark.parametrize("layout", [bars, inner_bars, tabs])
def test_a_row_without_the_blank_beside_its_label(layout: Callable[[Rows], str]) -> None:
    rows = table(BESIDE, PRINTED)
    rows[1] = ["行政复议", "3", "11", "4", "2", "16", "9"]
    assert not moved(procedures(layout(rows)), numbers(PRINTED))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("words", ["行政诉讼", "行政裁决"])
def test_a_row_more_than_the_form_has_leaves_all_unread(layout: Callable[[Rows], str], words: str) -> None:
    rows = table(PLAIN, PRINTED)
    rows.insert(2, [words, "10", "7", "5", "33", "55"])
    assert procedures(layout(rows)) == [[None] * 5] * 3


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("at", range(6))
def test_a_column_beside_the_forms(layout: Callable[[Rows], str], at: int) -> None:
    """收到数量 or 备注 among the outcomes: as many figures as the form has, one of them blank, need not be its own."""
    name = "备注" if at == 5 else "收到数量"
    for blank in range(6):
        rows = [[*cells[:at], "8", *cells[at:]] for cells in PRINTED]
        rows = [[*row[:blank], "", *row[blank + 1 :]] for row in rows]
        head = [*OUTCOMES[:at], name, *OUTCOMES[at:]]
        printed = [label + cells for label, cells in zip(PLAIN, [head, *rows], strict=True)]
        assert not moved(procedures(layout(printed)), numbers(PRINTED)), (at, blank)


@pytest.mark.parametrize("layout", [words, lines, apart])
def test_nothing_but_zeros_below_a_column_beside_the_forms(layout: Callable[[Rows], str]) -> None:
    head, printed = ["收到数量", *OUTCOMES], ["0", "", "0", "0", "0", "0"]  # the first outcome is blank
    rows = [label + cells for label, cells in zip(PLAIN, [head, printed, printed, printed], strict=True)]
    assert procedures(layout(rows)) == [[None] * 5] * 3


@pytest.mark.parametrize("layout", LAYOUTS)
def test_outcomes_or_procedures_in_another_order(layout: Callable[[Rows], str]) -> None:
    rows = table(PLAIN, PRINTED)
    rows[0][1:3] = rows[0][2:0:-1]
    assert procedures(layout(rows)) == [[None] * 5] * 3
    rows = table([PLAIN[0], PLAIN[2], PLAIN[1], PLAIN[3]], PRINTED)
    assert procedures(layout(rows)) == [[None] * 5] * 3


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_cut_short(layout: Callable[[Rows], str]) -> None:
    text = layout(table(BESIDE, PRINTED))
    whole = procedures(text)
    ends = (end for end in range(text.index("行政复议"), len(text)) if not text[end - 1].isdigit())  # no figure cut in two
    for end in ends:
        assert not moved(procedures(text[:end]), whole), text[:end]


@pytest.mark.parametrize("number", ["7", "- 7 -", "第7页"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_pages_number_is_no_figure(layout: Callable[[Rows], str], number: str) -> None:
    for last in (PRINTED[2], [cell for cell in PRINTED[2] if cell != "0"]):  # a blank cell that left no trace
        text = layout(table(PLAIN, [*PRINTED[:2], last]))
        for below in ("\n", "\n\n"):
            assert not moved(procedures(f"{text}{below}{number}"), numbers(PRINTED)), (last, below)
