"""A sample as an office's own Word file, written part by part: paragraphs, ruled tables, merged cells, columns as narrow as on paper."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import escape

from figures import Grid, Sample
from layouts import parts

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
PAGE = 8800  # twentieths of a point between the margins of an A4 page
_WIDTHS = {4: (2600, 2066, 2067, 2067), 10: (620, 1180, 2660, 620, 620, 620, 620, 620, 620, 620), 15: (586,) * 15}


def word(sample: Sample, *, ruled: bool = True) -> bytes:
    """The bytes of a Word file (DOCX), its tables ruled or without a line."""
    body = _paragraph(sample.title)
    for part in parts(sample):
        body += _paragraph(part) if isinstance(part, str) else _table(part, ruled)
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document)):
            package.writestr(name, text)
    return file.getvalue()


def _paragraph(text: str, size: int = 32) -> str:
    style = f'<w:rPr><w:rFonts w:eastAsia="Noto Sans CJK SC"/><w:sz w:val="{size}"/></w:rPr>'
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:p><w:r>{style}{lines}</w:r></w:p>"


def _table(grid: Grid, ruled: bool) -> str:
    width = sum(columns for _, columns, _ in grid[0])
    widths = _WIDTHS[width]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    rows = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in _rows(grid, widths))
    borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if ruled else ""
    return f"<w:tbl><w:tblPr><w:tblW w:w='{PAGE}' w:type='dxa'/>{borders}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _rows(grid: Grid, widths: tuple[int, ...]) -> Iterator[list[str]]:
    hanging: dict[int, tuple[int, int]] = {}  # by column: the merged cell's width, rows it still covers
    for row in grid:
        cells, column, xml = list(row), 0, list[str]()
        while cells or column in hanging:
            if column in hanging:
                (span, left), text, merge = hanging.pop(column), "", "<w:vMerge/>"
            else:
                text, span, left = cells.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
            size = f'<w:tcW w:w="{sum(widths[column : column + span])}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
            xml.append(f"<w:tc><w:tcPr>{size}{merge}</w:tcPr>{_paragraph(text, 21)}</w:tc>")
            if left > 1:
                hanging[column] = (span, left - 1)
            column += span
        yield xml
