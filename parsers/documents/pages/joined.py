"""Pages as one document: tables joined over page ends, page numbers and running lines left out, lines as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from parsers.documents.page import Page
from parsers.documents.pages.lines import TextLine, is_wide, lines_of, placed_words
from parsers.documents.pages.page_ends import over_the_page_end
from parsers.documents.pages.ruled_tables import Ruled, RuledCell, ruled_tables
from parsers.documents.pictures.extra import HOW
from parsers.documents.set_tables.columns import Columned, find_columned
from parsers.model import FROM_PICTURES, Document, Note, Place, Sheet, Table
from parsers.printed.canonical import GridCell, Writer
from parsers.printed.decode import Undecodable
from parsers.printed.lines import BEGINS, PAGE_NUMBER, line_of

EDGE_LINES = 3  # lines from the top or the end of a page among which running lines stand
_CLOSE = 1.8  # of a character's height: lines as near as this are one table's
_LETTER = re.compile(r"[^\W\d_]")
ONLY_PICTURES = f"页面上没有文字，只有图片，请用文字版 (the pages hold no text, only pictures: use a document with text)；{HOW}"
NOT_LEGIBLE = "图片里认不出文字，请换清楚、端正的扫描件，或者照印抄录 (no words can be made out in the picture: use a clear scan, or type it in as a transcription)"

Block = Ruled | TextLine
Printed = tuple[int, int, bool]  # of a paragraph or cell: its range in the text, and whether it was recognised in a picture


def document_of(media_type: str, *parts: Iterable[Page]) -> Document:
    """What pages print, as a document; of several parts, none goes on in the next. Raises Undecodable when they print no text."""
    writer = Writer()
    sheets: list[Sheet] = []
    places: list[Place] = []
    printed: list[Printed] = []
    for block, recognised in chain.from_iterable(in_order([_blocks(page) for page in _told(pages, sheets)]) for pages in parts):
        before = len(writer.blocks)
        if isinstance(block, str):
            writer.paragraph(block)
        else:
            writer.table(grid_of(block), "columns" if isinstance(block, Columned) else "drawn")
        for written in writer.blocks[before:]:
            if isinstance(block, Ruled) and isinstance(written, Table):
                places += _places(block, written, sheets)
                printed += _printed(block, written)
            else:
                printed.append((written.start, written.end, recognised))
    pictures = [number for number, sheet in enumerate(sheets, 1) if sheet.recognised]
    if not writer.text.strip():
        raise Undecodable(NOT_LEGIBLE if pictures else ONLY_PICTURES)
    notes = tuple(_notes(pictures, printed, len(writer.text))) if pictures else ()
    return Document(media_type, None, writer.text, tuple(writer.blocks), notes=notes, sheets=tuple(sheets), places=tuple(places))


def _told(pages: Iterable[Page], sheets: list[Sheet]) -> Iterator[Page]:
    """The pages, numbered after those that there are in `sheets`, to which they are added."""
    for page in pages:
        sheets.append(Sheet(page.width, page.height, page.turned, page.lean, page.is_picture))
        yield replace(page, number=len(sheets))


def _places(drawn: Ruled, written: Table, sheets: Sequence[Sheet]) -> Iterator[Place]:
    """Where the cells of a table are printed; `written` is the table in the text."""
    for cell, place in zip(_by_rows(drawn), written.cells, strict=False):
        sheet = sheets[cell.page - 1]
        left, top, right, bottom = cell.box
        yield Place(place.start, place.end, cell.page, left / sheet.width, top / sheet.height, right / sheet.width, bottom / sheet.height)


def _printed(drawn: Ruled, written: Table) -> Iterator[Printed]:
    """The cells of a table; where words of its first row were recognised all are, since these say what is under them."""
    cells = list(zip(_by_rows(drawn), written.cells, strict=False))
    header = any(cell.recognised for cell, place in cells if place.row == 0)
    for cell, place in cells:
        yield place.start, place.end, header or cell.recognised


def _notes(pictures: Sequence[int], printed: Sequence[Printed], length: int) -> Iterator[Note]:
    """A note on each stretch of the text that was recognised, up to what is sure before and after it; on all of it where the text begins so:
    whose report it is stands there."""
    numbers = "、".join(map(str, pictures))
    said = f"第 {numbers} 页是图片，其中的字由程序识读，请对照原件 (the words on page {numbers} were recognised in a picture: compare the document)"
    if printed[0][2] or not any(recognised for _, _, recognised in printed):
        yield Note(FROM_PICTURES, said)
        return
    ends = 0
    runs = [(recognised, list(run)) for recognised, run in groupby(printed, key=lambda one: one[2])]
    for (recognised, run), (_, after) in pairwise([*runs, (False, [(length, length, False)])]):
        if recognised:
            yield Note(FROM_PICTURES, said, ends, after[0][0])
        ends = run[-1][1]


def _blocks(page: Page) -> list[Block]:
    """A page's tables and lines from top to bottom."""
    tables, rest = ruled_tables(page)
    lines = lines_of(rest)
    if page.is_picture:
        lines = [replace(line, recognised=True) for line in lines]
    return sorted([*tables, *lines], key=lambda block: block.y)


