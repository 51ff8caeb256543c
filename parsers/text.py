"""Plain text: its canonical text is the text itself, its blocks are its lines."""

from __future__ import annotations

import re

from parsers.decode import decode
from parsers.gaps import trim
from parsers.model import Document, Paragraph


def read_text(data: bytes) -> Document:
    """A document of plain text. Raises Undecodable."""
    text, encoding = decode(data)
    spans = [trim(text, *m.span()) for m in re.finditer(r"[^\n]+", text)]
    return Document("text/plain", encoding, text, tuple(Paragraph(s, e) for s, e in spans if s < e))
