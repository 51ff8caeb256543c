"""Parts of a whole, percentages, one thing said twice: true they contradict nothing, wrong each is found by its check."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.examples import APPLICANTS
from tests.support.planted import codes, found_each, sound_report
from tests.support.sayings import (
    APPLICANT_WORDS,
    PARTS,
    RESULT_WORDS,
    RESULTS,
    SAYINGS,
    SECTIONS,
    check_of,
    edition_for,
    numbers,
    says,
    wrong,
)

# -- a whole and its parts


@pytest.mark.parametrize("way", PARTS)
def test_parts_said_to_be_all_add_up(way: str) -> None:
    random = Random(way)
    true, false = [], []
    for _ in range(3):
        report, section = sound_report(random), random.choice(SECTIONS)
        parts = [random.randint(3, 400) for _ in range(3)]
        told = [sum(parts), *parts]
        true.append(report.saying(section, way.format(*told, year=report.year)))
        told[random.randrange(4)] += random.choice([-2, -1, 1, 9, 40])
        false.append(report.saying(section, way.format(*told, year=report.year)))
    results = found_each(random, [*true, *false])
    assert results[:3] == [set()] * 3
    assert [codes(found) for found in results[3:]] == [{"claim_parts_sum"}] * 3


@pytest.mark.parametrize("seed", range(4))
def test_more_parts_than_the_whole_are_found_where_others_may_be_left_out(seed: int) -> None:
    random = Random(seed)
    report, (first, second) = sound_report(random), (random.randint(5, 200), random.randint(5, 200))
    say = "全年主动公开政府信息{0}条，其中政策文件{1}条、工作动态{2}条。"
    fewer = report.saying("overview", say.format((first + second) * 2, first, second))
    more = report.saying("overview", say.format(first + second - random.randint(1, 4), first, second))
    assert found_each(random, [fewer, more]) == [set(), {("claim_parts_sum", "reading")}]


@pytest.mark.parametrize("slot", range(6))
def test_results_are_held_against_the_whole_and_the_table(slot: int) -> None:
    random = Random(slot)
    report = sound_report(random, least=1)
    known = numbers(report)
    counts = [known[result] for result in RESULTS]
    listed = "、".join(f"{words}{{{n}}}件" for n, words in enumerate(RESULT_WORDS))
    say = f"全年办结政府信息公开申请{known['handled']}件，其中{listed}。"
    slips = [*counts]
    slips[slot] += random.randint(1, 9)
    true, false = (report.saying(random.choice(SECTIONS), say.format(*told)) for told in (counts, slips))
    assert list(map(codes, found_each(random, [true, false]))) == [set(), {"claim_outcome", "claim_parts_sum"}]


@pytest.mark.parametrize("slot", range(6))
def test_applicants_are_held_against_the_whole(slot: int) -> None:
    random = Random(slot)
    report = sound_report(random, least=1)
    counts = [report.total("received", applicant) for applicant in APPLICANTS]
    listed = "、".join(f"{words}{{{n}}}件" for n, words in enumerate(APPLICANT_WORDS))
    say = f"{report.year}年共收到政府信息公开申请{report.total('received')}件，其中{listed}。"
    slips = [*counts]
    slips[slot] += random.randint(1, 9)
    true, false = (report.saying(random.choice(SECTIONS), say.format(*told)) for told in (counts, slips))
    in_table = {"claim_received"} if slot < 5 else set()  # 其他 may be any others
    assert list(map(codes, found_each(random, [true, false]))) == [set(), {"claim_parts_sum"} | in_table]


# -- in per cent

SHARES: list[tuple[str, str, str]] = [
    ("全年收到政府信息公开申请{received}件，办结{handled}件，办结率{p}%。", "handled", "received"),
    ("全年办结政府信息公开申请{handled}件，其中予以公开{disclosed}件，占{p}%。", "disclosed", "handled"),
    ("全年办结政府信息公开申请{handled}件，予以公开{disclosed}件（{p}%）。", "disclosed", "handled"),
    ("全年收到政府信息公开申请{received}件，其中自然人{received_natural_person}件，占比{p}%。", "received_natural_person", "received"),
    ("{year}年政府信息公开申请办结率为{p}%。", "handled", "received"),
    ("全年收到政府信息公开申请{received}件。自然人申请{received_natural_person}件，占{p}%。", "received_natural_person", "received"),
    ("全年办结政府信息公开申请{handled}件。从结果看，无法提供{unavailable}件，占比{p}%。", "unavailable", "handled"),
    ("全年办结政府信息公开申请{handled}件，其中不予公开{withheld}件，占总数的百分之{p}。", "withheld", "handled"),
]


def too_high(random: Random, share: float, digits: int) -> str:
    """A percentage wrong by some units of its last digit, not rounded further; not 100, which may be of those that were due.

    Too high, as one that is lower may be of those carried in too.
    """
    printed = [f"{share + n / 10**digits:.{digits}f}" for n in range(3, 10)]
    return random.choice([p for p in printed if float(p) < 100 and not p.endswith("0")] or [f"{share / 2:.0f}"])


@pytest.mark.parametrize(("way", "part", "whole"), SHARES, ids=[part for _, part, _ in SHARES])
@pytest.mark.parametrize("digits", [0, 1, 2])
def test_a_percentage_follows_from_its_counts(way: str, part: str, whole: str, digits: int) -> None:
    random = Random(way + str(digits))
    true, false = [], []
    for _ in range(3):
        report = sound_report(random, least=1)
        known, section = numbers(report), random.choice(SECTIONS)
        share = 100 * known[part] / known[whole]
        true.append(report.saying(section, way.format(**known, p=f"{share:.{digits}f}")))
        false.append(report.saying(section, way.format(**known, p=too_high(random, share, digits))))
    results = found_each(random, [*true, *false])
    assert results[:3] == [set()] * 3
    assert [codes(found) for found in results[3:]] == [{"claim_percentage"}] * 3


# -- twice

TWICE = (
    "received", "carried_in", "carried_out", "handled", *RESULTS, "reconsideration", "litigation", "rules_issued", "rules_in_force",
    "normative_documents_issued", "normative_documents_repealed", "normative_documents_in_force",
)  # fmt: skip


@pytest.mark.parametrize("kind", TWICE)
def test_one_thing_said_twice_with_two_numbers_is_found(kind: str) -> None:
    random = Random(kind)
    ways = [way for of, way in SAYINGS if of == kind]
    report = sound_report(random, edition_for(random, kind), 1)
    once = says(random, report, random.choice(ways), {})
    again = says(random, once, random.choice(ways), {})
    slip = says(random, once, random.choice(ways), {kind: wrong(random, numbers(report)[kind])})
    results = found_each(random, [once, again, slip])
    assert results[:2] == [set()] * 2
    said = codes(results[2] - {("claim_parts_sum", "reading")})  # the same two numbers in the same sentence are one finding
    assert {check_of(kind)} <= said <= {check_of(kind), "claim_repeated_differs"}


def test_two_fees_and_two_counts_of_what_was_disclosed_are_found() -> None:
    for seed in range(4):
        random = Random(seed)
        report, fee, items = sound_report(random), random.randint(50, 900), random.randint(50, 900)
        fees = report.saying("overview", f"全年收取信息处理费{fee}元。年底核对，收取信息处理费{fee + 10}元。")
        counts = report.saying("overview", f"我局主动公开政府信息{items}条。").saying(
            "other_matters", f"我局主动公开政府信息{items + 9}条。"
        )
        same = report.saying("overview", f"我局主动公开政府信息{items}条。").saying("other_matters", f"我局主动公开政府信息{items}条。")
        results = found_each(random, [fees, counts, same])
        assert list(map(codes, results)) == [{"claim_repeated_differs"}, {"claim_repeated_differs"}, set()]
