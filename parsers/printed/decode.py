"""Bytes to text: what a file is, told from its content, and how its characters are encoded."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

MAX_BYTES = 30_000_000
# What reading a ZIP file raises that is cut short, encrypted, or holds other bytes than its packer wrote.
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError, IndexError, OverflowError)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_-]{3,20})|encoding=["']([a-zA-Z0-9_-]{3,20})["']""", re.I)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|tr|td|span)[\s>]", re.I)
_WEB_ARCHIVE = re.compile(rb"^(?:mime-version:|content-type:\s*multipart/related)", re.M)
_PAGE = re.compile(rb"<\s*(?:!doctype|html|head|body|div|p|h[1-6]|ul|center|meta)[\s>]", re.I)
_TABLE = rb"<table\b.*?</table\s*>"
HTML_TABLE = re.compile(_TABLE.decode(), re.DOTALL | re.IGNORECASE)
_PIPES = re.compile(r"^[^\S\n]*+\|?[^\S\n]*+:?-{3,}:?\s*\|", re.MULTILINE)
_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF....WEBP|BM....\x00\x00\x00\x00", re.DOTALL)
_CONTROLS = bytes(b for b in range(32) if b not in (9, 10, 12, 13, 27))
_LATIN = re.compile("[\u0080-\u00ff]{2}")  # what mojibake of Chinese is made of
_LATIN_LEAD = b"\xc3"  # the byte that begins à to ÿ in UTF-8 and no other character: mojibake of Chinese has it
_AS_PRINTED = TextFixerConfig(uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False)


class Undecodable(ValueError):
    """The bytes are no document that a reader exists for; the message says what they are."""


def media_type(data: bytes) -> str:
    """The media type told from the first bytes, never from a name. Raises Undecodable for what is no text and no known format.

    >>> media_type(b"%PDF-1.7 ..."), media_type("一、总体情况".encode()), media_type(b"<p>x</p>")
    ('application/pdf', 'text/plain', 'text/html')
    """
    if len(data) > MAX_BYTES:
        raise Undecodable(
            f"文件有 {len(data):,} 字节，超过可读的 {MAX_BYTES:,} 字节，请只留报告本身 (the file is too large; keep the report alone)"
        )
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise Undecodable("文件是空的，请重新下载 (the file is empty; fetch it again)")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if _PICTURE.match(data):
        raise Undecodable("这是图片，其中的字读不了，请用文字版 (a picture, whose words are not read here: use a document with text)")
    if data.startswith(b"PK\x03\x04"):
        names = _names_in(data)
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        if "xl/workbook.xml" in names:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        if any(name.strip("/\\").lower() == "ofd.xml" for name in names):
            return "application/ofd"
        if {"mimetype", "content.xml"} <= names:
            return "application/vnd.oasis.opendocument.text"
        return "application/zip"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "application/msword"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "application/rtf"
    head = data[:4096].lower()
    if (b"mime-version:" in head or b"multipart/related" in head) and _WEB_ARCHIVE.search(head):
        return "multipart/related"
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and _is_binary(data):
        raise Undecodable(
            "二进制文件，不是能读的格式，请另存为网页、Word、PDF 或文本 (the file is binary and of no format that is read here; save it as HTML, Word, PDF or text)"
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = decode(data)[0].encode()  # as Word saves a page in “Unicode”
    if b"</" in data and _HTML.search(data, 0, 200_000):
        return "text/html" if _is_page(data) else "text/markdown"
    text, _ = decode(data)
    return "text/markdown" if text.startswith("---\n") or _PIPES.search(text) else "text/plain"


def _is_page(data: bytes) -> bool:
    """Is this HTML, not a text with tables in HTML, as converters of PDF write it?"""
    if _PAGE.search(data, 0, 2000):
        return True
    outside = re.sub(_TABLE, b"", data, flags=re.DOTALL | re.IGNORECASE)
    return bool(_HTML.search(outside)) or not outside.strip() or b"<table" in outside.lower()


def _names_in(data: bytes) -> set[str]:
    try:
        return set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except DAMAGED_ZIP as error:
        raise Undecodable("压缩文件损坏，打不开，请重新下载 (the archive is damaged and cannot be opened; fetch it again)") from error


def _is_binary(data: bytes) -> bool:
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\x00" in head or controls > len(head) // 200 + 1


def decode(data: bytes) -> tuple[str, str]:
    """The text with `\\n` line ends, and the encoding's name: byte order mark, declared charset, UTF-8, else GB18030.

    A declared gb2312 or gbk means GB18030, its superset. Mojibake (UTF-8 read as Latin-1 by whoever saved the page) is undone.
    Raises Undecodable when no encoding fits.
    """
    declared = _DECLARED.search(data[:4096])
    names = [(declared[1] or declared[2]).decode("ascii").lower()] if declared else []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        names = ["utf-16"]
    for name in [*names, "utf-8", "gb18030"]:
        codec = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
        try:
            text = data.decode("utf-8-sig" if codec in ("utf-8", "utf8") else codec)
        except (UnicodeDecodeError, LookupError):
            continue
        text = _lines(text)
        if (codec != "utf-8" or _LATIN_LEAD in data) and _LATIN.search(text, 0, 20000) and is_bad(text[:20000]):
            text = fix_encoding(text, config=_AS_PRINTED)
        return text, codec
    text = data.decode("utf-8", errors="replace")
    if text.count("�") > len(text) // 100 + 3:
        raise Undecodable(
            "认不出文字编码，试过 UTF-8 和 GB18030，请另存为 UTF-8 (the characters are in no known encoding; save the file as UTF-8)"
        )
    return _lines(text), "utf-8"


def _lines(text: str) -> str:
    """With `\n` at the end of every line and without NUL."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text
