"""Who is missing: against the agencies known and, apart, against the regions that there are."""

from __future__ import annotations

import sqlite3
from typing import Any

import httpx
import pytest

from portal.pages import coverage, queries
from tests.support.examples import new_database, write
from tests.support.pages import tree

REGIONS = [
    ("350000", "福建省", None), ("350100", "福州市", "350000"), ("350128", "平潭县", "350100"), ("350121", "闽侯县", "350100"),
    ("710000", "台湾省", None),
]  # fmt: skip
AGENCIES = [
    {"code": "350128-zf", "name": "平潭县人民政府", "level": "county", "kind": "government", "region": "350128"},
    {"code": "350121-kfq", "name": "闽侯样例开发区管理委员会", "level": "county", "kind": "government", "region": "350121"},
    {"code": "350121-mz", "name": "闽侯县民政局", "level": "county", "kind": "department", "region": "350121"},
    {"code": "350100-cl", "name": "福州市残疾人联合会", "level": "prefecture", "kind": "organisation", "region": "350100", "listed": 1},
    {
        "code": "350121-wh",
        "name": "闽侯县文化局",
        "level": "county",
        "kind": "department",
        "region": "350121",
        "listed": 1,
        "until": 2021,
        "merged_into": "350100-cl",
    },
    {"code": "350121-xj", "name": "闽侯县新建局", "level": "county", "kind": "department", "region": "350121", "since": 2022},
]
STATUS = {"350128-zf": {2021: "read", 2022: "refused"}, "350121-kfq": {2022: "read"}, "350121-mz": {2022: "partial"}}


@pytest.fixture
def db() -> sqlite3.Connection:
    db = new_database()
    db.executemany("insert or ignore into regions (code, name, parent) values (?, ?, ?)", REGIONS)
    reports = [
        {"id": f"{agency}-{year}", "agency": agency, "region": agency[:6], "level": "county", "year": year, "status": status}
        for agency, years in STATUS.items()
        for year, status in years.items()
    ]
    write(db, {"agencies": AGENCIES, "reports": reports})
    late = ("350121-mz-2022-published_late", "350121-mz-2022", "published_late", "reading", "样例", "Sample")
    db.execute("pragma foreign_keys = off")
    db.execute("insert into findings (id, report_id, check_code, verdict, message, message_en) values (?, ?, ?, ?, ?, ?)", late)
    return db


@pytest.fixture
def data(db: sqlite3.Connection) -> dict[str, Any]:
    return coverage.coverage(queries.rows_of(db), {"region": "350000"})


def test_who_did_not_report_on_a_year_can_be_asked(data: dict[str, Any], db: sqlite3.Connection) -> None:
    rows = queries.rows_of(db)
    assert [(row["value"], row["count"]) for row in data["facets"]["missing"]] == [(2022, 2), (2021, 4)]
    lacking = {
        year: [row["code"] for row in coverage.coverage(rows, {"region": "350000", "missing": year})["agencies"]]
        for year in ("2022", "2021")
    }
    assert lacking == {  # who was founded after the year or merged before it lacks nothing, and what could not be read was collected
        "2022": ["350100-cl", "350121-xj"], "2021": ["350100-cl", "350121-kfq", "350121-mz", "350121-wh"],
    }  # fmt: skip
    of_one_level = coverage.coverage(rows, {"region": "350000", "missing": "2021", "level": "county"})
    assert (of_one_level["total"], of_one_level["known"], coverage.grids(of_one_level)["missing"]) == (3, 5, [1, 3])
    columns, lines = coverage.table(rows, {"region": "350000", "missing": "2022"})
    assert columns[-2:] == ["2022", "2021"]
    assert [(row["agency"], row["2022"], row["2021"]) for row in lines] == [
        ("350100-cl", "missing", "missing"), ("350121-xj", "missing", "not_due"),
    ]  # fmt: skip


def test_every_region_with_a_government_is_expected_to_report(database: sqlite3.Connection) -> None:
    expected = {row["level"]: row["regions"] for row in coverage.coverage(queries.rows_of(database), {})["expected"]}
    assert (expected["province"], expected["prefecture"]) == (31, 333)  # without 雄安新区, which has no government
    assert all(code.isdecimal() for (code,) in database.execute("select code from regions"))


def test_agencies_are_counted_of_those_known(data: dict[str, Any]) -> None:
    shown = coverage.grids(data)
    assert (data["years"], data["total"]) == ([2022, 2021], 6)
    assert dict(shown["by_status"]) == {"read": [1, 1], "partial": [1, 0], "refused": [1, 0]}
    assert shown["missing"] == [2, 4]  # of the five that there were in each year
    assert shown["listed"] == [(0, 1), (0, 2)]
    assert shown["span_of"]["350121-wh"]["merged_into_name"] == "福州市残疾人联合会"
    cells = {row["code"]: [cell and cell["status"] for cell in row["cells"]] for row in shown["by_agency"]}
    assert cells == {
        "350128-zf": ["refused", "read"], "350121-kfq": ["read", None], "350121-mz": ["partial", None], "350100-cl": [None, None],
        "350121-wh": [None, None], "350121-xj": [None, None],
    }  # fmt: skip
    assert [cell["late"] for row in shown["by_agency"] for cell in row["cells"] if cell and cell["late"]] == ["reading"]


