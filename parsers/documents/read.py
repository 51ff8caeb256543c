"""The formats: for each kind of file that `recognise` tells, how it is read, or what it holds, or why it is not read.

A new format is its signature in `recognise`, its reader, and its line here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from parsers.documents import mht, office, recognise
from parsers.documents.containers import mail, outlook, sevenzip, zipped
from parsers.documents.containers.member import Member
from parsers.documents.docx import body, word_xml
from parsers.documents.html.pictures import Find
from parsers.documents.html.read import read_html
from parsers.documents.markdown import read_markdown
from parsers.documents.package import LOCKED, read_locked
from parsers.documents.pages import ofd, pdf
from parsers.documents.pictures import extra
from parsers.documents.recognise import media_type
from parsers.documents.sheets import excel_xml, ods, xls, xlsx
from parsers.documents.text import read_text
from parsers.model import Document
from parsers.printed.decode import Undecodable, notes_of_lost

# A reader gives a file's document, or a document for each page of a file that holds several.
READERS: dict[str, Callable[[bytes], Document | Sequence[Document]]] = {
    recognise.TEXT: read_text,
    recognise.MARKDOWN: read_markdown,
    recognise.HTML: read_html,
    recognise.WEB_ARCHIVE: mht.read_mht,
    recognise.DOCX: body.read_docx,
    recognise.FLAT_WORD: word_xml.read_flat,
    recognise.WORD_XML: word_xml.read_word_2003,
    **{kind: partial(office.read_office, kind) for kind in office.SUFFIXES},
    recognise.XLSX: xlsx.read_xlsx,
    recognise.XLS: xls.read_xls,
    recognise.EXCEL_XML: excel_xml.read_excel_xml,
    recognise.ODS: ods.read_ods,
    recognise.PDF: pdf.read_pdf,
    ofd.MEDIA_TYPE: ofd.read_ofd,
}

# What holds documents, as a folder does. Each yields its members one by one, each bounded; raises Undecodable.
CONTAINERS: dict[str, Callable[[bytes], Iterator[Member]]] = {
    recognise.ZIP: zipped.members,
    recognise.SEVENZIP: sevenzip.members,
    recognise.MAIL: mail.members,
    recognise.MSG: outlook.members,
}

REFUSED: dict[str, str] = {
    recognise.PICTURE: f"这是图片，其中的字没有读，请用文字版 (a picture, whose words were not read: use a document with text)；{extra.HOW}",
    "image/vnd.djvu": "这是 DjVu 扫描件，其中的字读不了，请用文字版 (a scan in DjVu, whose words are not read here: use a document with text)",
    "application/vnd.rar": "这是 RAR 压缩包，这里解不开，请解压后放进文件夹，或改用 ZIP、7z (a RAR archive, which is not opened here: unpack it into a folder, or pack it as ZIP or 7z)",
    "application/x-archive": "这种压缩包这里解不开，请解压后放进文件夹，或改用 ZIP、7z (an archive that is not opened here: unpack it into a folder, or pack it as ZIP or 7z)",
    "application/x-msdownload": "这是 Windows 程序（也许是自解压包），不会运行，请解压后放进文件夹 (a Windows program, perhaps an archive that unpacks itself; it is not run: unpack it into a folder)",
    "application/vnd.ms-powerpoint": "这是幻灯片，请另存为 PDF 或 Word (slides: save them as PDF or Word)",
    "application/vnd.apple.iwork": "这是苹果 iWork 文件，请导出为 PDF、Word 或 Excel (an iWork file: export it as PDF, Word or Excel)",
    "application/x-webarchive": "这是 Safari 的网页存档，请另存为 HTML 或 PDF (a web archive of Safari: save the page as HTML or PDF)",
    recognise.JSON: "这是接口返回的 JSON 数据，请取出其中的正文，另存为网页或文本 (JSON, as an interface answers: take the report's text out of it and save that as a page or as text)",
    "application/x-hwp": "这是韩文 HWP 文件，请另存为 PDF 或 Word (an HWP file: save it as PDF or Word)",
    "application/caj": "这是 CAJ 文件，请导出为 PDF (a CAJ file: export it as PDF)",
    "application/x-ole-storage": "这是旧式复合文件，但不是 Word、Excel、WPS 文档或邮件，请用原来的程序另存为 PDF 或 Word (an OLE file that is no Word, Excel or WPS document and no message: save it as PDF or Word in the program that made it)",
}
HALF = re.compile("[\ud800-\udfff]")
_HOLDS = "里面是若干文件，请解开后逐份给出，或把它放进要建库的文件夹 (it holds files: unpack it and give one document of it, or put it in a folder that is built)"


def read_documents(data: bytes, find: Find = lambda _: None) -> Sequence[Document]:
    """The documents in a file's bytes, one at least; `find` has what was saved with a web page. Raises Undecodable, which says why there is
    none and what to do."""
    kind = media_type(data)
    if kind == recognise.LOCKED:
        data = read_locked(data)
        kind = media_type(data)
    if kind == recognise.LOCKED:
        raise Undecodable(LOCKED)
    if kind == recognise.PICTURE and extra.is_installed():
        from parsers.documents.pages.picture import read_picture

        return [_encodable(read_picture(data))]
    if kind in REFUSED:
        raise Undecodable(REFUSED[kind])
    if kind in CONTAINERS:
        raise Undecodable(_HOLDS)
    read = read_html(data, find) if kind == recognise.HTML else READERS[kind](data)
    return [_with_what_is_lost(_encodable(document)) for document in ((read,) if isinstance(read, Document) else read)]


def _encodable(document: Document) -> Document:
    """The document without halves of characters, which some PDF and YAML have and no file or database takes; � stands in their place."""
    by_lines = document.by_lines and _encodable(document.by_lines)
    stated = {key: HALF.sub("\ufffd", value) for key, value in document.stated.items()}
    return replace(document, text=HALF.sub("\ufffd", document.text), stated=stated, by_lines=by_lines)


def _with_what_is_lost(document: Document) -> Document:
    by_lines = document.by_lines and replace(document.by_lines, notes=document.notes + notes_of_lost(document.by_lines.text))
    return replace(document, notes=document.notes + notes_of_lost(document.text), by_lines=by_lines)


__all__ = ["CONTAINERS", "READERS", "REFUSED", "media_type", "read_documents"]
