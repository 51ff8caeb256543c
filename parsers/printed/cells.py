"""The cells printed between a label and the next one, by the separators the text uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from parsers.model import Note
from parsers.printed.decode import LOST
from parsers.printed.normalise import without_remarks
from parsers.printed.values import Unreadable, is_blank, parse_value

Span = tuple[int, int]
SEVERAL_FIGURES = re.compile(r"\d++(?:\s++\d++)+")  # all that a cell prints, where figures ran together into it
_BLANK_LINES = re.compile(r"(?:[^\S\t\n]*\n)*")
_ABOVE_WORDS = re.compile(r"([^\n]*\S)[^\S\n]*\n\s*+(?=[^\n]*[一-鿿]{4})")
_WORDS = re.compile(r"\S*\d[^\S\n]+(?:[亿万]?元|[件项个条宗])(?!\S)|\S+")
_NOTHING = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\ufeff"  # all white space, and what prints as little
_SEPARATORS = {of: re.compile(f"[{of}]") for of in ("|\t", "|", "\t")}
Mode = Literal["pipes", "tabs", "spaces"]


@dataclass(frozen=True)
class PrintedCells:
    """Cells in printed order. pipes and tabs keep blank cells (pipes also padding after the row); spaces lose them.

    `rest` is where text begins that is no cell: a label not on the form, a sentence.
    """

    mode: Mode
    cells: tuple[Span, ...]
    rest: int


def trim(text: str, start: int, end: int) -> Span:
    """The range without white space at its ends; an empty range stays at its start."""
    if start >= end:
        return start, end
    printed = text[start:end]
    begun = printed.lstrip(_NOTHING)
    start += len(printed) - len(begun)
    return start, start + len(begun.rstrip(_NOTHING))


def split_cells(text: str, start: int = 0, end: int | None = None, separators: str = "|\t") -> list[Span]:
    """The cells of text[start:end], as bars and tabs part it: blank ones too, what stands before the first and after the last too.

    >>> split_cells("规章 | 1||")
    [(0, 2), (5, 6), (7, 7), (8, 8)]
    """
    end = len(text) if end is None else end
    edges = [start - 1, *(found.start() for found in _SEPARATORS[separators].finditer(text, start, end)), end]
    return [trim(text, a + 1, b) for a, b in pairwise(edges)]


def row_cells(text: str, start: int, end: int) -> list[Span]:
    """The cells between bars of a line, without the nothing before a bar that opens it and, of such a line, after one that closes it.

    >>> row_cells("| 规章 | 1 | |", 0, 12), row_cells("规章 | 1 |", 0, 8)
    ([(2, 4), (7, 8), (11, 11)], [(0, 2), (5, 6), (8, 8)])
    """
    start, end = trim(text, start, end)
    if opens := text.startswith("|", start, end):
        start += 1
    return split_cells(text, start, end - (opens and text.endswith("|", start, end)), "|")


def cell_begins(text: str, floor: int, place: int) -> int:
    """Where the cell or line that a place stands in begins, `floor` if not after it."""
    return max(floor, *(text.rfind(separator, floor, place) + 1 for separator in "|\t\n"))


def printed_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """From where to where each line of text[start:end] reaches that prints anything."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = stop if stop >= 0 else end
        if not text[start:stop].isspace() and start < stop:
            yield start, stop
        start = stop + 1


def may_be_cut(text: str, cells: Sequence[Span], end: int) -> bool:
    """Does the text end with these cells, some of them empty? In a page cut short the row may have lost as many at its end."""
    return not text[end:].strip() and any(s == e for s, e in cells)


def is_cut_off(text: str, start: int, end: int) -> bool:
    """Is this figure the very last thing of the text, so that a page cut short may have cut it too? A zero cannot go on.

    >>> is_cut_off("行政许可 | 7", 7, 8), is_cut_off("行政许可 | 7 |", 7, 8), is_cut_off("行政许可 | 0", 7, 8)
    (True, False, False)
    """
    return start < end == len(text) and text[end - 1].isdigit() and text[start:end] != "0"


def cut_off(text: str, start: int, end: int, *place: str) -> list[Note]:
    """A note where this figure may be cut off, none where not; `place` names its row and column."""
    message = "原文到这个数字为止，数字可能没有印完 (the text ends with this figure: it may be cut off)"
    return [Note("cut_off", message, start, end, *place)] if is_cut_off(text, start, end) else []


