"""What one page of a PDF draws: its characters and ruled lines, turned so that most of the text reads from left to right.

Coordinates are points (1/72 inch) of the turned page: x grows to the right, y downwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from ctypes import c_double, c_float
from dataclasses import dataclass
from math import pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parsers.documents.pages.drawn_objects import INVISIBLE, THIN, UNMOVED, Box, Drawn, Matrix, address, moved
from parsers.printed.canonical import struck
from parsers.printed.decode import Undecodable

MAX_CHARS = 30_000  # on one page; a full page of a report has about a thousand
_SHORTEST = 5.0  # no side of a cell is shorter
_GAP = 1.5  # between two pieces of one line
_DASH, _DASH_GAP = 12.0, 6.0  # pieces as short as this are dashes and may stand further apart
_SLANTED = 0.1  # radians: what leans more is a watermark, not the text of the page
_MIDDLE = 0.1  # of a character's height, up and down: a line here strikes it out, one below it underlines it
MAX_STROKES = 200  # looked at for a character: no table has more columns


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

    `hidden` is what of the lines is cut off, `beyond` the places of characters beside the paper.
    """

    width: float
    chars: tuple[Char, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    hidden: tuple[Box, ...]
    beyond: tuple[tuple[float, float], ...]


def read_page(page: Any) -> Page:
    """What a page draws; `page` is a handle of pdfium. Raises Undecodable when it draws far more than a page can show."""
    drawn = Drawn()
    drawn.walk(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, UNMOVED, 0)
    pictures = drawn.pictures if drawn.invisible else []
    printed = list(_printed(page, pictures, drawn.replaced))
    turns = Counter(turn for *_, turn in printed)
    turn = max(turns, key=lambda t: (turns[t], t == 0), default=0)
    shown = _page_box(page)
    turned = [_turned(shown, quarter) for quarter in range(4)]
    left, top, right, bottom = turned[turn](shown)
    lines = [turned[turn](box) for box in drawn.lines]
    strokes = sorted(((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in lines if y1 - y0 <= THIN)
    chars: list[Char] = []
    beyond: list[tuple[float, float]] = []
    for text, ink, loose, base, quarter in printed:
        x0, y0, x1, y1 = turned[turn](ink)
        begin, high, end, low = turned[quarter](loose)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not left <= x <= right:
            beyond.append((x, y))
        elif top <= y <= bottom:
            height = max(low - high, end - begin)  # 一 may come with the box of its stroke instead of its font's
            if quarter == turn and text.isalnum() and _is_struck(x, y, height, strokes):
                text = struck(text)
            chars.append(Char(text, x, y, begin, end, turned[quarter]((*base, *base))[1], height, (quarter - turn) % 4))
    horizontal = _joined(Rule((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in lines if y1 - y0 <= THIN)
    vertical = _joined(Rule((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in lines if x1 - x0 <= THIN)
    return Page(right - left, tuple(chars), horizontal, vertical, tuple(turned[turn](box) for box in drawn.hidden), tuple(beyond))


def _is_struck(x: float, y: float, height: float, strokes: Sequence[tuple[float, float, float]]) -> bool:
    """Does a line run through the middle of a character?"""
    first = bisect_left(strokes, (y - _MIDDLE * height, 0.0, 0.0))
    for at, begin, end in strokes[first : first + MAX_STROKES]:
        if at > y + _MIDDLE * height:
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


def _page_box(page: Any) -> Box:
    box = [c_float() for _ in range(4)]
    if pdfium.FPDFPage_GetCropBox(page, *box) or pdfium.FPDFPage_GetMediaBox(page, *box):
        left, bottom, right, top = (value.value for value in box)
        return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return 0, 0, 612, 792


def _printed(page: Any, pictures: list[Box], replaced: Mapping[int, Matrix]) -> Iterator[tuple[str, Box, Box, tuple[float, float], int]]:
    """Each character with the box of its ink, of its font's height and width, its origin and its direction in quarter turns.

    White space is what is left between characters; text written invisibly over a picture is not printed. Of what a form
    prints, pdfium gives the places on the page, but those in the form for text that is `replaced` by other characters.
    """
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MAX_CHARS:
            raise Undecodable(
                "一页上的字符过多，不予读取，请从原稿另存 (a page holds more characters than a page can show; save it again from its source)"
            )
        left, right, bottom, top, x, y = (c_double() for _ in range(6))
        loose = pdfium.FS_RECTF()
        for index in range(count):
            char = chr(pdfium.FPDFText_GetUnicode(text, index))
            if char.isspace() or char < " ":
                continue
            turns = pdfium.FPDFText_GetCharAngle(text, index) / (pi / 2)
            if abs(turns - round(turns)) > _SLANTED:
                continue
            pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
            pdfium.FPDFText_GetLooseCharBox(text, index, loose)
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            ink = (left.value, bottom.value, right.value, top.value)
            high, origin = (loose.left, loose.bottom, loose.right, loose.top), (x.value, y.value)
            if replaced and (matrix := replaced.get(address(pdfium.FPDFText_GetTextObject(text, index)))):
                ink, high, origin = moved(ink, matrix), moved(high, matrix), moved((*origin, *origin), matrix)[:2]
            if pictures and _is_behind(ink, pictures) and _mode(text, index) == INVISIBLE:
                continue
            yield (
                char,
                ink,
                high,
                origin,
                -round(turns) % 4,
            )  # the angle runs clockwise
    finally:
        pdfium.FPDFText_ClosePage(text)


def _mode(text: Any, index: int) -> int:
    return int(pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, index)))


def _is_behind(ink: Box, pictures: Iterable[Box]) -> bool:
    x, y = (ink[0] + ink[2]) / 2, (ink[1] + ink[3]) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in pictures)


def _joined(pieces: Iterable[Rule]) -> tuple[Rule, ...]:
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
