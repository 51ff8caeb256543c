"""The source text cut at every place that something was read from, so that a page can mark and link each one.

A place is {key, start, end}: `key` names what was read there and becomes the fragment of both its links. A piece is
{text, keys}: a stretch of the source text and the keys of what was read there, none for the text between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

Place = tuple[str, int, int]
Piece = dict[str, Any]


def cut(text: str, places: Iterable[Place]) -> list[Piece]:
    """The text in pieces, joined they are the text again. Earlier places win: a later one that overlaps joins its piece.

    Ranges beyond the text's end are taken as far as it goes.

    >>> cut("共12件", [("a", 1, 3), ("b", 1, 3), ("c", 4, 4)])
    [{'text': '共', 'keys': []}, {'text': '12', 'keys': ['a', 'b']}, {'text': '件', 'keys': []}, {'text': '', 'keys': ['c']}]
    """
    taken: list[tuple[int, int, list[str]]] = []
    for key, wanted_start, wanted_end in places:
        start, end = min(wanted_start, len(text)), min(max(wanted_start, wanted_end), len(text))
        at = bisect_left(taken, (start, end, []))
        if (met := _met(taken, at, start, end)) is not None:
            taken[met][2].append(key)
        else:
            taken.insert(at, (start, end, [key]))
    pieces: list[Piece] = []
    done = 0
    for start, end, keys in taken:
        if start > done:
            pieces.append({"text": text[done:start], "keys": []})
        pieces.append({"text": text[start:end], "keys": keys})
        done = end
    return [*pieces, {"text": text[done:], "keys": []}] if done < len(text) else pieces


def _met(taken: list[tuple[int, int, list[str]]], at: int, start: int, end: int) -> int | None:
    """Which of the neighbours at `at` the range meets: the same place, or one that it overlaps."""
    for index in (at - 1, at):
        if 0 <= index < len(taken):
            its_start, its_end, _ = taken[index]
            if (its_start, its_end) == (start, end) or (its_start < end and start < its_end):
                return index
    return None


def cell_key(section: str | None, item: str | None, measure: str | None) -> str:
    """The fragment of a cell's address: its codes; an indicator's printed name without what a fragment cannot hold.

    >>> cell_key("statistics", "收到申请数/1. 当面", "year")
    'statistics-收到申请数/1_当面-year'
    """
    return "-".join(re.sub(r"[^\w/]+", "_", part) for part in (section, item, measure) if part)
