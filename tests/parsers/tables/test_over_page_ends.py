"""Figures broken in two, their rest in a row without a label: the row above is not read."""

from __future__ import annotations

import pytest

from parsers import read_report

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEAD = f"| {NOTE} | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n{'|---' * 8}|\n"
RECEIVED = "| 一、本年新收政府信息公开申请数量 | 300 | 67 | 16 | 0 | 0 | 0 | 383 |\n"
CARRIED_IN = "| 二、上年结转政府信息公开申请数量 | 101 | 2 | 3 | 0 | 0 | 0 | 106 |\n"


def items_read(table: str) -> set[str]:
    text = f"# 样例市样例局2023年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n{table}"
    return {cell.item for cell in read_report(text.encode()).cells if cell.value is not None}


@pytest.mark.parametrize("rest", ["| | 5 | | 2 | | | | 1 |", "| | | | | | | | 4 |", "| 申请数量 | 5 | | | | | | 1 |"])
def test_of_some_figures(rest: str) -> None:
    assert items_read(f"{HEAD}{RECEIVED}{rest}\n{CARRIED_IN}") == {"carried_in"}


PARTLY = "| （二）部分公开（区分处理的，只计这一情形，不计其他情形） | 101 | 22 | 13 | 4 | 4 | 4 | 148 |\n"
ALL = "| | 1 | 2 | 3 | 4 | 5 | 6 | 7 |\n"


def test_of_all_figures_where_none_is_shorter_than_others() -> None:
    above = RECEIVED.replace("| 0 | 0 | 0 |", "| 5 | 5 | 5 |")
    assert items_read(f"{HEAD}{above}{ALL}{PARTLY}") == {"partly_disclosed"}
    assert items_read(f"{HEAD}{above}{ALL}{PARTLY.replace('| 4 | 4 | 4 |', '| 444 | 4 | 4 |')}") == {"received", "partly_disclosed"}
    assert "received" not in items_read(f"{HEAD}{above}{ALL}{PARTLY.replace('| 4 | 4 | 4 |', '| 4 44 | 4 | 4 |')}")


def test_of_all_figures_where_the_form_has_no_row_between() -> None:
    assert items_read(f"{HEAD}{RECEIVED.replace('300', '3')}{ALL}{CARRIED_IN}") == {"carried_in"}


@pytest.mark.parametrize(("line", "kept"), [("39", False), ("3 9", False), ("申请数量 4 2", False), ("不计其他情形", True)])
def test_on_the_line_after_a_table(line: str, kept: bool) -> None:
    total_only = "| 一、本年新收政府信息公开申请数量 | | | | | | | 17 |\n"
    for row, adds_up in ((total_only, False), (RECEIVED.replace("383", "380"), False), (RECEIVED, True)):
        assert ("received" in items_read(f"{HEAD}{row}\n{line}\n")) == (kept or adds_up)


def test_a_pages_number_on_the_line_after_a_table() -> None:
    total_only = "| 一、本年新收政府信息公开申请数量 | | | | | | | 17 |\n"
    assert items_read(f"第一段。\n\n3\n\n{HEAD}{total_only}\n4\n\n五、存在的主要问题及改进情况\n") == {"received"}
    assert items_read(f"第一段。\n\n3\n\n{HEAD}{total_only}\n9\n\n五、存在的主要问题及改进情况\n") == set()


@pytest.mark.parametrize("rest", ["5", "| | | | 5 | | | | | | | | | | | |"])
def test_below_the_one_row_of_section_4(rest: str) -> None:
    outcomes = " | ".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    heads = f"| 行政复议 | | | | | 未经复议直接起诉 | | | | | 复议后起诉 | | | | |\n{'|---' * 15}|\n| {outcomes} |\n"
    row = "| 1 | 2 | 3 | 4 | 10 | 1 | 2 | 3 | 4 | 9 | 1 | 0 | 0 | 0 | 2 |\n"
    text = "# 样例市样例局2023年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n行政复议 行政诉讼\n\n"
    cells = read_report(f"{text}{heads}{row}\n{rest}\n{'|---' * 15 + '|' if '|' in rest else ''}\n".encode()).cells
    assert "litigation_direct" not in {cell.item for cell in cells if cell.value is not None}


def test_at_the_top_of_the_next_page() -> None:
    page = f"\n- 5 -\n\n| 量 | | 7 | | | | | 2 |\n{'|---' * 8}|\n"
    assert items_read(f"{HEAD}{CARRIED_IN}{RECEIVED}{page}") == {"carried_in"}


@pytest.mark.parametrize(
    "below",
    [
        "| 12 | | | | | | | |",
        "| - 12 - |",
        "| 机构 | 301 | 68 | 17 | 1 | 1 | 1 | 389 |",
        "| 其他主动公开文件 | 5 | | | | | | 5 |",
        "| | | | | | | | |",
    ],
)
def test_not_of_a_pages_number_or_another_row(below: str) -> None:
    assert items_read(f"{HEAD}{RECEIVED}{below}\n{CARRIED_IN}") == {"received", "carried_in"}


def test_in_cells_of_the_next_pages_first_row() -> None:
    page = f"\n| 二、上年结转政府信息公开申请数量 | 4<br>101 | 2 | 3 | 0 | 0 | 0 | 2<br>106 |\n{'|---' * 8}|\n"
    found = items_read(f"{HEAD}{RECEIVED}{page}")
    assert "received" not in found


def test_below_the_last_cell_of_section_4_between_tabs() -> None:
    outcomes = "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    heads = f"行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉\n{outcomes}\n"
    row = "\t".join(["1", "2", "3", "4", "10", "892", "3615", "8464", "7387", "3657", "1", "0", "0", "0", "52"])
    text = f"样例市样例局2023年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n{heads}{row}\n"
    found = {c.item for c in read_report(text.encode()).cells if c.value is not None}
    broken = {c.item for c in read_report(f"{text}64\n".encode()).cells if c.value is not None}
    assert "litigation_direct" in found and "litigation_direct" not in broken
