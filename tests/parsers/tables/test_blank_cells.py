"""Zeros left blank, between bars and on lines: a blank cell that left its trace is one, and the figures beside it keep their columns."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from parsers import read_report
from parsers.model import Report
from tests.support import layouts
from tests.support.figures import Figures, Grid, Sample, figures
from tests.support.readings import truth, values


def left_blank(edition: str, sections: tuple[str, ...], figures_: Figures | None = None) -> Sample:
    """A report whose zeros in these sections are left blank."""
    printed = figures_ or figures(11, edition)
    found = {key: "" if key[0] in sections and text == "0" else text for key, text in printed.items()}
    return Sample("", "样例市样例区样例局", 2023 if edition == "2021" else 2020, edition, found)


def few(edition: str) -> Figures:
    """Three applications of natural persons, all disclosed; nothing else in section 3."""
    said = {"received", "disclosed", "handled"}
    return {
        key: ("3" if key[1] in said and key[2] in ("natural_person", "total") else "0") if key[0] == "applications" else text
        for key, text in figures(11, edition).items()
    }


def barred(grid: Grid, opened: bool) -> str:
    """A row a line, a bar after each cell, rows filled up with bars to one width; `opened`: a bar before each row too."""
    width = max(map(len, grid))
    rows = (" | ".join(text.replace("\n", "") for text, _, _ in row) + " |" + "|" * (width - len(row)) for row in grid)
    return "\n".join("| " * opened + row for row in rows)


def on_lines(grid: Grid) -> str:
    """A cell a line, a blank one too."""
    return "\n".join(text.replace("\n", "") for row in grid for text, _, _ in row)


def read_drawn(of: Sample, table: Callable[[Grid], str]) -> Report:
    return read_report("\n".join(part if isinstance(part, str) else table(part) for part in layouts.parts(of)).encode())


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("opened", [False, True])
def test_the_last_row_of_a_padded_table_is_read_like_the_others(edition: str, opened: bool) -> None:
    of = left_blank(edition, ())
    report = read_drawn(of, lambda grid: barred(grid, opened))
    assert report.status == "read" and values(report, "applications") == truth(of, "applications")


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_blank_cells_of_section_4_between_bars(edition: str) -> None:
    of = left_blank(edition, ("review_litigation",))
    assert values(read_drawn(of, lambda grid: barred(grid, opened=True)), "review_litigation") == truth(of, "review_litigation")


def test_a_row_of_section_4_that_is_short_of_a_cell_has_no_columns() -> None:
    """Of the bars that enclose 15 cells one is lost: no figure has a column any more."""
    of = left_blank("2021", ("review_litigation",))
    text = "\n".join(part if isinstance(part, str) else barred(part, False) for part in layouts.parts(of))
    before, row, after = text.partition(next(line for line in text.split("\n") if line.count("|") == 15 and line[0] in " 0123456789"))
    for at in random.Random(3).sample([i for i, char in enumerate(row) if char == "|"], 4):
        cells = read_report((before + row[:at] + row[at + 1 :] + after).encode()).cells
        assert {cell.value for cell in cells if cell.section == "review_litigation"} <= {None}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_row_of_blank_lines_is_blank_and_not_the_remark_of_its_label(edition: str) -> None:
    """（二） below the blank cells of （一）予以公开 is the next label's numbering."""
    of = left_blank(edition, ("applications",), few(edition))
    assert values(read_drawn(of, on_lines), "applications") == truth(of, "applications")
