"""Pages as one document: tables joined over page ends, page numbers and running lines left out, lines as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from parsers.documents.pages.grids import nearest
from parsers.documents.pages.lines import TextLine, is_wide, lines_of, placed_words
from parsers.documents.pages.page import Page
from parsers.documents.pages.ruled_tables import TOUCH, Ruled, RuledCell, ruled_tables
from parsers.documents.pictures.extra import HOW
from parsers.documents.set_tables.columns import Columned, find_columned
from parsers.model import FROM_PICTURES, Document, Note
from parsers.printed.canonical import GridCell, Writer
from parsers.printed.decode import Undecodable
from parsers.printed.lines import BEGINS, line_of
from parsers.printed.page_numbers import PAGE_NUMBER

EDGE_LINES = 3  # lines from the top or the end of a page among which running lines stand
_CLOSE = 1.8  # of a character's height: lines as near as this are one table's
NUMBERED = re.compile(r"[（(]?\s?[一二三四五六七八九十\d]{1,3}\s?[)）、.．]")
_LETTER = re.compile(r"[^\W\d_]")
ONLY_PICTURES = f"页面上没有文字，只有图片，请用文字版 (the pages hold no text, only pictures: use a document with text)；{HOW}"
NOT_LEGIBLE = "图片里认不出文字，请换清楚、端正的扫描件，或者照印抄录 (no words can be made out in the picture: use a clear scan, or type it in as a transcription)"

Block = Ruled | TextLine


def document_of(media_type: str, *parts: Iterable[Page]) -> Document:
    """What pages print, as a document; of several parts, none goes on in the next. Raises Undecodable when they print no text."""
    writer = Writer()
    pictures: list[int] = []
    for block in chain.from_iterable(in_order([_blocks(page) for page in _told(pages, pictures)]) for pages in parts):
        if isinstance(block, str):
            writer.paragraph(block)
        else:
            writer.table(grid_of(block), "columns" if isinstance(block, Columned) else "drawn")
    if not writer.text.strip():
        raise Undecodable(NOT_LEGIBLE if pictures else ONLY_PICTURES)
    notes = (Note(FROM_PICTURES, _recognised(pictures)),) if pictures else ()
    return Document(media_type, None, writer.text, tuple(writer.blocks), notes=notes)


def _told(pages: Iterable[Page], pictures: list[int]) -> Iterator[Page]:
    """The pages; the numbers of those that are pictures are added to `pictures`."""
    for number, page in enumerate(pages, 1):
        if page.is_picture:
            pictures.append(number)
        yield page


def _recognised(pictures: Sequence[int]) -> str:
    numbers = "、".join(map(str, pictures))
    return f"第 {numbers} 页是图片，其中的字由程序识读，请对照原件 (the words on page {numbers} were recognised in a picture: compare the document)"


def _blocks(page: Page) -> list[Block]:
    """A page's tables and lines from top to bottom."""
    tables, rest = ruled_tables(page)
    return sorted([*tables, *lines_of(rest)], key=lambda block: block.y)


def in_order(pages: Sequence[Sequence[Block]]) -> Iterator[Ruled | Columned | str]:
    """The tables and paragraphs of a document from its first page to its last."""
    blocks: list[Block] = []
    for page in _without_running_lines(pages):
        for index, block in enumerate(page):
            last = blocks[-1] if blocks else None
            whole = _over_the_page_end(last, block) if index == 0 and isinstance(last, Ruled) and isinstance(block, Ruled) else None
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
        yield block
    yield from _unruled(lines)


def grid_of(table: Ruled | Columned) -> Sequence[Sequence[GridCell]]:
    """The rows of a table with its merged cells."""
    if isinstance(table, Columned):
        return table.rows
    rows: list[list[GridCell]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.top, cell.left)):
        rows[cell.top].append(GridCell(cell.text, cell.bottom - cell.top, cell.right - cell.left))
    return rows


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


# -- tables over page ends -----------------------------------------------------------------------------------------


