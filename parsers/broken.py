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
_WORD = re.compile(r"\S+")


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
            if (figures and (above := _goes_on(text, figures, line[0][0], rows))) or (at == 0 and any(_SEVERAL.fullmatch(text, *span) for span in line) and (above := _above(text, line[0][0], rows))):
                yield above
        if below := _LINE.search(text, table.end):
            figures = _figures(text, [word.span() for word in _WORD.finditer(text, *below.span())])
            above = _above(text, below.start(), rows) if figures and not (pages and len(figures) == 1) else None
            if above and not adds_up(text, [cell[1:3] for cell in above.cells]):
                yield above


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


def _above(text: str, place: int, rows: Sequence[FormRow]) -> FormRow | None:
    """The row right above a place, of rows in printed order."""
    at = bisect_right(rows, place, key=_end)
    return rows[at - 1] if at and _beside(text, _end(rows[at - 1]), place) else None


def _goes_on(text: str, figures: Sequence[str], place: int, rows: Sequence[FormRow]) -> FormRow | None:
    """The row above whose figures those at a place may be the rest of."""
    above = _above(text, place, rows)
    if not above:
        return None
    own = [text[cell.start : cell.end] for cell in above.cells]
    if len(figures) < len(own):
        return above
    at = rows.index(above) + 1
    if at < len(rows) and above.item in rows_before(above.section, rows[at].item):
        return above
    like = [row for row in rows if row.section == above.section and len(row.cells) == len(own)]
    longest = [max(row.cells[at].end - row.cells[at].start for row in like) for at in range(len(own))]
    whole = all(printed != "0" and len(printed) == most for printed, most in zip(own, longest, strict=True))
    return above if whole else None


def _end(row: FormRow) -> int:
    return row.cells[-1].end