@lru_cache(maxsize=4096)
def is_value_like(printed: str) -> bool:
    """Could this be what a cell prints: nothing, a number, a number gone wrong (增, ？) or lost, not words?

    >>> is_value_like("增98"), is_value_like("？"), is_value_like("其他主动公开文件"), is_value_like("3.要")
    (True, True, False, False)
    """
    if is_blank(printed) or not printed.strip(LOST):
        return True
    try:
        parse_value(printed)
    except Unreadable:
        words_in_it = re.search(r"[一-鿿]{3}|^\s*+\d{1,2}\s*+[.、．]\s*+[一-鿿]", without_remarks(printed))
        return bool(re.match(r"\s*(?:[增减+\-?？]|[¥￥约][^\S\n]*+\d|[.．,，]?\d)", printed)) and not words_in_it
    return True


def split_printed_cells(text: str, start: int, end: int) -> PrintedCells:
    """The cells in text[start:end], the stretch after a row's label."""
    gap = text[start:end]
    if "|" in gap:
        first, *spans, tail = split_cells(text, start, end, "|")
        if "\n" in text[start : first[0]] and first[0] < first[1] and is_value_like(text[slice(*first)]):
            spans.insert(0, first)  # of a row without label, as section 4's, no bar need stand before it
        if tail[0] < tail[1] and is_value_like(text[slice(*tail)]):
            spans.append(tail)
        return _until_words(text, "pipes", spans, end)
    if "\t" in gap:
        return _until_words(text, "tabs", _tab_cells(text, start, end), end)
    lines = [trim(text, *line) for line in printed_lines(text, start, end)]
    return _until_words(text, "spaces", lines, end)


def _tab_cells(text: str, start: int, end: int) -> list[Span]:
    """A tab opens a cell. The row ends with its line where cells share lines, else at the first blank line."""
    gap = text[start:end]
    shared_line = "\t" in gap.split("\n", 1)[0]
    blank = None if shared_line else _BLANK_LINES.match(gap)
    lead = blank.end() if blank else 0
    stop = re.compile(r"\n" if shared_line else r"\n[^\S\t\n]*\n").search(gap, lead)
    row_end = start + stop.start() if stop else end
    last = text.rfind("\t", start, row_end)
    first = (
        trim(text, start, text.find("\t", start)) if last >= 0 else (start, start)
    )  # of a row without label, as section 4's, no tab opens it
    if "\n" in text[start : first[0]] and not is_value_like(text[slice(*first)]):
        return [first]  # the label of another row
    if last >= 0 and (line := text.find("\n", last, row_end)) >= 0 and not is_value_like(text[line:row_end].strip()):
        row_end = line  # a note on the line below, not the rest of a figure broken in two
    lead_in = [first] if first[0] < first[1] and is_value_like(text[slice(*first)]) else []
    cells = lead_in + split_cells(text, start, row_end, "\t")[1:]  # none without a tab
    runs_on = not stop and cells and cells[-1][0] == cells[-1][1]  # the last tab stands before the next label
    return cells[:-1] if runs_on else cells


def _until_words(text: str, mode: Mode, spans: list[Span], end: int) -> PrintedCells:
    for index, span in enumerate(spans):
        if not is_value_like(text[slice(*span)]):
            words = re.split(r"\s+", text[slice(*span)])
            if mode == "spaces" and all(map(is_value_like, words)):
                continue
            figure = _ABOVE_WORDS.match(text, *span) if mode == "pipes" else None
            if figure and is_value_like(figure[1]):  # rows without a bar at their end: another row's label stands below
                return PrintedCells(mode, (*spans[:index], figure.span(1)), figure.end())
            return PrintedCells(mode, tuple(spans[:index]), span[0])
    return PrintedCells(mode, tuple(spans), end)


def words(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans broken at white space; a unit is of the figure before it."""
    return tuple((s + m.start(), s + m.end()) for s, e in spans for m in _WORDS.finditer(text[s:e]))


def evenly_set(text: str, spans: tuple[Span, ...]) -> bool:
    """Do these stand on one line, or each on its own? Else some may be the rest of a figure that is broken in two."""
    lines = {text.count("\n", spans[0][0], start) for start, _ in spans}
    return len(lines) in (1, len(spans))


def adds_up(text: str, cells: Sequence[Span], blank: float | None = None) -> bool:
    """Is the last cell the sum of the others? A blank one counts as `blank`; without it, nobody knows and the answer is no."""
    try:
        values = [parse_value(text[s:e]) for s, e in cells]
    except Unreadable:
        return False
    numbers = [value.number if value else blank for value in values]
    known = [number for number in numbers if number is not None]
    return len(known) == len(cells) and sum(known[:-1]) == known[-1]
