"""Lines of print: words with their places, which of them are the figures at a line's end, and numbers of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol
from unicodedata import east_asian_width

from parsers.printed.cells import is_value_like
from parsers.printed.values import Unreadable, is_blank, parse_value

MAX_WORDS = 100  # no line of a table has more
APART = 2.0  # places between two cells; what stands closer may be one
# What begins a label or a heading: a number of its own.
BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,3}\s?[、.．]|[（(][一二三四五六七八九十\d]{1,3}(?:[)）]|$)|\d{1,2}[、.．]\D|附件|第.{1,3}[章条]"
)
_CHANGE = re.compile("增|减|增加|减少|新增|[+]")
_HAN = re.compile("[\u2e80-\uffef“”‘’]")


class Word(NamedTuple):
    """A printed word and where on its line it begins and ends, in places: a character, or half the width of a Chinese one."""

    text: str
    begin: float
    end: float


class Stretch(Protocol):
    """Anything that reaches from one place of a line to another."""

    @property
    def begin(self) -> float: ...
    @property
    def end(self) -> float: ...


@dataclass(frozen=True)
class Line:
    """A line: the words before its figures, its figures, the number of its sheet: places on different sheets are not alike."""

    label: tuple[Word, ...]
    figures: tuple[Word, ...] = ()
    sheet: int = 0

    @property
    def words(self) -> tuple[Word, ...]:
        """All its words, from left to right."""
        return self.label + self.figures


def places_of(line: str, wide: int = 2) -> list[int]:
    """The places of a line's characters and of its end, a Chinese one as wide as `wide` others.

    >>> places_of("自 a")
    [0, 2, 3, 4]
    """
    return list(accumulate((wide if east_asian_width(char) in "WF" else 1 for char in line), initial=0))


def line_of(words: Sequence[Word], sheet: int = 0) -> Line:
    """The line that words form. Figures stand at its end, apart from each other or from what is before them: else it is prose."""
    if len(words) > MAX_WORDS:
        return Line((Word(" ".join(word.text for word in words), words[0].begin, words[-1].end),), (), sheet)
    whole = _whole(words)
    at = len(whole)
    while at and _is_figure(whole[at - 1].text):
        at -= 1
    gaps = [right.begin - left.end for left, right in pairwise(whole[max(at - 1, 0) :])]
    if at and at < len(whole) and max(gaps) < APART:
        at = len(whole)
    return Line(tuple(whole[:at]), tuple(whole[at:]), sheet)


def _whole(words: Sequence[Word]) -> list[Word]:
    """Words, a number and the unit after it or the word of change before it as one."""
    found = list(words[:1])
    for word in words[1:]:
        before, one = found[-1], f"{found[-1].text} {word.text}"
        belong = _CHANGE.fullmatch(before.text) or (before.text[-1:].isdigit() and not _is_figure(word.text))
        if belong and word.begin - before.end < APART and _is_number(one):
            found[-1] = Word(one, before.begin, word.end)
        else:
            found.append(word)
    return found


def _is_figure(word: str) -> bool:
    """Could this be a figure, or a sign for none, or one gone wrong? No date, no numbered label (3.其他)."""
    return is_blank(word) or _is_number(word) or (is_value_like(word) and not re.search("[一-鿿]", word))


def _is_number(text: str) -> bool:
    try:
        return parse_value(text, "元") is not None
    except Unreadable:
        return False


def runs(words: Sequence[Word]) -> list[Word]:
    """Words with hardly a gap between them as one, unless a number begins a new label."""
    found = list(words[:1])
    for before, word in pairwise(words):
        if word.begin - before.end >= APART or BEGINS.match(word.text):
            found.append(word)
        else:
            found[-1] = Word(f"{found[-1].text} {word.text}", found[-1].begin, word.end)
    return found


def overlap(a: Stretch, b: Stretch) -> bool:
    """Do two stretches of a line have a place in common?"""
    return a.begin < b.end and b.begin < a.end


def joined(pieces: Iterable[str]) -> str:
    """A cell's printed lines as one: Chinese words run on, between others stands a space."""
    text = ""
    for piece in filter(None, pieces):
        runs_on = not text or (_HAN.match(text[-1]) and _HAN.match(piece[0]))
        text += piece if runs_on else " " + piece
    return text


# -- page numbers ------------------------------------------------------------------------------------------------------

_BESIDE = r"\s\-—–－·~第页共/"
# Any number that may be a page's: 5, - 5 -, 第5页, 5/12, 第5页 共12页.
PAGE_NUMBER = re.compile(rf"[{_BESIDE}]*\d{{1,3}}(?:[{_BESIDE}]+\d{{1,3}})?[{_BESIDE}]*")
# One that says so: - 5 - or 第5页 and what follows.
_SIGNED = r"(?:[-—–－]\s*+\d{1,3}\s*+[-—–－]|第\s*+\d{1,3}\s*+页[^\n|]{0,12})"
SIGNED_PAGE_NUMBER = re.compile(rf"\s*+{_SIGNED}\s*+")
_AT_FOOT = re.compile(rf"\n[^\S\n]*+{_SIGNED}[\s|]*\Z")


def before_page_number(text: str, start: int, end: int) -> int:
    """Where text[start:end] ends without a page's number at its foot, one that says so, on a line of its own."""
    number = _AT_FOOT.search(text, max(start, end - 60), end)
    return text.index("\n", start + len(text[start : number.start()].rstrip())) if number else end
