"""Damage to words: labels cut by a page end, misprints, brackets of another width."""

from __future__ import annotations

import random

from tests.support.drafts import Draft
from tests.support.figures import NOTE
from tests.support.mutations.places import PAGE_NUMBERS, a_row, insert_row


def cut_label(draft: Draft, pick: random.Random) -> bool:
    """A label cut by a page end: the page's number in it, or its rest in a row of its own."""
    grid, at, _ = a_row(draft, pick)
    labels = [i for i, (t, _, _) in enumerate(grid[at]) if len(t) > 1 and not draft.key(t)]
    if not labels:
        return False
    index = pick.choice(labels)
    text, width, height = grid[at][index]
    cut = pick.randrange(1, len(text))
    head, rest = text[:cut], text[cut:]
    way = pick.choice(["inside", "inside", "rest below", "head above"])
    if way == "inside":
        between = pick.choice(["\n", f"\n{pick.choice(PAGE_NUMBERS)}\n"])
        grid[at][index] = (head + between + rest, width, height)
        return True
    blanks = [("", w, 1) for _, w, _ in grid[at][index + 1 :]]
    if height > 1:
        return False
    if way == "rest below":
        grid[at][index] = (head, width, height)
        insert_row(grid, at + 1, [(rest, width, 1), *blanks])
    else:
        groups, own = grid[at][:index], grid[at][index + 1 :]
        grid[at] = [*((t, w, h + 1 if h > 1 else h) for t, w, h in groups), (head, width, 1), *blanks]
        grid.insert(at + 1, [(rest, width, 1), *own])
    if pick.random() < 0.5:
        insert_row(grid, at + 1, [(pick.choice(PAGE_NUMBERS), 1, 1)])
    return True


def misprint(draft: Draft, pick: random.Random) -> bool:
    """A character of a label or a header's word left out, printed twice, replaced, or changed places with the next."""
    words = [(row, i) for grid in draft.grids for row in grid for i, (t, _, _) in enumerate(row) if len(t) > 3 and t != NOTE]
    row, index = pick.choice(words)
    text, width, height = row[index]
    at = pick.choice([n for n, char in enumerate(text[:-1]) if "一" <= char <= "鿿"])
    before, char, after = text[:at], text[at], text[at + 1 :]
    printed = pick.choice([after, char + char + after, "政" + after, after[0] + char + after[1:]])
    row[index] = (before + printed, width, height)
    return True


def half_width(draft: Draft, pick: random.Random) -> bool:
    table = str.maketrans("（），：、“”", '(),:,""') if pick.random() < 0.5 else str.maketrans("（）", "()")
    share = pick.choice([0.3, 1.0])
    for grid in draft.grids:
        for row in grid:
            row[:] = [(t.translate(table) if pick.random() < share else t, w, h) for t, w, h in row]
    return True
