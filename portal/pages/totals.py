"""Printed totals added up over many reports, each with how many reports' it is; what was inferred or left blank is in none, and what a
finding disputes is left out and counted.

A government's report often sums up those below it: reports are added only to those of the same year, level and kind.
"""

from __future__ import annotations

from typing import Any

from portal.pages.disputed import DISPUTED
from portal.pages.queries import Row, Rows

ITEMS = ("received", "carried_in", "disclosed", "partly_disclosed", "handled", "carried_out")
PROCEDURES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

# Not materialized: of a table made for the while SQLite knows no size, and would read all of review_litigation beside it.
_THEIRS = """
with theirs as not materialized (
  select reports.id, reports.year, reports.level, agencies.kind
    from reports join agencies on agencies.code = reports.agency
   where reports.status <> 'refused' and reports.year is not null and {where}
)
"""
_DISPUTED = DISPUTED.format(
    reports="theirs as reports", where=f"finding_cells.measure = 'total' and finding_cells.item in {(*ITEMS, *PROCEDURES)}"
)
# A row for each total that a report prints, of the reports that fit a condition, with a finding that disputes it if there is one.
PRINTED_BY_REPORT = (
    _THEIRS  # noqa: S608
    + f"""
, printed as (
  select theirs.*, 'applications' as section, item, total from theirs join applications on report_id = theirs.id
   where total_status = 'stated' and item in {ITEMS}
   union all
  select theirs.*, 'review_litigation', procedure, total from theirs join review_litigation on report_id = theirs.id
   where total_status = 'stated' and procedure in {PROCEDURES}
)
, disputed as ({_DISPUTED})
, printed_by_report as (
  select printed.*, finding_id from printed
    left join disputed on disputed.report_id = printed.id and disputed.section = printed.section and disputed.item = printed.item
)
"""  # noqa: S608 the names stand above
)
_SUMS = """
select year, level, kind, item, sum(total) filter (where finding_id is null) as total,
       count(*) filter (where finding_id is null) as reports, count(finding_id) as disputed
  from printed_by_report
 group by year, level, kind, item
"""
_GROUPS = "select year, level, kind, count(*) as reports from theirs group by year, level, kind order by year desc, level, kind"


def totals(rows: Rows, where: str, values: dict[str, Any]) -> Row:
    """`groups`: the reports of each year, level and kind that fit the condition on `reports`; `totals`: their printed totals, an item a row,
    without those `disputed`, of which the row says how many."""
    return {
        "groups": rows(_THEIRS.format(where=where) + _GROUPS, values),
        "totals": rows(PRINTED_BY_REPORT.format(where=where) + _SUMS, values),
    }


def by_group(data: Row) -> list[Row]:
    """The groups for a table, the higher level first, each with its `items`: {item: its row of `totals`}."""
    levels = ("national", "province", "prefecture", "county", "township")
    kinds = ("government", "department", "organisation")
    found = {(group["year"], group["level"], group["kind"]): {**group, "items": {}} for group in data["groups"]}
    for row in data["totals"]:
        found[row["year"], row["level"], row["kind"]]["items"][row["item"]] = row

    def place(group: Row) -> tuple[int, int, int]:
        level = levels.index(group["level"]) if group["level"] in levels else len(levels)
        return -group["year"], level, kinds.index(group["kind"]) if group["kind"] in kinds else len(kinds)

    return sorted(found.values(), key=place)
