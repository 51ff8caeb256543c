"""Fifth proof: the rows around a row leave it one place in the form. Three prints tear labels from figures, and each is read only if
nothing else may be printed there; the reading is noted as doubted where no label stands beside the figures.

Lines of a printed page (`with_rows_in_order`, section 3): programs that read a PDF line by line print the figures between two lines of
the label, or break it, and run pieces of the groups' merged labels into both:

    2.其他法律行政法规禁止 0 0 0 0 0 0 0
    公开

The lines of figures are rows that follow one another in the form, and every word printed before figures on their line is a piece of
that row's label and of no other row's.

Rows of a drawing without a label (`unlabelled_rows`, section 3): between two labelled rows stand as many unlabelled ones as the form
has rows there, and the torn labels are printed beside them (`2.没有现成信息需要另` … `| 6 | 0 | … |`).

Lines below the header of an article (section 2): `article_order.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import islice, pairwise

from parsers.form.editions import Edition, Grid, balance_note, editions, spellings
from parsers.form.headers import MAX_HEADER, is_applicants_header, reads_by_lines
from parsers.form.leftover import is_word_of_form
from parsers.model import Cell
from parsers.printed.cells import Span, adds_up, is_value_like, printed_lines
from parsers.printed.lines import SIGNED_PAGE_NUMBER, places_of
from parsers.printed.normalise import normalise
from parsers.printed.values import Unreadable, parse_value
from parsers.tables.rows import FormRow, PrintedCell, TableRows, TornRow, with_layouts

SECTION = "applications"
DOUBT = "行标签与数字分离，按法定行序对应 (the label was torn from this row; it follows from the rows around it)"
NEAR = 300  # characters within which a torn label is printed before or after its figures
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


Lines = tuple[list[list[str]], list[FigureLine]]  # of words above the first line of figures and below each; of figures


def with_told(found: TableRows, told: Sequence[FormRow], spans: Sequence[Span]) -> TableRows:
    """What was found, with rows told by their order: without those that had come apart, and without what was noted of text in the ranges
    where these rows are printed. Found alone if a row that was read by its label has other figures."""
    before = {(row.section, row.item): row.cells for row in found.rows}
    placed = {(row.section, row.item): row.cells for row in told}
    if any(before.get(place, cells) != cells for place, cells in placed.items()):
        return found
    torn = tuple(row for row in found.torn if (row.section, row.item) not in placed)
    notes = tuple(note for note in found.notes if not any(start <= (note.start or 0) <= end for start, end in spans))
    return TableRows((*found.rows, *(row for row in told if (row.section, row.item) not in before)), torn, notes)


# -- lines of a printed page -----------------------------------------------------------------------------------------------


def with_rows_in_order(text: str, start: int, end: int, found: TableRows) -> TableRows:
    """What was found, section 3 by the order of the form if that tells more rows and no other figures than their labels do."""
    told = rows_in_order(text, _header_begin(text, start), end)
    if len(told) <= sum(row.section == SECTION for row in found.rows):
        return found
    told = list(with_layouts(text, TableRows(tuple(told))).rows)
    return with_told(found, told, [(row.cells[0].start, row.cells[-1].end) for row in told])


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
    lines = cache(partial(_lines, text, start, end))  # by how many columns
    found = {tuple(row.item for row in rows): rows for edition in editions() for rows in _readings(text, start, lines, edition)}
    return next(iter(found.values())) if len(found) == 1 else []


def _readings(text: str, start: int, lines_of: Callable[[int], Lines], edition: Edition) -> Iterator[list[FormRow]]:
    for grid in edition.of(SECTION):
        apart, lines = lines_of(len(grid.columns))
        labels = tuple(normalise(row.label) for row in grid.rows)
        groups = ["\n".join(map(normalise, row.groups)) for row in grid.rows]
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
    label, groups = normalise(grid.rows[0].label), set(map(normalise, grid.header_groups))
    lines = [line for line in printed.split("\n") if len(normalise(line)) == 1 or normalise(line) not in label]
    if not any(lines) or is_applicants_header("\n".join(lines)):
        return True
    words = re.sub(r"\S+", lambda word: " " * places_of(word[0])[-1] if normalise(word[0]) in groups else word[0], "\n".join(lines))
    return reads_by_lines(words, [spellings(label) for _, label in grid.columns], beside=(balance_note(), label))


def _lines(text: str, start: int, end: int, width: int) -> Lines:
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
            found.append(FigureLine(line[0], normalise(words), tuple(tokens[-count:])))
            apart.append([])
        elif count and count == len(tokens) < width and found and len(found[-1].figures) == width:
            found[-1] = replace(found[-1], broken=True)
        elif count or any(is_value_like(text[s:e]) and text[s:e] != _NOTHING for s, e in tokens):
            return apart, []
        else:
            apart[-1].append(normalise(text[slice(*line)]))
    return apart, found


def _is_beside(apart: Sequence[Sequence[str]], lines: Sequence[FigureLine], labels: tuple[str, ...]) -> bool:
    """Does every row's label stand, a piece of it at least, on its line of figures or between this and its neighbours, and no
    piece of another's?"""
    for at, line in enumerate(lines):
        near = [line.words, *apart[at], *apart[at + 1]]
        if not any(_is_of(words, at, labels) for words in near if words):
            return False
    return True


