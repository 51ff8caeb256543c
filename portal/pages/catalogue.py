"""The lists of a catalogue: agencies, reports and regions, found by name, narrowed by region, level and the like, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.pages import findings, peers
from portal.pages.names import Named
from portal.pages.queries import Row, Rows, one, reports_in_order, years
from portal.pages.sorting import ORDERS
from portal.words import WORDS

PAGE_SIZE = 50
COLLECTED = "reports.status <> 'refused'"
# The regions that a region's own code stands for, by the digits that codes within it share.
WITHIN = "{column} between :region and :region_end"
# Whether an agency has to report on a year, as far as is known; and that it has, but of that year nothing of it was collected.
ACTIVE = "{year} >= coalesce(agencies.since, 0) and {year} <= coalesce(agencies.until, 9999)"
MISSING = (
    f"{ACTIVE.format(year=':missing')}"  # noqa: S608 it stands above
    " and not exists (select 1 from reports where reports.agency = agencies.code and reports.year = :missing)"
)


@dataclass(frozen=True)
class Listing:
    """A list of one table: its columns that a reader may choose values of, and those that hold the region and the agency."""

    table: str
    columns: Mapping[str, str]  # choice: column
    agency: str
    region: str = "region"

    def where(self, chosen: Mapping[str, str], named: Named, without: str = "") -> str:
        """The condition of the rows that fit the choices, but for one of them; a region is asked with all within it."""
        asked = [
            self._fits(name, value) for name, value in chosen.items() if name == "region" or (name in self.columns and name != without)
        ]
        if "missing" in chosen and without != "missing":
            asked.append(MISSING)
        if named.asked:
            asked.append(f"{self.table}.{self.agency} in (select value from json_each(:named))")  # noqa: S608 the columns stand here
        return " where " + " and ".join(asked) if asked else ""

    def _fits(self, name: str, value: str) -> str:
        column = f"{self.table}.{self.region}" if name == "region" else self.columns[name]
        if value == UNKNOWN:
            return f"{column} is null"
        return WITHIN.format(column=column) if name == "region" else f"{column} = :{name}"

    def values(self, rows: Rows, chosen: Mapping[str, str], named: Named) -> dict[str, Any]:
        """What the statements of a list are bound to; `named` are the agencies of the name that was typed."""
        region = chosen.get("region")
        bound: dict[str, Any] = {**chosen, **named.values, "width": findings.width(region)}
        if named.asked:
            bound["named"] = named.codes(rows, in_place=self.table != "agencies")
        if region:
            bound["region_end"] = findings.region_end(region)
        if chosen.get("year", UNKNOWN) != UNKNOWN:
            bound["year"] = int(chosen["year"])
        if "missing" in chosen:
            bound["missing"] = int(chosen["missing"])
        return bound


AGENCIES = Listing("agencies", {"level": "agencies.level", "kind": "agencies.kind"}, agency="code")
OF_REPORTS = Listing("reports", {"level": "reports.level", "year": "reports.year", "status": "reports.status"}, agency="agency")
CHOICES = {
    "agencies": ("region", "level", "kind"),
    "coverage": ("missing", "region", "level", "kind"),
    "reports": ("region", "level", "year", "status"),
}
UNKNOWN = "unknown"  # what may be chosen of a list where something has none of the values
MAY_BE_UNKNOWN = ("region", "level", "kind", "year")
_LEVEL_BELOW = "substr(substr({column}, 1, :width) || '0000', 1, 6)"


def agencies(rows: Rows, chosen: Mapping[str, str], query: str = "", number: int = 1, sort: str | None = None) -> Row:
    """A page of the agencies known, those without a report too, with how much of each was collected."""
    named = Named(query)
    bound, where = AGENCIES.values(rows, chosen, named), AGENCIES.where(chosen, named)
    listed = _agencies(rows, where, _agencies_by(sort, named), {**bound, **_page(number)})
    return {
        **_listing(rows, "agencies", AGENCIES, chosen, named, number, bound),
        "with_reports": one(
            rows,
            f"select count(*) as agencies from agencies{where}{' and' if where else ' where'}"  # noqa: S608 the pieces stand in this file
            f" exists (select 1 from reports where reports.agency = agencies.code and {COLLECTED})",
            **bound,
        )["agencies"],
        "agencies": listed,
        "received": peers.received(rows, [row["code"] for row in listed]),
    }


def all_agencies(rows: Rows, chosen: Mapping[str, str], query: str = "", sort: str | None = None) -> list[Row]:
    """The same agencies, all that fit."""
    named = Named(query)
    everything = {**AGENCIES.values(rows, chosen, named), "size": -1, "skip": 0}
    return _agencies(rows, AGENCIES.where(chosen, named), _agencies_by(sort, named), everything)


def _agencies_by(sort: str | None, named: Named) -> str:
    return ORDERS["agencies"].by(sort) if sort else named.order("agencies")


def _agencies(rows: Rows, where: str, order: str, bound: Row) -> list[Row]:
    page_of = f"select agencies.* from agencies{where} order by {order} limit :size offset :skip"  # noqa: S608
    return rows(
        "select agencies.code, agencies.name, agencies.level, agencies.kind, agencies.region, regions.name as region_name,"  # noqa: S608
        " count(reports.id) as reports, min(reports.year) as first_year, max(reports.year) as last_year,"
        " coalesce(sum(reports.findings), 0) as findings, coalesce(sum(reports.in_doubt), 0) as in_doubt, coalesce(sum(reports.mistakes), 0) as mistakes"
        f" from ({page_of}) as agencies left join regions on regions.code = agencies.region"
        f" left join reports on reports.agency = agencies.code and {COLLECTED}"
        f" group by agencies.code order by {order}",
        bound,
    )


def reports(rows: Rows, chosen: Mapping[str, str], query: str = "", number: int = 1, sort: str | None = None) -> Row:
    """A page of the reports, the latest year first unless in another order; what could not be read among them, with its reason, and how many
    of all that fit are such."""
    named = Named(query)
    bound = OF_REPORTS.values(rows, chosen, named)
    listed = _reports(rows, OF_REPORTS.where(chosen, named), sort, {**bound, **_page(number)})
    listing = _listing(rows, "reports", OF_REPORTS, chosen, named, number, bound)
    by_status = {row["value"]: row["count"] for row in listing["facets"]["status"]}  # counted whichever status was chosen
    refused = by_status.get("refused", 0) if chosen.get("status", "refused") == "refused" else 0
    return {**listing, "refused": refused, "reports": listed}


def all_reports(rows: Rows, chosen: Mapping[str, str], query: str = "", sort: str | None = None) -> list[Row]:
    """The same reports, all that fit."""
    named = Named(query)
    everything = {**OF_REPORTS.values(rows, chosen, named), "size": -1, "skip": 0}
    return _reports(rows, OF_REPORTS.where(chosen, named), sort, everything)


def _reports(rows: Rows, where: str, sort: str | None, bound: Row) -> list[Row]:
    listed = reports_in_order(rows, where, ORDERS["reports"].by(sort or "-year"), bound)
    reasons = {
        row["id"]: row["refused_because"]
        for row in rows(
            "select reports.id, refused_because from reports join source_texts on source_texts.id = reports.source_id"
            " where reports.id in (select value from json_each(:refused))",
            {"refused": codes(row["id"] for row in listed if row["status"] == "refused")},
        )
    }
    return [{**row, "refused_because": reasons.get(row["id"])} for row in listed]


# The columns of the two lists as tables.
AGENCIES_CSV = (
    "code",
    "name",
    "level",
    "kind",
    "region",
    "region_name",
    "reports",
    "first_year",
    "last_year",
    "findings",
    "in_doubt",
    "mistakes",
    "address",
)
REPORTS_CSV = ("id", "agency", "agency_name", "region", "region_name", "year", "title", "edition", "status", "published_on", "signed_on",
               "stated_cells", "findings", "in_doubt", "mistakes", "refused_because", "address")  # fmt: skip


def regions(rows: Rows, query: str = "", number: int = 1, sort: str | None = None) -> Row:
    """Without a query the provinces, with one the regions of that name, each with what is collected within it."""
    named = Named(query)
    where = named.fits("regions") if named.asked else "regions.parent is null"
    total = one(rows, f"select count(*) as total from regions where {where}", **named.values)["total"]  # noqa: S608
    return {
        "query": query,
        "total": total,
        "page": number,
        "pages": max(1, -(-total // PAGE_SIZE)),
        "regions": rows(
            REGIONS + f" where {where} order by {ORDERS['regions'].by(sort) if sort else named.order('regions')} limit :size offset :skip",
            {**named.values, **_page(number)},
        ),
    }


# A region with its own place and what is collected within it: codes within share its digits, nines end them.
REGION_END = (
    "case when regions.code like '%0000' then substr(regions.code, 1, 2) || '9999'"
    " when regions.code like '%00' then substr(regions.code, 1, 4) || '99' else regions.code end"
)
REGIONS = f"""
select regions.code, regions.name, regions.parent, parents.name as parent_name,
       (select count(*) from agencies where agencies.region between regions.code and {REGION_END}) as agencies,
       (select count(*) from reports where reports.region between regions.code and {REGION_END} and {COLLECTED}) as reports,
       (select coalesce(sum(findings), 0) from reports where reports.region between regions.code and {REGION_END}) as findings,
       (select coalesce(sum(in_doubt), 0) from reports where reports.region between regions.code and {REGION_END}) as in_doubt
  from regions
  left join regions as parents on parents.code = regions.parent
