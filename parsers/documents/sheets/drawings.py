"""Pictures and shapes that lie over a workbook's cells: what they cover is not known, what is written in them is read."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

from lxml import etree

from parsers.documents.package import part_xml
from parsers.documents.sheets.sheet import Area, Sheet

_D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ROW_HEIGHT, _COLUMN_WIDTH = 120_000, 300_000  # EMU, of the lowest and narrowest that are usual: a shape covers at most so many


def lay_over(sheet: Sheet, package: zipfile.ZipFile, parts: Sequence[str]) -> None:
    """Note in a sheet the areas that its drawings cover, and the texts in them."""
    for part in parts:
        if part not in package.namelist():
            continue
        for anchor in part_xml(package, part):
            drawn = [child for child in anchor if child.tag in (f"{_D}sp", f"{_D}pic", f"{_D}grpSp", f"{_D}graphicFrame", f"{_D}cxnSp")]
            if not drawn or all(child.tag == f"{_D}cxnSp" or _is_hidden(child) for child in drawn):
                continue
            area = _area(anchor)
            if area is None:
                sheet.covers_all = True
            else:
                sheet.covered.append(area)
            lines = ("".join(t.text or "" for t in line.iter(f"{_A}t")) for child in drawn for line in child.iter(f"{_A}p"))
            if text := "\n".join(filter(None, lines)):
                sheet.shapes.append(text)


def _is_hidden(drawn: etree._Element) -> bool:
    named = next(drawn.iter(f"{_D}cNvPr"), None)
    return named is not None and named.get("hidden") in ("1", "true")


def _area(anchor: etree._Element) -> Area | None:
    begin, end, extent = _corner(anchor.find(f"{_D}from")), _corner(anchor.find(f"{_D}to")), anchor.find(f"{_D}ext")
    if begin and end:  # a shape that ends where a row begins does not cover that row
        rows, columns = (anchor.findtext(f"{_D}to/{_D}{name}") or "0" for name in ("rowOff", "colOff"))
        return (*begin, max(begin[0], end[0] - (rows == "0")), max(begin[1], end[1] - (columns == "0")))
    if begin and extent is not None:
        return (*begin, begin[0] + _emu(extent.get("cy")) // _ROW_HEIGHT, begin[1] + _emu(extent.get("cx")) // _COLUMN_WIDTH)
    return None


def _corner(corner: etree._Element | None) -> tuple[int, int] | None:
    if corner is None:
        return None
    row, column = corner.findtext(f"{_D}row") or "", corner.findtext(f"{_D}col") or ""
    return (int(row), int(column)) if row.isdecimal() and column.isdecimal() and max(len(row), len(column)) < 10 else None


def _emu(printed: str | None) -> int:
    return int(printed) if printed and printed.isdecimal() and len(printed) < 20 else 0
