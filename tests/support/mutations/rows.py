"""Damage to rows: moved, lost, printed twice, a page's number or a foreign row between them."""

from __future__ import annotations

import random

from parsers.printed.values import is_blank
from tests.support.drafts import Draft
from tests.support.figures import NOTE, value
from tests.support.mutations.places import PAGE_NUMBERS, a_row, columns, forget, insert_row, label_at, number, remove_row


def swap_rows(draft: Draft, pick: random.Random) -> bool:
    """Rows with their labels; in section 2 a row under another article's header states nothing of the form."""
    grid = pick.choice(draft.grids)
    rows = [n for n, row in enumerate(grid) if draft.figures(row)]
    if len(rows) < 2:
        return False
    a, b = pick.sample(rows, 2)
    i, j = label_at(draft, grid[a]), label_at(draft, grid[b])
    if min(i, j) < 0:
        return False
    keys = [[draft.key(t) for t, _, _ in grid[n] if draft.key(t)] for n in (a, b)]
    if [k[2] for k in keys[0] if k] != [k[2] for k in keys[1] if k]:
        forget(draft, *keys[0], *keys[1])
    grid[a][i:], grid[b][j:] = grid[b][j:], grid[a][i:]
    return True


def drop_row(draft: Draft, pick: random.Random) -> bool:
    grid, at, figures = a_row(draft, pick)
    forget(draft, *(draft.key(grid[at][i][0]) for i in figures))
    remove_row(grid, at)
    return True


def repeat_row(draft: Draft, pick: random.Random) -> bool:
    """The same row twice; or the second time with another figure, and then neither is the form's."""
    grid, at, figures = a_row(draft, pick)
    copy = [(t, w, 1) for t, w, _ in grid[at][max(label_at(draft, grid[at]), 0) :]]
    if pick.random() < 0.5:
        index = len(copy) - len(figures) + pick.randrange(len(figures))
        other = number(pick)
        if other != value(draft.text(copy[index][0])):
            forget(draft, draft.key(copy[index][0]))
        copy[index] = (other, *copy[index][1:])
    below = len(grid) if grid is draft.grids[-2] else at + 1  # a row of section 2 stands under its own article's header
    insert_row(grid, pick.choice([at + 1, at + 1, below]), copy)
    return True


def repeat_group_row(draft: Draft, pick: random.Random) -> bool:
    """A group's or an article's label once more: in a row of its own, or its merged cell cut in two."""
    groups = [
        (grid, n, i)
        for grid in draft.grids
        for n, row in enumerate(grid)
        for i, (text, _, height) in enumerate(row)
        if text.startswith("第二十条")
        or (not draft.key(text) and (height > 1 or (row[i + 1 :] and not any(t for t, _, _ in row[i + 1 :]))) and text[:1] in "三（")
    ]
    groups = [(grid, n, i) for grid, n, i in groups if grid[n][i][0] != NOTE]
    if not groups:
        return False
    grid, at, index = pick.choice(groups)
    text, width, height = grid[at][index]
    if height > 1 and pick.random() < 0.5:
        upper = pick.randrange(1, height)
        starts = columns(grid)
        grid[at][index] = (text, width, upper)
        before = sum(start < starts[at][index] for start in starts[at + upper])
        grid[at + upper].insert(before, (text, width, height - upper))
        return True
    insert_row(grid, at + pick.randint(0, min(height, 4)), [(text, pick.choice([1, width, 10]), 1)])
    return True


def page_number(draft: Draft, pick: random.Random) -> bool:
    """A page's number in a row of its own, or run into a cell."""
    grid, at, figures = a_row(draft, pick)
    printed = pick.choice(PAGE_NUMBERS)
    where = pick.random()
    if where < 0.7:
        blanks = [("", 1, 1)] * pick.choice([0, 0, 1, 7])
        insert_row(grid, pick.randint(1, len(grid)), [(printed, pick.choice([1, 1, 10]), 1), *blanks])
        return True
    index = pick.choice(figures) if where < 0.85 else max(label_at(draft, grid[at]), 0)
    text, *span = grid[at][index]
    if is_blank(draft.text(text)):
        return False  # a cell that prints the page's number only
    grid[at][index] = (pick.choice([f"{text} \n{printed}", f"{printed} \n{text}"]), *span)
    return True


def foreign_row(draft: Draft, pick: random.Random) -> bool:
    """A row that is not on the form, with figures."""
    grid, at, figures = a_row(draft, pick)
    label = pick.choice(
        [
            "其他主动公开文件",
            "其中：行政许可",
            "（八）其他情形",
            "小计",
            "合计",
            "其中：网络申请",
            "行政规范性文件备案",
            "备注",
            "9.其他",
            "增减率",
            "同比增长",
            "2023年",
        ]
    )
    row = [(label, 1 if len(figures) == 15 else grid[at][label_at(draft, grid[at])][1], 1)]
    row += [(number(pick), *grid[at][i][1:]) for i in figures]
    insert_row(grid, at + pick.randint(0, 1), row)
    return True
