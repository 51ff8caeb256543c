"""One agency beside those of its level and kind: its printed totals, their medians, and what part was disclosed.

A share of a total is given only while nothing that we found speaks against the total or the part.
"""

from __future__ import annotations

from portal.pages import agency as own
from portal.pages import charts, outcomes
from portal.pages.disputed import DISPUTED
from portal.pages.queries import Row, Rows

PROCEDURES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
# How many normative documents a report prints, in the words of both forms: made in the year, and in force at its end.
DOCUMENTS = {"made": "made", "issued": "made", "in_public": "in_force", "in_force": "in_force"}
# The figures that are shown beside the median of the agency's peers.
BESIDE = ("received", "handled", "reconsideration", "litigation_direct", "litigation_after_reconsideration")
_SHARED = ("disclosed", "partly_disclosed")
_DISPUTED = DISPUTED.format(
    reports="reports",
    where="reports.agency = :code and finding_cells.section = 'applications' and finding_cells.measure = 'total'"
    f" and finding_cells.item in {('handled', *_SHARED)}",
)


def shares(figures: Row) -> Row:
    """What part of all that was handled was disclosed, wholly and partly, in per cent; None unless both are printed.

    >>> shares({"handled": 40, "disclosed": 10, "partly_disclosed": None})
    {'disclosed': 25.0, 'partly_disclosed': None}
    """
    whole = figures["handled"]

    def share(part: float | None) -> float | None:
        return round(100 * part / whole, 1) if whole and part is not None and part <= whole else None

    return {item: share(figures[item]) for item in _SHARED}


def agency(rows: Rows, code: str) -> Row | None:
    """What an agency's page reads, with the medians of its peers in the years that it reports on."""
    data = own.agency(rows, code)
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
        " where reports.agency = :code and code = 'applications_received' and value_status = 'stated' and reports.status <> 'refused'"
        " order by statistics.year",
        of,
    )
    documents = rows(
        "select proactive_disclosure.year, report_id, measure, value from proactive_disclosure join reports on reports.id = report_id"
        " where proactive_disclosure.agency = :code and item = 'normative_documents' and proactive_disclosure.status = 'stated'"
        " and reports.status <> 'refused' and measure in ('made', 'issued', 'in_public', 'in_force') order by proactive_disclosure.year, measure",
        of,
    )
    return {
        **data,
        "peers": peers,
        "disputed": rows(f"select report_id, item, finding_id from ({_DISPUTED}) order by report_id, item", of),  # noqa: S608
        "before_2019": before,
        "answers": outcomes.of_agency(rows, code),
        "normative_documents": documents,
    }


def received(rows: Rows, codes: list[str]) -> list[Row]:
    """The requests received that the reports of these agencies print, an agency and year a row."""
    places = ", ".join(f":code{n}" for n in range(len(codes)))
    return rows(
        "select reports.agency, reports.year, total from reports join applications on report_id = reports.id"  # noqa: S608
        f" where reports.agency in ({places}) and item = 'received' and total_status = 'stated' and reports.status <> 'refused'"
        " and reports.year is not null order by reports.agency, reports.year",
        {f"code{n}": code for n, code in enumerate(codes)},
    )


def sparks(data: Row) -> Row:
    """For the page of a list: `sparks`, {an agency's code: its small line of requests received}."""
    by_agency: dict[str, list[tuple[int, float]]] = {}
    for row in data["received"]:
        by_agency.setdefault(row["agency"], []).append((row["year"], row["total"]))
    return {"sparks": {code: charts.spark(points) for code, points in by_agency.items()}}


def trends(data: Row) -> Row:
    """For the page: `trends`, by agency the chart of the requests received that its reports print, over the same years."""
    points: dict[str, dict[int, float | None]] = {}
    for row in data["figures"]:
        if row["year"]:
            points.setdefault(row["agency"], {})[row["year"]] = row["received"]
    years = sorted({year for of_one in points.values() for year, value in of_one.items() if value is not None})
    drawn = {code: charts.over_years(of_one.items(), height=110, years=years) for code, of_one in points.items()}
    return {"trends": {code: svg for code, svg in drawn.items() if svg}}


def tables(data: Row) -> Row:
    """For the page: its checks over the years, `beside`, each year's figures with the peers' medians and shares (those disputed are
    None, the finding stands in `doubts`), and its charts."""
    peers = {(row["year"], row["item"]): row for row in data["peers"]}
    disputed = {(row["report_id"], row["item"]): row["finding_id"] for row in data["disputed"]}

    def undisputed(row: Row) -> Row:
        of_whole = disputed.get((row["report_id"], "handled"))
        doubts = {item: of_whole or disputed.get((row["report_id"], item)) for item in _SHARED}
        return {"doubts": doubts, "shares": {item: None if doubts[item] else share for item, share in shares(row).items()}}

    beside = [
        {**row, **undisputed(row), "peers": {item: peers.get((row["year"], item)) for item in BESIDE}}
        for row in data["figures"]
        if row["status"] != "refused" and row["handled"] is not None
    ]
    received = {row["year"]: row for row in data["figures"] if row["year"] and row["status"] != "refused"}
    drawn = [{"year": row["year"], "report_id": row["report_id"], "value": row["received"]} for row in received.values()]
    drawn = sorted([*(row for row in drawn if row["value"] is not None), *data["before_2019"]], key=lambda row: int(row["year"]))
    drawn = [{**row, "peers": peers.get((row["year"], "received"))} for row in drawn]
    medians = [(row["year"], row["peers"] and row["peers"]["median"]) for row in drawn]
    chart = charts.over_years([(row["year"], row["value"]) for row in drawn], medians)
    return {
        **own.over_the_years(data),
        "beside": beside,
        "drawn": drawn,
        "chart": chart,
        "with_peers": any(row["median"] is not None for row in data["peers"]),
        "most_peers": max((row["reports"] for row in data["peers"]), default=0),
        "with_medians": sum(median is not None for _, median in medians) > 1,
        "answered": outcomes.in_years(data["answers"]),
        "procedures": _several({code: [(row, row[code]) for row in received.values()] for code in PROCEDURES}),
        "documents": _several(_documents(data["normative_documents"])),
    }


def _documents(rows: list[Row]) -> dict[str, list[tuple[Row, float | None]]]:
    found: dict[str, list[tuple[Row, float | None]]] = {"made": [], "in_force": []}
    for row in rows:
        found[DOCUMENTS[row["measure"]]].append((row, row["value"]))
    return found


def _several(series: dict[str, list[tuple[Row, float | None]]]) -> Row | None:
    """Small charts of the same years, one under the other, and their `lines`: a year, its report and a value for each; None without any."""
    lines: dict[int, Row] = {}
    for code, values in series.items():
        for row, value in values:
            if value is not None:
                lines.setdefault(row["year"], {"year": row["year"], "report_id": row["report_id"]})[code] = value
    small = {
        code: charts.over_years([(year, line.get(code)) for year, line in lines.items()], height=110, years=list(lines)) for code in series
    }
    shown = {code: svg for code, svg in small.items() if svg}
    return {"charts": shown, "lines": sorted(lines.values(), key=lambda line: int(line["year"]))} if shown else None