def test_a_year_without_a_report_is_a_year_in_which_all_are_missing() -> None:
    db = new_database()
    reports = [{"id": f"350121-mz-{year}", "agency": "350121-mz", "region": "350121", "year": year} for year in (2020, 2022)]
    write(db, {"agencies": AGENCIES, "reports": reports})
    everywhere, within = (coverage.coverage(queries.rows_of(db), chosen) for chosen in ({}, {"region": "350128"}))
    assert everywhere["years"] == within["years"] == [2022, 2021, 2020]
    assert coverage.grids(everywhere)["missing"] == [4, 5, 4]


def test_regions_are_counted_of_those_that_there_are_and_by_their_own_governments(data: dict[str, Any]) -> None:
    levels = {level: (count, have) for level, count, have in coverage.grids(data)["by_level"]}
    assert levels == {"province": (1, [0, 0]), "prefecture": (1, [0, 0]), "county": (2, [0, 1])}
    assert [(row["code"], row["reports"]) for row in data["places"]] == [("350000", 3), ("350100", 3)]  # of all agencies, the refused not


def test_a_committee_counts_for_a_government_only_where_the_list_says_so(data: dict[str, Any]) -> None:
    db = new_database()
    db.executemany("insert or ignore into regions (code, name, parent) values (?, ?, ?)", REGIONS)
    committee = {"code": "350128-gwh", "name": "平潭样例实验区管理委员会", "level": "prefecture", "kind": "government", "region": "350128"}
    reports = [
        {"id": f"{agency}-{year}", "agency": agency, "region": "350128", "year": year}
        for agency, year in (("350128-gwh", 2021), ("350128-gwh", 2022), ("350128-zf", 2022))
    ]
    write(db, {"agencies": [*AGENCIES, committee], "reports": reports})

    def county() -> tuple[list[int], list[str | None], dict[str, str]]:
        shown = coverage.grids(coverage.coverage(queries.rows_of(db), {"region": "350128"}))
        (place,), ((_, _, have),) = shown["by_place"], shown["by_level"]
        return have, [cell and cell["agency"] for cell in place["cells"]], place["others"]

    assert county() == ([1, 0], ["350128-zf", None], {})
    db.execute("update agencies set for_government = 1 where code = '350128-gwh'")
    assert county() == ([1, 1], ["350128-zf", "350128-gwh"], {"350128-gwh": "平潭样例实验区管理委员会"})


@pytest.mark.parametrize(
    ("lang", "said"), [("", "由平潭综合实验区管理委员会代为公布"), ("&lang=en", "reported by 平潭综合实验区管理委员会")]
)
def test_who_reports_in_a_governments_stead_is_named(site: httpx.Client, lang: str, said: str) -> None:
    grid = tree(site, f"/coverage?region=350128{lang}").css("table.grid")[1]
    assert tree(site, f"/regions/350128?{lang.lstrip('&')}").css("main .columns li small")  # its own page says so too
    assert said in grid.css_first("tbody th").text().replace("\n", "").replace("  ", "") and len(grid.css("tbody a.mark")) == 8


def test_the_whole_country_begins_with_its_provinces(site: httpx.Client, database: sqlite3.Connection) -> None:
    data = site.get("/coverage.json").json()
    assert {row["level"] for row in data["expected"]} == {"province", "prefecture", "county"}
    assert all(place["code"].endswith("0000") for place in data["places"]) and len(data["places"]) == 31
    assert data["total"] == database.execute("select count(*) from agencies").fetchone()[0]


def test_a_county_is_reached_from_the_country_by_links(site: httpx.Client) -> None:
    path, steps = "/coverage", ("350000", "350100", "350128")
    for code in steps:
        linked = [link.attributes["href"] or "" for link in tree(site, path).css("main .grid th a")]
        path = f"/coverage?region={code}"
        assert path in linked


@pytest.mark.parametrize("lang", ["", "&lang=en"])
def test_missing_is_never_said_to_be_unpublished(site: httpx.Client, lang: str) -> None:
    text = tree(site, f"/coverage?region=350000{lang}").css_first("main .lead").text()
    assert "不等于没有公布" in text or "may well be published" in text


def test_years_in_which_an_agency_was_not_are_not_missing(site: httpx.Client) -> None:
    row = next(
        row
        for row in tree(site, "/coverage?region=320813").css("table.grid tbody tr")
        if row.css_first("a[href='/agencies/320813-zhengfu']")
    )
    before = [cell.css_first(".mark-none") for cell in row.css("td")]
    titles = {mark.attributes["title"] for mark in before if mark}
    assert all(("2016 年起才有" in title) == (int(title[:4]) < 2016) for title in titles if title)


def test_the_number_of_those_missing_leads_to_them_and_they_to_their_table(site: httpx.Client) -> None:
    link = tree(site, "/coverage?region=350000").css_first("main table.grid a[href*='missing=']")
    address, count = (link.attributes["href"] or "").partition("#")[0], int(link.text().split()[-1])
    page = tree(site, address)
    assert str(count) in page.css_first("main [role=status]").text()
    assert len(page.css("main .grid")[-1].css("tbody tr")) == count
    assert page.css(".grid .mark-missing") and not page.css(".grid .mark-missing .unseen")  # it is said, not a dot
    table = site.get(page.css_first("main a[href*='coverage.csv']").attributes["href"] or "").text.splitlines()
    year = address.partition("missing=")[2][:4]
    assert len(table) == count + 1 and all(row.split(",")[table[0].split(",").index(year)] == "missing" for row in table[1:])
    assert site.get("/coverage?missing=1950").status_code == 400


def test_why_a_region_with_reports_may_have_none_of_its_own_stands_above_its_grid(site: httpx.Client) -> None:
    main = tree(site, "/coverage").css_first("main").text()
    assert -1 < main.find("这一半只看各级人民政府自己的报告") < main.find("应有")
