"""What one region's page reads: what is collected within it, what was printed in all, the regions and agencies below, findings."""

from __future__ import annotations

from portal.pages import outcomes, peers
from portal.pages.catalogue import COLLECTED, REGIONS
from portal.pages.findings import ASKED, SORTS, region_end
from portal.pages.queries import Row, Rows, findings_in_order, one
from portal.pages.sorting import ORDERS
from portal.pages.totals import by_group, totals

AGENCIES = 30
NEWEST = 10
_WITHIN = "reports.region between :region and :region_end"


def region(rows: Rows, code: str, sort: str | None = None) -> Row | None:
    """One region with all within it, the regions there by their codes unless in another order; None where there is no such code."""
    found = rows(REGIONS + " where regions.code = :code", {"code": code})
    if not found:
        return None
    of = {"region": code, "region_end": region_end(code)}
    agencies = rows(
        "select agencies.code, agencies.name, agencies.for_government, count(reports.id) as reports from agencies"  # noqa: S608
        f" left join reports on reports.agency = agencies.code and {COLLECTED} where agencies.region = :code"
        " group by agencies.code order by agencies.kind <> 'government', agencies.code limit :size",
        {"code": code, "size": AGENCIES},
    )
    return {
        "region": found[0],
        "counts": one(
            rows,
            f"select count(*) filter (where {COLLECTED}) as reports, count(*) filter (where status = 'read') as read,"  # noqa: S608
            " count(*) filter (where status = 'partial') as partial, count(*) filter (where status = 'refused') as refused,"
            f" count(*) filter (where {COLLECTED} and agency is null) as without_agency,"
            f" count(distinct agency) filter (where {COLLECTED}) as agencies,"
            " min(year) as first_year, max(year) as last_year, coalesce(sum(findings), 0) as findings,"
            f" coalesce(sum(in_doubt), 0) as in_doubt from reports where {_WITHIN}",
            **of,
        ),
        **totals(rows, _WITHIN, of),
        "answers": outcomes.of_groups(rows, _WITHIN, of),
        "children": rows(
            REGIONS + f" where regions.parent = :code order by {ORDERS['region'].by(sort) if sort else 'regions.code'}", {"code": code}
        ),
        "agencies": agencies,
        "received": peers.received(rows, [row["code"] for row in agencies]),
        "own_agencies": one(rows, "select count(*) as count from agencies where region = :code", code=code)["count"],
        "findings": findings_in_order(rows, f"where {ASKED['region']}", SORTS["newest"], of, size=NEWEST),
    }


def tables(data: Row) -> Row:
    """For the page: the totals by group, the newest year apart from those before."""
    groups = by_group(data)
    newest = groups[0]["year"] if groups else None
    return {
        **peers.sparks(data),
        "answered": outcomes.in_years(outcomes.largest(data["answers"])),
        "newest": [group for group in groups if group["year"] == newest],
        "before": [group for group in groups if group["year"] != newest],
    }
