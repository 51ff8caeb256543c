"""Print over print, in any paged format: which texts lie over each other, which of them are watermarks, which cannot be told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from statistics import median_high
from typing import NamedTuple

from parsers.documents.page import UNREAD, Box, Glyph

Pairs = set[tuple[int, int]]
_TOUCH = 0.5  # points that boxes of neighbouring texts may share
_SHARED = 0.15  # of the smaller one's ink: characters that share more lie over each other
_TWICE = 0.6  # of its width: the same character this near is printed twice, to look bold or to throw a shadow
LARGE = 1.7  # times as high as what it lies over: a watermark
PALE = 115  # lightness, of 255, from which text is pale


class Look(NamedTuple):
    """How a run of text looks: its height in points, its lightness from 0 (black) to 255 (white)."""

    size: float
    lightness: int


def boxes_of(glyphs: Iterable[Glyph]) -> dict[int, Box]:
    """The box around the ink of each run."""
    found: dict[int, list[float]] = {}
    for _, (left, bottom, right, top), _, _, _, run in glyphs:
        box = found.get(run)
        if box is None:
            found[run] = [left, bottom, right, top]
            continue
        if left < box[0]:
            box[0] = left
        if bottom < box[1]:
            box[1] = bottom
        if right > box[2]:
            box[2] = right
        if top > box[3]:
            box[3] = top
    return {run: (box[0], box[1], box[2], box[3]) for run, box in found.items()}


def overlapping(boxes: dict[int, Box], least: float = _TOUCH) -> Pairs:
    """The pairs of runs whose boxes share more than an edge: `least` points; none and less for boxes that are near."""
    found: Pairs = set()
    open_runs: list[tuple[int, float, float, float]] = []  # with their left, right and top
    for run, (left, bottom, right, top) in sorted(boxes.items(), key=lambda item: item[1][1]):
        low, first, last = bottom + least, left + least, right - least
        open_runs = [other for other in open_runs if other[3] > low]
        for other, begin, end, _ in open_runs:
            if end > first and begin < last and end - begin > least:
                found.add((other, run))
        open_runs.append((run, left, right, top))
    return found


def without_watermarks(
    glyphs: Sequence[Glyph], pairs: Pairs, look: Callable[[int], Look], pale: Collection[int], lines: Collection[Box]
) -> list[Glyph]:
    """The text of a page: of two texts over each other, the `pale` or much larger one is a watermark, and so is all that looks like it.

    A pale text that lines run through is one too. What remains over each other cannot be read. Where most of the page looks like the
    watermark, only what says the same is one.
    """
    if not pairs and not pale:
        return list(glyphs)
    by_run: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_run[glyph.run].append(glyph)
    over = {pair: both for pair in pairs if (both := _over(by_run.get(pair[0], ()), by_run.get(pair[1], ())))}
    found = {run for run in pale if any(_runs_through(line, glyph) for line in lines for glyph in by_run.get(run, ()))}
    if not over and not found:
        return list(glyphs)
    runs = [run for run in by_run if run]
    usual = median_high(look(run).size for run in runs)
    found |= {mine for pair in over for mine, other in (pair, pair[::-1]) if _is_watermark(look(mine), look(other), usual)}
    marks = {look(run) for run in found}
    gone = {run for run in runs if look(run) in marks} if marks else set()
    if 2 * sum(len(by_run[run]) for run in gone) > len(glyphs):
        said = {_words(by_run[run]) for run in found}
        gone = {run for run in gone if _words(by_run[run]) in said}
    mixed = {id(glyph) for pair, both in over.items() if not gone.intersection(pair) for glyph in both}
    return [glyph._replace(text=UNREAD) if id(glyph) in mixed else glyph for glyph in glyphs if glyph.run not in gone]


def _is_watermark(mine: Look, other: Look, usual: float) -> bool:
    """Is it the pale one of the two, or else much the larger?"""
    if (mine.lightness >= PALE) != (other.lightness >= PALE):
        return mine.lightness >= PALE
    return mine.size > LARGE * max(other.size, usual)


def _words(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def _over(first: Sequence[Glyph], second: Sequence[Glyph]) -> list[Glyph]:
    """The characters of two runs that lie over each other; none where the one is the other's shadow."""
    less, more = sorted((first, second), key=len)
    if all(any(_is_twice(one, other) for other in more) for one in less):
        return []
    return [glyph for one in first for other in second if share_ink(one, other) for glyph in (one, other)]


def _is_twice(one: Glyph, other: Glyph) -> bool:
    """Is this one character printed twice?"""
    left, bottom, right, top = one.high
    x, y = abs(one.origin[0] - other.origin[0]), abs(one.origin[1] - other.origin[1])
    return one.text == other.text and x <= _TWICE * (right - left) and y <= _TWICE * (top - bottom)


def share_ink(one: Glyph, other: Glyph) -> bool:
    """Do two characters lie over each other?"""
    (left, bottom, right, top), (x0, y0, x1, y1) = one.ink, other.ink
    width, height = min(right, x1) - max(left, x0), min(top, y1) - max(bottom, y0)
    return width > 0 and height > 0 and width * height > _SHARED * min((right - left) * (top - bottom), (x1 - x0) * (y1 - y0))


def _runs_through(line: Box, glyph: Glyph) -> bool:
    """Does a line run through the middle of a character and beyond it?"""
    left, bottom, right, top = glyph.ink
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    width, height = right - left, top - bottom
    level = line[0] <= left and right <= line[2] and bottom + height / 4 < y < top - height / 4
    upright = line[1] <= bottom and top <= line[3] and left + width / 4 < x < right - width / 4
    return level or upright
