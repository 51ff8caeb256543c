"""A report damaged on its way is read right or not at all: a few hundred examples here, ten thousand in `bench mutations`."""

from __future__ import annotations

import random

import pytest

from parsers import read_report
from tests.support.drafts import LAYOUTS, draft, judge
from tests.support.mutations import MOVED, MUTATIONS

DRAWN = ("page", "page_gb18030", "word_made", "transcription", "tabs", "tabs_fullwidth", "pipes_one_line", "aligned")
SEPARATED = [layout for layout in LAYOUTS if layout != "glued"]  # glued digits take a second each; the benchmark has them
DAMAGED = [(layout, mutation) for layout in SEPARATED for mutation in MUTATIONS if mutation not in MOVED.get(layout, ())]


@pytest.mark.parametrize(("layout", "mutation"), DAMAGED)
def test_a_damaged_report_gives_no_wrong_figure(layout: str, mutation: str) -> None:
    for seed in range(2):
        report = draft(seed + 5 * len(mutation), layout)
        if MUTATIONS[mutation](report, random.Random(f"{seed} {mutation} {layout}")):
            _, wrong = judge(report, read_report(LAYOUTS[layout](report)))
            assert not wrong, f"seed {seed}: read and truly printed: {wrong[:3]}"


@pytest.mark.parametrize("layout", DRAWN)
def test_a_sound_report_is_read_whole(layout: str) -> None:
    for seed in range(5):
        report = draft(seed, layout)
        counts, wrong = judge(report, read_report(LAYOUTS[layout](report)))
        assert not wrong and not counts["abstained"], f"seed {seed}: {counts}"


FOUND = [  # each was once read wrong
    ("aligned", "swap_header_cells", 93),
    ("page_gb18030", "add_column", 3),
    ("row_per_line", "page_number", 68),
    ("row_per_line", "split_number", 3),
    ("row_per_line", "split_number", 18),
    ("row_with_tabs", "add_column", 38),
    ("tabs", "add_column", 23),
]


@pytest.mark.parametrize(("layout", "mutation", "seed"), FOUND)
def test_what_was_read_wrong_is_not(layout: str, mutation: str, seed: int) -> None:
    report = draft(seed, layout)
    assert MUTATIONS[mutation](report, random.Random(f"{seed} {mutation} {layout}"))
    _, wrong = judge(report, read_report(LAYOUTS[layout](report)))
    assert not wrong


@pytest.mark.parametrize(
    "mutation", ["drop_cell", "split_number", "spoil_cell", "glue_cells", "blank_cell", "page_number", "pad_row", "cut_label"]
)
def test_a_row_that_does_not_add_up_is_read_though_another_came_apart(mutation: str) -> None:
    """A cell a line, blank lines between. No equation holds in these drafts: a row is read by its own lines and its table's habit alone, and only the damaged one is lost."""
    for seed in (1, 6, 11):
        report = draft(seed, "cell_per_line")
        if not MUTATIONS[mutation](report, random.Random(f"{seed} {mutation}")):
            continue
        read = read_report(LAYOUTS["cell_per_line"](report))
        counts, wrong = judge(report, read)
        stated = {(cell.section, cell.item, cell.measure) for cell in read.cells if cell.status != "unreadable"}
        lost = {key for key, printed in report.truth.items() if printed and key not in stated}
        assert not wrong and len({key[0] if key[0] == "review_litigation" else key[:2] for key in lost}) <= 1, f"seed {seed}: {counts}"
