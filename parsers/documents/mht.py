"""Web pages saved in one file (MHT, by browsers and by Word): each page in it, a frame often, with the address it was saved from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message
from itertools import islice
from urllib.parse import urljoin

from parsers.documents.containers.mail import in_utf8
from parsers.documents.html.pictures import Find
from parsers.documents.html.read import read_html
from parsers.documents.recognise import WEB_ARCHIVE as MEDIA_TYPE
from parsers.model import Document
from parsers.printed.decode import Undecodable

MOST_PAGES = 40  # a page with frames, advertisements and counters has fewer


def read_mht(data: bytes) -> list[Document]:
    """A document for each page: the first, which states what the others do not, and the frames in it. Raises Undecodable where
    there is no page that can be read."""
    whole = message_from_bytes(data.lstrip(), policy=policy.compat32)
    pages = list(islice(_pages(whole), MOST_PAGES))
    pictures = {name: part for name, part in _pictures(whole) if name not in ("", "cid:")}
    if not pages:
        raise Undecodable("单个文件网页（MHT）里没有网页，请另存为 HTML (there is no page in this web archive; save the page as HTML)")
    read: list[Document] = []
    for content, location in pages:
        address = _web_address(location)
        try:
            document = read_html(content, _finding(pictures, location))
        except Undecodable:
            if len(pages) == 1:
                raise
            continue
        read.append(replace(document, stated={**({"url": address} if address else {}), **document.stated}))
    if not read:
        raise Undecodable(
            "单个文件网页（MHT）里的网页都无法读取，请另存为 HTML (none of the pages in this web archive can be read; save the page as HTML)"
        )
    saved_from = _web_address(whole.get("Snapshot-Content-Location"))
    stated = ({"url": saved_from} if saved_from else {}) | read[0].stated
    return [replace(document, media_type=MEDIA_TYPE, stated=stated | document.stated) for document in read]


def _pages(whole: Message) -> Iterator[tuple[bytes, str]]:
    """The bytes of each page, with the address it was saved from."""
    for part in whole.walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            yield in_utf8(content, part.get_content_charset()), str(part.get("Content-Location") or "")


def _pictures(whole: Message) -> Iterator[tuple[str, Message]]:
    """The part of each picture, by the address it was saved from and by the name that pages have for it."""
    for part in whole.walk():
        if part.get_content_maintype() == "image":
            yield str(part.get("Content-Location") or "").strip(), part
            yield f"cid:{str(part.get('Content-ID') or '').strip().strip('<>')}", part


def _finding(pictures: Mapping[str, Message], location: str) -> Find:
    def find(address: str) -> bytes | None:
        with suppress(ValueError):  # of no address
            part = pictures.get(address) or pictures.get(urljoin(location.strip(), address))
            content = part.get_payload(decode=True) if part is not None else None
            return content if isinstance(content, bytes) else None
        return None

    return find


def _web_address(printed: object) -> str:
    address = str(printed or "").strip()
    return address if address.startswith(("http://", "https://")) else ""
