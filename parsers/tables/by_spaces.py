"""Rows of running text whose cells are parted by spaces or the ends of lines alone: blank cells leave no trace, so that as many
figures as there are columns need not be theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.form.leftover import is_word_of_form
from parsers.printed.cells import Span, adds_up, evenly_set, is_value_like, words
from parsers.tables.printed_row import Placement, PrintedRow

_LOOSE = re.compile(r"^[^\S\n]*\d{1,9}(?:[^\S\n]+\d{1,9})*[^\S\n]*$", re.MULTILINE)
_VALUES = re.compile(r"[-+]?\d\S*(?:\s+[-+]?\d\S*)+")
_REST = re.compile(r"0\d+")  # begins no figure: one is broken by a space
_FEW = 4  # where fewer than one row in so many prints any figure, these may be a column's, printed apart from the labels


@dataclass(frozen=True)
class Spaced:
    """What the rows of a table show together.

    `unsure`: blank cells were lost, there is a column of another kind, or figures were broken. `below`: labels may stand below
    their figures, as pdftotext prints tables. `few`: rows print any, so these may be a column's, if not each blank cell is a line.
    `beside`: most figures stand on their label's line. `ending`: few rows end in a space, which then is a blank cell's.
    """

    unsure: bool
    below: bool
    few: bool
    beside: bool
    ending: bool

    @classmethod
    def of(cls, text: str, section: str, placed: Sequence[tuple[PrintedRow, Placement]], *, glued: bool) -> Spaced:
        """`glued`: cells touch their labels."""
        rows = [row for row, _ in placed]
        figures = sum(bool(row.gap.cells) for row in rows)
        beside = sum(bool(row.gap.cells) and not _is_below(text, row) for row in rows)
        return cls(
            (not glued and _lost_blanks(text, placed)) or any(_goes_on_amid_words(text, row) for row in rows),
            _figures_end(text, rows[0].label.numbered_from),
            section == "applications" and _FEW * figures < len(rows),
            beside > len(rows) / 2,
            2 * sum(_ends_in_space(text, row) for row in rows) < len(rows),
        )

    def cells(self, text: str, row: PrintedRow, to: Placement, kept: tuple[Span, ...] | None) -> tuple[Span, ...] | None:
        """The cells under the row's columns, if these are sure. `kept`: those it has by the habit of its table."""
        lone = len(row.gap.cells) == len(to.measures) == 1
        if self.below or (lone and self.beside and _is_below(text, row)):  # the lone figure may be a page's number
            return None
        own = _own_cells(text, row, len(to.measures)) if not (to.leads or self.few) else None
        if own and ((self.unsure and not adds_up(text, own)) or (self.ending and _ends_in_space(text, row))):
            own = None
        return own or kept


def _own_cells(text: str, row: PrintedRow, n: int) -> tuple[Span, ...] | None:
    cells = row.gap.cells
    if len(cells) != n or any(map(_VALUES.fullmatch, (text[s:e] for s, e in cells))):
        cells = words(text, cells)
    broken = any(_REST.fullmatch(text, *cell) for cell in cells)
    return cells if len(cells) == n and evenly_set(text, cells) and not broken else None


def _lost_blanks(text: str, placed: Sequence[tuple[PrintedRow, Placement]]) -> bool:
    """Does a row print fewer figures than the form has columns, or do most print more, so that one column is of another kind?"""
    spaced = [(len(row.gap.cells), len(words(text, row.gap.cells)), len(to.measures)) for row, to in placed if row.gap.mode == "spaces"]
    more = sum(count < found and (cells != count or count == 1) for cells, found, count in spaced)
    return more > len(placed) / 2 or any(found < count for _, found, count in spaced)


def _figures_end(text: str, place: int) -> bool:
    """Is the line before a label one of figures?"""
    above = re.sub(r"[一二三四五六七（()）、.．,，\s]+$", "", text[max(0, place - 200) : place]).rsplit("\n", 1)[-1].split()
    return any(char.isdigit() for word in above for char in word) and all(map(is_value_like, above))


def _is_below(text: str, row: PrintedRow) -> bool:
    """Do the row's cells begin below its label's line?"""
    return bool(row.gap.cells) and "\n" in text[row.label.end : row.gap.cells[0][0]]


def _goes_on_amid_words(text: str, row: PrintedRow) -> bool:
    """Does a line of figures alone follow the row's, only pieces of the form's labels between them?"""
    line = _LOOSE.search(text, row.gap.rest, row.end) if row.gap.mode == "spaces" else None
    return line is not None and all(map(is_word_of_form, text[row.gap.rest : line.start()].split()))


def _ends_in_space(text: str, row: PrintedRow) -> bool:
    """Does a line of words end in a space?"""
    if row.gap.mode != "spaces" or not row.gap.cells or "\n" in text[row.gap.cells[0][0] : row.gap.cells[-1][1]]:
        return False
    return bool(re.match(r" +\n", text[row.gap.cells[-1][1] : row.end]))
