"""Web pages of the kinds that government sites and word processors make: VARIANTS, each of which prints one report's figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from tests.support.figures import NOTE, Cell, Grid, Sample, tables
from tests.support.mutations.places import columns

SECTION = {
    "proactive_disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "review_litigation": "四、政府信息公开行政复议、行政诉讼情况",
}
Draw = Callable[[Grid], str]
Cells = dict[str, Grid]


def td(cell: Cell, tag: str = "td", inner: str = "{}") -> str:
    text, width, height = cell
    spans = (f" colspan={width}" if width > 1 else "") + (f" rowspan={height}" if height > 1 else "")
    return f"<{tag}{spans}>{inner.format(escape(text).replace(chr(10), '<br>'))}</{tag}>"


def draw(grid: Grid, tag: str = "td", inner: str = "{}") -> str:
    return "<table border=1>" + "".join("<tr>" + "".join(td(c, tag, inner) for c in row) + "</tr>" for row in grid) + "</table>"


def page(made: Sample, draw: Draw, grids: Cells | None = None, before: str = "", after: str = "") -> bytes:
    body = "".join(f"<p>{SECTION[name]}</p>{draw(grid)}" for name, grid in (grids or tables(made)).items())
    head = f"<html><head><meta charset=utf-8><title>{made.title}</title></head><body><h1>{made.title}</h1>{before}"
    return f"{head}<p>一、总体情况</p><p>样例。</p>{body}<p>五、存在的主要问题及改进情况</p><p>样例。</p>{after}</body></html>".encode()


def unmerged(grid: Grid, repeat: bool) -> Grid:
    """Every cell of the grid on its own: merged texts repeated in all cells they cover, or once."""
    matrix: dict[tuple[int, int], str] = {}
    for n, (row, starts) in enumerate(zip(grid, columns(grid), strict=True)):
        for (text, wide, tall), start in zip(row, starts, strict=True):
            for r in range(n, n + tall):
                for c in range(start, start + wide):
                    matrix[r, c] = text if repeat or (r, c) == (n, start) else ""
    width = max(c for _, c in matrix) + 1
    return [[(matrix.get((r, c), ""), 1, 1) for c in range(width)] for r in range(len(grid))]


def without_spans(grid: Grid) -> Grid:
    return [[(text, 1, 1) for text, _, _ in row] for row in grid]


def with_rows(change: Callable[[str, Grid], Grid]) -> Callable[[Sample], bytes]:
    return lambda made: page(made, draw, {name: change(name, grid) for name, grid in tables(made).items()})


def outcomes_by_rows(made: Sample, levels: bool) -> Grid:
    """Section 4 with a row for each procedure."""
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    printed = [
        made.printed["review_litigation", p, m]
        for p in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
        for m in ("upheld", "corrected", "other", "pending", "total")
    ]
    rows: Grid = [[("类别", 2 if levels else 1, 1), *((n, 1, 1) for n in names)]]
    labels: list[list[Cell]] = [[("行政复议", 2, 1)], [("行政诉讼", 1, 2), ("未经复议直接起诉", 1, 1)], [("复议后起诉", 1, 1)]]
    flat: list[list[Cell]] = [[("行政复议", 1, 1)], [("行政诉讼（未经复议直接起诉）", 1, 1)], [("行政诉讼（复议后起诉）", 1, 1)]]
    for i in range(3):
        rows.append([*(labels if levels else flat)[i], *((t, 1, 1) for t in printed[i * 5 : i * 5 + 5])])
    return rows


def three_levels(made: Sample) -> Grid:
    """Section 4's header with each outcome of 行政复议 in the bottom row too, under blank cells."""
    grid = tables(made)["review_litigation"]
    names = [(n, 1, 1) for n in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    return [grid[0], [("", 5, 1), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)], [*names, *names, *names], grid[3]]


def own_note_row(name: str, grid: Grid) -> Grid:
    if name != "applications":
        return grid
    first = [("", *cell[1:]) if cell[0] == NOTE else cell for cell in grid[0]]
    return [[(NOTE, 10, 1)], first, *grid[1:]]


def note_in_header(name: str, grid: Grid) -> Grid:
    return [[(t + NOTE if t == "申请人情况" else "项目" if t == NOTE else t, w, h) for t, w, h in row] for row in grid]


def foreign_rows(name: str, grid: Grid) -> Grid:
    if name == "proactive_disclosure":
        return [*grid, [("其他主动公开文件", 1, 1), ("1207", 3, 1)]]
    return [*grid, [("注：以上数据由样例局统计，共 12 个科室报送。", 10, 1)]]


def trailing(name: str, grid: Grid) -> Grid:
    return [[*row, ("", 1, 1)] for row in grid]


