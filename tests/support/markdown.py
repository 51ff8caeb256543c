"""Samples in Markdown as converters write it: paragraphs, headings in bold, each table by a function that draws it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.support import layouts
from tests.support.figures import Cell, Grid, Sample


def markdown(of: Sample, table: Callable[[Grid], str]) -> str:
    parts = (part if isinstance(part, str) else table(part) for part in layouts.parts(of))
    return "\n\n".join([f"# **{of.title}**", *(f"**{p}**" if re.match("[一二三四五六]、", p) else p for p in parts)])


def piped(grid: Grid, cell: Callable[[str], str], blank: str = "") -> str:
    rows = [[cell(text) if text else blank for text in _across(row, above)] for row, above in zip(grid, layouts.drawn(grid), strict=True)]
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def _across(row: list[Cell], above: list[str | None]) -> list[str]:
    """The row with a blank for each column that a merged cell covers."""
    widths = iter(row)
    return [t for text in above for t in ([text] + [""] * (next(widths)[1] - 1) if text is not None else [""])]


def repeated(grid: Grid) -> list[list[str]]:
    rows: list[dict[int, str]] = [{} for _ in grid]
    for number, row in enumerate(grid):
        for text, columns, down in row:
            column = next(c for c in range(99) if c not in rows[number])
            for below in rows[number : number + down]:
                below.update(dict.fromkeys(range(column, column + columns), text))
    return [[row[column] for column in sorted(row)] for row in rows]
