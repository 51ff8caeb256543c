"""Rows of running text under their columns: which of the cells printed after a label are the row's, by all rows of the table.

Cells belong to columns only if the text shows exactly as many as the header has; else the row's range is handed on as torn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.gaps import SEVERAL_FIGURES, Span, adds_up, is_value_like, may_be_cut, trim, words
from parsers.habit import Fields, depth, settled
from parsers.leftover import is_word_of_form
from parsers.model import Note
from parsers.printed_row import PrintedRow, cells_after_lead, filled_by_next_line, own_cells
from parsers.rows import FormRow, PrintedCell, TableRows, TornRow
from parsers.values import is_blank

_LOOSE = re.compile(r"^[^\S\n]*\d{1,9}(?:[^\S\n]+\d{1,9})*[^\S\n]*$", re.MULTILINE)
_GOES_ON = re.compile(r"[\s|]*\n[^\S\n]*\d{1,9}(?:[^\S\n]+\d{1,9})*[^\S\n]*(?:\n|$)")  # a line of figures alone, without a bar
_FEW = 4  # where fewer than one row in so many prints any figure, these may be a column's, printed apart from the labels


@dataclass(frozen=True)
class Placement:
    """The columns that a row's cells belong to."""

    measures: tuple[str, ...]
    money: tuple[str | None, ...]
    editions: tuple[str, ...]
    doubt: str | None = None
    in_order: bool = True
    leads: bool = False  # blank cells are printed for the width of a merged label, before the row's figures


def rows_by_columns(text: str, section: str, placed: Sequence[tuple[PrintedRow, Placement]], notes: list[Note]) -> TableRows:
    """The rows whose cells the text shows to be under their columns, and those of which it does not; `notes` are handed on."""
    width = _width(text, placed)
    touching = sum(_touches_label(text, row) for row, _ in placed)
    glued = 2 * touching > sum(bool(row.gap.cells) for row, _ in placed)  # where cells stand apart from labels, so do the digits
    spaced = [(len(row.gap.cells), len(words(text, row.gap.cells)), len(to.measures)) for row, to in placed if row.gap.mode == "spaces"]
    more = (
        sum(count < found and (cells != count or count == 1) for cells, found, count in spaced) > len(placed) / 2
    )  # there is a column of another kind
    lost = not glued and (more or any(found < count for _, found, count in spaced))
    foreign = _has_foreign_column(text, placed)
    dropped = _blanks_dropped(placed)
    ending = [_ends_in_space(text, row) for row, _ in placed]
    before = any(row.gap.mode == "spaces" for row, _ in placed) and _figures_end(text, placed[0][0].label.numbered_from)
    few = section == "applications" and _FEW * sum(bool(row.gap.cells) for row, _ in placed) < len(placed)
    beside = sum(bool(row.gap.cells) and not _is_below(text, row) for row, _ in placed)
    by_habit = _by_habit(text, section, placed)
    loose = any(_goes_on_amid_words(text, row) for row, _ in placed if row.gap.mode == "spaces")
    crowded = any(SEVERAL_FIGURES.fullmatch(text, *cell) for row, _ in placed if row.gap.mode != "spaces" for cell in row.gap.cells)
    closing = section == "applications" and _lines_close(text, placed)
    moved = any(kept and row.gap.cells and kept[0] != row.gap.cells[0] for (row, _), kept in zip(placed, by_habit, strict=True))
    rows: list[FormRow] = []
    apart: list[TornRow] = []
    for (row, to), kept, spaced_out in zip(placed, by_habit, ending, strict=True):
        cells = own_cells(text, row, len(to.measures), width) if not to.leads else cells_after_lead(text, section, row, len(to.measures))
        if cells is not None and (lost or loose) and row.gap.mode == "spaces" and not adds_up(text, cells):
            cells = None  # as many numbers as columns need not be theirs in a text that lost its blank cells, or broke its figures
        if foreign and row.gap.mode != "spaces":
            cells = kept = None
        if row.gap.mode != "spaces" and ((moved and not to.leads) or (cells and may_be_cut(text, cells, row.end))):
            cells = None  # blanks for merged labels may stand before the figures, and figures be missing after them
        if spaced_out and 2 * sum(ending) < len(placed):
            cells = None  # a space after the last word, where other rows have none, is a blank cell's
        if row.gap.mode == "spaces" and len(row.gap.cells) == len(to.measures) == 1 and beside > len(placed) / 2 and _is_below(text, row):
            cells = kept = None  # a lone figure below its label, where others stand beside theirs, may be a page's number
        if (before or few) and row.gap.mode == "spaces":  # as pdftotext prints tables: a label may stand below its figures, or
            cells, kept = None, None if before else kept  # they be a column's, but not where each blank cell is a line
        cells = cells or (kept if row.gap.mode == "spaces" or not _may_be_short(text, kept) else None)
        if cells and row.gap.mode == "pipes" and filled_by_next_line(text, row.label.end, cells, sure=not closing):
            cells = None  # the row has a line of its own that is short of a cell
        if cells is not None and row.gap.mode != "spaces" and (dropped or _GOES_ON.match(text, cells[-1][1])) and not adds_up(text, cells):
            cells = None
        if cells is not None and crowded and any(s == e for s, e in cells):
            cells = None  # figures ran together into other cells and left theirs empty
        if cells is not None:
            printed = tuple(PrintedCell(m, s, e, unit) for m, (s, e), unit in zip(to.measures, cells, to.money, strict=True))
            rows.append(FormRow(section, row.label.item, to.editions, printed, to.doubt))
        elif row.gap.cells:
            apart.append(torn_row(text, section, row, replace(to, in_order=to.in_order and glued)))
    return TableRows(tuple(rows), tuple(apart), tuple(notes))