def trailing_below_header(name: str, grid: Grid) -> Grid:
    if name == "review_litigation":  # a single row of figures does not tell an empty column from a cell that came apart
        return grid
    head = {"proactive_disclosure": 0, "applications": 3}[name]
    return [*grid[:head], *([*row, ("\xa0", 1, 1)] for row in grid[head:])]


def wide_total(name: str, grid: Grid) -> Grid:
    """The header drawn as one web editor does: 总计 and 自然人 only in the second row, blanks below them."""
    if name != "applications":
        return grid
    second = [(t, w, 1) for t, w, h in grid[1]]
    return [[(NOTE, 3, 3), ("申请人情况", 7, 1)], second, [("", 1, 1), *grid[2], ("", 1, 1)], *grid[3:]]


def one_table(made: Sample) -> bytes:
    """The whole report in one table, its paragraphs in merged cells."""
    rows = f"<tr><td colspan=10>{made.title}</td></tr><tr><td colspan=10>{'样例局按条例办理各项工作。' * 40}</td></tr>"
    for name, grid in tables(made).items():
        rows += f"<tr><td colspan=10>{SECTION[name]}</td></tr>" + re.sub("</?table[^>]*>", "", draw(grid))
    return f"<table>{rows}<tr><td colspan=10>五、存在的主要问题及改进情况</td></tr><tr><td colspan=10>样例。</td></tr></table>".encode()


def frame_of_tables(made: Sample) -> bytes:
    """Layout tables around each table, two deep, with a column beside them."""
    around = "<table><tr><td class=left>栏目<br>导航</td><td><table><tr><td>{}</td></tr></table></td></tr></table>"
    return page(made, lambda grid: around.format(draw(grid)))


def unclosed(made: Sample) -> bytes:
    """No end tags, a table inside a paragraph."""
    return page(made, lambda grid: "<p>" + re.sub("</(td|tr|p)>", "", draw(grid, inner="<p>{}</p>")) + "</p>")


def word(made: Sample) -> bytes:
    """Word's own HTML: a hidden row of widths, no-break spaces, empty paragraphs, digits in spans of their own."""
    widths = "<![if !supportMisalignedColumns]><tr height=0>" + "<td width=90 style='border:none'></td>" * 10 + "</tr><![endif]>"
    cell = "<p class=MsoNormal style='mso-pagination:widow-orphan'><span lang=EN-US>{}<o:p></o:p></span></p><p><span><o:p>&nbsp;</o:p></span></p>"
    return page(made, lambda grid: draw(grid, inner=cell).replace("</table>", widths + "</table>"))


def digits_apart(made: Sample) -> bytes:
    return page(made, lambda grid: re.sub(r">(\d)(\d+)<", r"><span>\1</span><span><font>\2</font></span><", draw(grid)))


def full_width(made: Sample) -> bytes:
    digits = str.maketrans("0123456789", "０１２３４５６７８９")
    return page(made, lambda grid: re.sub(r">(\d+)<", lambda m: f">\u3000{m[1].translate(digits)}&nbsp;<", draw(grid)))


def thousands(made: Sample) -> bytes:
    return page(made, lambda grid: re.sub(r">(\d{4,})<", lambda m: f">{int(m[1]):,}<", draw(grid)))


def counted(made: Sample) -> bytes:
    return page(made, lambda grid: re.sub(r">(\d+)</td>", r">\1件</td>", draw(grid)) if grid[0][0][0] == NOTE else draw(grid))


def hidden(made: Sample) -> bytes:
    """Figures that the page does not show: in cells, in columns, in a table of its own."""
    other = draw([[(t if not t.isdigit() else "77777", w, h) for t, w, h in row] for row in tables(made)["applications"]])

    def cells(grid: Grid) -> str:
        return re.sub(r"</td>", "<span style='DISPLAY: none'>88</span></td><td hidden>99</td>", draw(grid))

    return page(made, cells, before=f"<div style='display:none'>{other}</div>")


def split_by_navigation(made: Sample) -> bytes:
    """A long table in two, the page's links between them."""

    def cut(grid: Grid) -> str:
        at = next(
            (n for n in range(8, len(grid)) if all(n >= m + h or m >= n for m, row in enumerate(grid) for _, _, h in row if h < 15)),
            len(grid),
        )
        upper = [[(t, w, min(h, at - n)) for t, w, h in row] for n, row in enumerate(grid[:at])]
        hanging = [(t, w, n + h - at) for n, row in enumerate(grid[:at]) for t, w, h in row if n + h > at]
        lower = [hanging + grid[at], *grid[at + 1 :]] if at < len(grid) else []
        return draw(upper) + "<ul><li><a href=1>上一页</a></li><li>1</li><li>2</li></ul>" + (draw(lower) if lower else "")

    return page(made, cut)


