"""Drawing on the pages of a finished PDF, as whoever corrects one by hand does: boxes, words, pictures over what is printed."""

from __future__ import annotations

import io
from collections.abc import Callable
from ctypes import c_double, c_ushort
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points
Draw = Callable[["Paper"], None]
BLACK, WHITE = (0, 0, 0, 255), (255, 255, 255, 255)


class Paper:
    """A page that is drawn on."""

    def __init__(self, document: pypdfium2.PdfDocument, number: int) -> None:
        self.document = document
        self.page = document[number]

    def box(self, box: Box, colour: tuple[int, int, int, int] = WHITE) -> None:
        left, bottom, right, top = box
        path = pdfium.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
        pdfium.FPDFPageObj_SetFillColor(path, *colour)
        pdfium.FPDFPath_SetDrawMode(path, pdfium.FPDF_FILLMODE_WINDING, False)
        pdfium.FPDFPage_InsertObject(self.page.raw, path)

    def words(self, x: float, y: float, text: str, size: float, colour: tuple[int, int, int, int] = BLACK, mode: int = 0) -> Any:
        item = pdfium.FPDFPageObj_NewTextObj(self.document.raw, b"Helvetica", size)
        codes = [*text.encode("utf-16-le"), 0, 0]
        wide = (c_ushort * (len(codes) // 2)).from_buffer_copy(bytes(codes))
        pdfium.FPDFText_SetText(item, wide)
        pdfium.FPDFPageObj_SetFillColor(item, *colour)
        pdfium.FPDFTextObj_SetTextRenderMode(item, mode)
        pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, y)
        pdfium.FPDFPage_InsertObject(self.page.raw, item)
        return item

    def picture(self, box: Box, grey: int) -> None:
        """An even picture; with a dark stripe in its middle if it is no white one."""
        left, bottom, right, top = box
        dots = pypdfium2.PdfBitmap.new_native(9, 9, pdfium.FPDFBitmap_BGRx)
        pdfium.FPDFBitmap_FillRect(dots.raw, 0, 0, 9, 9, 0xFF000000 | grey * 0x10101)
        if grey < 255:
            pdfium.FPDFBitmap_FillRect(dots.raw, 3, 1, 3, 7, 0xFF000000)
        picture = pypdfium2.PdfImage.new(self.document)
        picture.set_bitmap(dots)
        picture.set_matrix(pypdfium2.PdfMatrix(right - left, 0, 0, top - bottom, left, bottom))
        self.page.insert_obj(picture)

    def find(self, text: str) -> list[Box]:
        """The boxes around the ink of each place where a word is printed by itself."""
        words = self.page.get_textpage()
        search = words.search(text, match_whole_word=True)
        found = []
        while place := search.get_next():
            boxes = [_ink(words.raw, index) for index in range(place[0], place[0] + place[1])]
            found.append((min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)))
        return found


def _ink(words: Any, index: int) -> Box:
    left, right, bottom, top = (c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(words, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def drawn_on(data: bytes, draw: Callable[[Paper], None], number: int = 0) -> bytes:
    """The PDF with something drawn on a page of it."""
    document = pypdfium2.PdfDocument(data)
    paper = Paper(document, number)
    draw(paper)
    pdfium.FPDFPage_GenerateContent(paper.page.raw)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by