def _is_of(words: str, at: int, labels: tuple[str, ...]) -> bool:
    """May what is printed before the figures be a piece of this row's label, with pieces of its groups' before it?"""
    reach = _reaches(words, labels)
    return reach[at] == max(reach) >= min(3, len(words), len(labels[at]))


@lru_cache(maxsize=256)  # the same words are held against the labels from each row on
def _reaches(words: str, labels: tuple[str, ...]) -> list[int]:
    return [_reach(words, label) for label in labels]


def _reach(words: str, label: str) -> int:
    """How many characters at the end of the words are a piece of the label."""
    return next((length for length in range(min(len(words), len(label)), 0, -1) if words[-length:] in label), 0)


def _row(line: FigureLine, grid: Grid, at: int) -> FormRow:
    printed = tuple(PrintedCell(measure, s, e) for measure, (s, e) in zip(grid.measures, line.figures, strict=True))
    own = normalise(grid.rows[at].label)
    sure = line.words.endswith(own) or own.startswith(line.words[-_reach(line.words, own) :] or "\0")
    return FormRow(SECTION, grid.rows[at].item, (), printed, None if sure else DOUBT, "order")


# -- rows of a drawing without a label ---------------------------------------------------------------------------------------


def unlabelled_rows(text: str, rows: Sequence[FormRow], torn: Sequence[TornRow], unlabelled: Sequence[Sequence[Cell]]) -> list[FormRow]:
    """The unlabelled rows, each of as many cells as the form has columns, that the labelled ones around them force to be rows of the form."""
    unlabelled = [row for row in unlabelled if all(_is_number(text[cell.start : cell.end]) for cell in row)]
    if not unlabelled:
        return []
    labelled = sorted([(row.cells[0].start, row.item) for row in rows] + [(row.start, row.item) for row in torn])
    return max((_placed(text, edition, labelled, unlabelled) for edition in editions()), key=len)


def _placed(text: str, edition: Edition, labelled: Sequence[tuple[int, str]], unlabelled: Sequence[Sequence[Cell]]) -> list[FormRow]:
    order = [(row.item, row.label) for grid in edition.of(SECTION) for row in grid.rows]
    measures = next((grid.measures for grid in edition.of(SECTION)), ())
    places = {item: index for index, (item, _) in enumerate(order)}
    known = [(start, places[item]) for start, item in labelled if item in places]
    found: list[FormRow] = []
    for (begin, before), (end, after) in pairwise(known):
        between = [row for row in unlabelled if begin < row[0].start < end]
        missing = order[before + 1 : after]
        printed = normalise(text[max(0, begin - NEAR) : end + NEAR])
        if len(between) == len(missing) and all(_is_printed(label, printed) for _, label in missing):
            found += [_unlabelled(item, measures, cells) for (item, _), cells in zip(missing, between, strict=True)]
    return found


def _is_printed(label: str, printed: str) -> bool:
    """Are the label's characters there, in order, whatever stands between them?"""
    rest = iter(printed)
    return any(all(char in rest for char in spelling) for spelling in spellings(label))


def _is_number(printed: str) -> bool:
    try:
        return parse_value(printed) is not None
    except Unreadable:
        return False


def _unlabelled(item: str, measures: Sequence[str], cells: Sequence[Cell]) -> FormRow:
    printed = tuple(PrintedCell(m, c.start, c.end) for m, c in zip(measures, cells, strict=True))
    return FormRow(SECTION, item, (), printed, DOUBT, "order", "drawn")
