"""About so many, none, all, a count beside a table of zeros: true they contradict nothing, wrong each is found by its check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from tests.support.examples import APPLICANTS, OUTCOMES, PROCEDURES, Figures
from tests.support.planted import Planted, codes, found_each, sound_report
from tests.support.sayings import CASES, DOCUMENTS, SAYINGS, SECTIONS, check_of, numbers, says

# -- about so many, perhaps only some

ABOUT = ("约{n}件", "近{n}件", "{n}余件", "{n}多件", "{n}件左右", "超过{n}件", "{n}件以上")
ABOUT_WHAT = {
    "received": "全年共收到政府信息公开申请{n}。",
    "handled": "全年共办结政府信息公开申请{n}。",
    "licensing": "全年作出行政许可决定{n}。",
    "normative_documents_issued": "全年制定规范性文件{n}。",
    "reconsideration": "因政府信息公开被申请行政复议{n}。",
}


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("kind", ABOUT_WHAT)
def test_about_so_many_leaves_room_and_is_at_most_doubted(kind: str, about: str) -> None:
    random = Random(kind + about)
    reports = [sound_report(random, least=20) for _ in range(2)]
    near, far = [], []
    for report in reports:
        true = numbers(report)[kind]
        rounded = true + max(1, true // 10) if about.startswith("近") else true // 10 * 10
        sentence = ABOUT_WHAT[kind].replace("{n}", about)
        section = random.choice(SECTIONS)
        near.append(report.saying(section, sentence.format(n=rounded)))
        far.append(report.saying(section, sentence.format(n=random.choice([true // 30 * 10, true * 3 // 10 * 10]))))
    assert found_each(random, [*near, *far]) == [set(), set(), {(check_of(kind), "reading")}, {(check_of(kind), "reading")}]


@pytest.mark.parametrize("channel", ["通过政府网站", "通过信函方式", "通过政务服务窗口当面", "以电子邮件方式"])
def test_what_came_by_one_channel_is_at_most_as_many_as_all(channel: str) -> None:
    random = Random(channel)
    report = sound_report(random, least=1)
    received, section = report.total("received"), random.choice(SECTIONS)
    fewer, more = random.randint(1, received), received + random.randint(1, 99)
    sentence = "{year}年，我局" + channel + "收到政府信息公开申请{n}件。"
    some, too_many = (report.saying(section, sentence.format(year=report.year, n=n)) for n in (fewer, more))
    nothing, found = found_each(random, [some, too_many])
    assert nothing == set() and codes(found) == {"claim_received"}


# -- none, all

Zeros = Callable[[Planted], Planted]


def flows(report: Planted, *none: str) -> Planted:
    """With none in these rows of section 3 and the new applications led on; all of them: an empty table."""
    figures = dict(report.figures)
    for measure in (*APPLICANTS, "total"):
        for item in [i for s, i, m in figures if s == "applications" and m == measure and ("received" in none or i in none)]:
            figures["applications", item, measure] = 0
        if "received" not in none:
            row = {i: figures["applications", i, measure] or 0 for i in ("handled", "carried_out", "carried_in")}
            figures["applications", "received", measure] = row["handled"] + row["carried_out"] - row["carried_in"]
    return replace(report, figures=figures)


def cases(report: Planted, procedures: tuple[str, ...], outcomes: tuple[str, ...] = OUTCOMES) -> Planted:
    """With none of these cases that ended so."""
    figures: Figures = dict(report.figures)
    for procedure in procedures:
        figures |= {("review_litigation", procedure, outcome): 0 for outcome in outcomes}
        figures["review_litigation", procedure, "total"] = sum(figures["review_litigation", procedure, o] or 0 for o in OUTCOMES)
    return replace(report, figures=figures)


def disclosed(report: Planted, item: str) -> Planted:
    return replace(report, figures={place: 0 if place[1] == item else value for place, value in report.figures.items()})


REVIEW, SUITS = PROCEDURES[:1], PROCEDURES[1:]
ABSOLUTES: list[tuple[str, Zeros]] = [
    ("{year}年，我局未收到政府信息公开申请。", lambda r: flows(r, "received")),
    ("本年度没有收到公民、法人和其他组织的政府信息公开申请。", lambda r: flows(r, "received")),
    ("{year}年没有上年结转的政府信息公开申请。", lambda r: flows(r, "carried_in")),
    ("全年无结转下年度办理的政府信息公开申请。", lambda r: flows(r, "carried_out")),
    ("全年共收到政府信息公开申请{received}件，已全部办结。", lambda r: flows(r, "carried_out")),
    ("全年共收到政府信息公开申请{received}件，均已按时答复。", lambda r: flows(r, "carried_out")),
    ("{year}年，未发生因政府信息公开引起的行政复议。", lambda r: cases(r, REVIEW)),
    ("全年没有因政府信息公开被申请行政复议的情况。", lambda r: cases(r, REVIEW)),
    ("{year}年，未发生因政府信息公开引起的行政诉讼。", lambda r: cases(r, SUITS)),
    ("{year}年，我局未发生因政府信息公开引起的行政复议、行政诉讼。", lambda r: cases(r, PROCEDURES)),
    ("因政府信息公开被申请行政复议{reconsideration}件，均获维持。", lambda r: cases(r, REVIEW, ("corrected", "other"))),
    ("因政府信息公开被申请行政复议{reconsideration}件，没有被纠正。", lambda r: cases(r, REVIEW, ("corrected",))),
    ("因政府信息公开被申请行政复议{reconsideration}件，均已审结。", lambda r: cases(r, REVIEW, ("pending",))),
    ("因政府信息公开被提起行政诉讼{litigation}件，均获维持。", lambda r: cases(r, SUITS, ("corrected", "other"))),
    ("因政府信息公开被提起行政诉讼{litigation}件，未被纠错。", lambda r: cases(r, SUITS, ("corrected",))),
    ("因政府信息公开被提起行政诉讼{litigation}件，均已结案。", lambda r: cases(r, SUITS, ("pending",))),
    ("{year}年，我局未制定规章。", lambda r: disclosed(r, "rules")),
    ("{year}年，我局未制定规范性文件。", lambda r: disclosed(r, "normative_documents")),
    ("全年未制定政府规章和行政规范性文件。", lambda r: disclosed(disclosed(r, "rules"), "normative_documents")),
    ("全年未作出行政处罚。", lambda r: disclosed(r, "penalties")),
    ("{year}年，我局未实施行政强制措施。", lambda r: disclosed(r, "compulsion")),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "none_of_them"), ABSOLUTES, ids=[f"{n}" for n in range(len(ABSOLUTES))])
def test_none_and_all_are_true_of_zeros_only(sentence: str, none_of_them: Zeros) -> None:
    random = Random(sentence)
    reports = [sound_report(random, least=1) for _ in range(3)]
    true = [says(random, none_of_them(report), sentence, {}) for report in reports]
    false = [says(random, report, sentence, {}) for report in reports]
    results = found_each(random, [*true, *false])
    assert results[:3] == [set()] * 3
    assert [codes(found) for found in results[3:]] == [{"claim_absolute"}] * 3


@pytest.mark.parametrize("fee", [0, 350])
def test_no_fee_and_a_fee(fee: int) -> None:
    random = Random(fee)
    for none in ("全年未收取信息处理费。", "{year}年没有收取任何信息公开费用。", "我局未发生信息处理费收取情况。"):
        report = sound_report(random)
        told = report.saying("overview", none.format(year=report.year)).saying(random.choice(SECTIONS), f"全年收取信息处理费{fee}元。")
        found = found_each(random, [told])[0] - {("other_matters_fee_conflict", "report")}
        assert codes(found) == ({"claim_absolute"} if fee else set()), none


# -- a table of zeros

COUNTED = {kind: ways[0] for kind, ways in {k: [w for of, w in SAYINGS if of == k] for k in (
    "received", "handled", "carried_in", "carried_out", "reconsideration", "litigation", "normative_documents_issued", "licensing", "penalties", "compulsion",
)}.items()}  # fmt: skip


@pytest.mark.parametrize("kind", COUNTED)
def test_a_table_of_zeros_beside_a_count_is_found(kind: str) -> None:
    random = Random(kind)
    report = sound_report(random, least=1)
    section = "review_litigation" if kind in CASES else "proactive_disclosure" if kind in DOCUMENTS else "applications"
    zeros = replace(report, figures={place: 0 if place[0] == section else value for place, value in report.figures.items()})
    counted = says(random, zeros, COUNTED[kind], numbers(report))
    assert codes(found_each(random, [counted])[0]) & {"all_zero_but_narrative_counts", check_of(kind)}  # one contradiction is one finding
    assert codes(found_each(random, [says(random, report, COUNTED[kind], {})])[0]) == set()
