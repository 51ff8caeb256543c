"""Ruled tables of a page: the cells that its lines enclose, merged ones as large as they are drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from parsers.documents.page import UNREAD, Box, Char, Page, Rule
from parsers.documents.pages.grids import areas_of, between, edges_of, walls_of
from parsers.documents.pages.lines import is_full, is_wide, joined, lines_of
from parsers.printed.decode import Undecodable

MAX_RULES = 5000  # on one page, after the pieces of a line are joined
MAX_BOXES = 50_000
LONG_CELL = 300  # characters: no cell of a form prints so many; one that does lays out the page
TOUCH = 4.0  # points within which lines of one table meet, or lie side by side as the borders of neighbouring cells
_CUT = "…"  # printed at the end of a cell whose rest is cut off
_EDGE = 1.0  # points: a table that reaches so near to the edge of the paper was wider than it
_NEAR = 30.0  # points: what lies beside the paper is no part of a table that ends so far from its edge
_LINE_APART = 2.5  # of a character's height: lines of one cell are no further apart
_GLUED = 0.04  # of a character's height: digits as near as this are one number


@dataclass(frozen=True)
class RuledCell:
    """A drawn cell: its text, its first and last + 1 row, its first and last + 1 column; `full`: its last line left no room. `page` and
    `box` are where it is drawn; `recognised`: some of it in a picture."""

    text: str
    full: bool
    top: int
    bottom: int
    left: int
    right: int
    page: int = field(default=0, compare=False)
    box: Box = field(default=(0.0, 0.0, 0.0, 0.0), compare=False)
    recognised: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Ruled:
    """A ruled table, or the part of one on one page, between the heights y and end.

    `edges` are the x of its columns' edges, one more than columns; `above` and `below` tell for each column whether a line
    closes the table there.
    """

    y: float
    end: float
    edges: tuple[float, ...]
    rows: int
    cells: tuple[RuledCell, ...]
    above: tuple[bool, ...]
    below: tuple[bool, ...]


class _Cut(NamedTuple):
    """At which ends a table's print may go on, and at which some of it lies beside the paper."""

    left: bool
    right: bool
    left_lost: bool
    right_lost: bool


def ruled_tables(page: Page) -> tuple[list[Ruled], list[Char]]:
    """The ruled tables of a page, and the characters outside of them."""
    if len(page.horizontal) + len(page.vertical) > MAX_RULES:
        raise Undecodable(
            "一页上的线条过多，不予读取，请从原稿另存 (a page draws more lines than a page can show; save it again from its source)"
        )
    frames = [(_box(*rules), rules) for rules in _connected(page.horizontal, page.vertical)]
    frames = [(box, rules) for box, rules in frames if box[2] - box[0] > 2 * TOUCH and box[3] - box[1] > 2 * TOUCH]
    tables: list[Ruled] = []
    rest = list(page.chars)
    for box, (horizontal, vertical) in sorted(frames, key=lambda frame: (frame[0][2] - frame[0][0]) * (frame[0][3] - frame[0][1])):
        inside = [char for char in rest if _within(char, box)]
        lost = [x for x, y in page.beyond if box[1] <= y <= box[3]]
        ends = box[0] < _EDGE, box[2] > page.width - _EDGE or any(_goes_on(line, box) for line in page.hidden)
        runs_over = ends[1] or any(_runs_over(char, box) for char in rest)
        is_cut = _Cut(
            ends[0], runs_over, box[0] < _NEAR and min(lost, default=0) < 0, box[2] > page.width - _NEAR and max(lost, default=0) > 0
        )
        table = _table(box, horizontal, vertical, inside, is_cut, page) if inside else None
        if table and (over := _below_open_cells(table, rest)):
            table = _table(box, horizontal, vertical, [*inside, *over], is_cut, page)
            rest = [char for char in rest if char not in over]
        if table and not any(_holds(table, inner) for inner in tables):
            tables.append(table)
            rest = [char for char in rest if not _within(char, box)]
    return sorted(tables, key=lambda table: table.y), rest


def _connected(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines in groups of those that meet, cross, or lie close along each other."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    places = [rule.at for rule in vertical]
    for index, rule in enumerate(horizontal):
        for other in range(bisect_left(places, rule.begin - TOUCH), bisect_right(places, rule.end + TOUCH)):
            if vertical[other].begin - TOUCH <= rule.at <= vertical[other].end + TOUCH:
                parent[root(len(horizontal) + other)] = root(index)
    for first, side in ((0, horizontal), (len(horizontal), vertical)):
        for index, rule in enumerate(side):
            for other in range(index + 1, len(side)):
                if side[other].at - rule.at > TOUCH:
                    break
                if side[other].begin < rule.end and rule.begin < side[other].end:
                    parent[root(first + other)] = root(first + index)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*horizontal, *vertical]):
        groups.setdefault(root(index), ([], []))[index >= len(horizontal)].append(rule)
    tables = [group for group in groups.values() if all(group)]
    for _, alone in groups.values():
        if alone and not any(alone is upright for _, upright in tables):
            for level, upright in tables:
                if _is_side(_box([], alone), _box(level, upright)):
                    upright += alone
                    break
    return tables


def _is_side(line: Box, table: Box) -> bool:
    """Is this the outer side of a cell that fills the whole height of the table's part on a page, so that no line meets it?"""
    apart = line[2] < table[0] or table[2] < line[0]
    return apart and abs(line[1] - table[1]) <= 2 * TOUCH and abs(line[3] - table[3]) <= 2 * TOUCH


