"""Lists are sorted by their columns, by links alone: what else was asked is kept, the pages go on, and the CSV is in the same order."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from portal.pages import catalogue, queries
from portal.pages.sorting import ORDERS
from tests.support.pages import tree
from tests.support.site_rows import AGENCY

# Each list: its address, the rows in its JSON, and of a column that is no key of theirs what it holds.
LISTS: dict[str, tuple[str, str, dict[str, Callable[[Any], Any]]]] = {
    "reports": ("/reports", "reports", {"date": lambda row: row["published_on"] or row["signed_on"]}),
    "agencies": ("/agencies", "agencies", {}),
    "regions": ("/regions", "regions", {}),
    "region": ("/regions/350000", "children", {}),
    "years": ("/years", "years", {}),
    "year": ("/years/2022", "figures", {}),
}
NAMES = {"agency", "name"}  # which are in the order of their sounds
ASKED = [(name, sort) for name, orders in ORDERS.items() for sort in orders.names]


def listed(site: httpx.Client, name: str, sort: str | None = None) -> list[Any]:
    """All rows of a list, page after page."""
    path, key, _ = LISTS[name]
    asked = {"sort": sort} if sort else {}
    first = site.get(f"{path}.json", params=asked).raise_for_status().json()
    rest = (site.get(f"{path}.json", params={**asked, "page": number}).json()[key] for number in range(2, first.get("pages", 1) + 1))
    return [*first[key], *(row for rows in rest for row in rows)]


def sounds(database: sqlite3.Connection) -> dict[str, str]:
    """How the names of agencies and regions are said, by their codes."""
    return dict(tuple(row) for row in database.execute("select code, pinyin from agencies union all select code, pinyin from regions"))


@pytest.mark.parametrize(("name", "sort"), ASKED)
def test_a_list_is_in_the_order_that_is_asked(site: httpx.Client, database: sqlite3.Connection, name: str, sort: str) -> None:
    rows, column = listed(site, name, sort), sort.removeprefix("-")
    unsorted = listed(site, name)
    assert len(rows) == len(unsorted) > 1 and all(row in unsorted for row in rows)
    said = sounds(database)
    of = (
        (lambda row: said.get(row.get("agency") or row.get("code")))
        if column in NAMES
        else LISTS[name][2].get(column, lambda row: row[column])
    )
    values = [of(row) for row in rows]
    told = [value for value in values if value is not None]
    assert told == sorted(told, reverse=sort.startswith("-")) and values[len(told) :] == [None] * (len(values) - len(told))


def test_a_list_says_its_order_and_unasked_it_is_the_usual_one(site: httpx.Client) -> None:
    for name, orders in ORDERS.items():
        path, key, _ = LISTS[name]
        usual = site.get(f"{path}.json").json()
        assert usual["sort"] == orders.usual
        if orders.usual:
            assert site.get(f"{path}.json?sort={orders.usual}").json()[key] == usual[key]
    assert site.get("/agencies.json?q=民政").json()["sort"] is None and site.get("/coverage.json").json().get("sort") is None


def test_the_pages_of_a_list_go_on_in_its_order(small: sqlite3.Connection) -> None:
    names = ((f"350128-{n}", f"平潭县样例{n}局", "county", "department", "350128", f"x{n % 7}") for n in range(1000))
    small.executemany("insert into agencies (code, name, level, kind, region, pinyin) values (?, ?, ?, ?, ?, ?)", names)
    rows = queries.rows_of(small)
    for sort in ORDERS["agencies"].names:
        pages = catalogue.agencies(rows, {}, sort=sort)["pages"]
        seen = [row["code"] for number in range(1, pages + 1) for row in catalogue.agencies(rows, {}, "", number, sort)["agencies"]]
        assert seen == [row["code"] for row in catalogue.all_agencies(rows, {}, sort=sort)] and len(set(seen)) == len(seen) == 1005


@pytest.mark.parametrize(("sort", "index"), [("-year", "reports_listed"), ("-findings", "reports_found"), ("-date", "reports_dated")])
def test_the_orders_asked_for_most_are_read_from_an_index(database: sqlite3.Connection, sort: str, index: str) -> None:
    plan = database.execute(f"explain query plan select rowid from reports order by {ORDERS['reports'].by(sort)} limit 50")  # noqa: S608
    assert [(row["detail"].split()[0], index in row["detail"]) for row in plan] == [("SCAN", True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_reader_sorts_by_the_heads_without_a_script(browser: Any, portal_url: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 844})
    page = context.new_page()

    def click(label: str) -> tuple[str, str | None, str]:
        head = page.locator("main thead th:has(a)", has_text=label)
        head.locator("a").click()
        return page.url.removeprefix(portal_url), head.get_attribute("aria-sort"), head.inner_text().replace("\xa0", "")

    page.goto(f"{portal_url}/reports?status=read&q=平潭")
    assert page.locator("main th[aria-sort=descending]").inner_text().startswith("年份")
    assert click("核对") == ("/reports?status=read&q=%E5%B9%B3%E6%BD%AD&sort=-findings", "descending", "核对▼")
    assert click("核对") == ("/reports?status=read&q=%E5%B9%B3%E6%BD%AD&sort=findings", "ascending", "核对▲")
    assert page.locator("main th[aria-sort]").count() == 1
    assert (
        page.locator("main a[href*='/reports.csv']").get_attribute("href") == "/reports.csv?status=read&q=%E5%B9%B3%E6%BD%AD&sort=findings"
    )
    page.locator(".facets a, .filters a").first.click()
    assert "sort=findings" in page.url
    click("年份")
    assert "sort" not in page.url  # the usual order has the list's own address
    page.goto(f"{portal_url}/years/2022?lang=en")
    assert click("Received") == ("/years/2022?sort=-received&lang=en#figures", "descending", "Received▼")
    context.close()


def test_a_name_that_is_looked_for_keeps_the_order(site: httpx.Client) -> None:
    page = tree(site, "/agencies?sort=-reports&level=county")
    assert page.css_first("form.search input[name=sort]").attributes["value"] == "-reports"
    assert all("sort=-reports" in (link.attributes["href"] or "") for link in page.css(".facets a"))
    assert not tree(site, "/agencies").css("form.search input[name=sort]")


@pytest.mark.parametrize(("path", "plain"), [("/reports", ["读出情况"]), ("/agencies", ["新收申请"]), (f"/agencies/{AGENCY}", None)])
def test_what_sorts_nothing_is_no_link(site: httpx.Client, path: str, plain: list[str] | None) -> None:
    heads = tree(site, path).css("main table.list thead")[0].css("th")
    unlinked = [head.text().strip() for head in heads if not head.css("a")]
    assert unlinked == (plain if plain is not None else [head.text().strip() for head in heads])


@pytest.mark.parametrize(
    "asked", ["", "?sort=-findings", "?year=2022&sort=agency", "?q=平潭&status=partial&sort=date", "?region=unknown", "?year=1999"]
)
def test_the_reports_as_a_table_are_those_of_the_list(site: httpx.Client, asked: str) -> None:
    _same_as_the_list(site, "reports", asked, catalogue.REPORTS_CSV, "id")


@pytest.mark.parametrize("asked", ["", "?sort=-reports", "?level=county&sort=name", "?q=mzj", "?kind=unknown"])
def test_the_agencies_as_a_table_are_those_of_the_list(site: httpx.Client, asked: str) -> None:
    _same_as_the_list(site, "agencies", asked, catalogue.AGENCIES_CSV, "code")


def _same_as_the_list(site: httpx.Client, name: str, asked: str, columns: tuple[str, ...], key: str) -> None:
    read = csv.DictReader(io.StringIO(site.get(f"/{name}.csv{asked}").raise_for_status().content.decode("utf-8-sig")))
    rows = list(read)
    first = site.get(f"/{name}.json{asked}").json()
    mark = "&" if asked else "?"
    pages = [first, *(site.get(f"/{name}.json{asked}{mark}page={number}").json() for number in range(2, first["pages"] + 1))]
    held = [row for page in pages for row in page[name]]
    assert tuple(read.fieldnames or ()) == columns and len(rows) == first["total"]
    for row, of_list in zip(rows, held, strict=True):
        assert row.pop("address") == f"{str(site.base_url).rstrip('/')}/{name}/{of_list[key]}"
        assert {column: value.removeprefix("'") for column, value in row.items()} == {
            column: "" if of_list[column] is None else str(of_list[column]) for column in columns[:-1]
        }


def test_a_choice_that_can_be_no_such_thing_gives_no_table(site: httpx.Client) -> None:
    for path in ("/reports.csv?year=x", "/agencies.csv?level=none", "/reports.csv?page=2"):
        assert site.get(path).status_code == 400, path


def test_the_findings_as_a_table_are_in_the_order_of_the_page(site: httpx.Client) -> None:
    for sort in ("newest", "agency"):
        read = csv.DictReader(io.StringIO(site.get(f"/findings.csv?sort={sort}").content.decode("utf-8-sig")))
        shown = [row["id"] for row in site.get(f"/findings.json?sort={sort}").json()["findings"]]
        assert [row["id"] for row in read][: len(shown)] == shown
    linked = tree(site, "/findings?sort=agency").css_first("main a[href^='/findings.csv']")
    assert linked.attributes["href"] == "/findings.csv?sort=agency"


def test_the_lists_stand_among_the_downloads(site: httpx.Client) -> None:
    linked = {link.attributes["href"] for link in tree(site, "/data").css("#begin ~ ul a")}
    assert {"/reports.csv", "/agencies.csv", "/findings.csv"} <= linked
    for table in ("reports", "agencies"):
        assert tree(site, f"/portal/{table}").css_first(f"a[href='/{table}.csv']")
