"""The rows of a drawn table: placed at once where the drawing says what stands under what, else when the table has ended.

What stands under what is then told by all of its rows: how the table sets its blanks (parsers/tables/blank_convention.py), or that each of its rows
has as many cells as the form has columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from parsers.model import Cell, Table
from parsers.printed.broken_figures import cells_set_out
from parsers.printed.cells import Span, may_be_cut
from parsers.printed.values import is_blank
from parsers.tables.blank_convention import Fields, settled
from parsers.tables.header_geometry import Placed
from parsers.tables.rows import FormRow, TornRow, make_printed_cell


class LabelledRow(NamedTuple):
    """A row of the form with the cells printed right of its label, under a header of these measures. `money`: units of money columns."""

    section: str
    item: str
    editions: tuple[str, ...]
    measures: tuple[str, ...]
    money: dict[str, str | None]
    doubt: str | None
    cells: Sequence[Cell]

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple((cell.start, cell.end) for cell in self.cells)

    def read(self, measures: Sequence[str], spans: Sequence[Span]) -> FormRow:
        """The row with these cells under these measures."""
        money = self.money.get
        printed = [make_printed_cell((m, start, end, money(m))) for m, (start, end) in zip(measures, spans, strict=True)]
        return FormRow(self.section, self.item, self.editions, tuple(printed), self.doubt)

    def torn(self) -> TornRow:
        """The row with its cells under no column."""
        start, end = self.cells[0].start, self.cells[-1].end
        return TornRow(self.section, self.item, self.editions, self.measures, start, end, tuple(self.money.values()))


class DrawnRows:
    """Takes the rows of one table; what is read goes to `rows`, what came apart to `torn`.

    `width`: where most rows of the table end. `counts`, by section: has a row as many cells as the form has columns?
    `by_count`: rows with blanks that have, read if no row of the table has more or fewer. `by_habit`: rows to be read by how the
    table sets its blanks; the read ones among them, marked False, only show its habit.
    """

    def __init__(self, text: str, table: Table, lines: Sequence[Sequence[Cell]], rows: list[FormRow], torn: list[TornRow]) -> None:
        self.text, self.table, self.rows, self.torn = text, table, rows, torn
        self.widths = Counter(line[-1].column + line[-1].colspan for line in lines)
        self.width = max(self.widths.items(), key=lambda end: end[1])[0]
        self.counts: dict[str, set[bool]] = {}
        self.by_count: list[FormRow] = []
        self.by_habit: dict[str, list[tuple[LabelledRow, bool]]] = {}

    def place(self, row: LabelledRow, header: Placed[str]) -> bool:
        """Read the row if the drawing says which of its cells stands under which word of the header; False if not."""
        self.counts.setdefault(row.section, set()).add(len(row.cells) == len(row.measures))
        under = header.under(self.text, row.cells, self.margin(header))
        if under:
            self.rows.append(row.read(header.names, _spans(under)))
        return bool(under)

    def postpone(self, row: LabelledRow, header: Placed[str]) -> None:
        """Keep a row that could not be placed, below a header in the form's order, or read it if its cells leave no doubt."""
        exact = len(row.cells) == len(row.measures)
        if exact and (len(row.measures) == 1 or not any(self._blank(cell) for cell in row.cells)):
            self.rows.append(row.read(row.measures, row.spans))
            self._by_habit(row, left=False)
        elif exact and not self._may_be_cut(row):  # among blanks nobody knows which are padding, unless no row of the table has any
            self.by_count.append(row.read(row.measures, row.spans))
            self._by_habit(row, left=True)
        elif under := self._without_padding(row, header):
            self.rows.append(row.read(row.measures, _spans(under)))
        else:
            self._by_habit(row, left=True)

    def settle(self) -> None:
        """The table has ended: read the rows that were kept, or leave them as torn."""
        for whole in self.by_count:
            if self.counts[whole.section] == {True}:
                self.rows.append(whole)
                self.by_habit.pop(whole.section, None)
        one_width = len(self.widths) == 1  # a row that lost a cell is filled up at its end
        for kept in self.by_habit.values():
            fields = [Fields(row.section, row.item, len(row.measures), row.spans) for row, _ in kept]
            for (row, left), spans in zip(kept, settled(self.text, fields), strict=True):
                if left and spans and not (one_width and spans[-1][0] == spans[-1][1]):
                    self.rows.append(row.read(row.measures, spans))
                elif left:
                    self.torn.append(row.torn())

    def margin(self, header: Placed[str] | Placed[tuple[str, str]]) -> int | None:
        """Where the rows of the table end if nothing is printed right of the header."""
        if self.width <= header.end:
            return None
        beyond = (cell for cell in self.table.cells if cell.column + cell.colspan > header.end)
        return self.width if all(map(self._blank, beyond)) else None

    def _by_habit(self, row: LabelledRow, *, left: bool) -> None:
        self.by_habit.setdefault(row.section, []).append((row, left))

    def _may_be_cut(self, row: LabelledRow) -> bool:
        """Is this the last row of a text that ends in its table?"""
        last = row.cells[-1]
        return last.row == self.table.rows - 1 and may_be_cut(self.text, row.spans, last.end)

    def _without_padding(self, row: LabelledRow, header: Placed[str]) -> Sequence[Cell] | None:
        """The first cells when all are filled and the rest is blank, in a table all of whose rows are padded to one width."""
        count = len(row.measures)
        first, rest = row.cells[:count], row.cells[count:]
        padded = self.table.rows > 1 and rest and rest[-1].column + rest[-1].colspan == self.width
        return first if padded and not header.end and not any(map(self._blank, first)) and all(map(self._blank, rest)) else None

    def _blank(self, cell: Cell) -> bool:
        return is_blank(self.text[cell.start : cell.end])


def cells_of_one(text: str, row: Sequence[Cell], count: int) -> tuple[Span, ...]:
    """The `count` cells of a row that is drawn as one of all its figures, some of them broken; none of any other row."""
    return cells_set_out(text, row[0].start, row[0].end, count) if len(row) == 1 < count else ()


def _spans(cells: Sequence[Cell]) -> tuple[Span, ...]:
    return tuple([cell[:2] for cell in cells])
