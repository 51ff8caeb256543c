"""A document with its misprints set right: of this copy the tables are read, and the places of what is read are told in the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain

from parsers.form.editions import column_labels, row_items
from parsers.form.misprints import Misprint
from parsers.model import Block, Document, Heading, Note, Table
from parsers.tables.rows import FormRow, TableRows, TornRow


class Corrected:
    """A document's copy with these misprints set right, and the ways there and back for the places between them."""

    def __init__(self, document: Document, misprints: Sequence[Misprint]) -> None:
        self._misprints, self._text = misprints, document.text
        self._moved = list(accumulate((len(m.put) - (m.end - m.start) for m in misprints), initial=0))
        self._ends = [m.end for m in misprints]
        self._copied = [m.end + moved for m, moved in zip(misprints, self._moved[1:], strict=True)]
        parts, at = list[str](), 0
        for misprint in misprints:
            parts += [document.text[at : misprint.start], misprint.put]
            at = misprint.end
        self.document = replace(document, text="".join([*parts, document.text[at:]]), blocks=tuple(map(self._block, document.blocks)))

    def headings(self, headings: Sequence[Heading]) -> list[Heading]:
        """The document's headings where they stand in the copy."""
        return [replace(heading, start=self._there(heading.start), end=self._there(heading.end)) for heading in headings]

    def rows(self, found: TableRows) -> TableRows:
        """What was read of the copy where it stands in the document, with a note for each misprint."""
        notes = [replace(n, start=n.start and self._back(n.start), end=n.end and self._back(n.end)) for n in found.notes]
        return TableRows(
            tuple(map(self._row, found.rows)),
            tuple(map(self._torn, found.torn)),
            (*notes, *chain.from_iterable(map(self._notes, self._misprints))),
        )

    def _there(self, place: int) -> int:
        return place + self._moved[bisect_right(self._ends, place)]

    def _back(self, place: int) -> int:
        return place - self._moved[bisect_right(self._copied, place)]

    def _block(self, block: Block) -> Block:
        moved = replace(block, start=self._there(block.start), end=self._there(block.end))
        if not isinstance(moved, Table):
            return moved
        return replace(moved, cells=tuple(c._replace(start=self._there(c.start), end=self._there(c.end)) for c in moved.cells))

    def _row(self, row: FormRow) -> FormRow:
        return row._replace(cells=tuple(c._replace(start=self._back(c.start), end=self._back(c.end)) for c in row.cells))

    def _torn(self, row: TornRow) -> TornRow:
        cells = tuple((self._back(start), self._back(end)) for start, end in row.cells)
        return replace(row, start=self._back(row.start), end=self._back(row.end), cells=cells)

    def _notes(self, misprint: Misprint) -> Iterator[Note]:
        """What is printed instead of the form's word; of a word known by its place, a doubt about its row and its column too."""
        start, end, _, section, word, by_place = misprint
        printed = self._text[start:end]
        yield Note("misprint", f"印作“{printed}”，按表样的“{word}”对应 (printed so: taken for the form's {word})", start, end)
        doubt = f"“{printed}”是按它在表中的位置对应到“{word}”的 (taken for the form's {word} by its place)"
        for item in row_items(section).get(word, ()) if by_place else ():
            yield Note("doubt", doubt, start, end, section, item)
        if by_place and word in column_labels(section):
            yield Note("doubt", doubt, start, end, section, None, column_labels(section)[word])
