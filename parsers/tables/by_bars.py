"""Rows of running text whose cells stand between bars or tabs: blank ones are printed, as many as the table keeps of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.printed.cells import Span, adds_up, may_be_cut
from parsers.printed.values import is_blank
from parsers.tables.blank_convention import label_columns
from parsers.tables.printed_row import Placement, PrintedRow

_GOES_ON = re.compile(r"[\s|]*\n[^\S\n]*\d{1,9}(?:[^\S\n]+\d{1,9})*[^\S\n]*(?:\n|$)")  # a line of figures alone, without a bar


@dataclass(frozen=True)
class Barred:
    """What the rows of a table show together.

    `width`: how many cells every row is padded to, labels counted too; None where rows are not padded. `foreign`: one column is of
    another kind. `dropped`: blank cells left no trace. `closing`: lines end in a bar, so that a blank at their end is closed there
    too. `moved`: blanks for merged labels may stand before the figures.
    """

    width: int | None
    foreign: bool
    dropped: bool
    closing: bool
    moved: bool

    @classmethod
    def of(cls, text: str, section: str, placed: Sequence[tuple[PrintedRow, Placement]], *, moved: bool) -> Barred:
        closing = section == "applications" and _lines_close(text, placed)
        return cls(_width(text, placed), _has_foreign_column(text, placed), _blanks_dropped(placed), closing, moved)

    def cells(self, text: str, section: str, row: PrintedRow, to: Placement, kept: tuple[Span, ...] | None) -> tuple[Span, ...] | None:
        """The cells under the row's columns, if these are sure. `kept`: those it has by the habit of its table."""
        if self.foreign:
            return None
        if to.leads:
            cells = _cells_after_lead(text, section, row, len(to.measures))
        else:
            cells = _own_cells(text, row, len(to.measures), self.width) if not self.moved else None
        if cells and may_be_cut(text, cells, row.end):  # figures may be missing after them
            cells = None
        cells = cells or (kept if not _may_be_short(text, kept) else None)
        if not cells or (row.gap.mode == "pipes" and _filled_by_next_line(text, row.label.end, cells, sure=not self.closing)):
            return None  # the row has a line of its own that is short of a cell
        unsure = self.dropped or _GOES_ON.match(text, cells[-1][1])
        return cells if not unsure or adds_up(text, cells) else None


def _own_cells(text: str, row: PrintedRow, n: int, width: int | None) -> tuple[Span, ...] | None:
    """The row's n cells when what is printed of it decides them, else None."""
    cells = row.gap.cells
    first, rest = cells[:n], cells[n:]
    empty = [s == e for s, e in cells]
    damaged = row.columns is not None and row.columns.damaged
    if _filled_by_next_line(text, row.label.end, first, sure=not damaged):
        return None
    if len(first) < n or any(not is_blank(text[s:e]) for s, e in rest):
        return None
    unopened = row.last and _opens_with_bar(text, row)  # no bar of a next row follows the last one's own
    padded = row.chain + len(cells) + unopened == width
    if rest and not padded:  # one cell too many may come of a damaged row, several are padding
        return first if len(rest) > 1 and not any(is_blank(text[s:e]) for s, e in first) else None
    if width is not None and not (padded or row.last):
        return None
    return first if width is None or not empty[n - 1] or all(empty) else None  # an empty end may be the padding of a row cut short


def _opens_with_bar(text: str, row: PrintedRow) -> bool:
    line = text.rfind("\n", 0, row.label.numbered_from) + 1
    return text[line : row.label.numbered_from].strip() == "|"


def _filled_by_next_line(text: str, start: int, cells: Sequence[Span], *, sure: bool) -> bool:
    """Are there cells on the label's line, and the rest blank ones of the lines below, which may be another row's? If the columns
    are `sure`, a row of figures alone may go on so: a bar at the beginning of the next line closes its blank."""
    line = text.find("\n", start)
    here = [(s, e) for s, e in cells if line < 0 or (e <= line and (s < e or "|" in text[e:line]))]
    filled = all(s < e for s, e in here)
    return 1 < len(here) < len(cells) and not any(s < e for s, e in cells[len(here) :]) and not (filled and sure)


def _cells_after_lead(text: str, section: str, row: PrintedRow, n: int) -> tuple[Span, ...] | None:
    """The row's n cells after the blanks for its label's width; what follows them must be blank."""
    lead = label_columns(section, row.label.item) - 1
    before, cells, rest = row.gap.cells[:lead], row.gap.cells[lead : lead + n], row.gap.cells[lead + n :]
    return cells if all(is_blank(text[s:e]) for s, e in (*before, *rest)) and len(cells) == n else None


def _has_foreign_column(text: str, placed: Sequence[tuple[PrintedRow, Placement]]) -> bool:
    """Do most rows print more figures than the form has columns? Then one column is another's."""
    rows = [(row.gap.cells, len(to.measures)) for row, to in placed if row.gap.mode != "spaces"]
    return 2 * sum(any(not is_blank(text[s:e]) for s, e in cells[n:]) for cells, n in rows) > len(rows)


def _blanks_dropped(placed: Sequence[tuple[PrintedRow, Placement]]) -> bool:
    """Is there no blank cell at all, and yet several rows print too few? Then blank cells left no trace, and as many cells as there
    are columns need not be theirs."""
    rows = [(row.gap.cells, len(to.measures)) for row, to in placed if row.gap.mode != "spaces" and not row.last]
    return sum(len(cells) < n for cells, n in rows) > 1 and not any(s == e for cells, _ in rows for s, e in cells)


def _may_be_short(text: str, cells: tuple[Span, ...] | None) -> bool:
    """In a table padded to one width the empty end of a row may be the padding of a row that lost a cell."""
    return cells is not None and cells[-1][0] == cells[-1][1] and not all(is_blank(text[s:e]) for s, e in cells)


def _width(text: str, placed: Sequence[tuple[PrintedRow, Placement]]) -> int | None:
    """How many cells every row of a padded pipe table has, labels and padding included; None where rows are not padded."""
    inner = [(row, len(to.measures)) for row, to in placed if row.gap.mode == "pipes" and not row.last]
    padding = [span for row, n in inner for span in row.gap.cells[n:]]
    if not padding or any(not is_blank(text[s:e]) for s, e in padding):
        return None
    (width, count), *_ = Counter(row.chain + len(row.gap.cells) for row, _ in inner).most_common(1)
    return width if count >= 0.8 * len(inner) else None


def _lines_close(text: str, placed: Sequence[tuple[PrintedRow, Placement]]) -> bool:
    """Do the lines of most rows between bars end in a bar, so that a blank at their end is closed there too?"""
    rows = [
        (row, row.gap.cells[len(to.measures) - 1])
        for row, to in placed
        if row.gap.mode == "pipes" and len(row.gap.cells) >= len(to.measures)
    ]
    ends = [(text[e : row.end].partition("\n")[0], "\n" in text[row.label.end : s]) for row, (s, e) in rows if s < e]
    return 2 * sum("|" in rest and not below for rest, below in ends) > len(ends)
