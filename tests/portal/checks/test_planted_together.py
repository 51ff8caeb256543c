"""Many sentences in one narrative, true ones and ones about others, in any order: none accuses; a wrong one among them is found."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from tests.support.examples import APPLICANTS
from tests.support.planted import Planted, codes, found_each, sound_report
from tests.support.sayings import APPLICANT_WORDS, ONLY, PARTS, RESULT_WORDS, RESULTS, SAYINGS, SECTIONS, check_of, numbers, says, wrong
from tests.support.sentences import CLAIMED

SENTENCES = CLAIMED
# Sentences that claim nothing of the own body and year; left out are those of another year, and those that would claim something
# after others about applications or their results.
OTHERS = [
    one["text"]
    for group in SENTENCES
    for one in group["sentences"]
    if group["agency"] == "样例市样例区民政局" and group["year"] == 2023 and not one["claims"]
    if not re.search("^其中|在办理结果中|不予公开|行政复议|20(?!23)[0-9]{2}年", one["text"])
]
SAID = [(kind, way) for kind, way in SAYINGS if kind not in ONLY["2019"]]


def told(random: Random, report: Planted, sentences: int) -> Planted:
    """With true sentences, and others' between them."""
    known = numbers(report)
    results = "、".join(f"{words}{known[result]}件" for words, result in zip(RESULT_WORDS, RESULTS, strict=True))
    whose = "、".join(f"{words}{report.total('received', who)}件" for words, who in zip(APPLICANT_WORDS, APPLICANTS, strict=True))
    parts = [random.randint(1, 90) for _ in range(3)]
    once = random.choice(PARTS).format(sum(parts), *parts, year=report.year)
    for _ in range(sentences):
        section, sort = random.choice(SECTIONS), random.randrange(6)
        if sort < 3:
            report = says(random, report, random.choice(SAID)[1], {})
        elif sort == 3:
            listed = f"办结政府信息公开申请{known['handled']}件，其中{results}", f"收到政府信息公开申请{known['received']}件，其中{whose}"
            report = report.saying(section, f"全年{random.choice(listed)}。")
        else:
            report = report.saying(section, random.choice(OTHERS))
    return report.saying(random.choice(SECTIONS), once)


def a_report(random: Random) -> Planted:
    return replace(sound_report(random, "2021", 1), year=2023)


@pytest.mark.parametrize("seed", range(12))
def test_true_sentences_together_contradict_nothing(seed: int) -> None:
    random = Random(seed)
    reports = [told(random, a_report(random), random.randint(3, 8)) for _ in range(25)]
    for report, found in zip(reports, found_each(random, reports), strict=True):
        assert found == set(), report.words


@pytest.mark.parametrize("seed", range(12))
def test_a_wrong_count_among_them_is_found_and_no_other_check_accuses(seed: int) -> None:
    random = Random(seed)
    kinds, reports = [], []
    for _ in range(25):
        kind, way = random.choice(SAID)
        report = told(random, a_report(random), random.randint(0, 3))
        reports.append(told(random, says(random, report, way, {kind: wrong(random, numbers(report)[kind])}), random.randint(0, 3)))
        kinds.append(kind)
    for kind, report, found in zip(kinds, reports, found_each(random, reports), strict=True):
        assert check_of(kind) in codes(found), report.words
        assert codes(found) <= {check_of(kind), "claim_repeated_differs", "claim_parts_sum"}, report.words
