"""Each cell names the proof that placed it and the layout it was printed in; what no proof places names none."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.form.editions import editions
from portal.words import WORDS

TITLE = "样例市样例局2023年政府信息公开工作年度报告\n"
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = [row for grid in editions()[-1].of("applications") for row in grid.rows][:6]
FULL = ["3", "1", "0", "0", "0", "2", "6"]
HALF = ["3", "", "", "", "", "", "3"]


def drawn(rows: list[list[str]], header: str = "申请人情况", columns: list[str] = COLUMNS) -> str:
    cells = [[header, *columns], *([row.label, *cells] for row, cells in zip(ROWS, rows, strict=True))]
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in cells) + "</table>"


def written(rows: list[list[str]], separator: str, lead: str = "") -> str:
    """A row a line below the form's header, cells between these separators, `lead` before each row's."""
    header = "三、收到和处理政府信息公开申请情况\n申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    return header + "".join(f"{row.label}{lead}{separator.join(['', *cells])}\n" for row, cells in zip(ROWS, rows, strict=True))


def placed(text: str) -> set[tuple[str | None, str | None]]:
    report = read_report((f"<p>{TITLE}</p>{text}" if text.startswith("<") else TITLE + text).encode())
    assert {cell.item for cell in report.cells} == {row.item for row in ROWS}
    return {(cell.placed_by, cell.layout) for cell in report.cells if cell.status != "unreadable"}


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (drawn([FULL] * 6), ("geometry", "drawn")),
        (drawn([HALF] * 6), ("geometry", "drawn")),
        (written([FULL] * 6, " | "), ("count", "bars")),
        (written([FULL] * 6, "\t"), ("count", "tabs")),
        (written([FULL] * 6, " "), ("count", "spaces")),
        (written([FULL] * 6, "\n"), ("count", "lines")),
        (written([HALF] * 6, "\n"), ("blanks", "lines")),
        (written([["31", "10", "0", "0", "0", "2", "43"]] * 6, ""), ("sums", "glued")),
    ],
)
def test_a_cell_names_its_proof_and_its_layout(text: str, how: tuple[str, str]) -> None:
    assert placed(text) == {how}


def test_rows_of_an_unsure_table_name_no_proof() -> None:
    """All rows but one lost a cell, no trace tells which."""
    report = read_report((TITLE + written([FULL, *[FULL[:6]] * 5], " ")).encode())
    short = [cell for cell in report.cells if cell.item != ROWS[0].item]
    assert {(cell.status, cell.placed_by, cell.layout) for cell in short} == {("unreadable", None, "spaces")}


@pytest.mark.parametrize(
    ("figures", "read"),
    [
        (["31", "10", "0", "0", "0", "2", "47"], True),  # under no single accident does it add up: the report errs
        (["31", "10", "0", "0", "2", "43", "8"], False),  # the last one may be a page's number
        (["31", "1", "0", "0", "0", "2", "43"], False),  # 10, broken, and a blank cell
    ],
)
def test_a_row_that_does_not_add_up_is_read_where_another_lost_a_cell(figures: list[str], read: bool) -> None:
    report = read_report((TITLE + written([FULL, FULL, figures, FULL, FULL, FULL[:6]], " ")).encode())
    assert {cell.status for cell in report.cells if cell.item == ROWS[2].item} == {"stated" if read else "unreadable"}
    assert {cell.status for cell in report.cells if cell.item == ROWS[5].item} == {"unreadable"}


def test_the_proof_is_asked_of_each_row_by_itself() -> None:
    """The last row lost a cell, which says nothing of the others."""
    short = written([FULL] * 5 + [FULL[:6]], " | ")
    report = read_report((TITLE + short).encode())
    assert {cell.placed_by for cell in report.cells if cell.item != ROWS[5].item} == {"count"}
    assert {(cell.status, cell.placed_by) for cell in report.cells if cell.item == ROWS[5].item} == {("unreadable", None)}


def test_every_code_has_its_words() -> None:
    report = read_report((TITLE + written([FULL] * 6, "\t")).encode())
    assert {cell.placed_by for cell in report.cells} <= set(WORDS["placed_by"])
    assert {cell.layout for cell in report.cells} <= set(WORDS["layout"])
