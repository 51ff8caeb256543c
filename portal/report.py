"""What a report's page reads: the report whole, in a fixed number of statements, as plain dicts and lists."""

from __future__ import annotations

from portal import paper
from portal.places import Place, cell_key, cut
from portal.queries import FINDINGS, REPORTS, Row, Rows, one


def report(rows: Rows, id: str) -> Row | None:
    """One report whole: identity, cells, narrative, findings, outcomes of the checks, notes, and the source text."""
    found = rows(REPORTS + " where reports.id = :id", {"id": id})
    if not found:
        return None
    of = {"id": id}
    sources = rows(
        "select source_texts.id, source_texts.path, source_texts.url, source_texts.media_type, source_texts.encoding,"
        " source_texts.retrieved_on, source_texts.fidelity, source_texts.refused_because,"
        " source_texts.id = reports.source_id as read_from from reports"
        " join source_texts on source_texts.report_id = reports.id or source_texts.id = reports.source_id"
        " where reports.id = :id order by read_from desc, source_texts.path",
        of,
    )
    return {
        "report": found[0],
        "sources": sources,
        "cells": cells(rows, id),
        "statistics": rows(
            "select item, label, unit, code, value, value_status, value_start, value_end, cumulative, cumulative_status,"
            " cumulative_start, cumulative_end from statistics where report_id = :id order by rowid",
            of,
        ),
        "headings": rows(
            "select section, number, printed, expected, char_start, char_end from headings where report_id = :id order by position",
            of,
        ),
        "narrative": rows(
            "select 'overview' as section, heading, text, char_start, char_end from overview where report_id = :id"
            " union all select 'problems', heading, text, char_start, char_end from problems where report_id = :id"
            " union all select 'other_matters', heading, text, char_start, char_end from other_matters where report_id = :id",
            of,
        ),
        "claims": rows(
            "select kind, value, unit, approximate, sentence, char_start, char_end from claims where report_id = :id order by id",
            of,
        ),
        "findings": _findings_with_cells(rows, id),
        "checks": rows(
            "select checks.code, checks.name, checks.name_en, check_results.outcome, check_results.judged,"
            " check_results.not_judged, check_results.reason, check_results.holds_if_blank_is_zero"
            " from check_results join checks on checks.code = check_results.check_code"
            " where check_results.report_id = :id order by checks.position",
            of,
        ),
        "notes": rows(
            "select code, message, section, item, measure, char_start, char_end from reading_notes where report_id = :id order by id",
            of,
        ),
        "text": one(rows, "select text from source_texts where id = :id", id=sources[0]["id"])["text"] if sources else "",
    }


def cells(rows: Rows, id: str) -> list[Row]:
    """A report's cells of the six-section form, in reading order; `printed` is what the source text has there."""
    return rows(
        "select cells.section, cells.item, cells.measure, cells.value, cells.printed, cells.status, cells.char_start,"
        " cells.char_end, coalesce(proactive.edition, applied.edition, reviewed.edition) as edition, proactive.unit"
        " from cells"
        " left join proactive_disclosure as proactive on cells.section = 'proactive_disclosure'"
        " and proactive.report_id = cells.report_id and proactive.item = cells.item and proactive.measure = cells.measure"
        " left join applications as applied on cells.section = 'applications'"
        " and applied.report_id = cells.report_id and applied.item = cells.item"
        " left join review_litigation as reviewed on cells.section = 'review_litigation'"
        " and reviewed.report_id = cells.report_id and reviewed.procedure = cells.item"
        " where cells.report_id = :id order by cells.char_start, cells.char_end",
        {"id": id},
    )


def _findings_with_cells(rows: Rows, id: str) -> list[Row]:
    """The findings of a report and those of other reports that involve its cells, each with all its `cells`."""
    involved = (
        " where findings.id in (select id from findings where report_id = :id"
        " union select finding_id from finding_cells where report_id = :id)"
    )
    found = rows(FINDINGS + involved + " order by findings.report_id <> :id, findings.id", {"id": id})
    involving: dict[str, list[Row]] = {finding["id"]: [] for finding in found}
    for cell in rows(
        "select finding_id, finding_cells.report_id, section, item, measure, char_start, char_end from finding_cells"
        " where finding_id in (select id from findings where report_id = :id"
        " union select finding_id from finding_cells where report_id = :id) order by finding_cells.rowid",
        {"id": id},
    ):
        involving[cell.pop("finding_id")].append(cell)
    return [{**finding, "cells": involving[finding["id"]]} for finding in found]


def on_paper(data: Row) -> Row:
    """A report's layout: the tables as grids, each cell's findings by number, and the source text in pieces.

    Every cell of a finding gets its `fragment`, the place on its report's page: a cell of the form, a place in the
    source text, or a section.
    """
    numbers: dict[str, list[int]] = {}
    sentences: list[Place] = []
    for number, finding in enumerate(data["findings"], start=1):
        for position, cell in enumerate(finding["cells"]):
            here = cell["report_id"] == data["report"]["id"]
            key = cell_key(cell["section"], cell["item"], cell["measure"])
            cell["fragment"] = f"c-{key}" if cell["measure"] else f"section-{key}"
            if here and cell["measure"]:
                numbers.setdefault(key, []).append(number)
            elif here and cell["char_start"] is not None:
                cell["key"] = f"finding-{number}-{position}"
                cell["fragment"] = f"s-{cell['key']}"
                sentences.append((cell["key"], cell["char_start"], cell["char_end"]))
    of_section: dict[str, list[Row]] = {section: [] for section in (*paper.DRAW, "statistics")}
    for cell in data["cells"]:
        of_section[cell["section"]].append(cell)
    indicators = {(cell["item"], cell["measure"]): cell for cell in of_section["statistics"]}
    cells = [(cell_key(cell["section"], cell["item"], cell["measure"]), cell["char_start"], cell["char_end"]) for cell in data["cells"]]
    others = [
        (f"{kind}-{position}", row["char_start"], row["char_end"])
        for kind, rows in (("heading", data["headings"]), ("claim", data["claims"]), ("note", data["notes"]))
        for position, row in enumerate(rows)
        if row["char_start"] is not None and not row.get("measure")
    ]
    return {
        "grids": {section: paper.lay_out(section, of_section[section]) for section in paper.DRAW},
        "indicators": [
            {**row, "figures": [indicators.get((row["item"], measure)) for measure in ("year", "cumulative")]} for row in data["statistics"]
        ],
        "finding_numbers": numbers,
        "pieces": cut(data["text"], [*cells, *sentences, *others]),
        "narrative_by_section": {part["section"]: part for part in data["narrative"]},
        "headings_by_section": {row["expected"] or row["section"]: (n, row) for n, row in enumerate(data["headings"])},
    }
