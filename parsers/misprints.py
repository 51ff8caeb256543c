"""Words of the form that a document misprints (科研机机构): where they stand, and which of the form's they are.

A word is taken for a misprint of one of the form's if it is near to that one, if the table prints that one fewer times than the form
has it, and every other as near as often as the form, and if a word of the same table stands right before or after it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.fold import fold, normalise_label, without_numbering
from parsers.form import Edition, editions, spellings
from parsers.gaps import Span
from parsers.header import ACROSS
from parsers.labels import CONTENT, SECTIONS
from parsers.model import Document, Table

_RUN = re.compile(r"(?:(?<=[)）])项)?([一-鿿\u2e80-\u2fd5“”‘’、/]{2,200})")  # 第二十条第（一）项 ends before it
_REMARK = re.compile(r"\s*[（(［\[].*", re.DOTALL)
_SET_BY_PLACES = re.compile(r"[^|\s] {2,}[^|\s]")  # words under each other: nothing may move
_SHORTEST = 3  # characters: a shorter word is too like others
_LONG = 8  # characters: a longer word may differ in two
_NEAR = 100  # characters within which a word broken in two goes on
_GLUED = 2 / 3  # of a run of characters must be words of the form: else it is prose
_FEWEST = 3  # words of a table that must be printed as they are


class Misprint(NamedTuple):
    """The range of a misprinted word with its numbering and remarks, and what the form has there."""

    start: int
    end: int
    word: str


class _Word(NamedTuple):
    """A printed word with its numbering and remarks, its label as labels are compared, and where the label itself is printed."""

    start: int
    end: int
    label: str
    own: Span

    def replaced(self, text: str, label: str) -> Misprint:
        return Misprint(self.start, self.end, text[self.start : self.own[0]] + label + text[self.own[1] : self.end])


def find_misprints(document: Document) -> list[Misprint]:
    """The misprinted words of the form, in printed order."""
    text = document.text
    drawn = [block for block in document.blocks if isinstance(block, Table)]
    if drawn and _is_whole(text, drawn):
        return []
    words = [word for table in drawn for word in _words_of_cells(text, table)]
    places = [0, *chain.from_iterable((table.start, table.end) for table in drawn), len(text)]
    words += [word for start, end in zip(places[::2], places[1::2], strict=True) for word in _words_of_text(text, start, end)]
    words.sort()
    printed = Counter(word.label for word in words)
    return sorted(found for section in SECTIONS for found in _misprints(text, words, section, _missing(section, printed) or {}))


def _is_whole(text: str, drawn: Sequence[Table]) -> bool:
    """Do the drawn tables print every word of the form?"""
    printed = (text[start:end] for table in drawn for start, end, *_ in table.cells if end - start > 1)
    labels = Counter(normalise_label(word) for word in printed if not word.isdecimal())
    return all(_missing(section, labels) == {} for section in SECTIONS)


def _words_of_cells(text: str, table: Table) -> Iterator[_Word]:
    for start, end, *_ in table.cells:
        if end - start > 1 and not text[start:end].isdecimal():
            begin = end - len(without_numbering(text[start:end]))
            remark = _REMARK.search(text, begin + 1, end)
            yield _Word(start, end, normalise_label(text[start:end]), (begin, remark.start() if remark else end))


def _words_of_text(text: str, start: int, end: int) -> Iterator[_Word]:
    """Each run of characters as one word, or as several where it is made up of words of the form: cells may be glued."""
    for run in _RUN.finditer(text, start, end):
        begin, stop = run.end() - len(without_numbering(run[1])), run.end()
        label = normalise_label(run[1])
        known = [match.span() for match in _known_pattern().finditer(text, begin, stop)]
        if not _cover(known, begin, stop) or any(_nearest(section, label) for section in SECTIONS):
            known = []
        for a, b in pairwise([begin, *chain.from_iterable(known), stop]):
            if b - a > 1:
                yield _Word(a, b, normalise_label(text[a:b]), (a, b))


def _cover(known: Sequence[Span], start: int, end: int) -> bool:
    return sum(stop - begin for begin, stop in known) > _GLUED * (end - start)


def _misprints(text: str, words: Sequence[_Word], section: str, missing: Mapping[str, int]) -> Iterator[Misprint]:
    found: dict[str, list[Misprint]] = {}
    for at, word in enumerate(words) if missing else ():
        if not any(other.label in _beginnings(section) for other in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])):
            continue
        nearest = [near for near in _nearest(section, word.label) if near in missing]
        if len(nearest) == 1 and not _goes_on(text, word, nearest[0]) and _may_change(text, word, nearest[0]):
            found.setdefault(nearest[0], []).append(word.replaced(text, nearest[0]))
    for meant, places in found.items():
        if len(places) <= missing[meant]:  # of more, nobody knows which are meant
            yield from places


def _missing(section: str, printed: Mapping[str, int]) -> dict[str, int] | None:
    """The words that are printed fewer times than the edition nearest to the table has them, and how many times fewer. None if no
    such table is there."""
    times = printed.get
    found = []
    for form in _by_edition(section):
        left = {word: count - n for word, count in form.items() if (n := sum(times(s, 0) for s in spellings(word))) < count}
        found += [left] if len(left) <= len(form) - _FEWEST else []
    return min(found, key=len, default=None)


@lru_cache(maxsize=4096)  # most words of a report are those of the next
def _nearest(section: str, label: str) -> frozenset[str]:
    """The words of the form that an unknown word is nearest to, and near enough to be a misprint of one."""
    if not _SHORTEST <= len(label) + 1 <= _longest() or label in _known(section) or re.search(r"\d", label):
        return frozenset()
    near: dict[int, set[str]] = {}
    for spelling, distance, _ in process.extract(
        label, _known(section).keys(), scorer=OSA.distance, processor=None, score_cutoff=2, limit=None
    ):
        if distance <= _most(spelling):
            near.setdefault(int(distance), set()).add(_known(section)[spelling])
    return frozenset(near[min(near)] if near else ())


def _most(word: str) -> int:
    """How many characters a misprint may differ in."""
    return 0 if len(word) < _SHORTEST else 1 if len(word) < _LONG else 2


def _goes_on(text: str, word: _Word, meant: str) -> bool:
    """Is this one half of the word, and the other half printed near it? Labels and headers are broken over lines."""
    after, before = fold(text[word.end : word.end + _NEAR]), fold(text[max(0, word.start - _NEAR) : word.start])
    if meant.startswith(word.label):
        rest = meant[len(word.label) :]
        return rest in after if len(rest) > 1 else after.startswith(rest)
    rest = meant[: -len(word.label)]
    return meant.endswith(word.label) and (rest in before if len(rest) > 1 else before.endswith(rest))


def _may_change(text: str, word: _Word, meant: str) -> bool:
    """May the word become as long as it is meant to be? Not where it would move others out of their columns."""
    line = text[text.rfind("\n", 0, word.start) + 1 : word.end + (text[word.end :] + "\n").find("\n")]
    return word.own[1] - word.own[0] == len(meant) or not _SET_BY_PLACES.search(line)


@cache
def _known(section: str) -> dict[str, str]:
    """Every spelling of every word that an edition has in this section, and the word."""
    return {spelling: word for form in _by_edition(section) for word in form for spelling in reversed(spellings(word))}


@cache
def _beginnings(section: str) -> frozenset[str]:
    """The words of the section, whole and where they may be broken: 本年新 above 制作数量."""
    return frozenset(word[:end] for word in _known(section) for end in range(min(_SHORTEST, len(word)), len(word) + 1))


@cache
def _all_known() -> frozenset[str]:
    return frozenset(spelling for section in SECTIONS for spelling in _known(section))


@cache
def _longest() -> int:
    return max(map(len, _all_known())) + 2


@cache
def _known_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_all_known(), key=len, reverse=True)))


@cache
def _by_edition(section: str) -> tuple[Counter[str], ...]:
    """How many times each edition prints each of its words in this section."""
    return tuple(Counter(_words_of(edition, section)) for edition in editions())


def _words_of(edition: Edition, section: str) -> Iterator[str]:
    for grid in edition.of(section):
        yield from [CONTENT] if grid.article else []
        times = len(grid.rows) if section in ACROSS else 1
        labels = [*(label for _, label in grid.columns)] * times
        labels += [*grid.header_groups, *(row.label for row in grid.rows), *{group: None for row in grid.rows for group in row.groups}]
        yield from map(normalise_label, labels)
