"""HTML pages: paragraphs and innermost tables; tables that only lay out the page are taken apart."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from parsers.documents.html.askew import set_apart
from parsers.documents.html.blocks import SPACE, Shown, write_blocks
from parsers.documents.html.pictures import Find, pictures_of, prints_no_table
from parsers.documents.html.unseen import print_generated, what_is_shown
from parsers.documents.pictures import extra
from parsers.model import Document, Note, Table
from parsers.printed.canonical import Writer
from parsers.printed.decode import Undecodable, decode, notes_of

MAX_OPEN = 5_000  # elements open at once; no page a person wrote comes near
MAX_TAGS = 400_000  # a report saved by Word has some 20,000
MAX_ATTRIBUTES = 1_000  # of one element
_META = {
    "articletitle": "title", "pubdate": "published_on", "publishdate": "published_on", "sitename": "site",
    "url": "url", "og:url": "url", "contentsource": "source", "og:site_name": "site", "og:title": "og_title",
    "article:published_time": "published_on",
}  # fmt: skip
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)")  # as browsers write it into a page they save
_LINKED_DATE = re.compile(r'"(?:pubDate|datePublished)"\s*:\s*"(20\d\d-\d\d-\d\d)')  # JSON-LD for search engines
_UNSEEN = re.compile("&(?:shy|zwnj|zwj|lrm|rlm|#(?:173|820[3-7]|8288|65279)|#x(?:ad|200[b-f]|2060|feff));", re.IGNORECASE)
_TWICE = re.compile(  # blanks and signs, of which the page shows how they are written
    "&(?:amp;)+((?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|[lr][ds]quo|quot|middot|[mn]dash|hellip|#160|#xa0|#12288|#x3000|#8203|#819[4-7]);)",
    re.IGNORECASE,
)
_FRAME = re.compile(  # a page within the page, written in its tag
    r"<iframe\b((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*?)\ssrcdoc\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>(?:[^<]*</iframe>)?",
    re.IGNORECASE,
)
_OPENED_OR_CLOSED = re.compile(
    "<(/?)(?!(?:area|base|br|col|dd|dt|hr|img|input|link|meta|option|param|source|td|tfoot|th|thead|tbody|tr|wbr)\\b)[a-z]", re.IGNORECASE
)  # elements that end with their end tag, if anybody wrote it
_MANY_ATTRIBUTES = re.compile(rf"<[a-z][^\s<>]*+(?:\s++(?:[^\s<>\"']++|\"[^\"]*+\"|'[^']*+')++){{{MAX_ATTRIBUTES}}}", re.IGNORECASE)
_TOO_DEEP = "网页嵌套过深，无法读取，请另存为文本 (the page nests its elements deeper than can be read; save it as text)"
_TOO_MANY = f"网页的标签超过 {MAX_TAGS:,} 个，请只留报告的网页 (the page has too many tags; keep the report's own page)"
_TOO_MANY_ATTRIBUTES = f"网页的一个标签带着 {MAX_ATTRIBUTES:,} 个以上的属性，不予读取，请从浏览器另存 (a tag has too many attributes; save the page again from a browser)"


def read_html(data: bytes, find: Find = lambda _: None) -> Document:
    """A document of an HTML page; `find` has what was saved with it. Where it prints no table, tables in its pictures are read. Raises
    Undecodable when it is nested deeper than any page a person wrote."""
    decoded = decode(data)
    text = decoded.text
    tree, shown = _parsed(text)
    read = shown
    writer = _written(tree, read)
    if shown.hidden and not any(isinstance(block, Table) for block in writer.blocks):  # a script would have shown it
        read = Shown()
        writer = _written(tree, read)
    notes = [*notes_of(decoded)]
    if prints_no_table(writer.text, writer.blocks) and (pictures := pictures_of(tree, find)):
        if extra.is_installed():
            writer = _written(tree, replace(read, pictures=pictures))
        else:
            notes.append(extra.NOT_READ)
    written, blocks = writer.text, tuple(writer.blocks)
    if text.rstrip()[-1:].isdigit():  # the page is cut off in a figure, perhaps: then the figure is the last of its text too
        written = written.rstrip("\n")
        blocks = tuple(replace(block, end=min(block.end, len(written))) for block in blocks)
    notes += dict.fromkeys(writer.notes)
    if shown.left_out:
        message = f"网页里有 {shown.left_out} 格有数字而不显示，没有读 (what {shown.left_out} cells with figures do not show is not read)"
        notes.append(Note("left_out", message))
    return Document("text/html", decoded.encoding, written, blocks, _stated(tree, text), notes=tuple(notes))


def write_fragment(text: str, writer: Writer) -> None:
    """Write what a piece of HTML inside another text prints: its paragraphs and tables. Raises Undecodable as `read_html` does."""
    tree, shown = _parsed(text)
    if tree.body is not None:
        write_blocks(tree.body, writer, shown)


def _parsed(text: str) -> tuple[LexborHTMLParser, Shown]:
    """The page's tree with what stands apart set apart, and what is shown of it. Raises Undecodable as `read_html` does."""
    text = _TWICE.sub(r"&\1", text) if "&amp;" in text else text
    if "srcdoc" in text:
        text = _FRAME.sub(lambda frame: f"<div{frame[1]}{frame[4]}>{unescape(frame[2] or frame[3] or '')}</div>", text)
    if text.count("<") > MAX_TAGS:
        raise Undecodable(_TOO_MANY)
    tags = ">".join(dict.fromkeys(text.split(">")))  # what is looked for in them is found ten times as fast: most are like others
    _check_bounds(text, tags)
    tree = LexborHTMLParser(_UNSEEN.sub("", text) if _UNSEEN.search(tags) else text)
    set_apart(tree, tags)
    print_generated(tree, tags)
    return tree, what_is_shown(tree, tags)


def _check_bounds(text: str, tags: str) -> None:
    """Deep nesting makes any HTML parser crawl, as many attributes do: count before parsing, if there are tags enough for it."""
    if _MANY_ATTRIBUTES.search(tags):
        raise Undecodable(_TOO_MANY_ATTRIBUTES)
    if text.count("<") <= MAX_OPEN:
        return
    depth = 0
    for tag in _OPENED_OR_CLOSED.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > MAX_OPEN:
            raise Undecodable(_TOO_DEEP)


def _stated(tree: LexborHTMLParser, text: str) -> dict[str, str]:
    stated: dict[str, str] = {}
    for meta in tree.css("meta"):
        key = _META.get((meta.attributes.get("name") or meta.attributes.get("property") or "").lower())
        content = (meta.attributes.get("content") or "").strip()
        if key and content:
            stated.setdefault(key, content)
    title = tree.css_first("title")
    if title and title.text().strip():
        stated["page_title"] = SPACE.sub(" ", title.text()).strip()
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


def _written(tree: LexborHTMLParser, shown: Shown) -> Writer:
    writer = Writer()
    if tree.body is not None:
        write_blocks(tree.body, writer, shown)
    return writer
