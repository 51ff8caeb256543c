"""The lists of agencies, reports, regions and years: found by name, narrowed, paged; totals that say how many print them."""

from __future__ import annotations

import sqlite3
from typing import Any

import httpx
import pytest

from portal.checks import run
from portal.pages import addresses, catalogue, queries, regions, years
from tests.support.examples import write
from tests.support.pages import tree


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
        ("canlian", ["350128-c"]),
        ("mzj", ["350128-d"]),
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


def test_totals_leave_out_what_a_finding_disputes_and_say_so(small: sqlite3.Connection) -> None:
    reports = [{"id": f"350128-d{n}-2021", "agency": "350128-d", "region": "350128", "year": 2021, "level": "county"} for n in range(4)]
    cells = [{"report_id": row["id"], "item": "received", "total": 10**n, "total_status": "stated"} for n, row in enumerate(reports)]
    cases = [{"report_id": row["id"], "procedure": "reconsideration", "total": 5, "total_status": "stated"} for row in reports[:1]]
    write(small, {"reports": reports, "applications": cells, "review_litigation": cases})
    small.execute("pragma foreign_keys = off")
    run.run_checks(small)
    found = [
        ("350128-d1-2021", "applications_row_total", "applications", "received", None),
        ("350128-d2-2021", "applications_row_total", "applications", "received", "refuted"),
        ("350128-d3-2021", "jump", "applications", "received", None),  # which disputes no figure
        ("350128-d0-2021", "review_litigation_total", "review_litigation", "reconsideration", None),
    ]
    for report, check, section, item, conclusion in found:
        id = f"{report}-{check}"
        sql = (
            "insert into findings (id, report_id, check_code, year, verdict, message, message_en) values (?, ?, ?, 2021, 'report', '', '')"
        )
        small.execute(sql, (id, report, check))
        small.execute("insert into finding_cells values (?, ?, ?, ?, 'total', 0, 1)", (id, report, section, item))
        if conclusion:
            small.execute("insert into judgements (finding_id, conclusion, why) values (?, ?, '')", (id, conclusion))
    for page in (regions.region(queries.rows_of(small), "350128"), years.year(queries.rows_of(small), 2021)):
        totals = {row["item"]: (row["total"], row["reports"], row["disputed"]) for row in (page or {})["totals"]}
        assert totals == {"received": (1101, 3, 1), "reconsideration": (None, 0, 1)}


def test_a_total_left_out_is_told_beside_the_sum(site: httpx.Client) -> None:
    assert "有争议未加 1" in tree(site, "/years/2020").css_first("table.totals").text()
    assert "disputed 1" in tree(site, "/years/2020?lang=en").css_first("table.totals").text()


def test_each_region_that_is_linked_is_a_page_of_the_site_map(site: httpx.Client, database: sqlite3.Connection) -> None:
    listed = set(addresses.pages(queries.rows_of(database)))
    assert {"/agencies", "/reports", "/years", "/regions", "/regions/350000"} <= listed
    for path in ("/regions", "/regions/350000", "/agencies"):
        linked = {link.attributes["href"] or "" for link in tree(site, path).css("main td a, main th a, main .up a")}
        assert {href for href in linked if href.startswith(("/regions/", "/agencies/")) and "?" not in href} <= listed


@pytest.mark.parametrize(
    "path",
    [
        "/agencies?level=none",
        "/reports?year=20",
        "/agencies?region=x",
        "/agencies?kind=x",
        "/reports?status=x",
        "/reports?region=999999",
        "/findings?region=999999",
        "/search?q=x&region=999999",
        "/leads/jumps?region=999999",
        "/leads/jumps?region=unknown",
        "/reports?page=x",
        "/findings?page=0",
        "/search?q=x&page=-1",
        "/checks/sample_check?page=-1",
        "/compare?agency=zz",
    ],
)
def test_what_can_be_no_choice_is_said_to_be_none(site: httpx.Client, path: str) -> None:
    answer = site.get(path.replace("?", ".json?"))
    assert answer.status_code == 400 and "没有这样的" in answer.json()["error"]


def test_reports_count_what_was_not_read_and_say_why(site: httpx.Client, database: sqlite3.Connection) -> None:
    because = dict(database.execute(
        "select reports.id, refused_because from reports join source_texts on source_texts.id = source_id where status = 'refused'"
    ))  # fmt: skip
    listed = site.get("/reports.json?status=refused").json()
    assert {row["id"]: row["refused_because"] for row in listed["reports"]} == because
    assert listed["refused"] == len(because) == site.get("/index.json").json()["counts"]["refused"]
    listed_in_all = site.get("/reports.json").json()["total"]
    page = tree(site, "/reports").css_first("main [role=status]").text()
    assert (
        f"{listed_in_all - len(because)} 份（另有 {len(because)} 份无法读取）" in page
        and next(iter(because.values())) in tree(site, "/reports?status=refused").text()
    )
    assert tree(site, "/").css_first("main a[href='/reports?status=refused']")
    assert site.get("/reports.json?status=read").json()["refused"] == 0


