"""Web pages of the kinds that government sites and word processors make: each variant prints one report's figures, read right."""

from __future__ import annotations

import re

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.readings import read, sample, truth, values
from tests.support.web_pages import VARIANTS


@pytest.mark.parametrize("blanks", [False, True], ids=["filled", "blanks"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("variant", list(VARIANTS))
def test_every_figure_of_a_page(variant: str, edition: str, blanks: bool) -> None:
    made = sample(edition, 11)
    if blanks:
        made.printed.update(dict.fromkeys(list(made.printed)[::7], ""))
    data = VARIANTS[variant](made)
    found, printed = read(data), truth(made)
    assert {key: value for key, value in found.items() if value is not None} == {k: v for k, v in printed.items() if v is not None}
    assert read_report(data).status == "read"


SHEETS = {
    ".nb{display:none}": True,
    "/* .nb{} */ td span.nb, .nb { color: red; DISPLAY : none !important }": True,
    "@media print { .nb { display: none } }": False,
    ".nb.old{display:none}": False,
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_a_style_sheet_hides_in_a_table_is_no_digit(sheet: str) -> None:
    """A figure kept for the printer or a narrow screen beside the one that is shown."""
    of = sample("2021", 13)
    page = layouts.page(of).decode().replace("</head>", f"<style>{sheet}</style></head>")
    hidden = re.sub(r"<td([^>]*)><span>(\d)", r'<td\1><i class="nb">4</i><span>\2', page)
    assert hidden != page
    cells = values(read_report(hidden.encode()))
    right = values(read_report(page.encode()))
    assert (cells == right) is SHEETS[sheet]


def test_what_a_style_sheet_hides_outside_tables_may_be_shown_by_a_script() -> None:
    of = sample("2021", 13)
    page = layouts.page(of).decode().replace("</head>", "<style>.pane{display:none}</style></head>").replace('id="zoom"', 'class="pane"')
    assert read_report(page.encode()).cells == read_report(layouts.page(of)).cells
