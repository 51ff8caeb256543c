"""Tables whose columns are given by position alone: words set under one another, no line drawn, as pdftotext -layout, pdfplumber and
pypdf with their layouts, and w3m without borders print them.

    信息内容             本年制发件数    本年废止件数    现行有效件数
    规章                          5                            62
    行政规范性文件               31               2           578

Figures on a line belong to the columns whose header words stand above them. Where header words and figures of every row keep to
their columns, a figure is the column's in which it stands, and a blank one is seen. Where they do not (programs that print a page
as text move what follows a long word), only a row of as many figures as there are columns is sure. Any other row is one cell of
all that is printed of it: its columns are lost, unless its figures are broken over lines (parsers/printed/broken_figures.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from parsers.documents.set_tables.column_headings import ColumnHeadings, find_column_headings
from parsers.documents.set_tables.side_labels import LabelledFigures, rows
from parsers.printed.broken_figures import set_out
from parsers.printed.canonical import GridCell
from parsers.printed.lines import APART, BEGINS, Line, Stretch, Word, joined, overlap, runs

ROWS = 4  # so many, of three figures or more, show that a table is one; one of so many has a figure in the last column
MAX_TABLES = 200  # no document has more
MAX_COLUMNS = 40
MAX_LINES = 1000  # no table of a report has more
_ARTICLE = re.compile("第.{1,4}[章条]")  # heads a table of its own


@dataclass(frozen=True)
class Columned:
    """A table: its first and last + 1 line, its rows of cells, and how many lines of figures it has in three columns or more."""

    first: int
    last: int
    rows: tuple[tuple[GridCell, ...], ...]
    size: int
    beside: tuple[str, ...] = ()


def find_columned(lines: Sequence[Line], *, exact: bool) -> list[Columned]:
    """The tables in lines of print, from the top; none unless one of them has rows enough to show that it is one.

    `exact`: all places are as printed. Programs that print a page as text move words; then the header alone says little.
    """
    parts = list(islice(_parts(lines), MAX_TABLES + 1))
    if len(parts) > MAX_TABLES:
        return []
    found = [table for figures, floor in parts if (table := _table(lines, figures, floor, exact))]
    return found if any(table.size >= ROWS for table in found) else []


def _parts(lines: Sequence[Line]) -> Iterator[tuple[list[int], int]]:
    """The lines of figures of each table, and the line down to which what stands above them is another's."""
    part: list[int] = []
    floor, widest = 0, 0.0
    for number, line in enumerate(lines):
        if not line.figures:
            continue
        begin = line.figures[0].begin
        widest = max(widest, line.label[-1].end if line.label else 0.0)
        edge = min(widest or begin, begin)
        between = lines[part[-1] + 1 if part else number : number]
        above = [run for other in between for run in runs(other.words)]
        if any(_ARTICLE.match(run.text) or (run.begin >= edge and run.end > ((widest or begin) + begin) / 2) for run in above):
            yield part, floor
            part, floor, widest = [], part[-1] + 1, line.label[-1].end if line.label else 0.0
        part.append(number)
    if part:
        yield part, floor


def _table(lines: Sequence[Line], figures: Sequence[int], floor: int, exact: bool) -> Columned | None:
    head = find_column_headings(lines, figures, floor, exact)
    if head is None or figures[-1] - head.last > MAX_LINES or len(head.columns) > MAX_COLUMNS:
        return None
    last = figures[-1]
    label = max((n for n in range(head.last + 1, last + 1) if lines[n].label), default=last)
    while last + 1 < len(lines) and _goes_on(lines[label], lines[last + 1]):
        last = label = last + 1
    body = rows({n: lines[n] for n in range(head.last + 1, last + 1) if lines[n].words})
    width = len(head.columns) or max(len(lines[n].figures) for n in figures)
    placed = _placed(lines, head, body, width, exact)
    labelled = bool(head.left) or any(row.label for row in body)
    printed = (line for row, cells in zip(body, placed, strict=True) for line in _rows(lines, row, cells, width))
    grid = [*head.rows(lines, width, side_labels=labelled), *printed]
    if not labelled:
        grid = [row[1:] for row in grid]
    return Columned(head.first, last + 1, tuple(grid), len(figures) if width > 2 else 0)


def _goes_on(last: Line, following: Line) -> bool:
    """Is the next line the rest of the last row's label?"""
    here, below = runs(last.label), runs(following.label)
    if not here or len(below) != 1 or following.figures or BEGINS.match(below[0].text):
        return False
    return below[0].begin >= here[-1].begin - APART and below[0].end <= here[-1].end + APART


