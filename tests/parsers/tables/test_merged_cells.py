"""Texts in which a merged cell is printed in each column and row that it covers, as programs do that walk a Word file's table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.figures import Grid
from tests.support.markdown import repeated
from tests.support.readings import read, sample, truth


def _walked(grid: Grid, separator: str, line_break: str = "") -> str:
    return "\n".join(separator.join(text.replace("\n", line_break) for text in row) for row in repeated(grid))


def _once_a_row(grid: Grid, separator: str) -> str:
    """Repeated in each row that it covers, but once in it."""
    rows: list[list[str]] = [[] for _ in grid]
    hanging: dict[int, tuple[str, int, int]] = {}  # by column: text, width, rows still covered
    for number, row in enumerate(grid):
        cells, column = list(row), 0
        while cells or column in hanging:
            text, width, left = hanging.pop(column) if column in hanging else cells.pop(0)
            rows[number].append(text.replace("\n", ""))
            if left > 1:
                hanging[column] = (text, width, left - 1)
            column += width
    return "\n".join(map(separator.join, rows))


TABLES: dict[str, Callable[[Grid], str]] = {
    "bars": lambda grid: _walked(grid, " | "),
    "bars around": lambda grid: "\n".join(f"| {line} |" for line in _walked(grid, " | ").split("\n")),
    "tabs": lambda grid: _walked(grid, "\t"),
    "cells broken over lines": lambda grid: _walked(grid, " | ", "\n"),
    "numbered columns": lambda grid: "\t".join(map(str, range(sum(w for _, w, _ in grid[0])))) + "\n" + _walked(grid, "\t"),
    "bars, once a row": lambda grid: _once_a_row(grid, " | "),
    "tabs, once a row": lambda grid: _once_a_row(grid, "\t"),
}


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_figure_is_read_once(table: Callable[[Grid], str], edition: str) -> None:
    of = sample(edition)
    text = "\n".join([of.title, *(part if isinstance(part, str) else table(part) for part in layouts.parts(of))])
    assert read(text.encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_tables_after_all_paragraphs(edition: str) -> None:
    of = sample(edition)
    parts = list(layouts.parts(of))
    text = "\n".join(
        [part for part in parts if isinstance(part, str)] + [_walked(part, "\t") for part in parts if not isinstance(part, str)]
    )
    assert read(text.encode()) == pytest.approx(truth(of))


def test_a_header_broken_in_a_way_that_cannot_be_put_together_is_no_header() -> None:
    of = sample()
    text = "\n".join(part if isinstance(part, str) else _walked(part, " | ") for part in layouts.parts(of))
    torn = text.replace("| 自然人 | 商业企业 |", "| 自然人 | 总计\n\n| 商业企业 |").replace(" | 其他 | 总计\n", " | 其他\n")
    assert torn != text
    assert not [cell for cell in read_report(torn.encode()).cells if cell.section == "applications" and cell.value is not None]
