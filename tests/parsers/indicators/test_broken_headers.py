"""Indicator tables before 2019 on one line of text, the words of their headers broken by blanks."""

from __future__ import annotations

import pytest

from parsers import read_report

TITLE = "样例市样例局2011年政府信息公开工作年度报告\n一、概述\n2011年，样例局做好公开。\n六、附表 "
ROWS = {
    "主动公开文件数": (120, 3400),
    "政府网站公开数": (100, 3000),
    "政府公报公开数": (0, 0),
    "受理依申请公开信息总数": (1, 10),
    "行政复议数": (0, 2),
}
LINE = " ".join(f"{'其中：1、' if '网站' in name else ''}{name} 条 {year} {all_years}" for name, (year, all_years) in ROWS.items())


def read(header: str, line: str = LINE) -> dict[tuple[str, str], float | None]:
    report = read_report(f"{TITLE}{header} {line}\n".encode())
    return {(cell.item, cell.measure): cell.value for cell in report.statistics}


@pytest.mark.parametrize(
    "header",
    [
        "指标名称 计量单位 2011年度 历年累计",
        "指标名称 计量 单位 2011 年度 历年累计",
        "指标 名称 单 位 2011 年 历年 累计",
        "指 标 名 称 单 位 2011年 累 计",
    ],
)
def test_they_are_read(header: str) -> None:
    read_so = read(header)
    assert {name: (read_so[name, "year"], read_so[name, "cumulative"]) for name in ROWS} == ROWS


def test_a_time_and_a_word_for_all_years_apart_are_two_columns() -> None:
    read_so = read("指标名称 计量单位 2011 年度 累 计")
    assert read_so["主动公开文件数", "year"] == 120 and read_so["主动公开文件数", "cumulative"] == 3400


@pytest.mark.parametrize("lost", [" 3400", " 100", " 10 "])
def test_a_row_that_lost_a_figure_gives_no_wrong_one(lost: str) -> None:
    true = {(name, measure): float(n) for name, pair in ROWS.items() for measure, n in zip(("year", "cumulative"), pair, strict=True)}
    for place, value in read("指标名称 计量 单位 2011 年度 历年累计", LINE.replace(lost, " ", 1)).items():
        assert value in (None, true[place])
