"""Pictures laid on the paper of a page, for formats whose pages are not painted here."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from parsers.documents.page import Box
from parsers.documents.pictures.read import MOST_DOTS, pictures_in
from parsers.documents.pictures.upright import DOT, Picture

Laid = tuple[float, float, float, float, float, float]  # the matrix that takes the square from 0, 0 to 1, 1 to the page
_STRIPE, _APART = 4, 12  # dots


def laid(pictures: Sequence[tuple[bytes, Laid]], stamps: Sequence[Box], width: float, height: float) -> Picture:
    """A page, so many points wide and high, with pictures on it, the upper left corner of each at 0, 0 of its square. A stamp is hatched in
    red: what is printed below it is read, and no cell there is taken for empty. Raises Undecodable where a picture cannot be read."""
    scale = min(1 / DOT, (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    to_dots = np.array([[scale, 0, 0], [0, -scale, height * scale], [0, 0, 1]])
    paper = np.full((down, across, 3), 255, np.uint8)
    for content, (a, b, c, d, e, f) in pictures:
        picture = next(pictures_in(content))
        square = to_dots @ np.array([[a, c, e], [b, d, f], [0, 0, 1]])
        high, wide = picture.shape[:2]
        smaller = max(float(np.hypot(*square[:2, 0])) / wide, float(np.hypot(*square[:2, 1])) / high)
        if 0 < smaller < 1:
            picture = cv2.resize(picture, None, fx=smaller, fy=smaller, interpolation=cv2.INTER_AREA)
            high, wide = picture.shape[:2]
        shown = (square @ np.diag([1 / wide, 1 / high, 1]))[:2]
        cv2.warpAffine(picture, shown, (across, down), paper, cv2.INTER_CUBIC, cv2.BORDER_TRANSPARENT)
    for left, bottom, right, top in stamps:
        rows = slice(max(0, round((height - top) * scale)), max(0, round((height - bottom) * scale)))
        for column in range(max(0, round(left * scale)), round(right * scale), _APART):
            paper[rows, column : column + _STRIPE, 1:] = 0
    return paper
