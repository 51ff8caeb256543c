"""Where a journalist may begin: the questions of data/leads.yml, asked once of a build, shown of all reports or of a year's or a region's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from portal.data import DATA, load
from portal.pages import findings
from portal.pages.queries import Row, Rows, one

LEADS = DATA / "leads.yml"
PAGE_SIZE = 50
SHOWN = 5  # of each lead on the page of all
CHOICES = ("year", "region")
_ASKED = {"year": "reports.year = cast(:year as integer)", "region": "reports.region between :region and :region_end"}
_WHOSE = ("report_id", "agency_name", "year", "region_name")


@cache
def leads() -> dict[str, Row]:
    """The entries of data/leads.yml by their codes, in their order; each with its `code`."""
    return {code: {"code": code, **entry} for code, entry in load(LEADS).items()}


def write_leads(db: sqlite3.Connection) -> None:
    """Fill the table `leads` with the answers; the findings must be there."""
    db.execute("delete from leads")
    for lead in leads().values():
        figures = ", ".join(f"'{column}', {column}" for column in lead["columns"])
        db.execute(
            "insert into leads (lead, place, report_id, figures)"  # noqa: S608 data/leads.yml has the columns and the question
            f" select ?, row_number() over (order by rank desc, report_id), report_id, json_object({figures}) from ({lead['sql']})"
            " where report_id in (select id from reports where status <> 'refused')",
            [lead["code"]],
        )


def page(rows: Rows) -> Row:
    """Every lead with how many reports it names and the first of them."""
    return {
        "leads": [{**_said(lead), "total": _total(rows, lead, {}), "rows": _listed(rows, lead, {}, SHOWN)} for lead in leads().values()]
    }


def lead(rows: Rows, code: str, chosen: Mapping[str, str], number: int = 1) -> Row | None:
    """One lead: its question, caution and SQL, and a page of the reports that it names, what says most first. None for no such lead."""
    entry = leads().get(code)
    if entry is None:
        return None
    total = _total(rows, entry, chosen)
    return {
        "lead": {**_said(entry), "sql": entry["sql"]},
        "chosen": dict(chosen),
        "region": one(rows, "select code, name from regions where code = :region", region=chosen.get("region")) or None,
        "total": total,
        "page": number,
        "pages": max(1, -(-total // PAGE_SIZE)),
        "facets": {name: _facet(rows, entry, chosen, name) for name in CHOICES},
        "rows": _listed(rows, entry, chosen, PAGE_SIZE, PAGE_SIZE * (number - 1)),
    }


def table(rows: Rows, code: str, chosen: Mapping[str, str]) -> tuple[list[str], Iterator[Row]] | None:
    """The columns and all rows of one lead for a CSV; its caution is the last column of each, so that it goes with the rows."""
    entry = leads().get(code)
    if entry is None:
        return None
    columns = [*_WHOSE, *entry["columns"], "findings", "in_doubt", "caution"]
    return columns, ({**row, "caution": entry["caution"]} for row in _listed(rows, entry, chosen))


def _said(lead: Row) -> Row:
    return {name: value for name, value in lead.items() if name != "sql"}


def _from(chosen: Mapping[str, str]) -> str:
    where = " and ".join(["leads.lead = :lead", *(_ASKED[name] for name in chosen)])
    return f" from leads join reports on reports.id = leads.report_id where {where}"


def _values(lead: Row, chosen: Mapping[str, str]) -> dict[str, Any]:
    region = chosen.get("region")
    end = findings.region_end(region) if region else None
    return {**chosen, "lead": lead["code"], "width": findings.width(region), "region_end": end}


def _total(rows: Rows, lead: Row, chosen: Mapping[str, str]) -> int:
    return int(one(rows, "select count(*) as total" + _from(chosen), **_values(lead, chosen))["total"])


def _listed(rows: Rows, lead: Row, chosen: Mapping[str, str], size: int = -1, skip: int = 0) -> list[Row]:
    of_other = ", others.name as other_name, other.year as other_year" if "other_report" in lead["columns"] else ""
    joined = " left join reports as other on other.id = json_extract(figures, '$.other_report') left join agencies as others on others.code = other.agency"
    found = rows(
        f"select of.*, agencies.name as agency_name, regions.name as region_name{of_other} from"  # noqa: S608 the pieces stand here
        " (select reports.id as report_id, reports.agency, reports.year, reports.region, reports.findings, reports.in_doubt, place, figures"
        f"{_from(chosen)} order by place limit :size offset :skip) as of"
        " left join agencies on agencies.code = of.agency left join regions on regions.code = of.region"
        f"{joined if of_other else ''} order by place",
        {**_values(lead, chosen), "size": size, "skip": skip},
    )
    inner = ("place", "region", "figures")
    return [{**{name: value for name, value in row.items() if name not in inner}, **json.loads(row["figures"])} for row in found]


def _facet(rows: Rows, lead: Row, chosen: Mapping[str, str], name: str) -> list[Row]:
    others = {key: value for key, value in chosen.items() if key != name or name == "region"}
    value = "reports.year" if name == "year" else "substr(substr(reports.region, 1, :width) || '0000', 1, 6)"
    order = "value desc" if name == "year" else "count desc, value"
    counted = f"select {value} as value, count(*) as count{_from(others)} group by 1"
    labelled = "regions.name as label" if name == "region" else "null as label"
    joined = " left join regions on regions.code = value" if name == "region" else ""
    return rows(
        f"select value, {labelled}, count from ({counted}){joined} where value is not null order by {order} limit 40",  # noqa: S608
        _values(lead, {**chosen, **others}),
    )
