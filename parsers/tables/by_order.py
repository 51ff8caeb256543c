"""Section 3 in the lines of a printed page: a row's figures stand on one line, its label over several, above and below them too.

Programs that read a PDF line by line break `2.其他法律行政法规禁止公开` into `2.其他法律行政法规禁止 0 0 0 0 0 0 0` and `公开`, or print the
figures between two lines of the label, and run pieces of the groups' merged labels into both. What then says whose figures they
are is the order of the form: the lines of figures are rows that follow one another in it, and every word printed before figures
on their line is a piece of that row's label and of no other row's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from parsers.form.broken_headers import MAX_HEADER, reads_by_lines
from parsers.form.editions import Edition, Grid, balance_note, editions, spellings
from parsers.form.headers import is_applicants_header
from parsers.form.leftover import is_word_of_form
from parsers.printed.cells import Span, adds_up, is_value_like, printed_lines
from parsers.printed.lines import places_of
from parsers.printed.normalise import fold
from parsers.printed.page_numbers import SIGNED_PAGE_NUMBER
from parsers.tables.by_elimination import DOUBT
from parsers.tables.rows import FormRow, PrintedCell, TableRows, with_told

SECTION = "applications"
FEWEST = 4  # lines of figures: fewer show no order
_BLANK = re.compile(r"\t[^\S\n]*\t")
_SEVERAL = re.compile(r"\t[^\S\t]*\d+[^\S\t\n]+\d|\d[^\S\t\n]+\d+[^\S\t\n]*\t")
_TOKEN = re.compile(r"\S+")
_FIGURE = re.compile(r"\d{1,9}|[-—－–/]+")
MAX_LINES = 2000  # no table of a report has more
_NOTHING = "无"  # as a line of its own a piece of 无法提供


@dataclass(frozen=True)
class FigureLine:
    """A line of as many figures as the form has columns: where it begins, the words before them, the figures, and is it broken, the
    rest of its figures on a line of their own?"""

    start: int
    words: str
    figures: tuple[Span, ...]
    broken: bool = False


def with_rows_in_order(text: str, start: int, end: int, found: TableRows) -> TableRows:
    """What was found, section 3 by the order of the form if that tells more rows and no other figures than their labels do."""
    rows = {row.item: row for row in rows_in_order(text, _header_begin(text, start), end)}
    before = [row for row in found.rows if row.section == SECTION]
    if len(rows) <= len(before) or any(row.item in rows and rows[row.item].cells != row.cells for row in before):
        return found
    others = replace(found, rows=tuple(row for row in found.rows if row.section != SECTION))
    return with_told(others, [*rows.values()], [(row.cells[0].start, row.cells[-1].end) for row in rows.values()])


def _header_begin(text: str, start: int) -> int:
    """Where the lines above begin that print nothing but words of the form, as a header does whose note is printed last."""
    floor = max(0, start - MAX_HEADER)
    while start > floor:
        above = max(text.rfind("\n", floor, start - 1) + 1, floor)
        if not all((len(word) == 1 and not word.isdigit()) or is_word_of_form(word) for word in text[above:start].split()):
            break
        start = above
    return start


def rows_in_order(text: str, start: int, end: int) -> list[FormRow]:
    """The rows that text[start:end] prints; none unless all of its lines of figures are rows in the form's order."""
    found = {tuple(row.item for row in rows): rows for edition in editions() for rows in _readings(text, start, end, edition)}
    return next(iter(found.values())) if len(found) == 1 else []


def _readings(text: str, start: int, end: int, edition: Edition) -> Iterator[list[FormRow]]:
    for grid in edition.of(SECTION):
        apart, lines = _lines(text, start, end, len(grid.columns))
        labels = [fold(row.label) for row in grid.rows]
        groups = ["\n".join(map(fold, row.groups)) for row in grid.rows]
        whole = len(lines) == len(labels)
        if any(_BLANK.search(text, line.figures[0][1], line.figures[-1][0]) for line in lines):
            continue  # a blank cell among as many figures as there are columns: one is of another column
        several = sum(bool(_SEVERAL.search(text, line.figures[0][0] - 1, line.figures[-1][1])) for line in lines)
        if 0 < several < FEWEST:  # one cell's figure with a space in it, not a program's way to part cells
            continue
        if len(lines) >= FEWEST and _is_header(text[start : lines[0].start], grid) and (whole or (lines[0].words and lines[-1].words)):
            for first in range(len(labels) - len(lines) + 1):
                fit = all(line.words in groups[at] or _is_of(line.words, at, labels) for at, line in enumerate(lines, first))
                if fit and (not whole or _is_beside(apart, lines, labels)):
                    yield [_row(line, grid, at) for at, line in enumerate(lines, first) if _is_sure(text, line, lines)]


