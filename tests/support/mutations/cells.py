"""Damage to single cells: left blank, spoilt, lost, run together, cut in two, changed, moved."""

from __future__ import annotations

import random

from tests.support.drafts import Draft
from tests.support.mutations.places import a_row, forget, label_at, number


def blank_cell(draft: Draft, pick: random.Random) -> bool:
    grid, at, figures = a_row(draft, pick)
    index = pick.choice(figures)
    text, *span = grid[at][index]
    forget(draft, draft.key(text))
    grid[at][index] = (pick.choice(["", "", "/", "—", "\u3000"]), *span)
    return True


def spoil_cell(draft: Draft, pick: random.Random) -> bool:
    """A figure that cannot be read."""
    grid, at, figures = a_row(draft, pick)
    index = pick.choice(figures)
    text, width, height = grid[at][index]
    forget(draft, draft.key(text))
    grid[at][index] = (pick.choice(["×", "无效", "_0_", "l2", "“3”"]), width, height)
    return True


def drop_cell(draft: Draft, pick: random.Random) -> bool:
    grid, at, figures = a_row(draft, pick)
    forget(draft, draft.key(grid[at].pop(pick.choice(figures))[0]))
    return True


def drop_label(draft: Draft, pick: random.Random) -> bool:
    grid, at, _ = a_row(draft, pick)
    if (index := label_at(draft, grid[at])) < 0:
        return False
    del grid[at][index]
    return True


def glue_cells(draft: Draft, pick: random.Random) -> bool:
    grid, at, figures = a_row(draft, pick)
    if len(figures) < 2:
        return False
    index = pick.choice(figures[:-1])
    (left, width, height), (right, more, _) = grid[at][index : index + 2]
    grid[at][index : index + 2] = [(left + pick.choice(["", "", " ", "\n"]) + right, width + pick.choice([0, more]), height)]
    return True


def split_number(draft: Draft, pick: random.Random) -> bool:
    grid, at, figures = a_row(draft, pick)
    whole = [i for i in figures if len(draft.text(grid[at][i][0])) > 1]
    if not whole:
        return False
    index = pick.choice(whole)
    text, width, height = grid[at][index]
    printed = draft.text(text)
    cut = pick.randrange(1, len(printed))
    if pick.random() < 0.5:
        grid[at][index] = (printed[:cut] + pick.choice([" ", "\n"]) + printed[cut:], width, height)
    else:
        grid[at][index : index + 1] = [(printed[:cut], width, height), (printed[cut:], 1, height)]
    return True


def change_figure(draft: Draft, pick: random.Random) -> bool:
    grid, at, figures = a_row(draft, pick)
    index = pick.choice(figures)
    key = draft.key(grid[at][index][0])
    if key is None:
        return False
    draft.truth[key] = changed = number(pick)
    grid[at][index] = (changed, *grid[at][index][1:])
    return True


def swap_figures(draft: Draft, pick: random.Random) -> bool:
    """Two figures of a row change places: what is printed under a column is what it states."""
    grid, at, figures = a_row(draft, pick)
    if len(figures) < 2:
        return False
    a, b = pick.sample(figures, 2)
    first, second = draft.key(grid[at][a][0]), draft.key(grid[at][b][0])
    if first is None or second is None or first[0] == "proactive_disclosure":  # signs and units belong to their columns
        return False
    draft.truth[first], draft.truth[second] = draft.truth[second], draft.truth[first]
    (x, *p), (y, *q) = grid[at][a], grid[at][b]
    grid[at][a], grid[at][b] = (y, *p), (x, *q)
    return True


def pad_row(draft: Draft, pick: random.Random) -> bool:
    grid, at, figures = a_row(draft, pick)
    end = pick.choice([len(grid[at]), len(grid[at]), pick.choice(figures)])
    grid[at][end:end] = [("", 1, 1)] * pick.randint(1, 3)
    return True
