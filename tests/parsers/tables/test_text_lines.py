"""Rows of a report in plain text, between tabs, between bars and a cell a line: what stands beside or between them is no cell."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.figures import Sample
from tests.support.readings import read, sample, truth


def test_a_tab_at_the_end_of_each_line() -> None:
    of = sample()
    assert read(re.sub("(?m)(?<=.)$", "\t", _tabbed(of).decode()).encode()) == pytest.approx(truth(of))


def _tabbed(of: Sample) -> bytes:
    """A line a row, tabs between its cells."""
    parts = (
        part if isinstance(part, str) else "\n".join("\t".join(t.replace("\n", "") for t, _, _ in row) for row in part)
        for part in layouts.parts(of)
    )
    return "\n".join(parts).encode()


def _between_bars(of: Sample) -> bytes:
    """A line a row, bars between its cells only."""
    return _tabbed(of).replace(b"\t", b" | ")


@pytest.mark.parametrize("label", ["其他主动公开文件", "其他规范性文件"])
@pytest.mark.parametrize("layout", [_tabbed, _between_bars, layouts.words_on_lines])
def test_a_row_beside_the_form_takes_nothing_from_the_row_above(layout: Callable[[Sample], bytes], label: str) -> None:
    of = sample()
    lines = layout(of).decode().split("\n")
    article = next(n for n, line in enumerate(lines) if "第二十条第（五）" in line or "第二十条第(五)" in line)
    cells = [label, "186", "86", "255"]
    row = {"_tabbed": ["\t".join(cells)], "_between_bars": [" | ".join(cells)]}.get(layout.__name__, cells)
    assert read("\n".join([*lines[:article], *row, *lines[article:]]).encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize("layout", [_tabbed, _between_bars])
def test_a_row_whose_name_begins_with_other_is_not_the_third_of_other(layout: Callable[[Sample], bytes]) -> None:
    of = sample("2019")
    lines = layout(of).decode().split("\n")
    at = next(n for n, line in enumerate(lines) if "（七）总计" in line)
    row = ("\t" if layout is _tabbed else " | ").join(["其他主动公开文件", "2", "435", "348", "36252", "1", "5", "482"])
    cells = read_report("\n".join([*lines[:at], row, *lines[at:]]).encode()).cells
    assert not [cell for cell in cells if cell.item == "other_misc"]


def test_tabs_between_words_leave_no_blank_before_the_next_label() -> None:
    """As a page's words joined by tabs: blank cells leave no trace, so two figures of three have no columns."""
    of = sample(issued="", repealed="7", in_force="9")
    words = [text for part in layouts.parts(of) for text in ([part] if isinstance(part, str) else [t for row in part for t, _, _ in row])]
    report = read_report("\t".join(word.replace("\n", "") for word in words if word).encode())
    found = {(cell.item, cell.measure): cell.value for cell in report.cells if cell.section == "proactive_disclosure"}
    assert [found["rules", measure] for measure in ("issued", "repealed", "in_force")] == [None, None, None]


@pytest.mark.parametrize("number", ["- 5 -", "—12—", "第5页", "第 5 页 共 9 页"])
def test_a_pages_number_below_the_last_row_is_no_cell(number: str) -> None:
    of = sample()
    text = layouts.cell_per_line(of).decode().replace("五、存在", f"{number}\n\n五、存在").replace("四、政府", f"{number}\n\n四、政府")
    assert read(text.encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize("layout", [layouts.cell_per_line, layouts.pipe_line_ends, _tabbed])
def test_a_pages_number_between_two_rows_is_no_cell(layout: Callable[[Sample], bytes]) -> None:
    of = sample()
    text = layout(of).decode().replace("2.没有现成信息", "- 5 -\n2.没有现成信息")
    assert read(text.encode()) == pytest.approx(truth(of))


def test_signs_for_nothing_in_section_4_are_cells() -> None:
    whole = sample()
    figures_ = {key: "-" if key[0] == "review_litigation" and key[2] == "pending" else text for key, text in whole.printed.items()}
    of = Sample("", whole.agency, whole.year, whole.edition, figures_)
    assert read(layouts.pipe_line_ends(of)) == pytest.approx(truth(of))


def test_a_note_on_the_line_below_a_row_between_tabs() -> None:
    of = sample()
    assert read(_tabbed(of).replace("五、存在".encode(), "备注：无\n五、存在".encode())) == pytest.approx(truth(of))
