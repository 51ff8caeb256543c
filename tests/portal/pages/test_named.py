"""The search names places and agencies before it quotes: those so written, else those that sound so, else what is near."""

from __future__ import annotations

import sqlite3

import httpx
import pytest

from portal.build.spelling import characters_said, spelled
from portal.pages import named, queries
from portal.sounds import SYLLABLES
from tests.support.pages import tree
from tests.support.site_rows import AGENCY


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("长治市", "changzhishi czs"),
        ("长子县", "zhangzixian zzx"),
        ("六合区", "luhequ lhq"),
        ("六安市", "luanshi las"),
        ("洪洞县", "hongtongxian htx"),
        ("涡阳县", "guoyangxian gyx"),
        ("单县", "shanxian sx"),
        ("浚县", "xunxian xx"),
        ("成都市", "chengdushi cds"),
        ("朝阳市", "chaoyangshi cys"),
        ("漯河市", "luoheshi lhs"),
    ],
)
def test_names_of_places_are_spelled_as_they_are_said(name: str, letters: str) -> None:
    assert " ".join(spelled(name).split()[:2]) == letters


def test_the_sounds_of_characters_are_those_that_names_are_spelled_with() -> None:
    assert SYLLABLES.read_text(encoding="utf-8") == characters_said(), "run: python -m portal.build.spelling"


@pytest.mark.parametrize(
    ("typed", "places", "agencies", "said"),
    [
        ("平谭", ["350128"], ["350128-c", "350128-d", "350128-b"], "ping tan"),
        ("平谭县", ["350128"], ["350128-c", "350128-d", "350128-b"], "ping tan xian"),
        ("民正局", [], ["350128-d"], "min zheng ju"),
        ("平谭民正局", [], ["350128-d"], "ping tan min zheng ju"),
        ("福建平谭残联", [], ["350128-c"], "fu jian ping tan can lian"),
        ("洪择区政府", [], ["320813-e"], "hong ze qu zheng fu"),
        ("潭平", [], [], None),
        ("平潭", ["350128"], ["350128-c", "350128-d", "350128-b"], None),
    ],
)
def test_a_name_of_the_same_sound_is_found_where_none_is_so_written(
    small: sqlite3.Connection, typed: str, places: list[str], agencies: list[str], said: str | None
) -> None:
    small.execute("insert into regions (code, name, pinyin) values ('522727', '平塘县', ?)", (spelled("平塘县"),))
    found = named.named(queries.rows_of(small), typed)
    assert [row["code"] for row in found["named_regions"]["rows"]] == places
    assert sorted(row["code"] for row in found["named_agencies"]["rows"]) == sorted(agencies)
    assert found["by_sound"] == said
    suggested = named.suggested(queries.rows_of(small), typed)
    assert (suggested["by_sound"], {row["kind"] for row in suggested["suggestions"]}) == (
        said, {*(["region"] if places else []), *(["agency"] if agencies else [])},
    )  # fmt: skip
    assert named.named(queries.rows_of(small), typed, elsewhere=True)["by_sound"] is None


@pytest.mark.parametrize(("lang", "words"), [("", "按读音（ping tan xian）找到的"), ("&lang=en", "What sounds so (ping tan xian)")])
def test_the_search_says_that_it_went_by_the_sound(site: httpx.Client, lang: str, words: str) -> None:
    page = tree(site, f"/search?q=平谭县{lang}")
    assert words in page.css_first("main .caution").text() and page.css_first("main a[href^='/regions/350128']")
    assert not tree(site, f"/search?q=平潭县{lang}").css("main .caution")


def test_a_region_stands_for_what_lies_in_it_in_the_lists_too(site: httpx.Client) -> None:
    assert [row["region"] for row in site.get("/reports.json?q=福建 残联").json()["reports"]] == ["350582"]
    assert [row["code"] for row in site.get("/agencies.json?q=黑龙江 残联").json()["agencies"]] == ["231000-canlian"]


def test_a_name_nobody_has_leads_on_to_the_search(site: httpx.Client) -> None:
    page = tree(site, "/agencies?q=无此机关")
    assert page.css_first("main a[href^='/search?q=']")
    assert f"/agencies/{AGENCY}" in [link.attributes["href"] for link in tree(site, "/agencies?q=样例市民政局").css("main a")]
    assert site.get("/regions/999999").status_code == 404


@pytest.mark.parametrize(
    ("typed", "places", "agencies"),
    [
        ("福建", ["350000"], ["350000-a"]),
        ("平潭县", ["350128"], ["350128-d", "350128-c", "350128-b"]),
        ("洪泽区政府", [], ["320813-e"]),
        ("平潭县人民政府", ["350128"], ["350128-d", "350128-c", "350128-b"]),  # another body reports for it
        ("fj", ["350000"], ["350000-a"]),
        ("平潭 2020年", ["350128"], ["350128-b", "350128-d", "350128-c"]),  # the zone's committee is above the county's bodies
        ("残联", [], ["350128-c"]),
        ("cl", [], ["350128-c"]),
        ("ptxcl", [], ["350128-c"]),
        ("ptcl", [], ["350128-c"]),
        ("福建 残联", [], ["350128-c"]),
        ("残联 福建省", [], ["350128-c"]),
        ("福州 民政", [], ["350128-d"]),
        ("fj cl", [], ["350128-c"]),
        ("mzj", [], ["350128-d"]),
        ("zj", [], []),  # with which 民政局 only ends
    ],
)
def test_a_search_names_regions_and_agencies_the_nearest_first(
    small: sqlite3.Connection, typed: str, places: list[str], agencies: list[str]
) -> None:
    found = named.named(queries.rows_of(small), typed)
    assert [row["code"] for row in found["named_regions"]["rows"]] == places
    assert [row["code"] for row in found["named_agencies"]["rows"]] == agencies
    assert found["near"] == []


