"""The mechanisms of reading tables, as data: what each is called, and the functions that find nothing when it is switched off.

A function is switched off wherever a module of `parsers` has it, under any name. What it gives instead takes the same arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import parsers
from parsers.model import Document, Heading
from parsers.narrative.sections import find_headings
from parsers.tables.header_geometry import Placed
from parsers.tables.rows import TableRows
from parsers.tables.sums import Balanced

Instead = Callable[..., Any]


class Mechanism(NamedTuple):
    """Its names for readers; by `module:function` or `module:Class.method`, what stands in its place when it is off."""

    chinese: str
    english: str
    off: dict[str, Instead]

    @property
    def name(self) -> str:
        """Both names, Chinese first."""
        return f"{self.chinese} {self.english}"


def nothing(*_: Any, **__: Any) -> None:
    """Found: nothing."""


def no(*_: Any, **__: Any) -> bool:
    """The answer is no."""
    return False


def none_of_them(*_: Any, **__: Any) -> list[Any]:
    """Found: none."""
    return []


def no_cells(*_: Any, **__: Any) -> tuple[Any, ...]:
    """Found: no cells."""
    return ()


def first(given: Any, *_: Any, **__: Any) -> Any:
    """What was given first, as it is."""
    return given


def second(_: Any, given: Any, *__: Any) -> Any:
    """What was given second, as it is."""
    return given


def last(*given: Any) -> Any:
    """What was given last, as it is."""
    return given[-1]


def placed_nowhere(*_: Any, **__: Any) -> Placed[Any]:
    """A header without columns."""
    return Placed()


def none_balanced(_: str, __: Any, torn: Any) -> Balanced:
    """No torn row read."""
    return Balanced((), tuple(torn), ())


def _no_row_settled(_: str, rows: Any) -> list[None]:
    return [None] * len(rows)


def _by_places_only(document: Document) -> tuple[Document, Sequence[Heading], TableRows]:
    headings = find_headings(document)
    return document, headings, parsers._tables(document, headings)


_SET, _FORM, _TABLES = "parsers.documents.set_tables", "parsers.form", "parsers.tables"

MECHANISMS = (
    # -- tables without drawn lines
    Mechanism("线框表格", "ruled boxes", {f"{_SET}.boxes:find_boxes": none_of_them}),
    Mechanism("短横线表格", "tables under dashes", {f"{_SET}.dashes:find_dashed": none_of_them}),
    Mechanism("补齐空格的表格", "padded tables", {f"{_SET}.padded:find_padded": none_of_them}),
    Mechanism("重复印出的合并格", "merged cells repeated", {f"{_SET}.repeated_cells:find_matrices": none_of_them}),
    Mechanism("按列对齐的表格", "tables set in columns", {f"{_SET}.columns:find_columned": none_of_them}),
    Mechanism("对齐表的表头切分", "headings set close are cut", {f"{_SET}.column_headings:_cut": lambda word, _: [word]}),
    Mechanism("对齐表的数字断行", "figures broken in columns", {"parsers.printed.broken_figures:is_rest": no}),
    # -- the form's words
    Mechanism("错字", "misprints", {f"{_FORM}.misprints:find_misprints": none_of_them}),
    Mechanism("断行的表头", "broken headers", {f"{_FORM}.headers:reads_by_lines": no}),
    Mechanism("重复的表头格", "header cells repeated in text", {f"{_FORM}.headers:printed_once": first}),
    Mechanism("残缺表头", "damaged headers", {f"{_FORM}.disclosure_headers:_damaged": no}),
    Mechanism("缺表头的一行", "rows without their header", {f"{_FORM}.disclosure_headers:by_elimination": nothing}),
    Mechanism("表内余文", "what is left over", {f"{_FORM}.leftover:left_over": none_of_them}),
    Mechanism("页码", "page numbers", {"parsers.printed.lines:before_page_number": last}),
    # -- the five proofs
    Mechanism("位置：表头之下", "geometry", {f"{_TABLES}.header_geometry:Placed.under": nothing}),
    Mechanism("位置：拆开的表头格", "geometry: a header's merged cell taken apart", {f"{_TABLES}.header_geometry:unrepeated": second}),
    Mechanism("数目：补在行末的空格", "count: padded rows", {f"{_TABLES}.header_geometry:Edges.reached_by": no}),
    Mechanism("数目：表格之内", "count: in a drawing", {f"{_TABLES}.count:Filled.counted": nothing}),
    Mechanism("数目：竖线之间", "count: between bars", {f"{_TABLES}.count:Kept.counted": nothing}),
    Mechanism("数目：空格之间", "count: between spaces", {f"{_TABLES}.count:Lost.counted": nothing}),
    Mechanism("空白惯例", "blanks", {f"{_TABLES}.blanks:by_habit": _no_row_settled}),
    Mechanism("等式", "sums", {f"{_TABLES}.sums:balance": none_balanced}),
    Mechanism("等式：断开的数字", "sums: broken figures put together", {f"{_TABLES}.splits:put_together": nothing}),
    Mechanism("等式：一位一格", "sums: a digit a cell", {f"{_TABLES}.splits:one_digit_each": nothing}),
    Mechanism("次序：申请表", "order: section 3", {f"{_TABLES}.order:with_rows_in_order": last}),
    Mechanism("次序：主动公开表", "order: section 2", {f"{_TABLES}.article_order:with_articles_in_order": last}),
    Mechanism("次序：缺标签的一行", "order: rows without a label", {f"{_TABLES}.order:unlabelled_rows": none_of_them}),
    # -- what surrounds them
    Mechanism("跨页断开", "over page ends", {f"{_TABLES}.over_page_ends:broken_rows": no_cells}),
    Mechanism("数字挤入他格", "figures run into other cells", {f"{_TABLES}.read:_moved_rows": none_of_them}),
    Mechanism("改按行读", "read by lines instead", {"parsers:_rows": _by_places_only}),
    # -- section 4
    Mechanism(
        "第四部分：表外表头",
        "section 4: a header outside the table",
        {f"{_TABLES}.outcomes_on_paper:measures_above": no_cells},
    ),
    Mechanism("第四部分：竖线间一行", "section 4: one row between bars", {f"{_TABLES}.outcomes_in_text:_row_between_bars": nothing}),
    Mechanism("第四部分：一行一格", "section 4: a cell a line", {f"{_TABLES}.outcomes_in_text:_on_lines": nothing}),
    Mechanism("第四部分：逐格", "section 4: all cells", {f"{_TABLES}.outcomes_in_text:_all_cells": nothing}),
    Mechanism("第四部分：逐词", "section 4: the words of a line", {f"{_TABLES}.outcomes_in_text:_words_of_line": nothing}),
)