def heads(made: Sample) -> bytes:
    """th and td mixed, captions."""

    def cells(grid: Grid) -> str:
        return re.sub(r"<td([^>]*)>([^<]*[一-鿿][^<]*)</td>", r"<th\1><strong>\2</strong></th>", draw(grid))

    return page(made, lambda grid: cells(grid).replace("<table border=1>", "<table><caption>样例表</caption>"))


def boxed_cells(made: Sample) -> bytes:
    """Each cell's text in a table of one cell."""
    return page(made, lambda grid: draw(grid, inner="<table><tr><td>{}</td></tr></table>"))


def old_encoding(made: Sample) -> bytes:
    return page(made, draw).decode().replace("charset=utf-8", "charset=gbk").encode("gb18030")


def articles_beside(name: str, grid: Grid) -> Grid:
    """第二十条第（一）项 beside its rows, not above them."""
    if name != "proactive_disclosure":
        return grid
    blocks: list[Grid] = []
    for row in grid:
        if row[0][0].startswith("第二十条"):
            blocks.append([row])
        else:
            blocks[-1].append(row)
    return [row for block in blocks for row in [[(block[0][0][0], 1, len(block) - 1), *block[1]], *block[2:]]]


def without_articles(name: str, grid: Grid) -> Grid:
    return [row for row in grid if not row[0][0].startswith("第二十条")]


def tables_of_articles(made: Sample) -> bytes:
    """Each article of section 2 a table of its own, its name a paragraph above it."""

    def cut(grid: Grid) -> str:
        if not grid[0][0][0].startswith("第二十条"):
            return draw(grid)
        html, rows = "", Grid()
        for row in [*grid, [("第二十条", 1, 1)]]:
            if row[0][0].startswith("第二十条"):
                html += draw(rows) if rows else ""
                html += f"<p>{row[0][0]}</p>" if row[0][1] > 1 else ""
                rows = []
            else:
                rows.append(row)
        return html

    return page(made, cut)


def wrong_spans(name: str, grid: Grid) -> Grid:
    """三、本年度办理结果 merged over too few rows, a group over too many, the header's 申请人情况 too wide."""
    change = {"三、本年度办理结果": (1, 20), "（五）不予处理": (1, 6), "申请人情况": (8, 1)}
    return [[(t, *change.get(t, (w, h))) for t, w, h in row] for row in grid]


def labels_in_one_column(name: str, grid: Grid) -> Grid:
    """No group cells at all: every row is its label and seven figures, the header above them."""
    if name != "applications":
        return grid
    rows = [[cell for cell in row if cell[2] < 3] for row in grid[3:]]
    rows = [row[-8:] for row in rows]
    return [[(NOTE, 1, 3), *grid[0][1:]], *grid[1:3], *([(row[0][0], 1, 1), *row[1:]] for row in rows)]


VARIANTS: dict[str, Callable[[Sample], bytes]] = {
    "as on paper": lambda made: page(made, draw),
    "merged cells repeated": with_rows(lambda _, grid: unmerged(grid, repeat=True)),
    "merged cells once": with_rows(lambda _, grid: unmerged(grid, repeat=False)),
    "no spans at all": with_rows(lambda _, grid: without_spans(grid)),
    "no spans below the header": with_rows(lambda name, grid: grid[:3] + without_spans(grid[3:]) if name == "applications" else grid),
    "section 4 by rows": lambda made: page(made, draw, tables(made) | {"review_litigation": outcomes_by_rows(made, True)}),
    "section 4 by rows, flat": lambda made: page(made, draw, tables(made) | {"review_litigation": outcomes_by_rows(made, False)}),
    "section 4, header of three levels": lambda made: page(made, draw, tables(made) | {"review_litigation": three_levels(made)}),
    "the note in a row of its own": with_rows(own_note_row),
    "the note in the header": with_rows(note_in_header),
    "rows that are not the form's": with_rows(foreign_rows),
    "empty column on the right": with_rows(trailing),
    "empty column below the header": with_rows(trailing_below_header),
    "header words not merged down": with_rows(wide_total),
    "articles beside their rows": with_rows(articles_beside),
    "no articles": with_rows(without_articles),
    "a table for each article": tables_of_articles,
    "wrong spans": with_rows(wrong_spans),
    "labels in one column": with_rows(labels_in_one_column),
    "one table": one_table,
    "layout tables": frame_of_tables,
    "unclosed": unclosed,
    "Word": word,
    "digits apart": digits_apart,
    "full width": full_width,
    "thousands": thousands,
    "counted": counted,
    "hidden": hidden,
    "split by navigation": split_by_navigation,
    "th": heads,
    "boxed cells": boxed_cells,
    "old encoding": old_encoding,
}  # fmt: skip
