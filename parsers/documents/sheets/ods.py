"""OpenDocument workbooks (ODS): each cell stores the text that it shows, which is what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parsers.documents.package import LOCKED, is_locked_opendocument, open_package, part_xml
from parsers.documents.recognise import ODS as MEDIA_TYPE
from parsers.documents.sheets.sheet import MAX_COLUMNS, Place, Sheet, document_of
from parsers.model import Document
from parsers.printed.canonical import struck
from parsers.printed.decode import LOST, Undecodable

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_D = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_GROUPS = {f"{_T}{name}" for name in ("table-row-group", "table-header-rows", "table-rows", "table-column-group", "table-header-columns", "table-columns")}  # fmt: skip
_NOT_PRINTED = {f"{_O}annotation", f"{_X}ruby-text", f"{_X}note", f"{_T}detective"}
_DRAWN = {f"{_D}{name}" for name in ("frame", "custom-shape", "rect", "g", "ellipse", "polygon", "path", "control", "text-box")}
MAX_ROWS = 100_000
_SPACES = 200  # in a row; no cell is so wide
_ZERO_SIZE = re.compile(r"0+(?:\.0*)?[a-z%]*")


def read_ods(data: bytes) -> Document:
    """A document of a workbook. Raises Undecodable when the file is damaged, locked or oversized."""
    package = open_package(data)
    if is_locked_opendocument(package):
        raise Undecodable(LOCKED)
    root = part_xml(package, "content.xml")
    styles = {style.get(f"{_STYLE}name", ""): style for style in root.iter(f"{_STYLE}style")}
    visible, hidden = [], []
    for table in root.iterfind(f"{_O}body/{_O}spreadsheet/{_T}table"):
        style = styles.get(table.get(f"{_T}style-name", ""))
        shown = style is None or all(p.get(f"{_T}display") != "false" for p in style.iter(f"{_STYLE}table-properties"))
        name = str(table.get(f"{_T}name", ""))
        if shown:
            visible.append(_sheet(name, table, styles))
        else:
            hidden.append(name)
    return document_of(MEDIA_TYPE, visible, hidden)


def _sheet(name: str, table: etree._Element, styles: dict[str, etree._Element]) -> Sheet:
    sheet = Sheet(name)
    at = 0
    for column in _parts(table, f"{_T}table-column"):
        repeated = _repeated(column, "columns")
        if column.get(f"{_T}visibility", "visible") != "visible" or _is_flat(column, styles, "column-width"):
            sheet.hidden_columns |= set(range(at, min(at + repeated, MAX_COLUMNS)))
        at += repeated
    number = 0
    for row in _parts(table, f"{_T}table-row"):
        repeated = _repeated(row, "rows")
        is_hidden = row.get(f"{_T}visibility", "visible") != "visible" or _is_flat(row, styles, "row-height")
        cells = list(_cells(row, styles))
        for again in range(repeated if any(text for _, text, _ in cells) else 1):
            if is_hidden:
                sheet.hidden_rows.add(number + again)
            for column_number, text, (rows, columns) in cells:
                _put(sheet, (number + again, column_number), text, rows, columns)
        number += repeated
        if number > MAX_ROWS:
            break
    drawn = [
        node for node in table.iter(*_DRAWN) if not any(above.tag in _DRAWN or above.tag in _NOT_PRINTED for above in node.iterancestors())
    ]
    sheet.covers_all = bool(drawn)
    sheet.shapes += filter(None, (_text(node) for node in drawn))
    return sheet


def _put(sheet: Sheet, place: Place, text: str, rows: int, columns: int) -> None:
    sheet.put(place, text)
    if rows > 1 or columns > 1:
        sheet.merges.append((*place, place[0] + rows - 1, place[1] + columns - 1))


def _cells(row: etree._Element, styles: dict[str, etree._Element]) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """The cells of a row that print anything or are merged: the column, what is printed, how many rows and columns it spans."""
    at = 0
    for cell in row:
        if cell.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
            continue
        repeated = _repeated(cell, "columns")
        text = _shown(cell, styles) if cell.tag == f"{_T}table-cell" else ""
        spans = (_count(cell.get(f"{_T}number-rows-spanned")), _count(cell.get(f"{_T}number-columns-spanned")))
        if text or spans != (1, 1):
            yield from ((column, text, spans) for column in range(at, min(at + repeated, MAX_COLUMNS)))
        at += repeated


def _shown(cell: etree._Element, styles: dict[str, etree._Element]) -> str:
    """What a cell shows; U+FFFD for a formula without a result, and for a value without the text that it shows."""
    lines = [_text(line) for line in cell if line.tag == f"{_X}p"]
    text = "\n".join(lines).strip()
    if not text and not lines:
        kind = cell.get(f"{_O}value-type")
        is_open = cell.get(f"{_T}formula") is not None or (kind is not None and kind != "string")
        return LOST if is_open else str(cell.get(f"{_O}string-value", ""))
    style = styles.get(cell.get(f"{_T}style-name", ""))
    if style is None or not text:
        return text
    properties = {name: value for part in style for name, value in part.attrib.items()}
    if properties.get(f"{_FO}color", "").lower() == properties.get(f"{_FO}background-color", "#ffffff").lower().replace(
        "transparent", "#ffffff"
    ):
        return ""
    is_struck = properties.get(f"{_STYLE}text-line-through-style", "none") != "none"
    return struck(text) if is_struck else text


def _text(node: etree._Element) -> str:
    """The text in an element, without what is not printed in the line: notes, phonetic guides."""
    parts = [node.text or ""]
    for child in node:
        if child.tag not in _NOT_PRINTED and isinstance(child.tag, str):
            parts.append(" " * min(_count(child.get(f"{_X}c")), _SPACES) if child.tag == f"{_X}s" else " " if child.tag in (f"{_X}tab", f"{_X}line-break") else _text(child))  # fmt: skip
        parts.append(child.tail or "")
    return "".join(parts)


def _parts(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _GROUPS:
            yield from _parts(child, tag)


def _is_flat(element: etree._Element, styles: dict[str, etree._Element], size: str) -> bool:
    style = styles.get(element.get(f"{_T}style-name", ""))
    sizes = [part.get(f"{_STYLE}{size}", "") for part in style] if style is not None else []
    return any(map(_ZERO_SIZE.fullmatch, sizes))


def _repeated(element: etree._Element, what: str) -> int:
    return _count(element.get(f"{_T}number-{what}-repeated"))


def _count(printed: str | None) -> int:
    return min(int(printed), 2_000_000) if printed and printed.isdecimal() and len(printed) < 10 else 1
