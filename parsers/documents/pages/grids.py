"""The grid that ruled lines draw: its edges, the sides of its boxes that are drawn, the areas that these enclose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from parsers.documents.page import Rule

_DOUBLE = 0.4  # of a character's height: lines as near as this are one, drawn doubly
_NARROW = 0.75  # of a character's height: so are these, where nothing is printed between them
_SIDE = 0.5  # how much of the side of a cell must be drawn


def edges_of(places: Iterable[float], size: float, printed: Sequence[float]) -> list[float]:
    """The edges that lines at these places mark; `printed` are the sorted places of characters, `size` is their height."""
    groups: list[list[float]] = []
    for place in sorted(places):
        width = place - groups[-1][0] if groups else size
        empty = bool(groups) and bisect_left(printed, groups[-1][-1]) == bisect_left(printed, place)
        if width <= max(1.5, _DOUBLE * size) or (width <= _NARROW * size and empty):
            groups[-1].append(place)
        else:
            groups.append([place])
    return [(group[0] + group[-1]) / 2 for group in groups]


def between(edges: Sequence[float], value: float) -> int:
    """The index of the space between edges in which a value lies; the first or the last for one outside."""
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)


def nearest(edges: Sequence[float], value: float) -> int:
    """The index of the edge that is nearest to a value."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def walls_of(rules: Iterable[Rule], across: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    """Which sides of the boxes of a grid are drawn: the edge's index and the index of the box along it."""
    walls = set()
    for rule in rules:
        edge = nearest(across, rule.at)
        for box in range(between(along, rule.begin), between(along, rule.end) + 1):
            begin, end = along[box], along[box + 1]
            if min(rule.end, end) - max(rule.begin, begin) >= _SIDE * (end - begin):
                walls.add((edge, box))
    return walls


def areas_of(rows: int, columns: int, upright: set[tuple[int, int]], level: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Boxes without a wall between them as areas (top, bottom, left, right); one that is no rectangle falls into its rows."""
    seen: set[tuple[int, int]] = set()
    areas = []
    for start in ((row, column) for row in range(rows) for column in range(columns)):
        if start in seen:
            continue
        area, todo = {start}, [start]
        while todo:
            row, column = todo.pop()
            for near, is_open in (
                ((row, column + 1), column + 1 < columns and (column + 1, row) not in upright),
                ((row, column - 1), column > 0 and (column, row) not in upright),
                ((row + 1, column), row + 1 < rows and (row + 1, column) not in level),
                ((row - 1, column), row > 0 and (row, column) not in level),
            ):
                if is_open and near not in area:
                    area.add(near)
                    todo.append(near)
        seen |= area
        top, bottom = min(r for r, _ in area), max(r for r, _ in area) + 1
        left, right = min(c for _, c in area), max(c for _, c in area) + 1
        if len(area) == (bottom - top) * (right - left):
            areas.append((top, bottom, left, right))
            continue
        for row in range(top, bottom):
            run = [column for column in range(left, right) if (row, column) in area]
            breaks = [column for column in run if column - 1 not in run]
            areas += [(row, row + 1, begin, next(c for c in range(begin, right + 1) if c not in run)) for begin in breaks]
    return areas
