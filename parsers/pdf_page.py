"""What one page of a PDF draws: its characters and ruled lines, turned so that most of the text reads from left to right.

Coordinates are points (1/72 inch) of the turned page: x grows to the right, y downwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from ctypes import c_double, c_float, c_int, c_void_p, cast
from dataclasses import dataclass
from itertools import pairwise
from math import pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parsers.canonical import struck
from parsers.decode import Undecodable

MAX_CHARS = 30_000  # on one page; a full page of a report has about a thousand
MAX_OBJECTS = 200_000  # a dotted border is an object a dot
MAX_SEGMENTS = 200_000
MAX_FORM_DEPTH = 8
THIN = 4.0  # what is drawn no thicker than this is a line
_FINE, _LONG, _SQUARE = 1.6, 3.0, 1.2  # what is thicker than fine is a line if so many times as long, and a dot of one if square
_SHORTEST = 5.0  # no side of a cell is shorter
_GAP = 1.5  # between two pieces of one line
_DASH, _DASH_GAP = 12.0, 6.0  # pieces as short as this are dashes and may stand further apart
_SLANTED = 0.1  # radians: what leans more is a watermark, not the text of the page
_MIDDLE = 0.1  # of a character's height, up and down: a line here strikes it out, one below it underlines it
MAX_STROKES = 200  # looked at for a character: no table has more columns
_INVISIBLE = 3  # the text render mode in which an OCR program writes over a picture

Box = tuple[float, float, float, float]  # left, bottom, right, top as the file counts; left, top, right, bottom once turned
Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


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
    drawn = _Drawn()
    drawn.walk(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, _UNMOVED, 0)
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
            raise Undecodable("一页上的字符过多，不予读取 (a page holds more characters than a page can show)")
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
            if replaced and (matrix := replaced.get(_address(pdfium.FPDFText_GetTextObject(text, index)))):
                ink, high, origin = _moved(ink, matrix), _moved(high, matrix), _moved((*origin, *origin), matrix)[:2]
            if pictures and _is_behind(ink, pictures) and _mode(text, index) == _INVISIBLE:
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


class _Drawn:
    """What is collected on the way through a page's objects: boxes of thin lines, of what clips hide of them, of pictures; is any text invisible?"""

    def __init__(self) -> None:
        self.lines: list[Box] = []
        self.hidden: list[Box] = []
        self.pictures: list[Box] = []
        self.invisible = False
        self.replaced: dict[int, Matrix] = {}  # text in forms for which the file gives other characters, by address
        self.objects = 0
        self.segments = 0

    def walk(self, holder: Any, count: int, get: Callable[[Any, int], Any], matrix: Matrix, depth: int) -> None:
        """Go through the objects of a page or of a form, whose coordinates `matrix` takes to the page's."""
        self.objects += count
        if self.objects > MAX_OBJECTS:
            raise Undecodable("一页上的图形过多，不予读取 (a page draws more objects than a page can show)")
        edges = [c_float() for _ in range(4)]
        for index in range(count):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self.invisible = self.invisible or pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
                if matrix != _UNMOVED and _is_replaced(item):
                    self.replaced[_address(item)] = matrix
                continue
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth < MAX_FORM_DEPTH:
                    inner = _times(_matrix(item), matrix)
                    self.walk(item, pdfium.FPDFFormObj_CountObjects(item), pdfium.FPDFFormObj_GetObject, inner, depth + 1)
                continue
            if not pdfium.FPDFPageObj_GetBounds(item, *edges):
                continue
            box = _moved((edges[0].value, edges[1].value, edges[2].value, edges[3].value), matrix)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE and not _is_thin(box):
                self.pictures.append(box)
                continue
            before = len(self.lines)
            if _is_thin(box):
                self.lines.append(box)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, _times(_matrix(item), matrix))
            for clip in self._clips(item):
                self._clip(before, _moved(clip, matrix))

    def _clips(self, item: Any) -> Iterator[Box]:
        """The boxes within which alone an object is shown."""
        path = pdfium.FPDFPageObj_GetClipPath(item)
        x, y = c_float(), c_float()
        for index in range(pdfium.FPDFClipPath_CountPaths(path)):
            points = []
            count = pdfium.FPDFClipPath_CountPathSegments(path, index)
            self._count(count)
            for number in range(count):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, index, number), x, y)
                points.append((x.value, y.value))
            if points:
                yield _around(points, _UNMOVED)

    def _clip(self, first: int, clip: Box) -> None:
        """Keep of the lines from the first on what is shown within a clip; remember what is not."""
        drawn, self.lines[first:] = self.lines[first:], []
        for box in drawn:
            shown = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
            if shown[0] <= shown[2] and shown[1] <= shown[3]:
                self.lines.append(shown)
                self.hidden += [
                    lost
                    for lost in (
                        (box[0], box[1], shown[0], box[3]),
                        (box[0], box[1], box[2], shown[1]),
                        (shown[2], box[1], box[2], box[3]),
                        (box[0], shown[3], box[2], box[3]),
                    )
                    if max(lost[2] - lost[0], lost[3] - lost[1]) > THIN and _is_thin(lost) and lost[0] < lost[2] and lost[1] < lost[3]
                ]

    def _count(self, segments: int) -> None:
        self.segments += segments
        if self.segments > MAX_SEGMENTS:
            raise Undecodable("一页上的线条过多，不予读取 (a page draws more lines than a page can show)")

    def _path(self, path: Any, matrix: Matrix) -> None:
        """The lines of a path: its strokes, its thin filled parts, the frame between a filled box and the hole in it."""
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        boxes: list[Box] = []
        for points, straight in self._subpaths(path):
            if stroke.value:
                sides = (_around(pair, matrix) for pair, is_line in zip(pairwise(points), straight, strict=True) if is_line)
                self.lines += filter(_is_thin, sides)
            elif fill.value:
                boxes.append(_around(points, matrix))
        self.lines += filter(_is_thin, boxes)
        for outer, inner in pairwise(boxes):
            self.lines += _frame(outer, inner)

    def _subpaths(self, path: Any) -> Iterator[tuple[list[tuple[float, float]], list[bool]]]:
        """The points of each part of a path, and whether a straight line leads from each to the next."""
        count = pdfium.FPDFPath_CountSegments(path)
        self._count(count)
        x, y = c_float(), c_float()
        points: list[tuple[float, float]] = []
        straight: list[bool] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
                yield points, straight
                points, straight = [], []
            elif points:
                straight.append(kind == pdfium.FPDF_SEGMENT_LINETO)
            points.append((x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
                straight.append(True)
        if points:
            yield points, straight


def _address(item: Any) -> int:
    return cast(item, c_void_p).value or 0


def _is_replaced(item: Any) -> bool:
    """Does the file say what this text means, other than by its font? Browsers do for 行, whose sign ⾏ has too."""
    marks = (pdfium.FPDFPageObj_GetMark(item, index) for index in range(pdfium.FPDFPageObj_CountMarks(item)))
    return any(pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == pdfium.FPDF_OBJECT_STRING for mark in marks)


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _UNMOVED
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _around(points: Iterable[tuple[float, float]], matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    moved = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    xs, ys = [x for x, _ in moved], [y for _, y in moved]
    return min(xs), min(ys), max(xs), max(ys)


def _moved(box: Box, matrix: Matrix) -> Box:
    left, bottom, right, top = box
    return box if matrix == _UNMOVED else _around(((left, bottom), (left, top), (right, bottom), (right, top)), matrix)


def _is_thin(box: Box) -> bool:
    """Is this a line or a dot of one, and not the shadow of a 1?"""
    width, height = box[2] - box[0], box[3] - box[1]
    short, long = min(width, height), max(width, height)
    return short <= _FINE or (short <= THIN and not _SQUARE * short < long < _LONG * short)


def _frame(outer: Box, inner: Box) -> list[Box]:
    """The four sides between a box and the slightly smaller box in it; nothing for any other two boxes."""
    margins = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
    if _is_thin(inner) or not all(-0.01 <= margin <= THIN for margin in margins):
        return []
    left, bottom, right, top = outer
    sides = [(left, bottom, inner[0], top), (left, bottom, right, inner[1]), (inner[2], bottom, right, top), (left, inner[3], right, top)]
    return [side for side, margin in zip(sides, margins, strict=True) if margin > 0.01]


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
