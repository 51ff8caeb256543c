"""Sentences held against one sound report: what is harmless accuses nobody, what contradicts it plainly is found as the report's own."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.sentences import CLAIMED, HELD, Held, verdicts


def test_there_are_many_of_both_sorts() -> None:
    harmless, contradictory = [one for held in HELD for one in held.harmless], [one for held in HELD for one in held.contradictory]
    assert len(set(harmless)) == len(harmless) >= 810 and len(set(contradictory)) == len(contradictory) >= 750
    assert len(harmless) + len(contradictory) + sum(len(group["sentences"]) for group in CLAIMED) >= 2100


BEHIND = (None, "我局依法规范办理政府信息公开申请，切实保障群众合法权益。")  # other business, or applications that were spoken of


@pytest.mark.parametrize("held", HELD, ids=range(len(HELD)))
def test_a_harmless_sentence_accuses_nobody(held: Held) -> None:
    for behind in BEHIND:
        said = [(agency, text) for agency, text in held.harmless if Random(text).choice(BEHIND) == behind]
        for (agency, text), found in zip(said, verdicts(held, said, behind), strict=True):
            assert "report" not in {verdict for _, verdict in found}, f"{agency}: {text}"


@pytest.mark.parametrize("held", HELD, ids=range(len(HELD)))
def test_a_plain_contradiction_is_found(held: Held) -> None:
    found = verdicts(held, [(agency, text) for agency, text, _ in held.contradictory])
    for (agency, text, check), verdict in zip(held.contradictory, found, strict=True):
        assert (check, "report") in verdict, f"{agency}: {text}"
