"""Second proof: a row has as many cells as the form has columns, the header whole and in order.

How much a number of cells says depends on what becomes of a blank one. In a drawing every row is filled up to the table's width; between
bars and tabs a blank is kept, and some programs pad rows to one width; between spaces and on lines it leaves no trace:

    行政许可 | 本年处理决定数量 | 7 |            行政许可    7            行政许可
                                                                        7

`Filled`, `Kept` and `Lost` are what all rows of a table show together of that. `counted` gives the cells of a row that are the form's
by their number; `believed` those by the table's habit of printing blanks (`blanks.py`) if what becomes of blanks allows it; `may_stand`
says no to both where the print around them may hide that a cell is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.form.leftover import is_word_of_form
from parsers.printed.cells import Span, adds_up, evenly_set, is_value_like, may_be_cut, words
from parsers.printed.values import is_blank
from parsers.tables.blanks import label_columns
from parsers.tables.header_geometry import Edges
from parsers.tables.rows import PrintedRow

Cells = tuple[Span, ...]
_GOES_ON = re.compile(  # a line of figures alone, without a bar, or with characters of a label set upright before them
    r"[\s|]*\n[^\S\n]*+(?:[一-鿿、（）]\s++){0,12}\d{1,9}(?:[^\S\n]++\d{1,9})*+[^\S\n]*+(?:\n|$)"
)
_LOOSE = re.compile(r"^[^\S\n]*+\d{1,9}(?:[^\S\n]++\d{1,9})*+[^\S\n]*$", re.MULTILINE)
_VALUES = re.compile(r"[-+]?\d\S*+(?:\s++[-+]?\d\S*+)+")
_REST = re.compile(r"0\d+")  # begins no figure: one is broken by a space
_FEW = 4  # where fewer than one row in so many prints any figure, these may be a column's, printed apart from the labels
_SEVERAL_SHORT = 0.2  # of the rows: so many that lost a cell are no accidents


@dataclass(frozen=True)
class Filled:
    """Rows filled up at their ends: `even` if each has as many cells as the form has columns, so that none was."""

    even: bool
    edges: Edges

    @classmethod
    def of(cls, rows: Sequence[PrintedRow], edges: Edges) -> Filled:
        return cls(all(len(row.cells) == len(row.header.measures) for row in rows), edges)

    def counted(self, text: str, row: PrintedRow) -> Cells | None:
        """All cells where none is blank or no row of the table is filled up; or the first, filled ones of a row that is."""
        count = len(row.header.measures)
        first, rest = row.cells[:count], row.cells[count:]
        filled = len(first) == count and not any(is_blank(text[s:e]) for s, e in first)
        if not rest:
            even = self.even and not may_be_cut(text, row.cells, row.cells[-1][1])
            return first if len(first) == count and (filled or count == 1 or even) else None
        padding = self.edges.reached_by(row.drawn) and not row.header.placed.end and all(is_blank(text[s:e]) for s, e in rest)
        return first if filled and padding else None

    def believed(self, text: str, row: PrintedRow, kept: Cells | None) -> Cells | None:
        """None with an empty end where all rows are of one width: a row that lost a cell is filled up there."""
        return kept if kept and not (self.edges.of_one_width and kept[-1][0] == kept[-1][1]) else None

    def may_stand(self, text: str, row: PrintedRow, cells: Cells) -> bool:
        return True


@dataclass(frozen=True)
class Kept:
    """Rows between bars or tabs.

    `width`: how many cells every row is padded to, labels counted too; None where rows are not padded. `beside`: one column is of
    another kind. `dropped`: blank cells left no trace. `closing`: lines end in a bar, so that a blank at their end is closed there
    too. `moved`: blanks for merged labels may stand before the figures.
    """

    width: int | None
    beside: bool
    dropped: bool
    closing: bool
    moved: bool

    @classmethod
    def of(cls, text: str, rows: Sequence[PrintedRow], habit: Sequence[Cells | None]) -> Kept:
        moved = any(kept and row.cells and kept[0] != row.cells[0] for row, kept in zip(rows, habit, strict=True))
        rows = [row for row in rows if row.keeps_blanks]
        closing = bool(rows) and rows[0].section == "applications" and _lines_close(text, rows)
        return cls(_width(text, rows), _has_column_beside(text, rows), _blanks_dropped(rows), closing, moved)

    def counted(self, text: str, row: PrintedRow) -> Cells | None:
        """The row's first cells when what is printed of it decides them."""
        own = self._own(text, row) if not (self.moved or row.header.leads) else None
        return None if own and may_be_cut(text, own, row.end) else own  # figures may be missing after them

    def believed(self, text: str, row: PrintedRow, kept: Cells | None) -> Cells | None:
        """None with an empty end, which may be the padding of a row that lost a cell, unless all are empty."""
        if row.header.leads and (cells := self._after_lead(text, row)):
            return cells
        short = kept and kept[-1][0] == kept[-1][1] and not all(is_blank(text[s:e]) for s, e in kept)
        return kept if not short else None

    def _after_lead(self, text: str, row: PrintedRow) -> Cells | None:
        """The row's cells after the blanks for its label's width; what follows them must be blank."""
        lead, count = label_columns(row.section, row.item) - 1, len(row.header.measures)
        before, cells, rest = row.cells[:lead], row.cells[lead : lead + count], row.cells[lead + count :]
        whole = len(cells) == count and all(is_blank(text[s:e]) for s, e in (*before, *rest))
        return cells if whole and not may_be_cut(text, cells, row.end) else None

    def may_stand(self, text: str, row: PrintedRow, cells: Cells) -> bool:
        """Not if the row has a line of its own that is short of a cell; where blanks were dropped or figures go on below, only if the
        cells add up."""
        if self.beside or (row.layout == "bars" and _filled_by_next_line(text, row.start, cells, sure=not self.closing)):
            return False
        unsure = self.dropped or _GOES_ON.match(text, cells[-1][1])
        return not unsure or adds_up(text, cells)

    def _own(self, text: str, row: PrintedRow) -> Cells | None:
        count = len(row.header.measures)
        first, rest = row.cells[:count], row.cells[count:]
        empty = [s == e for s, e in row.cells]
        if _filled_by_next_line(text, row.start, first, sure=not row.header.damaged):
            return None
        if len(first) < count or any(not is_blank(text[s:e]) for s, e in rest):
            return None
        unopened = row.last and _opens_with_bar(text, row)  # no bar of a next row follows the last one's own
        padded = row.labels + len(row.cells) + unopened == self.width
        if rest and not padded:  # one cell too many may come of a damaged row, several are padding
            return first if len(rest) > 1 and not any(is_blank(text[s:e]) for s, e in first) else None
        if self.width is not None and not (padded or row.last):
            return None
        # an empty end may be the padding of a row cut short
        return first if self.width is None or not empty[count - 1] or all(empty) else None


