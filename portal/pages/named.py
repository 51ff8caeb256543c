"""What of the catalogue a search names: regions, agencies and their reports, the nearest first; where nothing is so named, what is near."""

from __future__ import annotations

import json
from itertools import pairwise

from portal.pages import search
from portal.pages.catalogue import COLLECTED, REGION_END, REGIONS
from portal.pages.names import Named
from portal.pages.queries import REPORTS, Row, Rows, one

REGIONS_SHOWN, AGENCIES_SHOWN, REPORTS_SHOWN, NEAR_SHOWN = 5, 10, 10, 8

SUGGESTED = {"region": 4, "agency": 6}

_NEAR = """
select code, name, kind, (select count(*) from json_each(:pieces) where {shares}) as shared
  from (select code, name, pinyin, 'region' as kind from regions where {known}
        union all select code, name, pinyin, 'agency' from agencies)
 where shared >= :least order by shared desc, abs(length(name) - :length), code limit :size
"""
_PIECES = "instr(name, value) or instr(' ' || pinyin, ' ' || value)"
_CHARACTERS = "substr(name, key + 1, 1) = value"  # 平谭县 for 平潭县: most characters stand where they should


def named(rows: Rows, query: str) -> Row:
    """`regions`, `agencies` and `reports` of the name that was typed, each with its total; `near` is what shares most with it."""
    typed = Named(query)
    if not typed.words:
        return {f"named_{name}": {"total": 0, "rows": []} for name in ("regions", "agencies", "reports")} | {"near": []}
    values, year = typed.values, typed.year
    of_year = " and reports.year = :year" if year else ""
    regions = _part(rows, "regions", REGIONS + " where ", typed.fits("regions"), typed.order("regions"), values, REGIONS_SHOWN)
    of_name = f"({typed.fits('agencies')} or {typed.lies_in_place})"
    agencies = _part(rows, "agencies", AGENCIES, of_name, typed.order("agencies"), values, AGENCIES_SHOWN)
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
    near = [] if found else _near(rows, typed)
    for part in (regions, agencies):
        for row in part["rows"]:
            row["marked"] = search.marked(row["name"], query)
    return {"named_regions": regions, "named_agencies": agencies, "named_reports": reports, "near": near}


AGENCIES = (
    "select agencies.code, agencies.name, regions.name as region_name,"  # noqa: S608
    f" (select count(*) from reports where agency = agencies.code and {COLLECTED}) as reports"
    " from agencies left join regions on regions.code = agencies.region where "
)


def _part(rows: Rows, table: str, sql: str, fits: str, order: str, values: Row, size: int) -> Row:
    total = one(rows, f"select count(*) as total from {table} where {fits}", **values)["total"]  # noqa: S608 the pieces stand here
    return {"total": total, "rows": rows(f"{sql}{fits} order by {order} limit :size", {**values, "size": size})}


def suggested(rows: Rows, query: str) -> Row:
    """What a reader who is still typing may mean: a few regions that something is known of, then agencies, each with its address."""
    typed = Named(query)
    if not typed.words:
        return {"query": query, "suggestions": []}
    known = f" and exists (select 1 from agencies where agencies.region between regions.code and {REGION_END})"  # noqa: S608 it stands there
    found = []
    for kind, table, sql, more in (("region", "regions", REGIONS + " where ", known), ("agency", "agencies", AGENCIES, "")):
        size = {**typed.values, "size": SUGGESTED[kind]}
        for row in rows(f"{sql}{typed.fits(table)}{more} order by {typed.order(table)} limit :size", size):
            within = row["parent_name"] if kind == "region" else row["region_name"]
            found.append(
                {"kind": kind, "name": row["name"], "within": within, "reports": row["reports"], "address": f"/{table}/{row['code']}"}
            )
    return {"query": query, "suggestions": found}


def _near(rows: Rows, typed: Named) -> list[Row]:
    """The names that share most pairs of characters, or letters, with what was typed; where none shares any, regions of which nothing was
    collected, or names of which most single characters are the same."""
    word = "".join(typed.words)
    of = {"size": NEAR_SHOWN, "length": len(word)}
    pieces, characters = json.dumps(_pieces(typed)), json.dumps(list(word))
    known = "code in (select region from agencies)"
    return (
        rows(_NEAR.format(shares=_PIECES, known=known), {**of, "pieces": pieces, "least": 1})
        or rows(_NEAR.format(shares=_CHARACTERS, known=known), {**of, "pieces": characters, "least": max(2, len(word) // 2 + 1)})
        or rows(_NEAR.format(shares=_PIECES, known="true"), {**of, "pieces": pieces, "least": 2})
    )


def _pieces(typed: Named) -> list[str]:
    """Pairs of characters of a name, or the beginnings of its letters."""
    if typed.in_letters:
        letters = "".join(typed.words)
        return [letters[:length] for length in range(3, len(letters))]
    return ["".join(pair) for word in typed.words for pair in pairwise(word)]
