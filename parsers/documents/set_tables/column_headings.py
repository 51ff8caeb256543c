"""The column headings of a table set in columns: the words above its figures, which columns they head, which stand over several columns.

                                       法人或其他组织
    申请人情况            自然人   商业   科研   社会公   法律服   其他   总计
                                   企业   机构   益组织   务机构
    一、本年新收 …            12      3      0        0        1      0     16

As pdftotext -layout, pdfplumber and pypdf print it; in narrow columns a word stands on as many lines as it has characters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parsers.printed.canonical import GridCell
from parsers.printed.lines import APART, BEGINS, Line, Word, joined, overlap, runs

HEADER_LINES = 14  # that print something
_BLANK_LINES = 6  # in a row, within a header
_NEAR_LINES = 3  # from one line of a cell to the next: lines of other cells may stand between them
_SAME = 0.1  # of a character's width: places as near as this are one
_HAN = re.compile("[一-鿿]+")
_PROSE = re.compile(".{41}|.*[。；：！？]$")  # no word of a header is so long, or ends so


class Column(NamedTuple):
    """A column's header: its words as one, from where to where they reach, and the words by line."""

    text: str
    begin: float
    end: float
    words: tuple[tuple[int, Word], ...]


@dataclass(frozen=True)
class ColumnHeadings:
    """From its first line to its last: what stands over the labels, the columns, and, with their lines, the words over several."""

    first: int
    last: int
    left: str
    columns: tuple[Column, ...]
    over: tuple[tuple[int, Word], ...]

    def rows(self, lines: Sequence[Line], width: int, *, side_labels: bool) -> Iterator[tuple[GridCell, ...]]:
        """Its rows over `width` columns, two over the side labels before them; if it has not so many, the lines it is printed in.

        Beside side labels, below words over several columns on two lines, each line is a row: words of two lines need not stand in the order of
        their places. Else each column's words are one cell.
        """
        if len(self.columns) != width:
            if self.left:
                yield (GridCell(self.left, 1, 2),)
            for line in lines[self.first : self.last + 1]:
                words = [word.text for word in line.words if not self.columns or word.end > self.columns[0].begin]
                if words:
                    yield (GridCell(" ".join(words), 1, width + 2),)
            return
        by_line = side_labels and len({number for number, _ in self.over}) > 1
        for number in range(self.first, self.last + 1):
            pieces = {
                k: GridCell(word.text) for k, column in enumerate(self.columns) for n, word in column.words if n == number and by_line
            }
            cells = self._over([word for n, word in self.over if n == number], pieces)
            if cells or by_line:
                yield GridCell("", 1, 2), *cells
        columns = [GridCell("" if by_line else column.text) for column in self.columns]
        if self.left or not by_line:
            yield GridCell(self.left, 1, 2), *columns

    def _over(self, words: Sequence[Word], pieces: dict[int, GridCell]) -> list[GridCell]:
        """A row of the columns' own pieces with words over the free columns between them, over two at least where there are two."""
        cells = dict(pieces)
        covered: set[int] = set(pieces)
        for word in words:
            free = [k for k in range(len(self.columns)) if k not in covered]
            near = sorted(free, key=lambda k: (not overlap(self.columns[k], word), abs(self.columns[k].begin - word.begin)))
            under = sorted({*near[:2], *(k for k in free if overlap(self.columns[k], word))})
            run = [k for at, k in enumerate(under) if k - under[0] == at]
            if run:
                cells[run[0]] = GridCell(word.text, 1, len(run))
                covered |= {*run}
        inside = covered - cells.keys()
        return [cells.get(k, GridCell("")) for k in range(len(self.columns)) if k not in inside] if cells else []


def find_column_headings(lines: Sequence[Line], figures: Sequence[int], floor: int, exact: bool) -> ColumnHeadings | None:
    """The column headings above a table's lines of figures and below the line `floor`; None if nothing stands there.

    `exact`: words of full cells may stand so close that they are one.
    """
    found = _lines(lines, figures, floor)
    if not found:
        return None
    top, bottom = found[-1], found[0]
    most = max(len(lines[n].figures) for n in figures)
    labelled = next((n for n in figures if lines[n].label), None)
    below = range(bottom + 1, (figures[0] if labelled is None else labelled) + 1)
    side_labels = [run for n in below for run in runs(lines[n].label)]
    columns, over = _best(lines, range(top, bottom + 1), side_labels, most, exact)
    if top < bottom and len(columns) - most == 1 + (labelled is not None):  # a word over all columns that stands over none
        alone = [column for column in columns if Word(*column[:3]) in lines[top].words][:1]
        over += [(top, Word(*column[:3])) for column in alone]
        columns = [column for column in columns if column not in alone]
    left = _over_side_labels(columns, side_labels)
    edge = min(lines[n].figures[0].begin for n in figures)
    if side_labels and left < len(columns) - most <= left + 1 and (not left or most > 2) and columns[left].end <= edge:
        left += 1  # what heads the labels stands in their middle, or has a word apart
    begin = columns[left].begin if left < len(columns) else edge
    words = [word for line in lines[top : bottom + 1] for word in line.words if word.begin + word.end < 2 * begin]
    over = [(number, word) for number, word in over if word not in words]
    return ColumnHeadings(top, bottom, joined(word.text for word in words), tuple(columns[left:]), tuple(over))