def _box(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> Box:
    xs = [x for r in horizontal for x in (r.begin, r.end)] + [r.at for r in vertical]
    ys = [y for r in vertical for y in (r.begin, r.end)] + [r.at for r in horizontal]
    return min(xs), min(ys), max(xs), max(ys)


def _within(char: Char, box: Box) -> bool:
    return box[0] <= char.x <= box[2] and box[1] <= char.y <= box[3]


def _goes_on(hidden: Box, table: Box) -> bool:
    return abs(hidden[0] - table[2]) < 1 and table[1] - TOUCH < hidden[1] < table[3] + TOUCH


def _runs_over(char: Char, box: Box) -> bool:
    return char.turn == 0 and box[1] <= char.y <= box[3] and char.begin < box[2] - 0.25 and box[2] + 0.25 < char.end


def _below_open_cells(table: Ruled, chars: Sequence[Char]) -> set[Char]:
    """What cells of several rows print below the last line that a page draws: a browser ends the lines with the last whole row.

    Only cells without a line below, beside others that have one, can go on; and all that stands on such a height must be theirs.
    """
    open_cells = [c for c in table.cells if c.bottom == table.rows and c.text and not any(table.below[c.left : c.right])]
    if not open_cells or not any(table.below):
        return set()
    spans = [(table.edges[cell.left], table.edges[cell.right]) for cell in open_cells]
    below = [char for char in chars if char.turn == 0 and char.y > table.end]
    end = table.end
    for line in lines_of(below):
        is_theirs = all(any(left <= char.begin and char.end <= right for left, right in spans) for char in line.chars)
        if line.y - end > _LINE_APART * line.size or not is_theirs:
            break
        end = line.y + line.size / 2
    return {char for char in below if char.y <= end}


def _holds(outer: Ruled, inner: Ruled) -> bool:
    return outer.y <= inner.y and inner.end <= outer.end and outer.edges[0] <= inner.edges[0] and inner.edges[-1] <= outer.edges[-1]


def _table(box: Box, horizontal: Sequence[Rule], vertical: Sequence[Rule], chars: Sequence[Char], is_cut: _Cut, page: Page) -> Ruled | None:
    """The table that these lines draw, open sides closed; None when they divide nothing, or lay out a page.

    A cell without text on which something else is printed holds what cannot be read.

    Where the print `is_cut` at an end and no line closes the table there, its outer column is one cell with the one beside it,
    and marked as going on: how much of it is missing is not known.
    """
    size = median(char.size for char in chars)
    xs = edges_of([box[0], box[2], *(rule.at for rule in vertical)], size, sorted(char.x for char in chars))
    ys = edges_of([box[1], box[3], *(rule.at for rule in horizontal)], size, sorted(char.y for char in chars))
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or columns * rows > MAX_BOXES:
        return None
    upright = walls_of(vertical, xs, ys)
    level = walls_of(horizontal, ys, xs)
    places = [(between(ys, char.y), between(xs, char.x)) for char in chars]
    for row, edge in _crossed(chars, places):
        upright.discard((edge, row))
    torn: set[int] = set()
    for outer, inner, cut, lost in ((0, 1, is_cut.left, is_cut.left_lost), (columns, columns - 1, is_cut.right, is_cut.right_lost)):
        closed_at = [(outer, row) in upright for row in range(rows)]
        if (lost and (cut or not all(closed_at))) or (cut and not any(closed_at)):
            upright -= {(inner, row) for row in range(rows)}
            torn.add(outer)
    texts: dict[tuple[int, int], list[Char]] = {}
    for char, at in zip(chars, places, strict=True):
        texts.setdefault(at, []).append(char)
    lines = {
        area: lines_of(
            char for row in range(area[0], area[1]) for column in range(area[2], area[3]) for char in texts.get((row, column), ())
        )
        for area in areas_of(rows, columns, upright, level)
    }
    begins = (max(0.0, line.begin - xs[area[2]]) for area, printed in lines.items() for line in printed if line.chars[0].turn == 0)
    padding = min(begins, default=0.0)
    cells = []
    for area, printed in lines.items():
        room = xs[area[3]] - xs[area[2]] - 2 * padding
        drawn = (xs[area[2]], ys[area[0]], xs[area[3]], ys[area[1]])
        text = joined(printed, room) if printed else UNREAD * page.has_ink(drawn)
        text = _CUT * (area[2] in torn) + text + _CUT * (area[3] in torn)
        if len(text) > LONG_CELL:
            return None
        cells.append(RuledCell(text, bool(printed) and is_full(printed[-1], room), *area, page.number, drawn, page.is_picture))
    closed = [tuple((edge, column) in level for column in range(columns)) for edge in (0, rows)]
    return Ruled(box[1], box[3], tuple(xs), rows, tuple(cells), *closed)


def _crossed(chars: Sequence[Char], places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a number runs over the line between two cells, as row and edge: nobody can tell which digits are whose."""
    found = []
    for (left, here), (right, there) in pairwise(zip(chars, places, strict=True)):
        if (
            here[0] == there[0]
            and abs(here[1] - there[1]) == 1
            and left.turn == right.turn
            and left.turn in (0, 2)
            and not (is_wide(left.text) or is_wide(right.text))
        ):
            near = abs(right.begin - left.end) < _GLUED * left.size and abs(right.base - left.base) < _GLUED * left.size
            found += [(here[0], max(here[1], there[1]))] if near else []
    return found
