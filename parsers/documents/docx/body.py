"""Word documents (DOCX): paragraphs and innermost tables, merged cells with their spans."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parsers.documents.docx.lists import number_lists
from parsers.documents.docx.text import FALLBACK, W, hide_by_style, text_of, value_of
from parsers.documents.package import main_part, open_package, part_xml
from parsers.model import Document
from parsers.printed.canonical import MAX_SPAN, GridCell, Writer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG_CELL = 300  # characters: no cell of the form prints so many; a cell that does lays out the page
_TABLE, _ROW, _CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
_BOX = f"{W}txbxContent"
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}


def read_docx(data: bytes) -> Document:
    """A document of a Word file. Raises Undecodable when the file is damaged, encrypted or oversized."""
    package = open_package(data)
    main = main_part(package, "word/document.xml")
    root = part_xml(package, main)
    beside = {name: f"{main.rpartition('/')[0]}/{name}.xml" for name in ("styles", "numbering")}
    parts = {name: part_xml(package, path) for name, path in beside.items() if path in package.namelist()}
    if "styles" in parts:
        hide_by_style(root, parts["styles"])
    if "numbering" in parts:
        number_lists(root, parts["numbering"], parts.get("styles"))
    writer = Writer()
    body = root.find(f"{W}body")
    if body is not None:
        _write_blocks(body, writer)
    return Document(MEDIA_TYPE, "utf-8", writer.text, tuple(writer.blocks))


def _write_blocks(parent: etree._Element, writer: Writer) -> None:
    for child in parent:
        if child.tag == f"{W}p":
            _write_paragraph(child, writer)
        elif child.tag == _TABLE:
            _write_table(child, writer)
        elif child.tag in _WRAPPERS:
            _write_blocks(child, writer)


def _write_paragraph(paragraph: etree._Element, writer: Writer) -> None:
    """The lines of a paragraph; the text boxes in it that hold tables come after."""
    tables = [tbl for tbl in paragraph.iterdescendants(_TABLE) if tbl.getparent().tag == _BOX and not _is_fallback(tbl)]
    boxes = list(dict.fromkeys(tbl.getparent() for tbl in tables))
    for box in boxes:
        box.getparent().remove(box)
    for line in text_of(paragraph).split("\n"):
        writer.paragraph(line)
    for box in boxes:
        _write_blocks(box, writer)


def _is_fallback(element: etree._Element) -> bool:
    return next(element.iterancestors(FALLBACK), None) is not None


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
    inner = row.iterdescendants(_TABLE)
    return any(len(cell.text) > LONG_CELL for cell in cells) or any(len(list(tbl.iter(_CELL))) > 1 for tbl in inner)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _unwrapped(table, _ROW)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return _unwrapped(row, _CELL)


def _unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a tag, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


def _grid(table: etree._Element) -> list[list[GridCell]]:
    """The rows with merges as spans: a cell marked as continued belongs to the one above it, or left of it."""
    rows: list[list[GridCell]] = []
    open_merges: dict[int, tuple[int, int]] = {}  # grid column → row and index of the cell that is merged downwards
    for number, row in enumerate(_rows(table)):
        column = _number(row, "trPr/gridBefore")
        printed: list[GridCell] = [GridCell("", 1, column)] if column else []
        is_own = True  # is the cell before one of this row, and does not reach down from above?
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            span = max(1, _number(properties, "gridSpan", 1))
            down, above = _merge(properties, "vMerge"), open_merges.pop(column, None)
            for covered in [at for at in open_merges if column < at < column + span] if span > 1 else ():
                del open_merges[covered]
            if column and _merge(properties, "hMerge") == "continue":
                if is_own:  # else the one above is as wide
                    printed[-1] = printed[-1]._replace(colspan=printed[-1].colspan + span)
            elif above and down == "continue":
                rows[above[0]][above[1]] = rows[above[0]][above[1]]._replace(rowspan=number - above[0] + 1)
                open_merges[column], is_own = above, False
            else:
                if down:
                    open_merges[column] = (number, len(printed))
                printed.append(GridCell(text_of(cell), 1, span))
                is_own = True
            column += span
        rows.append(printed)
    return rows


def _merge(properties: etree._Element | None, way: str) -> str | None:
    """Does a cell begin a merge or continue one? Word says nothing for continue."""
    found = properties.find(f"{W}{way}") if properties is not None else None
    return ("restart" if found.get(f"{W}val") == "restart" else "continue") if found is not None else None


def _number(element: etree._Element | None, path: str, default: int = 0) -> int:
    value = value_of(element, path)
    return min(int(value), MAX_SPAN) if value.isdigit() and len(value) < 10 else MAX_SPAN if value.isdigit() else default
