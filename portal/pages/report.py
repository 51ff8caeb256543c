"""What a report's page reads: the report whole, in a fixed number of statements, as plain dicts and lists."""

from __future__ import annotations

import re
from typing import Any

from portal.pages import form_on_paper as paper
from portal.pages.queries import FINDINGS, REPORTS, Row, Rows, one
from portal.pages.remembered import once
from portal.pages.revisions import revisions
from portal.pages.source_marks import Piece, Place, cell_key, cut
from portal.words import is_sure

SECTIONS = ("overview", "proactive_disclosure", "applications", "review_litigation", "problems", "other_matters")
_EQUATIONS = re.compile(r"^[a-z_]+(?:,[a-z_]+)*: ")


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
    text = str(one(rows, "select text from source_texts where id = :id", id=sources[0]["id"])["text"]) if sources else ""
    return {
        "report": found[0],
        "sources": sources,
        **revisions(rows, id, sources),
        "cells": cells(rows, id, text),
        "forms": paper.forms(rows),
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
            "select id, kind, value, unit, approximate, absolute, part_of, percent, percent_of, change, change_unit, doubt, sentence,"
            " char_start, char_end, value_start, value_end from claims where report_id = :id order by char_start, rowid",
            of,
        ),
        "findings": _findings_with_cells(rows, id),
        "checks": _outcomes(rows, id),
        "notes": rows(
            "select note.source_id, note.code, note.message, note.section, note.item, note.measure, note.char_start, note.char_end"
            " from reading_notes as note join reports on reports.id = note.report_id where reports.id = :id"
            " order by note.source_id <> reports.source_id, note.rowid",  # first those of the document that the cells are read from
            of,
        ),
        "pages": rows(
            "select page, width, height, recognised, pictured from source_pages where report_id = :id order by page",
            of,
        ),
        "text": text,
    }


@once
def _checks(rows: Rows) -> list[Row]:
    """What each check is and means, in their order."""
    return rows(
        "select code, name, name_en, sentence, sentence_en, meaning, meaning_en, innocent, innocent_en from checks order by position", {}
    )


def _outcomes(rows: Rows, id: str) -> list[Row]:
    """The outcome of each check of a report, in the checks' order."""
    found = rows(
        "select check_code, outcome, judged, not_judged, reason, reason_en, holds_if_blank_is_zero from check_results where report_id = :id",
        {"id": id},
    )
    by_check = {row.pop("check_code"): row for row in found}
    return [{**check, **by_check[check["code"]]} for check in _checks(rows) if check["code"] in by_check]


