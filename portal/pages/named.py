"""What of the catalogue a search names: regions, agencies and their reports, the nearest first; where nothing is so named, what is near."""

from __future__ import annotations

import json
from itertools import pairwise

from portal.pages import search
from portal.pages.catalogue import COLLECTED, REGIONS
from portal.pages.names import Named
from portal.pages.queries import REPORTS, Row, Rows, one

REGIONS_SHOWN, AGENCIES_SHOWN, REPORTS_SHOWN, NEAR_SHOWN = 5, 10, 10, 8

_NEAR = """
select code, name, kind, (select count(*) from json_each(:pieces) where instr(name, value) or instr(' ' || pinyin, ' ' || value)) as shared
  from (select code, name, pinyin, 'region' as kind from regions where code in (select region from agencies)
        union all select code, name, pinyin, 'agency' from agencies)
 where shared > 0 order by shared desc, length(name), code limit :size
"""


def named(rows: Rows, query: str) -> Row:
    """`regions`, `agencies` and `reports` of the name that was typed, each with its total; `near` is what shares most with it."""
    typed = Named(query)
    if not typed.words:
        return {f"named_{name}": {"total": 0, "rows": []} for name in ("regions", "agencies", "reports")} | {"near": []}
    values, year = typed.values, typed.year
    of_year = " and reports.year = :year" if year else ""
    regions = _part(rows, "regions", REGIONS + " where ", typed.fits("regions"), typed.order("regions"), values, REGIONS_SHOWN)
    of_place = "agencies.region in (select code from regions where name = :name_typed)"  # 平潭县 has agencies of other names
    agencies = _part(
        rows, "agencies", AGENCIES, f"({typed.fits('agencies')} or {of_place})", typed.order("agencies"), values, AGENCIES_SHOWN
    )
    reports = _part(
        rows,
        "reports left join agencies on agencies.code = reports.agency",
        REPORTS + " where ",
        typed.fits_agency_of("reports") + of_year,
        f"{typed.nearest('agencies')}, reports.year desc, reports.id",
        {**values, "year": year},
        REPORTS_SHOWN,
    )
    found = regions["total"] or agencies["total"]
    near = [] if found else rows(_NEAR, {"pieces": json.dumps(_pieces(typed)), "size": NEAR_SHOWN})
    for part in (regions, agencies):
        for row in part["rows"]:
            row["marked"] = search.excerpt(row["name"], query) or [{"text": row["name"], "hit": False}]
    return {"named_regions": regions, "named_agencies": agencies, "named_reports": reports, "near": near}


AGENCIES = (
    "select agencies.code, agencies.name, regions.name as region_name,"  # noqa: S608
    f" (select count(*) from reports where agency = agencies.code and {COLLECTED}) as reports"
    " from agencies left join regions on regions.code = agencies.region where "
)


def _part(rows: Rows, table: str, sql: str, fits: str, order: str, values: Row, size: int) -> Row:
    total = one(rows, f"select count(*) as total from {table} where {fits}", **values)["total"]  # noqa: S608 the pieces stand here
    return {"total": total, "rows": rows(f"{sql}{fits} order by {order} limit :size", {**values, "size": size})}


def _pieces(typed: Named) -> list[str]:
    """Pairs of characters of a name, or the beginnings of its letters."""
    if typed.in_letters:
        letters = "".join(typed.words)
        return [letters[:length] for length in range(3, len(letters))]
    return ["".join(pair) for word in typed.words for pair in pairwise(word)]
