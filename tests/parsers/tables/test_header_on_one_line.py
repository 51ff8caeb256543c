"""Section 3 in running text whose header is the seven columns on one line, without 法人或其他组织 above five of them."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.form.editions import editions
from tests.support.held import MADE

GRID = next(form for form in editions() if form.code == MADE.edition).of("applications")[0]
TITLE = "样例市样例局2022年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n"
TRUE = {(row.item, measure): float(str(MADE.printed["applications", row.item, measure])) for row in GRID.rows for measure in GRID.measures}


def read(between: str, header: list[str], *, without: str | None = None) -> dict[tuple[str, str], float | None]:
    """What is read of the table; of the row `without` its third figure is not printed."""
    lines = [between.join(header)]
    for row in GRID.rows:
        cells = [str(MADE.printed["applications", row.item, measure]) for measure in GRID.measures]
        lines.append(between.join([row.label, *(cells[:2] + cells[3:] if row.item == without else cells)]))
    report = read_report((TITLE + "\n".join(lines) + "\n\n五、存在的主要问题及改进情况\n本段为样例。\n").encode())
    return {(cell.item, cell.measure): cell.value for cell in report.cells}


COLUMNS = [label for _, label in GRID.columns]


@pytest.mark.parametrize("lead", [["申请人情况"], []])
@pytest.mark.parametrize("between", [" | ", "\t", "  ", " "])
def test_it_is_read(between: str, lead: list[str]) -> None:
    assert read(between, [*lead, *COLUMNS]) == TRUE


@pytest.mark.parametrize("between", [" | ", "\t", " "])
def test_columns_in_another_order_or_too_few_are_not(between: str) -> None:
    for header in ([COLUMNS[1], COLUMNS[0], *COLUMNS[2:]], COLUMNS[:3] + COLUMNS[4:]):
        assert not any(value is not None and value != TRUE[place] for place, value in read(between, header).items())


@pytest.mark.parametrize("between", [" | ", "\t", " "])
def test_a_row_that_lost_a_cell_gives_no_wrong_figure(between: str) -> None:
    found = read(between, COLUMNS, without="withheld_by_law")
    assert not any(value is not None and value != TRUE[place] for place, value in found.items())


# -- section 4, a row for each procedure --------------------------------------------------------------------------------

FOURTH = next(form for form in editions() if form.code == MADE.edition).of("review_litigation")[0]
OUTCOMES = [label for _, label in FOURTH.columns]
TRUE_FOURTH = {(row.item, measure): float(n + 1) for row in FOURTH.rows for n, measure in enumerate(FOURTH.measures)}
TRUE_FOURTH |= {(row.item, "total"): 10.0 for row in FOURTH.rows}


def read_fourth(between: str, header: list[str], *, without: str | None = None) -> dict[tuple[str, str], float | None]:
    """What is read of section 4; of the row `without` its third figure is not printed."""
    lines = [between.join(["申请人情况", *COLUMNS]), *(between.join([row.label, *"0000000"]) for row in GRID.rows)]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", between.join(header)]
    for row in FOURTH.rows:
        cells = ["1", "2", "3", "4", "10"]
        lines.append(between.join([row.label, *(cells[:2] + cells[3:] if row.item == without else cells)]))
    report = read_report((TITLE + "\n".join(lines) + "\n\n五、存在的主要问题及改进情况\n本段为样例。\n").encode())
    return {(cell.item, cell.measure): cell.value for cell in report.cells if cell.section == "review_litigation"}


@pytest.mark.parametrize("lead", [["类别"], ["案件类型"], []])
@pytest.mark.parametrize("between", [" | ", "\t", "  ", " "])
def test_procedures_in_rows_are_read(between: str, lead: list[str]) -> None:
    assert read_fourth(between, [*lead, *OUTCOMES]) == TRUE_FOURTH


@pytest.mark.parametrize("between", [" | ", "\t", " "])
@pytest.mark.parametrize("row", [row.item for row in FOURTH.rows])
def test_a_procedure_that_lost_a_cell_gives_no_wrong_figure(between: str, row: str) -> None:
    found = read_fourth(between, ["类别", *OUTCOMES], without=row)
    assert not any(value is not None and value != TRUE_FOURTH[place] for place, value in found.items())


@pytest.mark.parametrize("between", [" | ", "\t", " "])
def test_outcomes_in_another_order_or_too_few_are_not_read(between: str) -> None:
    for header in ([OUTCOMES[1], OUTCOMES[0], *OUTCOMES[2:]], OUTCOMES[:1] + OUTCOMES[2:]):
        assert not any(read_fourth(between, ["类别", *header]).values())
