"""Workbooks that are made to take long, to grow or to be dropped; in each stands an honest report, on its first sheet or its last."""

from __future__ import annotations

import struct
from collections.abc import Callable

from tests.support import packages
from tests.support.figures import tables
from tests.support.held import MADE
from tests.support.hostile.compound import compound
from tests.support.hostile.word import packed

M = 1_000_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = [[cell for cell, _, _ in row] for grid in tables(MADE).values() for row in grid]
_SHEET = packages.workbook(MADE)


def _sheet_xml() -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(_SHEET)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


SHEET = _sheet_xml()


def workbook(*sheets: str, **beside: str) -> bytes:
    """A workbook of these sheets, and of parts beside them: styles, sharedStrings."""
    parts = {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)}
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(1, len(sheets) + 1))
    relations = "".join(
        f'<Relationship Id="s{n}" Type="{_R}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    relations += "".join(f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>' for kind in beside)
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
            **parts,
            **{f"xl/{kind}.xml": xml for kind, xml in beside.items()},
        }
    )


def rows(more: str) -> Callable[[], bytes]:
    """The report, and more rows in its sheet."""
    return lambda: workbook(SHEET.replace("</sheetData>", f"{more}</sheetData>"))


def merged(ranges: str) -> Callable[[], bytes]:
    return lambda: workbook(SHEET.replace("<mergeCells>", f"<mergeCells>{ranges}"))


def beside(columns: str) -> Callable[[], bytes]:
    return lambda: workbook(SHEET.replace("<sheetData>", f"{columns}<sheetData>", 1))


def formatted(code: str, value: str = "1") -> Callable[[], bytes]:
    styles = f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>'
    cells = "".join(f'<row r="{900 + n}"><c r="A{900 + n}" s="1"><v>{value}</v></c></row>' for n in range(100))
    return lambda: workbook(SHEET.replace("</sheetData>", f"{cells}</sheetData>"), styles=styles)


def _name(column: int) -> str:
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(65 + letter) + letters, column - 1
    return letters


def _inline(place: str, text: str = "1") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


# OpenDocument
_ODS = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
_ODS_ROWS = "".join(
    "<table:table-row>" + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row) + "</table:table-row>"
    for row in ROWS
)


def ods(rows: str, before: str = "") -> Callable[[], bytes]:
    content = f'<office:document-content {_ODS}>{before}<office:body><office:spreadsheet><table:table table:name="a">{_ODS_ROWS}{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    return lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_cell(attributes: str = "", text: str = "1") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