def cells(rows: Rows, id: str, text: str) -> list[Row]:
    """A report's cells of the six-section form, in reading order; `printed` is what its source text has there, as the view `cells` says."""
    found = rows(
        "select cells.section, cells.item, cells.measure, cells.value, null as printed, cells.status, cells.char_start,"
        " cells.char_end, cells.placed_by, cells.layout, coalesce(proactive.edition, applied.edition, reviewed.edition) as edition, proactive.unit,"
        " place.page, place.box_left, place.box_top, place.box_right, place.box_bottom"
        " from cells"
        " left join proactive_disclosure as proactive on cells.section = 'proactive_disclosure'"
        " and proactive.report_id = cells.report_id and proactive.item = cells.item and proactive.measure = cells.measure"
        " left join applications as applied on cells.section = 'applications'"
        " and applied.report_id = cells.report_id and applied.item = cells.item"
        " left join review_litigation as reviewed on cells.section = 'review_litigation'"
        " and reviewed.report_id = cells.report_id and reviewed.procedure = cells.item"
        " left join cell_places as place on place.report_id = cells.report_id and place.section = cells.section"
        " and place.item = cells.item and place.measure = cells.measure"
        " where cells.report_id = :id order by cells.char_start, cells.char_end",
        {"id": id},
    )
    for cell in found:
        if cell["char_start"] is not None:
            cell["printed"] = text[cell["char_start"] : cell["char_end"]]
    return found


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
    """A report's layout: the tables as grids, each cell's findings by number, source text and narrative in marked pieces.

    `cautious` are the cells that no sure finding involves. Each finding gets `keys`, what it marks on this page, and the number of the `first` that may come
    of the same mistake; each of its cells a `fragment`, its place on its report's page, and whether it is a part that is `zero`, which is not marked.
    """
    id, headings = data["report"]["id"], {row["expected"] or row["section"]: (n, row) for n, row in enumerate(data["headings"])}
    numbers: dict[str, list[int]] = {}
    sentences: list[Place] = []
    numbered = {finding["id"]: number for number, finding in enumerate(data["findings"], start=1)}
    values = {(id, cell["section"], cell["item"], cell["measure"]): cell["value"] for cell in data["cells"]}
    for number, finding in enumerate(data["findings"], start=1):
        finding["keys"], finding["first"] = [], numbered.get(finding["together"])
        zeros = _zero_parts(finding, values)
        for position, cell in enumerate(finding["cells"]):
            cell["zero"] = _place_of(cell) in zeros
            if cell["report_id"] != id:
                key = cell_key(cell["section"], cell["item"], cell["measure"])
                cell["fragment"] = f"c-{key}" if cell["measure"] else f"finding-{finding['id']}"
            elif cell["item"]:
                keys = _keys_of(cell, data["cells"])
                cell["fragment"] = f"c-{keys[0]}"
                for key in keys if not cell["zero"] else ():
                    numbers.setdefault(key, []).append(number)
                    finding["keys"].append(key)
            elif cell["char_start"] is not None:
                cell["key"] = f"finding-{number}-{position}"
                cell["fragment"] = f"s-{cell['key']}"
                sentences.append((cell["key"], cell["char_start"], cell["char_end"]))
                finding["keys"].append(cell["key"])
            else:
                cell["fragment"] = f"section-{cell['section']}" if cell["section"] else "form"
                finding["keys"].append(cell["fragment"])
    of_section: dict[str, list[Row]] = {section: [] for section in (*paper.DRAW, "statistics")}
    for cell in data["cells"]:
        of_section[cell["section"]].append(cell)
    indicators = {(cell["item"], cell["measure"]): cell for cell in of_section["statistics"]}
    cells = [(cell_key(cell["section"], cell["item"], cell["measure"]), cell["char_start"], cell["char_end"]) for cell in data["cells"]]
    figures = [(f"figure-{n}", row["value_start"], row["value_end"]) for n, row in enumerate(data["claims"])]
    notes = [note for note in data["notes"] if note["source_id"] == data["sources"][0]["id"]]  # others' places are of other texts
    said = [*sentences, *figures, *_places("claim", data["claims"]), *_places("note", notes)]
    titles = [(f"heading-{n}", row["char_start"], row["char_end"]) for n, row in headings.values()]
    pictured = {row["page"]: [cell for cell in data["cells"] if cell["page"] == row["page"]] for row in data["pages"] if row["pictured"]}
    grids = {section: paper.lay_out(section, of_section[section], data["forms"]) for section in paper.DRAW}
    return {
        "pictured": pictured,
        "grids": grids,
        "sections_of_form": SECTIONS,
        "transcribed": any(source["read_from"] and source["fidelity"] != "as collected" for source in data["sources"]),
        "lacking": [] if data["statistics"] or data["report"]["status"] == "refused" else _lacking(data, grids),
        "indicators": [
            {**row, "figures": [indicators.get((row["item"], measure)) for measure in ("year", "cumulative")]} for row in data["statistics"]
        ],
        "finding_numbers": numbers,
        "standings_of": _standings_by_check(data),
        "cautious": {key for key, of in numbers.items() if not any(is_sure(data["findings"][n - 1]) for n in of)},
        "checks_by_code": {row["code"]: row for row in data["checks"]},
        "pieces": cut(data["text"], [*cells, *titles, *said]),
        "narrative_by_section": {part["section"]: {**part, "pieces": _narrative(part, data["text"], said)} for part in data["narrative"]},
        "claims_by_section": _claims_by_section(data),
        "noted": _by_message(notes),
        "headings_by_section": {
            section: {**row, "keys": [f"heading-{n}", f"section-{section}", *(k for k, s, e in said if _meet(row, s, e))]}
            for section, (n, row) in headings.items()
        },
    }


