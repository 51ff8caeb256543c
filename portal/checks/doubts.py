"""What puts a finding in doubt: where its cells stand, what the reader noted of them, whose words a sentence is, what was told before."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

Cell = tuple[str, str | None, str | None, str | None, int | None, int | None]
FormCells = dict[tuple[str | None, str | None], tuple[Any, ...]]  # of one report's section: (item, measure) → status, char_start, char_end
# Codes of notes that put a finding's cells in doubt: the encoding of the document was repaired, there or throughout, or it is a picture.
DOUBTS = ("doubt", "sources_differ", "character_lost", "encoding_restored", "read_from_picture")


def placed(involved: list[list[Any]], form_cells: Callable[[str, str | None], FormCells]) -> tuple[list[Cell], list[Cell]]:
    """The cells with their ranges, and those of them that were inferred; a cell that the document lacks is left out."""
    cells: list[Cell] = []
    inferred: list[Cell] = []
    for report_id, section, item, measure, *place in involved:
        if place:
            cells.append((report_id, section, item, measure, *place))
        elif found := form_cells(report_id, section).get((item, measure)):
            status, *place = found
            cells.append((report_id, section, item, measure, *place))
            inferred += [cells[-1]] if status == "inferred" else []
    return cells, inferred


def notes_on(db: sqlite3.Connection, code: str, cell: Cell) -> list[str]:
    """Messages of the notes of this code on a cell: those that name it, its row, column or section, or cover its place. What is no cell of
    the form, but said in words or not found, may go on, or stand, on any page that was recognised in a picture."""
    sql = """
        select message from reading_notes as note join reports on reports.id = note.report_id
         where note.code = ? and note.report_id = ? and note.source_id = reports.source_id
           and (note.section = ? and coalesce(note.item = ?, note.item is null)
                                 and coalesce(note.measure = ?, note.measure is null)
                or note.section is null
                   and (note.char_start is null or note.char_start < ? and note.char_end > ?
                        or note.code = 'read_from_picture' and ? is null))
    """
    *named, start, end = cell
    return [message for (message,) in db.execute(sql, (code, *named, end, start, cell[2]))]


def is_summary(db: sqlite3.Connection, cell: Cell) -> bool:
    """Is this a place in the narrative of a transcription, whose sentences are the transcriber's own?"""
    report_id, _, item, _, start, end = cell
    if item is not None or start is None:
        return False
    sql = """
        select 1 from reports join source_texts on source_texts.id = reports.source_id
         where reports.id = :report and fidelity <> 'as collected'
           and not exists (select 1 from headings where report_id = :report and char_start <= :start and char_end >= :end)
           and (exists (select 1 from claims where report_id = :report and char_start < :end and char_end > :start)
                or exists (select 1 from stated_years where report_id = :report and role <> 'period' and char_start < :end and char_end > :start))
    """
    return db.execute(sql, {"report": report_id, "start": start, "end": end}).fetchone() is not None


def inferred_elsewhere(db: sqlite3.Connection, code: str, cells: list[Cell]) -> bool:
    """Were all these cells inferred, for all that is noted, by equations other than this one?"""
    for cell in cells:
        heads = [re.match(r"[a-z_]+(\s*,\s*[a-z_]+)*", message) for message in notes_on(db, "inferred", cell)]
        equations = {equation.strip() for head in heads if head for equation in head[0].split(",")}
        if not equations or code in equations:
            return False
    return bool(cells)


def told_before(db: sqlite3.Connection, report_id: str, printed: Any, expected: Any, cells: list[Cell], verdict: str) -> bool:
    """Has another check said of one of these sentences that the same two numbers contradict each other, and with no less
    certainty? One contradiction is one finding."""
    if not (isinstance(printed, int | float) and isinstance(expected, int | float)):
        return False
    sql = """
        select 1 from findings join finding_cells as cell on cell.finding_id = findings.id
         where findings.report_id = ? and cell.item is null and cell.char_start < ? and cell.char_end > ?
           and (cast(printed as real), cast(expected as real)) in (values (?, ?), (?, ?)) and expected is not null and verdict in ('report', ?)
    """
    pair = (printed, expected, expected, printed)
    return any(
        item is None and start is not None and db.execute(sql, (report_id, end, start, *pair, verdict)).fetchone()
        for _, _, item, _, start, end in cells
    )
