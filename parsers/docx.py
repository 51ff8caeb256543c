"""Word documents (DOCX): paragraphs and innermost tables, merged cells with their spans."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parsers.canonical import MAX_SPAN, GridCell, Writer
from parsers.model import Document
from parsers.package import open_package, part_xml

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG_CELL = 300  # characters: no cell of the form prints so many; a cell that does lays out the page
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = etree.Element(f"{_W}tab")  # printed after a run that stands apart
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}footnoteReference", f"{_W}pPr", f"{_W}rPr", _FALLBACK}


def read_docx(data: bytes) -> Document:
    """A document of a Word file. Raises Undecodable when the file is damaged, encrypted or oversized."""
    root = part_xml(open_package(data), "word/document.xml")
    writer = Writer()
    body = root.find(f"{_W}body")
    if body is not None:
        _write_blocks(body, writer)
    return Document(MEDIA_TYPE, "utf-8", writer.text, tuple(writer.blocks))


def _write_blocks(parent: etree._Element, writer: Writer) -> None:
    for child in parent:
        if child.tag == f"{_W}p":
            for line in _text(child).split("\n"):
                writer.paragraph(line)
        elif child.tag == f"{_W}tbl":
            _write_table(child, writer)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            _write_blocks(child, writer)


def _write_table(table: etree._Element, writer: Writer) -> None:
    """A table's runs of rows. A row that holds another table of several cells, or a whole text in a cell, lays out the page:
    its cells are taken apart, and beside such rows those of one cell are lines of the page: titles, headings, notes."""
    grid, xml = _grid(table), list(_rows(table))
    layout = [_lays_out(row, cells) for row, cells in zip(xml, grid, strict=True)]
    if any(layout):
        layout = [lays or len(cells) < 2 for lays, cells in zip(layout, grid, strict=True)]
    begin = 0
    for number, row in enumerate(xml):
        if layout[number]:
            writer.table(grid[begin:number])
            for cell in _cells(row):
                _write_blocks(cell, writer)
            begin = number + 1
    writer.table(grid[begin:])


def _lays_out(row: etree._Element, cells: list[GridCell]) -> bool:
    inner = row.iterdescendants(f"{_W}tbl")
    return any(len(cell.text) > LONG_CELL for cell in cells) or any(len(list(tbl.iter(f"{_W}tc"))) > 1 for tbl in inner)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _unwrapped(table, f"{_W}tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return _unwrapped(row, f"{_W}tc")


def _unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a tag, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _unwrapped(child, tag)


def _grid(table: etree._Element) -> list[list[GridCell]]:
    """The rows with vertical merges as row spans: a cell marked as continued belongs to the one above it."""
    rows: list[list[GridCell]] = []
    open_merges: dict[int, tuple[int, int]] = {}  # grid column → row and index of the cell that is merged downwards
    for number, row in enumerate(_rows(table)):
        column = _number(row, "trPr/gridBefore")
        printed: list[GridCell] = [GridCell("", 1, column)] if column else []
        for cell in _cells(row):
            span = max(1, _number(cell, "tcPr/gridSpan", 1))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in open_merges:
                above, index = open_merges[column]
                rows[above][index] = rows[above][index]._replace(rowspan=number - above + 1)
            else:
                open_merges[column] = (number, len(printed))
                if merge is None:
                    del open_merges[column]
                printed.append(GridCell(_text(cell), 1, span))
            column += span
        rows.append(printed)
    return rows


def _number(element: etree._Element, path: str, default: int = 0) -> int:
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), MAX_SPAN) if value.isdigit() and len(value) < 10 else MAX_SPAN if value.isdigit() else default


def _is_on(style: etree._Element, name: str) -> bool:
    """Is a property of a run set? Word writes it without a value, or with one that may say no."""
    found = style.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "none", "off")


def _is_raised(style: etree._Element) -> bool:
    """Is a run above or below the line?"""
    found = style.find(f"{_W}vertAlign")
    return found is not None and found.get(f"{_W}val") in ("superscript", "subscript")


def _text(element: etree._Element) -> str:
    """What an element prints: runs joined, tabs and breaks as white space, paragraphs on lines; deletions are not printed."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag in _DROPPED or not isinstance(node.tag, str):
            continue
        if node.tag == f"{_W}r" and (style := node.find(f"{_W}rPr")) is not None:
            if _is_on(style, "vanish"):
                continue
            if _is_on(style, "strike") or _is_on(style, "dstrike") or _is_raised(style):
                parts.append(" ")  # 5 and a footnote's 1 are not 51
                stack.append(_SPACE)
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append(" ")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif node.tag in (f"{_W}br", f"{_W}cr") or (node.tag == f"{_W}p" and parts and parts[-1] != "\n"):
            parts.append("\n")
        stack.extend(reversed(node))
    return "".join(parts).strip()