def _best(
    lines: Sequence[Line], numbers: range, side_labels: Sequence[Word], most: int, exact: bool
) -> tuple[list[Column], list[tuple[int, Word]]]:
    """The columns and the words over several, by whichever way to tell the words gives as many columns as there are figures."""
    printed = {n: lines[n].words for n in numbers}
    begins = {word.begin for words in printed.values() for word in words}
    cut = {n: [piece for word in words for piece in _cut(word, begins)] for n, words in printed.items()} if exact else printed
    spaced = {n: _spaced_out(words) for n, words in printed.items()}
    ways = [_columns(words) for words in (spaced, printed, cut)]
    spare = [len(columns) - _over_side_labels(columns, side_labels) - most for columns, _ in ways]
    fitting = [way for wanted in (0, 1) for way, more in zip(ways, spare, strict=True) if more == wanted]
    best = fitting[0] if fitting else ways[0]
    return ways[-1] if ways[-1] in fitting and len(ways[-1][1]) + 2 < len(best[1]) else best  # a word cut is no longer over several


def _over_side_labels(columns: Sequence[Column], side_labels: Sequence[Word]) -> int:
    """How many columns stand over the labels."""
    return next((k for k, column in enumerate(columns) if not any(overlap(column, run) for run in side_labels)), 0)


def _lines(lines: Sequence[Line], figures: Sequence[int], floor: int) -> list[int]:
    """The lines above the first line of figures, from below, that print something right of the labels; none if they are too many."""
    edge = next((lines[n].label[-1].end for n in figures if lines[n].label), None)
    begin = lines[figures[0]].figures[0].begin
    found: list[int] = []
    blank = 0
    for number in range(figures[0] - 1, floor - 1, -1):
        printed = runs(lines[number].words)
        blank = 0 if printed else blank + 1
        beside = any(word.end > begin if edge is None else word.begin >= edge for word in lines[number].words)
        is_prose = beside and any(_PROSE.match(run.text) for run in printed)
        is_heading = len(printed) == 1 and BEGINS.match(printed[0].text) and (beside or found)
        if blank > _BLANK_LINES or is_prose or is_heading:
            break
        if beside:
            found.append(number)
    return found if len(found) <= HEADER_LINES else []


def _cut(word: Word, begins: Collection[float]) -> Iterator[Word]:
    """A word of Chinese characters cut where on another line a word begins just as one of them does."""
    width = (word.end - word.begin) / len(word.text)
    places = [n for n in range(1, len(word.text)) if any(abs(word.begin + n * width - begin) < _SAME * width for begin in begins)]
    if not _HAN.fullmatch(word.text):
        places = []
    for first, last in pairwise([0, *places, len(word.text)]):
        yield Word(word.text[first:last], word.begin + first * width, word.begin + last * width)


def _columns(printed: Mapping[int, Sequence[Word]]) -> tuple[list[Column], list[tuple[int, Word]]]:
    """The columns that header words on numbered lines form, each word under the ones above it, and the words over several columns."""
    columns: list[list[tuple[int, Word]]] = []
    over: list[tuple[int, Word]] = []
    for number, words in sorted(printed.items(), reverse=True):
        below = [*columns]
        if over:  # above a word over several columns stands none of one
            over += [(number, word) for word in words]
            continue
        for word in words:
            under = [column for column in below if overlap(_whole(column), word)]
            if not under:
                columns.append([(number, word)])
            elif len(under) == 1 and not _is_over(word, number, under[0]):
                under[0].insert(0, (number, word))
            else:
                over.append((number, word))
    return sorted(map(_whole, columns), key=lambda column: column.begin), over


def _whole(column: Sequence[tuple[int, Word]]) -> Column:
    words = [word for _, word in column]
    return Column(joined(w.text for w in words), min(w.begin for w in words), max(w.end for w in words), tuple(column))


def _is_over(word: Word, number: int, column: Sequence[tuple[int, Word]]) -> bool:
    """Is a word above a column far from it, or so wide that the first two lines of the column had not been broken beside it?"""
    widths = [below.end - below.begin for _, below in column[:2]]
    return column[0][0] - number > _NEAR_LINES or (len(widths) > 1 and word.end - word.begin > sum(widths) + 0.5)


def _spaced_out(words: Sequence[Word]) -> list[Word]:
    """Words, single characters a space apart (总 计) as one."""
    found = list(words[:1])
    for before, word in pairwise(words):
        if len(word.text) == len(before.text) == 1 and word.begin - before.end < APART:
            found[-1] = Word(found[-1].text + word.text, found[-1].begin, word.end)
        else:
            found.append(word)
    return found
