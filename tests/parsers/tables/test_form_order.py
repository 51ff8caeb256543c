"""Section 3 in the lines of a printed page: labels broken over lines around their figures, as programs print a PDF's text."""

from __future__ import annotations

import re

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.paper_lines import HEADER, Place, beside_the_first, in_the_middle, page
from tests.support.readings import read, sample, truth


def stated(text: str) -> dict[tuple[str, str], float]:
    cells = read_report(text.encode()).cells
    return {(c.item, c.measure): c.value for c in cells if c.section == "applications" and c.value is not None}


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("place", [beside_the_first, in_the_middle])
def test_every_row_is_read(place: Place, edition: str) -> None:
    of = sample(edition)
    assert read(page(of, place).encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize("place", [beside_the_first, in_the_middle])
def test_a_row_whose_figures_are_broken_is_not_read_and_moves_no_other(place: Place) -> None:
    of = sample()
    lines = page(of, place).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("7.属于"))
    found = stated("\n".join([*lines[: at + 1], "8 3", *lines[at + 1 :]]))
    assert {item for item, _ in found} == {i for s, i, _ in truth(of) if s == "applications"} - {"withheld_enforcement_file"}
    assert found == {(i, m): value for (s, i, m), value in truth(of).items() if s == "applications" and (i, m) in found}


@pytest.mark.parametrize("change", ["a line dropped", "a line twice", "another row", "a figure dropped"])
def test_lines_that_are_not_rows_in_the_forms_order_move_no_figure(change: str) -> None:
    of = sample()
    lines = page(of, in_the_middle).split("\n")
    bare = [n for n, line in enumerate(lines) if re.fullmatch(r"(?:\d+ ){6}\d+", line)]
    at = bare[1]
    changed = {
        "a line dropped": [],
        "a line twice": [lines[at], lines[at]],
        "another row": [lines[at], "9.另有其他情形 1 2 3 4 5 6 21"],
        "a figure dropped": [lines[at].rsplit(" ", 1)[0]],
    }[change]
    found = stated("\n".join([*lines[:at], *changed, *lines[at + 1 :]]))
    assert found == {(i, m): value for (s, i, m), value in truth(of).items() if s == "applications" and (i, m) in found}


def test_a_pages_number_between_rows_is_no_figure() -> None:
    of = sample()
    lines = page(of, beside_the_first).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("7.属于"))
    assert read("\n".join([*lines[:at], "- 5 -", *lines[at:]]).encode()) == pytest.approx(truth(of))


def test_a_row_that_does_not_add_up_is_not_read_where_figures_of_others_are_broken() -> None:
    of = sample()
    lines = page(of, in_the_middle).split("\n")
    bare = [n for n, line in enumerate(lines) if re.fullmatch(r"(?:\d+ ){6}\d+", line)]
    one, other = bare[1], bare[3]
    changed = [*lines[:one], lines[one].rsplit(" ", 1)[0] + " 9", *lines[one + 1 : other + 1], "8 3", *lines[other + 1 :]]
    whole, found = stated("\n".join(lines)), stated("\n".join(changed))
    assert len({item for item, _ in whole}) - len({item for item, _ in found}) == 2
    assert found == {key: whole[key] for key in found}


def test_a_figure_with_a_space_in_it_is_not_two_in_a_drawn_table() -> None:
    of = sample()
    rows = next(part for part in layouts.parts(of) if not isinstance(part, str) and len(part) > 20)[3:]
    head = "| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |"
    lines = [of.title, "", "三、收到和处理政府信息公开申请情况", "", "申请人情况 法人或其他组织", "", head, "|---" * 8 + "|"]
    for row in rows:
        figures = [text for text, _, _ in row[-7:]]
        if row[-8][0].startswith("7.属于"):
            figures[:2] = [" ".join(figures[:2])]
        lines.append(f"| {row[-8][0]} | {' | '.join(figures)} |")
    assert "withheld_enforcement_file" not in {item for item, _ in stated("\n".join(lines))}


def test_lines_that_may_be_rows_at_several_places_of_the_form_are_none() -> None:
    """公开 ends the labels of several rows, three apart more than once."""
    lines = ["公开 1 0 0 0 0 0 1", "2 0 0 0 0 0 2", "3 0 0 0 0 0 3", "公开 4 0 0 0 0 0 4"]
    head = ["样例市样例局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *HEADER.split("\n")]
    assert stated("\n".join([*head, *lines])) == {}
    lines[0] = f"予以{lines[0]}"
    assert {item for item, _ in stated("\n".join([*head, *lines]))} == {
        "disclosed",
        "partly_disclosed",
        "withheld_state_secret",
        "withheld_by_law",
    }
