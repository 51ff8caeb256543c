"""Reports whose tables are printed in other pieces than the form's: every figure is read, and none that the damaged ones do not print."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from drafts import draft, judge
from mutations import MUTATIONS

from parsers import read_report

sys.path.insert(0, str(Path(__file__).resolve().parent / "samples"))
import layouts
import office
import pieces
from figures import Sample

Render = Callable[[Sample], bytes]
PAGES: list[Render] = [layouts.page, layouts.word_made]
ROWS_APART: list[pieces.Pieces] = [
    pieces.rows_apart,
    pieces.without_blanks,
    pieces.without_widths,
    pieces.below_headers,
    pieces.headings_too,
]
FILLINGS = 5  # ways in which drafts are filled, one a seed: sound, unbalanced, small, with blanks, totals only


def rendered(parts: pieces.Parts, of: Sample, render: Render) -> bytes:
    with patch.object(layouts, "parts", lambda _: iter(parts)), patch.object(office, "parts", lambda _: iter(parts)):
        return render(of)


@pytest.mark.parametrize("render", [*PAGES, office.word])
@pytest.mark.parametrize("apart", ROWS_APART)
def test_rows_in_tables_of_their_own_are_read_whole(apart: pieces.Pieces, render: Render) -> None:
    for seed in range(FILLINGS):
        made = draft(seed, "")
        counts, wrong = judge(made, read_report(rendered(list(apart(list(made.printed_parts()))), made.sample, render)))
        assert not wrong and not counts["abstained"], f"seed {seed}: {counts}"


@pytest.mark.parametrize("mutation", [name for name in MUTATIONS if name not in ("merge_down", "repeat_group")])
@pytest.mark.parametrize("apart", ROWS_APART[:3])
def test_damaged_rows_in_tables_of_their_own_give_no_wrong_figure(apart: pieces.Pieces, mutation: str) -> None:
    for seed in range(2 * FILLINGS):
        made = draft(seed, "")
        if MUTATIONS[mutation](made, random.Random(f"{seed} {mutation}")):
            _, wrong = judge(made, read_report(rendered(list(apart(list(made.printed_parts()))), made.sample, layouts.page)))
            assert not wrong, f"seed {seed}: read and truly printed: {wrong[:3]}"


def test_tables_of_one_row_with_words_between_them_stay_apart() -> None:
    made = draft(0, "")
    *rows, last = [part for part in pieces.rows_apart(list(made.printed_parts())) if not isinstance(part, str)]
    parts = [part for row in rows for part in (row, "样例文字。")] + [last]
    cells = read_report(rendered(parts, made.sample, layouts.page)).cells
    assert not [cell for cell in cells if cell.section == "applications" and cell.value is not None]
