"""Third proof: how a table is set cell by cell, which blanks it prints for merged cells before and after the figures of a row.

Converters print a blank for each column that a merged label or figure covers, or none; for a label that reaches down from a
row above, or none; and one between two rows, or none. Nearly all rows of a table that keeps its blank cells keep one habit:
then each row that keeps it has its figures at known places, blank ones among them. A row that lost a cell does not keep it.

    | 一、本年新收政府信息公开申请数量 | | | 3 | 0 | | | | | 3 |      two blanks for the width of the label
    | 二、上年结转政府信息公开申请数量 | | | 0 | | | | | | 0 |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from parsers.form.editions import editions, spellings
from parsers.printed.cells import Span, trim
from parsers.printed.values import is_blank
from parsers.tables.rows import PrintedRow

KEPT = 0.8  # of the rows
FEWEST = 4  # rows: fewer show no habit
_CLOSED = re.compile(r"[^\S\n]*\|[^\S\n]*(?:\n|$)")


class _Habit(NamedTuple):
    """What is printed: blanks for the width of labels, for the width of figures, for labels from above, between rows."""

    labels: bool
    figures: bool
    hanging: bool
    between: bool


_HABITS = tuple(map(_Habit._make, product((False, True), repeat=4)))


class _Reading(NamedTuple):
    """A row's cells, and how many blank ones follow them; None where the row's end is not known, so that any number may."""

    cells: tuple[Span, ...]
    after: int | None


def by_habit(text: str, rows: Sequence[PrintedRow]) -> list[tuple[Span, ...] | None]:
    """The form's cells of each row of one table by the habit of the table, None for a row (or table) that keeps none.

    Cells stand between bars or tabs, or a line each, or between blank lines.
    """
    for separator in ("\n", "\n\n") if any(not row.keeps_blanks for row in rows) else ("\n",):
        found = _settled(rows, [_readings(text, row, separator) for row in rows])
        if any(found):
            return found
    return [None] * len(rows)


def _settled(rows: Sequence[PrintedRow], readings: Sequence[tuple[_Reading | None, _Reading | None]]) -> list[tuple[Span, ...] | None]:
    """The one reading of each row by the habits that most rows keep, if no other that nearly as many keep contradicts it."""
    may = sum(any(of) for row, of in zip(rows, readings, strict=True) if not row.last)
    if may < max(FEWEST, KEPT * sum(not row.last for row in rows)):
        return [None] * len(rows)
    widest = max((len(row.header.measures) for row in rows), default=0)
    by_row = [{habit: _cells(row, of[habit.labels], habit, widest) for habit in _HABITS} for row, of in zip(rows, readings, strict=True)]
    inner = [cells for row, cells in zip(rows, by_row, strict=True) if not row.last]
    kept = {habit: sum(cells[habit] is not None for cells in inner) for habit in _HABITS}
    most, enough = max(kept.values()), max(FEWEST, KEPT * len(inner))
    if most < enough:
        return [None] * len(rows)
    found = [{cells[habit] for habit, count in kept.items() if count == most} for cells in by_row]
    less = [{cells[habit] for habit, count in kept.items() if count >= enough} - {None} for cells in by_row]
    return [next(iter(only)) if len(only) == 1 and other <= only else None for only, other in zip(found, less, strict=True)]


def _cells(row: PrintedRow, reading: _Reading | None, habit: _Habit, widest: int) -> tuple[Span, ...] | None:
    """The row's cells if as many blank ones follow them as the habit has."""
    if not reading or reading.after is None:
        return reading and reading.cells
    after = (widest - len(row.header.measures)) * habit.figures
    if row.hanging is not None:
        after += row.hanging * habit.hanging + habit.between
    return reading.cells if reading.after == after else None


def _readings(text: str, row: PrintedRow, separator: str) -> tuple[_Reading | None, _Reading | None]:
    """The row's cells where no blank ones are printed for the width of its label, and where they are; None if it has too few, or more
    than blank ones besides."""
    cells, closed = (row.cells, _is_closed(text, row)) if row.keeps_blanks else (_lines(text, row, separator), False)
    filled = [at for at, (start, end) in enumerate(cells) if not is_blank(text[start:end])]
    lead = label_columns(row.section, row.item) - 1
    count = len(row.header.measures)

    def reading(lead: int) -> _Reading | None:
        own = cells[lead : lead + count]
        if len(own) < count or (filled and (filled[0] < lead or filled[-1] >= lead + count)):
            return None
        if not row.last or closed:
            return _Reading(own, len(cells) - count - lead)
        # an empty last cell may be what stands between a row cut short and the text below
        return _Reading(own, None) if not filled or filled[-1] == lead + count - 1 else None

    without = reading(0)
    return without, reading(lead) if lead else without


def _is_closed(text: str, row: PrintedRow) -> bool:
    """Does a bar of its own close the last row?"""
    end = row.cells[-1][1] if row.cells else row.end
    return row.last and bool(_CLOSED.match(text[end : row.end]))


def _lines(text: str, row: PrintedRow, separator: str) -> tuple[Span, ...]:
    """All cells between the row's label and the next label, blank ones too; none where words stand among them."""
    cells: list[Span] = []
    at = text.find(separator, row.start, row.end)
    words = row.rest < row.end and text[row.rest : row.end].strip()
    if at < 0 or words or text[row.start : at].strip():
        return ()
    while (stop := text.find(separator, at + len(separator), row.end)) >= 0:
        cells.append(trim(text, at + len(separator), stop))
        at = stop
    last = trim(text, at, row.end)
    return tuple(cells) if last[0] == last[1] else (*cells, last)


@cache
def label_columns(section: str, item: str) -> int:
    """How many columns of the printed form a row's label is wide: those of the groups beside other rows, and its own."""
    rows = [row for edition in editions() for grid in edition.of(section) for row in grid.rows]
    own = next(len(row.groups) for row in rows if row.item == item)
    return max(len(row.groups) for row in rows) - own + 1


@cache
def depth(section: str, label: str) -> int:
    """How many groups stand beside a row (by its item) or above a group (by its normalised label) of the printed form."""
    for row in (row for edition in editions() for grid in edition.of(section) for row in grid.rows):
        if row.item == label:
            return len(row.groups)
        for index, group in enumerate(row.groups):
            if label in spellings(group):
                return index
    return 0
