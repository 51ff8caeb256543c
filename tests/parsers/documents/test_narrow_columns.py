"""A column too narrow for a number shows #### in its place: nobody has read it there, and it is no blank."""

from __future__ import annotations

from tests.support.held import MADE, not_right
from tests.support.workbooks import ROWS, sheet, workbook

WIDEST = max(column + width for cells in ROWS for _, column, _, width, _ in cells)
LONG = {key for key, printed in MADE.printed.items() if key[0] == "applications" and len(printed) > 3}


def columns(width: float, first: int = 4, last: int = 10) -> str:
    return f'<cols><col min="{first}" max="{last}" width="{width}"/></cols>'


def test_a_number_that_its_column_has_no_room_for_is_none() -> None:
    lost = not_right(workbook(sheet(before=columns(1.5))))
    assert LONG and lost >= LONG
    assert all(len(MADE.printed[key]) > 2 for key in lost)


def test_a_number_that_fits_is_read() -> None:
    for before in (columns(4.5), columns(1.5, WIDEST + 1, WIDEST + 3), columns(8.43, 1, 15)):
        assert not_right(workbook(sheet(before=before))) == set()


def test_numbers_that_shrink_to_fit_or_are_small_are_read() -> None:
    shrink = '<fonts><font><sz val="11"/></font></fonts><cellXfs><xf><alignment shrinkToFit="1"/></xf></cellXfs>'
    assert not_right(workbook(sheet(before=columns(1.5)), styles=shrink)) == set()
    small = '<fonts><font><sz val="11"/></font><font><sz val="5"/></font></fonts><cellXfs><xf fontId="1"/></cellXfs>'
    assert not_right(workbook(sheet(before=columns(2.5)), styles=small)) == set()
