"""A word of the form with a character wrong, missing or too many is still that word; a word that is another's is not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from parsers import read_report
from parsers.documents.text import read_text
from parsers.form.misprints import find_misprints
from parsers.printed.normalise import normalise_label
from tests.support import layouts, printed
from tests.support.figures import Sample
from tests.support.layouts import bare_page
from tests.support.readings import read, sample, truth

MISPRINTS = {  # the form's word and how it is printed
    "商业企业": "商业企",
    "科研机构": "科研机机构",
    "社会公益组织": "社会公溢组织",
    "法人或其他组织": "法人或其组织",
    "申请人情况": "申请人请况",
    "一、本年新收政府信息公开申请数量": "一、本年新收政府信公开申请数量",
    "（一）予以公开": "（一）予以开公",
    "（三）不予公开": "（三）予不公开",
    "2.其他法律行政法规禁止公开": "2.其他法律行政法归禁止公开",
    "四、结转下年度继续办理": "四、转结下年度继续办理",
    "行政规范性文件": "行政规范性文文件",
    "行政处罚": "行政处法",
    "本年处理决定数量": "本年处理决定数数量",
    "本年制发件数": "本年制发件",
    "本年废止件数": "本年废上件数",
    "现行有效件数": "现行有有效件数",
    "未经复议直接起诉": "未经复义直接起诉",
    "复议后起诉": "复议后起拆",
    "行政复议": "行政夏议",
    "结果维持": "果维持",
}
LAYOUTS: dict[str, Callable[[Sample], bytes]] = {
    "page": lambda of: bare_page(of).encode(),
    "cell_per_line": layouts.cell_per_line,
    "tabs": layouts.tabs,
    "pipe_line_ends": layouts.pipe_line_ends,
    "pipe_grid": printed.pipe_grid,
}


TEXTS = {name: re.sub("(商业|科研)(?:\n|<br>)", r"\1", layout(sample()).decode()) for name, layout in LAYOUTS.items()}


def cell(word: str) -> re.Pattern[str]:
    """A word that is all of its cell."""
    return re.compile(f"(?<![一-鿿、]){word}(?![一-鿿])")


@pytest.mark.parametrize(
    ("layout", "word"), [(layout, word) for layout, text in TEXTS.items() for word in MISPRINTS if cell(word).search(text)]
)
def test_a_misprinted_word_is_read_as_the_forms(layout: str, word: str) -> None:
    of, text, misprint = sample(), TEXTS[layout], MISPRINTS[word]
    data = cell(word).sub(misprint, text).encode()
    assert read(data) == pytest.approx(truth(of))
    report = read_report(data)
    noted = [report.document.text[note.start : note.end] for note in report.notes if note.code == "misprint"]
    assert normalise_label(misprint) in map(normalise_label, noted)
    whole = read_report(text.encode())
    assert [report.document.text[c.start : c.end] for c in report.cells] == [whole.document.text[c.start : c.end] for c in whole.cells]


def changed(word: str, printed: str) -> str:
    """A sound report with these words in the cell of a word of the form."""
    return cell(word).sub(printed, layouts.tabs(sample()).decode())


def misprints(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_misprints(read_text(text.encode()))]


@pytest.mark.parametrize("printed", ["行政处分", "行政处理"])
def test_a_word_that_the_table_prints_is_not_misprinted_elsewhere(printed: str) -> None:
    assert misprints(changed("行政处罚", printed)) == [printed]
    assert misprints(changed("行政处罚", f"{printed}\t7\n行政处罚")) == []


def test_of_two_words_that_may_be_a_missing_one_none_is() -> None:
    assert misprints(changed("行政处罚", "行政处分\t7\n行政处理")) == []


DOUBTFUL = {  # what findings about these rows and columns must not accuse an agency of
    "科研机构": [(None, "research_institution")],
    "社会公益组织": [(None, "public_interest_org")],
    "1.属于国家秘密": [("withheld_state_secret", None)],
    "5.要求行政机关确认或重新出具已获取信息": [("unprocessed_reconfirm", None)],
    "3.危及“三安全一稳定”": [("withheld_security", None)],
    "5.属于三类内部事务信息": [("withheld_internal", None)],
    "二、上年结转政府信息公开申请数量": [("carried_in", None)],
}
WORDED = {  # between the words that the form has before and after them
    "科研机构": "科研单位",
    "社会公益组织": "公益组织",
    "三、本年度办理结果": "三、办理结果",
    "（三）不予公开": "（三）不公开信息",
    "1.属于国家秘密": "1.涉及国家秘密",
    "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认重新出具获取信息",
    "3.危及“三安全一稳定”": "3.危及国家安全、公共安全、经济安全和社会稳定",
    "5.属于三类内部事务信息": "5.内部事务信息",
    "二、上年结转政府信息公开申请数量": "二、上年度结转的申请",
    "信息内容": "项目",
}


@pytest.mark.parametrize(
    ("layout", "word"), [(layout, word) for layout, text in TEXTS.items() for word in WORDED if cell(word).search(text)]
)
def test_a_word_in_its_place_may_be_worded_otherwise(layout: str, word: str) -> None:
    data = cell(word).sub(WORDED[word], TEXTS[layout]).encode()
    assert read(data) == pytest.approx(truth(sample()))
    doubts = [(note.item, note.measure) for note in read_report(data).notes if note.code == "doubt"]
    assert doubts == DOUBTFUL.get(word, [])


def test_a_word_may_stand_beside_one_that_is_misprinted_too() -> None:
    text = changed("行政许可", "行政许克").replace("本年处理决定数量", "本年处置的决定数")
    assert misprints(text)[0] == "本年处置的决定数" and "行政许克" in misprints(text)


def test_a_remark_stands_between_no_words() -> None:
    text = changed("规章", "规章（由有权制定的机关填写，其他机关填零）")
    assert misprints(text.replace("行政规范性文件", "行政规范文书")) == ["行政规范文书"]


OTHERS = [
    ("行政处罚", "行政奖励"),
    ("行政处罚", "处分"),
    ("行政处罚", "行政机关处以罚款的情况另见附件"),
    ("规章", "规程"),
    ("行政规范性文件", "其他行政规范性文件"),
    ("行政规范性文件", "行政规范3性文件"),
    ("科研机构", "高等院校"),
]


@pytest.mark.parametrize("layout", ["page", "tabs"])
@pytest.mark.parametrize(("word", "printed"), OTHERS)
def test_a_word_that_is_only_like_one_of_the_form_is_another(layout: str, word: str, printed: str) -> None:
    report = read_report(cell(word).sub(printed, TEXTS[layout]).encode())
    assert not [note for note in report.notes if note.code == "misprint"]


def test_a_word_that_may_be_of_two_tables_is_of_none() -> None:
    text = re.sub("行政处罚|行政复议", "", changed("行政强制", "行政强制\n行政处议\n行政诉讼"))
    assert misprints(text) == []


def test_a_word_far_from_the_forms_table_is_none_of_it() -> None:
    assert misprints("栏目\n行政处法\n机构\n" + changed("行政处罚", "行政检查")) == []
    assert misprints("行政强制\n行政处法\n行政许可\n") == []  # a list of links


@pytest.mark.parametrize("between", ["\n", "\t0\t0\t0\n", " 0 0 0 \n"])
@pytest.mark.parametrize("halves", [("无正当理由", "大量反复申请"), ("无正当理由大量反复申", "请"), ("无", "正当理由大量反复申请")])
def test_a_word_broken_in_two_is_not_misprinted(halves: tuple[str, str], between: str) -> None:
    assert misprints(changed("4.无正当理由大量反复申请", f"4.{between.join(halves)}")) == []


def test_an_article_is_no_part_of_the_next_word() -> None:
    text = re.sub("第二十条第（.）项\\s+信息内容", "第二十条第五项\n项目", layouts.tabs(sample()).decode(), count=1)
    assert misprints(text) == ["项目"]


def test_the_end_of_an_article_is_no_part_of_the_next_word() -> None:
    assert misprints(changed("信息内容", "第二十条第（五）项信息内容")) == []


@pytest.mark.parametrize(("printed", "found"), [("现行有效牛数", ["现行有效牛数"]), ("现行有效数数量", [])])
def test_no_word_is_moved_where_places_tell_the_columns(printed: str, found: list[str]) -> None:
    row = "信息内容    本年制发件数    本年废止件数    "
    header = re.compile(r"信息内容\s*本年制发件数\s*本年废止件数\s*现行有效件数")
    assert misprints(header.sub(row + printed, layouts.tabs(sample()).decode(), count=1)) == found