@dataclass(frozen=True)
class Lost:
    """Rows whose cells are parted by spaces or the ends of lines alone.

    `unsure`: blank cells leave no trace, there is a column of another kind, or figures were broken. `beside_short`: the rows
    beside one that lost a cell, if any did. `below`: labels may stand below
    their figures, as pdftotext prints tables. `few`: rows print any, so these may be a column's, if not each blank cell is a line.
    `beside`: most figures stand on their label's line. `ending`: few rows end in a space, which then is a blank cell's.
    """

    unsure: bool
    beside_short: frozenset[int]
    below: bool
    few: bool
    beside: bool
    ending: bool

    @classmethod
    def of(cls, text: str, rows: Sequence[PrintedRow], *, glued: bool) -> Lost:
        """`glued`: cells touch their labels."""
        figures = sum(bool(row.cells) for row in rows)
        beside = sum(bool(row.cells) and not _is_below(text, row) for row in rows)
        return cls(
            (not glued and _is_of_another_width(text, rows)) or any(_goes_on_amid_words(text, row) for row in rows),
            frozenset() if glued else _beside_short(text, rows),
            _figures_end(text, rows[0].begin),
            rows[0].section == "applications" and _FEW * figures < len(rows),
            beside > len(rows) / 2,
            2 * sum(_ends_in_space(text, row) for row in rows) < len(rows),
        )

    def counted(self, text: str, row: PrintedRow) -> Cells | None:
        """As many cells, or words in them, as there are columns."""
        if self.few or row.header.leads:
            return None
        count, cells = len(row.header.measures), row.cells
        if len(cells) != count or any(_VALUES.fullmatch(text[s:e]) for s, e in cells):
            cells = words(text, cells)
        broken = any(_REST.fullmatch(text, *cell) for cell in cells)
        if len(cells) != count or not evenly_set(text, cells) or broken:
            return None
        return None if self._doubted(text, row, cells) else cells

    def _doubted(self, text: str, row: PrintedRow, cells: Cells) -> bool:
        if self.ending and _ends_in_space(text, row):
            return True
        if not (self.unsure or self.beside_short) or adds_up(text, cells):
            return False
        on_its_line = row.section == "applications" and "\n" not in text[row.start : cells[-1][1]]
        return self.unsure or not on_its_line or row.start in self.beside_short or _mended_by_an_accident(text, cells)

    def believed(self, text: str, row: PrintedRow, kept: Cells | None) -> Cells | None:
        return kept

    def may_stand(self, text: str, row: PrintedRow, cells: Cells) -> bool:
        """Not if labels stand below their figures; nor if a lone figure does where others do not: it may be a page's number."""
        lone = len(row.cells) == len(row.header.measures) == 1
        return not self.below and not (lone and self.beside and _is_below(text, row))


