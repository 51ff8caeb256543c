"""What a file is, told from its content, never from a name."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import chain

import olefile

from parsers.documents.package import open_package
from parsers.printed.decode import MAX_BYTES, Undecodable, decode, utf16

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS, XLSB = "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.binary.macroenabled.12"
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
DOC, RTF, WPS, MSG = "application/msword", "application/rtf", "application/vnd.ms-works", "application/vnd.ms-outlook"
WORD_XML, FLAT_WORD, EXCEL_XML = "application/vnd.ms-word.xml", "application/vnd.openxmlformats.flat", "application/vnd.ms-excel.xml"
LOCKED = "application/encrypted"
OFD = "application/ofd"
PICTURE = "image"
JSON = "application/json"
PDF, HTML, MARKDOWN, TEXT = "application/pdf", "text/html", "text/markdown", "text/plain"
WEB_ARCHIVE, MAIL, ZIP, SEVENZIP = "multipart/related", "message/rfc822", "application/zip", "application/x-7z-compressed"

_OLE = b"\xd0\xcf\x11\xe0"
_STREAMS = {  # of an OLE file, by the first that it has
    "EncryptedPackage": LOCKED,
    "__properties_version1.0": MSG,
    "WordDocument": DOC,
    "Workbook": XLS,
    "Book": XLS,
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "FileHeader": "application/x-hwp",
    "CONTENTS": WPS,
    "MatOST": WPS,
}
_PARTS = (  # of a ZIP file that is one document
    (re.compile(r"word/document\d*\.xml"), DOCX),
    (re.compile(r"xl/workbook\.xml"), XLSX),
    (re.compile(r"xl/workbook\.bin"), XLSB),
    (re.compile(r"ppt/presentation\.xml"), "application/vnd.ms-powerpoint"),
    (re.compile(r"Index/Document\.iwa"), "application/vnd.apple.iwork"),
)
_BEGINNINGS = (
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF....WEBP|BM....\x00\x00\x00\x00|....ftyp(?:heic|heix|mif1|avif)", re.S), PICTURE),
    (re.compile(rb"Rar!\x1a\x07"), "application/vnd.rar"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), SEVENZIP),
    (re.compile(rb"\x1f\x8b\x08|BZh[1-9]1AY|\xfd7zXZ\x00|(?s:.{257})ustar|MSCF|.{2}-lh\d-"), "application/x-archive"),
    (re.compile(rb"MZ(?s:.{58,126}?)"), "application/x-msdownload"),
    (re.compile(rb"bplist00"), "application/x-webarchive"),
    (re.compile(rb"AT&TFORM"), "image/vnd.djvu"),
    (re.compile(rb"(?:CAJ|HN|C8)\x00?.{0,2}\x00"), "application/caj"),
)  # fmt: skip
_XML = (
    (b"http://schemas.microsoft.com/office/word/2003/wordml", WORD_XML),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", FLAT_WORD),
    (b"urn:schemas-microsoft-com:office:spreadsheet", EXCEL_XML),
)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|tr|td|span)[\s>]", re.I)
_MAIL = re.compile(rb"^(?:(?:from|to|received|return-path|message-id|delivered-to|x-[\w-]+): ?\S.*\r?\n|mime-version:|content-type:\s*multipart/)", re.M | re.I)  # fmt: skip
_MAIL_ALSO = re.compile(rb"^(?:subject|date|from|content-type|mime-version):", re.M | re.I)
_PAGE = re.compile(rb"<\s*(?:!doctype|html|head|body|div|p|h[1-6]|ul|center|meta)[\s>]", re.I)
_TABLE_BEGINS, _TABLE_ENDS = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\s*+>", re.IGNORECASE)
_PIPES = re.compile(r"^[^\S\n]*+\|?[^\S\n]*+:?-{3,}:?\s*\|", re.MULTILINE)
_CONTROLS = bytes(b for b in range(32) if b not in (9, 10, 12, 13, 27))


def media_type(data: bytes, most: int = MAX_BYTES) -> str:
    """The media type told from the first bytes of at most so many. Raises Undecodable for what is empty, too large, damaged or binary.

    >>> media_type(b"%PDF-1.7 ..."), media_type("一、总体情况".encode()), media_type(b"<p>x</p>")
    ('application/pdf', 'text/plain', 'text/html')
    """
    if len(data) > most:
        raise Undecodable(
            f"文件有 {len(data):,} 字节，超过可读的 {most:,} 字节，请只留报告本身 (the file is too large; keep the report alone)"
        )
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise Undecodable("文件是空的，请重新下载 (the file is empty; fetch it again)")
    if b"%PDF-" in data[:1024] and (data[:1024].lstrip().startswith(b"%PDF-") or _is_pdf_behind_a_head(data)):
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_package(data)
    if data.startswith(_OLE):
        return _of_compound(data)
    begun = next((kind for pattern, kind in _BEGINNINGS if pattern.match(data)), None)
    if begun:
        return begun
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return RTF
    return _of_text(data)


def _is_pdf_behind_a_head(data: bytes) -> bool:
    """Is this a PDF behind what a server said of it, as some programs save it?"""
    head = data[: data.find(b"%PDF-")]
    return b"<" not in head and b"%%EOF" in data[-2048:]


def _of_package(data: bytes) -> str:
    package = open_package(data)
    names = package.namelist()
    if "mimetype" in names and "content.xml" in names:
        stated = package.read("mimetype")[:200].decode("ascii", "replace") if package.getinfo("mimetype").file_size < 200 else ""
        return {ODS: ODS, f"{ODS}-template": ODS}.get(stated.strip(), ODT)
    if any(name.strip("/\\").lower() == "ofd.xml" for name in names):
        return OFD
    return next((kind for pattern, kind in _PARTS if any(map(pattern.fullmatch, names))), ZIP)


def _of_compound(data: bytes) -> str:
    """The kind of an OLE file, as Word, Excel, Outlook and WPS made them until 2007."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            streams = {entry[0] for entry in file.listdir()}
    except (
        OSError,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:  # what olefile raises of damaged files
        raise Undecodable("文件损坏，打不开，请重新下载 (the file is damaged and cannot be opened; fetch it again)") from error
    return next((kind for name, kind in _STREAMS.items() if name in streams), "application/x-ole-storage")


def _of_text(data: bytes) -> str:
    head = data[:4096]
    for words, kind in _XML:
        if words in head and b"<" in head[:100]:
            return kind
    if _MAIL.match(head.lstrip()) or (b"mime-version:" in head.lower() and _MAIL.search(head)):
        whole = head[: head.find(b"\n\n") if b"\n\n" in head and b"\r\n\r\n" not in head else None]
        if len({name[0].lower() for name in _MAIL_ALSO.finditer(whole)}) >= 2 or b"multipart/" in head.lower():
            return WEB_ARCHIVE if re.search(rb"^content-type:\s*multipart/related", head, re.M | re.I) else MAIL
    text = None
    if utf16(data):
        text = decode(data).text
        data = text.encode(errors="replace")  # as Word saves a page in “Unicode”
    elif _is_binary(data):
        raise Undecodable(
            "二进制文件，不是能读的格式，请另存为网页、Word、PDF 或文本 (the file is binary and of no format that is read here; save it as HTML, Word, PDF or text)"
        )
    if data.isascii() and data.lstrip()[:1] in (b"{", b"[") and _is_json(data):
        return JSON
    if b"</" in data and _HTML.search(data, 0, 200_000):
        return HTML if _is_page(data) else MARKDOWN
    text = text or decode(data).text
    return MARKDOWN if text.startswith("---\n") or _PIPES.search(text) else TEXT


def _is_json(data: bytes) -> bool:
    """Is it JSON that writes each Chinese character by its number, so that nothing of a report can be seen in it?"""
    try:
        return isinstance(json.loads(data), dict | list) and b"\\u" in data
    except (ValueError, RecursionError):
        return False


def _is_page(data: bytes) -> bool:
    """Is this HTML, not a text with tables in HTML, as converters of PDF write it?"""
    if _PAGE.search(data, 0, 2000):
        return True
    edges = [0, *chain.from_iterable(html_tables(data.decode("latin-1"))), len(data)]
    outside = b"".join(data[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return bool(_HTML.search(outside)) or not outside.strip() or b"<table" in outside.lower()


def html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Where the tables in HTML begin and end in a text. One that does not end is none."""
    at = 0
    while (begins := _TABLE_BEGINS.search(text, at)) and (ends := _TABLE_ENDS.search(text, begins.end())):
        at = ends.end()
        yield begins.start(), at


def _is_binary(data: bytes) -> bool:
    head = data[:65536].rstrip(b"\x00")  # as some programs fill up what they save
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) // 200 + 1
