"""Tables whose columns are given by position alone: words set under one another, no line drawn.

Figures on a line belong to the columns whose header words stand above them. Where header words and figures of every row keep to
their columns, a figure is the column's in which it stands, and a blank one is seen. Where they do not (programs that print a page
as text move what follows a long word), only a row of as many figures as there are columns is sure. Any other row is one cell of
all that is printed of it, whose columns are lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.canonical import GridCell
from parsers.stub import APART, BEGINS, Label, Row, Word, is_figure, joined, labels, overlap, rows, runs
from parsers.values import Unreadable, parse_value

ROWS = 4  # that hold figures: of so many, one holds one in the last column
HEADER_LINES = 14  # that print something
_BLANK_LINES = 6  # in a row, within a header
ARTICLE = re.compile("第.{1,4}[章条]")  # heads a table of its own
NEAR_LINES = 3  # from one line of a cell to the next: lines of other cells may stand between them
_CHANGE = re.compile("增|减|增加|减少|新增|[+]")
_PROSE = 40  # characters; no word of a header is longer


@dataclass(frozen=True)
class Line:
    """A line of print and the number of the sheet it stands on: places on different sheets are not alike."""

    words: tuple[Word, ...]
    sheet: int = 0


@dataclass(frozen=True)
class Columned:
    """A table: its first and last + 1 line, its rows of cells, how many lines of figures it has if it has three columns or more."""

    first: int
    last: int
    rows: tuple[tuple[GridCell, ...], ...]
    size: int
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Header:
    """The lines of a header, from first to last, what stands in it over the labels, its columns, the words over several of these."""

    first: int
    last: int
    left: str
    columns: tuple[Word, ...]
    over: tuple[tuple[int, Word], ...]


def find_columned(lines: Sequence[Line], *, exact: bool) -> list[Columned]:
    """The tables in lines of placed words, from the top; none unless one of them has rows enough to show that it is one.

    `exact`: all places are as printed. Programs that print a page as text move words; then the header alone says little.
    """
    lines = [replace(line, words=_whole(line.words)) for line in lines]
    at = {number: at for number, line in enumerate(lines) if (at := _first_figure(line.words)) is not None}
    found: list[Columned] = []
    for figures, above in _parts(lines, at):
        table = _table(lines, at, figures, above, exact)
        if table:
            found.append(table)
    return found if any(table.size >= ROWS for table in found) else []


def _whole(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words, a number and the unit after it or the word of change before it as one."""
    found = list(words[:1])
    for word in words[1:]:
        before = found[-1]
        one = f"{before.text} {word.text}"
        parts = _CHANGE.fullmatch(before.text) or (before.text[-1:].isdigit() and not is_figure(word.text))
        if word.begin - before.end < APART and parts and _is_number(one):
            found[-1] = Word(one, before.begin, word.end)
        else:
            found.append(word)
    return tuple(found)


def _is_number(text: str) -> bool:
    try:
        return parse_value(text, "元") is not None
    except Unreadable:
        return False


def _first_figure(words: Sequence[Word]) -> int | None:
    """Which word is the first of the figures at a line's end; None for a line without any, or of prose."""
    at = len(words)
    while at and is_figure(words[at - 1].text):
        at -= 1
    gaps = [right.begin - left.end for left, right in pairwise(words[max(at - 1, 0) :])]
    return None if at == len(words) or (at and max(gaps) < APART) else at


def _parts(lines: Sequence[Line], at: dict[int, int]) -> Iterator[tuple[list[int], int]]:
    """The lines of figures of each table, and the line down to which what stands above it is another's."""
    part: list[int] = []
    floor = 0
    for number, first in at.items():
        begin = lines[number].words[first].begin
        between = range(part[-1] + 1 if part else number, number)
        edge = max((lines[n].words[at[n] - 1].end for n in (*part, number) if at[n]), default=begin)
        above = [run for line in between for run in runs(lines[line].words)]
        if any(ARTICLE.match(run.text) or (run.begin >= min(edge, begin) and run.end > (edge + begin) / 2) for run in above):
            yield part, floor
            part, floor = [], part[-1] + 1
        part.append(number)
    if part:
        yield part, floor


def _table(lines: Sequence[Line], at: dict[int, int], figures: list[int], floor: int, exact: bool) -> Columned | None:
    most = max(len(lines[n].words) - at[n] for n in figures)
    header = _header(lines, at, figures, floor, most)
    if header is None:
        return None
    last = figures[-1]
    while last + 1 < len(lines) and _goes_on(lines, last, header, at):
        last += 1
    stub = {n: lines[n].words[: at.get(n)] for n in range(header.last + 1, last + 1) if lines[n].words}
    texts = {n: [word.text for word in lines[n].words[at[n] :]] for n in figures}
    body = rows(labels(stub, texts), texts)
    width = len(header.columns) or most
    placed = _placed(lines, at, header, body, width, exact)
    grid = [*_header_rows(header, lines, width), *(_row(row, cells, lines, at, width) for row, cells in zip(body, placed, strict=True))]
    if not header.left and not any(row.label for row in body):
        grid = [row[1:] for row in grid]
    return Columned(header.first, last + 1, tuple(grid), len(figures) if width > 2 else 0)


