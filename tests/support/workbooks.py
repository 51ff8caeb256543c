"""The sample as a workbook (XLSX) of which a cell, a row or a sheet may be written otherwise."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.figures import tables
from tests.support.held import MADE, zipped

S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
Cells = dict[tuple[int, int], str]  # the XML inside <c …>…</c>, with its attributes before the first >


def figure_places() -> tuple[list[list[tuple[int, int, str, int, int]]], int]:
    """The sample's cells by sheet rows: row, column, text, columns and rows that they span."""
    rows: list[list[tuple[int, int, str, int, int]]] = [[(0, 0, MADE.title, 1, 1)]]
    for grid in tables(MADE).values():
        taken: dict[int, int] = {}
        for row in grid:
            number, column, cells = len(rows), 0, []
            for text, width, height in row:
                while taken.get(column, 0) >= number:
                    column += 1
                cells.append((number, column, text, width, height))
                taken |= dict.fromkeys(range(column, column + width), number + height - 1)
                column += width
            rows.append(cells)
    return rows, len(rows)


_MADE_BY = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{_MADE_BY}.worksheet+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_MADE_BY}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{_MADE_BY}.styles+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{_MADE_BY}.sharedStrings+xml"/></Types>"""
ROWS, COUNT = figure_places()


def letter(column: int) -> str:
    return chr(65 + column)


def plain(text: str) -> str:
    return f"><v>{text}</v>" if text.isdecimal() else f' t="inlineStr"><is><t>{text}</t></is>'


def sheet(change: Callable[[int, int, str], str] = lambda row, column, text: plain(text), row: Callable[[int], str] = lambda row: "", before: str = "", after: str = "") -> str:  # fmt: skip
    xml, merges = "", ""
    for cells in ROWS:
        number = cells[0][0]
        xml += f'<row r="{number + 1}" {row(number)}>'
        for _, column, text, width, height in cells:
            xml += f'<c r="{letter(column)}{number + 1}"{change(number, column, text)}</c>'
            if width > 1 or height > 1:
                merges += f'<mergeCell ref="{letter(column)}{number + 1}:{letter(column + width - 1)}{number + height}"/>'
        xml += "</row>"
    return f"<worksheet {S}>{before}<sheetData>{xml}</sheetData><mergeCells>{merges}</mergeCells>{after}</worksheet>"


def workbook(*sheets: str, states: tuple[str, ...] = (), styles: str = "", strings: str = "", **parts: str) -> bytes:
    listed = "".join(
        f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}" {states[n - 1] if n <= len(states) else ""}/>' for n in range(1, len(sheets) + 1)
    )
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{kinds}/worksheet" Target="worksheets/page{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    related += f'<Relationship Id="s" Type="{kinds}/styles" Target="styles.xml"/><Relationship Id="t" Type="{kinds}/sharedStrings" Target="sharedStrings.xml"/>'
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="w" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {S}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>',
        "xl/styles.xml": f"<styleSheet {S}>{styles}</styleSheet>",
        "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>",
    }
    return zipped(files | {f"xl/worksheets/page{n}.xml": xml for n, xml in enumerate(sheets, 1)} | parts)


def place_of(label: str) -> int:
    return next(cells[0][0] for cells in ROWS if any(text == label for _, _, text, _, _ in cells))


LICENSING_ROW = place_of("行政许可")


def licensing(inside: str) -> Callable[[int, int, str], str]:
    """Change the figure of 行政许可."""
    return lambda row, column, text: inside if row == LICENSING_ROW and text.isdecimal() else plain(text)
