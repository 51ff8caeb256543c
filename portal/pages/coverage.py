"""Who is missing: agencies by years, and regions by years, each against its own denominator.

Two questions are kept apart. Of the agencies known, how many reports of a year were collected? Of the provinces, cities and counties
that there are, whose government's report was? Missing is what this portal has not collected, which need not be unpublished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.pages import catalogue
from portal.pages.findings import region_end
from portal.pages.names import Named
from portal.pages.queries import Row, Rows, one

LEVELS = ("province", "prefecture", "county")
# Regions whose governments report under the Regulation: all of the mainland.
_PLACES = """
with places as (
  select code, name, parent, case when code like '%0000' then 'province' when code like '%00' then 'prefecture' else 'county' end as level
    from regions where substr(code, 1, 2) not in ('71', '81', '82') and code between :region and :region_end
)
"""
_REPORT = """
select reports.id as report_id, reports.agency, reports.region as place, reports.year, reports.status,
       (select verdict from findings where report_id = reports.id and check_code = 'published_late') as late
  from reports join agencies on agencies.code = reports.agency
 where reports.year is not null and
"""
# A management committee governs a zone, not the region that the zone lies in.
_GOVERNMENT = (
    " agencies.kind = 'government' and agencies.level in ('province', 'prefecture', 'county') and agencies.name not like '%管理委员会'"
)


def coverage(rows: Rows, chosen: Mapping[str, str], query: str = "", number: int = 1) -> Row:
    """The agencies that fit the choices, a page of them, and the region's governments and those right below it, with their reports."""
    of = {"region": chosen.get("region", "000000"), "region_end": region_end(chosen["region"]) if "region" in chosen else "999999"}
    named = Named(query)
    listed = catalogue.agencies(rows, chosen, query, number)
    codes = catalogue.codes(row["code"] for row in listed["agencies"])
    places = rows(_PLACES + "select code, name, level from places where :below in (code, parent) or parent is :below order by code", {  # noqa: S608
        **of, "below": chosen.get("region"),
    })  # fmt: skip
    return {
        **listed,
        "up": one(rows, "select parent from regions where code = :region", **of).get("parent"),
        "years": [
            row["year"]
            for row in rows(
                "select distinct year from reports where year is not null"  # noqa: S608
                + (" and region between :region and :region_end" if "region" in chosen else "")
                + " order by year desc",
                of,
            )
        ],
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
            + " and reports.region in (select value from json_each(:places)) order by reports.status = 'refused', reports.id",
            {"places": catalogue.codes(row["code"] for row in places)},
        ),
        "collected": rows(
            "select reports.year, reports.status, count(*) as agencies from reports join agencies on agencies.code = reports.agency"  # noqa: S608
            + (catalogue.AGENCIES.where(chosen, named) or " where true")
            + " and reports.year is not null group by 1, 2",
            catalogue.values(chosen, named),
        ),
        "reports": rows(_REPORT + " reports.agency in (select value from json_each(:codes)) order by reports.id", {"codes": codes}),  # noqa: S608
    }


def grids(data: Row) -> Row:
    """For the page: each row of its two grids with its report of each year, and the counts by year."""
    expected = {row["level"]: row["regions"] for row in data["expected"]}
    reported = {(row["level"], row["year"]): row["regions"] for row in data["reported"]}
    collected = {(row["year"], row["status"]): row["agencies"] for row in data["collected"]}
    return {
        "by_level": [
            (level, count, [reported.get((level, year), 0) for year in data["years"]])
            for level, count in sorted(expected.items(), key=lambda pair: LEVELS.index(pair[0]))
        ],
        "by_agency": _rows(data["agencies"], data["reports"], "agency", data["years"]),
        "by_place": _rows(data["places"], data["place_reports"], "place", data["years"]),
        "by_status": [(status, [collected.get((year, status), 0) for year in data["years"]]) for status in ("read", "partial", "refused")],
        "missing": [
            data["total"] - sum(collected.get((year, status), 0) for status in ("read", "partial", "refused")) for year in data["years"]
        ],
    }


def _rows(subjects: Iterable[Row], reports: Iterable[Row], key: str, years: Iterable[int]) -> list[Row]:
    """Each subject with `cells`, its first report of each year or None."""
    found: dict[tuple[str, int], Row] = {}
    for report in reports:
        found.setdefault((report[key], report["year"]), report)
    years = list(years)
    return [{**subject, "cells": [found.get((subject["code"], year)) for year in years]} for subject in subjects]
