"""Plain text: its canonical text is the text itself and its blocks are its lines, unless tables are drawn or set in columns in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise

from parsers.documents.separated import read_separated
from parsers.documents.set_tables.boxes import Box
from parsers.documents.set_tables.columns import Columned, find_columned
from parsers.documents.set_tables.dashes import find_ruled
from parsers.documents.set_tables.padded import find_padded
from parsers.documents.set_tables.repeated_cells import find_matrices
from parsers.model import Document, Paragraph
from parsers.printed.canonical import Writer
from parsers.printed.cells import trim
from parsers.printed.decode import decode, notes_of
from parsers.printed.lines import PAGE_NUMBER, Line, Word, line_of, places_of

MAX_LINES = 20_000  # no report has more
_ENTITY = re.compile("&(?:amp;)*(?:nbsp|ensp|emsp|quot|ldquo|rdquo|mdash|middot|#\\d{1,5});")  # left in text taken from a page's source
_SPACED = 4  # lines with wide gaps: fewer hold no table that would be read


def read_text(data: bytes) -> Document:
    """A document of plain text. Where tables are drawn or set in columns, it is written anew, cell by cell. Raises Undecodable."""
    decoded = decode(data)
    sheet = read_separated(decoded.text)
    document = replace(sheet, encoding=decoded.encoding) if sheet else _read(decoded.text, decoded.encoding)
    return replace(document, notes=notes_of(decoded))


def _read(text: str, encoding: str) -> Document:
    text = _ENTITY.sub(lambda entity: unescape(entity[0].replace("amp;", "")), text)
    lines = text.split("\n")
    if drawn := find_ruled(lines) or find_matrices(lines) or find_padded(lines):
        return _written(lines, drawn, encoding)
    spans = [trim(text, *m.span()) for m in re.finditer(r"[^\n]+", text)]
    by_lines = Document("text/plain", encoding, text, tuple(Paragraph(s, e) for s, e in spans if s < e))
    if columned := _columned(lines):
        return replace(_written(lines, columned, encoding), by_lines=by_lines)
    return by_lines


def _written(lines: Sequence[str], tables: Sequence[Box | Columned], encoding: str) -> Document:
    writer, at = Writer(), 0
    for table in tables:
        for line in (*lines[at : table.first], *table.beside):
            writer.paragraph(line)
        writer.table(table.rows, "columns" if isinstance(table, Columned) else "drawn")
        at = table.last
    for line in lines[at:]:
        writer.paragraph(line)
    return Document("text/plain", encoding, writer.text, tuple(writer.blocks))


def _columned(lines: Sequence[str]) -> list[Columned]:
    """The tables set in columns: in places as wide as a terminal's, or a place for each character as pdftotext counts."""
    if (
        len(lines) > MAX_LINES
        or any("\t" in line or "|" in line for line in lines)
        or sum("   " in line.strip() for line in lines) < _SPACED
    ):
        return []
    by_char, by_place = _placed(lines, 1), _placed(lines, 2)
    exact = _in_line(by_place) > _in_line(by_char)
    return find_columned(by_place if exact else by_char, exact=exact)


def _in_line(lines: Sequence[Line]) -> int:
    """How many words with figures begin or end where one of the line before does: most where places are rightly counted."""
    edges = [{edge for word in line.figures for edge in word[1:]} for line in lines]
    edges = [places for places in edges if places]
    return sum(len(above & below) for above, below in pairwise(edges))


def _placed(lines: Sequence[str], wide: int) -> list[Line]:
    sheet = 0
    placed = []
    for number, line in enumerate(lines):
        sheet += line.count("\f")
        is_last = number + 1 < len(lines) and lines[number + 1].startswith("\f") and number > 0 and not lines[number - 1].strip()
        placed.append(line_of(() if is_last and PAGE_NUMBER.fullmatch(line) else _words(line.replace("\f", ""), wide), sheet))
    return placed


def _words(line: str, wide: int) -> tuple[Word, ...]:
    places = places_of(line, wide)
    return tuple(Word(m[0], places[m.start()], places[m.end()]) for m in re.finditer(r"\S+", line))
