"""Workbooks (XLSX): what each visible sheet shows. Formulas show the result that is stored; without one nobody knows what."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml import etree

from parsers.documents.package import main_part, open_package, part_xml, related_parts, whole_number
from parsers.documents.recognise import XLSX as MEDIA_TYPE
from parsers.documents.sheets.drawings import lay_over
from parsers.documents.sheets.number_format import GENERAL, shown
from parsers.documents.sheets.sheet import LOWEST_ROW, MAX_COLUMNS, MAX_SHEETS, NARROWEST, Area, Place, Sheet, document_of
from parsers.documents.sheets.styles import PLAIN, Look, hiding, is_pale, looks
from parsers.model import Document
from parsers.printed.canonical import struck
from parsers.printed.decode import LOST

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_OFF = ("0", "false")
USUAL_WIDTH = 8.0  # digits in a column whose width is not told
FEW_DIGITS = 1  # fit into any column that shows
_TIGHT = 1.15  # of a column's width: no program is so generous


def read_xlsx(data: bytes) -> Document:
    """A document of a workbook. Raises Undecodable when the file is damaged, encrypted or oversized."""
    package = open_package(data)
    main = main_part(package, "xl/workbook.xml")
    workbook, related = part_xml(package, main), related_parts(package, main)
    beside = {
        kind: part_xml(package, path)
        for path, kind in related.values()
        if kind in ("sharedStrings", "styles") and path in package.namelist()
    }
    strings = [_text_of(item) for item in beside["sharedStrings"].iter(f"{_S}si")] if "sharedStrings" in beside else []
    styles = beside.get("styles", etree.Element("none"))
    book = _Book(strings, looks(styles), hiding(styles), _is_on(workbook.find(f"{_S}workbookPr"), "date1904"))
    visible, hidden = list[Sheet](), list[str]()
    for name, path, is_hidden in _sheets(package, workbook, related):
        if is_hidden:
            hidden.append(name)
        elif len(visible) <= MAX_SHEETS:
            visible.append(_sheet(package, name, path, book))
    return document_of(MEDIA_TYPE, visible, hidden)


def _sheets(package: zipfile.ZipFile, workbook: etree._Element, related: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, bool]]:
    """Each sheet's name, its part and whether it is hidden, in the order of their tabs; by their parts' names in a workbook that lists none."""
    names = set(package.namelist())
    listed = [sheet for sheet in workbook.iter(f"{_S}sheet") if related.get(sheet.get(f"{_R}id", ""), ("",))[0] in names]
    for sheet in listed:
        path, kind = related[sheet.get(f"{_R}id", "")]
        if kind == "worksheet":
            yield str(sheet.get("name", "")), path, sheet.get("state", "visible") != "visible"
    if not listed:
        found = sorted((n for n in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)), key=lambda n: (len(n), n))
        yield from ((path.rpartition("/")[2], path, False) for path in found)


class _Book:
    """What all sheets of a workbook share."""

    def __init__(self, strings: Sequence[str], looks: Sequence[Look], hiding: Collection[str], from_1904: bool) -> None:
        self.strings, self.looks, self.hiding, self.from_1904 = strings, looks, hiding, from_1904


def _sheet(package: zipfile.ZipFile, name: str, path: str, book: _Book) -> Sheet:
    root = part_xml(package, path)
    sheet = Sheet(name)
    view, usual = root.find(f"{_S}sheetViews/{_S}sheetView"), root.find(f"{_S}sheetFormatPr")
    shows_zeros = view is None or view.get("showZeros") not in _OFF
    rows_are_hidden = _is_on(usual, "zeroHeight")
    widths: dict[int, float] = {}
    for column in root.iter(f"{_S}col"):
        numbers = range(whole_number(column.get("min")) - 1, min(whole_number(column.get("max")), MAX_COLUMNS + 1))
        widths |= dict.fromkeys(numbers, _size(column.get("width")))
        if _is_on(column, "hidden") or _size(column.get("width")) < NARROWEST:
            sheet.hidden_columns |= set(numbers)
    colours_may_change = any(next(root.iter(f"{_S}{kind}"), None) is not None for kind in ("conditionalFormatting", "tablePart"))
    for at, row in enumerate(root.iter(f"{_S}row")):
        number = whole_number(row.get("r")) - 1 if row.get("r") else at
        if _is_on(row, "hidden") or _size(row.get("ht")) < LOWEST_ROW or (rows_are_hidden and row.get("ht") is None):
            sheet.hidden_rows.add(number)
        for nth, cell in enumerate(row.iter(f"{_S}c")):
            place = _place(cell.get("r", "")) if cell.get("r") else (number, nth)
            if place:
                _put(sheet, place, cell, book, shows_zeros, colours_may_change)
    sheet.merges += [area for merge in root.iter(f"{_S}mergeCell") if (area := _area(merge.get("ref", "")))]
    if min(widths.values(), default=USUAL_WIDTH) < USUAL_WIDTH:
        _fill_narrow(sheet, widths)
    sheet.covered += _hidden_by_condition(root, book.hiding)
    lay_over(sheet, package, [part for part, kind in related_parts(package, path).values() if kind == "drawing"])
    return sheet


def _fill_narrow(sheet: Sheet, widths: Mapping[int, float]) -> None:
    """Where a number has more digits than its cell has room for, the cell shows ####."""
    wide = {
        (area[0], area[1]): sum(widths.get(c, USUAL_WIDTH) for c in range(area[1], min(area[3], MAX_COLUMNS) + 1)) for area in sheet.merges
    }
    for place, needed in sheet.needed.items():
        if place in sheet.texts and needed > _TIGHT * wide.get(place, widths.get(place[1], USUAL_WIDTH)) + 1:
            sheet.texts[place] = LOST


