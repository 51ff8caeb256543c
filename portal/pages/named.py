"""What of the catalogue a search names: regions, agencies and their reports, the nearest first; where nothing is so named, what sounds
so, and where nothing does, what is near."""

from __future__ import annotations

import json
import re
from itertools import pairwise

from portal.pages import search
from portal.pages.catalogue import COLLECTED, REGION_END, REGIONS
from portal.pages.names import Named
from portal.pages.queries import REPORTS, Row, Rows, one

REGIONS_SHOWN, AGENCIES_SHOWN, REPORTS_SHOWN, NEAR_SHOWN = 5, 10, 10, 8

_GOVERNMENT = re.compile("(?:人民)?政府(?:办公?[室厅]?)?$")  # behind the name of its place
SUGGESTED = {"region": 4, "agency": 6}

# The regions with which the name that was typed goes furthest: with their whole name, or it begins with that but for its last character, or
# it begins as that sounds.
_PLACES = """
with fits as (
  select code, case when instr(:typed, name) then instr(:typed, name) + length(name) - 1 else length(name) - 1 end as goes from regions
   where length(name) > 2 and (instr(:typed, name) or substr(:typed, 1, length(name) - 1) = substr(name, 1, length(name) - 1))
      or instr(:typed, name) = 1 or instr(:sound, substr(pinyin, instr(pinyin, ' ''') + 1)) = 1
)
select code from fits where goes = (select max(goes) from fits) order by code limit 3
"""
_NEAR = """
select code, name, kind, within, (select count(*) from json_each(:pieces) where {shares}) as shared
  from (select code, name, pinyin, 'region' as kind, (select name from regions as above where above.code = regions.parent) as within
          from regions where {regions}
        union all select code, name, pinyin, 'agency', null from agencies where {agencies})
 where shared >= :least and {begins} order by {first} shared desc, abs(length(name) - :length), code limit :size
"""
_PIECES = "instr(name, value) or instr(' ' || pinyin, ' ' || value)"
_BEGINS = "(instr(name, :begins) or instr(' ' || pinyin, ' ' || :begins))"  # 样例市人民政府 is not near to every government
_CHARACTERS = "substr(name, key + 1, 1) = value"  # 平漳县 for 平潭县: most characters stand where they should
_THERE = {"regions": "code in (select value from json_each(:places))", "agencies": "region in (select value from json_each(:places))"}
_ANYWHERE = {"regions": "code in (select region from agencies)", "agencies": "true"}


def named(rows: Rows, query: str, elsewhere: bool = False) -> Row:
    """`regions`, `agencies` and `reports` of the name that was typed, each with its total. Of no such name, and unless the words are found
    `elsewhere`: those that sound so, `by_sound` says how; else `near`, what shares most with it."""
    typed = Named(query)
    if not typed.words:
        nothing: Row = {f"named_{name}": {"total": 0, "rows": []} for name in ("regions", "agencies", "reports")}
        return nothing | {"by_sound": None, "near": []}
    found = _named(rows, typed)
    place = _GOVERNMENT.sub("", query)
    if not _any(found) and place != query:  # 平潭县人民政府, for which another body reports: what there is of the place
        found = _named(rows, Named(place))
    if _any(found) or elsewhere:
        return found | {"by_sound": None, "near": []}
    said = Named(query, by_sound=True)
    if not typed.in_letters and _any(alike := _named(rows, said)):
        return alike | {"by_sound": " ".join(said.syllables), "near": []}
    return found | {"by_sound": None, "near": _near(rows, typed)}


def _any(found: Row) -> bool:
    return bool(found["named_regions"]["total"] or found["named_agencies"]["total"])


