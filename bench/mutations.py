"""Sound reports damaged in one way each, printed in every layout, then read: right, or left out with a note, never wrong."""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from bench.accuracy import record
from parsers import read_report
from tests.support.drafts import LAYOUTS, draft, judge
from tests.support.mutations import MOVED, MUTATIONS

NONE = "none"  # the sound report itself
FAMILIES = {
    "pages": ("page", "page_gb18030", "word_made"),
    "Markdown": ("transcription",),
    "tabs and pipes": ("tabs", "tabs_fullwidth", "pipes_one_line", "pipe_line_ends", "row_with_tabs", "row_with_pipes"),
    "lines": ("cell_per_line", "row_per_line"),
    "columns of spaces": ("aligned",),
    "glued": ("glued",),
}
SEEDS = 33  # of each mutation in each layout
SEEDS_GLUED = 1  # the equations of a glued text take seconds each
NAMES = {
    "none": "不改", "blank_cell": "空出一格", "spoil_cell": "印坏一格", "drop_cell": "丢一格", "drop_label": "丢行标签", "glue_cells": "两格相连", "split_number": "数字断开",
    "change_figure": "改一个数", "swap_figures": "两数对调", "pad_row": "多一空格", "swap_rows": "两行对调", "drop_row": "丢一行",
    "repeat_row": "一行印两次", "repeat_group_row": "类别行重复", "page_number": "插入页码", "foreign_row": "插入表样外的行", "cut_label": "标签断开", "misprint": "印错一字",
    "half_width": "半角括号", "drop_header_cell": "丢表头一格", "swap_header_cells": "表头对调", "swap_group_headers": "上层表头对调",
    "drop_header_row": "丢表头一行", "add_column": "多一列", "cut_table": "表格上下断开", "cut_sideways": "表格左右断开", "wrong_span": "跨格数写错",
    "merge_down": "上下两格合并", "merge_right": "左右两格合并", "unmerge": "合并格拆开", "all": "合计",
}  # fmt: skip
Example = tuple[str, str, int]


def run() -> None:
    """One line a mutation, one column a family of layouts: right / left out / wrong figures."""
    examples = [
        (mutation, layout, seed)
        for layout in LAYOUTS
        for mutation in (NONE, *MUTATIONS)
        if mutation not in MOVED.get(layout, ())
        for seed in range(SEEDS_GLUED if layout == "glued" else SEEDS)
    ]
    tallies: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    wrong: list[Example] = []
    read = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for example, counts in zip(examples, pool.map(_read, examples, chunksize=4), strict=True):
            if counts is None:
                continue
            read += 1
            tallies[example[0], _family(example[1])] += counts
            wrong += [example] if counts["wrong"] else []
    rows = [[f"{NAMES[name]} {name}", *(_shown(tallies[name, family]) for family in FAMILIES)] for name in (NONE, *MUTATIONS)]
    rows.append([f"{NAMES['all']} all", *(_shown(_sum(tallies[name, family] for name in (NONE, *MUTATIONS))) for family in FAMILIES)])
    note = (
        f"完好的样例报告，每份改坏一处，按各种版式印出后再读，共 {read:,} 份：读对 / 留空 / 读错的数字。"
        f"{read:,} sound sample reports, each damaged in one way and printed in a layout: figures right / left out / wrong."
    )
    record("改坏一处 · Mutations", note, ["mutation", *FAMILIES], rows)
    for example in wrong[:20]:
        print("wrong:", *example)


def _read(example: Example) -> Counter[str] | None:
    """What is read of one example; None where the report has nothing to damage in this way."""
    mutation, layout, seed = example
    report = draft(seed, layout)
    if mutation != NONE and not MUTATIONS[mutation](report, random.Random(f"{seed} {mutation} {layout}")):
        return None
    return judge(report, read_report(LAYOUTS[layout](report)))[0]


def _family(layout: str) -> str:
    return next(name for name, layouts in FAMILIES.items() if layout in layouts)


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(counts, Counter())


def _shown(counts: Counter[str]) -> str:
    return f"{counts['right']} / {counts['abstained']} / {counts['wrong']}"
