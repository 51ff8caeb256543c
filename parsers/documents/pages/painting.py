"""A PDF page painted by pdfium, whole or a part of it, with all that it draws or without some of it."""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import string_at
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from parsers.documents.page import Box
from parsers.documents.pages import plain as pdfium

MAX_DOTS = 12_000_000


@dataclass(frozen=True)
class Painting:
    """A painted part of a page: a byte of lightness for each dot, line by line from the top; so many dots to a point.

    `left` and `top` count the dots of the page beside and above the part.
    """

    dots: bytes
    width: int
    height: int
    left: int
    top: int
    scale: float

    def area(self, left: float, top: float, right: float, bottom: float) -> tuple[range, slice]:
        """The lines of dots within a box of the page (y downwards), and the dots in each of them."""
        x0, x1 = max(0, floor(left * self.scale) - self.left), min(self.width, ceil(right * self.scale) - self.left)
        y0, y1 = max(0, floor(top * self.scale) - self.top), min(self.height, ceil(bottom * self.scale) - self.top)
        return range(y0 * self.width, y1 * self.width, self.width), slice(x0, max(x0, x1))


class Painter:
    """Paints one page on its paper, turned by so many quarters to the right: all of it, or what a box of the file's coordinates needs."""

    def __init__(self, page: Any, paper: Box, scale: float, turn: int = 0, part: Box | None = None) -> None:
        self.page = page
        width, height = paper[2] - paper[0], paper[3] - paper[1]
        self.scale = min(scale, (MAX_DOTS / max(1.0, width * height)) ** 0.5)
        sides = max(1, round(width * self.scale)), max(1, round(height * self.scale))
        self.width, self.height = sides[::-1] if turn % 2 else sides
        self.rotate = (turn - pdfium.FPDFPage_GetRotation(page)) % 4
        self.columns, self.rows = range(self.width), range(self.height)
        if part:
            left, top, right, bottom = (side * self.scale for side in downwards(part, paper))
            self.columns, self.rows = _part(self.columns, left, right), _part(self.rows, top, bottom)

    def paint(self) -> Painting:
        width, height, left, top = len(self.columns), len(self.rows), self.columns.start, self.rows.start
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, self.page, -left, -top, self.width, self.height, self.rotate, 0)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            dots = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return Painting(dots, stride, height, left, top, self.scale)

    def without(self, items: Iterable[int]) -> Painting:
        """The page painted without these objects."""
        left_out = list(items)
        for item in left_out:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        try:
            return self.paint()
        finally:
            for item in left_out:
                pdfium.FPDFPageObj_SetIsActive(item, True)


def downwards(box: Box, paper: Box) -> Box:
    """A box of the file's coordinates on its paper, y counted downwards."""
    return box[0] - paper[0], paper[3] - box[3], box[2] - paper[0], paper[3] - box[1]


def _part(whole: range, first: float, last: float) -> range:
    """The dots between two places, one at least."""
    begin = min(max(0, floor(first)), len(whole) - 1)
    return whole[begin : max(ceil(last), begin + 1)]
