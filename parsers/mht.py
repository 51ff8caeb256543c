"""Web pages saved in one file (MHT, by browsers and by Word): the page in it, with the address that it was saved from."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message

from parsers.decode import Undecodable
from parsers.html import read_html
from parsers.model import Document

MEDIA_TYPE = "multipart/related"


def read_mht(data: bytes) -> Document:
    """A document of the first page in the file. Raises Undecodable where there is none."""
    whole = message_from_bytes(data.lstrip(), policy=policy.compat32)
    page = next((part for part in whole.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(content, bytes):
        raise Undecodable("单个文件网页（MHT）里没有网页 (there is no page in this web archive; save the page as HTML)")
    document = read_html(_with_charset(content, page))
    address = str(page.get("Content-Location") or whole.get("Snapshot-Content-Location") or "").strip()
    stated = {"url": address} if address.startswith(("http://", "https://")) else {}
    return replace(document, media_type=MEDIA_TYPE, stated=stated | document.stated)


def _with_charset(content: bytes, page: Message) -> bytes:
    """The page's bytes in UTF-8 where the archive, not the page, says how its characters are encoded."""
    charset = page.get_content_charset()
    if charset is None or b"charset" in content[:4096].lower():
        return content
    try:
        return content.decode("gb18030" if charset in ("gb2312", "gbk") else charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content
