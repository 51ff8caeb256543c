"""Markdown as programs make it of a PDF: labels torn from their figures, figures run together in cells, a table for every few rows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from parsers import read_report
from tests.support import drafts, layouts
from tests.support.figures import Grid, Sample
from tests.support.paper_lines import HEADER
from tests.support.readings import read, sample, truth

OUTCOMES = """行政复议 行政诉讼
结 结 其 尚 总 未经复议直接起诉 复议后起诉
果 果 他 未 计 结 结 其 尚 总 结 结 其 尚 总
维 纠 结 审 果 果 他 未 计 果 果 他 未 计
持 正 果 结 维 纠 结 审 维 纠 结 审
持 正 果 结 持 正 果 结"""


def table(figures: str, label: str = "", together: int = 2) -> list[str]:
    """A line of figures as a table of its own, so many of them in one cell: | | 12 | 0 3 | … |."""
    words = figures.split()
    cells = [label, "", words[0]] + [" ".join(words[at : at + together]) for at in range(1, len(words), together)]
    return ["", f"| {' | '.join(cells)} |", "|" + " --- |" * len(cells)]


def torn_rows(grid: Grid, draw: random.Random) -> Iterator[str]:
    """Each row's figures in a table of their own, the label beside them or on the line below, its group's wherever it stands."""
    for row in grid[3:]:
        *groups, label = [text for text, _, _ in row[:-7]]
        figures = " ".join(text for text, _, _ in row[-7:])
        yield from groups
        if draw.random() < 0.3:
            yield from table(figures, label)
        else:
            yield from table(figures)
            yield from re.findall(".{1,14}", label)


def articles(grid: Grid, draw: random.Random) -> Iterator[str]:
    """The words of a header line by line; below it a label beside, above or below its figures."""
    place = 0
    for row in grid:
        label, *texts = [text.replace("\n", "") for text, _, _ in row]
        if label.startswith("第二十条"):
            yield label
        elif label == "信息内容":
            broken = [text.split("\n") for text, _, _ in row[1:]]
            yield " ".join([label, *(lines[0] for lines in broken)])
            yield " ".join("".join(lines[1:]) for lines in broken)
            place = draw.randrange(3) if len(texts) > 1 else draw.randrange(1, 3)
        else:
            figures = " ".join(texts)
            yield from {0: [f"{label} {figures}"], 1: [label, *table(figures, together=1)], 2: [figures, label]}[place]


def torn(of: Sample, seed: int = 0) -> list[str]:
    draw = random.Random(seed)
    lines = [of.title]
    for part in layouts.parts(of):
        if isinstance(part, str):
            lines.append(part)
        elif len(part) > 20:
            lines += [*HEADER.split("\n"), *torn_rows(part, draw)]
        elif part[0][0][0].startswith("第二十条"):
            lines += articles(part, draw)
        else:
            lines += [*OUTCOMES.split("\n"), *table(" ".join(text for text, _, _ in part[-1])), ""]
    return lines


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_read(edition: str, seed: int) -> None:
    of = sample(edition)
    assert read("\n".join(torn(of, seed)).encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_figures_that_do_not_add_up_stand_as_printed(edition: str) -> None:
    of = sample(edition)
    of = replace(of, printed=drafts.FILLED[1](of.printed, random.Random(3)))
    assert read("\n".join(torn(of)).encode()) == pytest.approx(truth(of))


def figure_lines(lines: list[str]) -> list[int]:
    return [n for n, line in enumerate(lines) if len(re.findall(r"\d+", line)) >= 7 and line.startswith("|  |")]


@pytest.mark.parametrize("change", ["dropped", "twice", "a figure less", "a figure broken", "swapped labels", "another row"])
def test_no_figure_moves(change: str) -> None:
    of = sample()
    for seed in range(6):
        lines = torn(of, seed)
        at = random.Random(seed).choice(figure_lines(lines)[:-1])
        whole = lines[at]
        last = re.findall(r"\d+", whole)[-1]
        if change == "dropped":
            del lines[at]
        elif change == "twice":
            lines[at:at] = [whole, lines[at + 1], ""]
        elif change == "a figure less":
            lines[at] = re.sub(r"\d+ \|$", "|", whole)
        elif change == "a figure broken":
            lines[at] = whole[: whole.rindex(last) + 1] + " |"
            lines[at + 2 : at + 2] = [f"|  |  |  |  |  | {last[1:] or 5} |"]
        elif change == "swapped labels":
            one, other = figure_lines(lines)[1:3]
            lines[one], lines[other] = lines[other], lines[one]
            lines[one + 2], lines[other + 2] = "本行另有说明", "本行另有说明"
        else:
            lines[at:at] = ["| 9.另有其他情形 |  | 1 | 2 3 | 4 5 | 6 21 |", lines[at + 1], ""]
        printed = truth(of)
        cells = read_report("\n".join(lines).encode()).cells

        wrong = [cell for cell in cells if cell.value is not None and cell.value != printed[cell.section, cell.item, cell.measure]]
        assert not wrong, (seed, wrong[:2])


@pytest.mark.parametrize("spoilt", ["一个格里 12 34", "97"])
def test_an_article_with_other_words_or_more_lines_of_figures_than_labels_is_not_read(spoilt: str) -> None:
    lines = torn(sample(), 1)
    at = lines.index("行政处罚")
    found = read_report("\n".join([*lines[:at], spoilt, *lines[at:]]).encode()).cells
    assert not [cell for cell in found if cell.item in ("penalties", "compulsion") and cell.value is not None]


def test_figures_beside_blanks_that_others_fill_are_of_no_column() -> None:
    """Where two figures stand in one cell and others are blank, a row with blanks is under no column either."""
    head = "|  | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n|" + " --- |" * 8
    crowded = "| 一、本年新收政府信息公开申请数量 |  | 3 1 |  | 0 | 0 | 0 | 4 |"
    blanks = "| 二、上年结转政府信息公开申请数量 |  | 2 |  | 1 |  |  | 3 |"
    for rows, read_ in (([blanks], True), ([crowded, blanks], False)):
        text = "\n".join(["样例市样例局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", "", head, *rows])
        cells = read_report(text.encode()).cells
        assert any(cell.value for cell in cells if cell.item == "carried_in") == read_


def spaced(of: Sample, header: list[str]) -> str:
    """Lines as a program prints those of a PDF, words kept apart but under no column: what follows a long word has moved."""
    lines = [of.title]
    for part in layouts.parts(of):
        if isinstance(part, str):
            lines.append(part)
        elif len(part) > 20:
            lines += header
            for row in part[3:]:
                *groups, label = [text for text, _, _ in row[:-7]]
                lines += [f"  {text}" for text in groups]
                lines.append(f"   {label}      " + "   ".join(text for text, _, _ in row[-7:]))
        else:
            lines += ["    ".join(text.replace("\n", "") for text, _, _ in row) for row in part]
    return "\n".join(lines)


BY_LINES = [
    "                   申请人情况",
    "                    法人或其他组织",
    "   自然人              社会  法律        总计",
    "           商业  科研",
    "                       公益  服务  其他",
    "           企业  机构",
    "                       组织  机构",
]


def test_lines_tell_what_places_do_not() -> None:
    of = sample()
    found = read_report(spaced(of, BY_LINES).encode()).cells
    of_section_3 = {key: value for key, value in truth(of).items() if key[0] == "applications"}
    assert {(c.section, c.item, c.measure): c.value for c in found if c.section == "applications"} == of_section_3


@pytest.mark.parametrize(("one", "other"), [("商业", "科研"), ("社会", "法律"), ("公益", "其他")])
def test_words_of_a_header_in_another_order_head_nothing(one: str, other: str) -> None:
    header = [line.replace(one, "\0").replace(other, one).replace("\0", other) for line in BY_LINES]
    found = read_report(spaced(sample(), header).encode()).cells
    assert not [cell for cell in found if cell.section == "applications" and cell.value is not None]


def test_words_of_a_header_that_stand_elsewhere_than_in_the_forms_order_head_nothing() -> None:
    """What is printed on another line may stand to the left of what comes before it in the form."""
    header = [line.replace("           商业", "       商业").replace("   自然人", "         自然人") for line in BY_LINES]
    found = read_report(spaced(sample(), header).encode()).cells
    assert not [cell for cell in found if cell.section == "applications" and cell.value is not None]


def test_a_word_of_change_and_a_unit_are_of_their_figures() -> None:
    head = "样例市样例局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    licensing = (
        "第二十条第（五）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n1176 减 22 19\n行政许可\n35 增 6\n其他对外管理服务事项\n"
    )
    procurement = "第二十条第（九）项\n信息内容 采购项目数量 采购总金额\n政府集中采购 256.5603 万元\n"
    cells = {(c.item, c.measure): c.value for c in read_report(f"{head}{licensing}{procurement}".encode()).cells}
    assert {value for (item, _), value in cells.items() if item == "other_services"} <= {None}
    assert cells.get(("procurement", "purchases")) is None
    whole = licensing.replace("35 增 6", "35 增 6 8")
    cells = {(c.item, c.measure): c.value for c in read_report(f"{head}{whole}{procurement}".encode()).cells}
    assert [cells["licensing", m] for m in ("prior_items", "change", "decisions")] == [1176, -22, 19]
    assert [cells["other_services", m] for m in ("prior_items", "change", "decisions")] == [35, 6, 8]


def test_one_figure_that_touches_its_label_glues_no_others() -> None:
    """In a text of a cell a line that lost its blanks and broke its figures, one cell run on into its label's line."""
    rows = {"一、本年新收政府信息公开申请数量": "24 2 21 2 5 27 0", "二、上年结转政府信息公开申请数量": "16 7 1 3 6 22 4"}
    lines = ["样例市样例局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    for label, figures in rows.items():
        lines += [label, *figures.split()]
    lines += ["1.属于国家秘密", *["81", "38", "0", "0", "119"], "6.属于四类过程性信息0", *["6", "2", "2", "5", "3", "18"]]
    cells = read_report("\n".join(lines).encode()).cells
    assert not [cell for cell in cells if cell.item in ("received", "carried_in") and cell.value is not None]


@pytest.mark.parametrize("column", ["5", "\u3000"])
def test_a_row_with_a_cell_of_another_column_is_not_read_by_order(column: str) -> None:
    head = "样例市样例局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n"
    rows = f"信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t21\t49\t{column}\t17\n行政规范性文件\t30\t31\t{column}\t41\n"
    cells = read_report(f"{head}{rows}".encode()).cells
    assert not [cell for cell in cells if cell.value is not None]


ARTICLE = "样例市样例局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("1 2 3\n规章\n- 5 -\n4 5 6\n行政规范性文件", [1, 2, 3, 4, 5, 6]),  # a page's number is no figure
        ("1 2 3\n规章 4 5 6\n行政规范性文件", []),  # a label beside another's figures
    ],
)
def test_lines_of_figures_in_the_order_of_their_labels(lines: str, kept: list[int]) -> None:
    cells = read_report(f"{ARTICLE}{lines}\n".encode()).cells
    found = [cell.value for cell in cells if cell.item in ("rules", "normative_documents") and cell.value is not None]
    assert found == kept