def _is_sure(text: str, line: FigureLine, lines: Sequence[FigureLine]) -> bool:
    """Is the line not broken, and where others are, does it add up?"""
    return not line.broken and (not any(other.broken for other in lines) or adds_up(text, line.figures))


def _is_header(printed: str, grid: Grid) -> bool:
    """Is nothing printed above the first line of figures but the form's header, its columns in order, and a label of rows?"""
    label, groups = fold(grid.rows[0].label), set(map(fold, grid.header_groups))
    lines = [line for line in printed.split("\n") if len(fold(line)) == 1 or fold(line) not in label]
    if not any(lines) or is_applicants_header("\n".join(lines)):
        return True
    words = re.sub(r"\S+", lambda word: " " * places_of(word[0])[-1] if fold(word[0]) in groups else word[0], "\n".join(lines))
    return reads_by_lines(words, [spellings(label) for _, label in grid.columns], beside=(balance_note(), label))


def _lines(text: str, start: int, end: int, width: int) -> tuple[list[list[str]], list[FigureLine]]:
    """The lines of words above the first line of figures and below each, and the lines of figures; none of these if a line has more
    or fewer, unless it is the rest of figures broken in two."""
    apart: list[list[str]] = [[]]
    found: list[FigureLine] = []
    lines = list(islice(printed_lines(text, start, end), MAX_LINES + 1))
    if len(lines) > MAX_LINES:
        return apart, []
    for line in lines:
        if SIGNED_PAGE_NUMBER.fullmatch(text, *line):
            continue
        tokens = [token.span() for token in _TOKEN.finditer(text, *line)]
        count = next((n for n, (s, e) in enumerate(reversed(tokens)) if not _FIGURE.fullmatch(text[s:e])), len(tokens))
        if count == width:
            words = text[tokens[0][0] : tokens[-count][0]]
            found.append(FigureLine(line[0], fold(words), tuple(tokens[-count:])))
            apart.append([])
        elif count and count == len(tokens) < width and found and len(found[-1].figures) == width:
            found[-1] = replace(found[-1], broken=True)
        elif count or any(is_value_like(text[s:e]) and text[s:e] != _NOTHING for s, e in tokens):
            return apart, []
        else:
            apart[-1].append(fold(text[slice(*line)]))
    return apart, found


def _is_beside(apart: Sequence[Sequence[str]], lines: Sequence[FigureLine], labels: Sequence[str]) -> bool:
    """Does every row's label stand, a piece of it at least, on its line of figures or between this and its neighbours, and no
    piece of another's?"""
    for at, line in enumerate(lines):
        near = [line.words, *apart[at], *apart[at + 1]]
        if not any(_is_of(words, at, labels) for words in near if words):
            return False
    return True


def _is_of(words: str, at: int, labels: Sequence[str]) -> bool:
    """May what is printed before the figures be a piece of this row's label, with pieces of its groups' before it?"""
    reach = [_reach(words, label) for label in labels]
    return reach[at] == max(reach) >= min(3, len(words), len(labels[at]))


def _reach(words: str, label: str) -> int:
    """How many characters at the end of the words are a piece of the label."""
    return next((length for length in range(min(len(words), len(label)), 0, -1) if words[-length:] in label), 0)


def _row(line: FigureLine, grid: Grid, at: int) -> FormRow:
    printed = tuple(PrintedCell(measure, s, e) for measure, (s, e) in zip(grid.measures, line.figures, strict=True))
    own = fold(grid.rows[at].label)
    sure = line.words.endswith(own) or own.startswith(line.words[-_reach(line.words, own) :] or "\0")
    return FormRow(SECTION, grid.rows[at].item, (), printed, None if sure else DOUBT)
