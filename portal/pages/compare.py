"""Up to six reports with the form side by side: a line for each place of the form, a column for each report.

Where two editions of the form print the same under other codes (`same_as` in data/forms) their figures stand in one line. What an
edition prints as several rows is added up beside another's single row, if all are printed. Everything else that a report's
edition has no place for is not comparable.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.pages import form_on_paper as paper
from portal.pages import named
from portal.pages.disputed import DISPUTED
from portal.pages.queries import FIGURES, REPORTS, Row, Rows
from portal.pages.remembered import once
from portal.pages.report import cells as cells_of

MOST = 6  # columns, and agencies that may be asked for
COMPARED = ("stated", "added")  # the statuses of figures that may differ
WITHOUT = ("blank", "unreadable")  # and of cells that print none
CSV = ("report_id", "agency", "agency_name", "year", "edition", "section", "section_name", "item", "item_name", "measure",
       "measure_name", "value", "unit", "status", "printed", "disputed_by", "left_out")  # fmt: skip
Place = tuple[str, str, str]  # section, item, measure
_MOST_REPORTS = """
select agencies.code, agencies.name, regions.name as region_name, count(*) as reports
  from reports join agencies on agencies.code = reports.agency left join regions on regions.code = agencies.region
 where reports.status <> 'refused' group by agencies.code order by reports desc, agencies.code limit :size
"""


@dataclass
class Line:
    """One line of the comparison: its place by the newest edition that has it, and the places by which each edition means it."""

    place: Place
    of: dict[str, tuple[Place, ...]] = field(default_factory=dict)  # edition: the place, or those to be added up


def compare(rows: Rows, agencies: Sequence[str], years: Sequence[int] = (), query: str = "", differing: bool = False) -> Row:
    """What /compare shows. `agencies` are codes; of the `years` the last are shown for which there is room; `query` is a name that was typed: the only agency so named joins them. Of nothing that was
    asked the `candidates` are those with the most reports. `added` is the code of the agency that was typed, if it is among the chosen. Where
    only what is `differing` is asked, `lines_alike` are left out."""
    of_this_name: Row = named.named(rows, query)["named_agencies"] if query else {"rows": [], "total": 0}
    found = of_this_name["rows"]
    exact = [row for row in found if row["name"] == query] or found
    if not query and not agencies:
        found = rows(_MOST_REPORTS, {"size": MOST})
    typed = exact[0]["code"] if len(exact) == 1 else None
    codes = list(dict.fromkeys([*agencies, *([typed] if typed else [])]))[:MOST]
    of = {"codes": json.dumps(codes)}
    theirs = " where reports.agency in (select value from json_each(:codes)) and reports.status <> 'refused'"
    chosen = rows("select code, name from agencies where code in (select value from json_each(:codes)) order by code", of)
    known = {row["code"] for row in chosen}
    reports = rows(f"{REPORTS}{theirs} and reports.year is not null order by reports.agency, reports.year", of)
    with_form = [row for row in reports if row["edition"] in _with_tables(rows)]
    asked = [row for row in with_form if row["year"] in years] if years else with_form
    columns = _with_room(asked, years) if years else _usual(with_form, len(chosen))
    lines = _lines(rows, columns) if columns else []
    shown = [line for line in lines if line["differs"] or line["uneven"] or not differing]
    return {
        "chosen": chosen,
        "unknown": [code for code in codes if code not in known],
        "query": query,
        "added": typed if typed in codes else None,
        "full": len(codes) == MOST,
        "candidates": [
            {key: row[key] for key in ("code", "name", "region_name", "reports")}
            for row in found
            if row["code"] not in known and len(codes) < MOST
        ],
        "total": of_this_name["total"],
        "chosen_years": [*years],
        "years": sorted({row["year"] for row in with_form}),
        "reports": columns,
        "left_out": len(asked) - len(columns),
        "left_out_years": sorted({row["year"] for row in asked} - {row["year"] for row in columns}),
        "without_form": [row for row in reports if row not in with_form],
        "lacking": _lacking(chosen, reports, years),
        "lines": shown,
        "differing": differing,
        "lines_alike": len(lines) - len(shown),
        "figures": rows(f"{FIGURES}{theirs} order by reports.year desc, reports.agency, reports.id", of),
    }


def table(data: Row, names: dict[str, dict[str, Row]]) -> Iterator[Row]:
    """The comparison as rows of a CSV, one for each line and report."""
    for line in data["lines"]:
        codes = {key: line[key] for key in ("section", "item", "measure")}
        said = {f"{key}_name": names[f"{key}s"].get(code, {}).get("name", code) for key, code in codes.items()}
        for report, cell in zip(data["reports"], line["cells"], strict=True):
            whose = {key: report[key] for key in ("agency", "agency_name", "year", "edition")}
            yield {
                "report_id": report["id"],
                **whose,
                **codes,
                **said,
                **{key: cell[key] for key in ("value", "unit", "status", "printed", "disputed_by")},
                "left_out": data["left_out"],
            }


@once
def _with_tables(rows: Rows) -> set[str]:
    return {row["code"] for row in rows("select code from editions where code in (select edition from forms) or code = 'mixed'", {})}


def _usual(reports: list[Row], agencies: int) -> list[Row]:
    """What is compared if no year was asked for: the last years of one agency, of several those that most of them have, or where no two
    have a year in common the latest of each. The reports come by agency and year."""
    having = Counter(year for _, year in {(row["agency"], row["year"]) for row in reports})
    most = max(having.values(), default=0)
    if agencies > 1 and most == 1:
        return list({row["agency"]: row for row in reports}.values())
    return _with_room(reports, sorted(year for year, count in having.items() if count == most))


def _with_room(reports: list[Row], years: Sequence[int]) -> list[Row]:
    """The reports of as many of these years, the last first, as there are columns for; a year that has no room for all is left out."""
    shown: list[Row] = []
    for year in reversed(years):
        of_year = [row for row in reports if row["year"] == year]
        if shown and len(shown) + len(of_year) > MOST:
            break
        shown += of_year
    return sorted(shown[:MOST], key=lambda row: (row["agency"], row["year"], row["id"]))


def _lacking(chosen: Iterable[Row], reports: Iterable[Row], years: Iterable[int]) -> list[Row]:
    """The agencies of which no report of some year that was asked for was collected, with those years."""
    there = {(row["agency"], row["year"]) for row in reports}
    lacking = [{**row, "years": sorted(year for year in years if (row["code"], year) not in there)} for row in chosen]
    return [row for row in lacking if row["years"]]


def lines_of(forms: paper.Forms) -> list[Line]:
    """The lines of a comparison over the editions: the newest's order, what only older ones have after the same row's or section's."""
    lines: list[Line] = []
    by_place: dict[Place, Line] = {}
    wholes = {whole: items for edition in sorted(forms) for whole, items in _wholes(forms[edition]).items()}
    for edition in sorted(forms, reverse=True):
        for place, also in _places(forms[edition]):
            line = by_place.get(place)
            if line is None:
                line = Line(place)
                lines.insert(_after(lines, place, wholes.get(place[:2], [])), line)
            line.of[edition] = (place,)
            by_place.update(dict.fromkeys((place, *also), line))
    for edition, tables in forms.items():
        for (section, whole), items in _wholes(tables).items():
            for line in lines:
                if line.place[:2] == (section, whole) and edition not in line.of:
                    line.of[edition] = tuple((section, item, line.place[2]) for item in items)
    return lines


