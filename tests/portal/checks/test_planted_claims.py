"""Counts written into the narratives of sound reports: true ones contradict nothing, a wrong one makes its check fire alone."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.planted import codes, found_each, sound_report
from tests.support.sayings import SAYINGS, check_of, edition_for, numbers, says, wrong


@pytest.mark.parametrize(("kind", "way"), SAYINGS, ids=[kind for kind, _ in SAYINGS])
def test_a_true_count_contradicts_nothing_and_a_wrong_one_is_found_by_its_check_alone(kind: str, way: str) -> None:
    random = Random(way)
    reports = [sound_report(random, edition_for(random, kind), 1) for _ in range(3)]
    slips = [{kind: wrong(random, numbers(report)[kind])} for report in reports]
    true = [says(random, report, way, {}) for report in reports]
    false = [says(random, report, way, slip) for report, slip in zip(reports, slips, strict=True)]
    results = found_each(random, [*true, *false])
    assert results[:3] == [set()] * 3
    for found, report in zip(results[3:], false, strict=True):
        besides = {("claim_parts_sum", "reading")} if "其中" in way else set()  # more of a part than of the whole
        assert codes(found - besides) == {check_of(kind)}, report.words
