"""Headers whose words are broken over lines, as programs print those of a PDF's narrow columns: 商业 科研 above 企业 机构."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

from parsers.printed.lines import places_of
from parsers.printed.normalise import normalise

MAX_HEADER = 5000  # characters: no header has more
_ABREAST = 3  # so many words side by side show the order of the columns
_GAP = re.compile(" {3}")  # in lines whose words are set by their places


class Piece(NamedTuple):
    """What is left of a column's label, and from where to where the words stand that it was made up of."""

    rest: str
    begin: int
    end: int


def reads_by_lines(header: str, columns: Sequence[Collection[str]], beside: Collection[str] = ()) -> bool:
    """Do the words of each line, from left to right, make up the columns' labels one below the other, in the columns' order?

    `columns`: the normalised spellings of each column's label. `beside`: what else may be printed, whole or a piece of it; pieces of one
    character are the columns'.

    >>> columns = [("本年新制作数量",), ("本年新公开数量",), ("对外公开总数量",)]
    >>> reads_by_lines("本年新 本年新 对外公开总数量\\n制作数量 公开数量", columns)
    True
    >>> reads_by_lines("本年新 对外公开总数量 本年新\\n制作数量 公开数量", columns), reads_by_lines("本年新制作数量\\n本年新公开数量\\n对外公开总数量", columns)
    (False, False)
    """
    if len(header) > MAX_HEADER:
        return False
    lines = [_words(line, beside) for line in header.split("\n")]
    if max(map(len, lines)) < min(_ABREAST, len(columns)):
        return False
    rests: set[tuple[Piece, ...]] = {tuple(Piece(label, -1, -1) for label in labels) for labels in product(*columns)}
    for words in lines:
        rests = {rest for labels in rests for rest in _without(labels, words)}
    set_out = any(_GAP.search(line.strip()) for line in header.split("\n"))
    return any(not any(piece.rest for piece in pieces) and (not set_out or _in_order(pieces)) for pieces in rests)


def _words(line: str, beside: Collection[str]) -> list[tuple[str, int, int]]:
    """The normalised words of a line, each with the places where it begins and ends."""
    places = places_of(line)
    words = [(normalise(m[0]), places[m.start()], places[m.end()]) for m in re.finditer(r"[^\s|]+", line)]
    return [word for word in words if word[0] and (len(word[0]) == 1 or not any(word[0] in text for text in beside))]


def _without(labels: tuple[Piece, ...], words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[Piece, ...]]:
    """The labels without these words at their beginnings, each of another label, from left to right."""
    for places in combinations(range(len(labels)), len(words)):
        if all(labels[at].rest.startswith(word) for at, (word, _, _) in zip(places, words, strict=True)):
            found = list(labels)
            for at, (word, begin, end) in zip(places, words, strict=True):
                before = found[at]
                reach = (begin, end) if before.begin < 0 else (min(before.begin, begin), max(before.end, end))
                found[at] = Piece(before.rest[len(word) :], *reach)
            yield tuple(found)


def _in_order(pieces: Sequence[Piece]) -> bool:
    """Do the labels stand from left to right where words are set by their places?"""
    return all(a.begin + a.end < b.begin + b.end for a, b in pairwise(pieces))
