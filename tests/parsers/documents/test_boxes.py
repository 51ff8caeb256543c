"""Tables drawn with lines: a cell is a rectangle between them, and what is no rectangle is no table."""

from __future__ import annotations

import pytest

from parsers.documents.set_tables.boxes import find_boxes
from tests.support.readings import cells


def boxed(drawing: str) -> list[list[list[str]]]:
    return cells(find_boxes(drawing.strip("\n").split("\n")))


WHOLE = """
┌────┬──┬──┐
│规章│ 5│  │
├────┼──┼──┤
│许可│ 7│ 9│
└────┴──┴──┘
"""


def test_each_cell_stands_in_its_row_blank_ones_too() -> None:
    assert boxed(WHOLE) == [[["规章", "5", ""], ["许可", "7", "9"]]]
    assert boxed(WHOLE + "文字\n" + WHOLE) == [[["规章", "5", ""], ["许可", "7", "9"]]] * 2


def test_a_table_of_signs_and_a_row_over_two_lines() -> None:
    rule = "+------+----+----+"
    rows = ["| 规章 | 5  |    |", "| 许可 | 7  | 9  |", "| 处罚 | 14 | 20 |\n|      | 3  | 1  |"]
    assert boxed("\n".join([rule, *(f"{row}\n{rule}" for row in rows[:2])])) == [[["规章", "5", ""], ["许可", "7", "9"]]]
    assert boxed("\n".join([rule, *(f"{row}\n{rule}" for row in rows)])) == [
        [["规章", "5", ""], ["许可", "7", "9"], ["处罚", "14 3", "20 1"]]
    ]


def test_a_cell_over_several_rows_and_columns() -> None:
    assert boxed(WHOLE.replace("├────┼──┼──┤", "│    ├──┼──┤").replace("许可", "制定")) == [[["规章制定", "5", ""], ["7", "9"]]]
    (box,) = find_boxes(WHOLE.replace("│规章│ 5│  │", "│规章│ 5   │").strip("\n").split("\n"))
    assert [cell.colspan for cell in box.rows[0]] == [1, 2]


@pytest.mark.parametrize(
    "drawing",
    [
        WHOLE.replace("└────┴──┴──┘", ""),  # cut short before its first rule: no row is known to be whole
        WHOLE[: WHOLE.index("├")],
        WHOLE.replace("│规章│ 5│", "│规章  5│").replace("├────┼──┼──┤", "│    ├──┼──┤"),  # an angle around 7
        WHOLE.replace("├────┼──┼──┤", "├────┤  ├──┤").replace("│许可│ 7", "│许可  7"),  # and one that ends in the cell of 5
    ],
)
def test_what_is_no_rectangle_is_no_cell(drawing: str) -> None:
    found = [cell for table in boxed(drawing) for row in table for cell in row]
    assert not [cell for cell in found if "7" in cell]


def test_a_box_around_boxes_is_none() -> None:
    inner = WHOLE.strip("\n").split("\n")
    around = ["┌" + "─" * 16 + "┐", *(f"│  {line}  │" for line in inner), "└" + "─" * 16 + "┘"]
    assert boxed("\n".join(around)) == [[["规章", "5", ""], ["许可", "7", "9"]]]


def test_lines_of_figures_without_rules_between_them_are_no_rows() -> None:
    """As database shells print tables, + and - above and below the header only; 5 and 7 are not the figure 57."""
    body = "| 规章 | 5 | 8 |\n| 许可 | 7 | 9 |"
    rule = "+------+---+---+"
    assert boxed(f"{rule}\n| 内容 | 甲 | 乙|\n{rule}\n{body}\n{rule}") == []
    assert boxed(f"{rule}\n{body}\n{rule}") == []
    assert boxed(f"{rule}\n| 规章 | 5 | 8 |\n{rule}") == [[["规章", "5", "8"]]]


PANDOC = """
+:--------------------+:----+:---:+
| [规章]{lang="ZH"}   | 5   |     |
+---------------------+-----+-----+
| 许可                | 7   | 9   |
+---------------------+-----+-----+
"""


def test_a_rule_that_says_how_columns_are_set_and_words_with_attributes() -> None:
    """As pandoc prints what a page or a Word file says of columns and of words."""
    assert boxed(PANDOC) == [[["规章", "5", ""], ["许可", "7", "9"]]]


def test_a_box_of_signs_around_boxes_is_none() -> None:
    inner = PANDOC.strip("\n").split("\n")
    around = ["+:------+:" + "-" * 36 + "+", *(f"| 栏目  | {line} |" for line in inner), "+-------+" + "-" * 37 + "+"]
    assert boxed("\n".join(around)) == [[["规章", "5", ""], ["许可", "7", "9"]]]
