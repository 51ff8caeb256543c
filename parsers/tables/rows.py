"""What the two table readers (grid, stream) hand on: rows of the form whose cells are placed, and rows that came apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from parsers.model import Note
from parsers.printed.cells import Span


class PrintedCell(NamedTuple):
    """A cell under its column: the measure, the range of its text, the unit of its money column (元, 万元) if it is one."""

    measure: str
    start: int
    end: int
    money: str | None = None


make_printed_cell = partial(tuple.__new__, PrintedCell)  # from a tuple of its fields, as parsers.model.make_cell


class FormRow(NamedTuple):
    """A row read by its columns. `editions` are those whose form has this row under these columns.

    `doubt` says why the reading may be mistaken although it is complete.
    """

    section: str
    item: str
    editions: tuple[str, ...]
    cells: tuple[PrintedCell, ...]
    doubt: str | None = None

    def torn(self) -> TornRow:
        """The row with its cells under no column."""
        measures, money = tuple(cell.measure for cell in self.cells), tuple(cell.money for cell in self.cells)
        return TornRow(self.section, self.item, self.editions, measures, self.cells[0].start, self.cells[-1].end, money)


@dataclass(frozen=True)
class TornRow:
    """A row whose cells lost their columns: digits run together, cells missing. The range holds what is printed of it.

    `in_order`: the header above it is whole, so that its cells are known to be all the form's, in the form's order; only then
    may the equations say where one cell ends and the next begins. `cells`: the ranges of its cells, of which some hold pieces of one
    figure, if these are known.
    """

    section: str
    item: str
    editions: tuple[str, ...]
    measures: tuple[str, ...]
    start: int
    end: int
    money: tuple[str | None, ...] = ()
    in_order: bool = False
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True)
class TableRows:
    """All that was found in one table or stretch of text."""

    rows: tuple[FormRow, ...] = ()
    torn: tuple[TornRow, ...] = ()
    notes: tuple[Note, ...] = ()


def with_told(found: TableRows, told: Sequence[FormRow], spans: Sequence[Span]) -> TableRows:
    """What was found, with rows that were told in another way: without those that had come apart, and without what was noted of text
    in the ranges where these rows are printed."""
    placed = {(row.section, row.item) for row in told}
    torn = tuple(row for row in found.torn if (row.section, row.item) not in placed)
    notes = tuple(note for note in found.notes if not any(start <= (note.start or 0) <= end for start, end in spans))
    return TableRows((*found.rows, *told), torn, notes)


def printed_rows(text: str, found: TableRows) -> dict[tuple[str, str], tuple[str, ...]]:
    """Section and item of each row read → what its cells print."""
    return {(row.section, row.item): tuple(text[cell.start : cell.end] for cell in row.cells) for row in found.rows}
