"""Which columns the printed header of an article in section 2 means. One that fits no edition, or several differently, means none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations

from parsers.form.editions import Grid, editions, spellings
from parsers.form.headers import prints_columns, reads_by_lines
from parsers.printed.decode import LOST
from parsers.printed.normalise import normalise, without_remarks
from parsers.printed.values import LOST_UNIT, MONEY, NO_UNIT

DAMAGED = "表头不全或有重复，按其余的字和列数推定列 (the header is not whole or repeats a heading: its columns follow from the rest of it and their number)"
_KEPT = 0.6  # how much of a header must be printed for a damaged one to be recognised at all


@dataclass(frozen=True)
class Columns:
    """The meaning of a section 2 header: the form's grids with these columns, and the unit its money is printed in.

    `damaged`: some of its words are not printed.
    """

    grids: tuple[tuple[str, Grid], ...]
    printed_money: str | None = None
    doubt: str | None = None
    damaged: bool = False

    @property
    def measures(self) -> tuple[str, ...]:
        """The codes of the columns, from left to right."""
        return self.grids[0][1].measures

    def money(self, measure: str) -> str | None:
        """The unit of a money column, NO_UNIT where neither the form nor the header prints one, None for a column of counts."""
        unit = (self.grids[0][1].money or {}).get(measure)
        return None if unit is None else self.printed_money or (NO_UNIT if unit == "元" else unit)

    def with_row(self, item: str) -> tuple[str, ...]:
        """The editions whose form has this row under these columns."""
        return tuple(code for code, grid in self.grids if any(row.item == item for row in grid.rows))


@lru_cache(maxsize=256)  # an article's header is asked about by each proof, and comes back in the next report
def match_section2(header: str) -> Columns | None:
    """The columns of a section 2 header, its cells' texts run together; None when it fits none or several.

    A header cut short still counts when exactly one set of columns holds all its characters in order, and so does one that prints
    the heading of another of its columns in a column's place; the columns are then in doubt.

    >>> columns = match_section2("本年收费金额（单位：万 元）")
    >>> columns and columns.money("charged")
    '万元'
    """
    printed = normalise(without_remarks(header))
    found = [(code, grid) for code, grid in _section2_grids() if prints_columns(printed, grid)]
    if not found and "\n" in header.strip():
        words = without_remarks(header)
        found = [(c, grid) for c, grid in _section2_grids() if reads_by_lines(words, [spellings(label) for _, label in grid.columns])]
    if damaged := not found:
        found = [(code, grid) for code, grid in _section2_grids() if _damaged(printed, grid) or _repeated(printed, grid)]
    if len({grid.measures for _, grid in found}) != 1:
        return None
    return Columns(tuple(found), _unit_in(header), doubt=DAMAGED if damaged else None, damaged=damaged)


def _unit_in(header: str) -> str | None:
    """The unit that a header prints, LOST_UNIT where a lost character may be of it."""
    if LOST in header:
        printed = "".join(header.split())
        unit = re.search(MONEY, printed)
        return unit[0] if unit and printed[unit.start() - 1] != LOST else LOST_UNIT
    unit = re.search(MONEY, normalise(header))  # 万元 may be broken over two lines of a narrow column
    return unit[0] if unit else None


def by_elimination(item: str, edition: str) -> Columns | None:
    """The columns of a row whose header is missing, when the rest of the table is known to be of this edition."""
    found = [
        (form.code, grid)
        for form in editions()
        for grid in form.of("proactive_disclosure")
        if form.code == edition and any(row.item == item for row in grid.rows)
    ]
    return (
        Columns(
            tuple(found),
            doubt="这一行的表头缺失，按其余部分的版本推定列 (the header above this row is missing; its columns follow from the rest of the table)",
        )
        if len(found) == 1
        else None
    )


@cache
def _section2_grids() -> tuple[tuple[str, Grid], ...]:
    return tuple((edition.code, grid) for edition in editions() for grid in edition.of("proactive_disclosure"))


def _damaged(printed: str, grid: Grid) -> bool:
    whole = "".join(spellings(label)[0] for _, label in grid.columns)
    return len(printed) >= _KEPT * len(whole) and _is_subsequence(printed, whole)


def _repeated(printed: str, grid: Grid) -> bool:
    """Is a heading printed twice, in the place of another (本年新制作数量 for 本年新公开数量)?"""
    labels = [spellings(label)[0] for _, label in grid.columns]
    pairs = permutations(range(len(labels)), 2)
    return any(printed == "".join(labels[other] if at == wrong else label for at, label in enumerate(labels)) for wrong, other in pairs)


def _is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)
