"""Section 4 in running text, its fifteen figures on one line below a header of two levels."""

from __future__ import annotations

import pytest

from parsers import read_report

HEAD = "样例市样例局2023年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n"
WORDS = f"未经复议直接起诉 复议后起诉\n{' '.join(['结果维持 结果纠正 其他结果 尚未审结 总计'] * 3)}\n"
FIGURES = [*range(21, 35), 9]  # no procedure's add up: only their places tell whose they are


def outcomes(line: str, words: str = WORDS) -> list[float | None]:
    cells = read_report(f"{HEAD}{words}{line}\n\n五、存在的主要问题及改进情况\n".encode()).cells
    return [cell.value for cell in cells if cell.section == "review_litigation" and cell.value is not None]


def tabs(*cells: object) -> str:
    return "\t".join(map(str, cells))


@pytest.mark.parametrize(
    "line",
    [tabs(*FIGURES), " ".join(map(str, FIGURES)), " ".join(f"{figure} 件" for figure in FIGURES), tabs("21 22", "23 24 25", *FIGURES[5:])],
)
def test_as_many_figures_as_the_form_has_are_read(line: str) -> None:
    assert outcomes(line) == FIGURES


@pytest.mark.parametrize(
    "line",
    [
        tabs("21 22", "", "23 24 25", *FIGURES[5:]),  # a blank among them: one of the figures is of another column
        tabs("", "21 22", "", "23 24 25", *FIGURES[5:]),
        tabs("", *FIGURES[:7], "", *FIGURES[7:]),
        tabs("21 22", "另23 24 25", *FIGURES[5:]),
        tabs("21 22", "23 24 25", *FIGURES[5:], 40),
        tabs("21 22", "23 24 25", *FIGURES[5:-1]),
        f"{tabs('21 22', '23 24 25', *FIGURES[5:])}\n7",  # a figure on a line of its own may be the rest of one
    ],
)
def test_what_may_be_of_other_columns_is_not_read(line: str) -> None:
    assert outcomes(line) == []


@pytest.mark.parametrize("at", range(15))
def test_a_figure_that_cannot_be_read_moves_no_other(at: int) -> None:
    """Below blanks for the header's merged cells, each figure closed by a bar: what stands before the unreadable one and the blanks
    may be as many cells as the form has."""
    head = "".join(f"{word} |\n" for word in WORDS.split())
    assert outcomes("|||||\n" + "".join(f"{figure} |\n" for figure in FIGURES), head) == FIGURES
    spoiled = "".join("无效 |\n" if place == at else f"{figure} |\n" for place, figure in enumerate(FIGURES))
    assert outcomes(f"|||||\n{spoiled}", head) in ([*FIGURES[:at], *FIGURES[at + 1 :]], [])
