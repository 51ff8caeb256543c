"""What is typed on a PDF page: the fields of a form and annotations are drawn into the page, so that they are read as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_char, c_ushort, cast, create_string_buffer
from html import unescape
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.page import Glyph
from parsers.printed.decode import Undecodable

MAX_ANNOTATIONS = 5000
MAX_TYPED = 20_000  # bytes in one field
_NOT_SHOWN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_NO_PRINT = (pdfium.FPDF_ANNOT_WATERMARK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_SOUND, pdfium.FPDF_ANNOT_FILEATTACHMENT)  # fmt: skip
_TYPED = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}
_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_SIZE = re.compile(r"([\d.]{1,8})\s+Tf")
_TAG = re.compile(r"<[^<>]*>")
_PASSWORD = 1 << 13  # the flag of a field whose letters are not shown
_USUAL_SIZE = 10.0
_WIDE = 0x2E80  # the first Chinese character: as wide as high, others half as wide


@contextmanager
def page_with_annotations(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[Any, list[Glyph]]]:
    """The handle of a page into which its annotations are drawn; and what is typed into those that have no drawing."""
    handle = _load(document, number)
    try:
        typed: list[Glyph] = []
        count = pdfium.FPDFPage_GetAnnotCount(handle)
        if count > 0:
            undrawn = _undrawn(handle, min(count, MAX_ANNOTATIONS))
            with _form_of(document, handle) as form:
                typed = _without_hidden(handle, form, min(count, MAX_ANNOTATIONS), undrawn)
            if pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
                pdfium.FPDF_ClosePage(handle)
                handle = None
                handle = _load(document, number)
        yield handle, typed
    finally:
        if handle:
            pdfium.FPDF_ClosePage(handle)


def _load(document: pypdfium2.PdfDocument, number: int) -> Any:
    handle = pdfium.FPDF_LoadPage(document.raw, number)
    if not handle:
        raise Undecodable(
            f"PDF 第 {number + 1} 页损坏，请从原稿另存 (page {number + 1} of the PDF is damaged; save it again from its source)"
        )
    return handle


@contextmanager
def _form_of(document: pypdfium2.PdfDocument, handle: Any) -> Iterator[Any]:
    """The form of a document, with which pdfium draws fields that have a value and no drawing; None where there is none."""
    if pdfium.FPDF_GetFormType(document.raw) == pdfium.FORMTYPE_NONE:
        yield None
        return
    if document.formenv is None:
        document.init_forms()
    form = document.formenv.raw
    pdfium.FORM_OnAfterLoadPage(handle, form)
    try:
        yield form
    finally:
        pdfium.FORM_OnBeforeClosePage(handle, form)


def _undrawn(handle: Any, count: int) -> set[int]:
    """The annotations of a page for which the file has no drawing; of its fields pdfium makes one with the arrow of a list, or of secret letters."""
    undrawn = set()
    for index in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(handle, index)
        if not _appearance(annotation):
            undrawn.add(index)
        pdfium.FPDFPage_CloseAnnot(annotation)
    return undrawn


def _without_hidden(handle: Any, form: Any, count: int, undrawn: Collection[int]) -> list[Glyph]:
    """Take from the page the annotations that are not shown; the characters typed into those that are and have no drawing."""
    typed: list[Glyph] = []
    for index in reversed(range(count)):
        annotation = pdfium.FPDFPage_GetAnnot(handle, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        removed = pdfium.FPDFAnnot_GetFlags(annotation) & _NOT_SHOWN or kind in _NO_PRINT
        if (
            not removed
            and kind in _TYPED
            and (not _appearance(annotation) or (index in undrawn and _is_made_otherwise(annotation, kind, form)))
        ):
            typed += _typed(annotation, _value(annotation, kind, form))
            removed = kind == pdfium.FPDF_ANNOT_WIDGET
        pdfium.FPDFPage_CloseAnnot(annotation)
        if removed:
            pdfium.FPDFPage_RemoveAnnot(handle, index)
    return typed


def _is_made_otherwise(annotation: Any, kind: int, form: Any) -> bool:
    """Would pdfium draw a field otherwise than other programs do?"""
    if kind != pdfium.FPDF_ANNOT_WIDGET or not form:
        return False
    return bool(
        pdfium.FPDFAnnot_GetFormFieldType(form, annotation) == pdfium.FPDF_FORMFIELD_COMBOBOX
        or pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
    )


def _appearance(annotation: Any) -> str:
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, size))


def _value(annotation: Any, kind: int, form: Any) -> str:
    if kind == pdfium.FPDF_ANNOT_WIDGET and form:
        if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _FIELDS:
            return ""
        value = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
        return "*" * len(value) if pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD else value
    return _entry(annotation, _TYPED[kind]) or unescape(_TAG.sub("", _entry(annotation, b"RC")))


def _entry(annotation: Any, key: bytes) -> str:
    name = cast(create_string_buffer(key), POINTER(c_char))
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, name, buffer, size))


def _string(get: Callable[[Any, int], int]) -> str:
    """A text of pdfium's: asked for its size first, then for its UTF-16."""
    size = min(get(None, 0), MAX_TYPED)
    if size <= 2:
        return ""
    buffer = create_string_buffer(size)
    get(cast(buffer, POINTER(c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _typed(annotation: Any, text: str) -> Iterator[Glyph]:
    """The characters of a text in the box of its annotation, line below line."""
    box = pdfium.FS_RECTF()
    if not text.strip() or not pdfium.FPDFAnnot_GetRect(annotation, box):
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = abs(box.top - box.bottom)
    named = _SIZE.search(_entry(annotation, b"DA"))
    size = min((float(named[1]) if named else 0.0) or _USUAL_SIZE, height / len(lines))
    top = max(box.top, box.bottom) - (height - size * len(lines)) / 2
    for number, line in enumerate(lines):
        x, low = min(box.left, box.right) + size / 5, top - size * (number + 1)
        for char in line:
            width = size if ord(char) >= _WIDE else size / 2
            if not char.isspace():
                ink = (x, low + size / 5, x + width, low + size)
                yield Glyph(char, ink, (x, low, x + width, low + size), (x, low + size / 5), 0, 0)
            x += width