def _over_the_page_end(upper: Ruled, lower: Ruled) -> Ruled | None:
    """Two parts of a table as one, on the columns of both; None when they are of different widths.

    Cells without a line between them are one cell.
    """
    shift = upper.edges[0] - lower.edges[0]
    moved = [edge + shift for edge in lower.edges]
    edges = tuple(sorted([*upper.edges, *(edge for edge in moved[:-1] if _off(upper.edges, edge) > TOUCH)]))
    places = {nearest(edges, edge) for edge in moved}
    if _off(upper.edges[-1:], moved[-1]) > 2 * TOUCH or len(places) < len(moved) or edges[-1] > upper.edges[-1]:
        return None
    above, below = _placed(upper, upper.edges, edges), _placed(lower, moved, edges)
    repeated = _repeated_rows(above, below, min(upper.rows, lower.rows) - 1)
    if repeated:
        below = [replace(cell, top=cell.top - repeated, bottom=cell.bottom - repeated) for cell in below if cell.top >= repeated]
        lower = replace(lower, rows=lower.rows - repeated, above=(True,) * len(lower.above))
    closed = [a or b for a, b in zip(_sides(upper.below, upper.edges, edges), _sides(lower.above, moved, edges), strict=True)]
    last = {(cell.left, cell.right): cell for cell in above if cell.bottom == upper.rows}
    first = {(cell.left, cell.right): cell for cell in below if cell.top == 0}
    meeting = _meeting_in_a_row(above, below, upper.rows)
    cut = last.keys() == first.keys() and _is_one_row(meeting, any(closed))
    down = upper.rows - cut
    met = {place for place in last.keys() & first.keys() if cut or not any(closed[slice(*place)])}
    if not cut and _begins_row(meeting):
        met -= {(pair.upper.left, pair.upper.right) for pair in meeting}
    whole = [
        replace(last[place], text=_one_text(last[place], first[place]), bottom=first[place].bottom + down, full=first[place].full)
        for place in met
    ]
    upper_cells = [cell for cell in above if cell.bottom < upper.rows or (cell.left, cell.right) not in met]
    lower_cells = [cell for cell in below if cell.top > 0 or (cell.left, cell.right) not in met]
    lowered = [replace(cell, top=cell.top + down, bottom=cell.bottom + down) for cell in lower_cells]
    rows = upper.rows + lower.rows - cut
    return Ruled(upper.y, lower.end, edges, rows, (*upper_cells, *whole, *lowered), upper.above, _sides(lower.below, moved, edges))


def _off(edges: Sequence[float], edge: float) -> float:
    return min(abs(edge - other) for other in edges)


def _repeated_rows(above: Sequence[RuledCell], below: Sequence[RuledCell], most: int) -> int:
    """How many rows the lower part begins with that are the first rows of the table, printed again."""
    found = 0
    for rows in range(1, most + 1):
        heads = [{cell for cell in part if cell.top < rows} for part in (above, below)]
        if heads[0] != heads[1]:
            break
        if all(cell.bottom <= rows for cell in heads[0]):
            found = rows
    return found


def _placed(part: Ruled, own: Sequence[float], edges: Sequence[float]) -> list[RuledCell]:
    places = [nearest(edges, edge) for edge in own]
    return [replace(cell, left=places[cell.left], right=places[cell.right]) for cell in part.cells]


def _sides(closed: Sequence[bool], own: Sequence[float], edges: Sequence[float]) -> tuple[bool, ...]:
    """What is closed in a part's own columns, for the columns of the whole."""
    places = [nearest(edges, edge) for edge in own]
    return tuple(is_closed for (left, right), is_closed in zip(pairwise(places), closed, strict=True) for _ in range(left, right))


@dataclass(frozen=True)
class _Meeting:
    """A cell of the last row before a page end, the one under it after, and the texts of the other cells of their column."""

    upper: RuledCell
    lower: RuledCell
    column: tuple[str, ...]

    @property
    def is_label(self) -> bool:
        return bool(_LETTER.search(self.lower.text))

    @property
    def is_figure(self) -> bool:
        """Do figures meet here, or a figure and words?"""
        both = self.upper.text and self.lower.text
        return bool(both) and not (_LETTER.search(self.upper.text) and _LETTER.search(self.lower.text))

    @property
    def goes_on(self) -> bool:
        """Is the lower text without a number in a column of numbered ones?"""
        numbered = [bool(NUMBERED.match(text)) for text in self.column if _LETTER.search(text)]
        return sum(numbered) > len(numbered) / 2 and not NUMBERED.match(self.lower.text)