def _after(lines: list[Line], place: Place, parts: list[str]) -> int:
    """Where a line of this place belongs: after the last of its row or of the rows that it is the sum of, else of its section."""
    section, item, _ = place
    of_section = [(index, line.place[1]) for index, line in enumerate(lines) if line.place[0] == section]
    of_row = [index for index, other in of_section if other == item or other in parts]
    return (of_row or [index for index, _ in of_section] or [len(lines) - 1])[-1] + 1


def _places(tables: dict[str, dict[str, Any]]) -> Iterator[tuple[Place, list[Place]]]:
    """Every place of an edition, with those of older editions that mean the same."""
    for section, form in tables.items():
        for group in form.get("groups", [form]):
            same = group.get("same_as", {})
            for item in _items(group["rows"]):
                for measure in group["columns"]:
                    yield (section, item, measure), [(section, item, same[measure])] if measure in same else []


def _items(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        if "group" in entry:
            yield from _items(entry["rows"])
        else:
            yield entry["item"]


def _wholes(tables: dict[str, dict[str, Any]]) -> dict[tuple[str, str], list[str]]:
    """The rows that stand under a group with a code, by section and that code."""
    found: dict[tuple[str, str], list[str]] = {}

    def look(section: str, entries: Iterable[dict[str, Any]]) -> None:
        for entry in entries:
            if "group" in entry:
                if "code" in entry:
                    found[section, entry["code"]] = list(_items(entry["rows"]))
                look(section, entry["rows"])

    for section, form in tables.items():
        look(section, form.get("rows", ()))
    return found


@once
def _parts_of(rows: Rows) -> dict[tuple[str, str], str]:
    """The code of the whole of each row that is a part, by section and row."""
    of_all = [wholes for tables in paper.forms(rows).values() for wholes in _wholes(tables).items()]
    return {(section, item): whole for (section, whole), items in of_all for item in items}


@once
def _all_lines(rows: Rows) -> list[Line]:
    return lines_of(paper.forms(rows))


def _lines(rows: Rows, reports: list[Row]) -> list[Row]:
    forms, parts = paper.forms(rows), _parts_of(rows)
    read: dict[str, dict[Place, Row]] = {row["id"]: {} for row in reports}
    editions: dict[tuple[str, str], Counter[str]] = {}
    of = {"reports": json.dumps([*read])}
    texts = {row["id"]: row["text"] for row in rows(_TEXTS, of)}
    disputed = {(row["report_id"], row["section"], row["item"], row["measure"]): row for row in rows(_DISPUTED, of)}
    for id in read:  # of one at a time the tables' indexes are used
        for cell in cells_of(rows, id, texts[id]):
            place = cell["section"], cell["item"], cell["measure"]
            finding = disputed.get((id, *place))  # of a part that is 0 it is not said, as it is not marked on the report's page
            read[id][place] = {**cell, "disputed_by": finding["finding_id"] if finding and (finding["own"] or cell["value"] != 0) else None}
            if cell["edition"] in forms:
                editions.setdefault((id, cell["section"]), Counter())[cell["edition"]] += 1
    found = []
    for line in _all_lines(rows):
        section, item, measure = line.place
        used = [editions[row["id"], section].most_common(1)[0][0] if (row["id"], section) in editions else None for row in reports]
        if not any(edition in line.of for edition in used):
            continue
        cells = [_cell(line, edition, read[row["id"]]) for row, edition in zip(reports, used, strict=True)]
        values = {cell["value"] for cell in cells if cell["status"] in COMPARED}
        compared = {
            "differs": len(values) > 1,
            "uneven": bool(values) and any(cell["status"] in WITHOUT for cell in cells),
            "part_of": parts.get(line.place[:2]),
            "words": _words(line, {*filter(None, used)}, forms),
        }
        found.append({"section": section, "item": item, "measure": measure, **compared, "cells": cells})
    return found


def _words(line: Line, editions: set[str], forms: paper.Forms) -> Row | None:
    """Where all columns are of one edition: what its form calls the row of section 2, the one whose words differ, {item, measure,
    item_words, measure_words}; the first two are its codes."""
    if len(editions) != 1:
        return None
    (edition,) = editions
    place = line.of[edition][0] if len(line.of.get(edition, ())) == 1 else line.place
    said = paper.words(forms[edition][place[0]]).get(place[1:]) if place[0] in forms[edition] else None
    return said and {"item": place[1], "measure": place[2], "item_words": said[0], "measure_words": said[1]}


def _cell(line: Line, edition: str | None, read: dict[Place, Row]) -> Row:
    """One report's figure of a line: {item, measure, value, unit, printed, status, disputed_by}, of which the first two are as its own form
    has them and the last is a finding that says that the figure may be wrong."""
    if edition is None:
        return _none(line, "missing")
    places = line.of.get(edition)
    if places is None:
        other = read.get(line.place)  # a row of the other edition, printed among this one's
        return _shown(other) if other else _none(line, "not_comparable")
    cells = [read[place] for place in places if place in read]
    if len(places) == 1:
        return _shown(cells[0]) if cells else _none(line, "missing")
    if len(cells) < len(places) or any(cell["status"] != "stated" for cell in cells):
        return _none(line, "not_added")
    disputes = [cell["disputed_by"] for cell in cells if cell["disputed_by"]]
    return {**_none(line, "added"), "value": sum(cell["value"] for cell in cells), "disputed_by": disputes[0] if disputes else None}


def _shown(cell: Row) -> Row:
    return {key: cell[key] for key in ("item", "measure", "value", "unit", "printed", "status", "disputed_by")}


def _none(line: Line, status: str) -> Row:
    nothing = dict.fromkeys(("value", "unit", "printed", "disputed_by"))
    return {"item": line.place[1], "measure": line.place[2], **nothing, "status": status}


_DISPUTED = DISPUTED.format(reports="reports", where="reports.id in (select value from json_each(:reports))")
_TEXTS = """
select reports.id, source_texts.text from reports join source_texts on source_texts.id = reports.source_id
 where reports.id in (select value from json_each(:reports))
"""
