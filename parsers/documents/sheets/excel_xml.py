"""Workbooks in one XML file, as Excel 2003 saves them and many systems export them under the name .xls."""

from __future__ import annotations

from lxml import etree

from parsers.documents.package import whole_number, xml_of
from parsers.documents.recognise import EXCEL_XML as MEDIA_TYPE
from parsers.documents.sheets.number_format import shown
from parsers.documents.sheets.sheet import MAX_COLUMNS, MAX_MERGED_ROWS, Sheet, document_of
from parsers.model import Document
from parsers.printed.canonical import struck
from parsers.printed.decode import LOST

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_NAMED = {  # number formats that are called by a name
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": "¥#,##0.00", "Scientific": "0.00E+00",
    "General Date": "yyyy/m/d", "Short Date": "yyyy/m/d", "Long Date": "yyyy/m/d", "Medium Date": "yyyy/m/d",
}  # fmt: skip


def read_excel_xml(data: bytes) -> Document:
    """A document of such a workbook. Raises Undecodable when the XML is damaged or the workbook oversized."""
    root = xml_of(data.lstrip())
    styles = {style.get(f"{_SS}ID", ""): style for style in root.iter(f"{_SS}Style")}
    visible, hidden = [], []
    for worksheet in root.iter(f"{_SS}Worksheet"):
        name = str(worksheet.get(f"{_SS}Name", ""))
        if "Hidden" in (worksheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") or ""):
            hidden.append(name)
        else:
            visible.append(_sheet(name, worksheet, styles))
    return document_of(MEDIA_TYPE, visible, hidden)


def _sheet(name: str, worksheet: etree._Element, styles: dict[str, etree._Element]) -> Sheet:
    sheet = Sheet(name)
    sheet.covers_all = next(worksheet.iter("{urn:schemas-microsoft-com:vml}shape"), None) is not None
    column = -1
    for part in worksheet.iterfind(f"{_SS}Table/{_SS}Column"):
        first = column = _at(part, column)
        column += whole_number(part.get(f"{_SS}Span"))
        if _is_hidden(part, "Width"):
            sheet.hidden_columns |= set(range(first, min(column, MAX_COLUMNS) + 1))
    number = -1
    for row in worksheet.iterfind(f"{_SS}Table/{_SS}Row"):
        first = number = _at(row, number)
        number += whole_number(row.get(f"{_SS}Span"))
        if _is_hidden(row, "Height"):
            sheet.hidden_rows |= set(range(first, min(number, first + MAX_MERGED_ROWS) + 1))
        column = -1
        for cell in row.iterfind(f"{_SS}Cell"):
            column = _at(cell, column)
            sheet.put((first, column), _shown(cell, styles))
            across, down = whole_number(cell.get(f"{_SS}MergeAcross")), whole_number(cell.get(f"{_SS}MergeDown"))
            if (across or down) and across < MAX_COLUMNS and down < MAX_MERGED_ROWS:
                sheet.merges.append((first, column, first + down, column + across))
            column += across
    return sheet


def _at(part: etree._Element, before: int) -> int:
    """Where a column, row or cell stands: where it says, else after the one before."""
    return whole_number(part.get(f"{_SS}Index")) - 1 if part.get(f"{_SS}Index") else before + 1


def _shown(cell: etree._Element, styles: dict[str, etree._Element]) -> str:
    data = cell.find(f"{_SS}Data")
    stored = "".join(data.itertext()).strip() if data is not None else ""
    if not stored:
        return LOST if cell.get(f"{_SS}Formula") and (data is None or data.get(f"{_SS}Type") != "String") else ""
    style = styles.get(cell.get(f"{_SS}StyleID", ""))
    look = style if style is not None else etree.Element("none")
    kind = data.get(f"{_SS}Type") if data is not None else None
    form = look.find(f"{_SS}NumberFormat")
    code = str(form.get(f"{_SS}Format", "General")) if form is not None else "General"
    text = stored
    if kind == "Number":
        text = shown(stored, _NAMED.get(code, code))
    elif kind == "Boolean":
        text = "TRUE" if stored == "1" else "FALSE"
    font, ground = look.find(f"{_SS}Font"), look.find(f"{_SS}Interior")
    colour = font.get(f"{_SS}Color", "") if font is not None else ""
    if colour and colour.upper() == str(ground.get(f"{_SS}Color", "#FFFFFF") if ground is not None else "#FFFFFF").upper():
        return ""
    return struck(text) if font is not None and font.get(f"{_SS}StrikeThrough") == "1" else text


def _is_hidden(part: etree._Element, size: str) -> bool:
    return part.get(f"{_SS}Hidden") == "1" or part.get(f"{_SS}{size}") in ("0", "0.0")