def in_order(pages: Sequence[Sequence[Block]]) -> Iterator[tuple[Ruled | Columned | str, bool]]:
    """The tables and paragraphs of a document from its first page to its last, and whether some of each was recognised."""
    blocks: list[Block] = []
    for page in _without_running_lines(pages):
        for index, block in enumerate(page):
            last = blocks[-1] if blocks else None
            whole = over_the_page_end(last, block) if index == 0 and isinstance(last, Ruled) and isinstance(block, Ruled) else None
            if whole:
                blocks[-1] = whole
            else:
                blocks.append(block)
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, TextLine):
            lines.append(block)
            continue
        yield from _unruled(lines)
        lines = []
        yield block, any(cell.recognised for cell in block.cells)
    yield from _unruled(lines)


def grid_of(table: Ruled | Columned) -> Sequence[Sequence[GridCell]]:
    """The rows of a table with its merged cells."""
    if isinstance(table, Columned):
        return table.rows
    rows: list[list[GridCell]] = [[] for _ in range(table.rows)]
    for cell in _by_rows(table):
        rows[cell.top].append(GridCell(cell.text, cell.bottom - cell.top, cell.right - cell.left))
    return rows


def _by_rows(table: Ruled) -> list[RuledCell]:
    return sorted(table.cells, key=lambda cell: (cell.top, cell.left))


# -- running lines -------------------------------------------------------------------------------------------------


def _without_running_lines(pages: Sequence[Sequence[Block]]) -> Iterator[list[Block]]:
    """The pages without page numbers, and without the lines that stand at the same height on the page before or after."""
    outer = [_outer_lines(page) for page in pages]
    keys = [{(_pattern(line), round(line.y / 4)) for line in lines} for lines in outer]
    for number, page in enumerate(pages):
        beside = set().union(*keys[max(0, number - 1) : number], *keys[number + 1 : number + 2])
        running = [
            line
            for line in outer[number]
            if _is_page_number(line, page)
            or (_LETTER.search(line.text) and {(_pattern(line), round(line.y / 4) + step) for step in (-1, 0, 1)} & beside)
        ]
        yield [block for block in page if not any(block is line for line in running)]


def _is_page_number(line: TextLine, page: Sequence[Block]) -> bool:
    """Is this the number of the page, and no figure of a row printed close by?"""
    near = [block for block in page if isinstance(block, TextLine) and 0 < abs(block.y - line.y) < _CLOSE * max(block.size, line.size)]
    return bool(PAGE_NUMBER.fullmatch(line.text)) and not near


def _outer_lines(page: Sequence[Block]) -> list[TextLine]:
    """The lines near the top and the end of a page, with no table between them and it."""
    found: list[TextLine] = []
    for side in (page, page[::-1]):
        for block in side[:EDGE_LINES]:
            if not isinstance(block, TextLine):
                break
            found.append(block)
    return found


def _pattern(line: TextLine) -> str:
    return re.sub(r"\d+", "0", line.text)


# -- paragraphs ----------------------------------------------------------------------------------------------------

_CENTRED = 3  # of its height: a line that begins so far from the left is a title; a paragraph begins at most two from it


def _unruled(lines: Sequence[TextLine]) -> Iterator[tuple[Columned | str, bool]]:
    """Lines as tables set in columns and, between these, paragraphs."""
    at = 0
    for table in find_columned([line_of(words) for words in placed_words(lines)], exact=True):
        yield from _paragraphs(lines[at : table.first])
        yield table, any(line.recognised for line in lines[table.first : table.last])
        at = table.last
    yield from _paragraphs(lines[at:])


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[str, bool]]:
    """Lines as paragraphs: one that is full goes on in the next, unless that one is indented, numbered or set otherwise."""
    if not lines:
        return
    left, right = min(line.begin for line in lines), max(line.end for line in lines)
    text, recognised = lines[0].text, lines[0].recognised
    for before, line in pairwise(lines):
        full = right - before.end < 1.5 * line.size
        begins = line.begin - left > 0.8 * line.size or before.begin - left > _CENTRED * before.size or BEGINS.match(line.text)
        if full and not begins and abs(line.size - before.size) < 0.2 * line.size:
            text += ("" if is_wide(text[-1]) or is_wide(line.text[0]) else " ") + line.text
            recognised |= line.recognised
        else:
            yield text, recognised
            text, recognised = line.text, line.recognised
    yield text, recognised
