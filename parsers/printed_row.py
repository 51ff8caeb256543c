"""A row of running text by itself: its label, what is printed after it, and which cells of that are the row's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.disclosure_columns import Columns
from parsers.gaps import Gap, Span, evenly_set, words
from parsers.habit import label_columns
from parsers.labels import Label
from parsers.values import is_blank

_VALUES = re.compile(r"[-+]?\d\S*(?:\s+[-+]?\d\S*)+")
_REST = re.compile(r"0\d+")  # begins no figure: one is broken by a space


@dataclass(frozen=True)
class PrintedRow:
    """A row's label with the cells after it, before its columns are known. `chain` counts the labels on its line."""

    label: Label
    gap: Gap
    end: int
    chain: int
    columns: Columns | None
    last: bool
    foreign_header: bool = False  # the words above this row head no table of the form
    following: Label | None = None


def own_cells(text: str, row: PrintedRow, n: int, width: int | None) -> tuple[Span, ...] | None:
    """The row's n cells when what is printed of it decides them, else None. `width`: how many cells every row of its table is padded to,
    labels counted too; None where rows are not padded."""
    cells = row.gap.cells
    if row.gap.mode == "spaces":
        if len(cells) != n or any(map(_VALUES.fullmatch, (text[s:e] for s, e in cells))):
            cells = words(text, cells)
        broken = any(_REST.fullmatch(text, *cell) for cell in cells)
        return cells if len(cells) == n and evenly_set(text, cells) and not broken else None
    first, rest = cells[:n], cells[n:]
    empty = [s == e for s, e in cells]
    damaged = row.columns is not None and row.columns.damaged
    if filled_by_next_line(text, row.label.end, first, sure=not damaged):
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


def filled_by_next_line(text: str, start: int, cells: Sequence[Span], *, sure: bool) -> bool:
    """Are there cells on the label's line, and the rest blank ones of the lines below, which may be another row's? If the columns
    are `sure`, a row of figures alone may go on so: a bar at the beginning of the next line closes its blank."""
    line = text.find("\n", start)
    here = [(s, e) for s, e in cells if line < 0 or (e <= line and (s < e or "|" in text[e:line]))]
    filled = all(s < e for s, e in here)
    return 1 < len(here) < len(cells) and not any(s < e for s, e in cells[len(here) :]) and not (filled and sure)


def cells_after_lead(text: str, section: str, row: PrintedRow, n: int) -> tuple[Span, ...] | None:
    """The row's n cells after the blanks for its label's width; what follows them must be blank."""
    lead = label_columns(section, row.label.item) - 1
    before, cells, rest = row.gap.cells[:lead], row.gap.cells[lead : lead + n], row.gap.cells[lead + n :]
    blank = all(is_blank(text[s:e]) for s, e in (*before, *rest))
    return cells if blank and len(cells) == n and row.gap.mode != "spaces" else None