def _hidden_by_condition(root: etree._Element, hiding: Collection[str]) -> Iterator[Area]:
    """The areas in which a condition may hide what cells show; nobody tells here whether it holds."""
    for conditions in root.iter(f"{_S}conditionalFormatting"):
        rules = conditions.findall(f"{_S}cfRule")
        bars = [bar for rule in rules for bar in rule.iter(f"{_S}dataBar", f"{_S}iconSet") if bar.get("showValue") in _OFF]
        if bars or any(rule.get("dxfId") in hiding for rule in rules):
            yield from (area for reference in (conditions.get("sqref") or "").split() if (area := _area(reference)))


def _put(sheet: Sheet, place: Place, cell: etree._Element, book: _Book, shows_zeros: bool, colours_may_change: bool) -> None:
    number = whole_number(cell.get("s"))
    look = book.looks[number] if number < len(book.looks) else PLAIN
    stored = _stored(cell, book.strings)
    text = stored
    if cell.get("t", "n") == "n" and _NUMBER.fullmatch(stored):
        text = "" if not shows_zeros and not float(stored) else shown(stored, look.code, from_1904=book.from_1904)
        if len(text) > FEW_DIGITS:
            sheet.needed[place] = look.wide * len(text.partition(".")[0] if look.code == GENERAL else text)  # which rounds to fit
    elif look.code == ";;;":
        text = ""
    if look.is_unseen and text:
        text = LOST if colours_may_change else ""
    sheet.left_out += bool(stored) and not text
    sheet.put(place, struck(text) if look.is_struck else text)


def _stored(cell: etree._Element, strings: Sequence[str]) -> str:
    """What a cell holds; U+FFFD for a formula whose result is not stored."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        return _text_of(inline).strip() if inline is not None else ""
    printed = cell.find(f"{_S}v")
    value = (printed.text or "").strip() if printed is not None else ""
    if cell.find(f"{_S}f") is not None and not value and (kind != "str" or printed is None):
        return LOST
    if kind == "s":
        return strings[int(value)].strip() if value.isdecimal() and len(value) < 10 and int(value) < len(strings) else LOST if value else ""
    if kind == "b" and value:
        return "FALSE" if value in _OFF else "TRUE"
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value).strip() if kind == "str" else value


def _text_of(item: etree._Element) -> str:
    """A string of a workbook without its phonetic guide; pieces of it may be struck out."""
    parts = []
    for child in item:
        if child.tag == f"{_S}t":
            parts.append(child.text or "")
        elif child.tag == f"{_S}r":
            text, style = child.findtext(f"{_S}t") or "", child.find(f"{_S}rPr")
            parts.append(_in_style(text, style) if style is not None else text)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts))


def _in_style(text: str, style: etree._Element) -> str:
    """What a piece of a string shows: struck out, raised above or below the line, or in a colour that the cell's ground may have too."""
    if _is_on(style.find(f"{_S}strike"), "val", "1"):
        return struck(text)
    if is_pale(style.find(f"{_S}color")):
        return LOST
    raised = style.find(f"{_S}vertAlign")
    return f" {text} " if raised is not None and raised.get("val") != "baseline" else text


def _size(printed: str | None) -> float:
    """A height or width; as large as any where none is stated."""
    try:
        return float(printed) if printed is not None else 1e6
    except ValueError:
        return 1e6


def _is_on(element: etree._Element | None, name: str, default: str = "0") -> bool:
    return element is not None and element.get(name, default) not in _OFF


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    begin, end = _place(first), _place(last or first)
    return (*begin, *end) if begin and end else None


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
