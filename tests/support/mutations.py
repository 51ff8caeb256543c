"""What happens to a report on its way: each mutation damages a draft and says what its cells truly print afterwards.

A mutation takes a draft and a source of choices and returns False where the draft has nothing to damage in this way.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from parsers.printed.values import is_blank
from tests.support.drafts import Draft
from tests.support.figures import FORMS, NOTE, Cell, Grid, Key, items, value

Mutation = Callable[[Draft, random.Random], bool]
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
# Where places alone tell the columns, what these leave is truly printed under another word of the header.
MOVED = {"aligned": ("drop_cell", "glue_cells", "split_number", "cut_label", "add_column", "cut_table", "wrong_span", "merge_right")}
PAGE_NUMBERS = ("12", "- 12 -", "—12—", "第12页", "第 12 页 共 20 页", "12 / 20", "12/20")


# -- where things are ----------------------------------------------------------------------------------------------------


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


# -- cells ---------------------------------------------------------------------------------------------------------------


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


# -- rows ----------------------------------------------------------------------------------------------------------------


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


# -- labels --------------------------------------------------------------------------------------------------------------


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


# -- headers and columns ---------------------------------------------------------------------------------------------------


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


# -- the table as drawn ------------------------------------------------------------------------------------------------------


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


MUTATIONS: dict[str, Mutation] = {
    f.__name__: f
    for f in (
        blank_cell, spoil_cell, drop_cell, drop_label, glue_cells, split_number, change_figure, swap_figures, pad_row,
        swap_rows, drop_row, repeat_row, repeat_group_row, page_number, foreign_row,
        cut_label, misprint, half_width, drop_header_cell, swap_header_cells, swap_group_headers, drop_header_row, add_column,
        cut_table, cut_sideways, wrong_span, merge_down, merge_right, unmerge,
    )
}  # fmt: skip
