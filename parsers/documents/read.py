"""The reader of each format, and what a file is read with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from parsers.documents import mht, office, xlsx
from parsers.documents.docx import body as docx
from parsers.documents.html import read_html
from parsers.documents.markdown import read_markdown
from parsers.documents.pages import ofd, pdf
from parsers.documents.text import read_text
from parsers.model import Document
from parsers.printed.decode import Undecodable, media_type

# By media type. A reader gives a file's document, or a document for each page of a file that holds several.
READERS: dict[str, Callable[[bytes], Document | Sequence[Document]]] = {
    "text/plain": read_text,
    "text/markdown": read_markdown,
    "text/html": read_html,
    docx.MEDIA_TYPE: docx.read_docx,
    xlsx.MEDIA_TYPE: xlsx.read_xlsx,
    mht.MEDIA_TYPE: mht.read_mht,
    **{media_type: partial(office.read_office, media_type) for media_type in office.SUFFIXES},
    pdf.MEDIA_TYPE: pdf.read_pdf,
    ofd.MEDIA_TYPE: ofd.read_ofd,
}


def read_documents(data: bytes) -> Sequence[Document]:
    """The documents in a file's bytes, one at least. Raises Undecodable, whose message is a sentence with the remedy, where the
    file cannot be read or no reader reads its type."""
    kind = media_type(data)
    if kind not in READERS:
        raise Undecodable(
            f"不支持的文件类型：{kind}，请另存为网页、Word、PDF 或文本 (documents of this type are not read; save it as HTML, Word, PDF or text)"
        )
    read = READERS[kind](data)
    return (read,) if isinstance(read, Document) else read
