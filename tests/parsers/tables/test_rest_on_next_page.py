"""A row between bars or tabs whose figures are broken, their ends on the next page's first line: what it prints is not the row's."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.form.editions import editions
from tests.support.held import MADE

TITLE = "样例市样例局2022年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n"
BARS, TABS = " | ", "\t"
RESTS = ["1 9 1 8 3 5 9", "、 1 9 1 8 3 5 9", "、\n本\n年\n度\n1 9 1 8 3 5 9"]


def read_with(row: list[str], rest: str, between: str) -> list[float | None]:
    """What is read of 予以公开 where this row is printed, and the rest below it."""
    grid = next(form for form in editions() if form.code == MADE.edition).of("applications")[0]
    first, *middle, last = (label for _, label in grid.columns)
    lines = [_line(cells, between) for cells in (["申请人情况"], [first, "法人或其他组织", last], middle)]
    for form_row in grid.rows:
        printed = [str(MADE.printed["applications", form_row.item, measure]) for measure in grid.measures]
        cells = row if form_row.item == "disclosed" else printed
        lines.append(_line([form_row.label, *cells], between))
        if form_row.item == "disclosed":
            lines.append(rest.replace(" ", between if between == TABS else " "))
    report = read_report((TITLE + "\n".join(lines) + "\n\n五、存在的主要问题及改进情况\n本段为样例。\n").encode())
    assert {cell.value for cell in report.cells if cell.item == "received"} != {None}
    return [cell.value for cell in report.cells if cell.item == "disclosed"]


def _line(cells: list[str], between: str) -> str:
    line = between.join(cells)
    return f"| {line} |" if between == BARS else line


@pytest.mark.parametrize("between", [BARS, TABS])
@pytest.mark.parametrize("rest", RESTS)
def test_a_row_whose_figures_go_on_below_is_not_read(rest: str, between: str) -> None:
    assert not any(read_with(["279", "527", "909", "608", "404", "141", "424"], rest, between))


@pytest.mark.parametrize("rest", RESTS)
def test_a_row_that_adds_up_stands_whatever_is_below(rest: str) -> None:
    assert read_with(["2", "5", "9", "6", "4", "1", "27"], rest, TABS) == [2, 5, 9, 6, 4, 1, 27]
