"""Indicator tables before 2019, drawn and in running text."""

from __future__ import annotations

import json

import pytest

from parsers import read_report
from tests.support.paths import SHARED

HEAD = "<h1>样例市样例局2016年政府信息公开工作年度报告</h1>"
DRAWN = """<table><tr><td>指标名称</td><td>计量单位</td><td>2016年度</td><td>历年累计</td></tr>
<tr><td>一、主动公开情况</td><td></td><td></td><td></td></tr>
<tr><td>（一）主动公开政府信息数</td><td>条</td><td>1,204</td><td>9876</td></tr>
<tr><td>其中：1、政府网站公开政府信息数</td><td>条</td><td>1100</td><td>/</td></tr>
<tr><td>二、行政复议数量</td><td>件</td><td>3</td><td>12</td></tr>
<tr><td>（一）维持数</td><td>件</td><td>2</td><td>8</td></tr>
<tr><td>三、行政诉讼数量</td><td>件</td><td>1</td><td>5</td></tr>
<tr><td>（一）维持数</td><td>件</td><td>0</td><td>4</td></tr></table>"""


def figures(html: str) -> dict[tuple[str, str], tuple[float | None, str]]:
    report = read_report((HEAD + html).encode())
    for cell in report.statistics:
        assert cell.status != "stated" or report.document.text[cell.start : cell.end].replace(",", "") == f"{cell.value:.0f}"
    return {(cell.item, cell.measure): (cell.value, cell.status) for cell in report.statistics}


def test_a_drawn_table_is_read_by_its_header() -> None:
    found = figures(DRAWN)
    assert found["主动公开政府信息数", "year"] == (1204, "stated")
    assert found["政府网站公开政府信息数", "cumulative"] == (None, "blank")
    assert found["行政复议数量/维持数", "year"] == (2, "stated")
    assert found["行政诉讼数量/维持数", "cumulative"] == (4, "stated")


def test_two_columns_that_may_be_the_year_are_none() -> None:
    assert figures(DRAWN.replace("2016年度", "数量").replace("历年累计", "数值")) == {}


def test_the_reports_year_tells_its_column_from_others() -> None:
    found = figures(DRAWN.replace("2016年度", "2015年").replace("历年累计", "2016年"))
    assert found["主动公开政府信息数", "year"] == (9876, "stated") and not [key for key in found if key[1] == "cumulative"]
    report = read_report((HEAD + DRAWN.replace("历年累计", "上年数")).encode())
    assert {s.measure for s in report.statistics} == {"year"}
    assert "上年数" in next(note.message for note in report.notes if note.code == "column_skipped")
    to_date = figures(DRAWN.replace("2016年度", "本期实际").replace("历年累计", "本年累计"))
    assert to_date["主动公开政府信息数", "year"] == (9876, "stated")


def test_a_table_cut_by_a_page_end_and_one_of_two_halves() -> None:
    cut = DRAWN.replace("<tr><td>二、行政复议数量", "</table><p>- 3 -</p><table><tr><td>二、行政复议数量")
    assert figures(cut) == figures(DRAWN)
    halves = (
        "<table><tr><td>指标名称</td><td>单位</td><td>2016年</td><td>指标名称</td><td>单位</td><td>2016年</td></tr>"
        "<tr><td>主动公开政府信息数</td><td>条</td><td>7</td><td>举报投诉数量</td><td>件</td><td>2</td></tr></table>"
    )
    assert figures(halves) == {("主动公开政府信息数", "year"): (7, "stated"), ("举报投诉数量", "year"): (2, "stated")}


def test_a_name_in_merged_columns() -> None:
    merged = (
        '<table><tr><td colspan="2">指标名称</td><td>计量单位</td><td>2016年度</td></tr>'
        '<tr><td colspan="2">主动公开文件数</td><td>条</td><td>9</td></tr>'
        '<tr><td rowspan="2">其中</td><td>政府网站公开数</td><td>条</td><td>5</td></tr><tr><td>政府公报公开数</td><td>条</td><td>4</td></tr></table>'
    )
    assert figures(merged) == {
        ("主动公开文件数", "year"): (9, "stated"),
        ("政府网站公开数", "year"): (5, "stated"),
        ("政府公报公开数", "year"): (4, "stated"),
    }


@pytest.mark.parametrize("apart", ["\t", "\n"])
def test_a_row_that_heads_others_and_has_neither_unit_nor_figure_is_no_part_of_the_next_name(apart: str) -> None:
    rows = [
        ("统计指标", "单位", "统计数"),
        ("一、主动公开情况", "", ""),
        ("（一）主动公开政府信息数", "条", "9"),
        ("1.公开率", "%", "98.5"),
    ]
    text = "\n".join(apart.join(cell for cell in row if cell or apart == "\t") for row in rows)
    report = read_report(f"样例市样例局2016年政府信息公开工作年度报告\n{text}\n填报人：某".encode())
    assert [(s.item, s.code, s.value) for s in report.statistics] == [("主动公开政府信息数", "disclosed_items", 9), ("公开率", None, 98.5)]


@pytest.mark.parametrize(
    ("header", "found"), [("<td>项目</td><td>单位</td><td>数量</td>", 7), ("<td>项目</td><td>数量</td><td>备注</td>", None)]
)
def test_项目_heads_the_names_before_a_column_of_units(header: str, found: float | None) -> None:
    value = figures(f"<table><tr>{header}</tr><tr><td>主动公开政府信息数</td><td>条</td><td>7</td></tr></table>")
    assert [number for number, _ in value.values()] == ([found] if found else [])


