"""Pictures of a document's pages as they were read, upright and level, small enough for the page of a report."""

from __future__ import annotations

import io
import resource
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.pages.annotations import page_with_annotations
from parsers.documents.pages.ofd import scans_in
from parsers.documents.pages.pdf import MEDIA_TYPE as PDF
from parsers.documents.pages.pdf import ONE_AT_A_TIME
from parsers.documents.recognise import OFD, PICTURE
from parsers.model import Document, Sheet

MOST_PAGES = 40  # of one document
MOST_BYTES = 120_000  # of one picture
SECONDS = 3  # of processor time that a page may take beyond what its document may: usually a quarter of one
_ACROSS = 1000  # dots; of an A4 page about 120 an inch
_QUALITIES = (60, 40, 20)
_PORTRAIT = 2.0  # times as high as wide: what is longer is drawn less wide


def page_pictures(data: bytes, document: Document) -> list[bytes]:
    """A WebP of each page of a PDF, of a picture file, or of an OFD file of pictures, in order; none of other documents, nor where Pillow is
    not installed."""
    if not document.sheets or not find_spec("PIL"):
        return []
    sheets = document.sheets[:MOST_PAGES]
    if document.media_type == PDF:
        return [_webp(page) for page in _of_pdf(data, sheets)]
    if document.media_type == PICTURE:
        from parsers.documents.pictures.read import pictures_in

        return [_webp(_as_read(picture, sheet)) for picture, sheet in zip(pictures_in(data), sheets, strict=False)]
    if document.media_type == OFD and all(sheet.recognised for sheet in document.sheets):
        return [_webp(_as_read(picture, sheet)) for picture, sheet in zip(scans_in(data), sheets, strict=False)]
    return []


def _of_pdf(data: bytes, sheets: Sequence[Sheet]) -> Iterator[Any]:
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            for number, sheet in enumerate(sheets):
                _allow_a_page()
                with page_with_annotations(document, number) as (handle, _):
                    yield _scan(handle, sheet) if sheet.recognised else _drawn(handle, sheet)
        finally:
            document.close()


def _scan(handle: Any, sheet: Sheet) -> Any:
    from parsers.documents.pictures.read import painted

    return _as_read(painted(handle), sheet)


def _drawn(handle: Any, sheet: Sheet) -> Any:
    across = _across(sheet.width, sheet.height)
    down = max(1, round(across * sheet.height / max(1.0, sheet.width)))
    bitmap = pypdfium2.PdfBitmap.new_native(across, down, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, across, down, sheet.turned, 0)
    return bitmap.to_pil()


def _as_read(picture: Any, sheet: Sheet) -> Any:
    from PIL import Image

    from parsers.documents.pictures.straight import as_read

    if not sheet.width:
        return Image.fromarray(picture)
    return Image.fromarray(as_read(picture, -sheet.turned % 4, sheet.lean)[0])


def _across(width: float, height: float) -> int:
    return round(_ACROSS / max(1.0, height / max(1.0, width) / _PORTRAIT))


def _webp(page: Any) -> bytes:
    across = _across(*page.size)
    if page.width > across:
        page = page.resize((across, max(1, round(page.height * across / page.width))))
    for quality in _QUALITIES:
        written = io.BytesIO()
        page.save(written, "WEBP", quality=quality)
        if written.tell() <= MOST_BYTES:
            break
    return written.getvalue()


def _allow_a_page() -> None:
    with suppress(ValueError, OSError):
        soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_CPU, (soft + SECONDS if hard == resource.RLIM_INFINITY else min(soft + SECONDS, hard), hard))
