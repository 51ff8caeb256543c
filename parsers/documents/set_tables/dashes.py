"""Tables under lines of dashes, a run of them over each column, as pandoc prints them in Markdown and in plain text: pandoc 2 every
table (it knows no merged cells), pandoc 3 those without merged cells.

      ------------ -------------- ------------
        信息内容    本年制发件数   本年废止件数

          规章      5

       行政规范性   31             2
          文件
      ------------ -------------- ------------

A run of dashes tells the places of its column, so that a blank cell is seen. A row stands on a line; where cells are broken over
lines, blank lines part the rows. Places are those of a terminal: a Chinese character takes two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, islice

from parsers.documents.marks import without_marks
from parsers.documents.set_tables.boxes import Box, find_boxes, places
from parsers.printed.canonical import GridCell
from parsers.printed.cells import Span
from parsers.printed.lines import joined

_RUNS = re.compile(r" *+-{2,}+(?: ++-{2,}+)+ *+")
_RULE = re.compile(r" *+-{4,}+ *+")  # over all columns
_MOVED = re.compile(r"\S\s{2,}\S|\d\s+\d")  # two cells under one run of dashes: spaces between them were lost
_HARD_BREAK = re.compile(r"(?<=[^\\ ])\\$")
MAX_DASHES = 200  # lines of them: no document has more
MAX_LINES = 2000  # no table of a report has more
HEADER_LINES = 20  # no header has more


def find_ruled(lines: Sequence[str]) -> list[Box]:
    """The tables drawn with signs in lines of text, from the top: boxes, and tables under dashes that reach into none of these."""
    boxes = find_boxes(lines)
    dashed = (table for table in find_dashed(lines) if not any(box.first < table.last and table.first < box.last for box in boxes))
    return sorted([*boxes, *dashed], key=lambda table: table.first)


def find_dashed(lines: Sequence[str]) -> list[Box]:
    """The tables under dashes in lines of text, from the top; none of those that print a word between their columns."""
    found: list[Box] = []
    dashes = (number for number, line in enumerate(lines) if "--" in line and _RUNS.fullmatch(line))
    for at in islice(dashes, MAX_DASHES):
        floor = found[-1].last if found else 0
        if at >= floor and (table := _table(lines, at, floor)):
            found.append(table)
    return found


def _table(lines: Sequence[str], at: int, floor: int) -> Box | None:
    """The table whose columns are given on line `at`; the lines down to `floor` are another's."""
    columns = [run.span() for run in re.finditer("-+", lines[at])]
    first, last, closed = _first(lines, at, floor), *_end(lines, at)
    head = [line for line in lines[first:at] if not _RULE.fullmatch(line)]
    body = lines[at + 1 : last]
    apart = any(map(_is_blank, body[:-1]))
    groups = [list(rows) for blank, rows in groupby(body, key=_is_blank) if not blank]
    groups = groups if apart else [[line] for group in groups for line in group]
    rows = [cells for group in [head, *groups] if group and (cells := _cells(group, columns))]
    if not rows or len(rows) < len(groups) + bool(head):
        return None
    return Box(first, last + closed, (), tuple(tuple(map(GridCell, row)) for row in rows))


def _is_blank(line: str) -> bool:
    return not line.strip()


def _first(lines: Sequence[str], at: int, floor: int) -> int:
    """Where the header above the dashes begins: with a rule over all columns, else it is the one line right above."""
    above = range(at - 1, max(floor, at - HEADER_LINES) - 1, -1)
    rule = next((n for n in above if _RULE.fullmatch(lines[n]) or _is_blank(lines[n])), None)
    if rule is not None and _RULE.fullmatch(lines[rule]):
        return rule
    return at - 1 if at > floor and not _is_blank(lines[at - 1]) else at


def _end(lines: Sequence[str], at: int) -> tuple[int, bool]:
    """The line after the table's last, and whether it is dashes that close it: else the table ends with the first blank line."""
    below = range(at + 1, min(len(lines), at + MAX_LINES))
    dashes = next((n for n in below if _RULE.fullmatch(lines[n]) or _RUNS.fullmatch(lines[n])), None)
    if dashes is not None and (_RULE.fullmatch(lines[dashes]) or lines[dashes].rstrip() == lines[at].rstrip()):
        return dashes, True
    return next((n for n in below if _is_blank(lines[n])), below.stop), False


def _cells(lines: Sequence[str], columns: Sequence[Span]) -> list[str] | None:
    """What a row prints on these lines in each column; None if not all of it keeps to them. In the last it may stick out."""
    inside = {place for start, end in columns for place in range(start, end)}
    pieces: list[list[str]] = [[] for _ in columns]
    for line in lines:
        screen = places(line)
        ends = [end for _, end in columns[:-1]] + [max(len(screen), columns[-1][1])]
        if any(char.strip() for place, char in enumerate(screen[: columns[-1][0]]) if place not in inside):
            return None
        if any(screen[edge : edge + 1] == [""] for column in columns for edge in column):  # a character stands across the edge
            return None
        for piece, (start, _), end in zip(pieces, columns, ends, strict=True):
            piece.append(_HARD_BREAK.sub("", "".join(screen[start:end]).strip()))
    cells = [without_marks(joined(piece)).strip() for piece in pieces]
    return None if any(map(_MOVED.search, cells)) else cells
