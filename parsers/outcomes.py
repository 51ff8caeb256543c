"""Section 4 in running text: fifteen cells under a header of two levels."""

from __future__ import annotations

import re

from parsers.fold import fold_with_places
from parsers.gaps import Span, split_gap, trim, words
from parsers.header import is_outcomes_header, outcomes
from parsers.model import Note
from parsers.rows import FormRow, PrintedCell, TableRows, TornRow
from parsers.values import is_blank

PROCEDURES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


def read_outcomes(text: str, start: int, end: int) -> TableRows:
    """The three procedures' outcomes printed in text[start:end], which begins with the table's header."""
    header_end = _header_end(text, start, end)
    if not is_outcomes_header(text[start:header_end]):
        note = Note(
            "header_unknown",
            "表头不是法定表头，未读作数字 (the header of this table is not the form's: its cells are not read)",
            start,
            header_end,
        )
        return TableRows(notes=(note,))
    gap = split_gap(text, header_end, end)
    cells = _fifteen(text, gap.cells if gap.mode != "spaces" or len(gap.cells) == 15 else words(text, gap.cells))
    measures = outcomes()
    if cells is None:
        first, last = trim(text, header_end, gap.rest)
        if not re.search(r"\d", text[first:last]):
            return TableRows()
        return TableRows(torn=tuple(TornRow("review_litigation", p, (), measures, first, last, in_order=True) for p in PROCEDURES))
    rows = []
    for index, procedure in enumerate(PROCEDURES):
        part = cells[index * 5 : index * 5 + 5]
        rows.append(
            FormRow("review_litigation", procedure, (), tuple(PrintedCell(m, s, e) for m, (s, e) in zip(measures, part, strict=True)))
        )
    return TableRows(tuple(rows))


def _header_end(text: str, start: int, end: int) -> int:
    """The end of the last header word: the header has no digits, so it lies before the first one (or blank token)."""
    first_value = re.compile(r"[\d０-９/\\]|(?<=[\s|])[-—－无](?=[\s|])").search(text, start, end)
    folded, places = fold_with_places(text, start, first_value.start() if first_value else end)
    return places[-1] + 1 if folded else start


def _fifteen(text: str, cells: tuple[Span, ...]) -> tuple[Span, ...] | None:
    if len(cells) == 15:
        return cells
    printed = [index for index, (s, e) in enumerate(cells) if not is_blank(text[s:e])]
    if len(printed) == 15 and printed[-1] - printed[0] == 14:
        return cells[printed[0] : printed[-1] + 1]  # padding before and after them
    return None
