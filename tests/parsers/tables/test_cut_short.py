"""Documents that lost something on their way: cut short, cells run together or dropped, figures broken. What is left moves nowhere."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from parsers import read_report
from tests.support import drafts, layouts, printed
from tests.support.figures import Figures, Grid, Sample
from tests.support.layouts import bare_page
from tests.support.markdown import markdown, piped
from tests.support.readings import read, sample, truth

Filling = Callable[[Figures, random.Random], Figures]


def _tabbed_grid(of: Sample) -> bytes:
    return printed.pipe_grid(of).replace(b"| ", b"\t").replace(b" \t", b"\t")


def _markdown(of: Sample) -> bytes:
    return markdown(of, lambda grid: piped(grid, lambda text: text.replace("\n", ""))).encode()


@pytest.mark.parametrize("filling", [drafts.FILLED[0], drafts.FILLED[3]], ids=["sound", "blanks"])
@pytest.mark.parametrize(
    "layout", [printed.pipe_grid, printed.lines, layouts.words_on_lines, _tabbed_grid, _markdown, layouts.pipe_line_ends]
)
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
    """A row wider than the form's states nothing: nobody knows which of its cells is not the form's."""
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
    assert not [cell for cell in report.cells if cell.section == "review_litigation" and cell.value is not None]


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
