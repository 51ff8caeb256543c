"""Headers whose words are broken over lines, as programs print those of a PDF's narrow columns: 商业 科研 above 企业 机构."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from parsers.fold import fold

_ABREAST = 3  # so many words side by side show the order of the columns


def reads_by_lines(header: str, columns: Sequence[Collection[str]], beside: Collection[str] = ()) -> bool:
    """Do the words of each line, from left to right, make up the columns' labels one below the other, in the columns' order?

    `columns`: the folded spellings of each column's label. `beside`: what else may be printed, whole or a piece of it; pieces of one
    character are the columns'.

    >>> columns = [("本年新制作数量",), ("本年新公开数量",), ("对外公开总数量",)]
    >>> reads_by_lines("本年新 本年新 对外公开总数量\\n制作数量 公开数量", columns)
    True
    >>> reads_by_lines("本年新 对外公开总数量 本年新\\n制作数量 公开数量", columns), reads_by_lines("本年新制作数量\\n本年新公开数量\\n对外公开总数量", columns)
    (False, False)
    """
    lines = [[word for word in map(fold, re.split(r"[\s|]+", line)) if word] for line in header.split("\n")]
    lines = [[word for word in words if len(word) == 1 or not any(word in text for text in beside)] for words in lines]
    if max(map(len, lines)) < min(_ABREAST, len(columns)):
        return False
    rests = set(product(*columns))
    for words in lines:
        rests = {rest for labels in rests for rest in _without(labels, words)}
    return any(not any(labels) for labels in rests)


def _without(labels: tuple[str, ...], words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The labels without these words at their beginnings, each of another label, from left to right."""
    for places in combinations(range(len(labels)), len(words)):
        if all(labels[at].startswith(word) for at, word in zip(places, words, strict=True)):
            taken = dict(zip(places, map(len, words), strict=True))
            yield tuple(label[taken.get(at, 0) :] for at, label in enumerate(labels))