def _named(rows: Rows, typed: Named) -> Row:
    values = {**typed.values, "year": typed.year, "codes": typed.codes(rows, in_place=True)}
    regions = _part(rows, "regions", REGIONS + " where ", typed.fits("regions"), typed.order("regions"), values, REGIONS_SHOWN)
    agencies = _part(rows, "agencies", AGENCIES, _CODED.format("agencies.code"), typed.order("agencies"), values, AGENCIES_SHOWN)
    of_theirs = _CODED.format("reports.agency") + (" and reports.year = :year" if typed.year else "")
    order = f"{typed.nearest('agencies')}, reports.year desc, reports.id"
    reports: Row = {"total": 0, "rows": []}
    if agencies["total"]:
        reports = _part(rows, "reports", REPORTS + " where ", of_theirs, order, values, REPORTS_SHOWN)
    for part in (regions, agencies):
        for row in part["rows"]:
            row["marked"] = search.marked(row["name"], typed.query)
    return {"named_regions": regions, "named_agencies": agencies, "named_reports": reports}


_CODED = "{} in (select value from json_each(:codes))"
AGENCIES = (
    "select agencies.code, agencies.name, regions.name as region_name,"  # noqa: S608
    f" (select count(*) from reports where agency = agencies.code and {COLLECTED}) as reports"
    " from agencies left join regions on regions.code = agencies.region where "
)


def _part(rows: Rows, table: str, sql: str, fits: str, order: str, values: Row, size: int) -> Row:
    total = one(rows, f"select count(*) as total from {table} where {fits}", **values)["total"]  # noqa: S608 the pieces stand here
    return {"total": total, "rows": rows(f"{sql}{fits} order by {order} limit :size", {**values, "size": size}) if total else []}


def suggested(rows: Rows, query: str) -> Row:
    """What a reader who is still typing may mean: a few regions that something is known of, then agencies, each with its address; where
    nothing is so named, what sounds so."""
    typed = Named(query)
    if not typed.words:
        return {"query": query, "by_sound": None, "suggestions": []}
    found = _suggested(rows, typed)
    said = Named(query, by_sound=True)
    if found or typed.in_letters or not (alike := _suggested(rows, said)):
        return {"query": query, "by_sound": None, "suggestions": found}
    return {"query": query, "by_sound": " ".join(said.syllables), "suggestions": alike}


def _suggested(rows: Rows, typed: Named) -> list[Row]:
    known = f" and exists (select 1 from agencies where agencies.region between regions.code and {REGION_END})"  # noqa: S608 it stands there
    found = []
    for kind, table, sql, more in (("region", "regions", REGIONS + " where ", known), ("agency", "agencies", AGENCIES, "")):
        size = {**typed.values, "size": SUGGESTED[kind]}
        for row in rows(f"{sql}{typed.fits(table)}{more} order by {typed.order(table)} limit :size", size):
            within = row["parent_name"] if kind == "region" else row["region_name"]
            found.append(
                {"kind": kind, "name": row["name"], "within": within, "reports": row["reports"], "address": f"/{table}/{row['code']}"}
            )
    return found


def _near(rows: Rows, typed: Named) -> list[Row]:
    """The place that what was typed begins with, and the agencies there; without one the names that share at least half of its pairs of
    characters, or letters, or of which most single characters are the same, the first of them among these."""
    word = "".join(typed.words)
    pieces = _pieces(typed)
    of = {"size": NEAR_SHOWN, "length": len(word), "pieces": json.dumps(pieces)}
    places = [] if typed.in_letters else [row["code"] for row in rows(_PLACES, {"typed": word, "sound": typed.values["name_sound"]})]
    if places:
        return rows(
            _NEAR.format(shares=_PIECES, begins="true", first="kind <> 'region',", **_THERE),
            {**of, "places": json.dumps(places), "least": 0},
        )
    alike = _NEAR.format(shares=_PIECES, begins=_BEGINS, first="", **_ANYWHERE)
    characters = _NEAR.format(shares=_CHARACTERS, begins="substr(name, 1, 1) = :begins", first="", **_ANYWHERE)
    return rows(alike, {**of, "begins": (pieces or [word])[0], "least": max(2, -(-len(pieces) // 2))}) or rows(
        characters, {**of, "begins": word[:1], "pieces": json.dumps(list(word)), "least": max(2, len(word) // 2 + 1)}
    )


def _pieces(typed: Named) -> list[str]:
    """Pairs of characters of a name, or the beginnings of its letters."""
    if typed.in_letters:
        letters = "".join(typed.words)
        return [letters[:length] for length in range(3, len(letters))]
    return ["".join(pair) for word in typed.words for pair in pairwise(word)]
