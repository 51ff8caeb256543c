"""Walking a page: inline text gathers into lines, innermost tables are written, tables that only lay out the page are taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from parsers.documents.html.fields import FIELDS, holds_picture, is_filled, value
from parsers.documents.html.pictures import read_together
from parsers.printed.canonical import Writer
from parsers.printed.decode import LOST

Row = list[tuple[str, int, int]]  # of GridCells, but plain tuples: most of a page is cells

MAX_DEPTH = 400  # of elements in each other in a cell
LONG_CELL = 300  # characters: no cell of the form prints so many; a cell that does is a page's layout
_SKIPPED = {
    "script", "style", "noscript", "head", "template", "svg", "iframe", "object", "canvas", "title", "rt", "rp", "datalist", "audio",
    "video", "noframes", "noembed", "meter", "progress",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q", "rb", "ruby", "s",
    "small", "span", "st1:chsdate", "strike", "strong", "sub", "sup", "tt", "u", "ucaptitle", "ucapcontent", "v:shape", "wbr",
}  # fmt: skip
SPACE = re.compile(r"[ \n\t\r\f]+")
_SPAN = re.compile(r"\s*+(\d{1,6})\s*")


@dataclass(frozen=True)
class Shown:
    """What a page shows: not the elements and texts of `hidden`; in the tables of `under` something lies over the cells; of `pictures` what
    is written in them. All by mem_id.

    `scripts`: the text of its scripts, None without any.
    """

    hidden: frozenset[int] = field(default_factory=frozenset)
    under: frozenset[int] = field(default_factory=frozenset)
    scripts: str | None = None
    left_out: int = 0  # cells with figures that are not shown
    pictures: Mapping[int, bytes] = field(default_factory=dict)


def write_blocks(root: LexborNode, writer: Writer, shown: Shown) -> None:
    """Walk the page without recursion: inline text gathers into a line until a block begins or ends, pictures until text or a table comes."""
    line: list[str] = []
    pictures: list[bytes] = []
    stack: list[tuple[Iterator[LexborNode | list[Row]], bool]] = [(_children(root, shown.hidden), False)]

    def flush() -> None:
        if line:
            text = SPACE.sub(" ", "".join(line))
            line.clear()
            if pictures and text.strip():
                show()
            writer.paragraph(text)

    def show() -> None:
        if document := read_together(pictures):
            writer.document(document)
        pictures.clear()

    while stack:
        children, is_block = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if is_block:
                flush()
            continue
        if isinstance(child, list):
            if pictures:
                show()
            writer.table(child)
            continue
        tag = child.tag
        if tag == "-text":
            line.append(child.text_content or "")
        elif tag == "br":
            flush()
        elif tag in FIELDS:
            line.append(value(child, has_scripts=False))
        elif tag == "img":
            if child.mem_id in shown.pictures:
                flush()
                pictures.append(shown.pictures[child.mem_id])
        elif tag in _SKIPPED or tag is None or tag.startswith("-"):
            continue
        else:
            block = tag not in _INLINE
            if block:
                flush()
            stack.append((_parts(child, shown) if tag == "table" else _children(child, shown.hidden), block))
    flush()
    if pictures:
        show()


def _children(node: LexborNode, hidden: frozenset[int]) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if not hidden or child.mem_id not in hidden:
            yield child
        child = child.next


def _parts(table: LexborNode, shown: Shown) -> Iterator[LexborNode | list[Row]]:
    """What a table is made of: runs of rows that print cells, and the rows that lay out the page, to be walked.

    A row lays out the page when it holds a table of several cells or a cell with a whole text in it. Beside such rows, those
    of one cell are lines of the page: titles, headings, notes.
    """
    nests = len(table.css("table")) > 1
    is_under = bool(shown.under) and table.mem_id in shown.under
    rows: list[Row] = []
    before: list[LexborNode] = []
    read: list[tuple[LexborNode, Row | None]] = []
    for part in sorted(_children(table, shown.hidden), key=lambda part: part.tag == "tfoot"):  # which is shown last
        if part.tag in ("tbody", "thead", "tfoot"):
            read += [(tr, _row(tr, nests, is_under, shown)) for tr in _children(part, shown.hidden) if tr.tag == "tr"]
        elif part.tag not in ("colgroup", "-comment"):
            before.append(part)
    yield from before
    lays_out = any(row is None for _, row in read)
    for tr, row in read:
        if row is not None and not (lays_out and len(row) < 2):
            rows.append(row)
            continue
        if rows:
            yield rows
            rows = []
        yield tr
    if rows:
        yield rows


def _row(tr: LexborNode, nests: bool, is_under: bool, shown: Shown) -> Row | None:
    """The cells of a row; None if it lays out the page, as one does that shows a picture to be read."""
    if shown.pictures and any(picture.mem_id in shown.pictures for picture in tr.css("img")):
        return None
    if nests and any(len(inner.css("td, th")) > 1 for inner in tr.css("table")):
        return None
    row = []
    hidden = shown.hidden
    child = tr.child
    while child is not None:
        cell, child = child, child.next
        if cell.tag in ("td", "th") and not (hidden and cell.mem_id in hidden):
            text = _cell_text(cell, shown)
            if len(text) > LONG_CELL:
                return None
            if not text and (is_under or _prints_unread(cell, shown)):
                text = LOST
            if attributes := cell.attributes:
                row.append((text, _span(attributes.get("rowspan")), _span(attributes.get("colspan"))))
            else:
                row.append((text, 1, 1))
    return row


def _prints_unread(cell: LexborNode, shown: Shown) -> bool:
    """Is there in a cell without text what prints something all the same, or is it for a script to fill?"""
    if cell.child is not None and holds_picture(cell, shown.hidden):
        return True
    return shown.scripts is not None and is_filled(cell, shown.scripts)


def _cell_text(cell: LexborNode, shown: Shown) -> str:
    """What a cell prints: inline elements run on, a line break or the end of a paragraph is a space."""
    node, hidden = cell, shown.hidden
    while (only := node.child) is not None and only.next is None:  # one text in one span in one paragraph, as most cells are
        tag = only.tag
        if tag in _SKIPPED or (hidden and only.mem_id in hidden):
            return ""
        if tag == "-text":
            text = only.text_content or ""
            return text if text.isdecimal() else SPACE.sub(" ", text).strip()
        if tag in FIELDS:
            break
        node = only
    parts: list[str] = []
    _gather(node, parts, shown)
    return SPACE.sub(" ", "".join(parts)).strip()


def _gather(node: LexborNode, parts: list[str], shown: Shown, depth: int = 0) -> None:
    """Append the texts inside the node; what is nested deeper than any cell a person wrote cannot be read."""
    hidden = shown.hidden
    if depth > MAX_DEPTH:
        parts.append(LOST)
        return
    child = node.child
    while child is not None:
        tag = child.tag
        if hidden and child.mem_id in hidden:
            pass
        elif tag == "-text":
            parts.append(child.text_content or "")
        elif tag in _INLINE:
            _gather(child, parts, shown, depth + 1)
        elif tag in FIELDS:
            parts.append(f" {value(child, shown.scripts is not None)} ")
        elif tag and tag[0] != "-" and tag not in _SKIPPED:
            parts.append(" ")
            _gather(child, parts, shown, depth + 1)
            parts.append(" ")
        child = child.next


def _span(printed: str | None) -> int:
    number = _SPAN.fullmatch(printed) if printed else None
    return int(number[1]) if number else 1
