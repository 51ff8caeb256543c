"""Indicator tables before 2019, drawn and in running text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers import read_report

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
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
    assert figures(DRAWN.replace("2016年度", "本期").replace("历年累计", "上期")) == {}


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
