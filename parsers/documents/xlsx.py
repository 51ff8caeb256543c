"""Workbooks (XLSX): every sheet is a table, its numbers as they are stored."""

from __future__ import annotations

import re

from lxml import etree

from parsers.documents.package import open_package, part_xml
from parsers.model import Document
from parsers.printed.canonical import MAX_CELLS, GridCell, Writer
from parsers.printed.decode import Undecodable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_COLUMNS = 200
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_xlsx(data: bytes) -> Document:
    """A document of a workbook. Raises Undecodable when the file is damaged, encrypted or oversized."""
    package = open_package(data)
    names = sorted((n for n in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)), key=lambda n: (len(n), n))
    strings = _shared_strings(part_xml(package, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in package.namelist() else []
    writer = Writer()
    for name in names[:50]:
        writer.table(_grid(part_xml(package, name), strings))
    return Document(MEDIA_TYPE, "utf-8", writer.text, tuple(writer.blocks))


def _shared_strings(root: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in item.iter(f"{_S}t")) for item in root.iter(f"{_S}si")]


def _grid(sheet: etree._Element, strings: list[str]) -> list[list[GridCell]]:
    """The used cells by rows; a merged range is the cell at its upper left with spans, the cells it covers are not printed."""
    texts: dict[tuple[int, int], str] = {}
    for cell in sheet.iter(f"{_S}c"):
        place = _place(cell.get("r", ""))
        if place and place[1] < MAX_COLUMNS and (text := _text(cell, strings)):
            texts[place] = text
        if len(texts) > MAX_CELLS:
            raise Undecodable(
                "工作表过大，不予读取，请只留报告的表 (the workbook has more cells than a report can have; keep the report's own tables)"
            )
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merge in sheet.iter(f"{_S}mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        begin, end = _place(first), _place(last)
        if begin and end and end[1] < MAX_COLUMNS and end[0] - begin[0] < 1000:
            spans[begin] = (end[0] - begin[0] + 1, end[1] - begin[1] + 1)
            covered |= {(r, c) for r in range(begin[0], end[0] + 1) for c in range(begin[1], end[1] + 1)} - {begin}
    used_rows = sorted({row for row, _ in texts})
    width = max((column + spans.get((row, column), (1, 1))[1] for row, column in texts), default=0)
    return [
        [GridCell(texts.get((row, c), ""), *spans.get((row, c), (1, 1))) for c in range(width) if (row, c) not in covered]
        for row in used_rows
    ]


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _text(cell: etree._Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{_S}t")).strip()
    value = (cell.findtext(f"{_S}v") or "").strip()
    if kind == "s":
        return strings[int(value)].strip() if value.isdigit() and int(value) < len(strings) else ""
    if kind == "n" and re.fullmatch(r"-?\d+\.\d*(?:[eE][+-]?\d+)?|-?\d+[eE][+-]?\d+", value):
        return f"{float(value):.15g}"  # 25.655299999999997 is 25.6553: fifteen digits are what a workbook shows
    return value
