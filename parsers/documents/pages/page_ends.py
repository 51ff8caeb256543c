"""Tables that go on over the end of a page: their parts as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.documents.pages.grids import nearest
from parsers.documents.pages.lines import is_wide
from parsers.documents.pages.ruled_tables import TOUCH, Ruled, RuledCell

NUMBERED = re.compile(r"[（(]?\s?[一二三四五六七八九十\d]{1,3}\s?[)）、.．]")
_LETTER = re.compile(r"[^\W\d_]")


def over_the_page_end(upper: Ruled, lower: Ruled) -> Ruled | None:
    """Two parts of a table as one, on the columns of both; None when they are of different widths.

    Cells without a line between them are one cell.
    """
    shift = upper.edges[0] - lower.edges[0]
    moved = [edge + shift for edge in lower.edges]
    edges = tuple(sorted([*upper.edges, *(edge for edge in moved[:-1] if _off(upper.edges, edge) > TOUCH)]))
    places = {nearest(edges, edge) for edge in moved}
    if _off(upper.edges[-1:], moved[-1]) > 2 * TOUCH or len(places) < len(moved) or edges[-1] > upper.edges[-1]:
        return None
    above, below = _placed(upper, upper.edges, edges), _placed(lower, moved, edges)
    repeated = _repeated_rows(above, below, min(upper.rows, lower.rows) - 1)
    if repeated:
        below = [replace(cell, top=cell.top - repeated, bottom=cell.bottom - repeated) for cell in below if cell.top >= repeated]
        lower = replace(lower, rows=lower.rows - repeated, above=(True,) * len(lower.above))
    closed = [a or b for a, b in zip(_sides(upper.below, upper.edges, edges), _sides(lower.above, moved, edges), strict=True)]
    last = {(cell.left, cell.right): cell for cell in above if cell.bottom == upper.rows}
    first = {(cell.left, cell.right): cell for cell in below if cell.top == 0}
    meeting = _meeting_in_a_row(above, below, upper.rows)
    cut = last.keys() == first.keys() and _is_one_row(meeting, any(closed))
    down = upper.rows - cut
    met = {place for place in last.keys() & first.keys() if cut or not any(closed[slice(*place)])}
    if not cut and _begins_row(meeting):
        met -= {(pair.upper.left, pair.upper.right) for pair in meeting}
    whole = [_joined(last[place], first[place], down) for place in met]
    upper_cells = [cell for cell in above if cell.bottom < upper.rows or (cell.left, cell.right) not in met]
    lower_cells = [cell for cell in below if cell.top > 0 or (cell.left, cell.right) not in met]
    lowered = [replace(cell, top=cell.top + down, bottom=cell.bottom + down) for cell in lower_cells]
    rows = upper.rows + lower.rows - cut
    return Ruled(upper.y, lower.end, edges, rows, (*upper_cells, *whole, *lowered), upper.above, _sides(lower.below, moved, edges))


def _off(edges: Sequence[float], edge: float) -> float:
    return min(abs(edge - other) for other in edges)


def _repeated_rows(above: Sequence[RuledCell], below: Sequence[RuledCell], most: int) -> int:
    """How many rows the lower part begins with that are the first rows of the table, printed again."""
    found = 0
    for rows in range(1, most + 1):
        heads = [{cell for cell in part if cell.top < rows} for part in (above, below)]
        if heads[0] != heads[1]:
            break
        if all(cell.bottom <= rows for cell in heads[0]):
            found = rows
    return found


def _placed(part: Ruled, own: Sequence[float], edges: Sequence[float]) -> list[RuledCell]:
    places = [nearest(edges, edge) for edge in own]
    return [replace(cell, left=places[cell.left], right=places[cell.right]) for cell in part.cells]


def _sides(closed: Sequence[bool], own: Sequence[float], edges: Sequence[float]) -> tuple[bool, ...]:
    """What is closed in a part's own columns, for the columns of the whole."""
    places = [nearest(edges, edge) for edge in own]
    return tuple(is_closed for (left, right), is_closed in zip(pairwise(places), closed, strict=True) for _ in range(left, right))


