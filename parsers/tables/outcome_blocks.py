"""Section 4 drawn in pieces: each procedure, or 行政诉讼 with its two, over outcomes and figures of its own."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.form.editions import column_labels, row_items
from parsers.model import Cell
from parsers.printed.normalise import fold, without_numbering
from parsers.tables.header_geometry import Placed, over_outcomes, place_measures

_LITIGATION = "行政诉讼"  # stands over its two procedures, or before one


def procedure_of(printed: str) -> str | None:
    """The procedure that a title names and nothing else.

    >>> procedure_of("（二）行政诉讼（未经复议直接起诉）情况"), procedure_of("行政复议、行政诉讼情况")
    ('litigation_direct', None)
    """
    items = row_items("review_litigation").get(fold(without_numbering(printed.strip())).removesuffix("情况"))
    return items[0] if items else None


def title_above(text: str, start: int, end: int) -> str | None:
    """The procedure that the last line of text[start:end] names, if no line before it names one too."""
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    named = [procedure for line in lines if (procedure := procedure_of(line))]
    return procedure_of(lines[-1]) if len(named) == 1 else None


def is_title(printed: Sequence[str]) -> bool:
    """Does a row print one procedure's name and nothing else?"""
    filled = [text for text in printed if text]
    return len(filled) == 1 and procedure_of(filled[0]) is not None


def place_block(text: str, header: Sequence[Cell], titled: str | None) -> Placed[tuple[str, str]]:
    """The columns of a header that prints the outcomes once below one procedure, or once below each of the two of 行政诉讼.

    `titled`: the procedure that is printed above the table. Nothing placed where the header prints anything else.
    """
    names = column_labels("review_litigation")
    printed = [(cell, text[cell.start : cell.end]) for cell in header if cell.start < cell.end]
    above = [(cell, procedure) for cell, word in printed if (procedure := procedure_of(word))]
    below = [cell for cell, word in printed if fold(word) in names]
    others = [word for cell, word in printed if not procedure_of(word) and cell not in below and fold(word) != _LITIGATION]
    if others or not below or any(cell.row >= below[0].row for cell, _ in above):
        return Placed()
    if len(above) > 1:
        return over_outcomes(text, header, len(above))
    own = above[0][1] if above else titled
    placed = place_measures(text, [cell for cell in header if cell in below or cell.row >= below[0].row], "review_litigation")
    if own is None:
        return Placed()
    return Placed(tuple((start, stop, (own, measure)) for start, stop, measure in placed.columns), placed.end)