def _figures_end(text: str, place: int) -> bool:
    """Is the line before a label one of figures?"""
    above = re.sub(r"[一二三四五六七（()）、.．,，\s]+$", "", text[max(0, place - 200) : place]).rsplit("\n", 1)[-1].split()
    return any(char.isdigit() for word in above for char in word) and all(map(is_value_like, above))


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


def _has_foreign_column(text: str, placed: Sequence[tuple[PrintedRow, Placement]]) -> bool:
    """Do most rows between bars or tabs print more figures than the form has columns? Then one column is another's."""
    rows = [(row.gap.cells, len(to.measures)) for row, to in placed if row.gap.mode != "spaces"]
    return 2 * sum(any(not is_blank(text[s:e]) for s, e in cells[n:]) for cells, n in rows) > len(rows)


def _blanks_dropped(placed: Sequence[tuple[PrintedRow, Placement]]) -> bool:
    """Do bars or tabs enclose no blank cell at all, and yet several rows print too few? Then blank cells left no trace, and as
    many cells as there are columns need not be theirs."""
    rows = [(row.gap.cells, len(to.measures)) for row, to in placed if row.gap.mode != "spaces" and not row.last]
    return sum(len(cells) < n for cells, n in rows) > 1 and not any(s == e for cells, _ in rows for s, e in cells)


def _is_below(text: str, row: PrintedRow) -> bool:
    """Do the row's cells begin below its label's line?"""
    return bool(row.gap.cells) and "\n" in text[row.label.end : row.gap.cells[0][0]]


def _goes_on_amid_words(text: str, row: PrintedRow) -> bool:
    """Does a line of figures alone follow the row's, only pieces of the form's labels between them?"""
    line = _LOOSE.search(text, row.gap.rest, row.end)
    return line is not None and all(map(is_word_of_form, text[row.gap.rest : line.start()].split()))


def _ends_in_space(text: str, row: PrintedRow) -> bool:
    """Does a line of words end in a space?"""
    if row.gap.mode != "spaces" or not row.gap.cells or "\n" in text[row.gap.cells[0][0] : row.gap.cells[-1][1]]:
        return False
    return bool(re.match(r" +\n", text[row.gap.cells[-1][1] : row.end]))


def _may_be_short(text: str, cells: tuple[Span, ...] | None) -> bool:
    """In a table padded to one width the empty end of a row may be the padding of a row that lost a cell."""
    return cells is not None and cells[-1][0] == cells[-1][1] and not all(is_blank(text[s:e]) for s, e in cells)


def torn_row(text: str, section: str, row: PrintedRow, to: Placement) -> TornRow:
    """The row with its cells under no column."""
    start, end = trim(text, row.label.end, row.gap.rest)
    return TornRow(section, row.label.item, to.editions, to.measures, start, end, to.money, to.in_order)


def _touches_label(text: str, row: PrintedRow) -> bool:
    """Is the text glued together here? Where cells stand apart from labels, no digits are to be cut further."""
    start, end = trim(text, row.label.end, row.gap.rest)
    return start < end and (start == row.label.end or end == row.end < len(text))


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
