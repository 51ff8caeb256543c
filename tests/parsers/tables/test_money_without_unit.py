"""采购总金额 of 2019: where neither the header nor the cell prints a unit the figure is read as yuan and is in doubt."""

from __future__ import annotations

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.figures import Sample, figures

PLACE = ("proactive_disclosure", "procurement", "amount")


def read(printed: str, header: str = "采购总金额") -> tuple[float | None, bool]:
    """The value read, and is it in doubt?"""
    sample = Sample("sample", "样例市样例局", 2020, "2019", figures(5, "2019") | {PLACE: printed})
    report = read_report(layouts.page(sample).replace("采购总金额".encode(), header.encode()))
    [cell] = [cell for cell in report.cells if (cell.section, cell.item, cell.measure) == PLACE]
    return cell.value, any(note.code == "doubt" and note.measure == "amount" for note in report.notes)


@pytest.mark.parametrize(("printed", "value"), [("6944.93", 6944.93), ("1810846", 1810846), ("1,234.50", 1234.5)])
def test_without_a_unit_it_is_in_doubt(printed: str, value: float) -> None:
    assert read(printed) == (value, True)


@pytest.mark.parametrize(("printed", "value"), [("6944.93万元", 69449300), ("1810846元", 1810846), ("0", 0), ("/", None)])
def test_with_a_unit_in_the_cell_and_for_nothing_it_is_not(printed: str, value: float | None) -> None:
    assert read(printed) == (value, False)


def test_with_a_unit_in_the_header_it_is_not() -> None:
    assert read("6944.93", "采购总金额（万元）") == (69449300, False)


@pytest.mark.parametrize(
    "header", ["采购总金额（\ufffd元）", "采购总金额（单位：\ufffd元）", "采购总金额（万\ufffd）", "采购总金额（\ufffd\ufffd）"]
)
def test_with_a_unit_that_has_lost_a_character_there_is_no_amount(header: str) -> None:
    assert read("6944.93", header)[0] is None
    assert read("6944.93万元", header)[0] in (69449300, None)


def test_another_character_that_is_lost_leaves_the_unit() -> None:
    assert read("6944.93", "采\ufffd总金额（万元）")[0] in (69449300, None)
