"""Rows of section 3 without their labels: read where the rows around leave one place for each, and their labels are printed near."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.tables.order import DOUBT

HEAD = """# 样例市样例局2023年政府信息公开工作年度报告

三、收到和处理政府信息公开申请情况

| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
|---|---|---|---|---|---|---|---|
"""
BEFORE = "| 8.属于行政查询事项 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n"
TORN = "\n（四）无\n1.本机关不掌握相关政\n府信息\n2.没有现成信息需要另\n法提供行制作\n"
ONE = "\n| 4 | 0 | 1 | 0 | 0 | 0 | 5 |\n|---|---|---|---|---|---|---|\n"
TWO = "\n| 6 | 0 | 0 | 2 | 0 | 0 | 8 |\n|---|---|---|---|---|---|---|\n"
AFTER = "\n| 3.补正后申请内容仍不明确 | 7 | 0 | 0 | 0 | 0 | 0 | 7 |\n|---|---|---|---|---|---|---|---|\n"
# and a row that is not on the form, so that the order of all lines tells nothing (parsers/form_order.py)
END = "\n| 1.信访举报投诉类申请 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n|---|---|---|---|---|---|---|---|\n| 9.另有情形 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n"


def totals(*tables: str) -> dict[str, float]:
    cells = read_report((HEAD + "".join(tables)).encode()).cells
    return {cell.item: cell.value for cell in cells if cell.measure == "total" and cell.value is not None}


LABELLED = {"withheld_admin_query": 9, "unavailable_unclear": 7, "unprocessed_petition": 3}


def test_as_many_rows_as_the_form_has_between_their_neighbours_are_theirs_and_doubted() -> None:
    placed = {"unavailable_not_held": 5, "unavailable_not_compiled": 8}
    assert totals(BEFORE, TORN, ONE, TWO, AFTER, END).items() >= placed.items()
    notes = read_report((HEAD + BEFORE + TORN + ONE + TWO + AFTER + END).encode()).notes
    assert {(note.item, note.message) for note in notes if note.message == DOUBT} == {
        ("unavailable_not_held", DOUBT),
        ("unavailable_not_compiled", DOUBT),
    }


@pytest.mark.parametrize(
    "tables",
    [
        (BEFORE, TORN, ONE, AFTER, END),  # one of two
        (BEFORE, TORN, ONE, TWO, ONE, AFTER, END),
        (BEFORE, TORN, ONE, AFTER, TWO, END),  # as many in all, but not between the two
        (ONE, BEFORE, TORN, TWO, AFTER, END),
        (BEFORE, ONE, TWO, AFTER, END),  # their labels are nowhere
        (BEFORE, TORN.replace("没有现成信息", ""), ONE, TWO, AFTER, END),
        (BEFORE, TORN, ONE, TWO.replace("| 6 |", "| |"), AFTER, END),  # a blank: one of its figures may be a neighbour's
        (BEFORE, TORN, ONE, TWO.replace("| 6 |", "| 6？ |"), AFTER, END),
    ],
)
def test_otherwise_none_is_read(tables: tuple[str, ...]) -> None:
    assert totals(*tables).items() <= LABELLED.items()
