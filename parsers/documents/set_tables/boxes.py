"""Tables drawn with lines in text, as w3m (┌─┐) and pandoc (+--+) print them: the cells and their grid.

    ┌────────┬──────────────┬────┐        +:-----------+:--------------------+-----+
    │信息内容│本年制发件数  │ …  │        | 信息内容   | 本年制发件数        | …   |
    ├────────┼──────────────┼────┤        +------------+---------------------+-----+
    │规章    │5             │    │        | 规章       | [5]{lang="EN-US"}   |     |
    └────────┴──────────────┴────┘        +------------+---------------------+-----+

A box is a rectangle of ruling characters (┌─┬┐│ or +-|). Between its lines a cell's text may run over several printed lines;
they are put together cell by cell. Places are those of a terminal: a Chinese character takes two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from unicodedata import east_asian_width

from parsers.documents.marks import without_marks
from parsers.printed.canonical import GridCell
from parsers.printed.lines import joined

_LEVEL = "-=:─━═┄┈"  # pandoc says with : how a column is set
_CORNER = "┌┏╔╭+"
_CROSSING = "┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╰╯┝┥┠┨┯┷┿╂╞╡╪╤╧+"
_CROSSINGS = frozenset(_CROSSING)
_BORDER = _CROSSINGS | frozenset("│┃║┆┊|")
_RULE = frozenset(_LEVEL + _CROSSING)
MAX_WIDTH = 2000  # places; no page is wider
_DRAWN = f"{_LEVEL}{_CROSSING}"
_TOP = re.compile(rf"(?<![{_DRAWN}])(?:(?![{_CORNER}])[{_DRAWN}])*+(?P<top>[{_CORNER}][{_DRAWN}]+[┐┓╗╮+])")
_NESTED = re.compile(rf"[┌┏╔╭]|[|│] \+[{_LEVEL}+]+\+ ")

Screen = list[list[str]]  # lines of places


@dataclass(frozen=True)
class Box:
    """A drawn table: its first and last + 1 line, what is printed beside it on these lines, its rows of cells."""

    first: int
    last: int
    beside: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]


def find_boxes(lines: Sequence[str]) -> list[Box]:
    """The drawn tables in lines of text, from the top. A box around other boxes lays out the page and is none."""
    drawn = [number for number, line in enumerate(lines) if len(line) <= MAX_WIDTH and _TOP.search(line)]
    screen = [places(line) for line in lines] if drawn else []
    found: list[Box] = []
    for number in drawn:
        if not found or number >= found[-1].last:
            found += _boxes(screen, number)
    return found


def places(line: str) -> list[str]:
    """The places of a line on a screen: a wide character takes two, the second of them empty."""
    return list(chain.from_iterable(map(_place, line)))


@lru_cache(maxsize=4096)
def _place(char: str) -> tuple[str, ...]:
    return (char, "") if east_asian_width(char) in "WF" else (char,)


def _boxes(screen: Screen, number: int) -> Iterator[Box]:
    if len(screen[number]) > MAX_WIDTH:
        return
    line = "".join(char or "\0" for char in screen[number])
    for top in _TOP.finditer(line):
        if box := _box(screen, number, top.start("top"), top.end() - 1):
            yield box
            return


def _box(screen: Screen, first: int, left: int, right: int) -> Box | None:
    """The box below a top border; None if its sides do not hold, its lines do not meet, or another box stands in it."""
    last = first + 1
    while last < len(screen) and {_at(screen[last], left), _at(screen[last], right)} <= _BORDER:
        last += 1
    inside = [[_at(places, place) for place in range(left, right + 1)] for places in screen[first:last]]
    closed = [number for number, places in enumerate(inside) if number and _RULE.issuperset(places)]
    if not closed or any(_NESTED.search("".join(places)) for places in inside[1:]):
        return None
    inside = inside[: closed[-1] + 1]
    if any(_at(places, right + 1) != " " for places in screen[first : first + len(inside)]):
        return None  # a row sticks out
    rows = _rows(inside)
    beside = ("".join([*places[:left], " ", *places[right + 1 :]]).strip() for places in screen[first : first + len(inside)])
    return Box(first, first + len(inside), tuple(filter(None, beside)), rows) if rows else None


def _at(places: Sequence[str], place: int) -> str:
    return places[place] if place < len(places) else " "


def _rows(inside: Screen) -> tuple[tuple[GridCell, ...], ...] | None:
    """The cells of a box by rows; None where what the lines enclose is no rectangle."""
    edges = _edges(inside)
    slots = list(pairwise(edges))
    filled = [[not _RULE.issuperset(places[a + 1 : b]) for a, b in slots] for places in inside]
    begins = _row_begins(inside, filled, slots)
    if begins is None:
        return None
    row_of = [sum(begin <= number for begin in begins) - 1 for number in range(len(inside))]
    rows: list[list[GridCell]] = [[] for _ in begins]
    taken: set[tuple[int, int]] = set()
    for top, places in enumerate(inside):
        for left in range(len(slots)):
            if not filled[top][left] or (top, left) in taken:
                continue
            right = left
            while right + 1 < len(slots) and filled[top][right + 1] and places[edges[right + 1]] not in _BORDER:
                right += 1
            bottom = top
            while bottom + 1 < len(inside) and filled[bottom + 1][left]:
                bottom += 1
            area = {(line, slot) for line in range(top, bottom + 1) for slot in range(left, right + 1)}
            if area & taken or not all(filled[line][slot] for line, slot in area):
                return None
            taken |= area
            text = joined("".join(inside[line][edges[left] + 1 : edges[right + 1]]).strip() for line in range(top, bottom + 1))
            rows[row_of[top]].append(GridCell(without_marks(text), row_of[bottom] - row_of[top] + 1, right - left + 1))
    return tuple(map(tuple, rows))


def _edges(inside: Screen) -> list[int]:
    """The places at which upright lines cross level ones somewhere."""
    last = len(inside[0]) - 1
    crossed = {
        place
        for places in inside
        for place in range(1, last)
        if places[place] in _CROSSINGS and (places[place - 1] in _RULE or places[place + 1] in _RULE)
    }
    return [0, *sorted(crossed), last]


def _row_begins(inside: Screen, filled: list[list[bool]], slots: list[tuple[int, int]]) -> list[int] | None:
    """The lines with which rows begin, one after each level line; None where lines of figures stand below the header with no level
    line between them: each is a row or a piece of one, and between bars they are read as lines."""
    ruled = [number for number, line in enumerate(filled) if not all(line)]
    body = range(ruled[-2] + 1, ruled[-1])
    numbers = [[bool(re.search(r"\d", "".join(inside[line][a:b]))) for a, b in slots] for line in body]
    unruled = len(ruled) < 4 and sum(sum(line[1:]) > 1 for line in numbers) > 1
    return [number + 1 for number in ruled if number + 1 < len(inside)] if not unruled else None
