"""Section 4 in running text in pieces: each procedure, or 行政诉讼 with its two, beside or above outcomes and figures of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from parsers.form.editions import column_labels, row_items
from parsers.form.headers import outcomes
from parsers.form.labels import Zone
from parsers.printed.cells import Span, adds_up, evenly_set, may_be_cut, split_gap, trim, words
from parsers.printed.normalise import fold_with_places
from parsers.tables.outcomes_in_text import PROCEDURES, alone, one_row
from parsers.tables.rows import FormRow, PrintedCell, TableRows, TornRow

_ABOVE = 40  # characters before the outcomes' words: a title and its numbering
_BEGINS = re.compile(r"(?:^|[\s|])(?:[（(][一二三四五六\d][)）]|[一二三四五六\d][、.．])?[^\S\n]*(?:行政诉讼[（(—－:：-]*)?$")


@dataclass(frozen=True)
class _Block:
    """Where a piece begins with its title's numbering, where its words end, and the procedures whose figures follow them."""

    start: int
    end: int
    procedures: tuple[str, ...]


def read_pieces(text: str, zone: Zone) -> TableRows | None:
    """The rows of the procedures, those whose cells the text does not show as torn; None unless the zone prints all three in pieces."""
    blocks = _blocks(text, zone)
    if blocks is None:
        return None
    measures = outcomes(text[zone.start : blocks[0].end])
    rows: list[FormRow] = []
    torn: list[TornRow] = []
    ends = [*(block.start for block in blocks[1:]), zone.end]
    for block, end in zip(blocks, ends, strict=True):
        cells = _cells(text, block.end, end, len(measures) * len(block.procedures), len(measures))
        if cells:
            of = [cells[at : at + len(measures)] for at in range(0, len(cells), len(measures))]
            for procedure, own in zip(block.procedures, of, strict=True):
                printed = (PrintedCell(m, s, e) for m, (s, e) in zip(measures, own, strict=True))
                rows.append(FormRow(zone.section, procedure, (), tuple(printed)))
        elif re.search(r"\d", text[block.end : end]):
            first, last = trim(text, block.end, split_gap(text, block.end, end).rest)
            torn += [TornRow(zone.section, procedure, (), measures, first, last) for procedure in block.procedures]
    return TableRows(tuple(rows), tuple(torn))


def _blocks(text: str, zone: Zone) -> list[_Block] | None:
    """The pieces; None unless each printing of the outcomes' words is one procedure's, and each procedure has one."""
    start = max(text.rfind("。", 0, zone.start) + 1, zone.start - _ABOVE)
    folded, places = fold_with_places(text, start, zone.end)
    names, header, piece = _patterns()
    found = list(piece.finditer(folded))
    items = row_items(zone.section)
    blocks = [
        _Block(_begin(text, places[m.start()]), places[m.end() - 1] + 1, tuple(items[name][0] for name in names.findall(m[0])))
        for m in found
    ]
    named = [procedure for block in blocks for procedure in block.procedures]
    whole = sum(len(header.findall(m[0])) for m in found) == len(header.findall(folded)) > 1
    if not whole or sorted(named) != sorted(PROCEDURES) or any(block.start < 0 for block in blocks):
        return None
    return blocks if all(above.end <= below.start for above, below in pairwise(blocks)) else None


def _begin(text: str, place: int) -> int:
    """Where the line or cell begins that words at a place stand in, their numbering with them; -1 if other words stand before them."""
    before = _BEGINS.search(text[max(0, place - 16) : place])
    return place - len(before[0]) if before else -1


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Of folded text: a procedure's name, the outcomes' words in the form's order, and what a piece begins with."""
    names = "|".join(sorted(row_items("review_litigation"), key=len, reverse=True))
    labels = column_labels("review_litigation")
    header = "".join(
        f"(?:{'|'.join(label for label, of in labels.items() if of == measure)})" for measure in dict.fromkeys(labels.values())
    )
    one = f"(?:{names})(?:情况)?{header}(?!{header})|{header}(?:行政诉讼)?(?:{names})(?!{header})"
    two = f"(?:{names})(?:{names}){header}{header}"
    return re.compile(names), re.compile(header), re.compile(f"{two}|{one}")


def _cells(text: str, start: int, end: int, count: int, measures: int) -> tuple[Span, ...] | None:
    """The cells between a piece's words and the next piece; where blank ones leave no trace, only if they add up."""
    gap = split_gap(text, start, end)
    below = re.compile(r"[\s|]*\n(?=[^\S\n]*\|[^\n]*\|)").match(text, start, gap.rest)  # a row between bars, on a line of its own
    cells: tuple[Span, ...] = gap.cells if gap.mode != "spaces" and not below else ()
    if below:
        cells = one_row(text, below.end(), end, count) or ()
    if len(cells) == count and cells[-1][0] == cells[-1][1]:  # an empty end may be the padding of a row that lost a cell
        return None
    if len(cells) != count:  # blank cells left no trace, or there are more of them than the form's
        cells = _side_by_side(gap.cells) if gap.mode != "spaces" or len(gap.cells) == count else words(text, gap.cells)
        rows = [cells[at : at + measures] for at in range(0, len(cells), measures)]
        if len(cells) != count or not all(adds_up(text, row) for row in rows):
            return None
    whole = evenly_set(text, cells) and alone(text, cells, end) and not may_be_cut(text, cells, end)
    return cells if whole else None


def _side_by_side(cells: tuple[Span, ...]) -> tuple[Span, ...]:
    """The printed cells; none if a blank one stands among them."""
    printed = [at for at, (start, end) in enumerate(cells) if start < end]
    whole = printed and printed[-1] - printed[0] == len(printed) - 1
    return cells[printed[0] : printed[-1] + 1] if whole else ()
