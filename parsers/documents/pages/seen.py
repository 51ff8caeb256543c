"""What of a PDF page can be seen: the page is painted with its text and without, and what makes no difference is not printed.

So whatever hides a text (its colour, a box or a picture over it, a clip, a layer that is switched off) need not be known by name. Only
text under something is looked at piece by piece, each with its own painting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from ctypes import c_float, string_at
from dataclasses import dataclass
from math import ceil, floor
from operator import sub
from typing import Any

import pypdfium2.raw as pdfium

from parsers.documents.pages.drawn_objects import Drawn
from parsers.documents.pages.overlaps import Pairs, boxes_of, overlapping, share_ink
from parsers.documents.pages.page import SLANTED, UNREAD, Box, Glyph

_FAINT = 20  # of 255: a smaller difference is not seen
_INK = 40  # within an even ground: more is print
_WHOLE = 0.7  # of a character's height and width must be seen for it to be read
_TOUCH = 1.0  # points: what is painted so near may shine over
_INSIDE = 2.0  # points from the sides of a cell, where its lines may be painted
_COARSE, _FINE = 1.0, 3.0  # dots to a point
MAX_DOTS = 12_000_000
MAX_PAINTINGS = 24


@dataclass(frozen=True)
class Painting:
    """A painted page: a byte of lightness for each dot, line by line from the top; so many dots to a point."""

    dots: bytes
    width: int
    height: int
    scale: float

    def area(self, left: float, top: float, right: float, bottom: float) -> tuple[range, slice]:
        """The lines of dots within a box of the page (y downwards), and the dots in each of them."""
        x0, x1 = max(0, floor(left * self.scale)), min(self.width, ceil(right * self.scale))
        y0, y1 = max(0, floor(top * self.scale)), min(self.height, ceil(bottom * self.scale))
        return range(y0 * self.width, y1 * self.width, self.width), slice(x0, max(x0, x1))


class Painter:
    """Paints one page on its paper, turned by so many quarters to the right."""

    def __init__(self, page: Any, paper: Box, scale: float, turn: int = 0) -> None:
        self.page = page
        width, height = paper[2] - paper[0], paper[3] - paper[1]
        self.scale = min(scale, (MAX_DOTS / max(1.0, width * height)) ** 0.5)
        sides = max(1, round(width * self.scale)), max(1, round(height * self.scale))
        self.width, self.height = sides[::-1] if turn % 2 else sides
        self.rotate = (turn - pdfium.FPDFPage_GetRotation(page)) % 4

    def paint(self) -> Painting:
        bitmap = pdfium.FPDFBitmap_CreateEx(self.width, self.height, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.width, self.height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, self.page, 0, 0, self.width, self.height, self.rotate, 0)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            dots = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * self.height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return Painting(dots, stride, self.height, self.scale)

    def without(self, items: Iterable[Any]) -> Painting:
        """The page painted without these objects."""
        left_out = list(items)
        for item in left_out:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        try:
            return self.paint()
        finally:
            for item in left_out:
                pdfium.FPDFPageObj_SetIsActive(item, True)


def seen(page: Any, paper: Box, glyphs: Sequence[Glyph], drawn: Drawn) -> tuple[list[Glyph], Pairs]:
    """The characters that the page shows, those of which a part is hidden as unread; and the pairs of texts that lie over each other."""
    slanted = {glyph.run for glyph in glyphs if glyph.quarter == SLANTED}
    painted = [glyph for glyph in glyphs if glyph.run not in drawn.unpainted and glyph.run not in slanted]
    boxes = boxes_of(painted)
    boxes.pop(0, None)
    pairs = overlapping(boxes)
    if drawn.is_plain and not pairs:
        return painted, pairs
    painter = Painter(page, paper, _COARSE)
    full, bare = painter.paint(), painter.without(drawn.texts.values())
    doubted = {run for pair in pairs for run in pair} | _covered(boxes, drawn)
    doubted |= {glyph.run for glyph in painted if glyph.run not in doubted and not _differs(full, bare, _downwards(glyph.ink, paper))}
    doubted.discard(0)
    if not doubted:
        return painted, pairs
    parts = _looked_at(page, paper, [glyph for glyph in painted if glyph.run in doubted], drawn)
    hidden = [glyph for glyph in painted if parts.get(id(glyph), 1.0) < _WHOLE]
    kept = [glyph for glyph in painted if parts.get(id(glyph), 1.0) >= _WHOLE]
    if hidden:
        level = [item for run, item in drawn.texts.items() if run not in slanted]
        twice = _printed_again(Painter(page, paper, _FINE), level, hidden, kept, paper)
        parts |= dict.fromkeys(twice, 1.0)
    shown = []
    for glyph in painted:
        part = parts.get(id(glyph), 1.0)
        if part >= _WHOLE:
            shown.append(glyph)
        elif part > 0 or (glyph.text.isdigit() and _is_torn_off(glyph, kept)):
            shown.append(glyph._replace(text=UNREAD))
    return shown, pairs


def _is_torn_off(glyph: Glyph, kept: Sequence[Glyph]) -> bool:
    """Is a hidden digit the neighbour of one that is seen, with nothing printed in its own place? What is left is no whole number."""
    left, bottom, right, top = glyph.high
    near = [g for g in kept if g.quarter == glyph.quarter and _meet(g.high, (left - _TOUCH, bottom, right + _TOUCH, top))]
    return any(g.text.isdigit() and abs(g.origin[1] - glyph.origin[1]) < _TOUCH for g in near) and not any(
        share_ink(g, glyph) for g in near
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _printed_again(painter: Painter, level: Iterable[Any], hidden: Sequence[Glyph], kept: Sequence[Glyph], paper: Box) -> set[int]:
    """Which of these hidden characters (by id) are printed once more at the same place: pdfium tells only the first of two that are alike.

    There is text in their boxes, and it is that of no other character.
    """
    full, bare = painter.paint(), painter.without(level)
    found = {id(glyph) for glyph in hidden if _share(full, bare, _downwards(glyph.ink, paper)) >= _WHOLE}
    return found - {id(glyph) for glyph in hidden if id(glyph) in found and any(share_ink(glyph, other) for other in kept)}


def _covered(boxes: dict[int, Box], drawn: Drawn) -> set[int]:
    """The texts over which something is painted later."""
    found = set()
    for number, run in enumerate(drawn.texts):
        box = boxes.get(run)
        if box and any(after > number and _meet(box, cover) for after, cover in drawn.covers):
            found.add(run)
    return found


def _looked_at(page: Any, paper: Box, glyphs: Sequence[Glyph], drawn: Drawn) -> dict[int, float]:
    """How much of each of these characters (by its id) is seen, from 0 to 1: the page is painted without each of their runs."""
    painter = Painter(page, paper, _FINE)
    full = painter.paint()
    found: dict[int, float] = {}
    boxes = boxes_of(glyphs)
    for number, runs in enumerate(_apart(boxes, overlapping(boxes, -_TOUCH))):
        bare = painter.without(drawn.texts[run] for run in runs) if number < MAX_PAINTINGS else None
        for glyph in glyphs:
            if glyph.run in runs:
                part = _share(full, bare, _downwards(glyph.ink, paper)) if bare else _WHOLE / 2
                found[id(glyph)] = part if part or _can_be_drawn(drawn.texts[glyph.run], glyph.text) else 1.0
    return found


def _apart(runs: Collection[int], pairs: Pairs) -> list[set[int]]:
    """The runs in groups in which none lies over another."""
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    groups: list[set[int]] = []
    for run in runs:
        for group in groups:
            if near.get(run, set()).isdisjoint(group):
                group.add(run)
                break
        else:
            groups.append({run})
    return groups


def _downwards(box: Box, paper: Box) -> Box:
    return box[0] - paper[0], paper[3] - box[3], box[2] - paper[0], paper[3] - box[1]


def _differs(one: Painting, other: Painting, box: Box) -> bool:
    """Is a difference to be seen within a box?"""
    lines, row = one.area(*box)
    return any(_contrast(one.dots, other.dots, slice(line + row.start, line + row.stop)) for line in lines)


def _contrast(one: bytes, other: bytes, dots: slice) -> bool:
    mine, theirs = one[dots], other[dots]
    return mine != theirs and max(map(abs, map(sub, mine, theirs))) >= _FAINT


def _share(one: Painting, other: Painting, box: Box) -> float:
    """How much of a box's height or width, whichever is less, the differences in it take; ink reaches to all four sides of its box."""
    lines, row = one.area(*box)
    rows = [_contrast(one.dots, other.dots, slice(line + row.start, line + row.stop)) for line in lines]
    if True not in rows:
        return 0.0
    columns = [_contrast(one.dots, other.dots, slice(lines.start + x, lines.stop + x, one.width)) for x in range(row.start, row.stop)]
    return min(_reach(rows), _reach(columns))


