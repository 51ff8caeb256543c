"""The lists of agencies, reports, regions and years: found by name, narrowed, paged; totals that say how many print them."""

from __future__ import annotations

import sqlite3
from typing import Any

import httpx
import pytest

from portal.build.spelling import characters_said, spelled
from portal.checks import run
from portal.pages import addresses, catalogue, named, peers, queries, regions
from portal.pages.medians import write_medians
from portal.sounds import SYLLABLES
from tests.support.examples import new_database, write
from tests.support.pages import tree
from tests.support.site_rows import AGENCY

AGENCIES = [
    {
        "code": "350000-a",
        "name": "福建省人民政府",
        "other_names": "福建省政府",
        "level": "province",
        "kind": "government",
        "region": "350000",
    },
    {"code": "350128-b", "name": "平潭综合实验区管理委员会", "level": "prefecture", "kind": "government", "region": "350128"},
    {"code": "350128-c", "name": "平潭县残疾人联合会", "level": "county", "kind": "organisation", "region": "350128"},
    {"code": "350128-d", "name": "平潭县民政局", "level": "county", "kind": "department", "region": "350128"},
    {"code": "320813-e", "name": "淮安市洪泽区人民政府", "level": "county", "kind": "government", "region": "320813"},
]
REGIONS = [("350000", "福建省", None), ("350100", "福州市", "350000"), ("350128", "平潭县", "350100"), ("320813", "洪泽区", None)]


@pytest.fixture
def small() -> sqlite3.Connection:
    """A database of five agencies, spelled."""
    db = new_database()
    db.executemany("insert or ignore into regions (code, name, parent) values (?, ?, ?)", REGIONS)
    write(db, {"agencies": AGENCIES})
    for table, names in (("regions", "name"), ("agencies", "name || '；' || coalesce(other_names, '')")):
        for code, name in db.execute(f"select code, {names} from {table}").fetchall():  # noqa: S608 the names stand above
            db.execute(f"update {table} set pinyin = ? where code = ?", (spelled(name), code))  # noqa: S608
    return db


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("福建", ["350000-a"]),
        ("福建省政府", ["350000-a"]),
        ("洪泽区政府", ["320813-e"]),
        ("洪澤區政府", ["320813-e"]),
        ("平潭管委会", ["350128-b"]),
        ("福建省平潭管委会", ["350128-b"]),
        ("福建平潭残联", ["350128-c"]),
        ("fujian pingtan", ["350128-b", "350128-c", "350128-d"]),
        ("福建省平潭县民政局2020年政府信息公开工作年度报告", ["350128-d"]),
        ("江西省平潭县民政局", []),
        ("平潭 民政局", ["350128-d"]),
        ("残联", ["350128-c"]),
        ("canlian", []),
        ("canjiren", ["350128-c"]),
        ("pingtan", ["350128-c", "350128-d", "350128-b"]),
        ("ptxmzj", ["350128-d"]),
        ("平潭 2020", ["350128-d", "350128-c", "350128-b"]),
        ("%", []),
        ("无此机关", []),
    ],
)
def test_an_agency_is_found_by_what_people_type(small: sqlite3.Connection, typed: str, found: list[str]) -> None:
    listed = catalogue.agencies(queries.rows_of(small), {}, typed)
    assert sorted(row["code"] for row in listed["agencies"]) == sorted(found)
    assert listed["total"] == len(found)


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


def test_a_list_is_narrowed_and_counts_what_else_may_be_chosen(small: sqlite3.Connection) -> None:
    listed = catalogue.agencies(queries.rows_of(small), {"region": "350000", "level": "county"})
    assert [row["code"] for row in listed["agencies"]] == ["350128-c", "350128-d"]
    assert {row["value"]: row["count"] for row in listed["facets"]["level"]} == {"county": 2, "prefecture": 1, "province": 1}
    assert listed["facets"]["region"] == [{"value": "350100", "label": "福州市", "count": 2}]


