"""Characters of a page as lines of text: what stands on one height, with a space where the print leaves one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import quantiles

from parsers.documents.page import Char
from parsers.printed.lines import Word

_ONE_LINE = 0.4  # of the font's height: baselines that differ less are one line
_SPACE = 0.15  # of the font's height between letters or digits
_WIDE_SPACE = 0.4  # beside a Chinese character, which fonts set apart from digits by a quarter of a height
_SAME = 0.6  # of its width: a character printed twice, to look bold or to throw a shadow


@dataclass(frozen=True)
class TextLine:
    """A line of print: its characters from left to right, printed twice or not, and where it begins and ends; `recognised`: in a picture."""

    chars: tuple[Char, ...]
    recognised: bool = False

    @property
    def begin(self) -> float:
        return self.chars[0].begin

    @cached_property
    def end(self) -> float:
        return max(char.end for char in self.chars)

    @property
    def y(self) -> float:
        return self.chars[0].y

    @cached_property
    def size(self) -> float:
        return max(char.size for char in self.chars)

    @cached_property
    def text(self) -> str:
        return self.chars[0].text + "".join((" " if _apart(left, right) else "") + right.text for left, right in pairwise(self.chars))


def lines_of(chars: Iterable[Char]) -> list[TextLine]:
    """The lines that characters form, from top to bottom; those in another direction than the page's come after."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (c.turn, c.base)):
        last = lines[-1][0] if lines else None
        if last and last.turn == char.turn and char.base - last.base < _ONE_LINE * max(char.size, last.size):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [TextLine(_once(sorted(line, key=lambda c: c.begin))) for line in lines]


def _once(chars: Sequence[Char]) -> tuple[Char, ...]:
    kept: list[Char] = []
    for char in chars:
        twice = kept and kept[-1].text == char.text and char.begin - kept[-1].begin < _SAME * (char.end - char.begin)
        if not twice:
            kept.append(char)
    return tuple(kept)


@lru_cache(maxsize=4096)
def is_wide(char: str) -> bool:
    """Chinese characters and their punctuation, between which no space is printed at a line's end."""
    return unicodedata.east_asian_width(char[0]) in "WF"


def _apart(left: Char, right: Char) -> bool:
    wide = is_wide(left.text) or is_wide(right.text)
    return right.begin - left.end > (_WIDE_SPACE if wide else _SPACE) * max(left.size, right.size)


def is_full(line: TextLine, room: float) -> bool:
    """Was there no room left on the line for one more character (or two Chinese ones, whose punctuation may not begin a line)?"""
    last = line.chars[-1]
    return room - (line.end - line.begin) < (2.2 if is_wide(last.text) else 1.3) * (last.end - last.begin)


def joined(lines: Sequence[TextLine], room: float) -> str:
    """The text of a cell's lines, `room` wide.

    No space is printed beside a Chinese character. Digits or letters that meet at a line's end are one word if that line was
    full: there a longer number has to break; else they are two.
    """
    text = lines[0].text
    for before, line in pairwise(lines):
        whole = is_wide(text[-1]) or is_wide(line.text[0]) or (is_full(before, room) and before.chars[0].turn == line.chars[0].turn == 0)
        text += ("" if whole else " ") + line.text
    return text


def placed_words(lines: Sequence[TextLine]) -> list[tuple[Word, ...]]:
    """The words of each line with their places, two to the height of the smaller print on these lines."""
    sizes = [char.size for line in lines for char in line.chars]
    place = (quantiles(sizes)[0] / 2 if len(sizes) > 1 else 0) or 1.0  # a damaged file may have characters of no size
    placed = []
    for line in lines:
        words = [[line.chars[0]]]
        for left, right in pairwise(line.chars):
            if _apart(left, right):
                words.append([])
            words[-1].append(right)
        placed.append(tuple(Word("".join(c.text for c in w), w[0].begin / place, max(c.end for c in w) / place) for w in words))
    return placed
