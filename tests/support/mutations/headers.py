"""Damage to headers and columns: words lost or changed places, a row of the header lost, a column more."""

from __future__ import annotations

import random

from tests.support.drafts import Draft
from tests.support.figures import FORMS, Grid, Key, items
from tests.support.mutations.places import a_row, columns, forget, header_rows, number, remove_row

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def named_columns(draft: Draft, grid: Grid) -> list[tuple[int, int, list[Key]]]:
    """The header cells that name one column each: their place and the cells of the form that stand under them."""
    found: list[tuple[int, int, list[Key]]] = []
    rows = [[k for t, _, _ in row if (k := draft.key(t))] for row in grid]
    first = next(keys for keys in rows if keys)
    if first[0][0] == "proactive_disclosure":
        header = 0
        below: dict[int, list[list[Key]]] = {}
        for n, keys in enumerate(rows):
            if keys:
                below.setdefault(header, []).append(keys)
            else:
                header = n
        for n, groups in below.items():
            found += [(n, i + 1, [keys[i] for keys in groups]) for i in range(len(groups[0]))]
        return found
    names = APPLICANTS if first[0][0] == "applications" else OUTCOMES
    cells = [(n, i, t.replace("\n", "")) for n in header_rows(draft, grid) for i, (t, _, _) in enumerate(grid[n])]
    starts = columns(grid)
    cells = sorted((c for c in cells if c[2] in names), key=lambda c: starts[c[0]][c[1]])
    figures = [keys for keys in rows if keys]
    return [(n, i, [keys[at] for keys in figures]) for at, (n, i, _) in enumerate(cells) if all(at < len(keys) for keys in figures)]


def drop_header_cell(draft: Draft, pick: random.Random) -> bool:
    grid = pick.choice(draft.grids)
    row, index, _ = pick.choice(named_columns(draft, grid))
    if pick.random() < 0.2:
        index = pick.randrange(len(grid[row]))
    del grid[row][index]
    return True


def swap_header_cells(draft: Draft, pick: random.Random) -> bool:
    """The numbers belong to the label above them; under two labels of one name they belong to none."""
    grid = pick.choice(draft.grids)
    named = named_columns(draft, grid)
    if named[0][2][0][0] == "proactive_disclosure":
        row = pick.choice(named)[0]
        named = [n for n in named if n[0] == row]
    if len(named) < 2:
        return False
    (row, index, under), (other, place, above) = pick.sample(named, 2)
    (one, *p), (two, *q) = grid[row][index], grid[other][place]
    grid[row][index], grid[other][place] = (two, *p), (one, *q)
    for a, b in zip(under, above, strict=True):
        a_now, b_now = (*a[:2], b[2]), (*b[:2], a[2])
        if a[1] == b[1]:  # one row: its two columns change names
            draft.truth[a_now], draft.truth[b_now] = draft.truth[a], draft.truth[b]
        elif a[2] != b[2]:  # two procedures of section 4: each prints one outcome twice and lacks another
            forget(draft, a, b, a_now, b_now)
    return True


def swap_group_headers(draft: Draft, pick: random.Random) -> bool:
    """行政复议 and 行政诉讼, 未经复议直接起诉 and 复议后起诉: the numbers of section 4 belong to the procedure above them."""
    grid = draft.grids[-1]
    cells = {t: (n, i) for n, row in enumerate(grid) for i, (t, _, _) in enumerate(row)}
    direct, after = "未经复议直接起诉", "复议后起诉"
    pair = pick.choice([(direct, after), ("行政复议", "行政诉讼"), ("行政复议", direct)])
    if not all(name in cells for name in pair):
        return False
    (n, i), (m, j) = (cells[name] for name in pair)
    (a, *p), (b, *q) = grid[n][i], grid[m][j]
    grid[n][i], grid[m][j] = (b, *p), (a, *q)
    procedures = list(items(next(t for t in FORMS["2021"]["tables"] if t["section"] == "review_litigation")["rows"]))
    for measure in {k[2] for k in draft.keys if k[0] == "review_litigation"}:
        keys = [("review_litigation", p, measure) for p in procedures]
        if pair == (direct, after):
            draft.truth[keys[1]], draft.truth[keys[2]] = draft.truth[keys[2]], draft.truth[keys[1]]
        else:
            forget(draft, *keys[:2])
    return True


def drop_header_row(draft: Draft, pick: random.Random) -> bool:
    grid = pick.choice(draft.grids)
    row = pick.choice(named_columns(draft, grid))[0]
    remove_row(grid, row)
    return True


def add_column(draft: Draft, pick: random.Random) -> bool:
    """A column that is not on the form: its header and cells, its header only, or cells without a header."""
    grid, *_ = a_row(draft, pick)
    row, index, _ = pick.choice(named_columns(draft, grid))
    starts = columns(grid)
    beside = starts[row][index]
    column = beside + pick.choice([0, grid[row][index][1]])
    what = pick.choice(["both", "header", "cells"])
    name = pick.choice(["备注", "同比", "小计", "占比", "其他", "上年数", ""])
    for n, cells in enumerate(grid):
        if n == row and what != "cells":
            cells.insert(sum(start < column for start in starts[n]), (name, 1, cells[index][2]))
        elif draft.figures(cells) and what != "header":
            cells.insert(sum(start < column for start in starts[n]), (number(pick), 1, 1))
        elif n != row:
            over = [i for i, (start, (_, w, _)) in enumerate(zip(starts[n], cells, strict=True)) if w > 1 and start <= beside < start + w]
            cells[:] = [(t, w + (i in over), h) for i, (t, w, h) in enumerate(cells)]
    return True
