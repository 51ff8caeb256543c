"""The cells printed between a label and the next one, by the separators the text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from parsers.fold import without_remarks
from parsers.values import Unreadable, is_blank, parse_value

Span = tuple[int, int]
Mode = Literal["pipes", "tabs", "spaces"]


@dataclass(frozen=True)
class Gap:
    """Cells in printed order. pipes and tabs keep blank cells (pipes also padding after the row); spaces lose them.

    `rest` is where text begins that is no cell: a label not on the form, a sentence.
    """

    mode: Mode
    cells: tuple[Span, ...]
    rest: int


def trim(text: str, start: int, end: int) -> Span:
    """The range without white space at its ends; an empty range stays at its start."""
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    return start, end


@lru_cache(maxsize=4096)
def is_value_like(printed: str) -> bool:
    """Could this be what a cell prints: nothing, a number, a number gone wrong (增, ？), not words?

    >>> is_value_like("增98"), is_value_like("？"), is_value_like("其他主动公开文件")
    (True, True, False)
    """
    if is_blank(printed):
        return True
    try:
        parse_value(printed)
    except Unreadable:
        words_in_it = re.search("[一-鿿]{3}", without_remarks(printed))
        return bool(re.match(r"\s*(?:[增减+\-?？]|\d)", printed)) and not words_in_it
    return True


def split_gap(text: str, start: int, end: int) -> Gap:
    """The cells in text[start:end], the stretch after a row's label."""
    gap = text[start:end]
    if "|" in gap:
        bars = [start + i for i, char in enumerate(gap) if char == "|"]
        spans = [trim(text, a + 1, b) for a, b in pairwise(bars)]
        tail = trim(text, bars[-1] + 1, end)
        if tail[0] < tail[1] and is_value_like(text[slice(*tail)]):
            spans.append(tail)
        return _until_words(text, "pipes", spans, end)
    if "\t" in gap:
        return _until_words(text, "tabs", _tab_cells(text, start, end), end)
    lines = [trim(text, start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", gap)]
    return _until_words(text, "spaces", lines, end)


def _tab_cells(text: str, start: int, end: int) -> list[Span]:
    """A tab opens a cell. The row ends with its line where cells share lines, else at the first blank line."""
    gap = text[start:end]
    shared_line = "\t" in gap.split("\n", 1)[0]
    stop = re.search(r"\n" if shared_line else r"\n[^\S\t\n]*\n", gap.lstrip("\n") if not shared_line else gap)
    lead = 0 if shared_line else len(gap) - len(gap.lstrip("\n"))
    row_end = start + lead + stop.start() if stop else end
    tabs = [i for i in range(start, row_end) if text[i] == "\t"]
    first = trim(text, start, tabs[0]) if tabs else (start, start)  # of a row without label, as section 4's, no tab opens it
    if "\n" in text[start : first[0]] and not is_value_like(text[slice(*first)]):
        return [first]  # the label of another row
    lead_in = [first] if first[0] < first[1] and is_value_like(text[slice(*first)]) else []
    return lead_in + [trim(text, a + 1, b) for a, b in zip(tabs, [*tabs[1:], row_end], strict=True)]


def _until_words(text: str, mode: Mode, spans: list[Span], end: int) -> Gap:
    for index, span in enumerate(spans):
        if not is_value_like(text[slice(*span)]):
            words = re.split(r"\s+", text[slice(*span)])
            if mode == "spaces" and all(map(is_value_like, words)):
                continue
            return Gap(mode, tuple(spans[:index]), span[0])
    return Gap(mode, tuple(spans), end)


def words(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans broken at white space."""
    return tuple((s + m.start(), s + m.end()) for s, e in spans for m in re.finditer(r"\S+", text[s:e]))


def evenly_set(text: str, spans: tuple[Span, ...]) -> bool:
    """Do these stand on one line, or each on its own? Else some may be the rest of a figure that is broken in two."""
    lines = {text.count("\n", spans[0][0], start) for start, _ in spans}
    return len(lines) in (1, len(spans))
