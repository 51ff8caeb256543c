"""HTML pages: paragraphs and innermost tables; tables that only lay out the page are taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.documents.stylesheet import HIDING, hiding_classes
from parsers.model import Document, Table
from parsers.printed.canonical import Writer
from parsers.printed.decode import Undecodable, decode

Row = list[tuple[str, int, int]]  # of GridCells, but plain tuples: most of a page is cells

MAX_DEPTH = 400
MAX_OPEN = 20_000  # elements open at once; no page a person wrote comes near
LONG_CELL = 300  # characters: no cell of the form prints so many; a cell that does is a page's layout
_SKIPPED = {"script", "style", "noscript", "head", "template", "svg", "iframe", "select", "textarea", "object", "canvas", "title"}
_INLINE = {
    "a", "abbr", "b", "bdi", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q", "s", "small",
    "span", "st1:chsdate", "strike", "strong", "sub", "sup", "tt", "u", "ucaptitle", "ucapcontent", "v:shape", "wbr",
}  # fmt: skip
_META = {
    "articletitle": "title", "pubdate": "published_on", "publishdate": "published_on", "sitename": "site",
    "url": "url", "og:url": "url", "contentsource": "source", "og:site_name": "site", "og:title": "og_title",
    "article:published_time": "published_on",
}  # fmt: skip
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)")  # as browsers write it into a page they save
_LINKED_DATE = re.compile(r'"(?:pubDate|datePublished)"\s*:\s*"(20\d\d-\d\d-\d\d)')  # JSON-LD for search engines
_HIDING = ["isplay", "ISPLAY", "idden", "IDDEN"]  # without the first letter: as good in either case
_LONG = 200  # characters: no row of the form without its label's remark
_SPACE = re.compile(r"[ \n\t\r\f]+")
_SPAN = re.compile(r"\s*(\d{1,6})\s*")
_OPENED_OR_CLOSED = re.compile(r"<(/?)(?:div|table|ul|ol|li|dl|section|span|font|b|i|p|blockquote)\b")


def read_html(data: bytes) -> Document:
    """A document of an HTML page. Raises Undecodable when it is nested deeper than any page a person wrote."""
    text, encoding = decode(data)
    _check_depth(text)
    tree = LexborHTMLParser(text)
    _set_apart(tree, text)
    hidden = _hidden(tree, text)
    writer = _written(tree, hidden)
    if hidden and not any(isinstance(block, Table) for block in writer.blocks):  # a script would have shown it
        writer = _written(tree, frozenset())
    written, blocks = writer.text, tuple(writer.blocks)
    if text.rstrip()[-1:].isdigit():  # the page is cut off in a figure, perhaps: then the figure is the last of its text too
        written = written.rstrip("\n")
        blocks = tuple(replace(block, end=min(block.end, len(written))) for block in blocks)
    return Document("text/html", encoding, written, blocks, _stated(tree, text))


def write_fragment(text: str, writer: Writer) -> None:
    """Write what a piece of HTML inside another text prints: its paragraphs and tables. Raises Undecodable as `read_html` does."""
    _check_depth(text)
    tree = LexborHTMLParser(text)
    _set_apart(tree, text)
    if tree.body is not None:
        _write_blocks(tree.body, writer, _hidden(tree, text))


def _set_apart(tree: LexborHTMLParser, text: str) -> None:
    """Struck, raised and lowered text must not run into the digits beside it: 5 and a footnote's 1 are not 51."""
    apart = tree.css("s, strike, del, sup, sub")
    if "line-through" in text:
        apart += tree.css("[style*=line-through]")
    for node in apart:
        node.insert_before(" ")
        node.insert_after(" ")


def _hidden(tree: LexborHTMLParser, text: str) -> frozenset[int]:
    """The elements that the page does not show."""
    if not any(word in text for word in _HIDING):  # far faster than a pattern over the whole page
        return frozenset()
    marked = tree.css('[hidden], [style*="display" i], [style*="visibility" i]')
    hidden = {n.mem_id for n in marked if "hidden" in n.attributes or HIDING.search(n.attributes.get("style") or "")}
    names = hiding_classes("".join(style.text() for style in tree.css("style")))
    if names:
        marked = tree.css(", ".join(f"tr.{name}, td.{name}, td .{name}" for name in names))
        hidden |= {n.mem_id for n in marked if len(n.text()) < _LONG and not n.css_first("table")}
    return frozenset(hidden)


def _check_depth(text: str) -> None:
    """Deep nesting makes any HTML parser crawl: count open block elements before parsing, if there are tags enough for it."""
    depth = 0
    if text.count("<") <= MAX_OPEN:
        return
    for tag in _OPENED_OR_CLOSED.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > MAX_OPEN:
            raise Undecodable("网页嵌套过深，无法读取，请另存为文本 (the page nests its elements deeper than can be read; save it as text)")


