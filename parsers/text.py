"""Plain text: its canonical text is the text itself and its blocks are its lines, unless tables are drawn in it."""

from __future__ import annotations

import re

from parsers.boxes import find_boxes
from parsers.canonical import Writer
from parsers.decode import decode
from parsers.gaps import trim
from parsers.model import Document, Paragraph


def read_text(data: bytes) -> Document:
    """A document of plain text. Where tables are drawn with lines, it is written anew, cell by cell. Raises Undecodable."""
    text, encoding = decode(data)
    lines = text.split("\n")
    if boxes := find_boxes(lines):
        writer, at = Writer(), 0
        for box in boxes:
            for line in (*lines[at : box.first], *box.beside):
                writer.paragraph(line)
            writer.table(box.rows)
            at = box.last
        for line in lines[at:]:
            writer.paragraph(line)
        return Document("text/plain", encoding, writer.text, tuple(writer.blocks))
    spans = [trim(text, *m.span()) for m in re.finditer(r"[^\n]+", text)]
    return Document("text/plain", encoding, text, tuple(Paragraph(s, e) for s, e in spans if s < e))


def lines_were_dropped(text: str) -> bool:
    """Was every line that had occurred before dropped from this text, as some page savers do?

    The form repeats 信息内容 above every article of section 2, and a line of a table that stands one cell to a line repeats
    its numbers. Where several articles are printed, one line is 信息内容, and no line of many occurs twice, they were dropped.
    """
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    articles = sum(bool(re.match("第二十条第", line)) for line in lines)
    return len(lines) >= 30 and articles >= 3 and lines.count("信息内容") == 1 and len(set(lines)) == len(lines)
