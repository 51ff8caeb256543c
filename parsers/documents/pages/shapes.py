"""Drawn shapes, in any paged format: which of them are ruled lines, which are filled areas, which are neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.documents.page import THIN, Box

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
Point = tuple[float, float]
Subpath = tuple[list[Point], list[bool]]  # the points of a part of a path, and whether a straight line leads from each to the next
_FINE, _LONG, _SQUARE = 1.6, 3.0, 1.2  # what is thicker than fine is a line if so many times as long, and a dot of one if square


class Shape(NamedTuple):
    """What a path draws: its lines; does it fill an area; is it nothing but lines and boxes?"""

    lines: list[Box]
    is_area: bool
    is_known: bool


def shape_of(subpaths: Iterable[Subpath], matrix: Matrix, stroke: bool, fill: bool) -> Shape:
    """The lines of a path: its strokes, its thin filled parts, the frame between a filled box and the hole in it."""
    lines: list[Box] = []
    boxes: list[Box] = []
    known = True
    for points, straight in subpaths:
        box = around(points, matrix)
        if stroke:
            sides = [around(pair, matrix) for pair, is_line in zip(pairwise(points), straight, strict=True) if is_line]
            thin = list(filter(is_thin, sides))
            lines += thin
            known = known and (len(thin) == len(straight) or is_thin(box))
        elif fill:
            boxes.append(box)
            known = known and (is_thin(box) or _is_box(points, straight))
    frames = [side for outer, inner in pairwise(boxes) for side in _frame(outer, inner)]
    lines += [*filter(is_thin, boxes), *frames]
    return Shape(lines, fill and not frames and (stroke or not all(map(is_thin, boxes))), known)


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does what the first does and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def around(points: Iterable[Point], matrix: Matrix) -> Box:
    """The box around points taken through `matrix`."""
    a, b, c, d, e, f = matrix
    places = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)


def moved(box: Box, matrix: Matrix) -> Box:
    """The box around a box taken through `matrix`."""
    left, bottom, right, top = box
    return box if matrix == UNMOVED else around(((left, bottom), (left, top), (right, bottom), (right, top)), matrix)


def is_thin(box: Box) -> bool:
    """Is this a line or a dot of one, and not the shadow of a 1?"""
    width, height = box[2] - box[0], box[3] - box[1]
    short, long = min(width, height), max(width, height)
    return short <= _FINE or (short <= THIN and not _SQUARE * short < long < _LONG * short)


def _is_box(points: Sequence[Point], straight: Sequence[bool]) -> bool:
    return all(straight) and len({round(x, 1) for x, _ in points}) <= 2 >= len({round(y, 1) for _, y in points})


def _frame(outer: Box, inner: Box) -> list[Box]:
    """The four sides between a box and the slightly smaller box in it; nothing for any other two boxes."""
    margins = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
    if is_thin(inner) or not all(-0.01 <= margin <= THIN for margin in margins):
        return []
    left, bottom, right, top = outer
    sides = [(left, bottom, inner[0], top), (left, bottom, right, inner[1]), (inner[2], bottom, right, top), (left, inner[3], right, top)]
    return [side for side, margin in zip(sides, margins, strict=True) if margin > 0.01]
