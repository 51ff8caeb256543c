"""Writing the canonical text of a document that is no plain text: paragraphs on lines, cells between tabs, rows on lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from parsers.model import Block, Document, Note, Paragraph, Table, make_cell

_BREAKS = re.compile(r"[\t\n]+")
MAX_SPAN = 1000
MAX_CELLS = 200_000


def struck(text: str) -> str:
    """Text that is printed struck out, with the stroke over each letter: no number is read from it.

    >>> struck("5 件") == "5\u0336 件\u0336"
    True
    """
    return "".join(char + "\u0336" if char.isalnum() else char for char in text)


class GridCell(NamedTuple):
    """A cell before it has a place in the text: what it prints and how far it is merged."""

    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass
class Writer:
    """Collects the text and its blocks in reading order."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)  # of the documents within it
    length: int = 0

    def _write(self, text: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def paragraph(self, text: str) -> None:
        """A paragraph on a line of its own; nothing if it is blank."""
        text = text.replace("\n", " ").strip()
        if text:
            start, end = self._write(text)
            self._write("\n")
            self.blocks.append(Paragraph(start, end))

    def table(self, rows: Iterable[Iterable[tuple[str, int, int]]], layout: str = "drawn") -> None:
        """A table: every printed cell once, between tabs, at its place in the grid (merged cells cover what is below and right)."""
        taken: dict[int, int] = {}  # grid column -> first row that is free again, of cells merged downwards
        cells: list[tuple[int, int, int, int, int, int]] = []
        lines: list[str] = []
        begin = start = self.length
        for number, row in enumerate(rows):
            column = 0
            line: list[str] = []
            for printed, rowspan, colspan in row:
                if taken:
                    while taken.get(column, 0) > number:
                        column += 1
                if not printed.isdecimal():
                    printed = (" ".join(_BREAKS.split(printed)) if "\t" in printed or "\n" in printed else printed).strip()
                line.append(printed)
                if rowspan != 1 or colspan != 1:
                    rowspan, colspan = min(max(rowspan, 1), MAX_SPAN), min(max(colspan, 1), MAX_SPAN)
                end = start + len(printed)
                cells.append((start, end, number, column, rowspan, colspan))
                if rowspan != 1:
                    taken |= dict.fromkeys(range(column, column + colspan), number + rowspan)
                column += colspan
                start = end + 1  # after a tab or the line's end
            lines.append("\t".join(line))
            start += not line
            if len(cells) > MAX_CELLS:
                break
        self.parts += [f"{line}\n" for line in lines]
        self.length = start
        if cells:
            self.blocks.append(Table(begin, start, tuple(map(make_cell, cells)), layout))

    def document(self, document: Document) -> None:
        """All of another document, as it is written there, and the notes on it."""
        at, _ = self._write(document.text.rstrip("\n") + "\n")
        for note in document.notes:
            self.notes.append(note if note.start is None or note.end is None else replace(note, start=note.start + at, end=note.end + at))
        for block in document.blocks:
            moved = replace(block, start=block.start + at, end=block.end + at)
            if isinstance(moved, Table):
                moved = replace(moved, cells=tuple(c._replace(start=c.start + at, end=c.end + at) for c in moved.cells))
            self.blocks.append(moved)

    @property
    def text(self) -> str:
        """The canonical text written so far, of which the blocks' places are ranges."""
        return "".join(self.parts)
