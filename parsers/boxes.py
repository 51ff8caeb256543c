"""Tables drawn with lines in text, as w3m, pandoc and database shells print them: the cells and the grid they stand in.

A box is a rectangle of ruling characters (┌─┬┐│ or +-|). Between its lines a cell's text may run over several printed lines;
they are put together cell by cell. Places are those of a terminal: a Chinese character takes two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from parsers.canonical import GridCell
from parsers.gaps import is_value_like
from parsers.print_line import joined

_LEVEL = "-=─━═┄┈"
_CORNER = "┌┏╔╭+"
_CROSSING = "┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╰╯┝┥┠┨┯┷┿╂╞╡╪╤╧+"
_CROSSINGS = frozenset(_CROSSING)
_BORDER = _CROSSINGS | frozenset("│┃║┆┊|")
_RULE = frozenset(_LEVEL + _CROSSING)
_TOP = re.compile(f"[{_CORNER}][{_LEVEL}{_CROSSING}]{{1,400}}[┐┓╗╮+]")  # no page is wider
_NESTED = frozenset("┌┏╔╭")

Screen = list[list[str]]  # lines of places; the second place of a wide character is empty


@dataclass(frozen=True)
class Box:
    """A drawn table: its first and last + 1 line, what is printed beside it on these lines, its rows of cells."""

    first: int
    last: int
    beside: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]


def find_boxes(lines: Sequence[str]) -> list[Box]:
    """The drawn tables in lines of text, from the top. A box around other boxes lays out the page and is none."""
    drawn = [number for number, line in enumerate(lines) if _TOP.search(line)]
    for width in (1, 2):  # rules and curly quotes are one place wide on some terminals, two on others
        found: list[Box] = []
        screen: Screen = []
        for number in drawn:
            if found and number < found[-1].last:
                continue
            screen = screen or [places(line, width) for line in lines]
            found += _boxes(screen, number)
        if found:
            return found
    return []


def places(line: str, ambiguous: int) -> list[str]:
    places: list[str] = []
    for char in line:
        width = east_asian_width(char)
        wide = width in "WF" or (width == "A" and ambiguous == 2)
        places += [char, char if char in _LEVEL else ""] if wide else [char]
    return places


def _boxes(screen: Screen, number: int) -> Iterator[Box]:
    line = "".join(char or "\0" for char in screen[number])
    for top in _TOP.finditer(line):
        if box := _box(screen, number, top.start(), top.end() - 1):
            yield box
            return


def _box(screen: Screen, first: int, left: int, right: int) -> Box | None:
    """The box below a top border; None if its sides do not hold, its lines do not meet, or another box stands in it."""
    last = first + 1
    while last < len(screen) and {_at(screen[last], left), _at(screen[last], right)} <= _BORDER:
        last += 1
    inside = [[_at(places, place) for place in range(left, right + 1)] for places in screen[first:last]]
    closed = [number for number, places in enumerate(inside) if number and _RULE.issuperset(places)]
    if not closed or any(_NESTED.intersection(places) for places in inside[1:]):
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
    loose = any(all(filled[begin - 1]) for begin in begins)
    rows: list[list[tuple[int, GridCell]]] = [[] for _ in begins]
    taken: set[tuple[int, int]] = set()
    for top, places in enumerate(inside):
        for left in range(len(slots)):
            if not filled[top][left] or (top, left) in taken:
                continue
            right = left
            while right + 1 < len(slots) and filled[top][right + 1] and places[edges[right + 1]] not in _BORDER:
                right += 1
            bottom = top
            while bottom + 1 < len(inside) and filled[bottom + 1][left] and not (loose and bottom + 1 in begins):
                bottom += 1
            area = {(line, slot) for line in range(top, bottom + 1) for slot in range(left, right + 1)}
            if area & taken or not all(filled[line][slot] for line, slot in area):
                return None
            taken |= area
            text = joined("".join(inside[line][edges[left] + 1 : edges[right + 1]]).strip() for line in range(top, bottom + 1))
            rows[row_of[top]].append((right, GridCell(text, row_of[bottom] - row_of[top] + 1, right - left + 1)))
    return tuple(map(tuple, _without_unheaded(rows, len(slots) - 1)))


def _without_unheaded(rows: list[list[tuple[int, GridCell]]], last: int) -> Iterator[list[GridCell]]:
    """The cells without blank ones that no converter's source need have had: those of a header above the first figures, and
    those below no header at the right end. A header that lacks a word must not look whole."""
    figures = next((n for n, row in enumerate(rows) if any(c.text[:1].isdigit() and is_value_like(c.text) for _, c in row)), 0)
    headed = any(right == last and re.search("[^\\W\\d]", cell.text) for row in rows for right, cell in row)
    for number, row in enumerate(rows):
        yield [cell for right, cell in row if cell.text or (number >= figures and (headed or right < last))]


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
    """The lines with which rows begin: after each level line; where only the header is ruled off, every line of the body.

    None if a body without rules has figures on a line without label: they may be the rest of figures broken in two.
    """
    ruled = [number for number, line in enumerate(filled) if not all(line)]
    begins = [number + 1 for number in ruled if number + 1 < len(inside)]
    body = range(ruled[-2] + 1, ruled[-1])
    numbers = [[bool(re.search(r"\d", "".join(inside[line][a:b]))) for a, b in slots] for line in body]
    if len(ruled) > 3 or sum(sum(line[1:]) > 1 for line in numbers) < 2:
        return begins
    if any(
        any(line[1:]) and not "".join(inside[at][slots[0][0] + 1 : slots[0][1]]).strip() for at, line in zip(body, numbers, strict=True)
    ):
        return None
    return [*begins[:-1], *body] if len(ruled) > 2 else [*body]
