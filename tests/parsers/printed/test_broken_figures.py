"""Figures broken over lines: which pieces may be one figure, and when the row's total says that they are."""

from __future__ import annotations

import pytest

from parsers.printed.broken_figures import is_rest, longest, set_out
from parsers.printed.lines import Word
from parsers.tables.rows import TornRow
from parsers.tables.splits import put_together

ABOVE = (Word("142", 10, 13), Word("16", 20, 22), Word("183", 30, 33))


def test_a_rest_stands_under_figures_as_long_as_any_in_their_column_and_is_shorter() -> None:
    table = longest([ABOVE, (Word("7", 11, 12), Word("115", 20, 23), Word("9", 30, 31), Word("4455", 40, 44))])
    assert is_rest(ABOVE, (Word("5", 10, 11), Word("3", 32, 33)), table)
    assert not is_rest(ABOVE, (Word("5", 20, 21),), table)  # 115 was not broken there
    assert not is_rest(ABOVE, (Word("523", 10, 13),), table)  # may begin a figure of the next row
    assert not is_rest(ABOVE, (Word("5", 15, 16),), table)  # stands under none
    assert not is_rest(ABOVE, (Word("5", 10, 11), Word("3", 12, 13)), table)  # two under one


def test_a_row_set_out_keeps_pieces_with_their_figures() -> None:
    lines = [ABOVE, (Word("5", 10, 11), Word("3", 30, 31)), (Word("0", 31, 32),)]
    assert set_out(lines, 3) == "142 5  16  183 3 0"
    assert set_out(lines, 4) is None
    assert set_out([ABOVE, (Word("5", 14, 15),)], 3) is None
    assert set_out([ABOVE, (Word("5", 10, 11), Word("3", 12, 13))], 3) is None  # two under one
    assert set_out([ABOVE, (Word("5", 12, 21),)], 3) is None  # one under two


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["142 5", "16", "144 1"], (1425, 16, 1441)),
        (["142 5", "16", "144 2"], None),
        (["142 5", "16", "158 5"], None),  # 142 and 16 are 158: those above may be whole
        (["1 0", "1 0", "2 0"], None),  # 1 and 1 are 2, and 10 and 10 are 20
        (["142", "16", "158"], (142, 16, 158)),  # beside a broken row in one line of figures
        (["142 5", "/", "142 5"], None),
    ],
)
def test_figures_are_put_together_where_that_alone_meets_the_total(cells: list[str], numbers: tuple[int, ...] | None) -> None:
    text, spans = "  ".join(cells), []
    for cell in cells:
        start = text.index(cell, spans[-1][1] if spans else 0)
        spans.append((start, start + len(cell)))
    row = TornRow("applications", "received", (), ("natural_person", "business", "total"), 0, len(text), cells=tuple(spans))
    split = put_together(text, row)
    assert (split and split.numbers) == numbers