def test_lists_say_how_many_agencies_are_known_and_how_many_have_reports(site: httpx.Client, database: sqlite3.Connection) -> None:
    known, having = database.execute(
        "select count(*), count(*) filter (where code in (select agency from reports where status <> 'refused')) from agencies"
    ).fetchone()
    assert known > having
    assert f"已知 {known} 个机关，其中 {having} 个有报告" in tree(site, "/agencies").css_first("[role=status]").text()
    assert f"{having}" == next(div.css_first("dd").text() for div in tree(site, "/").css(".counts div") if "个机关有报告" in div.text())


def test_page_list_and_groups_count_the_same_and_say_the_rest(small: sqlite3.Connection) -> None:
    known = [{"id": f"{code}-2023", "agency": code, "level": "county"} for code in ("350128-c", "350128-d")]
    of_nobody = {"id": "source-2023", "agency": None, "level": None}
    refused = {"id": "350000-a-2023", "agency": "350000-a", "level": "province", "status": "refused"}
    write(small, {"reports": [{**row, "year": 2023, "region": "350000"} for row in (*known, of_nobody, refused)]})
    rows = queries.rows_of(small)
    year, region = years.year(rows, 2023), regions.region(rows, "350000")
    listed = catalogue.reports(rows, {"year": "2023"})
    assert year and region
    for data in (year, region):
        counts = {name: data["counts"][name] for name in ("reports", "refused", "without_agency")}
        assert counts == {"reports": 3, "refused": 1, "without_agency": 1}
        assert sum(group["reports"] for group in data["groups"]) == counts["reports"] - counts["without_agency"]
    assert listed["total"] - listed["refused"] == 3 and listed["facets"]["year"][0]["count"] == 3
    assert {row["value"]: row["count"] for row in listed["facets"]["level"]} == {"county": 2, "unknown": 1, "province": 0}


def test_the_pages_of_a_year_say_what_is_not_counted(site: httpx.Client) -> None:
    read = site.get("/years/2014.json").json()["counts"]["reports"]
    row = next(row for row in tree(site, "/years").css("tbody tr") if row.css_first("a[href='/years/2014']"))
    assert (row.css_first("small").text(), row.css_first(".number a").text()) == ("另有 1 份无法读取", str(read))
    assert f"{read} 份报告（另有 1 份无法读取）" in tree(site, "/years/2014").css_first("main .lead").text()
    assert f"{read} 份（另有 1 份无法读取）" == tree(site, "/reports?year=2014").css_first("main [role=status]").text().strip()
    assert f"{read} reports (1 more could not be read)" in tree(site, "/reports?year=2014&lang=en").css_first("main").text()


@pytest.mark.parametrize(("path", "column"), [("reports", "region"), ("reports", "level"), ("reports", "year"), ("agencies", "region")])
def test_what_is_unknown_can_be_chosen(site: httpx.Client, database: sqlite3.Connection, path: str, column: str) -> None:
    (count,) = database.execute(f"select count(*) from {path} where {column} is null").fetchone()  # noqa: S608
    assert count
    link = tree(site, f"/{path}").css_first(f".facets a[href*='{column}=unknown']")
    assert "不明" in link.text()
    listed = site.get((link.attributes["href"] or "").replace("?", ".json?")).raise_for_status().json()
    assert listed["total"] == count and all(row.get(column) is None for row in listed[path])


@pytest.mark.parametrize("width", [390, 1280])
def test_how_many_reports_stand_in_one_line(browser: Any, portal_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{portal_url}/reports")
    said = page.locator("main .faceted [role=status]")
    assert said.bounding_box()["height"] < 40 and "无法读取" in said.inner_text()
    gap = "e => { const r = document.createRange(); r.selectNodeContents(e); return [...r.getClientRects()].reduce((w, b) => Math.max(w, b.right), 0) - e.firstElementChild.getBoundingClientRect().right }"
    assert said.evaluate(gap) < 250
    assert max(tag.bounding_box()["height"] for tag in page.locator(".found", has_text="其中待核").all()) < 30
    assert page.locator("td:nth-child(2)").first.is_visible() != page.locator("small.beneath").first.is_visible() == (width == 390)
    page.goto(f"{portal_url}/reports?sort=-date")
    assert "公布 " in page.locator("small.beneath" if width == 390 else "td.dated").first.inner_text()
    page.close()