# -- between bars and tabs -----------------------------------------------------------------------------------------------


def _opens_with_bar(text: str, row: PrintedRow) -> bool:
    line = text.rfind("\n", 0, row.begin) + 1
    return text[line : row.begin].strip() == "|"


def _filled_by_next_line(text: str, start: int, cells: Sequence[Span], *, sure: bool) -> bool:
    """Are there cells on the label's line, and the rest blank ones of the lines below, which may be another row's? If the columns
    are `sure`, a row of figures alone may go on so: a bar at the beginning of the next line closes its blank."""
    line = text.find("\n", start)
    here = [(s, e) for s, e in cells if line < 0 or (e <= line and (s < e or "|" in text[e:line]))]
    filled = all(s < e for s, e in here)
    return 1 < len(here) < len(cells) and not any(s < e for s, e in cells[len(here) :]) and not (filled and sure)


def _has_column_beside(text: str, rows: Sequence[PrintedRow]) -> bool:
    """Do most rows print more figures than the form has columns? Then one column is another's."""
    more = (any(not is_blank(text[s:e]) for s, e in row.cells[len(row.header.measures) :]) for row in rows)
    return 2 * sum(more) > len(rows)


def _blanks_dropped(rows: Sequence[PrintedRow]) -> bool:
    """Is there no blank cell at all, and yet several rows print too few? Then blank cells left no trace, and as many cells as there
    are columns need not be theirs."""
    inner = [row for row in rows if not row.last]
    short = sum(len(row.cells) < len(row.header.measures) for row in inner)
    return short > 1 and not any(s == e for row in inner for s, e in row.cells)


def _width(text: str, rows: Sequence[PrintedRow]) -> int | None:
    """How many cells every row of a padded table has, labels and padding included; None where rows are not padded."""
    inner = [row for row in rows if row.layout == "bars" and not row.last]
    padding = [span for row in inner for span in row.cells[len(row.header.measures) :]]
    if not padding or any(not is_blank(text[s:e]) for s, e in padding):
        return None
    (width, count), *_ = Counter(row.labels + len(row.cells) for row in inner).most_common(1)
    return width if count >= 0.8 * len(inner) else None