@dataclass(frozen=True)
class _Meeting:
    """A cell of the last row before a page end, the one under it after, and the texts of the other cells of their column."""

    upper: RuledCell
    lower: RuledCell
    column: tuple[str, ...]

    @property
    def is_label(self) -> bool:
        return bool(_LETTER.search(self.lower.text))

    @property
    def is_figure(self) -> bool:
        """Do figures meet here, or a figure and words?"""
        both = self.upper.text and self.lower.text
        return bool(both) and not (_LETTER.search(self.upper.text) and _LETTER.search(self.lower.text))

    @property
    def goes_on(self) -> bool:
        """Is the lower text without a number in a column of numbered ones?"""
        numbered = [bool(NUMBERED.match(text)) for text in self.column if _LETTER.search(text)]
        return sum(numbered) > len(numbered) / 2 and not NUMBERED.match(self.lower.text)


def _meeting_in_a_row(above: Sequence[RuledCell], below: Sequence[RuledCell], rows: int) -> list[_Meeting]:
    """The cells of one row only that meet at the page end; a cell of several rows is cut there whatever happens to its rows."""
    lower = {(cell.left, cell.right): cell for cell in below if (cell.top, cell.bottom) == (0, 1)}
    found = []
    for cell in above:
        other = lower.get((cell.left, cell.right))
        if other and (cell.top, cell.bottom) == (rows - 1, rows):
            column = tuple(c.text for c in (*above, *below) if c.left == cell.left and c is not other)
            found.append(_Meeting(cell, other, column))
    return found


def _begins_row(meeting: Sequence[_Meeting]) -> bool:
    """Does a numbered label stand below the page end, and another above it? Then a row ends there, a line between them or not: browsers
    draw none at a page end."""
    return any(pair.is_label and NUMBERED.match(pair.lower.text) and NUMBERED.match(pair.upper.text) for pair in meeting)


def _is_one_row(meeting: Sequence[_Meeting], closed: bool) -> bool:
    """Do the cells before and after a page end belong to one row, cut by it?

    Figures without any label below the page end do: they can be no other row's than the last one's. So does a label without
    a number where all others have one, or one that goes on where there was no room left before the page end, or where no line
    is drawn between; so do words of a header whose first cell has none. If it was a row of its own all the same, the two labels
    together are none that is known.
    """
    filled = [pair for pair in meeting if pair.lower.text]
    figures = any(pair.is_figure for pair in meeting)
    labels = [pair for pair in filled if pair.is_label]
    if not labels:
        return bool(filled) and not any(_LETTER.search(pair.upper.text) for pair in filled)
    if not any(_LETTER.search(pair.upper.text) for pair in meeting):
        return not figures
    if not all(pair.upper.text for pair in labels) or any(NUMBERED.match(pair.lower.text) for pair in labels):
        return False
    if any(pair.goes_on for pair in labels):
        return True
    first = min(meeting, key=lambda pair: pair.upper.left)
    is_rest = bool(_LETTER.search(first.upper.text)) and not first.lower.text and labels == filled
    return not figures and (not closed or is_rest or all(pair.upper.full for pair in labels))


def _one_text(upper: RuledCell, lower: RuledCell) -> str:
    """The two halves of a cell's text: figures are one number only where the first line was full, so that it had to break."""
    if not upper.text or not lower.text:
        return upper.text or lower.text
    whole = upper.full or is_wide(upper.text[-1]) or is_wide(lower.text[0])
    return upper.text + ("" if whole else " ") + lower.text


def _joined(upper: RuledCell, lower: RuledCell, down: int) -> RuledCell:
    """The two parts of a cell as one, which stands where its text begins."""
    begins = upper if upper.text or not lower.text else lower
    recognised = upper.recognised or lower.recognised
    joined = replace(upper, text=_one_text(upper, lower), bottom=lower.bottom + down, full=lower.full, recognised=recognised)
    return replace(joined, page=begins.page, box=begins.box)
