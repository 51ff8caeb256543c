"""PDF files: ruled tables with merged cells, joined over page ends, and the text between them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.pages.joined import Block, grid_of, in_order
from parsers.documents.pages.lines import lines_of
from parsers.documents.pages.page import read_page
from parsers.documents.pages.ruled_tables import ruled_tables
from parsers.documents.set_tables.columns import Columned
from parsers.model import Document
from parsers.printed.canonical import Writer
from parsers.printed.decode import Undecodable

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 200
_PASSWORD = pdfium.FPDF_ERR_PASSWORD
_ONE_AT_A_TIME = threading.Lock()  # pdfium may not be called from two threads at once


def read_pdf(data: bytes) -> Document:
    """A document of a PDF file. Raises Undecodable when it is damaged, encrypted, oversized, or holds pictures only."""
    with _ONE_AT_A_TIME:
        pages = list(_pages(data))
    writer = Writer()
    for block in in_order(pages):
        if isinstance(block, str):
            writer.paragraph(block)
        else:
            writer.table(grid_of(block), "columns" if isinstance(block, Columned) else "drawn")
    if not writer.text.strip():
        raise Undecodable(
            "页面上没有文字，只有图片，请用文字版，或者照印抄录 (the pages hold no text, only pictures: type the report in as a transcription, see README)"
        )
    return Document(MEDIA_TYPE, None, writer.text, tuple(writer.blocks))


def _pages(data: bytes) -> Iterator[list[Block]]:
    """Each page's tables and lines from top to bottom."""
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
        for number in range(len(document)):
            handle = pdfium.FPDF_LoadPage(document.raw, number)
            if not handle:
                raise Undecodable(
                    f"PDF 第 {number + 1} 页损坏，请从原稿另存 (page {number + 1} of the PDF is damaged; save it again from its source)"
                )
            try:
                page = read_page(handle)
            finally:
                pdfium.FPDF_ClosePage(handle)
            tables, rest = ruled_tables(page)
            yield sorted([*tables, *lines_of(rest)], key=lambda block: block.y)
    finally:
        document.close()
