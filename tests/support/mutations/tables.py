"""Damage to the table as drawn: cut in two, cells merged too far, merged that were not, or no more."""

from __future__ import annotations

import random

from tests.support.drafts import Draft
from tests.support.figures import Grid
from tests.support.mutations.places import PAGE_NUMBERS, a_row, columns, forget, header_rows


def cut_table(draft: Draft, pick: random.Random) -> bool:
    """Two tables of one: with the header once more or without it, a page's number or nothing between them."""
    grid, at, _ = a_row(draft, pick)
    if at == 0:
        return False
    head = [list(grid[n]) for n in header_rows(draft, grid, at)] if pick.random() < 0.5 else []
    upper = [[(t, w, min(h, at - n)) for t, w, h in row] for n, row in enumerate(grid[:at])]
    hanging = [(t, w, n + h - at) for n, row in enumerate(grid[:at]) for t, w, h in row if n + h > at]
    lower = [list(row) for row in grid[at:]]
    if pick.random() < 0.5:
        lower[0] = hanging + lower[0]
    place = next(i for i, part in enumerate(draft.parts) if part is grid)
    between = pick.choice([[], ["（续表）"], [pick.choice(PAGE_NUMBERS)]])
    draft.parts[place : place + 1] = [upper, *between, head + lower]
    return True


def cut_sideways(draft: Draft, pick: random.Random) -> bool:
    """The right columns in a table of their own, the row labels beside them again or not."""
    grid, at, figures = a_row(draft, pick)
    if len(figures) < 2:
        return False
    starts = columns(grid)
    column = starts[at][pick.choice(figures[1:])]
    label = starts[at][figures[0]]
    left: Grid = []
    right: Grid = []
    again = pick.random() < 0.7
    for row, begins in zip(grid, starts, strict=True):
        left.append([(t, min(w, column - s), h) for (t, w, h), s in zip(row, begins, strict=True) if s < column])
        labels = [cell for cell, s in zip(row, begins, strict=True) if s < label and s + cell[1] <= label] if again else []
        right.append(
            labels + [(t, s + w - max(s, column), h) for (t, w, h), s in zip(row, begins, strict=True) if s + w > column and s >= label]
        )
    place = next(i for i, part in enumerate(draft.parts) if part is grid)
    draft.parts[place : place + 1] = [left, right]
    return True


def wrong_span(draft: Draft, pick: random.Random) -> bool:
    """A merged cell that reaches one too far or not far enough."""
    grid = pick.choice(draft.grids)
    row = pick.choice([row for row in grid if row])
    index = pick.randrange(len(row))
    text, width, height = row[index]
    more, taller = pick.choice([(1, 0), (-1, 0), (0, 1), (0, -1)])
    row[index] = (text, max(width + more, 1), max(height + taller, 1))
    return row[index][1:] != (width, height)


def merge_down(draft: Draft, pick: random.Random) -> bool:
    """One figure merged over two rows: it is the upper row's, of the lower one nothing is printed."""
    grid = max(draft.grids, key=len)
    rows = [n for n in range(len(grid) - 1) if draft.figures(grid[n]) and draft.figures(grid[n + 1])]
    at = pick.choice(rows)
    offset = pick.randrange(min(len(draft.figures(grid[at])), len(draft.figures(grid[at + 1]))))
    upper, lower = draft.figures(grid[at])[offset], draft.figures(grid[at + 1])[offset]
    text, width, _ = grid[at][upper]
    grid[at][upper] = (text, width, 2)
    forget(draft, draft.key(grid[at + 1].pop(lower)[0]))
    return True


def merge_right(draft: Draft, pick: random.Random) -> bool:
    """One figure merged over two columns: it belongs to neither."""
    grid, at, figures = a_row(draft, pick)
    if len(figures) < 2:
        return False
    index = pick.choice(figures[:-1])
    (text, width, height), (lost, more, _) = grid[at][index : index + 2]
    forget(draft, draft.key(text), draft.key(lost))
    grid[at][index : index + 2] = [(text, width + more, height)]
    return True


def unmerge(draft: Draft, pick: random.Random) -> bool:
    """No merged cells any more: their text once with blanks around it, or in every cell that they covered."""
    place = pick.choice([i for i, part in enumerate(draft.parts) if not isinstance(part, str)])
    grid = draft.grids[[i for i, part in enumerate(draft.parts) if not isinstance(part, str)].index(place)]
    repeat = pick.random() < 0.5
    matrix: dict[tuple[int, int], str] = {}
    for n, (row, starts) in enumerate(zip(grid, columns(grid), strict=True)):
        for (text, width, height), start in zip(row, starts, strict=True):
            for r in range(n, min(n + height, len(grid))):
                for c in range(start, start + width):
                    once = (r, c) == (n, start) or (repeat and not draft.key(text))
                    matrix[r, c] = text if once else ""
    draft.parts[place] = [
        [(matrix[r, c], 1, 1) for c in range(max(c for _, c in matrix) + 1) if (r, c) in matrix] for r in range(len(grid))
    ]
    return True
