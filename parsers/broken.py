"""Figures broken in two by a page's end or by whoever read the cells of a PDF: their rest stands below them without a label."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from parsers.fold import fold, normalise_label
from parsers.form import also_columns, row_items, rows_before
from parsers.gaps import Span, adds_up, is_value_like
from parsers.labels import SECTIONS
from parsers.leftover import is_word_of_form
from parsers.model import Table
from parsers.rows import FormRow
from parsers.values import is_blank

_ROW = attrgetter("row")
_SEVERAL = re.compile(r"\d+(?:\s+\d+)+")
_PAGE = re.compile(r"[-—–\s]*第?\s*\d{1,3}\s*页?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—–\s]*")
_LONE_NUMBER = re.compile(r"^[^\S\n]*[-—–－]?[^\S\n]*(\d{1,3})[^\S\n]*[-—–－]?[^\S\n]*$", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WORD = re.compile(r"[^\s|]+")


def broken_rows(
    text: str, tables: Sequence[Table], odd: Collection[Table], rows: Sequence[FormRow], read: Collection[Span]
) -> Iterator[FormRow]:
    """The rows that may go on without a label below them, in their table, at the top of the next or on the line after it; or, at
    the top, in one of whose cells some hold several figures.

    What goes on has figures under some of the columns only; or under all, and none of those above is shorter than others in its
    column, or the form has no row between its neighbours. A row that has lost its label has its own under all. Outside a table any
    figures may be the rest of a row that does not add up. `odd`: the tables that print what is not read; `read`: where the rows'
    cells stand.
    """
    rows = sorted(rows, key=_end)
    pages = _numbers_pages(text)
    for table in tables:
        lines = [[cell[:2] for cell in line] for _, line in groupby(table.cells, key=_ROW)]
        for at, line in enumerate(lines if table in odd else lines[:1]):
            figures = _figures(text, line) if not any(span in read for span in line) else []
            above = _above(text, line[0][0], rows)
            several = at == 0 and any(_SEVERAL.fullmatch(text, *span) for span in line)
            if above and (several or (figures and _goes_on(text, above, figures, rows))):
                yield from above
        if below := _LINE.search(text, table.end):
            figures = _figures(text, [word.span() for word in _WORD.finditer(text, *below.span())])
            if figures and not (pages and len(figures) == 1):
                above = _above(text, below.start(), rows)
                yield from (row for row in above if not adds_up(text, [cell[1:3] for cell in row.cells]))


def _figures(text: str, spans: Sequence[Span]) -> list[str]:
    """What a row prints if these are figures, at most a piece of a label before them; none if they are a page's number."""
    printed = [word for start, end in spans if not is_blank(word := text[start:end])]
    words = [word for word in printed if not is_value_like(word)]
    figures = [figure for word in printed if is_value_like(word) for figure in word.split()]
    if any(map(_is_label, words)) or not all(not fold(word) or is_word_of_form(word) for word in words):
        return []
    if not figures or not is_value_like(printed[-1]):
        return []
    if len(spans) > len(figures) == 1 and not is_blank(text[slice(*spans[0])]) and _PAGE.fullmatch(figures[0]):
        return []
    return figures


def _numbers_pages(text: str) -> bool:
    """Are the numbers that stand alone on a line the pages', each one more than the one before?"""
    numbers = [int(line[1]) for line in _LONE_NUMBER.finditer(text)]
    return len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers))


def _beside(text: str, start: int, end: int) -> bool:
    """Is nothing printed between two rows but the form's header and a page's number?"""
    pieces = [piece.strip() for piece in re.split(r"[\t\n]", text[start:end])]
    return all(is_blank(piece) or _PAGE.fullmatch(piece) or (is_word_of_form(piece) and not _is_label(piece)) for piece in pieces)


def _is_label(word: str) -> bool:
    name = normalise_label(word)
    return any(name in row_items(section) and name not in also_columns(section) for section in SECTIONS[:2])


def _above(text: str, place: int, rows: Sequence[FormRow]) -> Sequence[FormRow]:
    """The row right above a place, or the rows if these stand side by side, as those of section 4; `rows` are in printed order."""
    stop = bisect_right(rows, place, key=_end)
    if not stop or not _beside(text, _end(rows[stop - 1]), place):
        return ()
    line = text.rfind("\n", 0, _end(rows[stop - 1]))
    return rows[bisect_right(rows, line, hi=stop - 1, key=_end) : stop]


def _goes_on(text: str, above: Sequence[FormRow], figures: Sequence[str], rows: Sequence[FormRow]) -> bool:
    """May the figures below be the rest of those above?"""
    if len(figures) < sum(len(row.cells) for row in above):
        return True
    at = rows.index(above[-1]) + 1
    if at < len(rows) and above[-1].item in rows_before(above[-1].section, rows[at].item):
        return True
    return all(_is_full(text, row, rows) for row in above)


def _is_full(text: str, row: FormRow, rows: Sequence[FormRow]) -> bool:
    """Is no figure of the row shorter than others in its column, or their first pieces?"""
    own = [text[cell.start : cell.end] for cell in row.cells]
    like = [other for other in rows if other.section == row.section and len(other.cells) == len(own)]
    longest = [max(len(text[other.cells[at].start : other.cells[at].end].partition(" ")[0]) for other in like) for at in range(len(own))]
    return all(printed != "0" and len(printed) == most for printed, most in zip(own, longest, strict=True))


def _end(row: FormRow) -> int:
    return row.cells[-1].end
