"""Section 4 as it is drawn on paper: figures side by side under a header of two levels, a procedure over each outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from parsers.form.headers import is_outcomes_header, outcome_counts, outcomes
from parsers.model import Cell
from parsers.printed.cells import Span, is_value_like
from parsers.tables.drawn_headers import DrawnHeader
from parsers.tables.header_geometry import Edges, Placed, place_outcomes
from parsers.tables.outcome_blocks import place_block
from parsers.tables.outcomes_in_text import PROCEDURES
from parsers.tables.place import cells_of_one
from parsers.tables.rows import FormRow, PrintedCell, TableRows, TornRow

_PROCEDURES = re.compile(r"行政复议\s*行政诉讼")
_SECTION = "review_litigation"


class DrawnOutcomes:
    """Reads the rows of figures of section 4 in the tables of one document.

    `titled`: the procedure that is printed above the table at hand, until figures have come. `untitled`: a table with the outcomes
    of one procedure has come that none was printed above.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.titled: str | None = None
        self.untitled = False

    def measures_above(self, row: Sequence[Cell]) -> tuple[str, ...]:
        """The outcomes where section 4's header is printed as text outside any table, this row of figures right below it; else none."""
        if len(row) not in outcome_counts() or not all(is_value_like(self.text[cell.start : cell.end]) for cell in row):
            return ()
        heads = list(_PROCEDURES.finditer(self.text, 0, row[0].start))
        header = self.text[heads[-1].start() : row[0].start] if heads else ""
        return outcomes(header) if is_outcomes_header(header) else ()

    def read(self, row: Sequence[Cell], measures: tuple[str, ...], header: DrawnHeader, edges: Edges) -> TableRows:
        """The procedures whose outcomes, `measures`, a row of figures prints below the header; all of them as torn if it is not sure."""
        placed = self._placed(header)
        names = list(product(PROCEDURES, measures))
        under = placed.under(self.text, row, edges.margin(placed.end))
        proof = "geometry" if under else "count"
        if under:
            names = list(placed.names)
        elif len(row) == len(names) and header.in_order():
            under = list(row)
        if under:
            return TableRows(rows=tuple(row._replace(proof=proof) for row in _side_by_side(names, under, measures)))
        self.untitled = True
        in_order = list(placed.names) == names or header.in_order()
        return TableRows(torn=tuple(_torn(row, measures, cells_of_one(self.text, row, len(names)) if in_order else ())))

    def _placed(self, header: DrawnHeader) -> Placed[tuple[str, str]]:
        """Where the header's columns stand: all of them, or those of the block that is printed below the last figures."""
        placed = place_outcomes(self.text, header.cells)
        if not placed.columns and not self.untitled:
            placed = place_block(self.text, header.cells[header.block :], self.titled)
        header.block, self.titled = len(header.cells), None
        return placed


def _side_by_side(names: Sequence[tuple[str, str]], row: Sequence[Cell], measures: Sequence[str]) -> Iterator[FormRow]:
    """A row of the form for each procedure of a row of cells with these names."""
    cells = dict(zip(names, row, strict=True))
    for procedure in dict.fromkeys(procedure for procedure, _ in names):
        printed = tuple(PrintedCell(m, cells[procedure, m].start, cells[procedure, m].end) for m in measures)
        yield FormRow(_SECTION, procedure, (), printed)


def _torn(row: Sequence[Cell], measures: tuple[str, ...], pieces: tuple[Span, ...]) -> Iterator[TornRow]:
    """Each procedure with all that the row prints, and with its own of the pieces that the row came apart into, if these are known."""
    for number, procedure in enumerate(PROCEDURES):
        own = pieces[number * len(measures) : (number + 1) * len(measures)]
        yield TornRow(_SECTION, procedure, (), measures, row[0].start, row[-1].end, cells=own)
