"""What one page draws, in any paged format: its characters and ruled lines, turned so that most of the text reads from left to right.

Files count their points (1/72 inch) from the lower left corner, y upwards: boxes are left, bottom, right, top. On the turned page x
grows to the right and y downwards: boxes are left, top, right, bottom.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.printed.canonical import struck

Box = tuple[float, float, float, float]
THIN = 4.0  # what is drawn no thicker than this is a line
MAX_CHARS = 30_000  # on one page; a full page of a report has about a thousand
UNREAD = "\N{REPLACEMENT CHARACTER}"  # stands for a character that is printed and cannot be read
SLANTED = -1  # text that leans: a watermark, not the text of the page
_SHORTEST = 5.0  # no side of a cell is shorter
_GAP = 1.5  # between two pieces of one line
_DASH, _DASH_GAP = 12.0, 6.0  # pieces as short as this are dashes and may stand further apart
_MIDDLE, _HEART = 0.1, 0.3  # of a character's height, and of its ink's, up and down: a line here strikes it out, one below it underlines it
MAX_STROKES = 200  # looked at for a character: no table has more columns


class Glyph(NamedTuple):
    """A character as the file draws it: the box of its ink, that of its font's height and its width, its origin, its direction.

    `quarter` counts the quarter turns to the left of its reading direction, SLANTED is none of them. Glyphs of one `run` are drawn by one object of the file.
    """

    text: str
    ink: Box
    high: Box
    origin: tuple[float, float]
    quarter: int
    run: int


class Char(NamedTuple):
    """A printed character: the middle of its ink (x, y), where it begins and ends on its line, and that line's height (base).

    `turn` counts the quarter turns to the left in which it stands against the page; begin, end and base are measured in its
    own reading direction. `size` is the height of its font.
    """

    text: str
    x: float
    y: float
    begin: float
    end: float
    base: float
    size: float
    turn: int


class Rule(NamedTuple):
    """A ruled line: `at` is the x of a vertical one, the y of a horizontal one; begin and end run along it."""

    at: float
    begin: float
    end: float


@dataclass(frozen=True)
class Page:
    """The characters of a page in the order in which the file draws them, and its ruled lines.

    `hidden` is what of the lines is cut off, `beyond` the places of characters beside the paper. `has_ink` tells whether something
    that is not read here, a picture or a shape, is printed within a box of the page. `is_picture`: the characters were recognised.
    `turned` and `lean` are the quarter turns to the right and the degrees to the left from how the page is shown, `number`
    counts the pages of the document.
    """

    width: float
    height: float
    chars: tuple[Char, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    hidden: tuple[Box, ...]
    beyond: tuple[tuple[float, float], ...]
    has_ink: Callable[[Box], bool] = lambda _: False
    is_picture: bool = False
    turned: int = 0
    lean: float = 0.0
    number: int = 1


def direction(glyphs: Iterable[Glyph]) -> int:
    """The quarter turns to the left in which most of a page's text stands."""
    turns = Counter(glyph.quarter for glyph in glyphs)
    return max(turns, key=lambda t: (turns[t], t == 0), default=0)


def turned_page(
    paper: Box, turn: int, glyphs: Iterable[Glyph], drawn_lines: Iterable[Box], hidden: Iterable[Box], has_ink: Callable[[Box], bool]
) -> Page:
    """The page on this paper, turned by so many quarters; `has_ink` is asked about boxes of the turned page."""
    turned = [_turned(paper, quarter) for quarter in range(4)]
    left, top, right, bottom = turned[turn](paper)
    lines = [turned[turn](box) for box in drawn_lines]
    strokes = sorted(((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in lines if y1 - y0 <= THIN)
    chars: list[Char] = []
    beyond: list[tuple[float, float]] = []
    for text, ink, high, base, quarter, _ in glyphs:
        x0, y0, x1, y1 = turned[turn](ink)
        begin, above, end, low = turned[quarter](high)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not left <= x <= right:
            beyond.append((x, y))
        elif top <= y <= bottom:
            height = max(low - above, end - begin)  # 一 may come with the box of its stroke instead of its font's
            if quarter == turn and text.isalnum() and _is_struck(x, y, max(_MIDDLE * height, _HEART * (y1 - y0)), strokes):
                text = struck(text)
            chars.append(Char(text, x, y, begin, end, turned[quarter]((*base, *base))[1], height, (quarter - turn) % 4))
    horizontal = joined_rules(Rule((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in lines if y1 - y0 <= THIN)
    vertical = joined_rules(Rule((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in lines if x1 - x0 <= THIN)
    return Page(
        right - left, bottom - top, tuple(chars), horizontal, vertical, tuple(turned[turn](box) for box in hidden), tuple(beyond), has_ink
    )


def _is_struck(x: float, y: float, near: float, strokes: Sequence[tuple[float, float, float]]) -> bool:
    """Does a line run through the middle of a character, or so near to it?"""
    first = bisect_left(strokes, (y - near, 0.0, 0.0))
    for at, begin, end in strokes[first : first + MAX_STROKES]:
        if at > y + near:
            return False
        if begin <= x <= end:
            return True
    return False


def _turned(shown: Box, quarter: int) -> Callable[[Box], Box]:
    """Boxes of the file on a page turned so that text of this direction reads from left to right; its corner is 0, 0."""
    left, bottom, right, top = shown
    if quarter == 0:
        return lambda b: (b[0] - left, top - b[3], b[2] - left, top - b[1])
    if quarter == 1:
        return lambda b: (b[1] - bottom, b[0] - left, b[3] - bottom, b[2] - left)
    if quarter == 2:
        return lambda b: (right - b[2], b[1] - bottom, right - b[0], b[3] - bottom)
    return lambda b: (top - b[3], right - b[2], top - b[1], right - b[0])


def joined_rules(pieces: Iterable[Rule]) -> tuple[Rule, ...]:
    """Lines from pieces that continue each other: a line for each cell's side, or dashes."""
    tracks: list[list[Rule]] = []
    for piece in sorted(pieces):
        if tracks and piece.at - tracks[-1][0].at <= 1:
            tracks[-1].append(piece)
        else:
            tracks.append([piece])
    rules: list[Rule] = []
    for track in tracks:
        track.sort(key=lambda piece: piece.begin)
        at, begin, end = track[0]
        last = end - begin
        for piece in track[1:]:
            length = piece.end - piece.begin
            if piece.begin - end <= (_DASH_GAP if max(length, last) <= _DASH else _GAP):
                end = max(end, piece.end)
            else:
                rules.append(Rule(at, begin, end))
                at, begin, end = piece
            last = length
        rules.append(Rule(at, begin, end))
    return tuple(rule for rule in rules if rule.end - rule.begin >= _SHORTEST)
