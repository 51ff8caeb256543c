"""Characters as they are said: a name that was typed in other characters of the same sound is found by it, 平谭 as 平潭."""

from __future__ import annotations

from functools import cache

from portal.data import DATA

SYLLABLES = DATA / "syllables.txt"  # a line a syllable, then its characters; written by python -m portal.build.spelling


def syllables(text: str) -> list[str]:
    """Each character's syllable without its tone; one that has none stands for itself.

    >>> syllables("平谭"), syllables("民正局"), syllables("12")
    (['ping', 'tan'], ['min', 'zheng', 'ju'], ['1', '2'])
    """
    return [_syllable_of().get(character, character) for character in text]


def in_syllables(said: list[str]) -> str:
    """Syllables as the columns `pinyin` have those of a name: each between marks, so that ping'tan is not the beginning of ping'tang.

    >>> in_syllables(["ping", "tan"])
    "'ping'tan'"
    """
    return f"'{chr(39).join(said)}'"


@cache
def _syllable_of() -> dict[str, str]:
    lines = (line.split() for line in SYLLABLES.read_text(encoding="utf-8").splitlines())
    return {character: syllable for syllable, characters in lines for character in characters}
