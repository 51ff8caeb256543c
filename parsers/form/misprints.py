"""Words of the form that a document misprints (科研机机构): where they stand, and which of the form's they are.

A word is taken for one of the form's if the table prints that one fewer times than the form has it, and if either it differs in one
character from that one and no other, and a word of the same table stands right before or after it; or it has some of its characters
and stands between the two words that the form has before and after it (科研单位 between 商业企业 and 社会公益组织).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.form.editions import spellings
from parsers.form.labels import CONTENT, SECTIONS
from parsers.form.leftover import OVER_LABELS
from parsers.form.vocabulary import (
    ARTICLE,
    SHORTEST,
    all_words,
    beginnings,
    header_words,
    in_between,
    known_words,
    times_printed,
    words_pattern,
)
from parsers.model import Document, Table
from parsers.printed.cells import Span
from parsers.printed.normalise import normalise_label, without_numbering

_RUN = re.compile(r"(?:(?<=[)）])项)?([一-鿿\u2e80-\u2fd5“”‘’、/]{2,200})")  # 第二十条第（一）项 ends before it
_BRACKETED = re.compile(r"[（(][^（()）]{4,200}[)）]")
_DIGIT = re.compile(r"\d")
_REMARK = re.compile(r"(?<!\s)\s*+[（(［\[].*", re.DOTALL)
_OPENS = re.compile(r"[（(［\[]")
_SET_BY_PLACES = re.compile(r"[^|\s] {2,}[^|\s]")  # words under each other: nothing may move
_NEAR = 100  # characters within which a word broken in two goes on
_GLUED = 0.5  # of a run of characters must be words of the form: else it is prose
_ALIKE = 0.5  # of the characters of the shorter of two words
_LONGER = 2.5  # times: no wording is longer
_PASSES = 3  # the word beside a misprint may be misprinted too
_FEWEST = 3  # words of a table that must be printed as they are


class Misprint(NamedTuple):
    """The range of a misprinted word with its numbering and remarks, what the form has there, and which word of the form it is.

    `by_place`: it is known by its place more than by its characters.
    """

    start: int
    end: int
    put: str
    section: str
    word: str
    by_place: bool


class _Word(NamedTuple):
    """A printed word with its numbering and remarks, its label as labels are compared, and where the label itself is printed."""

    start: int
    end: int
    label: str
    own: Span


def find_misprints(document: Document) -> list[Misprint]:
    """The misprinted words of the form, in printed order."""
    text = document.text
    drawn = [block for block in document.blocks if isinstance(block, Table)]
    if drawn and _is_whole(text, drawn):
        return []
    words = [word for table in drawn for word in _words_of_cells(text, table)]
    places = [0, *chain.from_iterable((table.start, table.end) for table in drawn), len(text)]
    bare = _BRACKETED.sub(lambda remark: " " * len(remark[0]), text)
    words += [word for start, end in zip(places[::2], places[1::2], strict=True) for word in _words_of_text(bare, start, end)]
    words = _put_together(text, sorted(words))
    found: list[Misprint] = []
    for _ in range(_PASSES):
        printed = Counter(word.label for word in words)
        more = [misprint for section in SECTIONS for misprint in _misprints(text, words, section, _missing(section, printed) or {})]
        claimed = Counter(misprint.start for misprint in more)  # by one section, or nobody knows whose it is
        meant = {misprint.start: misprint for misprint in more if claimed[misprint.start] == 1}
        if not meant:
            break
        found += meant.values()
        words = [word._replace(label=meant[word.start].word) if word.start in meant else word for word in words]
    return sorted(found)


def _is_whole(text: str, drawn: Sequence[Table]) -> bool:
    """Do the drawn tables print every word of the form?"""
    printed = Counter([text[start:end] for table in drawn for start, end, *_ in table.cells if end - start > 1])
    labels: Counter[str] = Counter()
    for word, times in printed.items():
        labels[normalise_label(word)] += times
    return all(_missing(section, labels) == {} for section in SECTIONS)


def _words_of_cells(text: str, table: Table) -> Iterator[_Word]:
    for start, end, *_ in table.cells:
        if end - start > 1 and not text[start:end].isdecimal():
            begin = end - len(without_numbering(text[start:end]))
            remark = _REMARK.search(text, begin + 1, end)
            yield from _word(text, (start, end), (begin, remark.start() if remark else end))


def _words_of_text(text: str, start: int, end: int) -> Iterator[_Word]:
    """Each run of characters as one word, or as several where it is made up of words of the form: cells may be glued."""
    for run in _RUN.finditer(text, start, end):
        begin, stop = run.end() - len(without_numbering(run[1])), run.end()
        known = [match.span() for match in words_pattern().finditer(text, begin, stop)]
        if not known or not _cover(known, begin, stop) or any(_nearest(section, text[begin:stop]) for section in SECTIONS):
            yield from _word(text, (begin, stop), (begin, stop))
            continue
        for place in pairwise([begin, *chain.from_iterable(known), stop]):
            if place[1] - place[0] > 1:
                yield from _word(text, place, place)


def _word(text: str, printed: Span, own: Span) -> Iterator[_Word]:
    label = normalise_label(text[slice(*printed)])
    if len(label) > 1 and not _DIGIT.search(label):
        yield _Word(*printed, ARTICLE if label.startswith(ARTICLE) else label, own)


def _put_together(text: str, pieces: Sequence[_Word]) -> list[_Word]:
    """The words with those put together that are broken by white space alone."""
    words: list[_Word] = []
    for piece in pieces:
        if words and _may_be_one(words[-1], piece) and not text[words[-1].end : piece.start].strip(" \n"):
            whole = [*_word(text, (words[-1].start, piece.end), (words[-1].own[0], piece.own[1]))]
            if whole and whole[0].label in all_words():
                words[-1:] = whole
                continue
        words.append(piece)
    return words


def _may_be_one(first: _Word, second: _Word) -> bool:
    """Are two words, one after the other, a word of the form? They may be if a remark opens in the first, whatever the second is."""
    return first.label + second.label in all_words() or first.label == ARTICLE or bool(_OPENS.search(first.label))


def _cover(known: Sequence[Span], start: int, end: int) -> bool:
    return sum(stop - begin for begin, stop in known) > _GLUED * (end - start)


def _misprints(text: str, words: Sequence[_Word], section: str, missing: Mapping[str, int]) -> Iterator[Misprint]:
    found: dict[str, list[Misprint]] = {}
    for at, word in enumerate(words) if missing else ():
        before, after = words[at - 1].label if at else "", words[at + 1].label if at + 1 < len(words) else ""
        if before not in beginnings(section) and after not in beginnings(section):
            continue
        near = _nearest(section, word.label)
        likely = [one for one in near or _between(section, before, word.label, after) if one in missing]
        if len(likely) == 1 and not _goes_on(text, word, likely[0]) and _may_change(text, word, likely[0]):
            put = text[word.start : word.own[0]] + likely[0] + text[word.own[1] : word.end]
            found.setdefault(likely[0], []).append(Misprint(word.start, word.end, put, section, likely[0], not near))
    for meant, places in found.items():
        if len(places) <= missing[meant]:  # of more, nobody knows which are meant
            yield from places


def _missing(section: str, printed: Mapping[str, int]) -> dict[str, int] | None:
    """The words that are printed fewer times than the edition nearest to the table has them, and how many times fewer. None if no
    such table is there."""
    times = printed.get
    found = []
    for form in times_printed(section):
        lacking = [word for word, count in form.items() if times(word, 0) < count]  # few, in any spelling fewer still
        left = {word: form[word] - n for word in lacking if (n := sum(times(s, 0) for s in spellings(word))) < form[word]}
        found += [left] if len(left) <= len(form) - _FEWEST else []
    return min(found, key=len, default=None)


@lru_cache(maxsize=4096)  # most words of a report are those of the next
def _nearest(section: str, label: str) -> frozenset[str]:
    """The words of the form from which an unknown word differs in one character: another, one less or more, or two in the wrong order."""
    if label in known_words(section):
        return frozenset()
    near = process.extract(label, known_words(section).keys(), scorer=OSA.distance, processor=None, score_cutoff=1, limit=None)
    return frozenset(word for spelling, *_ in near if len(spelling) >= SHORTEST for word in known_words(section)[spelling])


def _between(section: str, before: str, label: str, after: str) -> frozenset[str]:
    """The words that the form has between these two and that an unknown word there is like."""
    if label in known_words(section):
        return frozenset()
    found = (
        word
        for above in known_words(section).get(before, ())
        for below in known_words(section).get(after, ())
        for word in in_between(section).get((above, below), ())
    )
    return frozenset(word for word in found if _is_like(section, label, word))


def _is_like(section: str, label: str, word: str) -> bool:
    """Has one half of the other's characters? A row may be another's that is named like it (行政奖励): it must have more."""
    if word == CONTENT and label in OVER_LABELS:
        return True
    own, others = set(label), set(word)
    alike = len(own & others) / min(len(own), len(others))
    if word in header_words(section):
        return alike >= _ALIKE
    return alike > _ALIKE and word not in label and len(label) <= _LONGER * len(word)


def _goes_on(text: str, word: _Word, meant: str) -> bool:
    """Is this one half of the word, and the other half printed near it? Labels and headers are broken over lines."""
    if meant.startswith(word.label):
        rest, beside = meant[len(word.label) :], text[word.end : word.end + _NEAR]
    elif meant.endswith(word.label):
        rest, beside = meant[: -len(word.label)], text[max(0, word.start - _NEAR) : word.start]
    else:
        return False
    return bool(re.search(f"(?<![一-鿿]){rest}(?![一-鿿])", beside))


def _may_change(text: str, word: _Word, meant: str) -> bool:
    """May the word become as long as it is meant to be? Not where it would move others out of their columns."""
    stop = text.find("\n", word.end)
    line = text[text.rfind("\n", 0, word.start) + 1 : stop if stop >= 0 else None]
    return word.own[1] - word.own[0] == len(meant) or not _SET_BY_PLACES.search(line)
