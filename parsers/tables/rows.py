"""Rows of the form on their way: as a reader of tables prints them, placed under their columns, or come apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from parsers.model import Cell, Note
from parsers.printed.cells import Span
from parsers.tables.header_geometry import UNPLACED, Placed


@dataclass(frozen=True)
class Header:
    """The columns above a row, in the order in which they are printed.

    `money`: the unit of each column of money. `in_order`: nothing but the form's words is printed, in the form's order, so that cells
    may be counted. `whole`: it is printed, so that a run of digits may be cut. `leads`: blank cells are printed for the width of a merged
    label, before the figures. `damaged`: some of its words are missing. `placed`: over which columns of a drawing its words stand.
    `foreign`: it is no header of the form.
    """

    measures: tuple[str, ...] = ()
    money: Mapping[str, str | None] | None = None
    doubt: str | None = None
    in_order: bool = True
    whole: bool = True
    leads: bool = False
    damaged: bool = False
    placed: Placed[str] = UNPLACED
    foreign: bool = False

    def unit(self, measure: str) -> str | None:
        """The unit of a column of money, None for a column of counts."""
        return self.money.get(measure) if self.money else None


NO_HEADER = Header()
OF_NO_FORM = "表头不是法定表头，未读作数字 (the header of this table is not the form's: its cells are not read)"
NONE_ABOVE = "这一行上方没有法定表头，未读作数字 (no header of the form stands above this row)"


@dataclass(frozen=True)
class PrintedRow:
    """A row of the form as it is printed, before its cells are placed: a label, the cells after it, the header above.

    `editions` are those whose form has this row under these columns. `layout`: how cells are parted (`BLANKS`). `cells`: all
    that are printed, blank ones too where the layout keeps them; `drawn`: the same with their columns, where a drawing tells these.
    `span` is from where to where they are printed. In running text the label stands from `begin` to `start`, words that are no cell
    begin at `rest`, and the next label at `end`; its words begin at `named_from`, after its numbering; `labels` counts those on the row's line, `hanging` the merged ones that reach down to
    the row that follows, None if none follows; `glued`: the cells touch their label, or the next one.
    """

    section: str
    item: str
    editions: tuple[str, ...]
    header: Header
    layout: str
    cells: tuple[Span, ...]
    span: Span
    drawn: Sequence[Cell] = ()
    begin: int = 0
    named_from: int = 0
    start: int = 0
    rest: int = 0
    end: int = 0
    labels: int = 1
    hanging: int | None = 0
    glued: bool = False

    @property
    def blanks(self) -> str:
        """What becomes of a blank cell: filled (up to the width of a drawing), kept, lost."""
        return BLANKS[self.layout]

    @property
    def keeps_blanks(self) -> bool:
        return self.blanks != "lost"

    @property
    def last(self) -> bool:
        return self.hanging is None

    def read(self, proof: str, spans: Sequence[Span], measures: Sequence[str] = ()) -> FormRow:
        """The row with these cells under these measures, the header's own if none are given."""
        unit = self.header.unit
        named = zip(measures or self.header.measures, spans, strict=True)
        printed = tuple([make_printed_cell((m, start, end, unit(m))) for m, (start, end) in named])
        return FormRow(self.section, self.item, self.editions, printed, self.header.doubt, proof, self.layout)

    def torn(self, *, in_order: bool = False, cells: tuple[Span, ...] = ()) -> TornRow:
        """The row with its cells under no column."""
        measures = self.header.measures
        money = tuple(map(self.header.unit, measures))
        return TornRow(self.section, self.item, self.editions, measures, *self.span, money, in_order, cells, self.layout)


BLANKS = {"drawn": "filled", "columns": "filled", "bars": "kept", "tabs": "kept", "spaces": "lost", "lines": "lost", "glued": "lost"}


class PrintedCell(NamedTuple):
    """A cell under its column: the measure, the range of its text, the unit of its money column (元, 万元) if it is one."""

    measure: str
    start: int
    end: int
    money: str | None = None


make_printed_cell = partial(tuple.__new__, PrintedCell)  # from a tuple of its fields, as parsers.model.make_cell


class FormRow(NamedTuple):
    """A row read by its columns. `editions` are those whose form has this row under these columns.

    `doubt` says why the reading may be mistaken although it is complete; `proof` which of the proofs of parsers/tables/place.py has
    placed the cells, `layout` how they are parted.
    """

    section: str
    item: str
    editions: tuple[str, ...]
    cells: tuple[PrintedCell, ...]
    doubt: str | None = None
    proof: str = "count"
    layout: str = "lines"

    def torn(self) -> TornRow:
        """The row with its cells under no column."""
        measures, money = tuple(cell.measure for cell in self.cells), tuple(cell.money for cell in self.cells)
        start, end = self.cells[0].start, self.cells[-1].end
        return TornRow(self.section, self.item, self.editions, measures, start, end, money, layout=self.layout)


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
    layout: str = "lines"


@dataclass(frozen=True)
class TableRows:
    """All that was found in one table or stretch of text."""

    rows: tuple[FormRow, ...] = ()
    torn: tuple[TornRow, ...] = ()
    notes: tuple[Note, ...] = ()


def with_layouts(text: str, found: TableRows) -> TableRows:
    """The rows of running text with the layouts that they have as they look."""
    rows = tuple(row._replace(layout=layout_of(text, (row.cells[0].start, row.cells[-1].end))) for row in found.rows)
    return replace(found, rows=rows, torn=tuple(replace(row, layout=layout_of(text, (row.start, row.end))) for row in found.torn))


def layout_of(text: str, span: Span) -> str:
    """How cells that are printed in this range of running text are parted."""
    printed = text[slice(*span)]
    return next((layout for sign, layout in _SIGNS.items() if sign in printed), "glued")


_SIGNS = {"|": "bars", "\t": "tabs", "\n": "lines", " ": "spaces", "\u3000": "spaces", "\xa0": "spaces"}


def printed_rows(text: str, found: TableRows) -> dict[tuple[str, str], tuple[str, ...]]:
    """Section and item of each row read → what its cells print."""
    return {(row.section, row.item): tuple(text[cell.start : cell.end] for cell in row.cells) for row in found.rows}