def _reach(differs: list[bool]) -> float:
    if True not in differs:
        return 0.0
    return (len(differs) - differs.index(True) - differs[::-1].index(True)) / max(1, len(differs) - 2)  # dots at both sides are half inked


def _can_be_drawn(item: Any, char: str) -> bool:
    """Has pdfium a shape for a character? Of a font that is not in the file it may have none, where another program shows one."""
    font = pdfium.FPDFTextObj_GetFont(item)
    if not font or pdfium.FPDFFont_GetIsEmbedded(font) == 1:
        return True
    size = c_float(10)
    shape = pdfium.FPDFFont_GetGlyphPath(font, ord(char[0]), size)
    return bool(shape) and pdfium.FPDFGlyphPath_CountGlyphSegments(shape) > 0


def ink(page: Any, paper: Box, drawn: Drawn, turn: int) -> Callable[[Box], bool]:
    """Tells whether anything but text and lines is painted within a box of the page turned by so many quarters."""
    if not drawn.pictures:
        return lambda _: False
    painting = Painter(page, paper, 2 * _COARSE, turn).without([*drawn.texts.values(), *drawn.ruled])

    def has_ink(box: Box) -> bool:
        lines, row = painting.area(box[0] + _INSIDE, box[1] + _INSIDE, box[2] - _INSIDE, box[3] - _INSIDE)
        darkest, lightest = 255, 0
        with suppress(ValueError):  # a box of no size
            for line in lines:
                dots = painting.dots[line + row.start : line + row.stop]
                darkest, lightest = min(darkest, min(dots)), max(lightest, max(dots))
        return lightest - darkest > _INK

    return has_ink
