"""What of a page can be seen, told from the order of painting, the colours and the boxes: for formats whose pages are not painted here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple, Protocol

from parsers.documents.page import SLANTED, UNREAD, Box, Glyph
from parsers.documents.pages.overlaps import PALE, Look, boxes_of, overlapping, without_watermarks

_FAINT = 20  # of 255: a smaller difference is not seen
_CLEAR = 235  # of 255: what is more opaque hides what is below it
_MIXED = 0.5  # of a character's box: so much in that of the next, which is set on it, and neither can be read
_HIDDEN, _WHOLE = 0.7, 0.2  # of a character's box: as much under something is hidden, so little is not


class Area(NamedTuple):
    """A filled box or a picture: its lightness (None where it is not even), its opacity, both of 255; is it all of its box?

    `hides` tells how much of a box it hides where it is seen through in places, None where nobody knows.
    """

    box: Box
    lightness: int | None
    alpha: int
    is_box: bool
    hides: Callable[[Box], float | None] | None = None


class Drawing(Protocol):
    """The text of a page and the areas, by the number of areas painted before each run of text."""

    glyphs: list[Glyph]
    looks: dict[int, Look]
    alphas: dict[int, int]
    order: dict[int, int]
    clips: dict[int, Box]
    lines: list[Box]
    areas: list[Area]


def shown(drawing: Drawing) -> list[Glyph]:
    """The text that a page shows; characters hidden in part, or that cannot be told from others over them, as unread."""
    found = []
    for glyph in drawing.glyphs:
        if glyph.quarter == SLANTED or drawing.alphas[glyph.run] < _FAINT:
            continue
        part = _part(drawing, glyph)
        if part >= _HIDDEN:
            continue
        found.append(glyph._replace(text=UNREAD) if part > _WHOLE else glyph)
    for at, (one, other) in enumerate(pairwise(found)):
        if one.run == other.run and one.text != other.text and _inside(one.ink, other.ink) > _MIXED:
            found[at : at + 2] = [one._replace(text=UNREAD), other._replace(text=UNREAD)]
    pale = {run for run, look in drawing.looks.items() if look.lightness >= PALE}
    return without_watermarks(found, overlapping(boxes_of(found)), drawing.looks.__getitem__, pale, drawing.lines)


def _part(drawing: Drawing, glyph: Glyph) -> float:
    """How much of a character is hidden, from 0 to 1."""
    clip = drawing.clips.get(glyph.run)
    part = 1 - _inside(glyph.ink, clip) if clip else 0.0
    painted = drawing.order[glyph.run]
    for area in drawing.areas[painted:]:
        if area.alpha >= _CLEAR:
            covered = _inside(glyph.ink, area.box)
            if covered and area.hides:
                hidden = area.hides(glyph.ink)
                covered *= hidden if hidden is not None else (_HIDDEN + _WHOLE) / 2 if glyph.text.isdigit() else 0.0
            part = max(part, covered if area.is_box else min(covered, (_HIDDEN + _WHOLE) / 2))
    return 1.0 if not _stands_out(drawing.looks[glyph.run], drawing.areas[:painted], glyph) else part


def _stands_out(look: Look, below: list[Area], glyph: Glyph) -> bool:
    """Has the text another colour than its ground?"""
    x, y = (glyph.ink[0] + glyph.ink[2]) / 2, (glyph.ink[1] + glyph.ink[3]) / 2
    ground: int | None = 255
    for area in below:
        if area.box[0] <= x <= area.box[2] and area.box[1] <= y <= area.box[3]:
            if area.lightness is None:
                ground = None
            elif ground is not None or area.alpha >= _CLEAR:
                ground = (area.lightness * area.alpha + (ground or 0) * (255 - area.alpha)) // 255
    return ground is None or abs(ground - look.lightness) >= _FAINT


def _inside(box: Box, other: Box) -> float:
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0
