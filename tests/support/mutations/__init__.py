"""What happens to a report on its way: each mutation damages a draft and says what its cells truly print afterwards.

A mutation takes a draft and a source of choices and returns False where the draft has nothing to damage in this way.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.support.drafts import Draft
from tests.support.mutations import cells, headers, rows, tables, words

Mutation = Callable[[Draft, random.Random], bool]
# Where places alone tell the columns, what these leave is truly printed under another word of the header.
MOVED = {"aligned": ("drop_cell", "glue_cells", "split_number", "cut_label", "add_column", "cut_table", "wrong_span", "merge_right")}

MUTATIONS: dict[str, Mutation] = {
    f.__name__: f
    for f in (
        cells.blank_cell, cells.spoil_cell, cells.drop_cell, cells.drop_label, cells.glue_cells, cells.split_number, cells.change_figure, cells.swap_figures, cells.pad_row,
        rows.swap_rows, rows.drop_row, rows.repeat_row, rows.repeat_group_row, rows.page_number, rows.foreign_row,
        words.cut_label, words.misprint, words.half_width, headers.drop_header_cell, headers.swap_header_cells, headers.swap_group_headers, headers.drop_header_row, headers.add_column,
        tables.cut_table, tables.cut_sideways, tables.wrong_span, tables.merge_down, tables.merge_right, tables.unmerge,
    )
}  # fmt: skip
