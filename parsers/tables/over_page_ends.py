"""Figures broken in two by a page's end or by whoever read the cells of a PDF: their rest stands below them without a label."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, partial
from itertools import groupby, islice, pairwise
from operator import attrgetter

from parsers.form.editions import also_columns, row_items, rows_before
from parsers.form.labels import SECTIONS
from parsers.form.leftover import is_word_of_form
from parsers.model import Table
from parsers.printed.cells import SEVERAL_FIGURES, Span, adds_up, is_value_like, printed_lines
from parsers.printed.lines import PAGE_NUMBER, SIGNED_PAGE_NUMBER
from parsers.printed.normalise import normalise, normalise_label
from parsers.printed.values import is_blank
from parsers.tables.rows import FormRow

Longest = dict[tuple[str, int], list[int]]  # by section and by how many columns
_ROW = attrgetter("row")
_LONE_NUMBER = re.compile(r"^[^\S\n]*+[-—–－]?[^\S\n]*+(\d{1,3})[^\S\n]*+[-—–－]?[^\S\n]*$", re.MULTILINE)
FARTHEST = 2000  # characters from a row to what goes on: a page's end and a header stand between
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
    pages, longest = cache(partial(_numbers_pages, text)), cache(partial(_longest, text, rows))
    for table in tables:
        lines = ([cell[:2] for cell in line] for _, line in groupby(table.cells, key=_ROW))
        for at, line in enumerate(lines if table in odd else islice(lines, 1)):
            figures = _figures(text, line) if not any(span in read for span in line) else []
            several = at == 0 and any(SEVERAL_FIGURES.fullmatch(text, *span) for span in line)
            above = _above(text, line[0][0], rows) if several or figures else ()
            if above and (several or (_names_none_other(text, line, above) and _goes_on(text, above, figures, rows, longest))):
                yield from above
        if below := next(printed_lines(text, table.end, len(text)), None):
            figures = _figures(text, [word.span() for word in _WORD.finditer(text, *below)])
            if figures and not (len(figures) == 1 and pages()):
                above = _above(text, below[0], rows)
                yield from (row for row in above if not adds_up(text, [cell[1:3] for cell in row.cells]))


def _figures(text: str, spans: Sequence[Span]) -> list[str]:
    """What a row prints if these are figures, at most a piece of a label before them; none if they are a page's number."""
    last = next((word for start, end in reversed(spans) if not is_blank(word := text[start:end])), None)
    if last is None or not is_value_like(last):
        return []
    printed = [word for start, end in spans if not is_blank(word := text[start:end])]
    if len(printed) == 1 and SIGNED_PAGE_NUMBER.fullmatch(printed[0]):
        return []
    words = [word for word in printed if not is_value_like(word)]
    figures = [figure for word in printed if is_value_like(word) for figure in word.split()]
    if any(map(_is_label, words)) or not all(not normalise(word) or is_word_of_form(word) for word in words):
        return []
    if len(spans) > len(figures) == 1 and not is_blank(text[slice(*spans[0])]) and PAGE_NUMBER.fullmatch(figures[0]):
        return []
    return figures


def _numbers_pages(text: str) -> bool:
    """Are the numbers that stand alone on a line the pages', each one more than the one before?"""
    numbers = [int(line[1]) for line in _LONE_NUMBER.finditer(text)]
    return len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers))


def _beside(text: str, start: int, end: int) -> bool:
    """Is nothing printed between two rows but the form's header and a page's number?"""
    pieces = [piece.strip() for piece in re.split(r"[\t\n]", text[start:end])]
    return all(is_blank(piece) or PAGE_NUMBER.fullmatch(piece) or (is_word_of_form(piece) and not _is_label(piece)) for piece in pieces)


def _is_label(word: str) -> bool:
    name = normalise_label(word)
    return any(name in row_items(section) and name not in also_columns(section) for section in SECTIONS[:2])


def _above(text: str, place: int, rows: Sequence[FormRow]) -> Sequence[FormRow]:
    """The row right above a place, or the rows if these stand side by side, as those of section 4; `rows` are in printed order."""
    stop = bisect_right(rows, place, key=_end)
    if not stop or place - _end(rows[stop - 1]) > FARTHEST or not _beside(text, _end(rows[stop - 1]), place):
        return ()
    line = text.rfind("\n", 0, _end(rows[stop - 1]))
    return rows[bisect_right(rows, line, hi=stop - 1, key=_end) : stop]


def _names_none_other(text: str, line: Sequence[Span], above: Sequence[FormRow]) -> bool:
    """Are the words before figures the end of the label of the row above? Else they name another row (合计), which goes on with none."""
    words = normalise_label("".join(word for start, end in line if not is_value_like(word := text[start:end])))
    row = above[-1]
    return any(name.endswith(words) for name, items in row_items(row.section).items() if row.item in items)


def _goes_on(text: str, above: Sequence[FormRow], figures: Sequence[str], rows: Sequence[FormRow], longest: Callable[[], Longest]) -> bool:
    """May the figures below be the rest of those above?"""
    if len(figures) < sum(len(row.cells) for row in above):
        return True
    at = bisect_right(rows, _end(above[-1]), key=_end)
    if at < len(rows) and above[-1].item in rows_before(above[-1].section, rows[at].item):
        return True
    return all(_is_full(text, row, longest()) for row in above)


def _longest(text: str, rows: Sequence[FormRow]) -> Longest:
    """How long the longest figures of each column are, or their first pieces."""
    longest: Longest = {}
    for row in rows:
        lengths = [len(text[cell.start : cell.end].partition(" ")[0]) for cell in row.cells]
        before = longest.setdefault((row.section, len(lengths)), lengths)
        longest[row.section, len(lengths)] = list(map(max, before, lengths))
    return longest


def _is_full(text: str, row: FormRow, longest: Longest) -> bool:
    """Is no figure of the row shorter than others in its column, or their first pieces?"""
    own = [text[cell.start : cell.end] for cell in row.cells]
    return all(printed != "0" and len(printed) == most for printed, most in zip(own, longest[row.section, len(own)], strict=True))


def _end(row: FormRow) -> int:
    return row.cells[-1].end
