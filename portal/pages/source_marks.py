"""The source text cut at every place that something was read from, so that a page can mark and link each one.

A place is (key, start, end): `key` names what was read there and becomes part of the address of both its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

Place = tuple[str, int, int]
Piece = dict[str, Any]
_PARTS = re.compile(r"[^\n]*\n|[^\n]+")


def cut(text: str, places: Iterable[Place]) -> list[Piece]:
    """The text in pieces {text, keys, begins}; joined they are the text again.

    `keys` are the places that cover the piece, the shortest first, and `begins` those of which it is the first piece; both
    are empty for the text between. An empty place is a piece of its own. Ranges beyond the text's end go as far as it does.

    >>> cut("共12件", [("said", 0, 4), ("a", 1, 3), ("b", 1, 3)])[1]
    {'text': '12', 'keys': ['a', 'b', 'said'], 'begins': ['a', 'b']}
    >>> [piece["text"] for piece in cut("共12件", [("a", 1, 3), ("c", 4, 4)])]
    ['共', '12', '件', '']
    """
    size = len(text)
    opening: dict[int, list[Place]] = {}
    empty: dict[int, list[str]] = {}
    points = {0, size}
    for key, wanted_start, wanted_end in places:
        start, end = min(wanted_start, size), min(max(wanted_start, wanted_end), size)
        points.add(start)
        points.add(end)
        if start < end:
            opening.setdefault(start, []).append((key, start, end))
        else:
            empty.setdefault(start, []).append(key)
    pieces: list[Piece] = []
    begun: set[str] = set()
    open_now: list[Place] = []
    bounds = sorted(points)
    for at, until in zip(bounds, [*bounds[1:], size], strict=True):
        if at in empty:
            pieces.append({"text": "", "keys": empty[at], "begins": [key for key in empty[at] if key not in begun]})
            begun |= set(empty[at])
        if open_now:
            open_now = [place for place in open_now if place[2] > at]
        if at in opening:
            open_now += opening[at]
        if len(open_now) > 1:
            open_now.sort(key=lambda place: place[2] - place[1])
        if at < until:
            keys = list(dict.fromkeys([key for key, _, _ in open_now])) if open_now else []
            pieces.append({"text": text[at:until], "keys": keys, "begins": [key for key in keys if key not in begun]})
            begun.update(keys)
    return pieces


def lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line, its end with them; one that goes over the end of a line is cut there.

    >>> [[piece["text"] for piece in line] for line in lines(cut("甲\\n乙12\\n", [("said", 0, 3), ("a", 3, 5)]))]
    [['甲\\n'], ['乙', '12', '\\n']]
    """
    line: list[Piece] = []
    for piece in pieces:
        for number, part in enumerate(_PARTS.findall(piece["text"]) or [""]):
            line.append({**piece, "text": part, "begins": [] if number else piece["begins"]})
            if part.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


@lru_cache(10_000)
def cell_key(section: str | None, item: str | None, measure: str | None) -> str:
    """The fragment of a cell's address: its codes; an indicator's printed name without what a fragment cannot hold.

    >>> cell_key("statistics", "收到申请数/1. 当面", "year")
    'statistics-收到申请数/1_当面-year'
    """
    return "-".join(re.sub(r"[^\w/]+", "_", part) for part in (section, item, measure) if part)