# Excel 2003 in XML
_SS = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
_SS_ROWS = "".join("<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row) + "</Row>" for row in ROWS)


def excel_xml(rows: str) -> Callable[[], bytes]:
    return lambda: (
        f'<?xml version="1.0"?><Workbook {_SS}><Worksheet ss:Name="a"><Table>{_SS_ROWS}{rows}</Table></Worksheet></Workbook>'.encode()
    )


# Excel 97
def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


_BOF = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
_BOF_SHEET = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
_EOF = record(0x0A)


def xls(cells: bytes, sheets: int = 1, more: bytes = b"") -> Callable[[], bytes]:
    """A workbook of Excel 97 with so many sheets, all at one place."""

    def made() -> bytes:
        entries = [record(0x85, struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name) for name in (f"s{n}".encode() for n in range(sheets))]
        place = len(_BOF + more + _EOF) + sum(map(len, entries))
        entries = [entry[:4] + struct.pack("<I", place) + entry[8:] for entry in entries]
        return compound({"Workbook": _BOF + b"".join(entries) + more + _EOF + _BOF_SHEET + cells + _EOF})

    return made


def _number(row: int, column: int, value: float) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


FILES: dict[str, Callable[[], bytes]] = {
    "XLSX 200,000 rows": rows("".join(f'<row r="{n}">{_inline(f"A{n}")}</row>' for n in range(1000, 201_000))),
    "XLSX 200,000 columns": rows('<row r="999">' + "".join(f'<c r="{_name(n)}999"><v>1</v></c>' for n in range(200_000)) + "</row>"),
    "XLSX 200,000 cells without places": rows("<row>" + "<c><v>1</v></c>" * 200_000 + "</row>"),
    "XLSX 190 columns by 1,000 rows": rows("".join(f'<row r="{r}">' + "".join(f'<c r="{_name(c)}{r}"><v>1</v></c>' for c in range(190)) + "</row>" for r in range(1000, 2000))),
    "XLSX empty rows, a million": rows("<row/>" * M),
    "XLSX cell at the far corner": rows(f'<row r="1048576">{_inline("XFD1048576")}</row>'),
    "XLSX cell beyond": rows(f'<row r="9999999">{_inline("ZZZ9999999")}</row><row r="{"9" * 50}"><c r="ZZZZ{"9" * 5000}"><v>1</v></c></row>'),
    "XLSX merges that overlap": merged("".join(f'<mergeCell ref="A{n}:Z{n + 900}"/>' for n in range(1, 3000))),
    "XLSX merges over all": merged('<mergeCell ref="A1:XFD1048576"/>' * 20_000),
    "XLSX merges as large as are read": merged('<mergeCell ref="A1:GR1000"/>' * 20_000),
    "XLSX merge of the report": merged('<mergeCell ref="A1:Z900"/>'),
    "XLSX columns hidden": beside('<cols><col min="1" max="999999999" hidden="0"/><col min="200" max="9999999" hidden="1"/></cols>' * 10_000),
    "XLSX 50 sheets": lambda: workbook(*[SHEET] * 50),
    "XLSX 60 sheets of 2,000 rows": lambda: workbook(SHEET, *[SHEET.replace("</sheetData>", "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(900, 2900)) + "</sheetData>")] * 59),
    "XLSX 5,000 sheets": lambda: workbook(SHEET, *[f'<worksheet xmlns="{_MAIN}"/>'] * 5000),
    "XLSX shared strings, a million": lambda: workbook(SHEET, sharedStrings=f'<sst xmlns="{_MAIN}">' + "<si><t>a</t></si>" * M + "</sst>"),
    "XLSX string of 20 MB in 1,000 cells": lambda: workbook(SHEET.replace("</sheetData>", "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(900, 1900)) + "</sheetData>"), sharedStrings=f'<sst xmlns="{_MAIN}"><si><t>{"文" * 6 * M}</t></si></sst>'),
    "XLSX string of 200 KB in 10,000 cells": lambda: workbook(SHEET.replace("</sheetData>", "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(900, 10900)) + "</sheetData>"), sharedStrings=f'<sst xmlns="{_MAIN}"><si><t>{"文" * 70_000}</t></si></sst>'),
    "XLSX string that does not exist": rows(f'<row r="900"><c r="A900" t="s"><v>{"9" * 5000}</v></c></row>'),
    "XLSX runs in a string, 500,000": lambda: workbook(SHEET, sharedStrings=f'<sst xmlns="{_MAIN}"><si>' + "<r><t>1</t></r>" * 500_000 + "</si></sst>"),
    "XLSX great numbers": rows("".join(f'<row r="{900 + n}"><c r="A{900 + n}"><v>{v}</v></c></row>' for n, v in enumerate(["1e308", "-1e308", "1e999999", "9" * 5000, "0." + "1" * 5000, "1e-999999", "NaN", "inf"]))),
    "XLSX format of 1 MB": formatted("0" * M),
    "XLSX format of places": formatted("0." + "0" * 30_000, "1.5"),
    "XLSX format of groups": formatted("#,##0" * 100_000, "1e308"),
    "XLSX format of brackets": formatted("[" * 300_000),
    "XLSX format of quotes": formatted("&quot;" * 300_000),
    "XLSX format of conditions": formatted("[&gt;1]0;" * 100_000),
    "XLSX date beyond": formatted("yyyy-mm-dd", "1e300"),
    "XLSX date before": formatted("yyyy-mm-dd", "-99999999999"),
    "XLSX fraction": formatted("# ???????/???????", "0.123456789"),
    "XLSX formats, 100,000": lambda: workbook(SHEET, styles=f'<styleSheet xmlns="{_MAIN}"><cellXfs>' + '<xf numFmtId="1"/>' * 500_000 + "</cellXfs></styleSheet>"),
    "XLSX escaped characters": rows(f'<row r="900"><c r="A900" t="str"><v>{"_xD800_" * 100_000}</v></c></row>'),
    "XLSX elements 10,000 deep": rows("<row>" * 10_000 + "</row>" * 10_000),
    "ODS rows repeated": ods(f'<table:table-row table:number-rows-repeated="999999999">{_ods_cell()}</table:table-row>'),
    "ODS columns repeated": ods(f'<table:table-row>{_ods_cell("table:number-columns-repeated=" + chr(34) + "999999999" + chr(34))}</table:table-row>' * 1000),
    "ODS rows and columns repeated": ods(f'<table:table-row table:number-rows-repeated="90000">{_ods_cell("table:number-columns-repeated=" + chr(34) + "190" + chr(34))}</table:table-row>'),
    "ODS empty rows repeated": ods('<table:table-row table:number-rows-repeated="99999999"><table:table-cell/></table:table-row>' + _ODS_ROWS),
    "ODS spans": ods(f"<table:table-row>{_ods_cell('table:number-columns-spanned=' + chr(34) + '99999999' + chr(34) + ' table:number-rows-spanned=' + chr(34) + '99999999' + chr(34))}</table:table-row>" * 1000),
    "ODS spans repeated": ods(f"<table:table-row table:number-rows-repeated='5000'>{_ods_cell('table:number-columns-repeated=' + chr(34) + '190' + chr(34) + ' table:number-columns-spanned=' + chr(34) + '190' + chr(34) + ' table:number-rows-spanned=' + chr(34) + '900' + chr(34), '')}</table:table-row>"),
    "ODS spaces": ods(f'<table:table-row>{_ods_cell(text="<text:s text:c=" + chr(34) + "99999999" + chr(34) + "/>1")}</table:table-row>' * 100),
    "ODS spaces by the thousand": ods(f'<table:table-row>{_ods_cell(text=("<text:s text:c=" + chr(34) + "2000000" + chr(34) + "/>") * 1000)}</table:table-row>'),
    "ODS spans in text": ods(f"<table:table-row>{_ods_cell(text='<text:span>' * 200 + '17' + '</text:span>' * 200)}</table:table-row>"),
    "ODS spans in text beyond": ods(f"<table:table-row>{_ods_cell(text='<text:span>' * 5000 + '17' + '</text:span>' * 5000)}</table:table-row>"),
    "ODS groups of rows": ods("<table:table-row-group>" * 200 + _ODS_ROWS + "</table:table-row-group>" * 200),
    "ODS cells, a million": ods("<table:table-row>" + "<table:table-cell/>" * M + "</table:table-row>"),
    "ODS sizes that are no numbers": ods('<table:table-row table:style-name="a"><table:table-cell/></table:table-row>', '<office:automatic-styles><style:style style:name="a"><style:table-row-properties style:row-height="0.0.0cm"/></style:style></office:automatic-styles>'),
    "Excel XML row far below": excel_xml('<Row ss:Index="999999999"><Cell ss:Index="999999999"><Data ss:Type="Number">1</Data></Cell></Row>'),
    "Excel XML merges": excel_xml('<Row><Cell ss:MergeAcross="999999999" ss:MergeDown="999999999"><Data ss:Type="Number">1</Data></Cell></Row>' * 1000),
    "Excel XML rows spanned": excel_xml('<Row ss:Span="999999999"><Cell><Data ss:Type="Number">1</Data></Cell></Row>'),
    "Excel XML columns spanned": lambda: excel_xml("")().replace(b"<Table>", b'<Table><Column ss:Hidden="1" ss:Index="500" ss:Span="999999999"/>'),
    "Excel XML numbers of 5,000 digits": excel_xml(f'<Row ss:Index="{"9" * 5000}"><Cell ss:MergeAcross="{"9" * 5000}"><Data ss:Type="Number">{"9" * 5000}</Data></Cell></Row>'),
    "Excel XML rows, 300,000": excel_xml('<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>' * 300_000),
    "Excel XML deep": excel_xml("<Row>" * 5000 + "</Row>" * 5000),
    "XLS cells at the far corner": xls(b"".join(_number(65535, c, 1.0) for c in range(256)) + _number(0, 0, 1.0)),
    "XLS cells, 500,000": xls(b"".join(_number(n // 250, n % 250, 1.0) for n in range(500_000))),
    "XLS one cell, a million times": xls(_number(1, 1, 1.0) * M),
    "XLS sheets, 20,000 at one place": xls(b"".join(_number(n, 1, 1.0) for n in range(2000)), 20_000),
    "XLS sheets of 65,536 rows, 40": xls(_number(0, 0, 1.0) + _number(65535, 255, 1.0), 40),
    "XLS strings that lie about their number": xls(b"", 1, record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))),
    "XLS merges": xls(_number(0, 0, 1.0) + record(0xE5, struct.pack("<H", 1000) + struct.pack("<HHHH", 0, 65535, 0, 255) * 1000) * 50),
    "XLS columns hidden": xls(_number(0, 0, 1.0) + record(0x7D, struct.pack("<HHHHHH", 0, 65535, 0, 0, 1, 0)) * 100_000),
    "XLS numbers that are none": xls(b"".join(_number(n, 0, v) for n, v in enumerate([float("nan"), float("inf"), 1e308, -0.0]))),
    "XLS records that lie about their length": xls(struct.pack("<HH", 0x203, 0xFFFF)),
}  # fmt: skip
