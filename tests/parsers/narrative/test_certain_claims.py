"""The known words of data/clauses.yml: each is needed by its sentence, and no unknown word passes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import yaml

from parsers.narrative.certain_claims import known, statements
from parsers.narrative.certain_claims.known import FILE, LEAD, Words, groups, with_year
from parsers.narrative.numerals import MASKED
from tests.support.sentences import AGENCY, HELD, YEAR, claims_in

DATA = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def met() -> Iterator[tuple[str, str, str, str, str]]:
    """Each word with its class, and the sentence in which it was met, its body and section."""
    for name, listed in DATA["words"].items():
        for group in listed:
            for word in group["words"]:
                yield (
                    name,
                    word,
                    group["met"].replace("_", with_year(word, YEAR)),
                    group.get("agency", AGENCY),
                    group.get("section", "overview"),
                )


MET = list(met())


def certain(text: str, agency: str = AGENCY, section: str = "overview") -> list[Any]:
    return [
        (claim.kind, claim.value, claim.percent, claim.change, claim.part_of)
        for claim in claims_in(text, agency, YEAR, section)
        if claim.not_understood is None
    ]


ALL = Words(DATA, YEAR)


def without(word: str, name: str, text: str) -> Words:
    """The words that may stand in a text, but that a word is of a class no more."""
    masked = known.masked(with_year(word, YEAR))
    left = copy.copy(ALL)
    left.classes = {one: of for one, of in ALL.classes.items() if one == masked or one[0] in text or one[0] == MASKED}
    left.classes[masked] -= {name}
    if left.classes[masked] not in ALL.orders.signs:  # of no class any more, or of such as no word is
        rest = copy.deepcopy(DATA)
        for group in rest["words"][name]:
            group["words"] = [one for one in group["words"] if one != word] or ["麒麟"]
        if left.classes.pop(masked):
            return Words(rest, YEAR)
    left.pattern = known.pattern(left.classes)
    return left


LIMITS = ("limit", "limit_before", "scoping")  # by these a clause is no remark


@pytest.mark.parametrize("name", [name for name in DATA["words"] if name not in LIMITS])
def test_each_word_is_needed_by_its_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something of the sentence is certain by the word, and is not without it."""
    for word, text, agency, section in (one[1:] for one in MET if one[0] == name):
        whole = certain(text, agency, section)
        assert whole, text
        left = without(word, name, text)
        monkeypatch.setattr(statements, "words", lambda _, left=left: left)
        assert certain(text, agency, section) != whole, f"{text}: without {word} of {name} it is understood as well"
        monkeypatch.undo()


def test_a_remark_that_may_limit_a_figure_is_not_passed_over() -> None:
    for _, word, text, agency, section in (one for one in MET if one[0] in LIMITS):
        assert not certain(text, agency, section), text
        assert certain(text.replace(word, "", 1), agency, section), text


def test_every_class_stands_in_an_order_and_every_order_names_classes() -> None:
    parts = (LEAD, *(DATA[part] for part in ("phrases", "orders", "anywhere", "loose", "remarks")))
    named = set(re.findall("[a-z_]{2,}", " ".join(map(str, parts)))) - {"before", "after", "first", "unless", "part"}
    grouped = {name for names in groups().values() for name in names}
    assert set(DATA["words"]) - {"plain"} <= named | grouped  # a plain word is of no class that limits
    assert named <= set(DATA["words"]) | set(DATA["orders"]) | set(DATA["loose"]) | set(DATA["phrases"]) | set(groups())


def test_no_unknown_word_passes_at_any_place() -> None:
    """Two characters that no word has, put anywhere in a clause of which a claim is made, leave the claim in doubt."""
    random = Random(12)
    tried = 0
    for agency, text, _ in (one for held in HELD for one in held.contradictory):
        for claim in claims_in(text, agency, YEAR):
            if claim.not_understood is not None:
                continue
            first = max(text.rfind(sign, 0, claim.value_start) for sign in "，。；：、（:;,(") + 1
            last = min(at for sign in "，。；：、（）:;,()" if (at := text.find(sign, claim.value_end)) >= 0)
            place = random.randint(first, last)
            quoted = any(text.count(opens, 0, place) > text.count(closes, 0, place) for opens, closes in ("“”", "《》"))
            if text[max(place - 1, 0) : place + 1].isdigit() or quoted:
                continue  # a quotation is one word, whatever it says
            word = random.choice(["麒麟", "蓝鲸", "寅卯", "翡翠"])
            changed = claims_in(text[:place] + word + text[place:], agency, YEAR)
            same = [one for one in changed if (one.kind, one.value, one.absolute) == (claim.kind, claim.value, claim.absolute)]
            assert all(one.not_understood is not None for one in same), text[:place] + word + text[place:]
            tried += 1
    assert tried > 150


def test_an_unknown_word_is_told_with_the_limits_behind_it() -> None:
    (claim,) = claims_in("全区收到政府信息公开申请127件。", "样例市样例区人民政府")
    assert claim.not_understood == "全区"
