"""Section 2 with its figures apart from their labels: whose they are is told only where nothing else may be printed there."""

from __future__ import annotations

import pytest

from parsers import read_report

TITLE = "样例市样例局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
RULES = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"
PENALTIES = "第二十条第（六）项\n信息内容 本年处理决定数量\n"
END = "\n三、收到和处理政府信息公开申请情况\n"


def articles(*parts: str) -> dict[str, list[float | None]]:
    found: dict[str, list[float | None]] = {}
    for cell in read_report("".join([TITLE, *parts, END]).encode()).cells:
        if cell.section == "proactive_disclosure" and cell.value is not None:
            found.setdefault(cell.item, []).append(cell.value)
    return found


def test_as_many_lines_of_figures_as_labels_are_theirs_in_printed_order() -> None:
    assert articles(RULES, "规章\n1 2 3\n4 5 6\n行政规范性文件\n") == {"rules": [1, 2, 3], "normative_documents": [4, 5, 6]}
    assert articles(PENALTIES, "行政处罚\n12\n5\n行政强制\n") == {"penalties": [12], "compulsion": [5]}


def test_a_line_of_one_figure_may_be_the_rest_of_the_one_above() -> None:
    assert articles(PENALTIES, "行政处罚 12\n5\n行政强制\n") == {}


def test_a_label_beside_the_figures_of_another_row_tells_no_order() -> None:
    assert "normative_documents" not in articles(RULES, "1 2 3\n规章 4 5 6\n行政规范性文件\n")


def test_a_label_printed_twice_with_other_figures_is_no_row() -> None:
    assert articles(RULES, "规章\n1 2 3\n7 8 9\n规章\n") == {}
    assert articles(RULES, "规章\n1 2 3\n1 2 3\n规章\n") == {"rules": [1, 2, 3]}


def test_what_is_printed_once_more_and_otherwise_completes_no_other_printing() -> None:
    """The second may be another report's."""
    first = f"{RULES}规章 1 2 3\n行政规范性文件 4 5\n"
    assert articles(first) == {"rules": [1, 2, 3]}
    assert "normative_documents" not in articles(first, RULES, "规章\n7 8 9\n6 5 4\n行政规范性文件\n")


def test_below_a_header_that_lacks_words_no_order_is_told() -> None:
    assert articles(RULES.replace("本年制发件数", "备注"), "规章\n1 2 3\n4 5 6\n行政规范性文件\n") == {}


@pytest.mark.parametrize("cells", ["| 5 2 | 7 |", "| 7 | 5 2 |", "| - 2 | 7 |"])
def test_a_figure_with_a_space_in_it_is_not_two_in_a_drawn_cell(cells: str) -> None:
    assert "rules" in articles(RULES, "规章\n\n| 5 | 2 | 7 |\n|---|---|---|\n\n| 4 | 5 | 6 |\n|---|---|---|\n行政规范性文件\n")
    assert "rules" not in articles(RULES, f"规章\n\n{cells}\n|---|---|\n\n| 4 | 5 | 6 |\n|---|---|---|\n行政规范性文件\n")


@pytest.mark.parametrize("row", ["3 行政许可", "3\n行政许可"])
def test_a_number_left_of_its_label_is_no_figure(row: str) -> None:
    """序号 beside the form's columns, and the row's own cell blank."""
    assert articles(f"第二十条第（五）项\n序号 信息内容 本年处理决定数量\n{row}\n") == {}
    assert articles(f"第二十条第（五）项\n信息内容 本年处理决定数量\n{row}\n") == ({} if " " in row else {"licensing": [3]})
