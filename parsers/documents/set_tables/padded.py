"""Tables of lines filled up with spaces to one width, as inscriptis prints them: a cell begins where its column does, in each line.
Here · stands for a space at a line's end.

    第二十条第（一）项····································
    信息内容         本年制发件数  本年废止件数  现行有效件数··
    规章             5                     62············
    行政规范性文件   31            2       578············

Two spaces or more part the columns in all lines, so that a blank cell is seen; places are characters. Merged cells leave no trace:
a row's cells are those of its line, up to the last that is filled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from parsers.documents.set_tables.boxes import Box
from parsers.printed.canonical import GridCell

_RUN = re.compile(r"\S+(?: \S+)*")
PAGE_WIDTHS = 2  # upright and across: where all lines have these, pages are filled up (pdfplumber's layout), not tables
ROWS = 4  # so many, of three cells or more, show that a table is one
MAX_LINES = 2000  # no table of a report has more


def find_padded(lines: Sequence[str]) -> list[Box]:
    """The tables of padded lines, from the top; none unless one of them has rows enough to show that it is one."""
    if not any(line.endswith("  ") for line in lines) or any("\t" in line or "|" in line for line in lines):
        return []
    if len({len(line) for line in lines if line}) <= PAGE_WIDTHS:
        return []
    found = [box for first, last in _blocks(lines) if last - first <= MAX_LINES and (box := _table(lines, first, last))]
    return found if any(sum(len(row) > 2 for row in box.rows) >= ROWS for box in found) else []


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From each table's first line to its last + 1: lines that are not empty, none of them a paragraph set elsewhere than the rows."""
    for empty, run in groupby(range(len(lines)), key=lambda number: not lines[number]):
        numbers = list(run)
        begins = Counter(runs[0].start() for n in numbers if len(runs := list(_RUN.finditer(lines[n]))) > 1)
        if empty or not begins:
            continue
        indent = begins.most_common(1)[0][0]
        for is_row, part in groupby(numbers, key=lambda n: _is_row(lines[n], indent)):
            rows = list(part)
            if is_row:
                yield rows[0], rows[-1] + 1


def _is_row(line: str, indent: int) -> bool:
    runs = list(_RUN.finditer(line))
    return len(runs) != 1 or runs[0].start() == indent


def _table(lines: Sequence[str], first: int, last: int) -> Box | None:
    """The table of these lines; None if they are not padded, or have two cells at most."""
    filled = [line for line in lines[first:last] if line.strip()]
    if not filled or 2 * sum(line.endswith("  ") for line in filled) < len(filled):
        return None
    starts = _starts(filled)
    rows = [_trimmed([cell.strip() for cell in _cut(line, starts)]) for line in filled]
    left = Counter(next(at for at, cell in enumerate(row) if cell) for row in rows).most_common(1)[0][0]
    beside = tuple(cell for row in rows for cell in row[:left] if cell)  # of a page's navigation
    rows = [row[left:] for row in rows]
    return Box(first, last, beside, tuple(tuple(map(GridCell, row)) for row in rows)) if max(map(len, rows)) > 2 else None


def _starts(lines: Sequence[str]) -> list[int]:
    """The places where in some line a cell begins and in all two spaces stand before it."""
    inked = bytearray(max(map(len, lines)) + 2)  # with two places before the first
    for line in lines:
        for run in re.finditer(r"\S+", line):
            inked[run.start() + 2 : run.end() + 2] = b"1" * len(run[0])
    return [place for place in range(len(inked) - 2) if inked[place + 2] and not any(inked[place : place + 2])]


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    return [line[start:stop] for start, stop in pairwise([*starts, max(len(line), *starts) + 1])]


def _trimmed(row: Sequence[str]) -> list[str]:
    filled = [number for number, cell in enumerate(row) if cell]
    return list(row[: filled[-1] + 1]) if filled else []