def test_as_many_figures_as_columns_with_a_blank_among_them_are_not_the_forms() -> None:
    """A column of figures without a word above it, and one of the form's blank in every row."""
    head = "| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | | | | | | | |\n"
    names = "| | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 | |\n"
    lines = [
        "样例市样例局2023年政府信息公开工作年度报告",
        "",
        "三、收到和处理政府信息公开申请情况",
        "",
        head + "|---" * 9 + "|\n" + names.strip(),
    ]
    for part in layouts.parts(sample()):
        if not isinstance(part, str) and len(part) > 20:
            for row in part[3:]:
                texts = [text for text, _, _ in row[-7:]]
                lines.append(f"| {row[-8][0]} | {' | '.join([*texts[:3], '', *texts[4:]])} | 9 |")
    cells = read_report("\n".join(lines).encode()).cells
    assert not [cell for cell in cells if cell.measure in ("legal_service", "other_org", "total") and cell.value == 9]


HEAD_2 = (
    "样例市样例局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 37\n"
)


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("行政处罚 \n12\n行政强制 45", [37.0, 45.0]),  # a blank cell, then a page's number
        ("行政处罚\n12 7\n行政强制\n45 9", [37.0]),  # a column beside the form's
        ("行政处罚 12\n行政强制 45", [37.0, 12.0, 45.0]),
    ],
)
def test_figures_below_their_labels(rows: str, kept: list[float]) -> None:
    text = f"{HEAD_2}第二十条第（六）项\n信息内容 本年处理决定数量\n{rows}\n第二十条第（八）项\n信息内容 本年收费金额（单位：万元）\n行政事业性收费 8\n"
    cells = read_report(text.encode()).cells
    assert [c.value for c in cells if c.item in ("licensing", "penalties", "compulsion") and c.value is not None] == kept


def test_a_table_printed_once_more_and_otherwise_takes_the_place_of_none_of_the_first() -> None:
    """The second may be another report's, also where its rows are told by their order and more of them."""
    lines = torn(sample())
    at = next(n for n, line in enumerate(lines) if line.startswith("三、"))
    first = [f"{label} 1 2 3 4 5 6 21" for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")]
    cells = read_report("\n".join([*lines[: at + 1], *HEADER.split("\n"), *first, "", *lines[at:]]).encode()).cells
    totals = {
        cell.item: cell.value for cell in cells if cell.section == "applications" and cell.measure == "total" and cell.value is not None
    }
    assert totals == {"received": 21, "carried_in": 21}
