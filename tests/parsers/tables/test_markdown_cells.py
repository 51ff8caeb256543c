"""Markdown as converters write it: markup in its cells, merged cells repeated, headers broken over rows, labels in pieces."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.figures import Grid
from tests.support.markdown import markdown, piped, repeated
from tests.support.readings import read, sample, truth

MARKDOWN: dict[str, Callable[[Grid], str]] = {
    "bold labels": lambda grid: piped(grid, lambda text: f"**{text}**".replace("\n", "")),
    "broken cells": lambda grid: piped(grid, lambda text: text.replace("\n", "<br>")),
    "entities for blanks": lambda grid: piped(grid, lambda text: text.replace("\n", ""), "&nbsp;"),
    "escaped signs": lambda grid: piped(grid, lambda text: re.sub(r"([-+.|（])", r"\\\1", text.replace("\n", "")).replace("\\（", "（")),
    "tables in HTML": lambda grid: f"<table>{layouts.html_rows(grid, escape)}</table>",
}


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("table", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_with_markup_in_its_cells(table: Callable[[Grid], str], edition: str) -> None:
    of = sample(edition)
    data = markdown(of, table).encode()
    assert read(data) == pytest.approx(truth(of))
    report = read_report(data)
    text = {section.code: report.document.text[section.start : section.end] for section in report.sections}
    assert text["problems"] == "目录更新慢，下一年改为每月核对一次；办事人员轮训2次。"
    assert report.identity.title == of.title


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("cut", [7, 12, 20])
def test_a_table_over_two_pages_with_its_merged_cellsrepeated(cut: int, edition: str) -> None:
    """As PDF converters write Markdown: a merged cell once for each column and row it covers, a table for each page."""

    def table(grid: Grid) -> str:
        rows = [[text.replace("\n", "") for text in row] for row in repeated(grid)]
        tables = [rows[:cut], rows[cut:]] if len(rows) > cut + 3 and len(rows[0]) == 10 else [rows]
        return "\n\n".join(piped([[(text, 1, 1) for text in row] for row in part], str) for part in tables)

    of = sample(edition)
    assert read(markdown(of, table).encode()) == pytest.approx(truth(of))


def _broken_over_rows(grid: Grid) -> str:
    """As html2text prints a table: a line that is broken within a cell is a row of its own."""
    first, *rest = ["| " + "| ".join(text for text, _, _ in row) for row in grid]
    return "\n".join([first, "|---" * len(grid[0]) + "|", *rest])


def test_a_header_broken_over_rows() -> None:
    of = sample("2019")
    text = markdown(of, _broken_over_rows)
    assert "| 信息内容| 本年新\n制作数量| 本年新\n公开数量| 对外公开总数量\n" in text
    found = {key: value for key, value in read(text.encode()).items() if key[0] == "proactive_disclosure"}
    assert found == {key: value for key, value in truth(of).items() if key[0] == "proactive_disclosure"}
    moved = text.replace("新\n制作", "新\n公布").replace("新\n公开", "新\n制作").replace("新\n公布", "新\n公开")
    report = read_report(moved.encode())
    assert not [c for c in report.cells if c.item in ("rules", "normative_documents") and c.value is not None]


def test_columns_that_a_converter_numbers_and_lines_right_below_a_table() -> None:
    """PyMuPDF prints Col2 over a column without a header cell; a line below a table without a blank one is no row of it."""
    of = sample()

    def table(grid: Grid) -> str:
        rows = [[text.replace("\n", "<br>") or f"Col{at + 1}" for at, text in enumerate(row)] for row in repeated(grid)]
        head = [text if text not in rows[0][:at] else f"Col{at + 1}" for at, text in enumerate(rows[0])]
        return "\n".join(f"|{'|'.join(row)}|" for row in [head, ["---"] * len(head), *rows[1:]])

    text = "\n".join(part if isinstance(part, str) else table(part) for part in layouts.parts(of))
    assert read(f"{of.title}\n{text}\n2024年1月15日".encode()) == pytest.approx(truth(of))


def test_a_sign_for_nothing_in_the_last_cell_of_a_padded_row_is_printed() -> None:
    """It is not the padding of a row that lost a cell."""
    of = sample()
    signs = {key: "/" if key[0] == "applications" and key[2] == "total" else text for key, text in of.printed.items()}
    of = replace(of, printed=signs)
    assert read(markdown(of, lambda grid: piped(grid, lambda text: text.replace("\n", ""))).encode()) == pytest.approx(truth(of))


def test_labels_in_the_radicals_of_a_pdf_font() -> None:
    of = sample()
    radicals = str.maketrans("一二工人力大小子文方日止比水用生立行言非", "⼀⼆⼯⼈⼒⼤⼩⼦⽂⽅⽇⽌⽐⽔⽤⽣⽴⾏⾔⾮")
    table = markdown(of, lambda grid: piped(grid, lambda text: text.translate(radicals).replace("\n", "")))
    assert read(table.encode()) == pytest.approx(truth(of))
    assert read(layouts.cell_per_line(of).decode().translate(radicals).encode()) == pytest.approx(truth(of))


def test_a_label_in_one_cell_with_a_piece_of_its_groups() -> None:
    """As PyMuPDF4LLM writes Markdown."""
    of = sample()

    def table(grid: Grid) -> str:
        rows = [[text.replace("\n", "") for text in row] for row in _across_groups(grid)]
        return "\n".join(f"|{'|'.join(row)}|" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])

    def _across_groups(grid: Grid) -> list[list[str]]:
        rows = repeated(grid)
        if len(rows[0]) != 10:
            return rows
        pieces = iter(["（三）不", "予公开", "（四）无", "法提供", "（五）不", "予处理", "（六）其", "他处理"] * 9)
        return [[f"{next(pieces)}<br>{row[2]}" if row[2][0].isdigit() and at % 2 else row[2], *row[3:]] for at, row in enumerate(rows)]

    assert read(markdown(of, table).encode()) == pytest.approx(truth(of))


def test_numbering_with_an_escaped_full_stop() -> None:
    """As Mammoth writes Markdown."""
    of = sample()
    text = re.sub(rb"^(\d)\.", rb"\1\\.", layouts.cell_per_line(of), flags=re.MULTILINE)
    assert read(text) == pytest.approx(truth(of))


def test_front_matter_above_a_text_without_markdown_tables() -> None:
    of = sample()
    rows = markdown(of, lambda grid: "\n".join(f"| {' | '.join(t.replace(chr(10), '') for t, _, _ in row)} |" for row in grid))
    report = read_report(f"---\ntitle: {of.title}\n---\n{rows}".encode())
    assert report.identity.title == of.title and report.cells
