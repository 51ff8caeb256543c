"""The characters of a PDF page, as pdfium tells them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from ctypes import addressof, c_double
from math import pi
from typing import Any

from parsers.documents.page import MAX_CHARS, SLANTED, UNREAD, Box, Glyph
from parsers.documents.pages import plain as pdfium
from parsers.documents.pages.shapes import Matrix, moved
from parsers.printed.decode import Undecodable

_LEVEL = 0.1  # quarter turns: what leans more is slanted
_AWAY = 2.0  # of its height or width: the middle of a letter is nearer to where it begins
_USUAL_SIZE = 10.0  # points
_WHITE = (10, 13, 32)
_UNKNOWN = (0, 0xFFFE, 0xFFFF)  # what pdfium says of a character for which the file gives no meaning


def glyphs_of(page: Any, replaced: dict[int, Matrix], retold: Collection[int]) -> Iterator[Glyph]:
    """Each character of a page but white space, which is what is left between characters. A digit of text that is `retold`, for which
    the file gives other characters than are drawn, is unread; so is a character of a font that does not say which it is.

    Of what a form prints, pdfium gives the places on the page, but those in the form for such text (`replaced`).
    Raises Undecodable when there are far more than a page can show.
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
        edges = addressof(left), addressof(right), addressof(bottom), addressof(top)
        place = addressof(x), addressof(y)
        loose = pdfium.FS_RECTF()
        around = addressof(loose)
        last, quarter, is_level, font = -1, 0, True, 0
        nameless: dict[tuple[int, int], bool] = {}  # by a font and the character that pdfium takes for its code
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            run = pdfium.FPDFText_GetTextObject(text, index) or 0
            if not run and code in _WHITE:  # put between words by pdfium
                continue
            if run != last or not run:
                turns = pdfium.FPDFText_GetCharAngle(text, index) / (pi / 2)
                is_level = abs(turns - round(turns)) <= _LEVEL
                last, quarter = run, -round(turns) % 4  # the angle runs clockwise
                font = pdfium.FPDFTextObj_GetFont(run) or 0 if run else 0
            if (is_nameless := nameless.get((font, code))) is None:
                is_nameless = nameless[font, code] = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
            char = UNREAD if is_nameless or code in _UNKNOWN else chr(code)
            if char < " " or char.isspace():
                continue
            pdfium.FPDFText_GetCharBox(text, index, *edges)
            pdfium.FPDFText_GetLooseCharBox(text, index, around)
            pdfium.FPDFText_GetCharOrigin(text, index, *place)
            ink = (left.value, bottom.value, right.value, top.value)
            high, origin = (loose.left, loose.bottom, loose.right, loose.top), (x.value, y.value)
            if replaced and (matrix := replaced.get(run)):
                ink, high, origin = moved(ink, matrix), moved(high, matrix), moved((*origin, *origin), matrix)[:2]
            if run in retold and char.isdigit():
                char = UNREAD
            if (char.isalnum() or char == UNREAD) and _is_elsewhere(
                ink, origin
            ):  # a font of drawings (Type3) may say so, and then pdfium does not paint it
                ink = (*origin, origin[0] + _USUAL_SIZE / 2, origin[1] + _USUAL_SIZE * 0.7)
                yield Glyph(UNREAD, ink, ink, origin, quarter if is_level else SLANTED, 0)
                continue
            yield Glyph(char, ink, high, origin, quarter if is_level else SLANTED, run)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _is_elsewhere(ink: Box, origin: tuple[float, float]) -> bool:
    """Is a letter said to be drawn far from where it begins?"""
    left, bottom, right, top = ink
    near = _AWAY * max(right - left, top - bottom, 1.0)
    return abs((left + right) / 2 - origin[0]) > near or abs((bottom + top) / 2 - origin[1]) > near
