"""What is longer than any report prints is refused or left unread, not worked through for minutes."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.documents.html import blocks
from parsers.documents.html.read import write_fragment
from parsers.documents.set_tables import dashes as dashed
from parsers.documents.set_tables import padded
from parsers.form import headers as header_lines
from parsers.form import labels
from parsers.printed.canonical import Writer
from parsers.printed.cells import printed_lines
from parsers.printed.decode import LOST
from parsers.tables import order as form_order
from parsers.tables import over_page_ends as broken
from tests.support.paper_lines import HEADER, in_the_middle, page
from tests.support.readings import cells, sample

TITLE = "样例市样例局2023年政府信息公开工作年度报告\n"
RULES = f"{TITLE}二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"


def numbers(text: str) -> set[float]:
    return {cell.value for cell in read_report(text.encode()).cells if cell.value is not None}


@pytest.mark.parametrize("more", [0, 1])
def test_more_labels_than_a_table_has(more: int) -> None:
    rows = "规章 1 2 3\n" * (labels.MAX_LABELS - 2 + more)  # two above them
    assert numbers(RULES + rows) == (set() if more else {1, 2, 3})


def test_a_header_longer_than_any() -> None:
    columns = [("本年新制作数量",), ("本年新公开数量",), ("对外公开总数量",)]
    header = "本年新 本年新 对外公开总数量\n制作数量 公开数量"
    assert header_lines.reads_by_lines(header, columns)
    assert not header_lines.reads_by_lines(header + "\n" * header_lines.MAX_HEADER, columns)


def test_more_lines_than_section_3_has() -> None:
    text = page(sample(), in_the_middle)
    start, end = text.index(HEADER), text.index("四、")
    assert form_order.rows_in_order(text, start, end)
    long = text[:end] + "其他\n" * form_order.MAX_LINES
    assert form_order.rows_in_order(long, start, len(long)) == []


@pytest.mark.parametrize("more", [0, 1])
def test_more_padded_lines_than_a_table_has(more: int) -> None:
    assert bool(padded.find_padded(["规章   1   2   3   "] * (padded.MAX_LINES + more))) is not more


def test_more_lines_of_dashes_than_a_document_has() -> None:
    two = ["-- --", "章 1", "", "-- ---", "章 1", ""]
    assert len(cells(dashed.find_dashed(two * dashed.MAX_DASHES))) == dashed.MAX_DASHES


def test_more_lines_under_dashes_than_a_table_has() -> None:
    ((rows),) = cells(dashed.find_dashed(["-- --", *["章  1"] * (dashed.MAX_LINES + 5)]))
    assert len(rows) == dashed.MAX_LINES - 1


@pytest.mark.parametrize("far", [False, True])
def test_figures_far_below_a_row_are_not_its_rest(far: bool) -> None:
    head = "| | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n" + "|---" * 8 + "|\n"
    row = "| 一、本年新收政府信息公开申请数量 | | | | | | | 17 |\n"
    between = "商业企业\n\n" * (broken.FARTHEST // 5 + 1 if far else 1)
    text = f"# {TITLE}\n三、收到和处理政府信息公开申请情况\n\n{head}{row}\n{between}\n| | | 4 |\n{'|---' * 3}|\n"
    assert numbers(text) == ({17} if far else set())


def test_lines_that_print_nothing() -> None:
    text = "a\n" + " " * 50_000 + "\n\n \tb c \n" + "\n" * 50_000
    assert [text[start:end] for start, end in printed_lines(text, 0, len(text))] == ["a", " \tb c "]
    assert not read_report(text.encode()).cells


@pytest.mark.parametrize("deep", [True, False])
def test_a_figure_deeper_in_its_cell_than_anybody_writes_is_not_read_and_told(deep: bool) -> None:
    depth = blocks.MAX_DEPTH + deep
    inside = f"{'<b></b><span>' * depth}17{'</span>' * depth}"
    writer = Writer()
    write_fragment(f"<table><tr><td>{inside}</td><td>1</td></tr></table>", writer)
    cell = writer.text.split("\t")[0]
    assert ("17" in cell, LOST in cell) == (not deep, deep)


def test_a_page_is_read_however_deep_it_stands() -> None:
    page = f"{'<div>' * 2000}<p>样例</p>{'</div>' * 2000}"
    assert read_report(page.encode()).document.text.strip() == "样例"


def test_more_attributes_than_a_tag_has() -> None:
    tags = ["<p " + " ".join(f"a{n}='x y'" for n in range(count)) + ">样例</p>" for count in (900, 1001)]
    assert ["attributes" in str(read_report(tag.encode()).refused) for tag in tags] == [False, True]


def test_lists_deeper_than_the_grammar_goes() -> None:
    lists = ["".join(f"{'  ' * level}- a{level}\n" for level in range(depth)) for depth in (40, 60)]
    front = "---\nagency: 样例局\n---\n\n"
    read, refused = [read_report(f"{front}{text}".encode()) for text in lists]
    assert "a39" in read.document.text and "make them flat" in str(refused.refused)
