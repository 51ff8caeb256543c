"""Rows of running text under their columns: which of the cells printed after a label are the row's, by all rows of the table.

Cells belong to columns only if the text shows exactly as many as the header has (parsers/tables/by_bars.py, parsers/tables/by_spaces.py); else the
row's range is handed on as torn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.model import Note
from parsers.printed.cells import SEVERAL_FIGURES, Span, trim
from parsers.tables.blank_convention import Fields, depth, settled
from parsers.tables.by_bars import Barred
from parsers.tables.by_spaces import Spaced
from parsers.tables.printed_row import Placement, PrintedRow
from parsers.tables.rows import FormRow, PrintedCell, TableRows, TornRow


def rows_by_columns(text: str, section: str, placed: Sequence[tuple[PrintedRow, Placement]], notes: list[Note]) -> TableRows:
    """The rows whose cells the text shows to be under their columns, and those of which it does not; `notes` are handed on."""
    if not placed:
        return TableRows(notes=tuple(notes))
    by_habit = _by_habit(text, section, placed)
    moved = any(kept and row.gap.cells and kept[0] != row.gap.cells[0] for (row, _), kept in zip(placed, by_habit, strict=True))
    glued = 2 * sum(_touches_label(text, row) for row, _ in placed) > sum(bool(row.gap.cells) for row, _ in placed)
    spaced, barred = Spaced.of(text, section, placed, glued=glued), Barred.of(text, section, placed, moved=moved)
    crowded = any(SEVERAL_FIGURES.fullmatch(text, *cell) for row, _ in placed if row.gap.mode != "spaces" for cell in row.gap.cells)
    rows: list[FormRow] = []
    apart: list[TornRow] = []
    for (row, to), kept in zip(placed, by_habit, strict=True):
        cells = spaced.cells(text, row, to, kept) if row.gap.mode == "spaces" else barred.cells(text, section, row, to, kept)
        if cells and crowded and any(s == e for s, e in cells):
            cells = None  # figures ran together into other cells and left theirs empty
        if cells:
            printed = tuple(PrintedCell(m, s, e, unit) for m, (s, e), unit in zip(to.measures, cells, to.money, strict=True))
            rows.append(FormRow(section, row.label.item, to.editions, printed, to.doubt))
        elif row.gap.cells:  # where cells stand apart from labels, so do the digits
            apart.append(torn_row(text, section, row, replace(to, in_order=to.in_order and glued)))
    return TableRows(tuple(rows), tuple(apart), tuple(notes))


def _by_habit(text: str, section: str, placed: Sequence[tuple[PrintedRow, Placement]]) -> list[tuple[Span, ...] | None]:
    """Each row's cells by how the table sets its blanks: between bars or tabs, on lines or between blank lines."""
    for separator in ("\n", "\n\n"):
        fields = [_fields(text, Fields(section, row.label.item, len(to.measures)), row, separator) for row, to in placed]
        if any(found := settled(text, fields)):
            return found
    return [None] * len(placed)


def _fields(text: str, fields: Fields, row: PrintedRow, separator: str) -> Fields:
    """With all cells between the row's label and the next label, blank ones too; with none where words stand among them."""
    fields = replace(fields, hanging=depth(fields.section, row.following.item) if row.following else None)
    if row.gap.mode != "spaces":
        end = row.gap.cells[-1][1] if row.gap.cells else row.end
        closed = re.match(r"[^\S\n]*\|[^\S\n]*(?:\n|$)", text[end : row.end])
        return replace(fields, cells=row.gap.cells, closed=bool(closed))
    cells: list[Span] = []
    at = text.find(separator, row.label.end, row.end)
    words = row.gap.rest < row.end and text[row.gap.rest : row.end].strip()
    if at < 0 or words or text[row.label.end : at].strip():
        return fields
    while (stop := text.find(separator, at + len(separator), row.end)) >= 0:
        cells.append(trim(text, at + len(separator), stop))
        at = stop
    last = trim(text, at, row.end)
    return replace(fields, cells=tuple(cells) if last[0] == last[1] else (*cells, last))


def torn_row(text: str, section: str, row: PrintedRow, to: Placement) -> TornRow:
    """The row with its cells under no column."""
    start, end = trim(text, row.label.end, row.gap.rest)
    return TornRow(section, row.label.item, to.editions, to.measures, start, end, to.money, to.in_order)


def _touches_label(text: str, row: PrintedRow) -> bool:
    """Is the text glued together here? Where cells stand apart from labels, no digits are to be cut further."""
    start, end = trim(text, row.label.end, row.gap.rest)
    return start < end and (start == row.label.end or end == row.end < len(text))
