"""Who reports on which year: what the title, the opening words, the signature and the page decide, and what stays open."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from parsers import read_report
from tests.support.identified import identity, page
from tests.support.paths import ROOT, SHARED

GOLD = sorted([*SHARED.glob("seeds/gold/*.json"), *SHARED.glob("corpus/gold/*.json")])


@pytest.mark.parametrize(
    ("opening", "agency", "year"),
    [
        ("杭州市西湖区样例局2022年政府信息公开工作年度报告", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局\n2022年政府信息公开\n工作年度报告", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局2022年政府信息公开\n工作年度报告", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局关于2022年度政府信息公开工作情况的报告", "杭州市西湖区样例局", 2022),
        ("关于杭州市西湖区样例局2022年政府信息公开工作年度报告的公告", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局2022年政府信息公开工作年度报告（草案）", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局政府信息公开工作年度报告（2022年度）", "杭州市西湖区样例局", 2022),
        ("2022年杭州市西湖区样例局政府信息公开年报", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区2022年样例局政府信息公开年报", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局二〇二一年度政府信息公开工作年度报告", "杭州市西湖区样例局", 2021),
        ("杭州市西湖区样例局二О二一年度政府信息公开工作年度报告", "杭州市西湖区样例局", 2021),
        ("政府信息公开工作年度报告\n（2022年度）\n杭州市西湖区样例局", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局２０２１年政府信息公开工作年度报告", "杭州市西湖区样例局", 2021),
        ("杭州市西湖區樣例局2021年政府信息公開工作年度報告", "杭州市西湖区样例局", 2021),
        ("标题：杭州市西湖区样例局2021年政务公开工作年度报告", "杭州市西湖区样例局", 2021),
        ("# **杭州市西湖区样例局2021年政务公开工作年度报告**", "杭州市西湖区样例局", 2021),
        ("杭州市西湖区样例局：2022年政府信息公开工作年度报告", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局——2022年政府信息公开工作年度报告", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局2022年“政府信息公开”工作总结", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局政府信息公开工作2022年度报告", "杭州市西湖区样例局", 2022),
        ("杭州市西湖区样例局2022年政府信息主动公开工作年度报告", "杭州市西湖区样例局", 2022),
        ("中共安吉县委机构编制委员会办公室2022年政府信息公开工作年度报告", "中共安吉县委机构编制委员会办公室", 2022),
        ("新疆生产建设兵团2022年政府信息公开工作年度报告", "新疆生产建设兵团", 2022),
        ("现将《杭州市西湖区样例局2021年政府信息公开工作年度报告》公布如下。", "杭州市西湖区样例局", 2021),
        ("首页 > 政府信息公开年报\n杭州市西湖区样例局2021年政府信息公开工作年度报告", "杭州市西湖区样例局", 2021),
        ("晋江市人民政府2021年政府信息公开工作年度报告", "晋江市人民政府", 2021),
        ("晋江市政府办公室2021年政府信息公开工作年度报告", "晋江市人民政府办公室", 2021),
        ("样例经济开发区管委会2021年政府信息公开工作年度报告", "样例经济开发区管理委员会", 2021),
        ("桃江县样例镇人民政府2021年政府信息公开工作年度报告", "桃江县样例镇人民政府", 2021),
        ("晋江市样例街道办事处2021年政府信息公开工作年度报告", "晋江市样例街道办事处", 2021),
        ("国家税务总局晋江市税务局2021年政府信息公开工作年度报告", "国家税务总局晋江市税务局", 2021),
        ("中华人民共和国杭州海关2021年政府信息公开工作年度报告", "中华人民共和国杭州海关", 2021),
        ("晋江市气象局2021年政府信息公开工作年度报告", "晋江市气象局", 2021),
        ("中共晋江市委样例部2021年政府信息公开工作年度报告", "中共晋江市委样例部", 2021),
    ],
)
def test_a_title_names_agency_and_year(opening: str, agency: str, year: int) -> None:
    found, notes = identity(opening)
    assert (found.agency, found.year) == (agency, year)
    assert not set(notes) & {"agency_open", "year_open", "year_conflict", "several_titles"}


@pytest.mark.parametrize("below", ["杭州市西湖区样例局\n杭州市西湖区第二局", "杭州市西湖区人民政府"])
def test_names_below_a_title_that_may_be_others(below: str) -> None:
    """A list of offices, or the government whose page it is."""
    found, notes = identity(f"2022年政府信息公开工作年度报告\n{below}")
    assert (found.agency, found.year) == (None, 2022) and "agency_open" in notes


def test_of_two_bodies_in_a_title_neither_is_chosen_unless_one_is_above_the_other() -> None:
    for above, agency in (("平潭县民政局", None), ("平潭县人民政府", "平潭县财政局")):
        found, _ = identity(f"{above} 平潭县财政局2022年政府信息公开工作年度报告")
        assert (found.agency, found.year) == (agency, 2022)


def test_the_year_is_the_reports_not_that_of_its_publication() -> None:
    found, notes = identity("晋江市样例局2020年政府信息公开工作年度报告\n发布时间：2021-01-25 10:22 来源：样例局", end="2021年1月20日")
    assert (found.year, found.published_on, found.signed_on) == (2020, "2021-01-25", "2021-01-20")
    assert "year_conflict" not in notes


def test_a_period_of_another_year_is_noted_and_the_title_taken() -> None:
    found, notes = identity("晋江市样例局2021年政府信息公开工作年度报告\n统计期限自2020年1月1日起至2020年12月31日止。", end="2022年1月20日")
    assert found.year == 2021 and "取 2021 年" in notes["year_conflict"]


def test_a_title_with_the_year_it_was_made_in_gives_way_to_the_period() -> None:
    found, notes = identity("晋江市样例局2021年政府信息公开工作年度报告\n统计期限为2020年1月1日至12月31日。", end="二〇二一年一月二十九日")
    assert found.year == 2020 and found.signed_on == "2021-01-29" and "取 2020 年" in notes["year_conflict"]


def test_a_title_with_the_year_it_was_made_in_gives_way_to_the_overview() -> None:
    found, notes = identity("晋江市样例局2021年政府信息公开工作年度报告", "2020年，样例局登载信息若干。", end="2021年1月29日")
    assert found.year == 2020 and "总体情况写 2020 年" in notes["year_conflict"]
    found, notes = identity("晋江市样例局2021年政府信息公开工作年度报告", "2020年，样例局登载信息若干。", end="2022年1月29日")
    assert found.year == 2021 and "year_conflict" not in notes


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("数据统计期限为2021年1月1日至12月31日。", 2021),
        ("数据统计期限自2021年1月1日起至2021年12月31日止。", 2021),
        ("本报告数据起止时间为２０２１年７月１日－１２月３１日。", 2021),
        ("《样例办法》自2019年5月15日起施行至2020年1月1日。", None),
        ("数据统计期限为2020年12月1日至2021年11月30日。", None),
    ],
)
def test_the_stated_period_gives_the_year_where_no_title_does(period: str, year: int | None) -> None:
    found, notes = identity(period)
    assert found.year == year and ("year_open" in notes) == (year is None)


def test_titles_of_other_years_around_the_text_are_not_this_ones() -> None:
    listed = "晋江市样例局2019年政府信息公开工作年度报告\n晋江市样例局2020年政府信息公开工作年度报告\n"
    found, notes = identity(f"{listed}晋江市样例局2021年政府信息公开工作年度报告")
    assert found.year == 2021 and "several_titles" in notes
    head = "<title>晋江市样例局2020年政府信息公开工作年度报告</title>"
    found, notes = page(head, "".join(f"<p>晋江市样例局{year}年政府信息公开工作年度报告</p>" for year in (2021, 2020, 2019)))
    assert found.year == 2020 and "several_titles" in notes


def test_a_title_of_two_years_decides_none() -> None:
    found, notes = identity("晋江市样例局2019-2020年政府信息公开工作年度报告")
    assert found.year is None and "year_open" in notes


@pytest.mark.parametrize("title", ["关于做好2021年政府信息公开工作年度报告编制工作的通知", "2021年上半年政府信息公开工作情况报告"])
def test_what_is_no_yearly_reports_title(title: str) -> None:
    assert identity(title)[0].title is None


def test_a_title_that_only_the_page_has() -> None:
    found, _ = page("<title>晋江市样例局2021年政府信息公开工作年度报告_样例门户网站</title>")
    assert (found.agency, found.year) == ("晋江市样例局", 2021)
    found, _ = page('<meta name="ArticleTitle" content="2021年政府信息公开工作年度报告"><title>年度报告-晋江市样例局</title>')
    assert (found.agency, found.year) == ("晋江市样例局", 2021)


def test_address_dates_and_number_of_a_page() -> None:
    head = (
        '<meta name="PubDate" content="2022-01-25 16:30"><link rel="canonical" href="https://example.org/a.html">'
        "<title>晋江市样例局2021年政府信息公开工作年度报告</title>"
    )
    found, _ = page(head, "<p>文号：样政办〔2022〕3号</p>")
    assert (found.published_on, found.url, found.document_number) == ("2022-01-25", "https://example.org/a.html", "样政办〔2022〕3号")
    assert page('<meta property="og:url" content="https://example.org/b.html">')[0].url == "https://example.org/b.html"
    assert page("<!-- saved from url=(0026)https://example.org/c.html -->")[0].url == "https://example.org/c.html"
    assert page('<link rel="canonical" href="javascript:alert(1)">')[0].url is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("发布日期:2021-01-29", "2021-01-29"),
        ("发布时间：2021年1月29日 10:00", "2021-01-29"),
        ("日期：2021.01.29 来源：样例局", "2021-01-29"),
        ("2021-01-29 09:15 来源：样例局 浏览次数", "2021-01-29"),
        ("發布日期：2021/1/29", "2021-01-29"),
        ("发布日期：20210129", "2021-01-29"),
        ("发布日期：二〇二一年一月二十九日", "2021-01-29"),
        ("发布日期：2021‑01‑29", "2021-01-29"),
        ("发布（公开）日期：2021-01-29", "2021-01-29"),
        ("发布于 2021-01-29", "2021-01-29"),
        ("[ 2021-01-29 ] 来源: 样例局", "2021-01-29"),
        ("样例门户网站 2021-01-29 来源：样例局", "2021-01-29"),
        ("来源：样例局 2021-01-29 15:02", "2021-01-29"),
        ("2021-01-29 15:02", "2021-01-29"),
        ("[2021-01-29]", "2021-01-29"),
        ("起草时间：2021-01-29", None),
        ("录用\n2021-01-29", None),
        ("成文日期：2021-01-29", None),
        ("生成日期 | 2021-01-29 |", None),
        ("统计时间：2020-01-01至2020-12-31", None),
        ("发布日期：2021-13-29", None),
    ],
)
def test_the_day_of_publication(line: str, published: str | None) -> None:
    assert identity(f"晋江市样例局2020年政府信息公开工作年度报告\n{line}")[0].published_on == published


@pytest.mark.parametrize(
    ("end", "signed"),
    [
        ("晋江市样例局\n2021年1月9日", "2021-01-09"),
        ("二〇二一年一月九日", "2021-01-09"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("二○二一年二月十日", "2021-02-10"),
        ("晋江市样例局 2021年1月9日", "2021-01-09"),
        ("单位：晋江市样例局\n日期：2021年1月9日", "2021-01-09"),
        ("上一篇：2021年1月9日的会议", None),
    ],
)
def test_the_date_under_the_text(end: str, signed: str | None) -> None:
    found, _ = identity("晋江市样例局2020年政府信息公开工作年度报告", end=end)
    assert (found.signed_on, found.published_on) == (signed, None)


def test_the_year_that_the_overview_opens_with() -> None:
    assert identity("", "2021年，样例局登载信息若干。2020年收到申请3件。")[0].year == 2021
    assert identity("", "样例局2020年收到申请3件，2021年收到2件。")[0].year is None


def test_what_a_pages_head_says() -> None:
    found, _ = page('<meta property="og:title" content="晋江市样例局2021年政府信息公开工作年度报告"><title>样例网</title>')
    assert (found.agency, found.year, found.title) == ("晋江市样例局", 2021, "晋江市样例局2021年政府信息公开工作年度报告")
    found, _ = page('<meta name="ContentSource" content="晋江市样例局"><title>2021年政府信息公开工作年度报告</title>')
    assert found.agency == "晋江市样例局"
    found, _ = page('<meta name="ContentSource" content="晋江市融媒体中心"><title>2021年政府信息公开工作年度报告</title>')
    assert found.agency is None
    found, _ = page('<meta property="article:published_time" content="2022-01-25T10:00:00+08:00">')
    assert found.published_on == "2022-01-25"
    found, _ = page('<script type="application/ld+json">{"pubDate": "2022-01-25T10:00:00"}</script>')
    assert found.published_on == "2022-01-25"


# Short names: completed by what the document decides, else open.


@pytest.mark.skipif(not GOLD, reason="the collected documents (../shared) are not beside this repository")
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_a_real_documents_identity(gold: Path) -> None:
    truth = json.loads(gold.read_text(encoding="utf-8"))
    found = read_report((gold.parent.parent / "docs" / gold.stem).read_bytes()).identity
    with (ROOT / "data" / "agencies.csv").open(encoding="utf-8", newline="") as file:
        listed = {name: row["name"] for row in csv.DictReader(file) for name in row["other_names"].split("；") if name}
    assert listed.get(found.agency or "", found.agency) == truth["agency"]
    assert found.year == truth["year"]
    if truth.get("title"):
        assert found.title == truth["title"]
    if truth.get("signed_on"):
        assert found.signed_on == truth["signed_on"]
    if truth.get("published_on"):
        assert found.published_on == truth["published_on"]
