"""Where the figures and headers of a draft are, and rows put in and taken out so that merged cells keep their shape."""

from __future__ import annotations

import random

from tests.support.drafts import Draft
from tests.support.figures import Cell, Grid, Key

PAGE_NUMBERS = ("12", "- 12 -", "—12—", "第12页", "第 12 页 共 20 页", "12 / 20", "12/20")


def places(draft: Draft) -> list[tuple[Grid, int]]:
    """Every row that holds figures: its grid and its number."""
    return [(grid, number) for grid in draft.grids for number, row in enumerate(grid) if draft.figures(row)]


def a_row(draft: Draft, pick: random.Random) -> tuple[Grid, int, list[int]]:
    """A row with figures, and which of its cells hold them."""
    grid, number = pick.choice(places(draft))
    return grid, number, draft.figures(grid[number])


def label_at(draft: Draft, row: list[Cell]) -> int:
    """The cell that names a row; -1 where the header does (section 4)."""
    return draft.figures(row)[0] - 1


def columns(grid: Grid) -> list[list[int]]:
    """The grid column in which each cell begins."""
    taken: dict[int, int] = {}
    result = []
    for number, row in enumerate(grid):
        column, starts = 0, []
        for _, width, height in row:
            while taken.get(column, 0) > number:
                column += 1
            starts.append(column)
            taken.update(dict.fromkeys(range(column, column + width), number + height))
            column += width
        result.append(starts)
    return result


def header_rows(draft: Draft, grid: Grid, before: int | None = None) -> list[int]:
    """The rows of the header above a row (above the first row with figures by default), an article's own in section 2."""
    first = next((n for n, row in enumerate(grid) if draft.figures(row)), len(grid)) if before is None else before
    own = [n for n in range(first) if not draft.figures(grid[n]) and len(grid[n]) > 0]
    articles = [n for n in own if grid[n][0][0].startswith("第二十条")]
    return [n for n in own if n >= articles[-1]] if articles else [n for n in own if all(not draft.figures(grid[m]) for m in range(n))]


def insert_row(grid: Grid, at: int, row: list[Cell]) -> None:
    """A row before row `at`; merged cells that reach across it grow."""
    for number in range(at):
        grid[number] = [(t, w, h + 1 if number + h > at else h) for t, w, h in grid[number]]
    grid.insert(at, row)


def remove_row(grid: Grid, at: int) -> None:
    """Without row `at`; merged cells that reach across it shrink, its own that reach down stay, one row lower."""
    starts = columns(grid)
    hanging = [(start, (t, w, h - 1)) for start, (t, w, h) in zip(starts[at], grid[at], strict=True) if h > 1]
    for number in range(at):
        grid[number] = [(t, w, h - 1 if number + h > at else h) for t, w, h in grid[number]]
    if hanging and at + 1 < len(grid):
        grid[at + 1] = [cell for _, cell in sorted(hanging + list(zip(starts[at + 1], grid[at + 1], strict=True)), key=lambda p: p[0])]
    del grid[at]


def forget(draft: Draft, *keys: Key | None) -> None:
    for key in keys:
        if key:
            draft.truth[key] = None


def number(pick: random.Random) -> str:
    return str(pick.choice([pick.randint(0, 9), pick.randint(10, 999), pick.randint(1000, 99999)]))
