"""Rows of section 3 whose labels were torn from them: placed where the rows around leave one place for each.

Converters of PDF print a label above or below its numbers (`2.没有现成信息需要另` … `| 6 | 0 | … |`). Between two labelled rows
stand as many unlabelled ones as the form has rows there, and the torn labels are printed beside them: then, and only then,
the order of the form says which is which. The reading is noted as doubted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.form.editions import Edition, editions, spellings
from parsers.model import Cell
from parsers.printed.normalise import fold
from parsers.printed.values import Unreadable, parse_value
from parsers.tables.rows import FormRow, PrintedCell, TornRow

NEAR = 300  # characters within which a torn label is printed before or after its figures
DOUBT = "行标签与数字分离，按法定行序对应 (the label was torn from this row; it follows from the rows around it)"


def place_unlabelled(text: str, rows: Sequence[FormRow], torn: Sequence[TornRow], unlabelled: Sequence[Sequence[Cell]]) -> list[FormRow]:
    """The unlabelled rows, each of as many cells as the form has columns, that the labelled ones around them force to be rows of the form."""
    unlabelled = [row for row in unlabelled if all(_is_number(text[cell.start : cell.end]) for cell in row)]
    if not unlabelled:
        return []
    labelled = sorted([(row.cells[0].start, row.item) for row in rows] + [(row.start, row.item) for row in torn])
    return max((_placed(text, edition, labelled, unlabelled) for edition in editions()), key=len)


def _placed(text: str, edition: Edition, labelled: Sequence[tuple[int, str]], unlabelled: Sequence[Sequence[Cell]]) -> list[FormRow]:
    order = [(row.item, row.label) for grid in edition.of("applications") for row in grid.rows]
    measures = next((grid.measures for grid in edition.of("applications")), ())
    places = {item: index for index, (item, _) in enumerate(order)}
    known = [(start, places[item]) for start, item in labelled if item in places]
    found: list[FormRow] = []
    for (begin, before), (end, after) in pairwise(known):
        between = [row for row in unlabelled if begin < row[0].start < end]
        missing = order[before + 1 : after]
        printed = fold(text[max(0, begin - NEAR) : end + NEAR])
        if len(between) == len(missing) and all(_is_printed(label, printed) for _, label in missing):
            found += [_row(item, measures, cells) for (item, _), cells in zip(missing, between, strict=True)]
    return found


def _is_printed(label: str, printed: str) -> bool:
    """Are the label's characters there, in order, whatever stands between them?"""
    rest = iter(printed)
    return any(all(char in rest for char in spelling) for spelling in spellings(label))


def _is_number(printed: str) -> bool:
    try:
        return parse_value(printed) is not None
    except Unreadable:
        return False


def _row(item: str, measures: Sequence[str], cells: Sequence[Cell]) -> FormRow:
    printed = tuple(PrintedCell(m, c.start, c.end) for m, c in zip(measures, cells, strict=True))
    return FormRow("applications", item, (), printed, DOUBT)
