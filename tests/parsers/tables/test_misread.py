"""A figure recognised in a picture that an equation speaks against is no figure; one that another equation confirms is."""

from __future__ import annotations

import pytest

from parsers.model import FROM_PICTURES, FormCell, Note
from parsers.tables.misread import without_misread

MEASURES = ("natural_person", "business", "research_institution", "public_interest_org", "legal_service", "other_org", "total")


def row(item: str, *values: int) -> list[FormCell]:
    return [
        FormCell("applications", item, measure, float(value), "stated", 0, 0, "2021")
        for measure, value in zip(MEASURES, values, strict=True)
    ]


def unread(cells: list[FormCell]) -> set[str]:
    return {cell.item for cell in without_misread(cells, [Note(FROM_PICTURES, "")])[0] if cell.status == "unreadable"}


@pytest.mark.parametrize(("total", "misread"), [(13, False), (18, True), (3, True), (113, True), (40, False)])
def test_a_row_that_one_digit_would_mend(total: int, misread: bool) -> None:
    cells = row("received", 6, 7, 0, 0, 0, 0, total)
    assert unread(cells) == ({"received"} if misread else set())


def test_a_figure_that_another_equation_confirms_stays() -> None:
    cells = row("received", 6, 2, 0, 0, 0, 0, 8) + row("carried_in", 0, 0, 0, 0, 0, 0, 0)
    cells += row("handled", 6, 2, 0, 0, 0, 0, 8) + row("carried_out", 0, 0, 0, 0, 0, 0, 1)
    assert unread(cells) == {"carried_out"}


@pytest.mark.parametrize(("start", "stays"), [(1, True), (0, False)])
def test_a_row_on_a_page_that_is_no_picture_stays(start: int, stays: bool) -> None:
    cells = row("received", 6, 7, 0, 0, 0, 0, 18)
    assert (without_misread(cells, [Note(FROM_PICTURES, "", start, 9)]) == (tuple(cells), ())) == stays
