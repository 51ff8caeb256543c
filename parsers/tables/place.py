"""Where the cells of a table's rows belong. Each row is asked five proofs in turn, whether it was drawn or written:

1. geometry: its cells stand under the header's words (`header_geometry.py`);
2. count: it has as many cells as the form has columns (`count.py`);
3. blanks: the table's own habit of printing blank cells explains what it has more (`blanks.py`);
4. sums: its digits allow one reading that satisfies the form's equations (`sums.py`);
5. order: the rows around it leave it one place in the form (`order.py`).

The first three are asked here, when a table has ended. What they leave is torn: `order.py` asks for it when all of a document's rows
are known, `sums.py` when the narrative is too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parsers.model import Cell
from parsers.printed.broken_figures import cells_set_out
from parsers.printed.cells import SEVERAL_FIGURES, Span
from parsers.tables.blanks import by_habit
from parsers.tables.count import Cells, Filled, Kept, Lost
from parsers.tables.header_geometry import NOWHERE, Edges
from parsers.tables.rows import FormRow, PrintedRow, TableRows


def place(text: str, rows: Sequence[PrintedRow], edges: Edges = NOWHERE) -> TableRows:
    """The rows of one section's table whose cells belong to columns for sure, and as torn all others that have cells.

    `edges`: where the rows of a drawing end.
    """
    found: dict[int, FormRow] = {at: read for at, row in enumerate(rows) if (read := _by_geometry(text, row))}
    pieces = {at: cells for at, row in enumerate(rows) if at not in found and (cells := _pieces(text, row))}
    left = [at for at, row in enumerate(rows) if at not in found and at not in pieces and row.header.in_order]
    glued = 2 * sum(rows[at].glued for at in left) > sum(bool(rows[at].cells) for at in left)
    if left:
        others = _by_columns(text, rows, [rows[at] for at in left], edges, glued=glued)
        found |= {at: other for at, other in zip(left, others, strict=True) if other}
    torn = [
        row.torn(in_order=glued and row.header.in_order and row.header.whole, cells=pieces.get(at, ()))
        for at, row in enumerate(rows)
        if at not in found and row.cells
    ]
    return TableRows(tuple(found[at] for at in sorted(found)), tuple(torn))


def _by_geometry(text: str, row: PrintedRow) -> FormRow | None:
    header = row.header.placed
    under = header.under(text, row.drawn) if row.drawn else None
    return row.read("geometry", [cell[:2] for cell in under], header.names) if under else None


def _pieces(text: str, row: PrintedRow) -> tuple[Span, ...]:
    """The cells of a row that is drawn as one of all its figures, some of them broken; none of any other row."""
    whole = row.header.in_order or row.header.placed.names == row.header.measures
    return cells_of_one(text, row.drawn, len(row.header.measures)) if whole else ()


def cells_of_one(text: str, row: Sequence[Cell], count: int) -> tuple[Span, ...]:
    """The `count` cells of a row that is drawn as one of all its figures, some of them broken; none of any other row."""
    return cells_set_out(text, row[0].start, row[0].end, count) if len(row) == 1 < count else ()


def _by_columns(text: str, rows: Sequence[PrintedRow], left: Sequence[PrintedRow], edges: Edges, *, glued: bool) -> list[FormRow | None]:
    """The rows left of a table's by their count or by the table's habit of printing blanks; None where neither is sure."""
    habit = by_habit(text, left)
    facts: dict[str, Callable[[], Filled | Kept | Lost]] = {
        "filled": lambda: Filled.of(rows, edges),
        "kept": lambda: Kept.of(text, left, habit),
        "lost": lambda: Lost.of(text, left, glued=glued),
    }
    shows = {blanks: facts[blanks]() for blanks in {row.blanks for row in left}}
    crowded = any(SEVERAL_FIGURES.fullmatch(text, *cell) for row in left if row.keeps_blanks for cell in row.cells)
    return [_by_count_or_blanks(text, row, kept, shows[row.blanks], crowded=crowded) for row, kept in zip(left, habit, strict=True)]


def _by_count_or_blanks(text: str, row: PrintedRow, kept: Cells | None, shown: Filled | Kept | Lost, *, crowded: bool) -> FormRow | None:
    """`kept`: the row's cells by its table's habit. `crowded`: figures ran together into others' cells and left their own empty."""
    proof, cells = "count", shown.counted(text, row)
    if not cells:
        proof, cells = "blanks", shown.believed(text, row, kept)
    if not cells or not shown.may_stand(text, row, cells) or (crowded and any(start == end for start, end in cells)):
        return None
    return row.read(proof, cells)
