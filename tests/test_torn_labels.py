"""Markdown as programs make it of a PDF: labels torn from their figures, figures run together in cells, a table for every few rows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import drafts
import pytest
from test_form_order import HEADER
from test_variants import Grid, Sample, layouts, read, sample, truth

from parsers import read_report

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
