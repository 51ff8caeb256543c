"""A picture of a page made fit for reading: of one size, evenly lit, its lines of print level."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Picture = Any  # an array of numpy: rows of dots, each of 0 to 255, or of red, green and blue

DOT = 72 / 200  # points: every page is read at 200 dots an inch of A4
_ACROSS, _ACROSS_LYING = 1654, 2339  # dots of an A4 page, standing and lying
_MOST_DOTS = 24_000_000
_ENLARGED = 4.0  # times at most: what needs more has too few dots of each character
_GROUND = 61  # dots: wider than any stroke of print, narrower than a shadow
_STEEPEST = 4.0  # degrees
_INK = 190  # of 255: print is darker


def of_one_size(picture: Picture) -> Picture:
    """The picture as wide as an A4 page at 200 dots an inch; a very long one less wide."""
    height, width = picture.shape[:2]
    factor = (_ACROSS_LYING if width > 1.2 * height else _ACROSS) / width
    factor = min(factor, _ENLARGED, (_MOST_DOTS / (width * height)) ** 0.5)
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how)


def evenly_lit(shades: Picture) -> Picture:
    """Shades of one colour with the ground made white: shadows, grey paper and shaded cells are gone, print is left."""
    small = cv2.resize(shades, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_GROUND // 4, _GROUND // 4), np.uint8))
    ground = cv2.GaussianBlur(ground, (0, 0), 3)
    ground = cv2.resize(ground, shades.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.divide(shades, np.maximum(ground, 40), scale=255)


def without_red(picture: Picture) -> Picture:
    """The picture through a red glass: what is stamped in red is white, black print stays black."""
    return evenly_lit(np.ascontiguousarray(picture[:, :, 0]))


def any_ink(picture: Picture) -> Picture:
    """Where anything at all is printed in any colour, however pale: true or false for each dot."""
    darkest = evenly_lit(np.ascontiguousarray(picture.min(axis=2)))
    return cv2.GaussianBlur(darkest, (0, 0), 2) < 215


def ink(shades: Picture) -> Picture:
    return (shades < _INK).astype(np.uint8)


def lean_of(picture: Picture) -> float:
    """The few degrees to the left by which a picture is to be turned for its lines to be level."""
    dots = cv2.resize(ink(without_red(picture)) * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    angle = 0.0
    for reach, step in ((_STEEPEST, 0.5), (0.4, 0.1), (0.08, 0.02)):
        tried = angle + np.arange(-reach, reach + step / 2, step)
        angle = float(max(tried, key=lambda degrees: _sharpness(leaning(dots, degrees, 0))))
    return 0.0 if abs(angle) < 0.02 else angle


def leaning(picture: Picture, degrees: float, ground: int) -> Picture:
    """The picture turned by so many degrees to the left, on a ground of this shade."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(ground,) * 3)


def _sharpness(dots: Picture) -> float:
    """How sharply inked rows of dots stand against empty ones: sharpest where the lines are level."""
    return float(np.square(np.diff(dots.sum(axis=1, dtype=np.float64))).sum())
