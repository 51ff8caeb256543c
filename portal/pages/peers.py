"""One agency beside those of its level and kind: its printed totals, their medians, and what part was disclosed."""

from __future__ import annotations

from portal.pages import charts, queries
from portal.pages.queries import Row, Rows

# The figures that are shown beside the median of the agency's peers.
BESIDE = ("received", "handled", "reconsideration", "litigation_direct", "litigation_after_reconsideration")


def shares(figures: Row) -> Row:
    """What part of all that was handled was disclosed, wholly and partly, in per cent; None unless both are printed.

    >>> shares({"handled": 40, "disclosed": 10, "partly_disclosed": None})
    {'disclosed': 25.0, 'partly_disclosed': None}
    """
    whole = figures["handled"]

    def share(part: float | None) -> float | None:
        return round(100 * part / whole, 1) if whole and part is not None and part <= whole else None

    return {item: share(figures[item]) for item in ("disclosed", "partly_disclosed")}


def agency(rows: Rows, code: str) -> Row | None:
    """What an agency's page reads, with the medians of its peers in the years that it reports on."""
    data = queries.agency(rows, code)
    if data is None:
        return None
    of = {"code": code, "level": data["agency"]["level"], "kind": data["agency"]["kind"]}
    peers = rows(
        "select year, item, reports, median from peer_medians where level = :level and kind = :kind"
        " and year in (select year from reports where agency = :code) order by year desc, item",
        of,
    )
    before = rows(
        "select statistics.year, statistics.report_id, statistics.value from statistics join reports on reports.id = statistics.report_id"
        " where statistics.agency = :code and code = 'applications_received' and value_status = 'stated' and reports.status <> 'refused'"
        " order by statistics.year",
        of,
    )
    return {**data, "peers": peers, "before_2019": before}


def tables(data: Row) -> Row:
    """For the page: its outcomes over the years, and `beside`, each year's figures with shares and the peers' medians."""
    peers = {(row["year"], row["item"]): row for row in data["peers"]}
    beside = [
        {**row, "shares": shares(row), "peers": {item: peers.get((row["year"], item)) for item in BESIDE}}
        for row in data["figures"]
        if row["status"] != "refused" and row["handled"] is not None
    ]
    received = {row["year"]: row for row in data["figures"] if row["year"] and row["status"] != "refused"}
    drawn = [{"year": row["year"], "report_id": row["report_id"], "value": row["received"]} for row in received.values()]
    drawn = sorted([*(row for row in drawn if row["value"] is not None), *data["before_2019"]], key=lambda row: int(row["year"]))
    chart = charts.over_years((row["year"], row["value"]) for row in drawn)
    return {**queries.over_the_years(data), "beside": beside, "drawn": drawn, "chart": chart}
