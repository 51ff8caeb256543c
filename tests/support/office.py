"""A sample as an office's own Word file, written part by part: paragraphs, ruled tables, merged cells, columns as narrow as on paper.

SHAPES are the ways in which offices make theirs: plain ones, and ones with what Word leaves in a file or lets people do.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from tests.support.figures import Grid, Sample
from tests.support.layouts import parts

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_A4 = (11906, 16838)  # twentieths of a point
PAGE = 8800  # of these between the margins of an A4 page
_WIDTHS = {4: (2600, 2066, 2067, 2067), 10: (620, 1180, 2660, 620, 620, 620, 620, 620, 620, 620), 15: (586,) * 15}
_HEADERS = {4: 0, 10: 3, 15: 3}  # rows of the header by columns of the table


def run(text: str, size: int = 21, style: str = "") -> str:
    """A run of text, its line breaks as Word's."""
    style = f'<w:rPr><w:rFonts w:eastAsia="Noto Sans CJK SC"/>{style}<w:sz w:val="{size}"/></w:rPr>'
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:r>{style}{lines}</w:r>"


def _in_pieces(text: str, size: int) -> str:
    """As the spelling check leaves it."""
    return '<w:proofErr w:type="gramStart"/>'.join(run(char, size) for char in text)


def _changed(text: str, size: int) -> str:
    """With the change of an earlier figure on record."""
    old = '<w:del w:id="1" w:author="甲"><w:r><w:delText>77</w:delText></w:r></w:del>'
    return f'{old}<w:ins w:id="2" w:author="甲">{run(text, size)}</w:ins>'


def _remarked(text: str, size: int) -> str:
    """With a hidden remark after it."""
    return run(text, size) + run("（9）", size, "<w:vanish/>")


def _computed(text: str, size: int) -> str:
    """As the result of a sum that Word keeps."""
    marks = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, result, end = marks
    return f"{begin}<w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>{result}{run(text, size)}{end}"


@dataclass(frozen=True)
class Shape:
    """How a file is made.

    `figure` makes the runs of a figure; `size` is in half points; `parted` sets the lines of a label as paragraphs; `sideways`
    merges cells without a span, as programs that write Word files do; `control` sets cells of figures in content controls;
    `split` begins a new table in the midst of the longest; `around` is a table that lays out the page.
    """

    figure: Callable[[str, int], str] = run
    size: int = 21
    landscape: bool = False
    border: str = "single"
    shaded: bool = False
    repeated_header: bool = False
    parted: bool = False
    sideways: bool = False
    control: bool = False
    split: bool = False
    around: bool = False


SHAPES: dict[str, Shape] = {
    "plain": Shape(),
    "landscape": Shape(landscape=True),
    "small print": Shape(size=16),
    "large print": Shape(size=24),
    "repeated header": Shape(repeated_header=True, size=24),
    "shaded header": Shape(shaded=True),
    "double lines": Shape(border="double", figure=_in_pieces),
    "dashed lines": Shape(border="dashed", parted=True),
    "sideways merges": Shape(sideways=True),
    "controls": Shape(control=True),
    "split table": Shape(split=True),
    "around the page": Shape(around=True),
    "tracked changes": Shape(figure=_changed),
    "hidden remarks": Shape(figure=_remarked),
    "computed": Shape(figure=_computed),
}
WITHOUT_LINES = Shape(border="none")
PRINTED_OTHERWISE = {"tracked changes", "computed"}  # LibreOffice prints the old figures too, and sums anew


def word(sample: Sample, shape: Shape = SHAPES["plain"]) -> bytes:
    """The bytes of a Word file (DOCX)."""
    width, height = _A4[::-1] if shape.landscape else _A4
    margin = (_A4[0] - PAGE) // 2
    body = _paragraph(run(sample.title, 32))
    figures = set(sample.printed.values())
    for part in parts(sample):
        body += _paragraph(run(part, 32)) if isinstance(part, str) else _table(part, shape, figures)
    if shape.around:
        body = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{body}<w:p/></w:tc></w:tr></w:tbl><w:p/>"
    turned = ' w:orient="landscape"' if shape.landscape else ""
    body += f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:left="{margin}" w:right="{margin}"/></w:sectPr>'
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document)):
            package.writestr(name, text)
    return file.getvalue()


def _paragraph(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def _table(grid: Grid, shape: Shape, figures: set[str]) -> str:
    across = sum(columns for _, columns, _ in grid[0])
    stretch = (_A4[1] - _A4[0] + PAGE) / PAGE if shape.landscape else 1
    widths = [int(width * stretch) for width in _WIDTHS.get(across, (PAGE // across,) * across)]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    lines = "".join(f'<w:{side} w:val="{shape.border}" w:sz="4"/>' for side in _SIDES)
    begin = f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
    begin += f"<w:tblGrid>{columns}</w:tblGrid>"
    rows = []
    for number, cells in enumerate(_rows(grid, widths, shape, figures)):
        header = "<w:trPr><w:tblHeader/></w:trPr>" if shape.repeated_header and number < _HEADERS.get(across, 0) else ""
        rows.append(f"<w:tr>{header}{''.join(cells)}</w:tr>")
    middle = len(rows) // 2 if shape.split and len(rows) > 20 else len(rows)
    return "<w:p/>".join(f"{begin}{''.join(some)}</w:tbl>" for some in (rows[:middle], rows[middle:]) if some)


def _rows(grid: Grid, widths: list[int], shape: Shape, figures: set[str]) -> Iterator[list[str]]:
    hanging: dict[int, tuple[int, int]] = {}  # by column: the merged cell's width, rows it still covers
    for row in grid:
        cells, column, xml = list(row), 0, list[str]()
        while cells or column in hanging:
            if column in hanging:
                (span, left), text, merge = hanging.pop(column), "", "<w:vMerge/>"
            else:
                text, span, left = cells.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
            xml += _cell(text, widths[column : column + span], merge, shape, text in figures)
            if left > 1:
                hanging[column] = (span, left - 1)
            column += span
        yield xml


def _cell(text: str, widths: list[int], merge: str, shape: Shape, is_figure: bool) -> Iterator[str]:
    """A cell as wide as these columns, as one or as a run of cells that are merged."""
    if shape.shaded and not is_figure and text:
        merge += '<w:shd w:val="clear" w:fill="D9E2F3"/>'
    lines = text.split("\n") if shape.parted else [text]
    inside = _paragraph(shape.figure(text, shape.size)) if is_figure else "".join(_paragraph(run(line, shape.size)) for line in lines)
    if shape.sideways and len(widths) > 1:
        for number, width in enumerate(widths):
            side = "continue" if number else "restart"
            yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:hMerge w:val="{side}"/>{merge}</w:tcPr>{"<w:p/>" if number else inside}</w:tc>'
        return
    size = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
    cell = f"<w:tc><w:tcPr>{size}{merge}</w:tcPr>{inside}</w:tc>"
    yield f"<w:sdt><w:sdtPr/><w:sdtContent>{cell}</w:sdtContent></w:sdt>" if shape.control and is_figure else cell
