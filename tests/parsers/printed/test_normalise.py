"""Replacing a text at once gives what normalising each of its characters gives, whichever of them are common."""

from __future__ import annotations

import pytest

from parsers.identity.titles import plain
from parsers.narrative.numerals import mark
from parsers.printed.normalise import Replacing, normalise_text, simplify

CHARACTERS = [
    chr(code) for block in ((0x20, 0x500), (0x2000, 0x3400), (0x4E00, 0xA000), (0xF900, 0xFB00), (0xFF00, 0xFFF0)) for code in range(*block)
]


@pytest.mark.parametrize("normalising", [normalise_text, simplify])
def test_a_text_is_folded_as_its_characters_are(normalising: Replacing) -> None:
    assert [normalising(char) for char in CHARACTERS] == [normalising.of(char) for char in CHARACTERS]
    assert normalising("".join(CHARACTERS)) == "".join(map(normalising.of, CHARACTERS))


def test_every_other_character_keeps_its_place() -> None:
    text = "".join(CHARACTERS)
    assert len(simplify(text)) == len(plain(text)) == len(text)
    assert mark("乾县二〇二一年", 0, 7).text == simplify("乾县二〇二一年")
