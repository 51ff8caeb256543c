"""The narrative sections: their headings in every wording, their text without the page's own lines."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.documents.text import read_text
from parsers.narrative.sections import find_headings

TITLE = "晋江市样例局2021年政府信息公开工作年度报告\n"
TABLE = (
    "二、主动公开政府信息情况\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 0 | 4 |\n行政规范性文件 | 2 | 1 | 9 |\n"
)
OVERVIEW = "这一年登载信息12条，较上年增加3条。"
PROBLEMS = "目录更新慢，下一年每月核对。"


def narrative(text: str) -> dict[str, str]:
    report = read_report(text.encode())
    return {s.code: report.document.text[s.start : s.end] for s in report.sections if s.code in ("overview", "problems", "other_matters")}


def whole(overview: str = "一、总体情况", problems: str = "五、存在的主要问题及改进情况", other: str = "六、其他需要报告的事项") -> str:
    return f"{TITLE}{overview}\n{OVERVIEW}\n{TABLE}{problems}\n{PROBLEMS}\n{other}\n"


@pytest.mark.parametrize(
    ("overview", "problems", "other"),
    [
        ("一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"),
        ("一、 2021年政府信息公开总体情况", "三、存在问题和改进措施", "四、其它需要报告的事项"),
        ("1、总体情况", "5、存在的问题及下一步改进措施", "6、其他需报告事项"),
        ("第一部分 总体情况", "第五部分 存在的不足及改进情况", "第六部分 其他需要报告的事项"),
        ("一．概述", "五．主要问题和改进情况", "六．需要报告的其他事项"),
        ("总体情况", "存在的主要问题及改进情况", "其他需要报告的事项"),
        ("一、2021年工作开展情况", "五、存在的不足及下一步工作打算", "六、其他报告事项"),
        ("一、总体情况。", "五、存在的主要问题及改进情况。", "六、其他需要说明的事项。"),
        ("（一）总体情况", "（五）存在的主要问题及改进情况", "（六）其他需要报告的事项"),
        ("一、总的状况", "五、短板和努力方向", "六、其他需要报告的事项"),
        ("一、全年回顾", "五、存在的主要问题及改进情况", "六、其他情况"),
        ("一、总体工作情况", "一、政府信息公开工作中存在的困难和问题", "二、其他事项"),
    ],
)
def test_headings_in_many_wordings(overview: str, problems: str, other: str) -> None:
    text = whole(overview, problems, other)
    if overview.startswith("（"):
        text = text.replace("二、主动公开", "（二）主动公开")
    assert narrative(text + "无。\n") == {"overview": OVERVIEW, "problems": PROBLEMS, "other_matters": "无。"}


@pytest.mark.parametrize(
    "line", ["一、全年回顾\n一、重点工作", "七、全年回顾", "一、这一年样例局围绕重点工作继续把信息公开做细做实", "（一）全年回顾"]
)
def test_a_line_that_may_be_no_heading_opens_no_section(line: str) -> None:
    assert "overview" not in narrative(whole(line) + "无。\n")


def test_a_numbered_line_without_a_heading_beside_it_opens_no_section() -> None:
    assert "other_matters" not in narrative(f"{TITLE}{TABLE}六、其他情况\n无。\n")
    assert "other_matters" not in narrative(whole("一、总体情况\n六、开展培训", other="无。"))


@pytest.mark.parametrize(
    "after",
    [
        "来源：样例局\n撰稿：某某\n校对：某某\n",
        "晋江市样例局\n2022年1月20日\n",
        "2022年1月20日\n",
        "扫一扫在手机打开当前页\n",
        "用微信扫描二维码\n分享至好友和朋友圈\n",
        "相关附件：\n1.样例表.xlsx\n",
        "主动公开政府信息情况（条）\n系列 1\t政策法规\t机构\t15\t3\n",
        "晋江市样例局2020年政府信息公开工作年度报告\n晋江市样例局2019年政府信息公开工作年度报告\n",
        "晋江市样例局2020年政府信息公开工作年度报告 2021-01-20\n",
        "上一篇：样例局公告\n下一篇：样例局通知\n",
        "版权所有：样例局 ICP备00000000号\n",
        "【打印】【关闭】\n",
        "浙公网安备33050000000000号\n",
        "晋江市样例局办公室 2022年1月20日印发\n",
        "文字解读：\n",
    ],
)
@pytest.mark.parametrize(
    "matters", ["无。", "本单位没有收取信息处理费。", "（一）收费情况\n无\n（二）培训情况\n全年培训2次，参加的有本局各科室人员。"]
)
def test_the_pages_own_lines_after_the_end_are_not_the_reports(after: str, matters: str) -> None:
    assert narrative(f"{whole()}{matters}\n{after}")["other_matters"] == matters


def test_an_empty_last_section_stays_empty_above_a_signature() -> None:
    assert narrative(f"{whole()}晋江市样例局\n2022年1月20日\n")["other_matters"] == ""
    assert narrative(f"{whole()}二〇二二年一月二十日\n")["other_matters"] == ""


@pytest.mark.parametrize("other", ["六、其他需要报告的事项：无。", "六、其他需要报告的事项无。", "六、其他需要报告的事项 无。"])
def test_what_a_section_says_on_its_headings_line_is_its_text(other: str) -> None:
    assert narrative(whole(other=other))["other_matters"] == "无。"


def test_lines_of_the_page_before_the_first_heading_are_no_text() -> None:
    found = narrative(f"首页 > 政务公开\n字号：大 中 小\n扫一扫\n{whole()}无。\n")
    assert found["overview"] == OVERVIEW


def test_a_list_of_the_six_headings_is_not_where_they_stand() -> None:
    contents = "目录\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n"
    assert narrative(contents + whole() + "无。\n") == {"overview": OVERVIEW, "problems": PROBLEMS, "other_matters": "无。"}


def test_headings_in_bold_paragraphs_and_table_cells() -> None:
    rows = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>1</td><td>0</td><td>4</td></tr>"
    page = (
        f"<p>{TITLE}</p><p><b>一、<span>总体情况</span></b></p><p>{OVERVIEW}</p>"
        f'<table><tr><td colspan="4"><p><b>二、主动公开政府信息情况</b></p></td></tr>{rows}</table>'
        f"<table><tr><td>五、存在的主要问题及改进情况</td></tr><tr><td>{PROBLEMS}</td></tr></table>"
        f"<p><strong>六、其他需要报告的事项</strong></p><p>无。</p>"
    )
    assert narrative(page) == {"overview": OVERVIEW, "problems": PROBLEMS, "other_matters": "无。"}
    report = read_report(page.encode())
    assert [(h.section, h.number) for h in report.headings][:2] == [("overview", 1), ("proactive_disclosure", 2)]
    assert {(c.item, c.measure): c.value for c in report.cells}["rules", "in_force"] == 4


@pytest.mark.parametrize(
    "heading",
    [
        "二、政府信息主动公开情况",
        "二、主動公開政府信息情況",
        "二、主动公开政府信息工作开展情况",
        "二、本机关主动公开了哪些信息",
        "二、主动公",
    ],  # a page too narrow
)
def test_a_heading_in_words_of_its_own_is_no_wrong_heading(heading: str) -> None:
    report = read_report(f"{whole()}无。\n".replace("二、主动公开政府信息情况", heading).encode())
    found = [h for h in report.headings if "proactive_disclosure" in (h.section, h.expected)]
    assert [(h.section, h.expected) for h in found] == [("proactive_disclosure", None)]


def test_a_heading_of_another_table_is_a_wrong_heading() -> None:
    report = read_report(f"{whole()}无。\n".replace("二、主动公开政府信息情况", "二、本年度办理结果").encode())
    assert [h.section for h in report.headings if h.expected == "proactive_disclosure"] == [None]


def test_headings_in_traditional_characters() -> None:
    found = narrative(f"{whole('一、總體情況', '五、存在的主要問題及改進情況', '六、其他需要報告的事項')}無。\n")
    assert found == {"overview": OVERVIEW, "problems": PROBLEMS, "other_matters": "無。"}


@pytest.mark.parametrize("sub", ["2、主动公开信息分类", "2、主动公开信息情况。全年登载信息若干", "3.依申请公开情况。"])
def test_a_sub_heading_in_figures_is_no_section_where_sections_have_chinese_numbers(sub: str) -> None:
    text = f"一、总体情况\n登载信息若干。\n{sub}\n政策3条。\n二、主动公开政府信息情况\n（略）\n三、收到和处理政府信息公开申请情况\n（略）\n5、存在的主要问题\n无。\n"
    headings = [text[h.start : h.end] for h in find_headings(read_text(text.encode()))]
    assert headings == ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "5、存在的主要问题"]
