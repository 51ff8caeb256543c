"""A year that is not the report's, planted in a heading, an opening, the preface or a sentence of a sound report."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from tests.support.planted import LAYOUTS, Found, Planted, body, found_in_each, sound_report

FOUND = "wrong_year_in_text"
PREFACES = (
    "现公布样例市{year}年政府信息公开工作年度报告。", "现将我局{year}年度政府信息公开工作情况报告如下。",
    "根据条例的规定，特编制{year}年政府信息公开工作年度报告。",
)  # fmt: skip
OPENINGS = (
    "{year}年，我局照常整理了各类办事指南。",
    "{year}年度，各科室按月核对了栏目里的电话。",
    "{year}年我局把值班电话重新张贴了一遍。",
)
STATEMENTS = (
    "{year}年，我局共收到政府信息公开申请{n}件。", "截至{year}年12月31日，我局共办结政府信息公开申请{n}件。",
    "{year}年，我局作出行政许可决定{n}件。", "{year}年，我局未收到政府信息公开申请。",
)  # fmt: skip
HEADINGS = {
    "一、总体情况": "一、{year}年总体情况", "二、主动公开政府信息情况": "二、{year}年主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况": "三、{year}年度收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况": "四、{year}年政府信息公开行政复议、行政诉讼情况",
}  # fmt: skip
REASONS = (
    "{year}年以来，我局照常整理办事指南。", "与{year}年相比，栏目少了两个。", "{year}年5月起施行的办法已经张贴。",
    "《{year}年政务公开要点》已经落实。", "十年里，{year}年来信最多，往后逐年减少。",
)  # fmt: skip


def other_year(random: Random, own: int) -> int:
    return random.choice([own - 2, own - 1, own + 1])


def titled(random: Random, case: int, report: Planted, heading: str | None = None, year: int = 0) -> bytes:
    """The report printed under a name of its own, one of its headings with a year."""
    data = replace(report, agency=body(case)).printed(random.choice(LAYOUTS[:3]))
    if heading:
        printed = data.decode()
        assert printed.count(heading) == 1
        return printed.replace(heading, HEADINGS[heading].format(year=year)).encode()
    return data


def years_found(documents: list[bytes]) -> list[Found]:
    return [{one for one in found if one[0] == FOUND} for found in found_in_each([[document] for document in documents])]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_of_another_year(heading: str) -> None:
    random, documents = Random(heading), []
    for case in range(6):
        report = sound_report(random)
        documents.append(titled(random, case, report, heading, report.year if case < 3 else other_year(random, report.year)))
    assert years_found(documents) == [set()] * 3 + [{(FOUND, "report")}] * 3


@pytest.mark.parametrize("preface", PREFACES)
def test_a_preface_of_another_year(preface: str) -> None:
    random, documents = Random(preface), []
    for case in range(6):
        report = sound_report(random)
        year = report.year if case < 3 else other_year(random, report.year)
        documents.append(titled(random, case, replace(report, words=report.words | {"preface": preface.format(year=year)})))
    assert years_found(documents) == [set()] * 3 + [{(FOUND, "report")}] * 3


def assert_found(documents: list[bytes], verdict: str) -> None:
    """The last three are found with the verdict; a transcription's sentence, the transcriber's own, may be one of our reading."""
    results = years_found(documents)
    assert results[:3] == [set()] * 3
    for document, found in zip(documents[3:], results[3:], strict=True):
        allowed = {verdict, "reading"} if document.startswith(b"---") else {verdict}
        assert {code for code, _ in found} == {FOUND} and {said for _, said in found} <= allowed


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("section", ["overview", "problems", "other_matters"])
def test_a_section_that_opens_with_another_year(section: str, opening: str) -> None:
    """Certain in the overview alone; of section 5 a year to come is a plan."""
    random, documents = Random(section + opening), []
    for case in range(6):
        report = sound_report(random)
        year = report.year if case < 3 else random.choice([report.year - 2, report.year - 1])
        words = opening.format(year=year) + report.words[section]
        documents.append(titled(random, case, replace(report, words=report.words | {section: words})))
    verdict = "report" if section == "overview" else "undecided"
    assert_found(documents, verdict)


@pytest.mark.parametrize("named", [False, True], ids=["alone", "beside the own year"])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_sentence_with_a_figure_of_another_year(statement: str, named: bool) -> None:
    """Where the own year is named too, it may look back; so may one that has not the table's figure (test_years.py)."""
    random, documents = Random(statement), []
    for case in range(6):
        report = sound_report(random)
        year = report.year if case < 3 else other_year(random, report.year) if "{n}" in statement else report.year + 1
        figures = {"收到": ("received",), "办结": ("handled",), "许可": ("licensing", "decisions", "proactive_disclosure")}
        own_figure = next(report.total(*place) for word, place in figures.items() if word in statement)
        sentence = statement.format(year=year, n=own_figure)
        section = "overview" if named else random.choice(["overview", "other_matters"])
        own = f"{report.year}年，我局照常整理了办事指南。" if named else ""
        documents.append(titled(random, case, report.saying(section, own + sentence)))
    verdict = "undecided" if named else "report"
    assert_found(documents, verdict)


@pytest.mark.parametrize("reason", REASONS)
def test_another_year_with_a_reason_is_left_alone(reason: str) -> None:
    random, documents = Random(reason), []
    for case in range(6):
        report = sound_report(random)
        year, section = other_year(random, report.year), random.choice(["overview", "problems", "other_matters"])
        words = [*re.findall("[^。]+。", report.words[section])]
        words.insert(random.randrange(len(words) + 1), reason.format(year=year))
        documents.append(titled(random, case, replace(report, words=report.words | {section: "".join(words)})))
    assert years_found(documents) == [set()] * 6
