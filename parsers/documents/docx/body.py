"""Word documents (DOCX): paragraphs and innermost tables, merged cells with their spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from parsers.documents.apart import converted
from parsers.documents.docx.layers import floating, is_drawn_in, remove_hidden, tables_under, take_out_boxes, under_figures
from parsers.documents.docx.lists import number_lists
from parsers.documents.docx.pictures import picture_names, read_pictures
from parsers.documents.docx.text import FALLBACK, W, text_of, value_of
from parsers.documents.docx.unseen import hide_unseen, inherit, is_gone, take_fallbacks
from parsers.documents.html.pictures import prints_no_table
from parsers.documents.html.read import read_html
from parsers.documents.mht import read_mht
from parsers.documents.package import main_part, open_package, part_bytes, part_xml, related_parts, whole_number
from parsers.documents.pictures import extra
from parsers.documents.recognise import DOCX as MEDIA_TYPE
from parsers.documents.recognise import HTML, MARKDOWN, RTF, TEXT, WEB_ARCHIVE, media_type
from parsers.documents.text import read_text
from parsers.model import Document
from parsers.printed.canonical import MAX_SPAN, GridCell, Writer
from parsers.printed.decode import LOST, Undecodable

LONG_CELL = 300  # characters: no cell of the form prints so many; a cell that does lays out the page
_TABLE, _ROW, _CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
_BOX, _CHUNK = f"{W}txbxContent", f"{W}altChunk"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")} | {
    f"{_COMPATIBLE}{name}" for name in ("AlternateContent", "Choice")
}
_WORDS = re.compile("[一-鿿]{2}")
MAX_CHUNKS, MAX_CHUNKS_DEEP = 50, 3  # documents in a document, and in those
MAX_CONVERTED = 3  # of them by LibreOffice, which takes seconds for each


def read_docx(data: bytes, depth: int = 0) -> Document:
    """A document of a Word file. Raises Undecodable when the file is damaged, encrypted or oversized."""
    package = open_package(data)
    main = main_part(package, "word/document.xml")
    root = part_xml(package, main)
    folder = main.rpartition("/")[0]
    parts = {name: part_xml(package, path) for name in ("styles", "numbering") if (path := f"{folder}/{name}.xml") in package.namelist()}
    chunks = {}
    if next(root.iter(_CHUNK), None) is not None and depth < MAX_CHUNKS_DEEP:
        related = related_parts(package, main)
        named = dict.fromkeys([chunk.get(_ID, "") for chunk in root.iter(_CHUNK)][:MAX_CHUNKS])
        chunks = _chunks({name: part_bytes(package, related[name][0]) for name in named if name in related}, depth)
    has_pictures = next(picture_names(root), None) is not None
    read = document_of(root, parts.get("styles"), parts.get("numbering"), chunks | read_pictures(root, package, main))
    if has_pictures and not extra.is_installed() and prints_no_table(read.text, read.blocks):
        return replace(read, notes=(*read.notes, extra.NOT_READ))
    return read


def document_of(
    root: etree._Element, styles: etree._Element | None, numbering: etree._Element | None, chunks: Mapping[str, Document]
) -> Document:
    """The document of a Word file's parts; `chunks`: the documents and pictures that it takes in, by the names that it has for them."""
    if styles is not None:
        inherit(root, styles)
    take_fallbacks(root)
    hide_unseen(root, styles)
    remove_hidden(root)
    if numbering is not None:
        number_lists(root, numbering, styles)
    writer = Writer()
    body = root.find(f"{W}body")
    if body is not None:
        _write_blocks(body, writer, chunks)
    return Document(
        MEDIA_TYPE,
        "utf-8",
        writer.text,
        tuple(writer.blocks),
        notes=tuple(dict.fromkeys(writer.notes)),
    )


def _chunks(contents: Mapping[str, bytes], depth: int) -> dict[str, Document]:
    """The documents that a Word file takes in whole, by the names that it has for them. Raises Undecodable where one cannot be read."""
    kinds = {name: media_type(content) for name, content in contents.items()}
    if sum(kind == RTF for kind in kinds.values()) > MAX_CONVERTED:
        raise Undecodable(
            "Word 文件里嵌着许多 RTF 正文，不予读取，请用 Word 打开后另存 (the file holds many texts in RTF: open it in Word and save it again)"
        )
    return {name: _chunk(content, kinds[name], depth) for name, content in contents.items()}


def _chunk(content: bytes, kind: str, depth: int) -> Document:
    if kind == RTF:
        content, kind = converted(content, ".rtf", "docx"), MEDIA_TYPE
    if kind == MEDIA_TYPE:
        return read_docx(content, depth + 1)
    readers: dict[str, Callable[[bytes], Document]] = {HTML: read_html, WEB_ARCHIVE: _fullest_page, TEXT: read_text, MARKDOWN: read_html}
    if kind not in readers:
        raise Undecodable(
            "Word 文件里嵌着另一种格式的正文，读不了，请用 Word 打开后另存 (the text is embedded in a format that is not read: open the file in Word and save it again)"
        )
    return readers[kind](content)


def _fullest_page(content: bytes) -> Document:
    """Of a web page saved with its frames the one that prints most."""
    return max(read_mht(content), key=lambda page: len(page.text))