"""  # noqa: S608


def all_years(rows: Rows, sort: str | None = None) -> Row:
    """Every year that has reports, the latest first unless in another order."""
    return {"years": years(rows, ORDERS["years"].by(sort or "-year"))}


def _listing(rows: Rows, name: str, listing: Listing, chosen: Mapping[str, str], named: Named, number: int, bound: Row) -> Row:
    """What a list's page has beside its rows: the choices made, the number of all that fit, and what else may be chosen."""
    joined = f" from {listing.table}" + (" left join agencies on agencies.code = reports.agency" if name == "reports" else "")
    total = one(rows, f"select count(*) as total{joined}{listing.where(chosen, named)}", **bound)["total"]
    facets = {}
    for facet in CHOICES[name]:
        if facet == "missing":  # counted where the years are known (portal.pages.coverage)
            continue
        column = _LEVEL_BELOW.format(column=f"{listing.table}.region") if facet == "region" else listing.columns[facet]
        readable = f" filter (where {COLLECTED})" if name == "reports" and facet != "status" and "status" not in chosen else ""
        counted = f"select {column} as value, count(*){readable} as count{joined}{listing.where(chosen, named, without=facet)} group by 1"
        order = "counted.value desc" if facet == "year" else "count desc, counted.value"
        label = (
            "regions.name as label" if facet == "region" else "null as label",
            " left join regions on regions.code = counted.value" if facet == "region" else "",
        )
        facets[facet] = rows(
            f"select coalesce(counted.value, :unknown) as value, {label[0]}, count from ({counted}) as counted{label[1]}"  # noqa: S608
            f" order by {order} limit 40",
            {**bound, "unknown": UNKNOWN},
        )
    return {
        "chosen": dict(chosen),
        "query": named.query,
        "total": total,
        "page": number,
        "pages": max(1, -(-total // PAGE_SIZE)),
        "facets": facets,
        "region": one(rows, "select code, name from regions where code = :region", region=chosen.get("region")) or None,
    }


def collected_years(rows: Rows) -> list[int]:
    """Every year from the first of which there is a report anywhere to the last, the latest first: of a region too, which may lack some."""
    span = one(rows, "select min(year) as first, max(year) as last from reports")
    return [] if span["first"] is None else list(range(span["last"], span["first"] - 1, -1))


def codes(found: Iterable[str]) -> str:
    """Codes as a statement takes several: a JSON list."""
    return json.dumps(list(found))


def _page(number: int) -> dict[str, int]:
    return {"size": PAGE_SIZE, "skip": PAGE_SIZE * (number - 1)}


def misunderstood(rows: Rows, chosen: Mapping[str, str]) -> str | None:
    """A sentence on the first choice that can be no such thing; None if each can."""
    kinds = {"level": WORDS["level"], "kind": WORDS["kind"], "status": WORDS["report"], "section": WORDS["found_in"]}
    for name, value in chosen.items():
        said = f"没有这样的{WORDS['facet'][name][0]}：“{value}”"
        if name in kinds and value not in kinds[name]:
            return f"{said}，应为 {'、'.join(kinds[name])} (no such {name})"
        if name in findings.DIGITS and not findings.digits(value, findings.DIGITS[name]):
            return f"{said}，应为 {findings.DIGITS[name]} 位数字 (no such {name})"
        if name == "region" and not rows(findings.KNOWN[name], {"value": value}):
            return f"{said} (no such {name})"
        if name == "missing" and value not in (collected := list(map(str, collected_years(rows)))):
            return f"没有收集到“{value}”年的任何报告，谈不上缺，应为 {'、'.join(collected)} (no report of that year at all: no such {name})"
    return None
