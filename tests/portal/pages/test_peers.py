"""An agency's page: its figures beside the median of its peers, its shares, its findings."""

from __future__ import annotations

import sqlite3

import httpx
import pytest

from portal.checks import run
from portal.pages import peers, queries
from portal.pages.medians import write_medians
from tests.support.examples import write
from tests.support.pages import tree


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


def test_a_disputed_total_is_in_no_median(small: sqlite3.Connection) -> None:
    codes = [f"350128-p{number}" for number in range(6)]
    agencies = [{"code": code, "name": code, "level": "county", "kind": "department", "region": "350128"} for code in codes]
    reports = [{"id": f"{code}-2021", "agency": code, "level": "county", "year": 2021} for code in codes]
    cells = [
        {"report_id": row["id"], "item": item, "total": total, "total_status": "stated"}
        for row, total in zip(reports, (1, 3, 5, 7, 9, 900), strict=True)
        for item in ("received", "handled")
    ]
    write(small, {"agencies": agencies, "reports": reports, "applications": cells})
    small.execute("pragma foreign_keys = off")
    run.run_checks(small)
    sql = "insert into findings (id, report_id, check_code, agency, year, verdict, message, message_en) values ('x', '350128-p5-2021', 'applications_row_total', '350128-p5', 2021, 'report', '', '')"
    small.execute(sql)
    small.execute("insert into finding_cells values ('x', '350128-p5-2021', 'applications', 'received', 'total', 0, 1)")
    write_medians(small, {2021})
    found = small.execute("select item, reports, median from peer_medians order by item").fetchall()
    assert [tuple(row) for row in found] == [("handled", 6, 6), ("received", 5, 5)]


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
    assert len(page.css("section > .findings > li")) == 3  # those of one mistake are one; the rest is folded
    columns = [column.text() for column in page.css_first(".matrix").css("thead th")][1:]
    assert columns == sorted(columns, reverse=True) and len(columns) > 3


def test_that_peers_are_too_few_is_said_once(site: httpx.Client) -> None:
    section = tree(site, "/agencies/350128-guanweihui").css("table.totals")[-1].parent.parent
    assert section.text().count("不足五份") == 1
