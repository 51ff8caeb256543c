"""Tables whose columns are given by position alone: a figure is read under its header word, or not at all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from unicodedata import east_asian_width

import pytest

from parsers import read_report
from parsers.documents.set_tables.columns import find_columned
from parsers.documents.text import read_text
from parsers.model import Report, Table
from parsers.printed.lines import Word, line_of
from tests.support.readings import Values, values

HEADER = """
三、收到和处理政府信息公开申请情况

                                    申请人情况
（本列数据的勾稽关系为：第一项加第                法人或其他组织
二项之和，等于第三项加第四项之和）  自然人  商业    科研    社会公  法律服  其他    总计
                                            企业    机构    益组织  务机构
"""
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "1.属于国家秘密",
    "3.危及“三安全一稳定”",
    "（七）总计",
    "四、结转下年度继续办理",
)
ITEMS = (
    "received",
    "carried_in",
    "disclosed",
    "partly_disclosed",
    "withheld_state_secret",
    "withheld_security",
    "handled",
    "carried_out",
)
MEASURES = ("natural_person", "business", "research_institution", "public_interest_org", "legal_service", "other_org", "total")
PLACES = (36, 44, 52, 60, 68, 76, 84)  # where the columns begin, in places of a terminal


def wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def set_out(label: str, cells: Sequence[str], moved: int | None = None, by: int = 0) -> str:
    """A line: the label and each cell in its place, one of them some places away from it."""
    line = label
    for number, (cell, place) in enumerate(zip(cells, PLACES, strict=True)):
        place += by if number == moved else 0
        if cell:
            line += " " * max(place - wide(line), 1) + cell
    return line


def rows(seed: int) -> list[list[str]]:
    draw = random.Random(seed)
    return [[str(draw.choice((draw.randint(0, 9), draw.randint(10, 999)))) for _ in MEASURES] for _ in LABELS]


def text_of(lines: Sequence[str], header: str = HEADER) -> bytes:
    return (header + "\n".join(lines) + "\n\n四、政府信息公开行政复议、行政诉讼情况\n").encode()


def as_printed(data: bytes) -> Values:
    report = read_report(data)
    for cell in report.cells:
        printed = report.document.text[cell.start : cell.end]
        assert cell.value is None or float("".join(printed.split()) if cell.status == "inferred" else printed) == cell.value
    return values(report)


def by_place(cells: Sequence[Sequence[str]]) -> Values:
    return {
        ("applications", item, measure): float(cell) if cell else None
        for item, row in zip(ITEMS, cells, strict=True)
        for measure, cell in zip(MEASURES, row, strict=True)
    }


def other_numbers(read: Values, printed: Values) -> Values:
    return {key: value for key, value in read.items() if value is not None and value != printed.get(key)}


# -- text set in columns ----------------------------------------------------------------------------------------------


def test_every_figure_under_its_header_word() -> None:
    cells = rows(1)
    assert as_printed(text_of([*map(set_out, LABELS, cells)])) == by_place(cells)


def test_a_blank_cell_is_seen_and_a_row_of_blanks_too() -> None:
    cells = rows(2)
    cells[0][3] = cells[2][0] = cells[2][6] = ""
    cells[4] = [""] * 7
    cells[5] = [*[""] * 6, "7"]
    assert as_printed(text_of([*map(set_out, LABELS, cells)])) == by_place(cells)


def test_a_row_of_totals_alone_under_a_table_of_totals_alone() -> None:
    cells = [["", "", "", "", "", "", total] for *_, total in rows(3)]
    assert as_printed(text_of([*map(set_out, LABELS, cells)])) == by_place(cells)


def test_a_figure_moved_out_of_its_column_is_read_there_or_not_at_all() -> None:
    unread = 0
    for seed in range(200):
        draw = random.Random(seed)
        cells = rows(seed)
        at, column, by = draw.randrange(len(LABELS)), draw.randrange(7), draw.randint(-7, 7)
        if draw.random() < 0.5:  # with a blank cell where it may move to
            cells[at][min(max(column + (1 if by > 0 else -1), 0), 6)] = ""
        if not cells[at][column]:
            continue
        lines = [set_out(label, row, column if n == at else None, by) for n, (label, row) in enumerate(zip(LABELS, cells, strict=True))]
        printed = by_place(cells)
        found = as_printed(text_of(lines))
        wrong = other_numbers(found, printed)
        place = PLACES[column] + by
        inside = [m for m, begin in zip(MEASURES, PLACES, strict=True) if begin < place + wide(cells[at][column]) and place < begin + 6]
        assert all(key[1] == ITEMS[at] and key[2] in inside for key in wrong), (seed, wrong)  # it stands in another column now
        unread += found.get(("applications", ITEMS[at], MEASURES[column])) is None
    assert unread > 20


@pytest.mark.parametrize("lost", ["自然人", "商业", "其他", "总计", "申请人情况", "法人或其他组织"])
def test_a_header_that_lost_a_word_gives_no_other_number(lost: str) -> None:
    """All rows are full: they are read only if the words that are left fix their columns."""
    cells = rows(4)
    read = as_printed(text_of([*map(set_out, LABELS, cells)], HEADER.replace(lost, " " * wide(lost))))
    assert not other_numbers(read, by_place(cells))
    cells = [[cell if random.Random(f"{lost}{n}{k}").random() < 0.6 else "" for k, cell in enumerate(row)] for n, row in enumerate(cells)]
    read = as_printed(text_of([*map(set_out, LABELS, cells)], HEADER.replace(lost, " " * wide(lost))))
    assert not other_numbers(read, by_place(cells))


BROKEN = (["142", "256", "16", "34", "58", "44", "183"], ["5", "", "", "", "", "", "3"])  # 1425 and 1833 in columns too narrow for them


def with_broken_row(upper: Sequence[str], lower: Sequence[str], at: int, below: int = 0) -> tuple[Report, Values]:
    """A table whose row `at` is printed on two lines, so many characters of its label on the second; and what its other rows print."""
    cells = rows(5)
    lines = [*map(set_out, LABELS, cells)]
    cut = len(LABELS[at]) - below
    lines[at : at + 1] = [set_out(LABELS[at][:cut], upper), set_out(LABELS[at][cut:], lower)]
    printed = by_place(cells)
    return read_report(text_of(lines)), {key: value for key, value in printed.items() if key[1] != ITEMS[at]}


@pytest.mark.parametrize("at", range(len(LABELS)))
@pytest.mark.parametrize("below", [0, 2])
def test_figures_broken_over_two_lines_are_read_where_their_total_is_met(at: int, below: int) -> None:
    report, others = with_broken_row(*BROKEN, at, below)
    read = values(report)
    assert read == others | truth_of(ITEMS[at], (1425, 256, 16, 34, 58, 44, 1833))
    own = [cell for cell in report.cells if cell.item == ITEMS[at]]
    assert {cell.status for cell in own} == {"inferred"} and report.document.text[own[0].start : own[0].end] == "142 5"
    assert [note.message.split(":")[0] for note in report.notes if note.code == "inferred"] == ["applications_row_total"] * 7


@pytest.mark.parametrize("at", range(len(LABELS)))
def test_figures_broken_above_and_below_the_line_of_their_row_are_none(at: int) -> None:
    """As in cells centred between the lines of a row."""
    cells = rows(5)
    lines = [*map(set_out, LABELS, cells)]
    upper, lower = BROKEN
    pieces = [set_out("", [cell if rest else "" for cell, rest in zip(upper, lower, strict=True)]), set_out("", lower)]
    whole = [cell if not rest else "" for cell, rest in zip(upper, lower, strict=True)]
    lines[at : at + 1] = [pieces[0], set_out(LABELS[at], whole), pieces[1]]
    others = {key: value for key, value in by_place(cells).items() if key[1] != ITEMS[at]}
    assert not other_numbers(as_printed(text_of(lines)), others)
    lines[at + 1] = set_out(LABELS[at], ["", "7", *whole[2:]])
    assert not other_numbers(as_printed(text_of(lines)), others)


@pytest.mark.parametrize("at", [0, 3])
def test_figures_broken_over_two_lines_are_none_where_their_total_is_not_met(at: int) -> None:
    for line, column in [(0, k) for k in range(7)] + [(1, 0), (1, 6)]:
        upper, lower = [list(line) for line in BROKEN]
        changed = (upper, lower)[line]
        changed[column] = str(int(changed[column]) + 1)
        report, others = with_broken_row(upper, lower, at)
        read = values(report)
        assert read == others | truth_of(ITEMS[at], [None] * 7), (line, column)


def test_figures_below_others_are_none_where_those_above_add_up_alone() -> None:
    upper, lower = ["100", "0", "0", "0", "0", "0", "100"], ["5", "", "", "", "", "", "5"]
    report, _ = with_broken_row(upper, lower, 2)
    assert not [cell for cell in report.cells if cell.item == ITEMS[2] and cell.value is not None]


@pytest.mark.parametrize("lower", [["", "5", "", "", "", "", "3"], ["5", "", "", "", "", "3", ""], ["523", "", "", "", "", "", "3"]])
def test_figures_that_are_no_rest_of_those_above_leave_both_rows_unread(lower: list[str]) -> None:
    """Those above are shorter than others in their column, which would have been broken first; or those below may begin others."""
    report, _ = with_broken_row(["142", "6", "16", "34", "58", "44", "183"], lower, 2)
    assert not [cell for cell in report.cells if cell.item in ITEMS[2:4] and cell.value is not None]


def truth_of(item: str, row: Sequence[float | None]) -> Values:
    return {("applications", item, measure): value for measure, value in zip(MEASURES, row, strict=True)}


def test_a_label_over_several_lines_with_its_figures_beside_any() -> None:
    cells = rows(6)
    wrapped = {0: ("一、本年新收政府信", "息公开申请数量"), 3: ("（二）部分公开（区分处理的，", "只计这一情形，不计", "其他情形）")}
    for beside in range(3):
        lines = []
        for number, (label, row) in enumerate(zip(LABELS, cells, strict=True)):
            pieces = wrapped.get(number, (label,))
            lines += [set_out(piece, row) if at == min(beside, len(pieces) - 1) else piece for at, piece in enumerate(pieces)]
        assert as_printed(text_of(lines)) == by_place(cells), beside


def test_group_labels_left_of_the_rows_and_a_page_end_in_the_table() -> None:
    cells = rows(7)
    lines = [*map(set_out, LABELS, cells)]
    lines[2:7] = [set_out(f"{group:　<2}{label}", row) for group, label, row in zip("三本年度办", LABELS[2:7], cells[2:7], strict=True)]
    lines[5:5] = ["", "                                   - 3 -", "\f"]
    assert as_printed(text_of(lines)) == by_place(cells)


def test_figures_that_may_be_those_of_the_row_above_are_none() -> None:
    """As a tall row's figures are printed on the line of the next label, and its own on a line of a group's label alone."""
    cells = [["3000", *row[1:]] if number == 0 else row for number, row in enumerate(rows(9))]
    lines = [*map(set_out, LABELS, cells)]
    lines[4:6] = [LABELS[4], set_out(f"办　　{LABELS[5]}", cells[4]), set_out("果", cells[5])]
    read = as_printed(text_of(lines))
    assert not other_numbers(read, by_place(cells))
    assert {key[1] for key, value in read.items() if value is not None} >= {*ITEMS[:3], "carried_out"}


def test_a_table_cut_in_two_has_no_header_over_its_second_part() -> None:
    """As w3m sets a table that an editor split: labels and figures of the second part begin in other places."""
    labels = [
        *LABELS[:4],
        *(f"{n}.{name}" for n, name in enumerate(("属于国家秘密", "其他法律行政法规禁止公开"), 1)),
        *(f"  {n}.属于{name}" for n, name in ((7, "行政执法案卷"), (8, "行政查询事项"))),
    ]
    for shift in (-8, 0):
        lines = [set_out(label, ["", "", "", "", "", "", "7"], 6, shift if number > 5 else 0) for number, label in enumerate(labels)]
        read = as_printed(text_of(lines))
        assert read["applications", "received", "total"] == 7
        assert not [
            key for key, value in read.items() if key[1] in ("withheld_enforcement_file", "withheld_admin_query") and value is not None
        ]


def test_a_first_numbered_row_set_elsewhere_than_the_next_is_none() -> None:
    """As a row printed among others of another depth: its label and its figures stand a column further left."""
    labels = [
        *LABELS[:3],
        "2.重复申请",
        *(f"    {n}.属于{name}" for n, name in ((1, "国家秘密"), (7, "行政执法案卷"), (8, "行政查询事项"))),
    ]
    lines = [set_out(label, ["", "", "", "", "", "", "7"], 6, -8 if number == 3 else 0) for number, label in enumerate(labels)]
    read = as_printed(text_of(lines))
    assert read["applications", "received", "total"] == 7
    assert not [key for key, value in read.items() if key[1] == "unprocessed_repeat" and value is not None]


def test_two_figures_of_a_row_under_one_column_are_none() -> None:
    cells = rows(8)
    cells[3][5] = cells[3][4] = ""
    lines = [*map(set_out, LABELS, cells)]
    lines[3] = lines[3][:-1].rstrip("0123456789") + "1 2"
    read = as_printed(text_of(lines))
    assert not [key for key, value in read.items() if key[1] == "partly_disclosed" and value is not None]


def test_prose_with_figures_and_lists_of_names_are_no_tables() -> None:
    prose = "".join(f"第{n}件事项    共办理{n}件，其中网上 {n} 件   当面 {n + 1} 件。\n" for n in range(9))
    document = read_text(prose.encode())
    assert document.text == prose and not [block for block in document.blocks if isinstance(block, Table)]


def test_ten_thousand_lines_of_figures_are_read_in_passing() -> None:
    """No table of a report is so long: it is left as it is, and no line is looked at against every other."""
    lines = [
        line_of((Word(f"{n}.样例", 0.0, 6.0), Word("1", 20.0, 21.0), Word("2", 30.0, 31.0), Word("3", 40.0, 41.0))) for n in range(10_000)
    ]
    head = line_of((Word("甲", 20.0, 22.0), Word("乙", 30.0, 32.0), Word("丙", 40.0, 42.0)))
    assert find_columned([head, *lines], exact=True) == []
    assert len(find_columned([head, *lines[:100]], exact=True)) == 1
