"""One sound report as sites and converters print it otherwise: every figure is read, and none but those printed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from opencc import OpenCC

from parsers import read_report
from tests.support import layouts
from tests.support.figures import NOTE
from tests.support.layouts import bare_page
from tests.support.readings import read, sample, truth

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
