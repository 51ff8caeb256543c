"""Figures broken in two by a page's end or by whoever read the cells of a PDF: their rest stands below them in a row without a label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from parsers.fold import normalise_label
from parsers.form import also_columns, row_items
from parsers.gaps import Span, is_value_like
from parsers.labels import SECTIONS
from parsers.leftover import is_word_of_form
from parsers.model import Cell, Table
from parsers.rows import FormRow
from parsers.values import is_blank

_ROW = attrgetter("row")
_SEVERAL = re.compile(r"\d+(?:\s+\d+)+")
_PAGE = re.compile(r"[-—–\s]*第?\s*\d{1,3}\s*页?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—–\s]*")


def broken_rows(
    text: str, tables: Sequence[Table], odd: Collection[Table], rows: Sequence[FormRow], read: Collection[Span]
) -> Iterator[FormRow]:
    """The rows that may go on in a row without a label below them, in their table or at the top of the next; or, there, in one
    of whose cells some hold several figures.

    A row without a label has figures under some of the columns only; or under all, and none of those above is shorter than others
    in its column. A row that has lost its label has its own under all. `odd`: the tables that print what is not read; `read`: where the rows' cells stand.
    """
    for table in tables:
        lines = (list(line) for _, line in groupby(table.cells, key=_ROW))
        for cells in lines if table in odd else islice(lines, 1):
            figures = _figures(text, cells) if not any(cell[:2] in read for cell in cells) else []
            several = cells[0].row == 0 and any(_SEVERAL.fullmatch(text, *cell[:2]) for cell in cells)
            if figures or several:
                above = max((row for row in rows if row.cells[-1].end <= cells[0].start), key=lambda row: row.cells[-1].end, default=None)
                if above and _beside(text, above.cells[-1].end, cells[0].start) and (several or _goes_on(text, above, figures, rows)):
                    yield above


def _figures(text: str, cells: Sequence[Cell]) -> list[str]:
    """What a row prints if these are figures, at most a piece of a label before them; none if they are a page's number."""
    printed = [word for cell in cells if not is_blank(word := text[cell.start : cell.end])]
    words = [word for word in printed if not is_value_like(word)]
    figures = [figure for word in printed if is_value_like(word) for figure in word.split()]
    if any(map(_is_label, words)) or not all(map(is_word_of_form, words)) or (figures and not is_value_like(printed[-1])):
        return []
    if len(figures) == 1 and not is_blank(text[slice(*cells[0][:2])]) and _PAGE.fullmatch(figures[0]):
        return []
    return figures


def _beside(text: str, start: int, end: int) -> bool:
    """Is nothing printed between two rows but the form's header and a page's number?"""
    pieces = [piece.strip() for piece in re.split(r"[\t\n]", text[start:end])]
    return all(is_blank(piece) or _PAGE.fullmatch(piece) or (is_word_of_form(piece) and not _is_label(piece)) for piece in pieces)


def _is_label(word: str) -> bool:
    name = normalise_label(word)
    return any(name in row_items(section) and name not in also_columns(section) for section in SECTIONS[:2])


def _goes_on(text: str, above: FormRow, below: Sequence[str], rows: Sequence[FormRow]) -> bool:
    """May the figures below be the rest of those above?"""
    own = [text[cell.start : cell.end] for cell in above.cells]
    if len(below) < len(own):
        return True
    like = [row for row in rows if row.section == above.section and len(row.cells) == len(own)]
    longest = [max(row.cells[at].end - row.cells[at].start for row in like) for at in range(len(own))]
    return all(printed != "0" and len(printed) == most for printed, most in zip(own, longest, strict=True))