def _goes_on(lines: Sequence[Line], last: int, header: _Header, at: dict[int, int]) -> bool:
    """Is the next line the rest of the last row's label?"""
    here, following = runs(lines[last].words[: at.get(last)]), runs(lines[last + 1].words)
    if not here or len(following) != 1 or last + 1 in at or BEGINS.match(following[0].text):
        return False
    return following[0].begin >= here[-1].begin - APART and following[0].end <= here[-1].end + APART


# -- headers -------------------------------------------------------------------------------------------------------


def _header(lines: Sequence[Line], at: dict[int, int], figures: Sequence[int], floor: int, most: int) -> _Header | None:
    first = figures[0]
    edge = next((lines[n].words[at[n] - 1].end for n in figures if at[n]), None)
    begin = lines[first].words[at[first]].begin
    found: list[int] = []
    blank = 0
    for number in range(first - 1, floor - 1, -1):
        printed = runs(lines[number].words)
        blank = 0 if printed else blank + 1
        if not printed:
            if blank > _BLANK_LINES:
                break
            continue
        beside = any(run.end > begin if edge is None else run.begin >= edge for run in printed)
        if beside and (max(len(run.text) for run in printed) > _PROSE or printed[-1].text[-1] in "。；：！？"):
            break
        if len(printed) == 1 and BEGINS.match(printed[0].text) and (beside or found):
            break
        if beside:
            found.append(number)
        if len(found) > HEADER_LINES:
            return None
    if not found:
        return None
    top, bottom = found[-1], found[0]
    found_ways = [_clusters(lines, range(top, bottom + 1), words) for words in (_spaced_out, tuple)]
    columns, over = next(
        (found for found in found_ways if most <= len(found[0]) <= most + (edge is not None)), found_ways[0]
    )
    if len(columns) - most == 1 + (edge is not None):  # a word over all columns that stands over none
        over += [(top, column) for column in columns if [w for w in lines[top].words if w == column]][:1]
        columns = [column for column in columns if (top, column) not in over]
    labelled = next((n for n in figures if at[n]), first)
    stub = [run for n in range(bottom + 1, labelled + 1) for run in runs(lines[n].words[: at.get(n)])]
    left = next((k for k, column in enumerate(columns) if not any(overlap(column, run) for run in stub)), 0)
    edge = min(lines[n].words[at[n]].begin for n in figures)
    if stub and left < len(columns) - most <= left + 1 and (not left or most > 2) and columns[left].end <= edge:
        left += 1  # what heads the labels stands in their middle, or has a word apart
    over_labels = _left_words(lines, range(top, bottom + 1), columns[left:])
    over = [(n, w) for n, w in over if w not in over_labels]
    text = joined([run.text for run in over_labels])
    return _Header(top, bottom, text, tuple(columns[left:]), tuple(over))


def _left_words(lines: Sequence[Line], numbers: range, columns: Sequence[Word]) -> list[Word]:
    edge = columns[0].begin if columns else 0
    return [word for n in numbers for word in lines[n].words if word.end <= edge]


def _clusters(
    lines: Sequence[Line], numbers: range, words_of: Callable[[Sequence[Word]], Sequence[Word]]
) -> tuple[list[Word], list[tuple[int, Word]]]:
    """The columns that header words form, each word under the ones above it, and the words over several columns."""
    columns: list[Label] = []
    over: list[tuple[int, Word]] = []
    for number in reversed(numbers):
        below = list(columns)
        words = words_of(lines[number].words)
        if over:  # above a word over several columns stands none of one
            over += [(number, word) for word in reversed(words)]
            continue
        for word in reversed(words):
            under = [column for column in below if overlap(column, word)]
            if not under:
                columns.append(Label(word.text, [number], word.begin, word.end))
            elif len(under) == 1 and not _heads(word, number, under[0], lines):
                under[0].text = joined((word.text, under[0].text))
                under[0].lines.append(number)
                under[0].begin, under[0].end = min(under[0].begin, word.begin), max(under[0].end, word.end)
            else:
                over.append((number, word))
    columns.sort(key=lambda column: column.begin)
    return [Word(column.text, column.begin, column.end) for column in columns], over[::-1]


def _heads(word: Word, number: int, column: Label, lines: Sequence[Line]) -> bool:
    """Is a word above a column far from it, or so wide that the first two lines of the column had not been broken beside it?"""
    if min(column.lines) - number > NEAR_LINES:
        return True
    upper = [w.end - w.begin for n in sorted(column.lines)[:2] for w in lines[n].words if overlap(w, column)]
    return len(upper) > 1 and word.end - word.begin >= sum(upper)


def _spaced_out(words: Sequence[Word]) -> list[Word]:
    """Words, single characters a space apart (总 计) as one."""
    found = list(words[:1])
    for before, word in pairwise(words):
        if len(word.text) == len(before.text) == 1 and word.begin - before.end < APART:
            found[-1] = Word(found[-1].text + word.text, found[-1].begin, word.end)
        else:
            found.append(word)
    return found


