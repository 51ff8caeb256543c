"""HTML pages: paragraphs and innermost tables; tables that only lay out the page are taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.canonical import GridCell, Writer
from parsers.decode import Undecodable, decode
from parsers.model import Document

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
    "url": "url", "og:url": "url", "contentsource": "source", "og:site_name": "site",
}  # fmt: skip
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)")  # as browsers write it into a page they save
_SPACE = re.compile(r"[ \n\t\r\f]+")
_SPAN = re.compile(r"\s*(\d{1,6})\s*")
_OPENED_OR_CLOSED = re.compile(r"<(/?)(?:div|table|ul|ol|li|dl|section|span|font|b|i|p|blockquote)\b")


def read_html(data: bytes) -> Document:
    """A document of an HTML page. Raises Undecodable when it is nested deeper than any page a person wrote."""
    text, encoding = decode(data)
    _check_depth(text)
    tree = LexborHTMLParser(text)
    writer = Writer()
    if tree.body is not None:
        _write_blocks(tree.body, writer)
    return Document("text/html", encoding, writer.text, tuple(writer.blocks), _stated(tree, text))


def _check_depth(text: str) -> None:
    """Deep nesting makes any HTML parser crawl: count open block elements before parsing, if there are tags enough for it."""
    depth = 0
    if text.count("<") <= MAX_OPEN:
        return
    for tag in _OPENED_OR_CLOSED.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > MAX_OPEN:
            raise Undecodable("网页嵌套过深，无法读取 (the page nests its elements deeper than can be read)")


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
    canonical = tree.css_first("link[rel=canonical]")
    saved = _SAVED_FROM.search(text[:4000])
    for address in ((canonical.attributes.get("href") or "") if canonical else "", saved[1] if saved else ""):
        if address.startswith(("http://", "https://")):
            stated.setdefault("url", address)
    if not stated.get("url", "http").startswith("http"):
        del stated["url"]
    return stated


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _write_blocks(root: LexborNode, writer: Writer) -> None:
    """Walk the page without recursion: inline text gathers into a line until a block begins or ends."""
    line: list[str] = []
    stack = [(root, _children(root), False)]

    def flush() -> None:
        writer.paragraph(_SPACE.sub(" ", "".join(line)))
        line.clear()

    while stack:
        _, children, is_block = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if is_block:
                flush()
            continue
        tag = child.tag
        if tag == "-text":
            line.append(child.text_content or "")
        elif tag == "br":
            flush()
        elif tag == "table" and (rows := _grid(child)) is not None:
            flush()
            writer.table(rows)
        elif tag in _SKIPPED or tag is None or tag.startswith("-") or len(stack) > MAX_DEPTH:
            continue
        else:
            block = tag not in _INLINE
            if block:
                flush()
            stack.append((child, _children(child), block))
    flush()


def _grid(table: LexborNode) -> list[list[GridCell]] | None:
    """The rows of a table, None if it lays out the page: it holds another table, or a cell with a whole text in it."""
    if len(table.css("table")) > 1:
        return None
    rows = []
    for tr in table.css("tr"):
        row = []
        for cell in _children(tr):
            if cell.tag not in ("td", "th"):
                continue
            text = _cell_text(cell)
            if len(text) > LONG_CELL:
                return None
            attributes = cell.attributes
            row.append(GridCell(text, _span(attributes.get("rowspan")), _span(attributes.get("colspan"))))
        rows.append(row)
    return rows


def _cell_text(cell: LexborNode) -> str:
    """What a cell prints: inline elements run on, a line break or a new paragraph is a space."""
    only = cell.child
    if only is None:
        return ""
    if only.next is None and only.tag == "-text":  # as most cells of most pages are: no walk is needed
        return _SPACE.sub(" ", only.text_content or "").strip()
    parts: list[str] = []
    for node in cell.traverse(include_text=True):
        if node.tag == "-text":
            parent = node.parent
            if parent is None or parent.tag not in _SKIPPED:
                parts.append(_SPACE.sub(" ", node.text_content or ""))
        elif node.tag not in _INLINE and parts:
            parts.append(" ")
    return "".join(parts).strip()


def _span(printed: str | None) -> int:
    number = _SPAN.fullmatch(printed) if printed else None
    return int(number[1]) if number else 1