def _stated(tree: LexborHTMLParser, text: str) -> dict[str, str]:
    stated: dict[str, str] = {}
    for meta in tree.css("meta"):
        key = _META.get((meta.attributes.get("name") or meta.attributes.get("property") or "").lower())
        content = (meta.attributes.get("content") or "").strip()
        if key and content:
            stated.setdefault(key, content)
    title = tree.css_first("title")
    if title and title.text().strip():
        stated["page_title"] = _SPACE.sub(" ", title.text()).strip()
    if "ld+json" in text and (dated := _LINKED_DATE.search(text)):
        stated.setdefault("published_on", dated[1])
    canonical = tree.css_first("link[rel=canonical]")
    saved = _SAVED_FROM.search(text[:4000])
    for address in ((canonical.attributes.get("href") or "") if canonical else "", saved[1] if saved else ""):
        if address.startswith(("http://", "https://")):
            stated.setdefault("url", address)
    if not stated.get("url", "http").startswith("http"):
        del stated["url"]
    return stated


def _children(node: LexborNode, hidden: frozenset[int]) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if not hidden or child.mem_id not in hidden:
            yield child
        child = child.next


def _written(tree: LexborHTMLParser, hidden: frozenset[int]) -> Writer:
    writer = Writer()
    if tree.body is not None:
        _write_blocks(tree.body, writer, hidden)
    return writer


def _write_blocks(root: LexborNode, writer: Writer, hidden: frozenset[int]) -> None:
    """Walk the page without recursion: inline text gathers into a line until a block begins or ends."""
    line: list[str] = []
    stack: list[tuple[Iterator[LexborNode | list[Row]], bool]] = [(_children(root, hidden), False)]

    def flush() -> None:
        if line:
            writer.paragraph(_SPACE.sub(" ", "".join(line)))
            line.clear()

    while stack:
        children, is_block = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if is_block:
                flush()
            continue
        if isinstance(child, list):
            writer.table(child)
            continue
        tag = child.tag
        if tag == "-text":
            line.append(child.text_content or "")
        elif tag == "br":
            flush()
        elif tag in _SKIPPED or tag is None or tag.startswith("-") or len(stack) > MAX_DEPTH:
            continue
        else:
            block = tag not in _INLINE
            if block:
                flush()
            stack.append((_parts(child, hidden) if tag == "table" else _children(child, hidden), block))
    flush()


def _parts(table: LexborNode, hidden: frozenset[int]) -> Iterator[LexborNode | list[Row]]:
    """What a table is made of: runs of rows that print cells, and the rows that lay out the page, to be walked.

    A row lays out the page when it holds a table of several cells or a cell with a whole text in it. Beside such rows, those
    of one cell are lines of the page: titles, headings, notes.
    """
    nests = len(table.css("table")) > 1
    rows: list[Row] = []
    before: list[LexborNode] = []
    read: list[tuple[LexborNode, Row | None]] = []
    for part in _children(table, hidden):
        if part.tag in ("tbody", "thead", "tfoot"):
            read += [(tr, _row(tr, nests, hidden)) for tr in _children(part, hidden) if tr.tag == "tr"]
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


def _row(tr: LexborNode, nests: bool, hidden: frozenset[int]) -> Row | None:
    """The cells of a row; None if it lays out the page."""
    if nests and any(len(inner.css("td, th")) > 1 for inner in tr.css("table")):
        return None
    row = []
    child = tr.child
    while child is not None:
        cell, child = child, child.next
        if cell.tag in ("td", "th") and not (hidden and cell.mem_id in hidden):
            text = _cell_text(cell, hidden)
            if len(text) > LONG_CELL:
                return None
            if attributes := cell.attributes:
                row.append((text, _span(attributes.get("rowspan")), _span(attributes.get("colspan"))))
            else:
                row.append((text, 1, 1))
    return row


def _cell_text(cell: LexborNode, hidden: frozenset[int]) -> str:
    """What a cell prints: inline elements run on, a line break or the end of a paragraph is a space."""
    node = cell
    while (only := node.child) is not None and only.next is None:  # one text in one span in one paragraph, as most cells are
        tag = only.tag
        if tag == "-text":
            text = only.text_content or ""
            return text if text.isdecimal() else _SPACE.sub(" ", text).strip()
        if tag in _SKIPPED or (hidden and only.mem_id in hidden):
            return ""
        node = only
    parts: list[str] = []
    _gather(node, parts, hidden)
    return _SPACE.sub(" ", "".join(parts)).strip()


def _gather(node: LexborNode, parts: list[str], hidden: frozenset[int], depth: int = 0) -> None:
    """Append the texts inside the node; what is nested deeper than any cell a person wrote is left out."""
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            parts.append(child.text_content or "")
        elif tag in _INLINE:
            if not (hidden and child.mem_id in hidden) and depth < MAX_DEPTH:
                _gather(child, parts, hidden, depth + 1)
        elif tag and tag[0] != "-" and tag not in _SKIPPED and not (hidden and child.mem_id in hidden) and depth < MAX_DEPTH:
            parts.append(" ")
            _gather(child, parts, hidden, depth + 1)
            parts.append(" ")
        child = child.next


def _span(printed: str | None) -> int:
    number = _SPAN.fullmatch(printed) if printed else None
    return int(number[1]) if number else 1
