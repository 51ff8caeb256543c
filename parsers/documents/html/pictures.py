"""Pictures in a web page that may print the report's tables, pasted or scanned: found in the page or beside it, read as pages are."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import unquote, unquote_to_bytes

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.documents.page import Page
from parsers.documents.recognise import PICTURE, media_type
from parsers.model import FROM_PICTURES, Block, Document, Note, Table
from parsers.printed.decode import Undecodable

Find = Callable[[str], bytes | None]  # the bytes of what a page names, where they were saved with it
MOST = 20  # pictures of one page that are looked at
MOST_BYTES = 5_000_000  # of one picture
MOST_DOTS = 24_000_000  # of one picture: it is not worth the memory that would end the reading of the page
FIGURES = 12  # that stand alone, in cells or paragraphs: a page with fewer has no table of the form
_FEWEST_BYTES = 2_000  # an icon, a rule, a bullet has fewer
_NARROW = re.compile(r"\s*+0*\d{1,2}(?:\.\d++)?\s*+(?:px)?\s*+")  # pixels: no table is so narrow
_DATA = re.compile(r"\s*+data:image/[^,]{1,60},", re.IGNORECASE)
_READ = Note(
    FROM_PICTURES, "网页里有图片，其中的字由程序识读，请对照原件 (words were recognised in the pictures of the page: compare the document)"
)


def prints_no_table(text: str, blocks: Sequence[Block]) -> bool:
    """Do next to no figures stand alone in a text?"""
    count = 0
    for block in blocks:
        count += sum(text[c.start : c.end].isdecimal() for c in (block.cells if isinstance(block, Table) else (block,)))
    return count < FIGURES


def pictures_of(tree: LexborHTMLParser, find: Find) -> dict[int, bytes]:
    """The pictures that a page may show at a table's size, by the ids of their elements."""
    found: dict[int, bytes] = {}
    for node in tree.css("img[src]"):
        content = None if _is_narrow(node) else _bytes(node.attributes.get("src") or "", find)
        if content and _FEWEST_BYTES <= len(content) <= MOST_BYTES and is_picture(content):
            found[node.mem_id] = content
        if len(found) == MOST:
            break
    return found


def beside_a_page(files: Mapping[str, bytes]) -> Find:
    """What finds files of a saved page's own folder, by their names: no address of the web, and no path that leads elsewhere."""
    return lambda address: files.get(unquote(address).rpartition("/")[2]) if ":" not in address and address[:1] != "/" else None


def read_together(pictures: Sequence[bytes]) -> Document | None:
    """Pictures with nothing between them as the pages of one document; None where they draw no table."""
    from parsers.documents.pages.joined import document_of

    try:
        read = document_of(PICTURE, _pages(pictures))
    except Undecodable:  # nothing is legible in them
        return None
    note = replace(_READ, start=0, end=len(read.text))
    return Document(PICTURE, None, read.text, read.blocks, notes=(note,)) if any(isinstance(b, Table) for b in read.blocks) else None


def _pages(pictures: Sequence[bytes]) -> Iterator[Page]:
    from parsers.documents.pictures.read import page_of, pictures_in

    for picture in pictures:
        with suppress(Undecodable):  # damaged
            yield page_of(next(pictures_in(picture, MOST_DOTS)))


def _bytes(address: str, find: Find) -> bytes | None:
    """What an address names: the bytes that it holds itself, or those of a file saved with the page."""
    head = _DATA.match(address[:80])
    if not head:
        return find(address.strip())
    if len(address) > 2 * MOST_BYTES:
        return None
    content = unquote_to_bytes(address[head.end() :])
    if ";base64" not in head[0].lower():
        return content
    with suppress(binascii.Error):
        return b64decode(content)
    return None


def _is_narrow(node: LexborNode) -> bool:
    return any(_NARROW.fullmatch(node.attributes.get(name) or "") for name in ("width", "height"))


def is_picture(content: bytes) -> bool:
    with suppress(Undecodable):
        return media_type(content) == PICTURE
    return False
