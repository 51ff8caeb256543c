"""What of a PDF page can be seen: the page is painted with its text and without, and what makes no difference is not printed.

So whatever hides a text (its colour, a box or a picture over it, a clip, a layer that is switched off) need not be known by name. Only
text under something is looked at piece by piece, each with its own painting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from ctypes import c_float
from functools import cache
from itertools import chain
from math import floor
from operator import sub
from typing import Any

from parsers.documents.page import SLANTED, UNREAD, Box, Glyph
from parsers.documents.pages import plain as pdfium
from parsers.documents.pages.drawn_objects import Drawn, lightness_of, look_of
from parsers.documents.pages.overlaps import LARGE, PALE, Pairs, boxes_of, overlapping, share_ink, without_watermarks
from parsers.documents.pages.painting import Painter, Painting, downwards
from parsers.documents.pages.shapes import UNMOVED, around

_FAINT = 20  # of 255: a smaller difference is not seen
_INK = 40  # within an even ground: more is print
_WHOLE = 0.7  # of a character's height and width must be seen for it to be read
_TINY = 1.0  # points: no one reads digits so small
_TOUCH = 1.0  # points: what is painted so near may shine over
_INSIDE = 2.0  # points from the sides of a cell, where its lines may be painted
_ASIDE = 0.3  # of a character's width, where its neighbours may shine over
_LIGHT = 200  # of 255: text as light as this is looked at by itself
_SLIVER = 0.25  # as little is not seen either: the edge of a hidden character over a line
_COARSE, _FINE = 1.0, 3.0  # dots to a point
_OF_FIGURES = "0123456789０１２３４５６７８９.．,，+-－—增减万亿%"
_BAND, _HIGHEST = 20, 20_000  # points: the bands in which covers are looked for, and how high the highest page is
MAX_PAINTINGS = 24


def seen(page: Any, paper: Box, glyphs: Sequence[Glyph], drawn: Drawn) -> list[Glyph]:
    """The text that the page shows; characters of which a part is hidden, or that cannot be told from others over them, as unread."""
    slanted = {glyph.run for glyph in glyphs if glyph.quarter == SLANTED}
    painted = [_legible(glyph) for glyph in glyphs if glyph.run not in drawn.unpainted and glyph.run not in slanted]
    boxes = boxes_of(painted)
    boxes.pop(0, None)
    pairs = overlapping(boxes)
    covered = _met(boxes, drawn, drawn.covers)
    doubted = set(covered)
    if not (drawn.doubted or drawn.grounds or pairs or doubted):
        return painted
    shades = {run: lightness_of(run) for run in drawn.texts}
    doubted |= boxes.keys() & {run for run, shade in shades.items() if shade > _LIGHT}
    unsure = boxes.keys() & drawn.doubted | _met(boxes, drawn, [(len(drawn.texts), ground) for ground in drawn.grounds])
    unsure |= {run for run, box in boxes.items() if not _is_inside(box, paper)}
    if looked_at := unsure.union(*pairs):
        painter = Painter(page, paper, _COARSE, part=_around(boxes, looked_at))
        doubted |= _not_seen(painter, paper, [glyph for glyph in painted if glyph.run in looked_at], pairs, drawn)
    if doubted:
        painter = Painter(page, paper, _FINE, part=_around(boxes, doubted))
        painted = _closely(painter, paper, painted, doubted, slanted, covered | drawn.doubted, drawn)
    pale = {run for run, shade in shades.items() if shade >= PALE}
    return without_watermarks(painted, pairs, cache(look_of), pale, drawn.lines)


def _legible(glyph: Glyph) -> Glyph:
    """The character, a digit too small to be read as unread."""
    left, bottom, right, top = glyph.high
    is_small = glyph.text.isdigit() and top - bottom < _TINY and right - left < _TINY
    return glyph._replace(text=UNREAD) if is_small else glyph


def _not_seen(painter: Painter, paper: Box, glyphs: Sequence[Glyph], pairs: Pairs, drawn: Drawn) -> set[int]:
    """The runs of which some character makes no difference to the page, each taken by itself where others lie over it."""
    over = {run for pair in pairs for run in pair}
    groups = [{glyph.run for glyph in glyphs}.intersection(drawn.texts) - over, *_apart(sorted(over), pairs)]
    full = painter.paint()
    found = {run for group in groups[MAX_PAINTINGS:] for run in group}
    for group in groups[:MAX_PAINTINGS]:
        bare = painter.without(group)
        found |= {
            g.run for g in glyphs if g.run in group and g.run not in found and not _differs(full, bare, downwards(_heart(g.ink), paper))
        }
    return found


def _closely(
    painter: Painter, paper: Box, glyphs: Sequence[Glyph], doubted: set[int], slanted: set[int], unsure: set[int], drawn: Drawn
) -> list[Glyph]:
    """The characters without those that are hidden, of the doubted runs; what is hidden in part as unread. A watermark hides none of
    those that nothing else may hide (`unsure`)."""
    full = painter.paint()
    parts = _parts(painter, full, paper, [glyph for glyph in glyphs if glyph.run in doubted], drawn)
    hidden = [glyph for glyph in glyphs if parts.get(id(glyph), 1.0) < _WHOLE]
    kept = [glyph for glyph in glyphs if parts.get(id(glyph), 1.0) >= _WHOLE]
    if hidden:
        bare = painter.without(run for run in drawn.texts if run not in slanted)
        parts |= dict.fromkeys(_printed_again(full, bare, hidden, kept, paper), 1.0)
    shown = []
    for glyph in glyphs:
        part = parts.get(id(glyph), 1.0)
        is_marked = part < _WHOLE and _is_under_larger(glyph, kept)
        if part >= _WHOLE or (is_marked and (part > _SLIVER or glyph.run not in unsure or glyph.text not in _OF_FIGURES)):
            shown.append(glyph)
        elif part > _SLIVER or is_marked or (glyph.text.isdigit() and _is_torn_off(glyph, kept, drawn)):
            shown.append(glyph._replace(text=UNREAD))
    return shown


def _is_under_larger(glyph: Glyph, kept: Sequence[Glyph]) -> bool:
    """Do much larger letters lie over a character, as those of a watermark? It is no cover, and nothing is lost under it."""
    height = glyph.high[3] - glyph.high[1]
    return any(g.text.isalpha() and g.high[3] - g.high[1] > LARGE * height and share_ink(g, glyph) for g in kept)


def _is_torn_off(glyph: Glyph, kept: Sequence[Glyph], drawn: Drawn) -> bool:
    """Is a hidden digit the neighbour of one that is seen and looks alike, with nothing in its own place? What is left is no whole number."""
    left, bottom, right, top = glyph.high
    near = [g for g in kept if g.quarter == glyph.quarter and _meet(g.high, (left - _TOUCH, bottom, right + _TOUCH, top))]
    if any(share_ink(g, glyph) for g in near):
        return False
    look = look_of(glyph.run)
    return any(g.text.isdigit() and g.run and look_of(g.run) == look for g in near)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _printed_again(full: Painting, bare: Painting, hidden: Sequence[Glyph], kept: Sequence[Glyph], paper: Box) -> set[int]:
    """Which of these hidden characters (by id) are printed once more at the same place: pdfium tells only the first of two that are alike.

    There is text in their boxes, and it is that of no other character.
    """
    found = [glyph for glyph in hidden if _share(full, bare, downwards(glyph.ink, paper)) >= _WHOLE]
    return {id(glyph) for glyph in found if not any(share_ink(glyph, other) for other in kept)}


def _met(boxes: dict[int, Box], drawn: Drawn, covers: Iterable[tuple[int, Box]]) -> set[int]:
    """The texts that a cover touches, of those painted before it: a cover is a box and the number of these."""
    bands: dict[int, list[tuple[int, int, Box]]] = {}
    for number, run in enumerate(drawn.texts):
        if run in boxes:
            box = boxes[run]
            for band in {floor(box[1] / _BAND), floor(box[3] / _BAND)}:
                bands.setdefault(band, []).append((number, run, box))
    found = set()
    for after, cover in covers:
        for band in range(floor(max(cover[1], 0) / _BAND), floor(min(cover[3], _HIGHEST) / _BAND) + 1):
            for number, run, box in bands.get(band, ()):
                if number >= after:
                    break
                if _meet(box, cover):
                    found.add(run)
    return found


def _parts(painter: Painter, full: Painting, paper: Box, glyphs: Sequence[Glyph], drawn: Drawn) -> dict[int, float]:
    """How much of each of these characters (by its id) is seen, from 0 to 1: the page is painted without each of their runs."""
    found: dict[int, float] = {}
    boxes = boxes_of(glyphs)
    for number, runs in enumerate(_apart(boxes, overlapping(boxes, -_TOUCH))):
        bare = painter.without(runs) if number < MAX_PAINTINGS else None
        for glyph in glyphs:
            if glyph.run in runs:
                part = _share(full, bare, downwards(glyph.ink, paper)) if bare else _WHOLE / 2
                found[id(glyph)] = part if part or _can_be_drawn(glyph.run, glyph.text) else 1.0
    return found


def _apart(runs: Collection[int], pairs: Pairs) -> list[set[int]]:
    """The runs in groups in which none lies over another."""
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    groups: list[set[int]] = []
    for run in runs:
        others = near.get(run, set())
        for group in groups:
            if group.isdisjoint(others):
                group.add(run)
                break
        else:
            groups.append({run})
    return groups


def _around(boxes: dict[int, Box], runs: Iterable[int]) -> Box:
    return around((corner for run in runs for corner in (boxes[run][:2], boxes[run][2:])), UNMOVED)


def _is_inside(box: Box, paper: Box) -> bool:
    return paper[0] <= box[0] and paper[1] <= box[1] and box[2] <= paper[2] and box[3] <= paper[3]


def _heart(box: Box) -> Box:
    """The middle of a character, over which its neighbours do not shine."""
    left, bottom, right, top = box
    aside, above = (right - left) * _ASIDE, (top - bottom) * _ASIDE / 2
    return left + aside, bottom + above, right - aside, top - above


def _differs(one: Painting, other: Painting, box: Box) -> bool:
    """Is a difference to be seen within a box?"""
    lines, row = one.area(*box)
    middle = len(lines) // 2  # where most characters have ink
    return any(_contrast(one.dots, other.dots, slice(line + row.start, line + row.stop)) for line in chain(lines[middle:], lines[:middle]))


def _contrast(one: bytes, other: bytes, dots: slice) -> bool:
    mine, theirs = one[dots], other[dots]
    return mine != theirs and max(map(abs, map(sub, mine, theirs))) >= _FAINT


def _share(one: Painting, other: Painting, box: Box) -> float:
    """How much of a box's height or width, whichever is less, the differences in it take; ink reaches to all four sides of its box."""
    lines, row = one.area(*box)
    high = _reach(one.dots, other.dots, [slice(line + row.start, line + row.stop) for line in lines])
    return high and min(
        high, _reach(one.dots, other.dots, [slice(lines.start + x, lines.stop + x, one.width) for x in range(row.start, row.stop)])
    )


