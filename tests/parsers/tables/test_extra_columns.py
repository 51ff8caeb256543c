"""Numbers (序号) left of the labels in running text: taken away where each row has its own, counted on, and only there."""

from __future__ import annotations

import pytest

from parsers.form.labels import Zone
from parsers.tables.extra_columns import without_serials

ROWS = [
    "一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5",
    "二、上年结转政府信息公开申请数量 1 0 0 0 0 0 1",
    "三、本年度办理结果 （一）予以公开 6 0 0 0 0 0 6",
    "（二）部分公开 0 0 0 0 0 0 0",
]
HEAD = "序号 申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
ARTICLES = [
    "第二十条第（一）项\n序号 信息内容 本年制发件数 本年废止件数 现行有效件数\n1 规章 1 2 3\n2 行政规范性文件 4 5 6",
    "第二十条第（六）项\n序号 信息内容 本年处理决定数量\n1 行政处罚 7\n2 行政强制 8",
]


def without(text: str, section: str = "applications") -> str:
    kept = without_serials(text, Zone(section, 0, len(text)))
    assert len(kept) == len(text)
    return "\n".join(" ".join(line.split()) for line in kept.split("\n"))


def numbered(*numbers: int | str, head: str = HEAD) -> str:
    return "\n".join([head, *(f"{number} {row}" for number, row in zip(numbers, ROWS, strict=False))])


def test_numbers_counted_on_are_taken_away() -> None:
    assert without(numbered(1, 2, 3, 4)) == "\n".join([HEAD, *ROWS])
    assert "1 规章" not in without("\n".join(ARTICLES), "proactive_disclosure")


def test_in_each_article_anew() -> None:
    for at, text in enumerate(ARTICLES):
        assert text.split("\n")[2][2:] in without("\n".join(ARTICLES), "proactive_disclosure").split("\n"), at


@pytest.mark.parametrize(
    "text",
    [
        numbered(1, 2, 3, 4, head=HEAD.removeprefix("序号 ")),
        numbered(1, 2),
        numbered(2, 3, 4, 5),
        numbered(1, 2, 4, 5),
        numbered(1, 2, "", 3),
        numbered(1, 2, 1, 2),  # section 3 counts all its rows
        "\n".join([HEAD, *(f"{row} {at}" for at, row in enumerate(ROWS, 1))]),  # right of the figures: each is left of the next label
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert without(text) == "\n".join(" ".join(line.split()) for line in text.split("\n"))


def test_the_last_figure_before_an_article_is_no_number_of_the_next_row() -> None:
    below = ARTICLES[1].replace("1 行政处罚", "行政处罚").replace("2 行政强制", "4 行政强制")
    text = f"{ARTICLES[0].replace('4 5 6', '4 5 3')}\n{below}"
    assert without(text, "proactive_disclosure") == text
