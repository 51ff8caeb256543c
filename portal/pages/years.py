"""What the page of one year reads: its reports, their totals by level and kind, how requests were answered, how many reports had how many."""

from __future__ import annotations

from portal.pages import charts, outcomes, queries
from portal.pages.queries import Row, Rows
from portal.pages.sorting import ORDERS
from portal.pages.totals import by_group, totals

_OF_YEAR = "reports.year = :year"
STEPS = (0, 1, 10, 100, 1000, 10_000)  # the least of each class of requests received
_CLASSES = " ".join(f"when total >= {step} then {step}" for step in reversed(STEPS))
_RECEIVED = (
    f"select reports.level, agencies.kind, case {_CLASSES} end as at_least, count(*) as reports"  # noqa: S608
    " from reports join applications on applications.report_id = reports.id join agencies on agencies.code = reports.agency"
    " where item = 'received' and total_status = 'stated' and total >= 0 and reports.status <> 'refused' and reports.year = :year"
    " group by reports.level, agencies.kind, at_least order by reports.level, agencies.kind, at_least"
)


def year(rows: Rows, number: int, page: int = 1, sort: str | None = None) -> Row | None:
    """One year, a page of its reports at a time, by region unless in another order; None where it has none."""
    data = queries.year(rows, number, page, ORDERS["year"].by(sort) if sort else "")
    of = {"year": number}
    return data and {
        **data,
        **totals(rows, _OF_YEAR, of),
        "answers": outcomes.of_groups(rows, _OF_YEAR, of),
        "received": rows(_RECEIVED, of),
    }


def tables(data: Row) -> Row:
    """For the page: the totals by group, and of the groups of five and more how they answered and how many requests they had."""
    many = [group for group in data["answers"] if group["reports"] >= outcomes.FEWEST]
    return {"by_group": by_group(data), "answered": outcomes.drawn(many), "received_by_group": _distributions(data["received"])}


def _distributions(received: list[Row]) -> list[Row]:
    """Each group of five and more with a bar for each class of requests received, as long as its share of the reports."""
    groups: dict[tuple[str, str], dict[int, int]] = {}
    for row in received:
        groups.setdefault((row["level"], row["kind"]), {})[row["at_least"]] = row["reports"]
    found = []
    for (level, kind), counted in groups.items():
        whole = sum(counted.values())
        if whole >= outcomes.FEWEST:
            classes = [
                {
                    "at_least": least,
                    "at_most": most,
                    "reports": counted.get(least, 0),
                    "bar": charts.bar([100 * counted.get(least, 0) / whole]),
                }
                for least, most in zip(STEPS, [*(step - 1 for step in STEPS[1:]), None], strict=True)
                if least <= max(counted)
            ]
            found.append({"level": level, "kind": kind, "reports": whole, "classes": classes})
    return found
