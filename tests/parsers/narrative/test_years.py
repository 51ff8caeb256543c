"""A year that is not the report's: found where it is a slip, left alone where the text has a reason to speak of it."""

from __future__ import annotations

import pytest

from parsers import read_report
from portal import draft

REPORT = """# 样例市样例区民政局2020年政府信息公开工作年度报告

{preface}

{heading}

{overview}

三、收到和处理政府信息公开申请情况

| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 一、本年新收政府信息公开申请数量 | 10 | 2 | 0 | 0 | 0 | 0 | 12 |

四、政府信息公开行政复议、行政诉讼情况

| 类型 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
| --- | --- | --- | --- | --- | --- |
| 行政复议 | 1 | 0 | 0 | 0 | 1 |
| 行政诉讼：未经复议直接起诉 | 0 | 0 | 0 | 0 | 0 |
| 行政诉讼：复议后起诉 | 0 | 0 | 0 | 0 | 0 |

五、存在的主要问题及改进情况

{problems}

六、其他需要报告的事项

{other}
"""
SOUND = {
    "preface": "根据《中华人民共和国政府信息公开条例》，现公布样例区民政局2020年政府信息公开工作年度报告。",
    "heading": "一、总体情况",
    "overview": "2020年，我局认真做好政府信息公开工作。全年收到政府信息公开申请12件。",
    "problems": "公开的内容还不够丰富，2021年，我局将充实专栏。",
    "other": "无。",
}
NOT_NAMED = "我局认真做好政府信息公开工作。"


def findings(**parts: str) -> list[tuple[str, str, str]]:
    text = REPORT.format(**SOUND | parts)
    shown, _ = draft.check(text.encode(), "draft.md")
    found = [f for f in shown["findings"] if f["check_code"] == "wrong_year_in_text"]
    return [(f["printed"], f["verdict"], f["message"]) for f in found]


SLIPS = [
    ({"preface": "现公布样例区民政局2019年政府信息公开工作年度报告。"}, "2019", "report", "报告开头的说明"),
    ({"preface": "现将我局2019年度政府信息公开工作情况报告如下。"}, "2019", "report", "报告开头的说明"),
    ({"heading": "一、2019年总体情况"}, "2019", "report", "标题"),
    ({"heading": "一、2021年政府信息公开总体情况"}, "2021", "report", "标题"),
    ({"overview": "2019年，我局认真做好政府信息公开工作，共收到政府信息公开申请12件。"}, "2019", "report", "总体情况的开头"),
    ({"overview": "2019年度，我局认真做好政府信息公开工作。今年收到申请12件。"}, "2019", "undecided", "总体情况的开头"),
    ({"overview": f"{NOT_NAMED}2019年，我局共收到政府信息公开申请12件。"}, "2019", "report", "句子"),
    ({"overview": f"{NOT_NAMED}截至2019年12月31日，我局共收到政府信息公开申请12件。"}, "2019", "report", "句子"),
    ({"overview": f"{NOT_NAMED}2021年，我局未收到政府信息公开申请。"}, "2021", "report", "句子"),
    ({"overview": f"{NOT_NAMED}2019年，我局共收到政府信息公开申请9件。"}, "2019", "undecided", "句子"),  # of 2019, it seems
    ({"overview": f"{NOT_NAMED}2019年，我局未收到政府信息公开申请。"}, "2019", "undecided", "句子"),
    ({"overview": f"2020年，{NOT_NAMED}2019年，我局共收到政府信息公开申请12件。"}, "2019", "undecided", "句子"),
    ({"other": "2019年，我局未收取信息处理费。"}, "2019", "undecided", "开头"),
    ({"problems": "2019年，我局政府信息公开工作还有不足。"}, "2019", "undecided", "这一部分的开头"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "printed", "verdict", "where"), SLIPS, ids=["-".join(s[0].values())[:30] for s in SLIPS])
def test_a_slip_is_found_and_accused_only_where_nothing_innocent_explains_it(
    parts: dict[str, str], printed: str, verdict: str, where: str
) -> None:
    [(year, judged, message)] = findings(**parts)
    assert (year, judged) == (printed, verdict) and where in message


def test_places_of_one_wrong_year_are_one_finding_with_all_of_them_marked() -> None:
    parts = {"heading": "一、2019年总体情况", "overview": "2019年，我局认真工作。2019年，我局共收到政府信息公开申请12件，办结12件。"}
    data = REPORT.format(**SOUND | parts).encode()
    text, (shown, _) = read_report(data).document.text, draft.check(data, "draft.md")
    [finding] = [f for f in shown["findings"] if f["check_code"] == "wrong_year_in_text"]
    marked = {text[c["char_start"] : c["char_end"]] for c in finding["cells"]}
    assert marked == {"一、2019年总体情况", "2019年", "2019年，我局共收到政府信息公开申请12件，办结12件。"}
    assert finding["verdict"] == "report" and finding["expected"] == "2020"


RIGHT = [
    {},
    {"overview": "2020年，我局认真做好政府信息公开工作。2019年收到申请15件，2020年收到政府信息公开申请12件。"},
    {"overview": "2020年，我局认真做好政府信息公开工作。2019年，我局收到政府信息公开申请15件。2020年减少到12件。"},
    {"overview": "2020年，我局共收到政府信息公开申请12件。2019年，我局共收到政府信息公开申请15件。"},
    {"overview": "2019年以来，我局认真做好政府信息公开工作。"},
    {"overview": "2019年至2020年，我局共收到政府信息公开申请27件。"},
    {"overview": "2019年5月15日，修订后的条例施行。我局组织学习2次。"},
    {"overview": "2019年，修订后的条例施行；2020年，我局认真落实。"},
    {"overview": f"{NOT_NAMED}2019年，我局计划公开政府信息300条。"},
    {"overview": f"{NOT_NAMED}2019年度决算公开，收到公众建议12件。"},
    {"overview": "自2008年起，我局累计公开政府信息3000条。"},
    {"overview": f"{NOT_NAMED}2021年计划公开政府信息500条。"},
    {"overview": f"{NOT_NAMED}2021年，我局将公开政府信息500条以上。"},
    {"overview": f"{NOT_NAMED}2019年政府信息公开年报1份已公布，2019年度决算1份已公开。"},
    {"overview": f"{NOT_NAMED}2019年，样例市教育局收到政府信息公开申请30件。"},
    {"overview": f"{NOT_NAMED}《样例区2019年政务公开要点》（样政办〔2019〕12号）公开信息12条。"},
    {"overview": f"{NOT_NAMED}比2019年增加3件。2019年老旧小区改造项目公开信息2条。"},
    {"overview": f"{NOT_NAMED}“十四五”期间和2018年全年公开的2019年信息12条已归档。"},
    {"overview": f"{NOT_NAMED}2021年1月15日，我局收到政府信息公开申请1件。"},
    {"preface": "现将2019年度报告整改情况和2020年政府信息公开工作情况报告如下。"},
    {"preface": "根据2019年施行的条例，特编制本报告。"},
    {"heading": "一、总体情况及2021年打算"},
    {"problems": "2019年存在的问题已经改进。2020年发现，公开的内容还不够丰富。"},
    {"problems": "2021年，我局将充实专栏。"},
]  # fmt: skip


@pytest.mark.parametrize("parts", RIGHT, ids=["-".join(parts.values())[:40] or "sound" for parts in RIGHT])
def test_a_text_with_a_reason_to_speak_of_another_year_is_not_accused(parts: dict[str, str]) -> None:
    assert findings(**parts) == []
