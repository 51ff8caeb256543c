"""Who is missing: agencies by years, and regions by years, each against its own denominator.

Two questions are kept apart. Of the agencies known, how many reports of a year were collected? Of the provinces, cities and counties
that there are, whose government's report was? Missing is what this portal has not collected, which need not be unpublished.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from portal.pages import catalogue
from portal.pages.findings import region_end
from portal.pages.names import Named
from portal.pages.queries import Row, Rows, one

_ACTIVE = catalogue.ACTIVE.format(year="years.value")
# The last code within a place: its own digits, then nines.
PLACE_END = catalogue.REGION_END.replace("regions.code", "places.code")
LEVELS = ("province", "prefecture", "county")
# Regions whose governments report under the Regulation: all of the mainland, but 雄安新区, which a management committee governs.
_PLACES = """
with places as (
  select code, name, parent, case when code like '%0000' then 'province' when code like '%00' then 'prefecture' else 'county' end as level
    from regions where substr(code, 1, 2) not in ('71', '81', '82') and code <> '133100' and code between :region and :region_end
)
"""
_REPORT = """
select reports.id as report_id, reports.agency, agencies.name as agency_name, agencies.for_government, reports.region as place, reports.year,
       reports.status,
       (select coalesce(conclusion, verdict) from findings left join judgements on finding_id = findings.id
         where report_id = reports.id and check_code = 'published_late' and conclusion is not 'refuted') as late
  from reports join agencies on agencies.code = reports.agency
 where reports.year is not null and