def _lacking(data: Row, grids: Row) -> list[str]:
    """The sections of which nothing but a heading was read: no table of those that have one, no text of the others."""
    told = {part["section"] for part in data["narrative"] if part["text"].strip()}
    return [section for section in SECTIONS if not (grids[section]["read"] if section in grids else section in told)]


def _standings_by_check(data: Row) -> dict[str, list[str]]:
    """How the report's own findings stand, by their checks, each once."""
    found: dict[str, list[str]] = {}
    for finding in data["findings"]:
        if finding["report_id"] == data["report"]["id"]:
            found.setdefault(finding["check_code"], []).append(finding["standing"])
    return {check: list(dict.fromkeys(standings)) for check, standings in found.items()}


def _zero_parts(finding: Row, values: dict[Any, float | None]) -> set[tuple[Any, ...]]:
    """The cells of a finding about three or more that are 0: to mark them would hide those that make the sum. The finding's own is none,
    and where all are 0 none is."""
    places = [_place_of(cell) for cell in finding["cells"]]
    zeros = {place for place in places if values.get(place) == 0} - {_place_of(finding)}
    return zeros if len(places) > 2 and zeros != set(places) else set()


def _place_of(row: Row) -> tuple[Any, ...]:
    return row["report_id"], row["section"], row["item"], row["measure"]


def _keys_of(cell: Row, cells: list[Row]) -> list[str]:
    """The keys of a cell of the form, or of every cell in its row where it names no column."""
    same_row = [c for c in cells if c["section"] == cell["section"] and c["item"] == cell["item"]]
    of = same_row if cell["measure"] is None and same_row else [cell]
    return [cell_key(c["section"], c["item"], c["measure"]) for c in of]


def _places(kind: str, rows: list[Row]) -> list[Place]:
    """The places of rows that have one and are about no cell of the form, named by kind and position."""
    placed = ((n, row) for n, row in enumerate(rows) if row["char_start"] is not None and not row.get("measure"))
    return [(f"{kind}-{n}", row["char_start"], row["char_end"]) for n, row in placed]


def _narrative(part: Row, text: str, said: list[Place]) -> list[Piece]:
    """A narrative section with what was read from it marked; one whose text is not the source's own stays in one piece."""
    start, end = part["char_start"], part["char_end"]
    if text[start:end] != part["text"]:
        return cut(part["text"], [])
    return cut(part["text"], [(key, max(0, s - start), min(e, end) - start) for key, s, e in said if _meet(part, s, e)])


def _claims_by_section(data: Row) -> dict[str | None, list[int]]:
    """The positions of the claims by the narrative section that they stand in; under None those that stand elsewhere."""
    by_section: dict[str | None, list[int]] = {}
    for n, claim in enumerate(data["claims"]):
        stands = (part["section"] for part in data["narrative"] if _meet(part, claim["char_start"], claim["char_end"]))
        by_section.setdefault(next(stands, None), []).append(n)
    return by_section


def _by_message(notes: list[Row]) -> list[Row]:
    """Notes of one wording together, each with its position; the equations that a number was inferred by are for the checks."""
    by_message: dict[str, list[Row]] = {}
    for n, note in enumerate(notes):
        message = _EQUATIONS.sub("", note["message"]) if note["code"] == "inferred" else note["message"]
        by_message.setdefault(message, []).append({**note, "n": n})
    return [{"message": message, "notes": together} for message, together in by_message.items()]


def _meet(part: Row, start: int, end: int) -> bool:
    return bool(start < part["char_end"] and part["char_start"] < end)