def test_ten_thousand_agencies_are_many_pages_and_no_long_one(small: sqlite3.Connection) -> None:
    names = ((f"350128-{n}", f"平潭县样例{n}局", "county", "department", "350128") for n in range(10_000))
    small.executemany("insert into agencies (code, name, level, kind, region) values (?, ?, ?, ?, ?)", names)
    rows = queries.rows_of(small)
    pages = catalogue.agencies(rows, {})["pages"]
    assert pages == -(-10_005 // catalogue.PAGE_SIZE)
    seen = [row["code"] for number in (1, 2, pages) for row in catalogue.agencies(rows, {}, "", number)["agencies"]]
    assert len(seen) == len(set(seen)) == 2 * catalogue.PAGE_SIZE + 5


def test_totals_say_how_many_print_them_and_count_nothing_else(small: sqlite3.Connection) -> None:
    cases: list[tuple[str, str, float | None, str]] = [
        ("a-2021", "350128-d", 7, "stated"), ("b-2021", "350128-c", 5, "stated"), ("c-2021", "350128-b", None, "blank"), ("d-2021", "320813-e", 90, "stated"),
    ]  # fmt: skip
    of: dict[str, Any] = {"year": 2021, "level": "county"}
    cells = [{"report_id": id, "item": "received", "total": total, "total_status": status} for id, _, total, status in cases]
    reports = [{"id": id, "agency": agency, "region": agency[:6], **of} for id, agency, _, _ in cases]
    write(small, {"reports": reports, "applications": cells})
    found = regions.region(queries.rows_of(small), "350000")
    assert found and found["counts"]["reports"] == 3
    assert {(row["kind"], row["item"]): (row["total"], row["reports"]) for row in found["totals"]} == {
        ("department", "received"): (7, 1), ("organisation", "received"): (5, 1),
    }  # fmt: skip
    assert {row["kind"]: row["reports"] for row in found["groups"]} == {"department": 1, "organisation": 1, "government": 1}


def test_each_region_that_is_linked_is_a_page_of_the_site_map(site: httpx.Client, database: sqlite3.Connection) -> None:
    listed = set(addresses.pages(queries.rows_of(database)))
    assert {"/agencies", "/reports", "/years", "/regions", "/regions/350000"} <= listed
    for path in ("/regions", "/regions/350000", "/agencies"):
        linked = {link.attributes["href"] or "" for link in tree(site, path).css("main td a, main th a, main .up a")}
        assert {href for href in linked if href.startswith(("/regions/", "/agencies/")) and "?" not in href} <= listed


@pytest.mark.parametrize(
    "path", ["/agencies?level=none", "/reports?year=20", "/agencies?region=x", "/agencies?kind=x", "/reports?status=x"]
)
def test_what_can_be_no_choice_is_said_to_be_none(site: httpx.Client, path: str) -> None:
    answer = site.get(path.replace("?", ".json?"))
    assert answer.status_code == 400 and "没有这样的" in answer.json()["error"]


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
        ("fj", ["350000"], ["350000-a"]),
        ("平潭 2020年", ["350128"], ["350128-d", "350128-c", "350128-b"]),
    ],
)
def test_a_search_names_regions_and_agencies_the_nearest_first(
    small: sqlite3.Connection, typed: str, places: list[str], agencies: list[str]
) -> None:
    found = named.named(queries.rows_of(small), typed)
    assert [row["code"] for row in found["named_regions"]["rows"]] == places
    assert [row["code"] for row in found["named_agencies"]["rows"]] == agencies
    assert found["near"] == []


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
    assert [heading.partition("（")[0] for heading in headings[:4]] == ["地区", "机关", "这些机关的报告", "报告原文"]
    assert page.css_first("a[href='/regions/350128'] mark").text() == "平潭"


def test_an_agency_stands_beside_the_median_of_its_peers_and_of_five_at_least(small: sqlite3.Connection) -> None:
    names = [f"350128-p{n}" for n in range(5)]
    agencies = [
        {"code": code, "name": f"平潭县样例{code[-1]}局", "level": "county", "kind": "department", "region": "350128"} for code in names
    ]
    reports = [
        {"id": f"{code}-{year}", "agency": code, "level": "county", "year": year}
        for code in names
        for year in (2021, 2022)
        if (code, year) != ("350128-p4", 2022)
    ]
    printed = dict(zip(names, (1, 3, 50, 7, 5), strict=True))
    cells = [
        {"report_id": row["id"], "item": item, "total": printed[row["agency"]], "total_status": "stated"}
        for row in reports
        for item in ("received", "handled")
    ]
    write(small, {"agencies": agencies, "reports": reports, "applications": cells})
    write_medians(small, {2021, 2022})
    data = peers.agency(queries.rows_of(small), "350128-p0")
    assert data and {(row["year"], row["item"]): (row["reports"], row["median"]) for row in data["peers"]} == {
        (2021, "received"): (5, 5), (2021, "handled"): (5, 5), (2022, "received"): (4, None), (2022, "handled"): (4, None),
    }  # fmt: skip
    beside = {row["year"]: row["peers"]["received"]["median"] for row in peers.tables(data)["beside"]}
    assert beside == {2021: 5, 2022: None}


def test_a_share_needs_both_figures_printed() -> None:
    assert peers.shares({"handled": 40, "disclosed": 10, "partly_disclosed": None}) == {"disclosed": 25.0, "partly_disclosed": None}
    assert peers.shares({"handled": 0, "disclosed": 0, "partly_disclosed": 3}) == {"disclosed": None, "partly_disclosed": None}
    assert peers.shares({"handled": 5, "disclosed": 9, "partly_disclosed": None})["disclosed"] is None


