"""Which findings of a report may come of one mistake: a figure printed wrongly spoils a column's sum and its row's total, and a row filled in
wrongly is found in each of its columns. They stay findings of their own, each proves something; pages show them together."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import groupby
from typing import Any

_FOUND = "select report_id, id, check_code, section, item, abs(difference), expected from findings order by report_id, rowid"
_CELLS = """
select finding_id, cell.section, cell.item, cell.measure
  from findings join finding_cells as cell on cell.finding_id = findings.id and cell.report_id = findings.report_id
 where cell.measure is not null and difference <> 0
"""
Cell = tuple[str, str, str]  # section, item, measure


def put_together(db: sqlite3.Connection) -> None:
    """Write into `findings`, for each that is not the first of its mistake, which one is."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    for id, *cell in db.execute(_CELLS):
        cells[id].append((cell[0], cell[1], cell[2]))
    found: list[tuple[str, str]] = []
    for _, of_report in groupby(db.execute(_FOUND).fetchall(), key=lambda row: row[0]):
        signs = [(id, sign) for _, id, *finding in of_report for sign in _signs(finding, cells.get(id, ()))]
        found += [(first, id) for id, first in firsts(signs).items() if first != id]
    db.executemany("update findings set together = ? where id = ?", found)


def _signs(finding: list[Any], cells: Iterable[Cell]) -> Iterator[Hashable]:
    """What a finding has in common with others that may come of the same mistake: a cell and the amount that it is off by, as one wrong cell
    spoils each sum that it is in by as much; its check and row, and that amount or what it is compared with."""
    check, section, item, off, expected = finding
    for cell in cells:
        yield (*cell, off)
    if item:
        yield check, section, item, "compared", expected
        if off:
            yield check, section, item, off


def firsts(signs: Iterable[tuple[str, Hashable]]) -> dict[str, str]:
    """Each finding with the first one that it is linked to, by a sign in common or over others; the signs come in the findings' order.

    >>> firsts([("a", "row"), ("b", "cell 1"), ("c", "row"), ("c", "cell 1"), ("d", "cell 2")])
    {'a': 'a', 'b': 'a', 'c': 'a', 'd': 'd'}
    """
    first: dict[str, str] = {}
    holder: dict[Hashable, str] = {}
    for id, sign in signs:
        first.setdefault(id, id)
        one, two = first[holder.setdefault(sign, id)], first[id]
        if one != two:
            kept, merged = sorted((one, two), key=[*first].index)
            first = {key: kept if of == merged else of for key, of in first.items()}
    return first