@pytest.mark.parametrize(
    ("typed", "first", "then"),
    [
        ("海南", "海南省", "海南区"),
        ("西安", "西安市", "西安区"),
        ("hainan", "海南省", "海南区"),
        ("xian", "西安市", "襄阳市"),
        ("cq", "重庆市", "城区"),
        ("nx", "宁夏回族自治区", "宁县"),
        ("朝阳", "朝阳市", "朝阳区"),
        ("福建", "福建省人民政府", "福建省民政厅"),
        ("福建省政府", "福建省人民政府", "福建省人民政府办公厅"),
        ("平潭县民政局", "平潭县民政局", "平潭县民政局婚姻登记处"),
        ("民政局", "平潭县民政局", "福州市民政局婚姻登记处"),
        ("mzj", "福州市民政局", "平潭县民政局"),
        ("民政", "平潭县民政局", "福建省人民政府"),
        ("福建民政", "福建省民政厅", "福建省人民政府"),
        ("minzheng", "平潭县民政局", "福建省人民政府"),
        ("人民政府", "福建省人民政府", "福建省人民政府办公厅"),
        ("cl", "平潭县残疾人联合会", "长乐区教育局"),
        ("榕民政", "福州市民政局", "榕民政服务中心"),  # its other name
    ],
)
def test_of_names_as_near_the_greater_comes_first(small: sqlite3.Connection, typed: str, first: str, then: str) -> None:
    places = {
        "150303": "海南区",
        "220403": "西安区",
        "110105": "朝阳区",
        "420600": "襄阳市",
        "460000": "海南省",
        "610100": "西安市",
        "211300": "朝阳市",
        "140502": "城区",
        "500000": "重庆市",
        "640000": "宁夏回族自治区",
        "621026": "宁县",
    }
    bodies = {"350000": ("福建省民政厅", "福建省人民政府办公厅"), "350100": ("福州市民政局", "福州市民政局婚姻登记处", "榕民政服务中心"),
              "350128": ("平潭县民政局婚姻登记处",), "350112": ("长乐区教育局",)}  # fmt: skip
    levels = {"350000": "province", "350100": "prefecture"}
    for code, name in {**places, "350112": "长乐区"}.items():
        small.execute("insert or replace into regions (code, name, pinyin) values (?, ?, ?)", (code, name, spelled(name)))
    for region, names in bodies.items():
        for number, name in enumerate(names):
            other = "榕民政" if name == "福州市民政局" else None
            small.execute(
                "insert into agencies (code, name, other_names, level, kind, region, pinyin) values (?, ?, ?, ?, 'department', ?, ?)",
                (f"{region}-x{number}", name, other, levels.get(region, "county"), region, spelled(f"{name}；{other or ''}")),
            )
    found = named.named(queries.rows_of(small), typed)
    listed = [row["name"] for part in ("named_regions", "named_agencies") for row in found[part]["rows"]]
    assert [name for name in listed if name in (first, then)] == [first, then]


def test_what_is_not_there_says_what_is_near(small: sqlite3.Connection) -> None:
    near = named.named(queries.rows_of(small), "平潭县公安局")["near"]
    assert {"350128", "350128-c", "350128-d"} <= {row["code"] for row in near}
    assert named.named(queries.rows_of(small), "pingtang")["near"][0]["code"].startswith("350128")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("福州市民政局", ["350100"]),  # not the bureaus of civil affairs elsewhere
        ("福建省平潭县公安局", ["350128", "350128-c", "350128-d", "350128-b"]),
        ("洪泽湖", ["320813", "320813-e"]),
        ("平谭县公安局", ["350128", "350128-d", "350128-c", "350128-b"]),
        ("样例市人民政府", []),  # every government is called so
        ("残疾人联合协会", ["350128-c"]),
    ],
)
def test_what_is_near_is_the_place_named_or_most_of_the_name(small: sqlite3.Connection, typed: str, near: list[str]) -> None:
    assert [row["code"] for row in named.named(queries.rows_of(small), typed)["near"]] == near


def test_the_search_page_names_before_it_quotes(site: httpx.Client) -> None:
    page = tree(site, "/search?q=平潭")
    headings = [heading.text(deep=False).strip() for heading in page.css("main h2")]
    assert [heading.partition("（")[0] for heading in headings[:4]] == ["地区", "机关", "这些机关的报告", "报告文字"]
    assert page.css_first("a[href='/regions/350128'] mark").text() == "平潭"


@pytest.mark.parametrize("typed", ["样" * 100, "样例县 " * 25, "yang" * 25])
def test_the_longest_name_that_may_be_typed_is_looked_for(database: sqlite3.Connection, typed: str) -> None:
    rows = queries.rows_of(database)
    assert named.named(rows, typed[:100])["named_agencies"]["total"] == 0
    assert named.suggested(rows, typed[:100])["suggestions"] == []