def test_of_what_a_finding_disputes_no_share_is_given(small: sqlite3.Connection) -> None:
    of = {"agency": "350128-d", "level": "county"}
    reports = [{"id": f"350128-d-{year}", "year": year, **of} for year in (2020, 2021, 2022)]
    figures = {"handled": 40, "disclosed": 10, "partly_disclosed": 4}
    cells = [
        {"report_id": row["id"], "item": item, "total": total, "total_status": "stated"}
        for row in reports
        for item, total in figures.items()
    ]
    write(small, {"reports": reports, "applications": cells})
    small.execute("pragma foreign_keys = off")
    run.run_checks(small)
    disputed = [
        ("350128-d-2020", "applications_handled_sum", "handled"), ("350128-d-2021", "applications_row_total", "disclosed"),
        ("350128-d-2022", "applications_handled_sum", "handled"), ("350128-d-2022", "jump", "partly_disclosed"),
    ]  # fmt: skip
    for report, check, item in disputed:
        id = f"{report}-{check}"
        sql = "insert into findings (id, report_id, check_code, agency, year, verdict, message, message_en) values (?, ?, ?, '350128-d', ?, 'report', '', '')"
        small.execute(sql, (id, report, check, int(report[-4:])))
        small.execute("insert into finding_cells values (?, ?, 'applications', ?, 'total', 0, 1)", (id, report, item))
    small.execute("insert into judgements (finding_id, conclusion, why) values ('350128-d-2022-applications_handled_sum', 'refuted', '')")
    data = peers.agency(queries.rows_of(small), "350128-d")
    shown = {row["year"]: row for row in peers.tables(data or {})["beside"]}
    assert {year: row["shares"] for year, row in shown.items()} == {
        2020: {"disclosed": None, "partly_disclosed": None},
        2021: {"disclosed": None, "partly_disclosed": 10.0},
        2022: {"disclosed": 25.0, "partly_disclosed": 10.0},  # refuted; and a jump between years disputes no figure
    }
    assert shown[2020]["doubts"]["disclosed"] == "350128-d-2020-applications_handled_sum" and shown[2022]["doubts"]["disclosed"] is None


@pytest.mark.parametrize(("lang", "said"), [("", "所据的数有争议"), ("?lang=en", "figures disputed")])
def test_where_a_share_would_stand_the_finding_is_linked(site: httpx.Client, lang: str, said: str) -> None:
    page = tree(site, f"/agencies/350128-guanweihui{lang}")
    rows = {row.css_first("th").text().strip(): row for row in page.css("table.totals")[-1].css("tbody tr")}
    links = rows["2020"].css("td small a")
    assert {link.text().strip() for link in links} == {said} and len(links) == 2
    assert all("#finding-350128-guanweihui-2020-applications_handled_sum" in (link.attributes["href"] or "") for link in links)
    assert "%" not in rows["2020"].text() and "%" in rows["2022"].text()


def test_an_agencys_findings_stand_before_its_charts_and_the_newest_first(site: httpx.Client) -> None:
    page = tree(site, "/agencies/350128-guanweihui")
    headings = [heading.text(deep=False).strip() for heading in page.css("main h2")]
    assert headings[:3] == ["历年主要数字", "核对发现", "历年核对"]
    data = site.get("/agencies/350128-guanweihui.json").json()
    years = [row["year"] for row in data["findings"]]
    assert years == sorted(years, reverse=True) and len(page.css("main .findings > .finding")) == len(years) > 3
    assert len(page.css("section > .findings > .finding")) == 3  # the rest is folded
    columns = [column.text() for column in page.css_first(".matrix").css("thead th")][1:]
    assert columns == sorted(columns, reverse=True) and len(columns) > 3


def test_that_peers_are_too_few_is_said_once(site: httpx.Client) -> None:
    section = tree(site, "/agencies/350128-guanweihui").css("table.totals")[-1].parent.parent
    assert section.text().count("不足五份") == 1


def test_lists_say_how_many_agencies_are_known_and_how_many_have_reports(site: httpx.Client, database: sqlite3.Connection) -> None:
    known, having = database.execute(
        "select count(*), count(*) filter (where code in (select agency from reports where status <> 'refused')) from agencies"
    ).fetchone()
    assert known > having
    assert f"已知 {known} 个机关，其中 {having} 个有报告" in tree(site, "/agencies").css_first("[role=status]").text()
    assert f"{having}" == next(div.css_first("dd").text() for div in tree(site, "/").css(".counts div") if "个机关有报告" in div.text())