def _reach(one: bytes, other: bytes, rows: Sequence[slice]) -> float:
    """From the first to the last of these rows of dots in which there is a difference, as a share of them."""
    first = next((at for at, dots in enumerate(rows) if _contrast(one, other, dots)), None)
    if first is None:
        return 0.0
    last = next(at for at in reversed(range(len(rows))) if _contrast(one, other, rows[at]))
    return (last + 1 - first) / max(1, len(rows) - 2)  # dots at both sides are half inked


def _can_be_drawn(run: int, char: str) -> bool:
    """Has pdfium a shape for a character? Of a font that is not in the file it may have none, where another program shows one."""
    font = pdfium.FPDFTextObj_GetFont(run)
    if not font or pdfium.FPDFFont_GetIsEmbedded(font) == 1:
        return True
    size = c_float(10)
    shape = pdfium.FPDFFont_GetGlyphPath(font, ord(char[0]), size)
    return bool(shape) and pdfium.FPDFGlyphPath_CountGlyphSegments(shape) > 0


def ink(page: Any, paper: Box, drawn: Drawn, turn: int) -> Callable[[Box], bool]:
    """Tells whether anything but text and lines is painted within a box of the page turned by so many quarters."""
    if not drawn.pictures:
        return lambda _: False
    painting = Painter(page, paper, 2 * _COARSE, turn).without([*(run for run in drawn.texts if run not in drawn.untold), *drawn.ruled])

    def has_ink(box: Box) -> bool:
        lines, row = painting.area(box[0] + _INSIDE, box[1] + _INSIDE, box[2] - _INSIDE, box[3] - _INSIDE)
        darkest, lightest = 255, 0
        with suppress(ValueError):  # a box of no size
            for line in lines:
                dots = painting.dots[line + row.start : line + row.stop]
                darkest, lightest = min(darkest, min(dots)), max(lightest, max(dots))
        return lightest - darkest > _INK or lightest < _INK

    return has_ink
