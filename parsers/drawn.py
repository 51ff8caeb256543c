"""The header of a drawn table: over which columns of the grid its words stand, and which cells stand under them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from parsers.fold import fold
from parsers.form import column_labels, row_items, spellings
from parsers.header import applicants, outcomes
from parsers.model import Cell

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Placed(Generic[Name]):
    """Named columns from left to right, each with its first and last + 1 grid column; `end` is how far the header reaches."""

    columns: tuple[tuple[int, int, Name], ...] = ()
    end: int = 0

    @property
    def names(self) -> tuple[Name, ...]:
        return tuple(name for _, _, name in self.columns)

    def under(self, cells: Sequence[Cell]) -> list[Cell] | None:
        """One cell of a row under each column, when the row reaches exactly as far to the right as the header does."""
        if not self.columns or not cells or cells[-1].column + cells[-1].colspan != self.end:
            return None
        found = [[c for c in cells if c.column < stop and c.column + c.colspan > start] for start, stop, _ in self.columns]
        single = [under[0] for under in found if len(under) == 1]
        return single if len(single) == len(found) and all(a.column < b.column for a, b in pairwise(single)) else None


def place_measures(text: str, header: Sequence[Cell], section: str) -> Placed[str]:
    """The measures of section 3, or of section 4 with a row for each procedure. Nothing placed unless each stands there once."""
    words = {s: m for label, m in column_labels(section).items() for s in spellings(label)}
    placed = _placed(text, header, words.get)
    whole = sorted(placed.names) == sorted(applicants() if section == "applications" else outcomes())
    return placed if whole else Placed((), placed.end)


def place_outcomes(text: str, header: Sequence[Cell]) -> Placed[tuple[str, str]]:
    """The fifteen columns of section 4: procedure and outcome of each. Nothing placed unless each stands there once."""
    words = {s: m for label, m in column_labels("review_litigation").items() for s in spellings(label)}
    items = row_items("review_litigation")
    outcome = _placed(text, header, words.get)
    procedure = _placed(text, header, lambda word: items[word][0] if word in items else None)
    found = [
        (start, stop, (over[0], measure))
        for start, stop, measure in outcome.columns
        if len(over := [p for first, last, p in procedure.columns if first <= start and stop <= last]) == 1
    ]
    whole = len(found) == len(outcome.columns) == len({name for _, _, name in found}) == 15
    return Placed(tuple(found), outcome.end) if whole else Placed((), outcome.end)


def _placed(text: str, header: Sequence[Cell], meaning: Callable[[str], str | None]) -> Placed[str]:
    """The columns under header words with a meaning; nothing when one column stands under two."""
    printed = [(cell, fold(text[cell.start : cell.end])) for cell in sorted(header, key=lambda c: (c.row, c.column))]
    spans = {(c.column, c.column + c.colspan, name) for c, word in printed if (name := meaning(word))}
    torn: dict[int, str] = {}  # words broken over the rows of the header: 商业 above 企业
    for cell, word in printed:
        if cell.colspan == 1 and not meaning(word):
            torn[cell.column] = torn.get(cell.column, "") + word
    spans |= {(column, column + 1, name) for column, word in torn.items() if (name := meaning(word))}
    columns = sorted(spans)
    end = max((c.column + c.colspan for c in header), default=0)
    bottom = max((c.row for c in header), default=0)
    drawn = {column for c in header if c.row + c.rowspan > bottom for column in range(c.column, c.column + c.colspan)}
    hole = columns and not drawn.issuperset(range(columns[0][0], end))  # a cell is missing: what follows it has moved
    if hole or any(right[0] < left[1] for left, right in pairwise(columns)):
        return Placed((), end)
    return Placed(tuple(columns), end)
