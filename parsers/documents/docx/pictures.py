"""Pictures in a Word file that may print what belongs to the report: a table pasted as one, a page that was scanned."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from lxml import etree

from parsers.documents.docx.layers import drawn_in
from parsers.documents.package import part_bytes, related_parts
from parsers.documents.pictures import extra
from parsers.documents.recognise import PICTURE, media_type
from parsers.model import FROM_PICTURES, Document, Note, Table
from parsers.printed.decode import Undecodable

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SMALLEST = 2_500_000  # a Word file's units, of which a centimetre has 360,000: no table is narrower
_MOST = 10  # pictures that are looked at
_FEW = 40  # characters
IN_PICTURES = "文件里有图片，其中的字由程序识读，请对照原件 (words were recognised in the pictures of the file: compare the document)"


def picture_names(element: etree._Element) -> Iterator[str]:
    """The names, as the file has them, of the pictures that an element shows at a table's size."""
    for drawn in drawn_in(element):
        widths = [int(cx) for extent in drawn.iter("{*}extent") if (cx := extent.get("cx", "")).isdecimal()]
        if all(width >= _SMALLEST for width in widths):
            yield from (name for part in drawn.iter("{*}blip") if (name := part.get(f"{_RELATION}embed")))
            yield from (name for part in drawn.iter("{*}imagedata") if (name := part.get(f"{_RELATION}id")))


def read_pictures(root: etree._Element, package: zipfile.ZipFile, main: str) -> dict[str, Document]:
    """What the pictures print, by their names: those with a table, and where next to nothing is typed all of them. Nothing where what
    reads pictures is not installed."""
    names = list(dict.fromkeys(picture_names(root)))[:_MOST]
    if not names or not extra.is_installed():
        return {}
    from parsers.documents.pages.picture import read_picture

    related, found = related_parts(package, main), {}
    for name in names:
        try:
            content = part_bytes(package, related[name][0]) if name in related else b""
            if media_type(content) == PICTURE:
                found[name] = read_picture(content)
        except Undecodable:  # a photograph, a seal, a damaged picture: what it prints is no text
            continue
    typed = len("".join(root.itertext()).strip()) > _FEW
    return {
        name: _within(read, typed) for name, read in found.items() if not typed or any(isinstance(block, Table) for block in read.blocks)
    }


def _within(document: Document, typed: bool) -> Document:
    note = Note(FROM_PICTURES, IN_PICTURES, *((0, len(document.text)) if typed else ()))
    return Document(document.media_type, None, document.text, document.blocks, notes=(note,))
