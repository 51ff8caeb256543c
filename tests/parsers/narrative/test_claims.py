"""What the narrative claims, sentence by sentence."""

from __future__ import annotations

import pytest

from parsers.model import Claim
from tests.support.sentences import CLAIMED, claims_in

CASES = [(group["agency"], group["year"], one["text"], one["claims"]) for group in CLAIMED for one in group["sentences"]]


def written(claim: Claim) -> str:
    """A claim as sentences.yml writes it."""
    shown = "none" if claim.absolute and claim.value == 0 else "all" if claim.absolute else ""
    if not shown and claim.value is not None:
        shown = f"{claim.value:.12g}{claim.unit or ''}"
    words = [claim.kind, shown + "~" * claim.approximate]
    words += [f"of {claim.part_of}"] if claim.part_of is not None else []
    words += [f"{claim.percent:g}%"] if claim.percent is not None else []
    words += [f"of {claim.percent_of}"] if claim.percent_of is not None else []
    words += [f"{claim.change:+g}{claim.change_unit}"] if claim.change is not None else []
    words += [f"?{claim.doubt}"] if claim.doubt else []
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("agency", "year", "text", "claims"), CASES, ids=[case[2][:24] for case in CASES])
def test_a_sentence_claims_what_it_says_of_the_own_body_and_year(agency: str | None, year: int, text: str, claims: list[str]) -> None:
    found = claims_in(text, agency, year)
    assert [written(claim) for claim in found] == claims
    for claim in found:
        assert 0 <= claim.start <= claim.value_start < claim.value_end <= claim.end <= len(text)
        assert claim.section == "overview"


def test_the_table_of_sentences_is_large_and_half_of_it_are_traps() -> None:
    assert len(CASES) == len({case[:3] for case in CASES}) >= 250
    assert sum(not case[3] for case in CASES) >= 90