# The national annex prints 统计指标, 单位, 统计数; remarks in brackets hold digits and units of their own.
ANNEX = [
    ("一、主动公开情况", "——", "——"),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "2048"),
    ("其中：主动公开规范性文件数", "条", "12"),
    ("制发规范性文件总数", "件", "7"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——", "——"),
    ("1.政府公报公开政府信息数", "条", "0"),
    ("2.政府网站公开政府信息数", "条", "315"),
    ("三、依申请公开情况", "——", "——"),
    ("（一）收到申请数", "件", "11"),
    ("1.当面申请数", "件", "4"),
    ("2.传真申请数", "件", "7"),
    ("四、行政复议数量", "件", "3"),
    ("（一）被依法纠错数", "件", "1"),
    ("五、行政诉讼数量", "件", "5"),
    ("（一）被依法纠错数", "件", "2"),
    ("七、依申请公开信息收取的费用", "万元", "3.25"),
    ("（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元", "/"),
]
ROWS = [("统计指标", "单位", "统计数"), *ANNEX]
LAYOUTS = {
    "drawn": "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS) + "</table>",
    "a cell a line": "\n".join(cell for row in ROWS for cell in row),
    "blank lines between": "\n\n".join(cell for row in ROWS for cell in row),
    "bars": "\n".join(" | ".join(row) + " |" for row in ROWS),
    "bars on one line": " ".join(" | ".join(row) + " |" for row in ROWS),
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "spaces": " ".join(" ".join(row) for row in ROWS),
    "pipe table": "\n" + "\n".join("| " + " | ".join(row) + " |" + ("\n|---|---|---|" if row is ROWS[0] else "") for row in ROWS),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_national_annex_in_every_layout(layout: str) -> None:
    title = "晋江市样例局2016年政府信息公开工作年度报告"
    report = read_report(f"{f'<h1>{title}</h1>' if layout == 'drawn' else title}\n附：政府信息公开情况统计表\n{LAYOUTS[layout]}".encode())
    found = [(s.label, s.unit, report.document.text[s.start : s.end]) for s in report.statistics]
    assert found == [row for row in ANNEX if row[1] != "——"]
    by_item = {s.item: s for s in report.statistics}
    assert by_item["行政复议数量/被依法纠错数"].value == 1 and by_item["行政诉讼数量/被依法纠错数"].value == 2
    assert by_item["依申请公开信息收取的费用"].value == 3.25 and by_item["依申请公开信息收取的费用"].code == "fees_for_information"
    assert next(s for s in report.statistics if s.label.startswith("（一）主动公开")).code == "disclosed_items"
    assert report.statistics[-1].status == "blank" and report.statistics[-1].value is None


def test_run_together_a_number_is_parted_from_the_next_numbering_only_where_that_is_sure() -> None:
    text = "晋江市样例局2016年政府信息公开工作年度报告\n" + "".join("".join(row) for row in ROWS)
    report = read_report(text.encode())
    read = {s.item: s for s in report.statistics}
    assert (read["政府公报公开政府信息数"].value, read["政府公报公开政府信息数"].status) == (0, "inferred")
    assert (read["当面申请数"].value, read["当面申请数"].status) == (4, "inferred")
    printed = [cell for cell in ANNEX if cell[1] != "——" and cell[2] != "/"]
    assert [(s.label, s.value) for s in report.statistics] == [(label, float(figure)) for label, _, figure in printed]


def test_blank_cells_that_left_no_trace_are_not_filled() -> None:
    two = [
        ("指标名称", "计量单位", "2016年度", "历年累计"),
        ("主动公开文件数", "条", "12", "340"),
        ("行政复议数", "件", "5"),
        ("行政诉讼数", "件"),
    ]
    report = read_report(("晋江市样例局2016年政府信息公开工作年度报告\n" + "\n".join(cell for row in two for cell in row)).encode())
    found = {(s.item, s.measure): (s.value, s.status) for s in report.statistics}
    assert found["主动公开文件数", "cumulative"] == (340, "stated")
    assert found["行政复议数", "year"] == found["行政复议数", "cumulative"] == (None, "unreadable")
    assert found["行政诉讼数", "year"] == (None, "blank")


def test_an_empty_form_is_refused() -> None:
    blank = DRAWN
    for number in ("1,204", "9876", "1100", "12", "3", "2", "8", "1", "5", "0", "4"):
        blank = blank.replace(f"<td>{number}</td>", "<td></td>")
    assert read_report((HEAD + blank).encode()).status == "refused"


@pytest.mark.skipif(not SHARED.exists(), reason="the collected documents (../shared) are not beside this repository")
@pytest.mark.parametrize("name", ["pingtan_2014_pre2019.txt", "pingtan_2017_pre2019.txt"])
def test_running_text_states_no_other_figure(name: str) -> None:
    truth = json.loads((SHARED / "corpus" / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    report = read_report((SHARED / "corpus" / "docs" / name).read_bytes())
    values = {(indicator, measure): value for indicator, measure, _, value in truth["statistics"]}
    read = {(s.item, s.measure): s.value for s in report.statistics if s.value is not None}
    assert len(read) >= (30 if "2014" in name else 20)
    assert {key: value for key, value in read.items() if key in values} == {key: values[key] for key in read if key in values}
    assert not [s for s in report.statistics if s.status == "inferred" and s.end - s.start != 1]
