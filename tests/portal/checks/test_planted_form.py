"""What is wrong with a report beside its figures, planted in documents: sections, headings, dates, empty words, other documents."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from tests.support.planted import (
    Found,
    Planted,
    body,
    codes,
    found_each,
    found_in_each,
    layouts,
    off,
    sound_report,
    story,
    transcription,
    two_years,
)

HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip
TEXTS = (transcription, layouts.tabs, layouts.page)


def printed(random: Random, case: int, report: Planted) -> str:
    return replace(report, agency=body(case)).printed(random.choice(TEXTS)).decode()


def changed(random: Random, old: str, new: str) -> list[Found]:
    """What is found in four reports whose text has `old` once and prints `new` there."""
    documents = []
    for case in range(4):
        text = replace(sound_report(random), agency=body(case)).printed(random.choice([transcription, layouts.page])).decode()
        assert text.count(old) == 1
        documents.append([text.replace(old, new).encode()])
    return found_in_each(documents)


# -- sections and headings


@pytest.mark.parametrize("number", range(6))
def test_a_section_left_out(number: int) -> None:
    random, documents = Random(number), []
    for case in range(4):
        text = replace(sound_report(random), agency=body(case)).printed(transcription).decode()
        start = text.index("## " + HEADINGS[number])
        end = text.index("## " + HEADINGS[number + 1]) if number < 5 else text.index(body(case), start)
        documents.append([(text[:start] + text[end:]).encode()])
    for found in found_in_each(documents):
        if number in (1, 2, 3):  # a table may have been there and not be read
            assert found <= {("section_misnumbered", "report")}
        else:
            assert "section_missing" in codes(found) and codes(found) <= {"section_missing", "section_misnumbered"}


@pytest.mark.parametrize("number", range(1, 6))
def test_a_number_given_twice(number: int) -> None:
    heading = HEADINGS[number]
    found = changed(Random(number), heading, HEADINGS[number - 1][0] + heading[1:])
    assert found == [{("section_misnumbered", "report")}] * 4


@pytest.mark.parametrize("number", [2, 3])
def test_a_heading_of_another_section_above_a_table(number: int) -> None:
    found = changed(Random(number), HEADINGS[number], HEADINGS[number][:2] + "本年度办理结果")
    assert found == [{("section_heading_wrong", "report")}] * 4


@pytest.mark.parametrize("words", ["无", "无。", "暂无。", "没有问题。", "不存在问题。"])
def test_a_section_5_that_says_nothing(words: str) -> None:
    random = Random(words)
    reports = [sound_report(random) for _ in range(3)]
    empty = [replace(report, words=report.words | {"problems": words}) for report in reports]
    assert [codes(found) for found in found_each(random, empty)] == [{"problems_empty"}] * 3


@pytest.mark.parametrize("seed", range(4))
def test_the_old_form_in_a_year_of_the_new_one(seed: int) -> None:
    random = Random(seed)
    late = replace(sound_report(random, "2019"), year=random.randint(2021, 2024))
    assert found_each(random, [late]) == [{("edition_out_of_date", "report")}]


# -- dates


@pytest.mark.parametrize(
    "period",
    ["{before}年1月1日起至{before}年12月31日止", "{year}年1月1日起至{year}年11月30日止", "{year}年2月1日起至12月31日止", "{before}年7月1日起至{year}年6月30日止"],
)  # fmt: skip
def test_a_period_that_is_not_the_year(period: str) -> None:
    random, reports = Random(period), []
    for say in ("{year}年1月1日起至12月31日止", period):
        report = sound_report(random)
        preface = f"本报告所列数据的统计期限自{say}。".format(year=report.year, before=report.year - 1)
        reports.append(replace(report, words=report.words | {"preface": preface}))
    assert found_each(random, reports) == [set(), {("period_not_the_year", "report")}]


@pytest.mark.parametrize("seed", range(4))
def test_a_signature_before_the_year_was_over(seed: int) -> None:
    random, report = Random(seed), sound_report(Random(seed))
    text = printed(random, 0, report)
    date, signed = f"{report.year + 1}年1月20日", f"{report.year + 1}-01-20"
    early = text.replace(date, f"{report.year}年{random.randint(1, 12)}月20日").replace(signed, f"{report.year}-11-20")
    results = found_in_each([[text.encode()], [early.replace(body(0), body(1)).encode()]])
    assert results == [set(), {("signed_before_period_end", "report")}]


# -- fees, copies, other documents


@pytest.mark.parametrize("nothing", ["无。", "没有其他需要报告的事项。", "本年度无其他需要报告的事项。"])
def test_a_section_6_that_has_nothing_to_report_says_nothing_about_fees(nothing: str) -> None:
    random = Random(nothing)
    report = sound_report(random).saying("overview", f"全年收取信息处理费{random.randint(20, 900)}元。")
    silent = replace(report, words=report.words | {"other_matters": nothing})
    assert list(map(codes, found_each(random, [report, silent]))) == [set(), set()]


@pytest.mark.parametrize("seed", range(3))
def test_a_narrative_of_another_body_with_other_figures(seed: int) -> None:
    random, two = Random(seed), []
    long = {section: story(random, 20) for section in ("overview", "problems", "other_matters")}
    for _ in range(2):
        report = sound_report(random, "2021")
        words = {section: re.sub("[0-9]+", lambda _: str(random.randint(1, 12)), text) for section, text in long.items()}
        two.append(replace(report, year=2022, words=words))
    alone = replace(sound_report(random, "2021"), year=2022, words={section: story(random, 20) for section in long})
    results = list(map(codes, found_each(random, [*two, alone])))
    assert {"copied_narrative"} in (results[0], results[1]) and results[2] <= {"copied_narrative"}


@pytest.mark.parametrize("seed", range(4))
def test_two_documents_of_one_report_with_another_figure(seed: int) -> None:
    random = Random(seed)
    report = replace(sound_report(random, least=1), agency=body(0))
    place = random.choice([place for place in report.figures if place[0] == "proactive_disclosure"])
    same, other = report.printed(layouts.page), off(random, report, place).printed(layouts.page)
    text = report.printed(transcription)
    assert found_in_each([[text, same]]) == [set()]
    assert "sources_disagree" in codes(found_in_each([[text, other]])[0])


# -- against the year before

CHANGED = {
    "received": "{year}年，我局共收到政府信息公开申请{n}件，", "handled": "全年办结政府信息公开申请{n}件，",
    "licensing": "全年作出行政许可决定{n}件，", "penalties": "全年作出行政处罚决定{n}件，", "compulsion": "全年采取行政强制措施{n}件，",
}  # fmt: skip


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("kind", CHANGED)
def test_a_change_against_the_year_before(kind: str, edition: str) -> None:
    random, pairs = Random(kind + edition), []
    for case in range(8):
        before, now = two_years(random, edition)
        place = ("applications", kind, "total") if kind in ("received", "handled") else ("proactive_disclosure", kind, "decisions")
        was, n = int(before.figures[place] or 0), int(now.figures[place] or 0)
        change, unit = (n - was, "件") if case % 2 else (round((n - was) * 100 / was, 1), "%")
        slip = 0 if case < 4 else random.choice([2, 7, 30])
        words = f"{random.choice(['同比', '比上年', '较上年'])}{'增加' if change > 0 else '减少'}{abs(change) + slip:g}{unit}。"
        pairs.append((before, now.saying(random.choice(["overview", "other_matters"]), CHANGED[kind].format(year=now.year, n=n) + words)))
    results = found_each(random, pairs)
    assert results[:4] == [set()] * 4
    assert [codes(found) for found in results[4:]] == [{"claim_year_on_year"}] * 4
