"""A picture of a page made straight: level, and where it was photographed from aside, square again by the outer rules of its tables."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from parsers.documents.pictures.upright import Picture, lean_of, leaning, of_one_size, without_red
from parsers.documents.pictures.words import rules_dots

_THICK = 6  # dots: thicker is the edge of the paper on a dark ground
_LONG = 0.5  # of the longest rule of its direction: the outermost as long as this are looked at
_APART = 0.08  # of the page: rules nearer to each other tell too little
_BENT = 2.0  # dots: what leaves a straight line by more is none
_ASLANT = 0.25  # degrees from being square; a scan has less
_LARGER = 1.3  # times its size at most is a page when it has been made square
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))

Line = tuple[float, float, float, float]  # its direction and a point on it


def as_read(picture: Picture, quarters: int, lean: float | None = None) -> tuple[Picture, float]:
    """A picture turned by quarters to the left, of one size, level and square, and its lean; measured if it is not given."""
    turned = of_one_size(np.ascontiguousarray(np.rot90(picture, quarters)))
    lean = lean_of(turned) if lean is None else lean
    return squared(leaning(turned, lean, 255) if lean else turned), lean


def squared(picture: Picture) -> Picture:
    """The picture as it looks from right above, where rules that are level or upright in print show that it was taken from aside."""
    height, width = picture.shape[:2]
    across, down = rules_dots(without_red(picture))
    outer = [*_outer(across, height, 1), *_outer(down, width, 0)]
    if len(outer) < 4:
        return picture
    top, bottom, left, right = outer
    corners = np.array([_meeting(top, left), _meeting(top, right), _meeting(bottom, right), _meeting(bottom, left)])
    if not _is_aslant(corners):
        return picture
    wide = np.hypot(*(corners[1] - corners[0] + corners[2] - corners[3])) / 2
    high = np.hypot(*(corners[3] - corners[0] + corners[2] - corners[1])) / 2
    to_square = cv2.getPerspectiveTransform(corners.astype(np.float32), np.array([(x * wide, y * high) for x, y in _CORNERS], np.float32))
    page = cv2.perspectiveTransform(np.array([[(x * width, y * height) for x, y in _CORNERS]], np.float32), to_square)[0]
    (begin, above), (end, below) = page.min(axis=0), page.max(axis=0)
    if not (0 < end - begin <= _LARGER * width and 0 < below - above <= _LARGER * height):
        return picture
    to_square = np.array([[1, 0, -begin], [0, 1, -above], [0, 0, 1]]) @ to_square
    size = round(float(end - begin)), round(float(below - above))
    return cv2.warpPerspective(picture, to_square, size, flags=cv2.INTER_CUBIC, borderValue=(255,) * 3)


def _outer(dots: Picture, size: int, axis: int) -> list[Line]:
    """The first and the last of the long rules in one direction, as straight lines; none where they lie close together."""
    lines = sorted(_lines(dots, axis))
    return [lines[0][1], lines[-1][1]] if lines and lines[-1][0] - lines[0][0] >= _APART * size else []


def _lines(dots: Picture, axis: int) -> Iterator[tuple[float, Line]]:
    """The long straight rules, each with its place on the axis that they cross."""
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((3, 25) if axis else (25, 3), np.uint8))
    _, labels, stats, middles = cv2.connectedComponentsWithStats(joined, connectivity=8)
    lengths = stats[:, cv2.CC_STAT_WIDTH if axis else cv2.CC_STAT_HEIGHT].astype(float)
    lengths[0] = 0
    lengths[stats[:, cv2.CC_STAT_AREA] > _THICK * lengths] = 0
    for label in np.flatnonzero((lengths >= _LONG * lengths.max()) & (lengths > 0)):
        x, y, w, h, _ = stats[label]
        rows, columns = np.nonzero(labels[y : y + h, x : x + w] == label)
        points = np.stack([columns + x, rows + y], axis=1).astype(np.float32)
        dx, dy, at_x, at_y = (float(part) for part in cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
        apart = np.abs((points[:, 0] - at_x) * dy - (points[:, 1] - at_y) * dx)
        if np.quantile(apart, 0.95) <= _BENT + _THICK / 2:
            yield float(middles[label][axis]), (dx, dy, at_x, at_y)


def _meeting(one: Line, other: Line) -> tuple[float, float]:
    (dx, dy, x, y), (ex, ey, u, v) = one, other
    along = ((u - x) * ey - (v - y) * ex) / (dx * ey - dy * ex)
    return x + along * dx, y + along * dy


def _is_aslant(corners: Picture) -> bool:
    """Do four sides differ in direction from those of any rectangle?"""
    ways = np.roll(corners, -1, axis=0) - corners
    turned = np.degrees(np.arctan2(ways[:, 1], ways[:, 0])) - np.array([0, 90, 180, 270])
    turned = (turned + 180) % 360 - 180
    return bool(turned.max() - turned.min() > _ASLANT)
