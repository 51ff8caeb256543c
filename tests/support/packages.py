"""Word files and workbooks written by hand: only what their readers need, merged cells as these programs mark them."""

from __future__ import annotations

import io
import zipfile

from tests.support.figures import Sample, tables

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return file.getvalue()


def word(made: Sample) -> bytes:
    """A Word file by hand: merged cells by gridSpan and vMerge."""
    body = f"<w:p><w:r><w:t>{made.title}</w:t></w:r></w:p>"
    for grid in tables(made).values():
        body += f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * sum(width for _, width, _ in grid[0])}</w:tblGrid>"
        hanging: dict[int, tuple[int, int]] = {}
        for row in grid:
            cells, column, xml = list(row), 0, ""
            while cells or column in hanging:
                if column in hanging:
                    width, left = hanging.pop(column)
                    xml += f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
                else:
                    text, width, left = cells.pop(0)
                    merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
                    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (text[:1], text[1:]))
                    xml += f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr><w:p>{runs}</w:p></w:tc>'
                if left > 1:
                    hanging[column] = (width, left - 1)
                column += width
            body += f"<w:tr>{xml}</w:tr>"
        body += "</w:tbl>"
    return package(word__document=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def workbook(made: Sample) -> bytes:
    """A workbook by hand: inline strings, merged ranges."""
    rows, merges, number = "", "", 0
    for grid in tables(made).values():
        taken: dict[int, int] = {}
        for row in grid:
            number += 1
            column, xml = 0, ""
            for text, width, height in row:
                while taken.get(column, 0) >= number:
                    column += 1
                name = chr(65 + column)
                xml += f'<c r="{name}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
                if width > 1 or height > 1:
                    merges += f'<mergeCell ref="{name}{number}:{chr(65 + column + width - 1)}{number + height - 1}"/>'
                for covered in range(column, column + width):
                    taken[covered] = number + height - 1
                column += width
            rows += f'<row r="{number}">{xml}</row>'
    sheet = f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return package(xl__workbook="<workbook/>", xl__worksheets__sheet1=f'<worksheet xmlns="{main}">{sheet}</worksheet>')
