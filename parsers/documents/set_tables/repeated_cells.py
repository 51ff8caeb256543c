"""Tables between bars or tabs that print a merged cell in each column it covers, as programs do that walk a Word file's cells (python-docx's `row.cells`).

    第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项
    信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
    规章 | 5 |  | 62

Such lines are the whole grid: each has a cell for each column, so that a cell's place tells its column. What shows it is a label
printed twice side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from parsers.documents.set_tables.boxes import Box
from parsers.printed.canonical import GridCell
from parsers.printed.cells import row_cells, split_cells

_LABEL = re.compile("[一-鿿]{3}")
_FIGURE = re.compile(r"[\d０-９]+$")
MOST_BROKEN = 40  # lines of a header that its cells are broken over
FEWEST = 3  # cells of a line, and lines of a table


def find_matrices(lines: Sequence[str]) -> list[Box]:
    """The tables of lines with one number of cells each, in one of which a label is repeated."""
    for separator in "|\t":
        if sum(line.count(separator) >= FEWEST - 1 for line in lines) >= FEWEST:
            rows = [_cells(line, separator) if separator in line else (line,) for line in lines]
            return [table for table in _runs(rows) if any(map(_repeats, table.rows))]
    return []


def _cells(line: str, separator: str) -> tuple[str, ...]:
    cells = row_cells(line, 0, len(line)) if separator == "|" else split_cells(line, separators="\t")
    return tuple(line[start:end] for start, end in cells)


def _runs(rows: Sequence[tuple[str, ...]]) -> Iterator[Box]:
    """The lines of one number of cells, with the rows above them whose cells are broken over lines put together."""
    last = 0
    for width, run in groupby(range(len(rows)), key=lambda number: len(rows[number])):
        numbers = list(run)
        if min(width, len(numbers)) < FEWEST:
            continue
        first, joined = _broken_above(rows, numbers[0], last, width)
        cells = [*joined, *(rows[number] for number in numbers)]
        if cells[0] == tuple(map(str, range(width))):  # pandas numbers columns that have no names
            del cells[0]
        last = numbers[-1] + 1
        if not any(map(_FIGURE.match, cells[0])):  # a table without its header, or one broken over lines in another way
            yield Box(first, last, (), tuple(tuple(map(GridCell, row)) for row in cells))


def _broken_above(rows: Sequence[tuple[str, ...]], first: int, floor: int, width: int) -> tuple[int, list[tuple[str, ...]]]:
    """The first line of the rows right above a line that have its number of cells when their lines are put together; these rows."""
    joined: list[tuple[str, ...]] = []
    cells: tuple[str, ...] = ()
    at, floor = first, max(floor, first - MOST_BROKEN)
    while at > floor and (cells or len(rows[at - 1]) > 1):
        at -= 1
        cells = (*rows[at][:-1], "\n".join(filter(None, (rows[at][-1], *cells[:1]))), *cells[1:])
        if len(cells) > width:
            break
        if len(cells) == width:
            joined.insert(0, cells)
            first, cells = at, ()
    return first, joined


def _repeats(row: Sequence[GridCell]) -> bool:
    return any(left.text == right.text and _LABEL.search(left.text) for left, right in pairwise(row))