def _write_blocks(parent: etree._Element, writer: Writer, chunks: Mapping[str, Document]) -> None:
    blocks = list(_blocks(parent))
    under = tables_under(blocks)
    for block in blocks:
        if block.tag == f"{W}p":
            _write_paragraph(block, writer, chunks)
        elif block.tag == _TABLE:
            _write_table(block, writer, chunks, is_under=block in under)
        elif block.get(_ID) in chunks:
            writer.document(chunks[block.get(_ID, "")])


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs, tables and embedded documents of a text, also in content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{W}p", _TABLE, _CHUNK):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _write_paragraph(paragraph: etree._Element, writer: Writer, chunks: Mapping[str, Document]) -> None:
    """The lines of a paragraph; what is written in its pictures comes after, and the text boxes in it that hold tables."""
    tables = [tbl for tbl in paragraph.iterdescendants(_TABLE) if tbl.getparent().tag == _BOX and not _is_fallback(tbl)]
    boxes = list(dict.fromkeys(tbl.getparent() for tbl in tables))
    for box in boxes:
        box.getparent().remove(box)
    for line in text_of(paragraph).split("\n"):
        writer.paragraph(line)
    for name in picture_names(paragraph):
        if name in chunks:
            writer.document(chunks[name])
    for box in boxes:
        _write_blocks(box, writer, chunks)


def _is_fallback(element: etree._Element) -> bool:
    return next(element.iterancestors(FALLBACK), None) is not None


def _write_table(table: etree._Element, writer: Writer, chunks: Mapping[str, Document], is_under: bool) -> None:
    """A table's runs of rows. A row that holds another table of several cells, or a whole text in a cell, lays out the page:
    its cells are taken apart, and beside such rows those of one cell are lines of the page: titles, headings, notes. Where
    something floats over the table (`is_under`, or anchored in it) nobody knows what its empty cells print."""
    xml = [row for row in _unwrapped(table, _ROW) if not is_gone(row)]
    grid = _grid(xml)
    layout = [_lays_out(row, cells) for row, cells in zip(xml, grid, strict=True)]
    if any(layout):
        layout = [lays or len(cells) < 2 for lays, cells in zip(layout, grid, strict=True)]
    boxes: list[etree._Element] = []
    ruled = [row for row, lays in zip(xml, layout, strict=True) if not lays]
    if is_under or any(map(floating, ruled)):
        covered = under_figures(cell for row in ruled for cell, _ in _cells(row))
        boxes = [box for row in ruled for box in take_out_boxes(row)]
        grid = [[cell if cell.text else cell._replace(text=LOST) for cell in cells] for cells in (_grid(xml, covered) if boxes else grid)]
    begin = 0
    for number, row in enumerate(xml):
        if layout[number]:
            writer.table(grid[begin:number])
            for cell, _ in _cells(row):
                _write_blocks(cell, writer, chunks)
            begin = number + 1
    writer.table(grid[begin:])
    for box in boxes:
        if _WORDS.search(text_of(box)):  # a figure alone belongs to a cell that nobody knows
            _write_blocks(box, writer, chunks)


def _lays_out(row: etree._Element, cells: list[GridCell]) -> bool:
    inner = row.iterdescendants(_TABLE)
    if next(row.iterdescendants(_CHUNK), None) is not None:
        return True
    return any(len(cell.text) > LONG_CELL for cell in cells) or any(len(list(tbl.iter(_CELL))) > 1 for tbl in inner)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, dict[str, str]]]:
    """The cells of a row but deleted ones, each with the values of its properties by their tags."""
    for cell in _unwrapped(row, _CELL):
        properties = {found.tag: found.get(f"{W}val") or "" for found in cell.iterfind(f"{W}tcPr/*")}
        if f"{W}cellDel" not in properties:
            yield cell, properties


def _unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a tag, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


def _grid(xml: Iterable[etree._Element], unread: Collection[etree._Element] = ()) -> list[list[GridCell]]:
    """The rows of a table with merges as spans: a cell marked as continued belongs to the one above it, or left of it. What is `unread`
    nobody knows."""
    rows: list[list[GridCell]] = []
    open_merges: dict[int, tuple[int, int]] = {}  # grid column → row and index of the cell that is merged downwards
    for number, row in enumerate(xml):
        column = min(whole_number(value_of(row, "trPr/gridBefore")), MAX_SPAN)
        printed: list[GridCell] = [GridCell("", 1, column)] if column else []
        is_own = True  # is the cell before one of this row, and does not reach down from above?
        for cell, properties in _cells(row):
            span = min(max(1, whole_number(properties.get(f"{W}gridSpan"), 1)), MAX_SPAN)
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
                text = LOST if cell in unread else text_of(cell)
                printed.append(GridCell(text or (LOST if is_drawn_in(cell) else ""), 1, span))
                is_own = True
            column += span
        rows.append(printed)
    return rows


def _merge(properties: Mapping[str, str], way: str) -> str | None:
    """Does a cell begin a merge or continue one? Word says nothing for continue."""
    printed = properties.get(f"{W}{way}")
    return None if printed is None else "restart" if printed == "restart" else "continue"
