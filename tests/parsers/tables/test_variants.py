"""One sound report as sites and converters print it otherwise: every figure is read, and none but those printed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from html import escape

import pytest
from opencc import OpenCC

from parsers import read_report
from tests.support import drafts, layouts, printed
from tests.support.figures import NOTE, Figures, Grid, Sample
from tests.support.layouts import bare_page
from tests.support.markdown import markdown, piped, repeated
from tests.support.readings import read, sample, truth

Filling = Callable[[Figures, random.Random], Figures]


PAGES: dict[str, Callable[[str], str]] = {
    "traditional characters": lambda text: OpenCC("s2t").convert(text),
    "comments inside figures": lambda text: re.sub(r"(?<=>)(\d)(\d+)(?=<)", r"<span>\1</span><!-- --><span>\2</span>", text),
    "circled numbering": lambda text: re.sub(r"(?<=>)(\d)\.", lambda m: "①②③④⑤⑥⑦⑧"[int(m[1]) - 1], text),
    "numbering of one character": lambda text: re.sub(
        r"(?<=>)（([一二三四五六七])）", lambda m: chr(0x3220 + "一二三四五六七".index(m[1])), text
    ),
    "合计 for 总计": lambda text: text.replace("总计", "合计"),
    "labels that end in 的": lambda text: re.sub("(国家秘密|执法案卷|查询事项|公开出版物)(?=<)", r"\1的", text),
    "words of section 4 said otherwise": lambda text: (
        text.replace("尚未审结", "未审结").replace("其他结果", "其它结果").replace("未经复议直接起诉", "未经行政复议直接起诉")
    ),
    "a unit in each column": lambda text: re.sub("(自然人|科研机构|尚未审结)(?=<)", r"\1（件）", text),
    "a unit for the note": lambda text: text.replace(NOTE, "（单位：件）"),
}
OTHERWISE = ("labels that end in 的", "words of section 4 said otherwise")


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("change", PAGES.values(), ids=PAGES)
def test_a_page_with_words_printed_otherwise(change: Callable[[str], str], edition: str) -> None:
    of = sample(edition)
    assert read(change(bare_page(of)).encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize(
    "change", [PAGES[name] for name in ("circled numbering", "numbering of one character", "合计 for 总计", *OTHERWISE)]
)
def test_a_text_with_words_printed_otherwise(change: Callable[[str], str]) -> None:
    of = sample()
    text = layouts.cell_per_line(of).decode()
    text = re.sub("[<>]", "", change(re.sub(r"(?m)^(.*)$", r">\1<", text)))
    assert read(text.encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("12.5萬元", 125_000),
        ("1,250.50元", 1250.5),
        ("１２．５万元", 125_000),
        ("0.00", 0),
        ("￥1,250.50", 1250.5),
        ("12.5（万元）", 125_000),
    ],
)
def test_money_as_cells_print_it(text: str, yuan: float) -> None:
    of = sample("2019", amount=text)
    assert read(bare_page(of).encode())["proactive_disclosure", "procurement", "amount"] == pytest.approx(yuan)


@pytest.mark.parametrize(
    ("measure", "text"), [("amount", "25（其中货物类12万元）"), ("amount", "25（折合万元）"), ("change", "增2（减1）")]
)
def test_a_figure_whose_remark_may_change_it_is_not_read(measure: str, text: str) -> None:
    item = "procurement" if measure == "amount" else "licensing"
    of = sample("2019", **{measure: text})
    assert {c.status for c in read_report(bare_page(of).encode()).cells if (c.item, c.measure) == (item, measure)} == {"unreadable"}


def test_a_page_in_utf_16_as_word_saves_it() -> None:
    of = sample()
    assert read(bare_page(of).encode("utf-16")) == pytest.approx(truth(of))


def test_a_dash_before_each_cell_is_no_minus() -> None:
    of = sample()
    text = re.sub("(?m)^(?=.)", "- ", layouts.cell_per_line(of).decode())
    assert not [cell for cell in read_report(text.encode()).cells if cell.value is not None and cell.value < 0]


@pytest.mark.parametrize("said", ["本年新收政府信息公开申请数量为30件", "本年新收政府信息公开申请30件，申请办结率100%"])
def test_a_sentence_in_the_words_of_a_row_is_no_table(said: str) -> None:
    of = sample()
    text = layouts.tabs(of).decode()
    assert "一、总体情况\n" in text
    assert read(text.replace("一、总体情况\n", f"一、总体情况\n{said}。\n", 1).encode()) == pytest.approx(truth(of))


def test_entities_left_in_a_text() -> None:
    of = sample()
    assert read(re.sub(r"(?m)^(?=\d+$)", "&nbsp;", layouts.cell_per_line(of).decode()).encode()) == pytest.approx(truth(of))


def test_a_tab_at_the_end_of_each_line() -> None:
    of = sample()
    assert read(re.sub("(?m)(?<=.)$", "\t", _tabbed(of).decode()).encode()) == pytest.approx(truth(of))


def test_a_minus_in_words() -> None:
    assert read(bare_page(sample("2019", change="负12")).encode())["proactive_disclosure", "licensing", "change"] == -12


def test_figures_in_a_table_beside_the_pages_last_words_are_no_row_of_section_4() -> None:
    of = sample()
    beside = "<table><tr><td>1</td></tr><tr><td>2</td></tr></table></body>"
    assert read(bare_page(of).replace("</body>", beside).encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize("note", ["注：1.规范性文件统计截至2023年12月；2.行政处罚含简易程序案件25件。", "备注：行政许可含延续3件"])
def test_a_note_below_a_table_that_names_its_rows_is_no_row(note: str) -> None:
    of = sample()
    text = layouts.cell_per_line(of).decode()
    assert "三、收到和处理" in text
    assert read(text.replace("三、收到和处理", f"{note}\n三、收到和处理", 1).encode()) == pytest.approx(truth(of))


# -- Markdown ----------------------------------------------------------------------------------------------------------


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


# -- texts ---------------------------------------------------------------------------------------------------------------


def _tabbed(of: Sample) -> bytes:
    """A line a row, tabs between its cells."""
    parts = (
        part if isinstance(part, str) else "\n".join("\t".join(t.replace("\n", "") for t, _, _ in row) for row in part)
        for part in layouts.parts(of)
    )
    return "\n".join(parts).encode()


def _words_on_lines(of: Sample) -> bytes:
    """A line a cell, blank ones dropped."""
    return re.sub(rb"\n\n+", b"\n", layouts.cell_per_line(of))


def _between_bars(of: Sample) -> bytes:
    """A line a row, bars between its cells only."""
    return _tabbed(of).replace(b"\t", b" | ")


@pytest.mark.parametrize("label", ["其他主动公开文件", "其他规范性文件"])
@pytest.mark.parametrize("layout", [_tabbed, _between_bars, _words_on_lines])
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


# -- pages cut short -------------------------------------------------------------------------------------------------------


def _tabbed_grid(of: Sample) -> bytes:
    return printed.pipe_grid(of).replace(b"| ", b"\t").replace(b" \t", b"\t")


def _markdown(of: Sample) -> bytes:
    return markdown(of, lambda grid: piped(grid, lambda text: text.replace("\n", ""))).encode()


@pytest.mark.parametrize("filling", [drafts.FILLED[0], drafts.FILLED[3]], ids=["sound", "blanks"])
@pytest.mark.parametrize("layout", [printed.pipe_grid, printed.lines, _words_on_lines, _tabbed_grid, _markdown, layouts.pipe_line_ends])
def test_a_page_cut_short_anywhere_states_no_other_number(layout: Callable[[Sample], bytes], filling: Filling) -> None:
    """The last row may have lost cells: as many as the form has, blanks for its label among them, need not be its own."""
    whole = sample()
    of = Sample("", whole.agency, whole.year, whole.edition, filling(whole.printed, random.Random(7)))
    text, wanted = layout(of).decode(), truth(of)
    begins = text.index("第二十条")
    for end in range(begins + 40, len(text), 19):
        report = read_report(text[:end].encode())
        last = len(report.document.text.rstrip()) - 1  # a figure cut in two is what the page prints
        for cell in report.cells:
            if cell.value is not None and cell.end < last:
                assert cell.value == pytest.approx(wanted[cell.section, cell.item, cell.measure]), (text[:end][-80:], cell)


def test_digits_beside_a_blank_are_not_one_to_a_cell() -> None:
    of = sample(issued="\u3000", repealed="\u3000", in_force="222")
    text = "".join(part if isinstance(part, str) else "".join(t for row in part for t, _, _ in row) for part in layouts.parts(of))
    found = {(cell.item, cell.measure): cell.value for cell in read_report(text.encode()).cells}
    assert found["rules", "issued"] is None and found["rules", "in_force"] is None


def test_bars_that_enclose_no_blank_cell_have_dropped_them() -> None:
    """As a page's words joined by bars: with a column beside the form's, a row that lost a blank has as many cells as the form."""
    whole = sample()
    blank = {("applications", item, "business") for item in ("received", "carried_in", "disclosed", "partly_disclosed")}
    blank |= {("applications", item, column) for item in ("withheld_by_law", "withheld_internal") for column in ("business", "total")}
    of = Sample("", whole.agency, whole.year, whole.edition, {key: "" if key in blank else text for key, text in whole.printed.items()})
    words = [text for part in layouts.parts(of) for text in ([part] if isinstance(part, str) else _with_remarks(part))]
    report = read_report("|".join(word.replace("\n", "") for word in words if word).encode())
    wanted = truth(of)
    for cell in report.cells:
        key = (cell.section, cell.item, cell.measure)
        assert cell.value is None or cell.value == pytest.approx(wanted[key]), key


def _with_remarks(grid: Grid) -> list[str]:
    """The texts of a table, in section 3 with a number of its own after some of the rows."""
    rows = [[text for text, _, _ in row] for row in grid]
    return [text for row in rows for text in ([*row, "3"] if len(grid) > 25 and "" in row[-7:] else row)]


@pytest.mark.parametrize("agency", ["XX单位", "××局", "某县某局", "＊＊镇"])
def test_a_template_filled_with_zeros_is_refused(agency: str) -> None:
    of = Sample("", agency, 2022, "2021", dict.fromkeys(sample().printed, "0"))
    report = read_report(bare_page(of).encode())
    assert report.status == "refused" and "表样" in str(report.refused)


def test_a_real_agency_is_no_template() -> None:
    of = Sample("", "某样县样例局", 2022, "2021", dict.fromkeys(sample().printed, "0"))
    assert read(bare_page(of).encode()) == pytest.approx(truth(of))


@pytest.mark.parametrize("layout", [layouts.tabs, _markdown, lambda of: bare_page(of).encode()], ids=["tabs", "markdown", "page"])
def test_a_figure_that_the_text_ends_with_may_be_cut_off(layout: Callable[[Sample], bytes]) -> None:
    text = layout(sample()).decode()
    label = text.index("行政许可")
    figure = re.compile(r"(?<![\d\"])\d{2,}").search(text, label)  # and no width of a merged cell
    assert figure
    for end in range(figure.start() + 1, figure.end() + 1):
        report = read_report(text[:end].encode())
        cell = next(c for c in report.cells if (c.item, c.measure) == ("licensing", "decisions"))
        assert (cell.value, cell.status) == (None, "unreadable") and "cut_off" in {note.code for note in report.notes}
    closed = re.compile(r"</td>|\s").match(text, figure.end())
    whole = read_report(text[: closed.end() if closed else None].encode())
    assert [c.value for c in whole.cells if (c.item, c.measure) == ("licensing", "decisions")] == [float(figure[0])]


def test_cells_that_ran_together_leave_the_row_unread() -> None:
    """As a converter of PDF leaves a row: 20 0 in one cell and a blank for it elsewhere, so that as many cells are there as before."""
    head = "|  | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n|" + " --- |" * 8
    rows = [
        "| 一、本年新收政府信息公开申请数量 |  |  | 20 0 | 0 | 0 | 0 | 1 21 |",
        "| 二、上年结转政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |",
    ]
    report = read_report("\n".join(["三、收到和处理政府信息公开申请情况", "", head, *rows]).encode())
    values = {item: [c.value for c in report.cells if c.item == item] for item in ("received", "carried_in")}
    assert values == {"received": [None] * 7, "carried_in": [3, 0, 0, 0, 0, 0, 3]}


def test_a_figure_broken_by_a_space_is_not_two() -> None:
    """As inscriptis prints a figure that a page has in two pieces: 109, blank, blank, 2, 0, 4, 117 are seven words that even add up."""
    head = "三、收到和处理政府信息公开申请情况\n申请人情况 自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    lines = [
        "一、本年新收政府信息公开申请数量  5  0  0  0  0  0  5",
        "二、上年结转政府信息公开申请数量  1 09  2  0  4  1 17",
        "三、本年度办理结果",
        "（一）予以公开  0  0  0  0  0  0  0",
    ]
    report = read_report((head + "\n".join(lines)).encode())
    assert [c.value for c in report.cells if c.item == "received"] == [5, 0, 0, 0, 0, 0, 5]
    assert not [c for c in report.cells if c.item == "carried_in" and c.value is not None]


def test_figures_amid_the_lines_of_a_label_are_not_those_of_the_next_line() -> None:
    """As a program prints the text of a PDF whose row has a label over two lines and its figures between them."""
    head = "三、收到和处理政府信息公开申请情况\n申请人情况 自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    lines = [
        "一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "三、本年度办理结果",
        "（一）予以公开 0 0 0 0 0 0 0",
    ]
    broken = ["（二）部分公开（区分处理的，只计这一情形，不", "4 0 0 0 0 0 4", "计其他情形）", "1 0 0 0 0 0 1"]
    report = read_report((head + "\n".join([*lines, *broken, "1.属于国家秘密 0 0 0 0 0 0 0"])).encode())
    assert [c.value for c in report.cells if c.item == "received"] == [5, 0, 0, 0, 0, 0, 5]
    assert not [c for c in report.cells if c.item == "partly_disclosed" and c.value is not None]


def test_a_column_of_figures_printed_after_the_labels_is_no_row() -> None:
    """As pdftotext prints a table of which only the totals are filled in: the last label of a page, then the column."""
    of = sample()
    text = layouts.cell_per_line(of).decode()
    labels = [line for line in text.split("\n") if re.match(r"[1-8]\.", line)][:8]
    head = text[text.index("申请人情况") : text.index("一、本年新收")]
    data = "\n".join(
        ["三、收到和处理政府信息公开申请情况", head, *labels, "", *["0"] * 7, "", "（四）无法提供", "1.本机关不掌握相关政府信息"]
    )
    assert not [cell for cell in read_report(data.encode()).cells if cell.value is not None]


@pytest.mark.parametrize(("blank", "beside"), [(None, ""), (3, ""), (None, "7")])
def test_a_blank_column_between_the_procedures(blank: int | None, beside: str) -> None:
    """As converters print section 4 where an editor has left an empty column in it; a figure in that column is nobody's."""
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    cells = ["" if at == blank else str(at + 20) for at in range(15)]
    lines = [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 10],
        [*names, "", "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""],
        [*[""] * 6, *names, *names],
        [*cells[:5], beside, *cells[5:]],
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    report = read_report(f"四、政府信息公开行政复议、行政诉讼情况\n{table}\n五、存在的主要问题及改进情况\n".encode())
    found = [cell.value for cell in report.cells if cell.section == "review_litigation"]
    assert found == ([] if beside else [float(cell) if cell else None for cell in cells])  # with no other figure it is refused


@pytest.mark.parametrize("dropped", range(7))
@pytest.mark.parametrize("blank", [(), (0, 1, 2, 3, 4, 5)])
def test_a_row_between_bars_that_is_short_of_a_cell_is_not_filled_up_by_the_next_line(dropped: int, blank: tuple[int, ...]) -> None:
    head = "| |  |  | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 | "
    lines = ["样例市样例局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", head]
    for part in layouts.parts(sample()):
        if not isinstance(part, str) and len(part) > 20:
            for row in part[3:]:
                figures = ["" if at in blank else text for at, (text, _, _) in enumerate(row[-7:])]
                if row[-8][0] == "7.属于行政执法案卷":
                    del figures[dropped]
                lines.append(f"|  |  | {row[-8][0]} | {' | '.join(figures)} | ")
    cells = read_report("\n".join(lines).encode()).cells
    assert any(cell.value for cell in cells if cell.item == "withheld_process")
    assert not [cell for cell in cells if cell.item == "withheld_enforcement_file" and cell.value is not None]


def test_the_rest_of_a_figure_broken_at_its_point_is_no_cell_of_another_kind() -> None:
    text = "样例市样例局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（八）项\n信息内容 | 本年收费金额（单位：万元）\n行政事业性收费 | 40158 | .9128\n"
    assert not [cell for cell in read_report(text.encode()).cells if cell.value is not None]


MARKS: dict[str, Callable[[str], str]] = {
    "spaces at the ends of lines": lambda text: re.sub("(?m)$", "  ", text),
    "a mark before each label": lambda text: re.sub(r"(?m)(?<![一-鿿、，])(?=[一-鿿]{4})", "\ufeff", text),
    "a colon after each label": lambda text: re.sub(r"(?m)(?<=[一-鿿]{4})(?=[\s|])", "：", text),
    "a unit after each applicant": lambda text: re.sub("(自然人|公益组织|服务机构|总计)", r"\1（件）", text),
    "a unit after each outcome": lambda text: re.sub("(结果维持|结果纠正|其他结果|尚未审结|总计)", r"\1（件）", text),
}


@pytest.mark.parametrize("layout", [layouts.cell_per_line, layouts.tabs, layouts.pipe_line_ends, lambda of: bare_page(of).encode()])
@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_marks_beside_words(layout: Callable[[Sample], bytes], mark: Callable[[str], str]) -> None:
    of = sample()
    assert read(mark(layout(of).decode()).encode()) == pytest.approx(truth(of))


def test_two_header_cells_cut_to_the_same_word_are_two_columns() -> None:
    of = sample("2019")
    assert read(re.sub("本年新(<br>)?(制作|公开)数量", "本年新", bare_page(of)).encode()) == pytest.approx(truth(of))
