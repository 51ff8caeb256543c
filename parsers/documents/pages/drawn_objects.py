"""What one page of a PDF draws beside its characters: its thin lines, what of them clips hide, its pictures and shapes.

Coordinates are points (1/72 inch) as the file counts them: x grows to the right, y upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint, c_ulong, create_string_buffer
from typing import Any

from parsers.documents.page import THIN, Box
from parsers.documents.pages import plain as pdfium
from parsers.documents.pages.overlaps import Look
from parsers.documents.pages.shapes import UNMOVED, Matrix, Subpath, around, is_thin, moved, shape_of, times
from parsers.printed.decode import Undecodable

MAX_OBJECTS = 200_000  # a dotted border is an object a dot
MAX_SEGMENTS = 200_000
MAX_FORM_DEPTH = 8
_UNPAINTED = (3, 7)  # text render modes: invisible, as an OCR program writes over a picture, and as a clip alone
_OUTLINES = (1, 5)
_DARK = 128  # of 255: text is printed darker, grounds are lighter
_COLOUR = [c_uint() for _ in range(4)]  # written into by pdfium, which is called by one thread at a time
_EDGES = [c_float() for _ in range(4)]
_SIDES = [addressof(edge) for edge in _EDGES]
_FILL, _STROKE = c_int(), c_int()
_MODES = addressof(_FILL), addressof(_STROKE)
_PLACES = [addressof(part) for part in _COLOUR]


class Drawn:
    """What is collected on the way through a page's objects.

    `lines` are boxes of thin lines, `hidden` of what clips hide of them, `pictures` of what is drawn and not read: pictures, shades,
    shapes other than boxes. `texts` and `ruled` are the objects of text and of lines, told by their addresses. `unpainted` is text that is
    never painted, `covers` are boxes and the number of texts painted before. `doubted` is text that is not dark, not within its clip, of
    a layer or a font of drawings, `grounds` are boxes that are not light: all other text is seen without looking if nothing covers it.
    """

    def __init__(self) -> None:
        self.lines: list[Box] = []
        self.hidden: list[Box] = []
        self.pictures: list[Box] = []
        self.texts: list[int] = []
        self.ruled: list[int] = []
        self.unpainted: set[int] = set()
        self.covers: list[tuple[int, Box]] = []
        self.doubted: set[int] = set()
        self.grounds: list[Box] = []
        self.retold: set[int] = set()  # text for which the file gives other characters than its font does
        self.untold: set[int] = set()  # of that what it gives none for
        self.replaced: dict[int, Matrix] = {}  # of that the text in forms
        self.objects = 0
        self.segments = 0

    def walk(self, holder: Any, count: int, get: Callable[[Any, int], int], matrix: Matrix, depth: int) -> None:
        """Go through the objects of a page or of a form, whose coordinates `matrix` takes to the page's."""
        self.objects += count
        if self.objects > MAX_OBJECTS:
            raise Undecodable(
                "一页上的图形过多，不予读取，请从原稿另存 (a page draws more objects than a page can show; save it again from its source)"
            )
        for index in range(count):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._text(item, matrix, depth)
                continue
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth < MAX_FORM_DEPTH:
                    inner = times(_matrix(item), matrix)
                    self.walk(item, pdfium.FPDFFormObj_CountObjects(item), pdfium.FPDFFormObj_GetObject, inner, depth + 1)
                continue
            if not pdfium.FPDFPageObj_GetBounds(item, *_SIDES):
                continue
            box = moved((_EDGES[0].value, _EDGES[1].value, _EDGES[2].value, _EDGES[3].value), matrix)
            before = len(self.lines)
            if is_thin(box) and not (kind == pdfium.FPDF_PAGEOBJ_PATH and _stroke_of(item, matrix) > THIN):
                self.lines.append(box)
                self.ruled.append(item)
            elif kind != pdfium.FPDF_PAGEOBJ_PATH:
                self._picture(box)
            elif not self._path(item, matrix, box):
                self.ruled.append(item)
            if len(self.lines) > before:
                for clip in self._clips(item):
                    self._clip(before, moved(clip, matrix))

    def _text(self, item: int, matrix: Matrix, depth: int) -> None:
        self.texts.append(item)
        mode, marks = pdfium.FPDFTextObj_GetTextRenderMode(item), pdfium.FPDFPageObj_CountMarks(item)
        if mode in _UNPAINTED:
            self.unpainted.add(item)
        if marks and _is_replaced(item):
            self.retold.add(item)
            if matrix != UNMOVED:
                self.replaced[item] = matrix
        if (
            depth
            or _is_clipped(item)
            or (_stroke_lightness(item) if mode in _OUTLINES else _fill_lightness(item)) > _DARK
            or pdfium.FPDFPageObj_HasTransparency(item)
            or any(_mark_name(item, index) == "OC" for index in range(marks))
            or _is_of_drawings(pdfium.FPDFTextObj_GetFont(item))
        ):
            self.doubted.add(item)

    def leave_untold(self, runs: Iterable[int]) -> None:
        """Take text of which the file says that it has no characters as a picture."""
        for run in runs:
            self.untold.add(run)
            if pdfium.FPDFPageObj_GetBounds(run, *_SIDES):
                self.pictures.append((_EDGES[0].value, _EDGES[1].value, _EDGES[2].value, _EDGES[3].value))

    def _picture(self, box: Box) -> None:
        self.pictures.append(box)
        self.grounds.append(box)
        self._cover(box)

    def _cover(self, box: Box) -> None:
        self.covers.append((len(self.texts), box))

    def _clips(self, item: int) -> Iterator[Box]:
        """The boxes within which alone an object is shown."""
        path = pdfium.FPDFPageObj_GetClipPath(item)
        (x, y), (at_x, at_y) = _EDGES[:2], _SIDES[:2]
        for index in range(pdfium.FPDFClipPath_CountPaths(path)):
            points = []
            count = pdfium.FPDFClipPath_CountPathSegments(path, index)
            self._count(count)
            for number in range(count):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, index, number), at_x, at_y)
                points.append((x.value, y.value))
            if points:
                yield around(points, UNMOVED)

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
                    if max(lost[2] - lost[0], lost[3] - lost[1]) > THIN and is_thin(lost) and lost[0] < lost[2] and lost[1] < lost[3]
                ]

    def _count(self, segments: int) -> None:
        self.segments += segments
        if self.segments > MAX_SEGMENTS:
            raise Undecodable(
                "一页上的线条过多，不予读取，请从原稿另存 (a page draws more lines than a page can show; save it again from its source)"
            )

    def _path(self, path: int, matrix: Matrix, box: Box) -> bool:
        """Collect the lines of a path. Is there more to it?"""
        pdfium.FPDFPath_GetDrawMode(path, *_MODES)
        stroke, fill = bool(_STROKE.value), bool(_FILL.value)
        shape = shape_of(self._subpaths(path), times(_matrix(path), matrix), stroke, fill)
        if stroke and shape.lines and (wide := _stroke_of(path, matrix)) > THIN:  # a bar, not a line
            left, bottom, right, top = box
            self._bar((left - wide / 2, bottom - wide / 2, right + wide / 2, top + wide / 2), path)
            return True
        self.lines += shape.lines
        is_dark = shape.is_area and _lightness(path) <= _DARK
        if not shape.is_known or (is_dark and self.texts):
            self._picture(box)
        elif shape.is_area:
            self._cover(box)
        self.grounds += [box] * is_dark
        return shape.is_area or not shape.is_known

    def _bar(self, box: Box, path: int) -> None:
        if _stroke_lightness(path) <= _DARK and self.texts:
            self._picture(box)
        else:
            self._cover(box)

    def _subpaths(self, path: int) -> Iterator[Subpath]:
        """The points of each part of a path, and whether a straight line leads from each to the next."""
        count = pdfium.FPDFPath_CountSegments(path)
        self._count(count)
        (x, y), (at_x, at_y) = _EDGES[:2], _SIDES[:2]
        points: list[tuple[float, float]] = []
        straight: list[bool] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, at_x, at_y)
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


