"""What a table of the form prints beside the form: every cell that is neither read nor one of its words is noted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from itertools import accumulate, groupby
from operator import itemgetter

from parsers.form.editions import balance_note, editions, spellings
from parsers.model import Cell, Note, Table
from parsers.printed.cells import Span
from parsers.printed.normalise import normalise, normalise_label
from parsers.printed.values import is_blank

_ARTICLE = re.compile("第二十条第?[一二三四五六七八九十]项")
OVER_LABELS = ("类型", "类别", "项目", "事项", "名称", "内容", "序号")  # what heads the column of labels where tables have such a word
_CHINESE = re.compile("[一-鿿]")


def left_over(text: str, table: Table, read: Collection[Span], noted: Sequence[Span]) -> list[Note]:
    """A note for each run of cells in a row of the table that are none of the cells read, in no range noted, and no word of
    the form. `noted`: as `reaching` gives them."""
    notes: list[Note] = []
    unread = [cell for cell in table.cells if cell[:2] not in read]
    if not any(_is_left(text, cell, read, noted) for cell in unread):
        return notes
    for _, row in groupby(table.cells, key=lambda cell: cell.row):
        for is_left, run in groupby(row, key=lambda cell: _is_left(text, cell, read, noted)):
            if is_left:
                cells = list(run)
                start, end = cells[0].start, cells[-1].end
                message = f"法定表样没有的内容 (not of the form)：{text[start:end][:200]}"
                notes.append(Note("row_not_on_form", message, start, end))
    return notes


def _is_left(text: str, cell: Cell, read: Collection[Span], noted: Sequence[Span]) -> bool:
    if (cell.start, cell.end) in read:
        return False
    printed = text[cell.start : cell.end]
    if is_word_of_form(printed) or is_blank(printed):
        return False
    begun = bisect_right(noted, cell.start, key=itemgetter(0))
    return not begun or noted[begun - 1][1] < cell.end


def reaching(spans: Sequence[Span]) -> list[Span]:
    """The ranges by their beginnings, each with the farthest end of those that have begun."""
    spans = sorted(spans)
    return list(zip((start for start, _ in spans), accumulate((end for _, end in spans), max), strict=True))


@lru_cache(maxsize=4096)  # most cells that are not read are the form's words
def is_word_of_form(printed: str) -> bool:
    """Is this a label or a header word of the form, whole or a piece of one?

    >>> is_word_of_form("（四）无"), is_word_of_form("商业"), is_word_of_form("其他主动公开文件"), is_word_of_form("12")
    (True, True, False, False)
    """
    if normalise_label(printed) in _words():
        return True
    normalised = normalise(printed)
    return bool(_CHINESE.search(normalised)) and (normalised in _run_together() or bool(_ARTICLE.fullmatch(normalised)))


@cache
def _words() -> frozenset[str]:
    labels = {"信息内容", balance_note(), *OVER_LABELS}
    for grid in (grid for edition in editions() for grid in edition.grids):
        labels |= {label for _, label in grid.columns} | set(grid.header_groups)
        labels |= {label for row in grid.rows for label in (row.label, *row.groups)}
    return frozenset(spelling for label in labels for spelling in spellings(label))


@cache
def _run_together() -> str:
    """Every label as it is printed, remarks too, so that any piece of one is found in it."""
    rows = [row for edition in editions() for grid in edition.grids for row in grid.rows]
    printed = {normalise(label) for row in rows for label in (row.label, *row.groups)}
    return " ".join(sorted({*_words(), *printed}))