def _lines_close(text: str, rows: Sequence[PrintedRow]) -> bool:
    """Do the lines of most rows between bars end in a bar, so that a blank at their end is closed there too?"""
    whole = [row for row in rows if row.layout == "bars" and len(row.cells) >= len(row.header.measures)]
    lasts = [(row, *row.cells[len(row.header.measures) - 1]) for row in whole]
    ends = [(text[e : row.end].partition("\n")[0], "\n" in text[row.start : s]) for row, s, e in lasts if s < e]
    return 2 * sum("|" in rest and not below for rest, below in ends) > len(ends)


# -- by spaces and on lines ------------------------------------------------------------------------------------------------


def _is_of_another_width(text: str, rows: Sequence[PrintedRow]) -> bool:
    """Do most rows print more figures than the form has columns, so that one column is of another kind, or several rows fewer?"""
    counts = [(len(row.cells), len(words(text, row.cells)), len(row.header.measures)) for row in rows if not row.keeps_blanks]
    more = sum(count < found and (cells != count or count == 1) for cells, found, count in counts)
    return more > len(rows) / 2 or sum(found < count for _, found, count in counts) > _SEVERAL_SHORT * len(rows)


def _beside_short(text: str, rows: Sequence[PrintedRow]) -> frozenset[int]:
    """Where the rows begin that stand beside one with too few figures: theirs may be its."""
    short = [False, *(len(words(text, row.cells)) < len(row.header.measures) for row in rows), False]
    return frozenset(row.start for at, row in enumerate(rows) if short[at] or short[at + 2])


def _mended_by_an_accident(text: str, cells: Cells) -> bool:
    """Would a row that lost a blank cell add up without its first or last figure, which then is none of the row's, or with two of
    them in one, which then were broken? If not, as many figures as columns are the row's own, and it is the report that errs.

    >>> [_mended_by_an_accident(row, words(row, ((0, len(row)),))) for row in ("9 2 3 5", "1 2 5 17", "1 2 5 9")]
    [True, True, False]
    """
    figures = [text[start:end] for start, end in cells]
    joined = [[*figures[:at], figures[at] + figures[at + 1], *figures[at + 2 :]] for at in range(len(figures) - 1)]
    lines = map(" ".join, [figures[1:], figures[:-1], *joined])
    return any(adds_up(line, words(line, ((0, len(line)),))) for line in lines)


def _figures_end(text: str, place: int) -> bool:
    """Is the line before a label one of figures?"""
    above = (
        re.sub(r"(?<![一二三四五六七（()）、.．,，\s])[一二三四五六七（()）、.．,，\s]+$", "", text[max(0, place - 200) : place])
        .rsplit("\n", 1)[-1]
        .split()
    )
    return any(char.isdigit() for word in above for char in word) and all(map(is_value_like, above))


def _is_below(text: str, row: PrintedRow) -> bool:
    """Do the row's cells begin below its label's line?"""
    return bool(row.cells) and "\n" in text[row.start : row.cells[0][0]]


def _goes_on_amid_words(text: str, row: PrintedRow) -> bool:
    """Does a line of figures alone follow the row's, only pieces of the form's labels between them?"""
    line = _LOOSE.search(text, row.rest, row.end) if not row.keeps_blanks else None
    return line is not None and all(map(is_word_of_form, text[row.rest : line.start()].split()))


def _ends_in_space(text: str, row: PrintedRow) -> bool:
    """Does a line of words end in a space?"""
    if row.keeps_blanks or not row.cells or "\n" in text[row.cells[0][0] : row.cells[-1][1]]:
        return False
    return bool(re.match(r" +\n", text[row.cells[-1][1] : row.end]))
