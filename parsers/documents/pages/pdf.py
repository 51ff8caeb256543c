"""PDF files: their pages, drawn by pdfium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from ctypes import byref
from dataclasses import replace
from typing import Any

import pypdfium2

from parsers.documents.page import Box, Glyph, Page, direction, turned_page
from parsers.documents.pages import plain as pdfium
from parsers.documents.pages.annotations import page_with_annotations
from parsers.documents.pages.drawn_objects import Drawn
from parsers.documents.pages.drawn_text import glyphs_of
from parsers.documents.pages.joined import document_of
from parsers.documents.pages.seen import ink, seen
from parsers.documents.pages.shapes import UNMOVED
from parsers.documents.pictures import extra
from parsers.model import Document
from parsers.printed.decode import Undecodable

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 200
_FEW = 40  # characters: a page number, a stamp of the scanner
_PASSWORD = pdfium.FPDF_ERR_PASSWORD
ONE_AT_A_TIME = threading.Lock()  # pdfium may not be called from two threads at once


def read_pdf(data: bytes) -> Document:
    """A document of a PDF file. Raises Undecodable when it is damaged, encrypted, oversized, or holds pictures only."""
    with ONE_AT_A_TIME:
        return document_of(MEDIA_TYPE, _pages(data))


def _pages(data: bytes) -> Iterator[Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Undecodable("PDF 文件有密码，请另存为没有密码的文件 (the PDF asks for a password; save it without one)") from error
        raise Undecodable(
            "PDF 文件损坏，打不开，请重新下载或从原稿另存 (the PDF is damaged; fetch it again or save it again from its source)"
        ) from error
    try:
        if len(document) > MAX_PAGES:
            raise Undecodable(
                f"文件有 {len(document)} 页，超过 {MAX_PAGES} 页，请只留报告的页 (the file has too many pages; send the report's own pages)"
            )
        scans = 0
        for number in range(len(document)):
            with page_with_annotations(document, number) as (handle, typed):
                page = read_page(handle, typed)
                if scans < extra.MAX_PICTURES and _is_scan(page) and extra.is_installed():
                    page, scans = _recognised(handle), scans + 1
            yield page
    finally:
        document.close()


def _is_scan(page: Page) -> bool:
    """Is there next to no text on a page, and a picture over most of it?"""
    if len(page.chars) > _FEW:
        return False
    wide, high = page.width / 3, page.height / 3
    ninths = [(column * wide, row * high, (column + 1) * wide, (row + 1) * high) for column in range(3) for row in range(3)]
    return sum(map(page.has_ink, ninths)) > len(ninths) / 2


def _recognised(handle: Any) -> Page:
    """The page as it looks, read as a picture is; `handle` is pdfium's."""
    from parsers.documents.pictures.read import page_of, painted

    return page_of(painted(handle))


def read_page(page: Any, typed: list[Glyph]) -> Page:
    """What a page shows; `page` is a handle of pdfium, `typed` what its fields hold without a drawing of it.

    Raises Undecodable when it draws far more than a page can show.
    """
    drawn = Drawn()
    drawn.walk(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, UNMOVED, 0)
    paper = _paper(page)
    told = list(glyphs_of(page, drawn.replaced, drawn.retold))
    drawn.leave_untold(drawn.retold - {glyph.run for glyph in told})
    glyphs = seen(page, paper, told, drawn) + typed
    turn = direction(glyphs)
    read = turned_page(paper, turn, glyphs, drawn.lines, drawn.hidden, ink(page, paper, drawn, turn))
    return replace(read, turned=(turn - pdfium.FPDFPage_GetRotation(page)) % 4)


def _paper(page: Any) -> Box:
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, byref(box)):
        return min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)
    return 0, 0, 612, 792
