"""The characters of a PDF page, as pdfium tells them."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof, c_double
from math import pi
from typing import Any

from parsers.documents.page import MAX_CHARS, SLANTED, UNREAD, Glyph
from parsers.documents.pages import plain as pdfium
from parsers.documents.pages.shapes import Matrix, moved
from parsers.printed.decode import Undecodable

_LEVEL = 0.1  # quarter turns: what leans more is slanted
_UNKNOWN = (0, 0xFFFE, 0xFFFF)  # what pdfium says of a character for which the file gives no meaning


def glyphs_of(page: Any, replaced: dict[int, Matrix]) -> Iterator[Glyph]:
    """Each character of a page but white space, which is what is left between characters.

    Of what a form prints, pdfium gives the places on the page, but those in the form for text that is `replaced` by other characters.
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
        last, quarter, is_level = -1, 0, True
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            char = UNREAD if code in _UNKNOWN else chr(code)
            if char < " " or char.isspace():
                continue
            run = pdfium.FPDFText_GetTextObject(text, index) or 0
            if run != last or not run:
                turns = pdfium.FPDFText_GetCharAngle(text, index) / (pi / 2)
                is_level = abs(turns - round(turns)) <= _LEVEL
                last, quarter = run, -round(turns) % 4  # the angle runs clockwise
            pdfium.FPDFText_GetCharBox(text, index, *edges)
            pdfium.FPDFText_GetLooseCharBox(text, index, around)
            pdfium.FPDFText_GetCharOrigin(text, index, *place)
            ink = (left.value, bottom.value, right.value, top.value)
            high, origin = (loose.left, loose.bottom, loose.right, loose.top), (x.value, y.value)
            if replaced and (matrix := replaced.get(run)):
                ink, high, origin = moved(ink, matrix), moved(high, matrix), moved((*origin, *origin), matrix)[:2]
            yield Glyph(char, ink, high, origin, quarter if is_level else SLANTED, run)
    finally:
        pdfium.FPDFText_ClosePage(text)