def _is_clipped(item: int) -> bool:
    """Does more than one box around it decide what of an object is shown?"""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(path)
    if count <= 0:
        return False
    pdfium.FPDFPageObj_GetBounds(item, *_SIDES)
    left, bottom, right, top = _EDGES[0].value, _EDGES[1].value, _EDGES[2].value, _EDGES[3].value
    for index in range(count):
        if pdfium.FPDFClipPath_CountPathSegments(path, index) not in (4, 5):
            return True
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, index, 0), *_SIDES[:2])
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, index, 2), *_SIDES[2:])
        x0, y0, x1, y1 = _EDGES[0].value, _EDGES[1].value, _EDGES[2].value, _EDGES[3].value
        if min(x0, x1) > left or max(x0, x1) < right or min(y0, y1) > bottom or max(y0, y1) < top:
            return True
    return False


def _stroke_of(path: int, matrix: Matrix) -> float:
    """How wide the lines of a path are, in points; 0 where it has none."""
    pdfium.FPDFPath_GetDrawMode(path, *_MODES)
    if not _STROKE.value or not pdfium.FPDFPageObj_GetStrokeWidth(path, _SIDES[0]):
        return 0.0
    width = _EDGES[0].value
    a, b, c, d, _, _ = times(_matrix(path), matrix)
    return float(width * abs(a * d - b * c) ** 0.5)