def _header_rows(header: _Header, lines: Sequence[Line], width: int) -> Iterator[tuple[GridCell, ...]]:
    """The header as rows of the grid; a header whose columns are not those of the figures as the lines it is printed in."""
    if len(header.columns) != width:
        if header.left:
            yield (GridCell(header.left, 1, 2),)
        for number in range(header.first, header.last + 1):
            words = [word.text for word in lines[number].words if not header.columns or word.end > header.columns[0].begin]
            if words:
                yield (GridCell(" ".join(words), 1, width + 2),)
        return
    for number in sorted({number for number, _ in header.over}):
        cells = [GridCell("", 1, 2)]
        taken = 0
        for word in sorted((w for n, w in header.over if n == number), key=lambda w: w.begin):
            under = [k for k, column in enumerate(header.columns) if overlap(column, word)]
            under = under or [min(range(width), key=lambda k: abs(header.columns[k].begin - word.begin))]
            first, last = max(min(under), taken), max(under)
            cells += [GridCell("")] * (first - taken) + [GridCell(word.text, 1, max(last - first + 1, 1))]
            taken = max(last, first) + 1
        yield tuple(cells)
    yield GridCell(header.left, 1, 2), *(GridCell(column.text) for column in header.columns)


# -- rows ----------------------------------------------------------------------------------------------------------


def _placed(
    lines: Sequence[Line], at: dict[int, int], header: _Header, body: Sequence[Row], width: int, exact: bool
) -> list[list[str] | None]:
    """Each row's figures by columns, "" for a blank one; None for a row whose columns are lost."""
    printed = [[w for n in row.figures for w in lines[n].words[at[n] :]] if row.sure else [] for row in body]
    sheets = [lines[row.figures[0]].sheet if row.figures else None for row in body]
    result: list[list[str] | None] = [None] * len(body)
    blank = [] if any(row.label is None for row in body) else [i for i, row in enumerate(body) if row.is_blank]
    for sheet in {s for s in sheets if s is not None}:
        own = [i for i, s in enumerate(sheets) if s == sheet and 0 < len(printed[i]) <= width]
        hulls = _hulls([printed[i] for i in own], header.columns if lines[header.last].sheet == sheet else (), width, exact)
        whole = all(len(printed[i]) == width for i in own)
        for i in blank:
            if hulls and body[i].line in range(body[own[0]].line, body[own[-1]].line):
                result[i] = [""] * width
        for at_row, i in enumerate(own):
            if hulls:
                result[i] = [next((w.text for w in printed[i] if overlap(w, hull)), "") for hull in hulls]
            elif whole and _in_line(printed[i], [printed[k] for k in own[max(at_row - 1, 0) : at_row + 2] if k != i], header.columns):
                result[i] = [w.text for w in printed[i]]
    return result


def _in_line(row: Sequence[Word], beside: Sequence[Sequence[Word]], columns: Sequence[Word]) -> bool:
    """Does each figure of a row stand clear of the next, so that no two are the parts of one, or nearest to the header word of its
    place, or to that figure of the row above or below?"""
    if not beside or all(right.begin - left.end >= APART for left, right in pairwise(row)):
        return True
    return any(len(other) == len(row) and _nearest(row, other) == [*range(len(row))] for other in (*beside, columns))


def _nearest(row: Sequence[Word], other: Sequence[Word]) -> list[int]:
    return [min(range(len(other)), key=lambda k: abs(other[k].begin + other[k].end - word.begin - word.end)) for word in row]


def _hulls(printed: Sequence[Sequence[Word]], columns: Sequence[Word], width: int, exact: bool) -> list[Word] | None:
    """How far each column reaches, where every figure stands in one column of its own; else None."""
    full = [row for row in printed if len(row) == width]
    if len(columns) == width:
        full.append(list(columns))
    if not full or not (exact or len(full) > 1 or len(printed) >= ROWS):
        return None
    hulls = [Word("", min(w.begin for w in column), max(w.end for w in column)) for column in zip(*full, strict=True)]
    if any(left.end > right.begin for left, right in pairwise(hulls)):
        return None
    last = False
    for row in printed:
        under = [[k for k, hull in enumerate(hulls) if overlap(hull, word)] for word in row]
        if any(len(ks) != 1 for ks in under) or max(Counter(ks[0] for ks in under).values()) > 1:
            return None
        last = last or [width - 1] in under
    if not last and len(printed) >= ROWS:  # then all may have moved
        return None
    return hulls


def _row(row: Row, cells: list[str] | None, lines: Sequence[Line], at: dict[int, int], width: int) -> tuple[GridCell, ...]:
    groups = joined([group.text for group in row.groups])
    label = row.label.text if row.label else ""
    before = (GridCell(groups), GridCell(label)) if groups else (GridCell(label, 1, 2),)
    if cells is not None:
        return *before, *(GridCell(cell) for cell in cells)
    figures = " ".join(w.text for n in row.figures for w in lines[n].words[at[n] :])
    return (*before, GridCell(figures, 1, width)) if figures else before
