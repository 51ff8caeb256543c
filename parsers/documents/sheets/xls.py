"""Workbooks of Excel 97 and of WPS (XLS, ET), by python-calamine; what it does not tell is told by the file's own records (`biff`)."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from parsers.documents.package import LOCKED, is_locked, read_locked
from parsers.documents.recognise import XLS as MEDIA_TYPE
from parsers.documents.sheets.biff import Hidden, hidden_parts
from parsers.documents.sheets.number_format import shown
from parsers.documents.sheets.sheet import MAX_COLUMNS, Sheet, document_of
from parsers.model import Document
from parsers.printed.canonical import struck
from parsers.printed.decode import LOST, Undecodable

MAX_ROWS = 20_000


def read_xls(data: bytes) -> Document:
    """A document of a workbook. Raises Undecodable when the file is damaged, locked or oversized."""
    if is_locked(data):
        data = read_locked(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        hidden_of = hidden_parts(data)
        visible, hidden = [], []
        for number, stated in enumerate(workbook.sheets_metadata):
            if stated.visible != SheetVisibleEnum.Visible:
                hidden.append(stated.name)
            else:
                visible.append(_sheet(workbook, number, stated.name, hidden_of.get(stated.name, Hidden())))
    except CalamineError as error:
        reason = (
            LOCKED
            if "assword" in str(error)
            else "工作簿损坏，打不开，请用 Excel 或 WPS 打开后另存为 .xlsx (the workbook is damaged; open it in Excel or WPS and save it as .xlsx)"
        )
        raise Undecodable(reason) from error
    return document_of(MEDIA_TYPE, visible, hidden)


def _sheet(workbook: CalamineWorkbook, number: int, name: str, hidden: Hidden) -> Sheet:
    read = workbook.get_sheet_by_index(number)
    sheet = Sheet(name, hidden_rows=hidden.rows, hidden_columns=hidden.columns, covers_all=hidden.has_drawings)
    first_row, first_column = read.start or (0, 0)
    for row, values in enumerate(read.to_python(skip_empty_area=True), start=first_row):
        if row > MAX_ROWS:
            break
        for column, value in enumerate(values[:MAX_COLUMNS], start=first_column):
            place = (row, column)
            stored = value not in ("", None)
            text = (
                LOST
                if place in hidden.open_formulas
                else ""
                if place in hidden.unseen
                else _shown(value, hidden.formats.get(place, "General"), hidden.hides_zeros)
            )
            sheet.left_out += stored and not text
            sheet.put(place, struck(text) if place in hidden.struck else text)
    sheet.merges += [(*begin, *end) for begin, end in read.merged_cell_ranges or ()]
    return sheet


def _shown(value: object, code: str, hides_zeros: bool) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return "" if hides_zeros and not value else shown(repr(value), code)
    if isinstance(value, date | datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time | timedelta):
        return LOST
    return "" if code == ";;;" else str(value).strip()
