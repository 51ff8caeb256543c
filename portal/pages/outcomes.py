"""How requests were answered, as shares of all that was handled: of one agency over the years, of many reports of one level and kind.

Only a report is in it that prints the total of every outcome, and whose outcomes add up to what it prints as handled.
"""

from __future__ import annotations

from typing import Any

from portal.pages import charts
from portal.pages.queries import Row, Rows

OUTCOMES = ("disclosed", "partly_disclosed", "withheld", "unavailable", "unprocessed", "other")
FEWEST = 5  # below it the shares would tell of single agencies
_SOUND = (
    "select report_id, reports.year, reports.level, agencies.kind, max(total) filter (where item = 'handled') as handled, "  # noqa: S608
    + ", ".join(
        f"coalesce(sum(total) filter (where item = '{code}' or item glob '{code}_*'), 0) as {code}"
        for code in OUTCOMES
        if code != "disclosed"
    )
    + ", coalesce(sum(total) filter (where item = 'disclosed'), 0) as disclosed"
    " from reports join applications on applications.report_id = reports.id join agencies on agencies.code = reports.agency"
    " where item not in ('received', 'carried_in', 'carried_out') and reports.status <> 'refused' and reports.year is not null and {where}"
    " group by report_id having min(total_status = 'stated') = 1 and handled > 0 and sum(total) = 2 * handled"
)
_ADDED = ", ".join(f"sum({code}) as {code}" for code in ("handled", *OUTCOMES))


def of_agency(rows: Rows, code: str) -> list[Row]:
    """A row for each year whose outcomes are printed and add up, the latest first."""
    return rows(_SOUND.format(where="reports.agency = :code") + " order by reports.year desc", {"code": code})


def of_groups(rows: Rows, where: str, values: dict[str, Any]) -> list[Row]:
    """The outcomes added up over the reports of each year, level and kind that fit a condition on `reports`; `reports`: how many."""
    return rows(
        f"select year, level, kind, count(*) as reports, {_ADDED} from ({_SOUND.format(where=where)})"  # noqa: S608
        " group by year, level, kind order by year desc, level, kind",
        values,
    )


def shares(row: Row) -> dict[str, float]:
    """What part of what was handled had each outcome, in per cent.

    >>> shares({"handled": 8, "disclosed": 4, "partly_disclosed": 1, "withheld": 3, "unavailable": 0, "unprocessed": 0, "other": 0})["withheld"]
    37.5
    """
    return {code: round(100 * row[code] / row["handled"], 1) for code in OUTCOMES}


def drawn(rows: list[Row]) -> list[Row]:
    """Each row with its `shares` and its `bar`."""
    return [{**row, "shares": (of := shares(row)), "bar": charts.bar(list(of.values()))} for row in rows]


def in_years(rows: list[Row]) -> list[Row]:
    """The drawn rows of an agency or a group, the latest year first; a year between them without one is a row without `shares`."""
    by_year = {row["year"]: row for row in drawn(rows)}
    years = range(max(by_year, default=0), min(by_year, default=1) - 1, -1)
    return [by_year.get(year, {"year": year, "shares": None}) for year in years]


def largest(rows: list[Row]) -> list[Row]:
    """Those of the level and kind of which the most reports are drawn, in the years with five or more."""
    many = [row for row in rows if row["reports"] >= FEWEST]
    sizes: dict[tuple[str, str], int] = {}
    for row in many:
        sizes[row["level"], row["kind"]] = sizes.get((row["level"], row["kind"]), 0) + row["reports"]
    most = max(sizes, key=lambda group: sizes[group], default=None)
    return [row for row in many if (row["level"], row["kind"]) == most]