def _placed(
    lines: Sequence[Line], head: ColumnHeadings, body: Sequence[LabelledFigures], width: int, exact: bool
) -> list[list[str] | None]:
    """Each row's figures by columns, "" for a blank one; None for a row whose columns are lost."""
    result: list[list[str] | None] = [None] * len(body)
    printed = {at: lines[row.figures[0]] for at, row in enumerate(body) if row.sure and row.figures}
    parts = _set_alike(lines, body)
    for part in {parts[at] for at in printed}:
        own = [at for at in printed if parts[at] == part]
        figures = [printed[at].figures for at in own]
        if max(map(len, figures)) > width:  # the header lacks a word
            continue
        columns = _columns(figures, head.columns if part == (lines[head.last].sheet, 0) else (), width, exact)
        if columns:
            blank = [at for at in range(own[0], own[-1]) if body[at].is_blank] if all(row.label for row in body) else []
            for at in (*own, *blank):
                words = printed[at].figures if at in printed else ()
                result[at] = [next((w.text for w in words if overlap(w, column)), "") for column in columns]
        elif all(len(words) == width for words in figures):
            for number, at in enumerate(own):
                beside = [*figures[max(number - 1, 0) : number], *figures[number + 1 : number + 2]]
                result[at] = [w.text for w in figures[number]] if _in_line(figures[number], beside, head.columns) else None
    return result


def _set_alike(lines: Sequence[Line], body: Sequence[LabelledFigures]) -> list[tuple[int, int]]:
    """For each row its sheet and which part of the table it is in: where numbered labels begin elsewhere than those before, another
    table has begun that has no header of its own, and columns of its own. Of the first two labels that differ nobody knows which
    is set as the header is."""
    begins = [row.label.begin if row.label and re.match(r"\d", row.label.text) else None for row in body]
    numbered = [begin for begin in begins if begin is not None]
    alone = len(numbered) > 1 and abs(numbered[0] - numbered[1]) > 0.5
    found, part, last = [], 0, None
    for row, begin in zip(body, begins, strict=True):
        if begin is not None:
            part += alone if last is None else abs(begin - last) > 0.5
            last = begin
        found.append((lines[row.line].sheet, part))
    return found


def _columns(figures: Sequence[Sequence[Word]], head: Sequence[Stretch], width: int, exact: bool) -> list[Word] | None:
    """How far each column reaches, where every figure stands in one column of its own; else None."""
    full: list[Sequence[Stretch]] = [words for words in figures if len(words) == width]
    if not (exact or len(full) > 1 or len(figures) >= ROWS):
        return None
    full += [head] if len(head) == width else []
    if not full:
        return None
    columns = [Word("", min(w.begin for w in words), max(w.end for w in words)) for words in zip(*full, strict=True)]
    under = [[k for k, column in enumerate(columns) if overlap(column, word)] for words in figures for word in words]
    alone = [max(Counter(k for word in words for k in range(width) if overlap(columns[k], word)).values(), default=0) for words in figures]
    if any(left.end > right.begin for left, right in pairwise(columns)) or any(len(ks) != 1 for ks in under) or max(alone, default=0) > 1:
        return None
    if len(figures) >= ROWS and [width - 1] not in under:  # all may have moved
        return None
    return columns


def _in_line(row: Sequence[Word], beside: Sequence[Sequence[Word]], head: Sequence[Stretch]) -> bool:
    """Does each figure of a row stand clear of the next, so that no two are the parts of one, or nearest to the header word of its
    place, or to that figure of the row above or below?"""
    if not beside or all(right.begin - left.end >= APART for left, right in pairwise(row)):
        return True
    return any(len(other) == len(row) and _nearest(row, other) == [*range(len(row))] for other in (*beside, head))


def _nearest(row: Sequence[Word], other: Sequence[Stretch]) -> list[int]:
    return [min(range(len(other)), key=lambda k: abs(other[k].begin + other[k].end - word.begin - word.end)) for word in row]


def _rows(lines: Sequence[Line], row: LabelledFigures, cells: list[str] | None, width: int) -> Iterator[tuple[GridCell, ...]]:
    """The row as its cells; as one cell if its columns are lost. Lines of figures that cannot be put together stay apart."""
    groups = joined(group.text for group in row.groups)
    label = row.label.text if row.label else ""
    before = (GridCell(groups), GridCell(label)) if groups else (GridCell(label, 1, 2),)
    printed = [lines[n].figures for n in row.figures]
    if cells is not None:
        yield *before, *map(GridCell, cells)
    elif not printed:
        yield before
    elif row.is_broken and (whole := set_out(printed, width)):
        yield *before, GridCell(whole, 1, width)
    else:
        for words in printed:
            yield *before, GridCell(" ".join(word.text for word in words), 1, width)
            before = (GridCell("", 1, 2),)
