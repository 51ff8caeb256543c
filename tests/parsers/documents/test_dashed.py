"""Tables under lines of dashes: a cell is what stands under a run of them, and a table that prints anything between is none."""

from __future__ import annotations

import pytest

from parsers.documents.set_tables.dashes import find_dashed
from tests.support.readings import cells

DASHES = "  ------------ ------ ------"
ROW = "  规章         52     7"


def dashed(*lines: str) -> list[list[list[str]]]:
    return cells(find_dashed(lines))


def test_a_blank_cell_is_seen() -> None:
    assert dashed(DASHES, ROW, "  行政许可            9", DASHES) == [[["规章", "52", "7"], ["行政许可", "", "9"]]]


def test_rows_of_several_lines_stand_between_blank_lines() -> None:
    table = [DASHES, "  信息内容     本年\\  本年", "               新", "", ROW, DASHES]
    assert dashed(*table) == [[["信息内容", "本年新", "本年"], ["规章", "52", "7"]]]


def test_a_header_stands_on_the_line_above_or_below_a_rule_over_all_columns() -> None:
    head = "  信息内容     甲     乙"
    rule = "  " + "-" * 26
    wanted = [[["信息内容", "甲", "乙"], ["规章", "52", "7"]]]
    assert dashed("一、总体情况", "", head, DASHES, ROW, "", "二、") == wanted
    assert dashed(rule, head, DASHES, ROW, rule) == wanted
    two = [rule, "  信息         甲     乙", "  内容", DASHES, ROW, rule]
    assert dashed(*two) == wanted


def test_tables_one_below_the_other() -> None:
    assert dashed(DASHES, ROW, DASHES, "", "三、", "", DASHES, ROW, DASHES) == [[["规章", "52", "7"]]] * 2


@pytest.mark.parametrize(
    "row",
    [
        "  规章              52  7",  # sticks out of its column
        "  规章        52      7",  # and to the left
        " 规章          52     7",
        "  规章  52  7",  # its spaces were lost
        "  规章         52 7",
        "  行政许可事项 52   本年",  # a character stands half in a column
    ],
)
def test_words_that_do_not_keep_to_the_columns_leave_no_table(row: str) -> None:
    assert dashed(DASHES, ROW, row, DASHES) == []


def test_a_cell_with_attributes() -> None:
    """As pandoc prints what a page says of the type, and what was struck out in Word."""
    wide = "  ------------ --------------------------------------- -----"
    row = '  规章         [1]{lang="EN-US"}[425]{.mark}           \\-5'
    assert dashed(wide, row, wide) == [[["规章", "1425", "-5"]]]
    struck = "  规章         [1]{.deletion}425                       5"
    assert dashed(wide, struck, wide) == [[["规章", "[1]{.deletion}425", "5"]]]
