"""Sentences held against one sound report: what is harmless accuses nobody, what contradicts it plainly is found as the report's own."""

from __future__ import annotations

from tests.support.sentences import CLAIMED, CONTRADICTORY, HARMLESS, verdicts


def test_there_are_many_of_both_sorts() -> None:
    assert len(set(HARMLESS)) == len(HARMLESS) >= 310 and len(set(CONTRADICTORY)) == len(CONTRADICTORY) >= 195
    assert len(HARMLESS) + len(CONTRADICTORY) + sum(len(group["sentences"]) for group in CLAIMED) >= 900


def test_a_harmless_sentence_accuses_nobody() -> None:
    for (agency, text), found in zip(HARMLESS, verdicts(HARMLESS), strict=True):
        assert "report" not in {verdict for _, verdict in found}, f"{agency}: {text}"


def test_a_plain_contradiction_is_found() -> None:
    found = verdicts([(agency, text) for agency, text, _ in CONTRADICTORY])
    for (agency, text, check), verdict in zip(CONTRADICTORY, found, strict=True):
        assert (check, "report") in verdict, f"{agency}: {text}"