def _meeting_in_a_row(above: Sequence[RuledCell], below: Sequence[RuledCell], rows: int) -> list[_Meeting]:
    """The cells of one row only that meet at the page end; a cell of several rows is cut there whatever happens to its rows."""
    lower = {(cell.left, cell.right): cell for cell in below if (cell.top, cell.bottom) == (0, 1)}
    found = []
    for cell in above:
        other = lower.get((cell.left, cell.right))
        if other and (cell.top, cell.bottom) == (rows - 1, rows):
            column = tuple(c.text for c in (*above, *below) if c.left == cell.left and c is not other)
            found.append(_Meeting(cell, other, column))
    return found


def _begins_row(meeting: Sequence[_Meeting]) -> bool:
    """Does a numbered label stand below the page end, and another above it? Then a row ends there, a line between them or not: browsers
    draw none at a page end."""
    return any(pair.is_label and NUMBERED.match(pair.lower.text) and NUMBERED.match(pair.upper.text) for pair in meeting)


def _is_one_row(meeting: Sequence[_Meeting], closed: bool) -> bool:
    """Do the cells before and after a page end belong to one row, cut by it?

    Figures without any label below the page end do: they can be no other row's than the last one's. So does a label without
    a number where all others have one, or one that goes on where there was no room left before the page end, or where no line
    is drawn between; so do words of a header whose first cell has none. If it was a row of its own all the same, the two labels
    together are none that is known.
    """
    filled = [pair for pair in meeting if pair.lower.text]
    figures = any(pair.is_figure for pair in meeting)
    labels = [pair for pair in filled if pair.is_label]
    if not labels:
        return bool(filled) and not any(_LETTER.search(pair.upper.text) for pair in filled)
    if not any(_LETTER.search(pair.upper.text) for pair in meeting):
        return not figures
    if not all(pair.upper.text for pair in labels) or any(NUMBERED.match(pair.lower.text) for pair in labels):
        return False
    if any(pair.goes_on for pair in labels):
        return True
    first = min(meeting, key=lambda pair: pair.upper.left)
    is_rest = bool(_LETTER.search(first.upper.text)) and not first.lower.text and labels == filled
    return not figures and (not closed or is_rest or all(pair.upper.full for pair in labels))


def _one_text(upper: RuledCell, lower: RuledCell) -> str:
    """The two halves of a cell's text: figures are one number only where the first line was full, so that it had to break."""
    if not upper.text or not lower.text:
        return upper.text or lower.text
    whole = upper.full or is_wide(upper.text[-1]) or is_wide(lower.text[0])
    return upper.text + ("" if whole else " ") + lower.text


# -- paragraphs ----------------------------------------------------------------------------------------------------

_CENTRED = 3  # of its height: a line that begins so far from the left is a title; a paragraph begins at most two from it


def _unruled(lines: Sequence[TextLine]) -> Iterator[Columned | str]:
    """Lines as tables set in columns and, between these, paragraphs."""
    at = 0
    for table in find_columned([line_of(words) for words in placed_words(lines)], exact=True):
        yield from _paragraphs(lines[at : table.first])
        yield table
        at = table.last
    yield from _paragraphs(lines[at:])


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[str]:
    """Lines as paragraphs: one that is full goes on in the next, unless that one is indented, numbered or set otherwise."""
    if not lines:
        return
    left, right = min(line.begin for line in lines), max(line.end for line in lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        full = right - before.end < 1.5 * line.size
        begins = line.begin - left > 0.8 * line.size or before.begin - left > _CENTRED * before.size or BEGINS.match(line.text)
        if full and not begins and abs(line.size - before.size) < 0.2 * line.size:
            text += ("" if is_wide(text[-1]) or is_wide(line.text[0]) else " ") + line.text
        else:
            yield text
            text = line.text
    yield text