"""
# A management committee governs a zone, not the region that the zone lies in, but where the list says that it reports for its government.
_GOVERNMENT = (
    " agencies.kind = 'government' and agencies.level in ('province', 'prefecture', 'county')"
    " and (agencies.for_government or agencies.name not like '%管理委员会')"
)


def coverage(rows: Rows, chosen: Mapping[str, str], query: str = "", number: int = 1) -> Row:
    """The agencies that fit the choices, a page of them, and the region's governments and those right below it, with their reports.

    The counts by year are of all that fit the other choices, whichever year's report is asked to be missing.
    """
    of = {"region": chosen.get("region", "000000"), "region_end": region_end(chosen["region"]) if "region" in chosen else "999999"}
    named = Named(query)
    listed = catalogue.agencies(rows, chosen, query, number)
    codes = catalogue.codes(row["code"] for row in listed["agencies"])
    years = catalogue.collected_years(rows)
    fit, bound = catalogue.AGENCIES.where(chosen, named, without="missing") or " where true", catalogue.AGENCIES.values(rows, chosen, named)
    within = f"select count(*) from reports where reports.region between places.code and {PLACE_END} and {catalogue.COLLECTED}"  # noqa: S608 they stand in the code
    places = rows(_PLACES + f"select code, name, level, ({within}) as reports from places where :below in (code, parent) or parent is :below order by code", {  # noqa: S608
        **of, "below": chosen.get("region"),
    })  # fmt: skip
    due = rows(
        "select years.value as year, count(*) as agencies, count(reports.id) as reported, sum(agencies.listed) as listed,"  # noqa: S608
        " count(reports.id) filter (where agencies.listed) as listed_reported from json_each(:years) as years"
        f" join agencies on {_ACTIVE} left join reports on reports.agency = agencies.code and reports.year = years.value{fit} group by 1 order by 1 desc",
        {**bound, "years": json.dumps(years)},
    )
    missing = [{"value": row["year"], "label": None, "count": row["agencies"] - row["reported"]} for row in due]
    return {
        **listed,
        "facets": {"missing": [row for row in missing if row["count"]], **listed["facets"]},
        "known": one(rows, f"select count(*) as agencies from agencies{fit}", **bound)["agencies"],  # noqa: S608
        "up": one(rows, "select parent from regions where code = :region", **of).get("parent"),
        "years": years,
        "expected": rows(_PLACES + "select level, count(*) as regions from places group by level", of),  # noqa: S608
        "reported": rows(
            _PLACES  # noqa: S608
            + "select places.level, year, count(distinct places.code) as regions from places join reports on reports.region = places.code"  # noqa: S608
            f" join agencies on agencies.code = reports.agency where reports.status <> 'refused' and {_GOVERNMENT} group by 1, 2",
            of,
        ),
        "places": places,
        "place_reports": rows(
            _REPORT  # noqa: S608
            + _GOVERNMENT
            + " and reports.region in (select value from json_each(:places)) order by reports.status = 'refused', agencies.for_government, reports.id",
            {"places": catalogue.codes(row["code"] for row in places)},
        ),
        "collected": rows(
            "select reports.year, reports.status, count(*) as agencies from reports join agencies on agencies.code = reports.agency"  # noqa: S608
            + fit
            + " and reports.year is not null group by 1, 2",
            bound,
        ),
        "due": due,
        "spans": rows(
            "select agencies.code, agencies.since, agencies.until, agencies.merged_into, others.name as merged_into_name from agencies"
            " left join agencies as others on others.code = agencies.merged_into where agencies.code in (select value from json_each(:codes))"
            " and (agencies.since is not null or agencies.until is not null) order by agencies.code",
            {"codes": codes},
        ),
        "reports": rows(_REPORT + " reports.agency in (select value from json_each(:codes)) order by reports.id", {"codes": codes}),  # noqa: S608
    }


def table(rows: Rows, chosen: Mapping[str, str], query: str = "") -> tuple[list[str], list[Row]]:
    """The grid by agency as a table: the columns, and a row for each agency that fits, all pages. Of each year how its report was read,
    `missing` where none was collected, `not_due` where the list says that the agency was not there."""
    named, years = Named(query), catalogue.collected_years(rows)
    where, bound = catalogue.AGENCIES.where(chosen, named), catalogue.AGENCIES.values(rows, chosen, named)
    agencies = rows(
        "select agencies.code as agency, agencies.name as agency_name, agencies.level, agencies.kind, agencies.region,"  # noqa: S608
        " regions.name as region_name, agencies.since, agencies.until"
        f" from agencies left join regions on regions.code = agencies.region{where} order by {named.order('agencies')}",
        bound,
    )
    of_theirs = (
        f"select reports.agency, year, status from reports join agencies on agencies.code = reports.agency{where} order by reports.id desc"  # noqa: S608
    )
    read = {(row["agency"], row["year"]): row["status"] for row in rows(of_theirs, bound)}

    def cell(agency: Row, year: int) -> str:
        there = (agency["since"] or 0) <= year <= (agency["until"] or 9999)
        return str(read.get((agency["agency"], year), "missing" if there else "not_due"))

    columns = ["agency", "agency_name", "level", "kind", "region", "region_name", *map(str, years)]
    return columns, [{**agency, **{str(year): cell(agency, year) for year in years}} for agency in agencies]


def grids(data: Row) -> Row:
    """For the page: each row of its two grids with its report of each year, and the counts by year."""
    expected = {row["level"]: row["regions"] for row in data["expected"]}
    reported = {(row["level"], row["year"]): row["regions"] for row in data["reported"]}
    collected = {(row["year"], row["status"]): row["agencies"] for row in data["collected"]}
    due = {row["year"]: row for row in data["due"]}
    nobody = {"agencies": 0, "reported": 0, "listed": 0, "listed_reported": 0}
    by_year = [due.get(year, nobody) for year in data["years"]]
    return {
        "by_level": [
            (level, count, [reported.get((level, year), 0) for year in data["years"]])
            for level, count in sorted(expected.items(), key=lambda pair: LEVELS.index(pair[0]))
        ],
        "by_agency": _rows(data["agencies"], data["reports"], "agency", data["years"]),
        "by_place": _said_by_whom(_rows(data["places"], data["place_reports"], "place", data["years"])),
        "by_status": [(status, [collected.get((year, status), 0) for year in data["years"]]) for status in ("read", "partial", "refused")],
        "missing": [row["agencies"] - row["reported"] for row in by_year],
        "listed": [(row["listed_reported"], row["listed"]) for row in by_year],
        "with_report": {year for year, _ in collected},
        "span_of": {row["code"]: row for row in data["spans"]},
    }


def _said_by_whom(rows: list[Row]) -> list[Row]:
    """Each region's row with `others`: {code: name} of who reports in the stead of its government."""
    return [
        {**row, "others": {cell["agency"]: cell["agency_name"] for cell in row["cells"] if cell and cell["for_government"]}} for row in rows
    ]


def _rows(subjects: Iterable[Row], reports: Iterable[Row], key: str, years: Iterable[int]) -> list[Row]:
    """Each subject with `cells`, its first report of each year or None."""
    found: dict[tuple[str, int], Row] = {}
    for report in reports:
        found.setdefault((report[key], report["year"]), report)
    years = list(years)
    return [{**subject, "cells": [found.get((subject["code"], year)) for year in years]} for subject in subjects]
