"""How a table is set cell by cell: which blanks it prints for merged cells before and after the figures of a row.

Converters print a blank for each column that a merged label or figure covers, or none; for a label that reaches down from a
row above, or none; and one between two rows, or none. Nearly all rows of a table that keeps its blank cells keep one habit:
then each row that keeps it has its figures at known places, blank ones among them. A row that lost a cell does not keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from parsers.form.editions import editions, spellings
from parsers.printed.cells import Span
from parsers.printed.values import is_blank

KEPT = 0.8  # of the rows
FEWEST = 4  # rows: fewer show no habit


@dataclass(frozen=True)
class Fields:
    """All cells printed after a row's label, blank ones too, of which `count` are the form's.

    `hanging`: how many merged labels reach down to the row that follows; None after the last row, whose end is not known
    unless it is `closed` by a sign of its own.
    """

    section: str
    item: str
    count: int
    cells: tuple[Span, ...] = ()
    hanging: int | None = 0
    closed: bool = False


class _Habit(NamedTuple):
    """What is printed: blanks for the width of labels, for the width of figures, for labels from above, between rows."""

    labels: bool
    figures: bool
    hanging: bool
    between: bool


def settled(text: str, rows: Sequence[Fields]) -> list[tuple[Span, ...] | None]:
    """The form's cells of each row of one table by the habit of the table, None for a row (or table) that keeps none."""
    inner = [row for row in rows if row.hanging is not None]
    widest = max((row.count for row in rows), default=0)
    kept = {h: sum(_cells(text, row, h, widest) is not None for row in inner) for h in map(_Habit._make, product((False, True), repeat=4))}
    most, enough = max(kept.values()), max(FEWEST, KEPT * len(inner))
    if most < enough:
        return [None] * len(rows)
    found = [{_cells(text, row, habit, widest) for habit, count in kept.items() if count == most} for row in rows]
    less = [{_cells(text, row, habit, widest) for habit, count in kept.items() if count >= enough} - {None} for row in rows]
    return [next(iter(only)) if len(only) == 1 and other <= only else None for only, other in zip(found, less, strict=True)]


def _cells(text: str, row: Fields, habit: _Habit, widest: int) -> tuple[Span, ...] | None:
    lead = label_columns(row.section, row.item) - 1 if habit.labels else 0
    after = widest - row.count if habit.figures else 0
    if row.hanging is not None:
        after += row.hanging * habit.hanging + habit.between
    cells = row.cells[lead : lead + row.count]
    rest = row.cells[:lead] + row.cells[lead + row.count :]
    if len(cells) < row.count or any(not is_blank(text[s:e]) for s, e in rest):
        return None
    if row.hanging is None and not row.closed:  # an empty last cell may be what stands between a row cut short and the text below
        return cells if not is_blank(text[slice(*cells[-1])]) or all(is_blank(text[s:e]) for s, e in cells) else None
    return cells if len(rest) == lead + after else None


@cache
def label_columns(section: str, item: str) -> int:
    """How many columns of the printed form a row's label is wide: those of the groups beside other rows, and its own."""
    rows = [row for edition in editions() for grid in edition.of(section) for row in grid.rows]
    own = next(len(row.groups) for row in rows if row.item == item)
    return max(len(row.groups) for row in rows) - own + 1


@cache
def depth(section: str, label: str) -> int:
    """How many groups stand beside a row (by its item) or above a group (by its folded label) of the printed form."""
    for row in (row for edition in editions() for grid in edition.of(section) for row in grid.rows):
        if row.item == label:
            return len(row.groups)
        for index, group in enumerate(row.groups):
            if label in spellings(group):
                return index
    return 0
