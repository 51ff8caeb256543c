"""Formats that LibreOffice reads for us, where it is installed: Word 97 documents (DOC), RTF, OpenDocument texts, Works and WPS, XLSB."""

from __future__ import annotations

from dataclasses import replace

from parsers.documents import recognise
from parsers.documents.apart import converted
from parsers.documents.docx.body import read_docx
from parsers.documents.package import LOCKED, is_locked, is_locked_opendocument, open_package
from parsers.documents.sheets.xlsx import read_xlsx
from parsers.model import Document
from parsers.printed.decode import Undecodable

SUFFIXES = {recognise.DOC: ".doc", recognise.RTF: ".rtf", recognise.ODT: ".odt", recognise.WPS: ".wps", recognise.XLSB: ".xlsb"}


def read_office(media_type: str, data: bytes) -> Document:
    """A document of a file of one of these types, converted to DOCX or XLSX. Raises Undecodable with the remedy where LibreOffice is
    not installed."""
    if (media_type == recognise.DOC and is_locked(data)) or (media_type == recognise.ODT and is_locked_opendocument(open_package(data))):
        raise Undecodable(LOCKED)
    suffix = SUFFIXES[media_type]
    target, read = ("xlsx", read_xlsx) if media_type == recognise.XLSB else ("docx", read_docx)
    return replace(read(converted(data, suffix, target)), media_type=media_type)
