"""The header of a drawn table: over which columns of the grid its words stand, and which cells stand under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Generic, TypeVar

from parsers.form.editions import column_labels, row_items, spellings
from parsers.form.headers import applicants, outcome_counts, outcomes
from parsers.model import Cell, Table
from parsers.printed.normalise import normalise, normalise_label
from parsers.printed.values import is_blank

ORGANISATIONS = "法人或其他组织"
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Placed(Generic[Name]):
    """Named columns from left to right, each with its first and last + 1 grid column; `end` is how far the header reaches.

    `foreign` are the grid columns under words that are no column of the form (备注, 同比).
    """

    columns: tuple[tuple[int, int, Name], ...] = ()
    end: int = 0
    foreign: frozenset[int] = frozenset()

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The columns' names from left to right."""
        return tuple(name for _, _, name in self.columns)

    def under(self, text: str, cells: Sequence[Cell]) -> list[Cell] | None:
        """One cell of a row under each column, every other figure under a foreign word; else what stands under what is not sure.

        The row must reach exactly as far to the right as the header does.
        """
        if not self.columns or not cells or cells[-1].column + cells[-1].colspan != self.end:
            return None
        if len(cells) == len(self.columns):  # as nearly every row is drawn
            at = {c.column: c for c in cells}
            exact = [c for start, stop, _ in self.columns if (c := at.get(start)) and start + c.colspan == stop]
            if len(exact) == len(cells):
                return exact
        found = [[c for c in cells if c.column < stop and c.column + c.colspan > start] for start, stop, _ in self.columns]
        alike = [len({text[c.start : c.end] for c in under}) == 1 for under in found]  # several: a merged cell taken apart
        single = [under[0] for under, same in zip(found, alike, strict=True) if same]
        if len(single) != len(found) or any(a.column >= b.column for a, b in pairwise(single)):
            return None
        blank = [is_blank(text[c.start : c.end]) for c in single]
        before = any(column < self.columns[-1][0] for column in self.foreign)
        if before and blank[-1] and not all(blank):  # the foreign word may be the header's only: then every figure has moved
            return None
        taken = {c for under in found for c in under}
        loose = [c for c in cells if c not in taken and c.column not in self.foreign and not is_blank(text[c.start : c.end])]
        return None if loose else single


UNPLACED: Placed[str] = Placed()


@dataclass(frozen=True)
class Edges:
    """Where the rows of a drawn table end."""

    table: Table

    @cached_property
    def widths(self) -> Counter[int]:
        """How many rows end at each grid column."""
        return Counter({cell.row: cell.column + cell.colspan for cell in self.table.cells}.values())

    @cached_property
    def width(self) -> int:
        """Where most rows end."""
        return max(self.widths.items(), key=itemgetter(1))[0] if self.widths else 0

    @property
    def of_one_width(self) -> bool:
        return len(self.widths) == 1

    def reached_by(self, cells: Sequence[Cell]) -> bool:
        """Does a row end where most do, in a table of several?"""
        return bool(cells) and self.table.rows > 1 and cells[-1].column + cells[-1].colspan == self.width


NOWHERE = Edges(Table(0, 0, ()))


def merged(text: str, cells: Sequence[Cell]) -> list[Cell]:
    """Header cells side by side that print the same, as a merged cell taken apart does, as the one that they were."""
    found: list[Cell] = []
    for cell in cells:
        last = found[-1] if found else None
        if last and text[last.start : last.end] == text[cell.start : cell.end]:
            found[-1] = last._replace(colspan=cell.column + cell.colspan - last.column)
        else:
            found.append(cell)
    return found


def unrepeated(text: str, cells: Sequence[Cell]) -> list[Cell]:
    """Header cells without those that print the same as the cell above or to the left, as merged cells taken apart do."""
    printed = {(cell.row, cell.column): text[cell.start : cell.end] for cell in cells}
    beside = [{printed.get((c.row - 1, c.column)), printed.get((c.row, c.column - 1))} for c in cells]
    return [
        cell
        for cell, others in zip(cells, beside, strict=True)
        if not text[cell.start : cell.end] or text[cell.start : cell.end] not in others
    ]


def place_measures(text: str, header: Sequence[Cell], section: str) -> Placed[str]:
    """The measures of section 3, or of section 4 with a row for each procedure. Nothing placed unless each stands there once.

    In section 3, where the words stand in one row, or 法人或其他组织 is drawn over all but the first and the last, their order may be
    any; else a cell may be missing, and what stands over what is sure only in the form's own order.
    """
    words = {s: m for label, m in column_labels(section).items() for s in spellings(label)}
    placed = _placed(text, header, words.get)
    if section == "review_litigation":
        return placed if sorted(placed.names) == sorted(outcomes(_words(text, header))) else Placed((), placed.end)
    groups = [c for c in header if normalise(text[c.start : c.end]) in spellings(ORGANISATIONS)]
    inner = [sum(g.column <= start and stop <= g.column + g.colspan for start, stop, _ in placed.columns) for g in groups]
    level = len({c.row for c in header if normalise(text[c.start : c.end]) in words}) == 1
    measures = applicants(_words(text, header))
    whole = sorted(placed.names) == sorted(measures) and (level or inner == [len(measures) - 2] or placed.names == measures)
    return placed if whole else Placed((), placed.end)


def place_outcomes(text: str, header: Sequence[Cell]) -> Placed[tuple[str, str]]:
    """The columns of section 4: procedure and outcome of each. Nothing placed unless each stands there once."""
    placed = over_outcomes(text, header)
    return placed if len(placed.columns) in outcome_counts() else Placed((), placed.end, placed.foreign)


def over_outcomes(text: str, header: Sequence[Cell]) -> Placed[tuple[str, str]]:
    """Outcomes under procedures. Nothing placed unless each is another."""
    words = {s: m for label, m in column_labels("review_litigation").items() for s in spellings(label)}
    items = row_items("review_litigation")
    outcome = _placed(text, header, words.get)
    procedure = _placed(text, header, lambda word: items[word][0] if word in items else None)
    found = [
        (start, stop, (over[0], measure))
        for start, stop, measure in outcome.columns
        if len(over := [p for first, last, p in procedure.columns if first <= start and stop <= last]) == 1
    ]
    whole = len(found) == len(outcome.columns) == len({name for _, _, name in found})
    return Placed(tuple(found), outcome.end, outcome.foreign) if whole else Placed((), outcome.end)


def _words(text: str, header: Sequence[Cell]) -> str:
    return "".join(text[cell.start : cell.end] for cell in header)


def _placed(text: str, header: Sequence[Cell], meaning: Callable[[str], str | None]) -> Placed[str]:
    """The columns under header words with a meaning; nothing when one column stands under two."""
    printed = [(cell, normalise_label(text[cell.start : cell.end])) for cell in sorted(header, key=lambda c: (c.row, c.column))]
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
    corner = min((c.column for c in header), default=0)
    foreign = {c.column for c, word in printed if word and c.row + c.rowspan > bottom and c.column > corner and not meaning(word)}
    return Placed(tuple(columns), end, frozenset(foreign - {start for start, *_ in columns}))
