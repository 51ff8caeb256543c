"""Leads: each finds its smallest example and leaves a sound one alone; each goes with its caution, on the page, in CSV and in JSON."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from portal.pages import leads, queries
from tests.support.examples import new_database, write
from tests.support.pages import tree
from tests.support.site_rows import AGENCY, HOSTILE

AGENCIES = [{"code": code, "name": f"样例县{code}局", "level": "county", "kind": "department", "region": "350128"} for code in "abcdefg"]
WITHHELD = [
    "withheld_state_secret", "withheld_by_law", "withheld_security", "withheld_third_party", "withheld_internal", "withheld_process",
    "withheld_enforcement_file", "withheld_admin_query",
]  # fmt: skip


def row(report: str, item: str, total: float | None, status: str = "stated") -> dict[str, Any]:
    return {"report_id": report, "agency": report[0], "year": int(report[-4:]), "item": item, "total": total, "total_status": status}


def flows(report: str, received: float, carried_in: float, carried_out: float) -> list[dict[str, Any]]:
    return [row(report, item, n) for item, n in (("received", received), ("carried_in", carried_in), ("carried_out", carried_out))]


def review(report: str, corrected: float, pending: float, total: float) -> dict[str, Any]:
    cells = {"corrected": corrected, "pending": pending, "total": total}
    statuses = {f"{name}_status": "stated" for name in cells}
    return {"report_id": report, "agency": report[0], "year": int(report[-4:]), "procedure": "reconsideration", **cells, **statuses}


@pytest.fixture
def rows() -> queries.Rows:
    db = new_database()
    db.executemany("insert or ignore into regions (code, name, parent) values (?, ?, ?)", [("350128", "平潭县", None)])
    reports = [
        {"id": f"{agency}-{year}", "agency": agency, "region": "350128", "level": "county", "year": year, "source_id": f"text-{agency}-{year}"}
        for agency in "abcdefg" for year in (2021, 2022)
    ]  # fmt: skip
    reports[-1]["status"] = "refused"
    applications = [
        *flows("a-2021", 20, 0, 12), *flows("a-2022", 300, 12, 13),  # a: 60 per cent over, then fifteen times as many
        *flows("b-2021", 100, 0, 9), *flows("b-2022", 120, 9, 200),  # b: too few; more than there were, which is no share
        *flows("c-2021", 40, 0, 0), *flows("c-2022", 200, 0, 0),
        row("d-2021", "received", 250), row("d-2022", "received", 50),  # d: a fall; what is carried over is not printed
        row("d-2021", "carried_in", 0), row("d-2021", "carried_out", 200, "inferred"),
        row("e-2021", "received", 5), row("e-2022", "received", 49),  # e: few
        row("f-2021", "received", 10, "inferred"), row("f-2022", "received", 100),  # f: not printed
        *flows("g-2022", 100, 0, 90),  # g: the report is refused
        *(row("a-2022", item, 18 if item == "withheld_admin_query" else 0) for item in WITHHELD[:-1]), row("a-2022", WITHHELD[-1], 18),
        *(row("b-2022", item, 2) for item in WITHHELD),  # b: evenly
        *(row("c-2022", item, 0) for item in WITHHELD[2:]), row("c-2022", WITHHELD[0], 30), row("c-2022", WITHHELD[1], None, "blank"),
        *(row("d-2022", item, 0) for item in WITHHELD[2:]), row("d-2022", WITHHELD[0], 15), row("d-2022", WITHHELD[1], 4),  # d: three quarters
        *(row("e-2022", item, 0) for item in WITHHELD[1:]), row("e-2022", WITHHELD[0], 9),  # e: few
    ]  # fmt: skip
    reviews = [review("a-2022", 6, 2, 12), review("b-2022", 4, 1, 10), review("c-2022", 0, 0, 40)]
    reviews += [review("d-2022", 6, 2, 12) | {"pending_status": "inferred"}]
    write(db, {"agencies": AGENCIES, "reports": reports, "applications": applications, "review_litigation": reviews})
    db.execute("pragma foreign_keys = off")
    finding = "insert into findings (id, report_id, check_code, section, printed, verdict, message, message_en) values (?, ?, ?, ?, ?, ?, 'x', 'x')"
    db.executemany(finding, [
        ("f1", "a-2022", "identical_to_last_year", "applications", "31", "report"), ("f2", "b-2022", "identical_to_last_year", "applications", "9", "report"),
    ])  # fmt: skip
    db.execute("insert into judgements (finding_id, conclusion, why) values ('f2', 'refuted', '样例')")
    shared = [("b-2022", "a-2022", 0.8, 0, 9, 5, 14), ("b-2022", "a-2022", 0.8, 10, 19, 20, 29), ("c-2022", "c-2021", 0.9, 0, 9, 0, 9)]
    db.executemany("insert into shared_passages values (?, ?, ?, ?, ?, ?, ?)", shared)
    leads.write_leads(db)
    return queries.rows_of(db)


FOUND = {
    "carried_over": [("a-2021", {"share": 60})],
    "one_reason": [("a-2022", {"item": "withheld_admin_query", "with_reason": 18, "refused": 18, "share": 100})],
    "identical_years": [("a-2022", {"not_zero": 31})],
    "copied_narratives": [("b-2022", {"other_report": "a-2022", "share": 80, "sentences": 2})],
    "jumps": [
        ("a-2022", {"before": 20, "received": 300, "change": 280}),
        ("d-2022", {"before": 250, "received": 50, "change": -200}),
        ("c-2022", {"before": 40, "received": 200}),
    ],
    "corrected": [("a-2022", {"corrected": 6, "decided": 10, "share": 60})],
}


def test_every_lead_has_an_example() -> None:
    assert set(FOUND) == set(leads.leads())


@pytest.mark.parametrize("code", FOUND)
def test_a_lead_names_what_it_asks_for_and_nothing_else(rows: queries.Rows, code: str) -> None:
    found = leads.lead(rows, code, {})
    assert found
    told: dict[str, dict[str, Any]] = dict(FOUND[code])  # type: ignore[arg-type]
    if code == "carried_over":
        told["a-2022"] = {"carried_out": 13}
    assert [row["report_id"] for row in found["rows"]] == list(told)
    for row in found["rows"]:
        assert {name: row[name] for name in told[row["report_id"]]} == told[row["report_id"]]
    assert found["total"] == len(told)


def test_a_lead_is_narrowed_by_year_and_region(rows: queries.Rows) -> None:
    found = leads.lead(rows, "carried_over", {"year": "2021"})
    assert found and [row["report_id"] for row in found["rows"]] == ["a-2021"]
    assert {row["value"]: row["count"] for row in found["facets"]["year"]} == {2021: 1, 2022: 1}
    elsewhere = leads.lead(rows, "carried_over", {"region": "360000"})
    assert elsewhere and elsewhere["total"] == 0


@pytest.mark.parametrize("code", FOUND)
@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_the_caution_stands_with_every_lead(site: httpx.Client, code: str, lang: str) -> None:
    entry = leads.leads()[code]
    caution = entry["caution_en" if lang else "caution"]
    for path in ("/leads", f"/leads/{code}"):
        assert caution in tree(site, path + lang).css_first("main").text()


def test_the_caution_goes_with_every_row_of_the_csv(rows: queries.Rows, site: httpx.Client) -> None:
    columns, listed = leads.table(rows, "jumps", {}) or ([], iter(()))
    assert [row["caution"] for row in listed] == [leads.leads()["jumps"]["caution"]] * 3
    read = csv.reader(io.StringIO(site.get("/leads/jumps.csv?_bom=off").raise_for_status().text))
    assert next(read) == columns
    assert site.get("/leads/nothing.csv").status_code == site.get("/leads/nothing").status_code == 404
    assert site.get("/leads/jumps?year=x").status_code == 400


@pytest.mark.parametrize("code", FOUND)
def test_a_lead_can_be_run_as_a_query(site: httpx.Client, code: str) -> None:
    answer = site.get("/portal.json", params={"sql": leads.leads()[code]["sql"], "_shape": "objects"})
    assert answer.raise_for_status().json()["ok"]


def test_shared_passages_stand_side_by_side_masked_and_escaped(site: httpx.Client) -> None:
    report, other = f"{AGENCY}-2022", f"{AGENCY}-2021"
    path = f"/passages?report={report}&other={other}"
    answer = site.get(path).text
    assert HOSTILE not in answer and "&lt;script&gt;" in answer
    cells = [cell.text() for cell in tree(site, path).css("table.passages td")]
    assert len(cells) == 2 and all("□□" in cell and "12" not in cell for cell in cells)
    swapped = site.get(f"/passages.json?report={other}&other={report}").json()
    assert swapped == site.get(f"/passages.json?report={report}&other={other}").json()  # in the direction that was found
    assert swapped["share"] == 75
    assert {"report_id": report, "other_report": other, "share": 75}.items() <= site.get("/passages.json").json()["pairs"][-1].items()


def test_reports_that_were_not_found_alike_say_so_and_unknown_ones_are_not_there(site: httpx.Client) -> None:
    path = f"/passages?report={AGENCY}-2022&other={AGENCY}-2014"
    assert "没有发现大部分相同" in tree(site, path).css_first("main").text()
    assert site.get("/passages?report=nothing&other=x").status_code == 404