def _stroke_lightness(item: int) -> int:
    """Of the colour of an object's lines, as of that in which it is filled."""
    return _light() if pdfium.FPDFPageObj_GetStrokeColor(item, *_PLACES) else 255


def _lightness(item: int) -> int:
    """Of the colour in which an object is filled, from 0 (black) to 255 (white); 255 where it is no plain colour. Of text that is drawn in
    outline the colour of that."""
    if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFTextObj_GetTextRenderMode(item) in _OUTLINES:
        return _stroke_lightness(item)
    return _fill_lightness(item)


def _fill_lightness(item: int) -> int:
    return _light() if pdfium.FPDFPageObj_GetFillColor(item, *_PLACES) else 255


def _light() -> int:
    red, green, blue, _ = _COLOUR
    return int(red.value * 30 + green.value * 59 + blue.value * 11) // 100


def look_of(item: int) -> Look:
    """How a text looks on a light ground."""
    size = c_float()
    pdfium.FPDFTextObj_GetFontSize(item, byref(size))
    a, b, c, d, _, _ = _matrix(item)
    return Look(round(size.value * abs(a * d - b * c) ** 0.5, 1), lightness_of(item))


def lightness_of(item: int) -> int:
    """Of an object on a white ground, from 0 (black) to 255 (white)."""
    lightness = _lightness(item)
    return 255 - (255 - lightness) * int(_COLOUR[3].value) // 255


def _mark_name(item: int, index: int) -> str:
    size = c_ulong()
    name = create_string_buffer(8)
    pdfium.FPDFPageObjMark_GetName(pdfium.FPDFPageObj_GetMark(item, index), name, 8, byref(size))
    return name.raw[: max(0, size.value - 2)].decode("utf-16-le", "replace") if size.value <= 8 else ""


def _is_replaced(item: int) -> bool:
    """Does the file say what this text means, other than by its font? Browsers do for 行, whose sign ⾏ has too."""
    marks = (pdfium.FPDFPageObj_GetMark(item, index) for index in range(pdfium.FPDFPageObj_CountMarks(item)))
    return any(pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == pdfium.FPDF_OBJECT_STRING for mark in marks)


def _is_of_drawings(font: int | None) -> bool:
    """Is a font one whose letters are drawings of the file (Type3), which may draw nothing? It alone has no name."""
    return bool(font) and pdfium.FPDFFont_GetBaseFontName(font, None, 0) <= 1


def _matrix(item: int) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(found)):
        return UNMOVED
    return found.a, found.b, found.c, found.d, found.e, found.f
