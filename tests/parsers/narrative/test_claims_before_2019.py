"""The narrative of a report before 2019 is held against its indicator table."""

from __future__ import annotations

import pytest

from parsers import read_report
from portal import draft
from tests.support.paths import SHARED

COLLECTED = SHARED / "corpus/docs/pingtan_2014_pre2019.txt"
REPORT = """# 样例市样例区民政局2016年政府信息公开工作年度报告

一、总体情况

{words}

二、政府信息公开情况统计表

| 指标名称 | 计量单位 | 2016年度 | 历年累计 |
| --- | --- | --- | --- |
| 主动公开政府信息数 | 条 | 640 | 5120 |
| 其中：1.政府网站公开政府信息数 | 条 | 580 | 4800 |
| 制发规范性文件总数 | 件 | 3 | 40 |
| 收到申请数 | 件 | 21 | 160 |
| 申请办结数 | 件 | 20 | 158 |
| 同意公开答复数 | 件 | 14 | 100 |
| 不同意公开答复数 | 件 | 2 | 11 |
| 行政复议数量 | 件 | 1 | 3 |
| 行政诉讼数量 | 件 | 0 | 2 |
| 依申请公开信息收取的费用 | 万元 | 0.04 | 0.5 |
"""
SOUND = (
    "2016年，我局主动公开政府信息640条，其中政府网站公开580条。制发规范性文件3件。收到政府信息公开申请21件，办结20件，同意公开14件。"
    "因政府信息公开被申请行政复议1件，未发生因政府信息公开引起的行政诉讼。收取信息处理费400元。"
)


def findings(words: str) -> set[tuple[str, str, str, str]]:
    shown, _ = draft.check(REPORT.format(words=words).encode(), "draft.md")
    return {(f["check_code"], f["printed"], f["expected"], f["verdict"]) for f in shown["findings"]}


def test_a_sound_narrative_is_judged_and_contradicts_nothing() -> None:
    shown, _ = draft.check(REPORT.format(words=SOUND).encode(), "draft.md")
    assert shown["findings"] == []
    passed = {check["code"] for check in shown["checks"] if check["outcome"] == "pass"}
    codes = ("received", "handled", "outcome", "normative_documents", "reconsideration", "absolute", "indicators")
    assert passed >= {f"claim_{code}" for code in codes}


@pytest.mark.parametrize(
    ("said", "instead", "found"),
    [
        ("申请21件", "申请12件", ("claim_received", "12", "21", "report")),
        ("办结20件", "办结19件", ("claim_handled", "19", "20", "report")),
        ("同意公开14件", "同意公开15件", ("claim_outcome", "15", "14", "reading")),  # 已主动公开的另有一行
        ("规范性文件3件", "规范性文件5件", ("claim_normative_documents", "5", "3", "report")),
        ("复议1件", "复议2件", ("claim_reconsideration", "2", "1", "report")),
        ("政府信息640条", "政府信息604条", ("claim_indicators", "604", "640", "report")),
        ("政府信息640条", "政府信息5120条", ("claim_indicators", "5120", "640", "reading")),  # of all years so far
        ("400元", "4000元", ("claim_indicators", "4000", "400", "report")),
        ("400元", "420元", None),  # 0.04万元 is rounded
        ("主动公开政府信息640条", "公开各类信息700条，主动公开政府信息640条", None),  # another scope beside the one that fits
    ],
)  # fmt: skip
def test_a_number_that_the_table_does_not_have_is_found(said: str, instead: str, found: tuple[str, str, str, str] | None) -> None:
    assert said in SOUND
    assert findings(SOUND.replace(said, instead)) == ({found} if found else set())


def test_none_is_held_against_the_indicators() -> None:
    assert {row[::3] for row in findings("2016年我局未收到政府信息公开申请。")} == {("claim_absolute", "report")}
    assert findings("2016年未发生因政府信息公开引起的行政诉讼。") == set()


def test_the_finding_marks_the_sentence_and_the_indicator() -> None:
    data = REPORT.format(words="2016年，我局收到政府信息公开申请12件。").encode()
    text, (shown, _) = read_report(data).document.text, draft.check(data, "draft.md")
    [finding] = shown["findings"]
    assert "统计表的“收到申请数”" in finding["message"]
    assert {text[c["char_start"] : c["char_end"]] for c in finding["cells"]} == {"2016年，我局收到政府信息公开申请12件。", "21"}


def test_a_collected_report_agrees_and_a_copy_with_one_figure_changed_does_not() -> None:
    if not COLLECTED.exists():
        pytest.skip("../shared with the collected documents is not here")
    text = COLLECTED.read_text(encoding="utf-8")
    shown, _ = draft.check(text.encode(), COLLECTED.name)
    assert shown["findings"] == [] and {"claim_indicators", "claim_absolute"} <= {
        check["code"] for check in shown["checks"] if check["outcome"] == "pass"
    }
    assert text.count("政府信息 2543条") == 1
    shown, _ = draft.check(text.replace("政府信息 2543条", "政府信息 2453条").encode(), COLLECTED.name)
    assert [(f["check_code"], f["printed"], f["expected"], f["verdict"]) for f in shown["findings"]] == [
        ("claim_indicators", "2453", "2543", "reading")  # its indicator counts 文件
    ]
