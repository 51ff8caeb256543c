"""Which reports hold which words: sets of reports as whole numbers, of which each bit is a report by its row number.

The index of texts is asked for each word in each section, once of a build as long as it is remembered. What holds all the words of a search,
and how many reports there are of a kind, is then told without the index.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, compress
from operator import and_, or_
from typing import Any

from portal.pages import findings, search
from portal.pages.queries import Rows, one
from portal.pages.remembered import kept, once

SECTIONS = (*search.SECTIONS, "elsewhere")
_BITS = bytes.maketrans(b"01", b"\0\1")
# Row numbers as one value: a row each would be asked for one by one.
_NUMBERS = "select json_group_array(rowid) as hits from {index} where {index} match :match and rowid between :first and :last"


@dataclass(frozen=True)
class Listed:
    """The reports of each year and of each level; the region of each report by its row number, of which there are too many for a set each; the
    row numbers of the reports of each text by that text's."""

    year: Mapping[Any, int]
    level: Mapping[Any, int]
    region: Sequence[str | None]
    of_text: Sequence[tuple[int, ...]]

    def chosen(self, reports: int, choices: Mapping[str, str]) -> int:
        """Those of the reports that fit the choices of year, region and level."""
        if "year" in choices:
            reports &= self.year.get(int(choices["year"]), 0)
        if "level" in choices:
            reports &= self.level.get(choices["level"], 0)
        if "region" in choices:
            first, last = choices["region"], findings.region_end(choices["region"])
            reports &= as_bits([report for report in as_numbers(reports) if first <= (self.region[report] or "") <= last])
        return reports

    def counted(self, name: str, reports: int) -> dict[Any, int]:
        """How many of the reports have each year, region or level."""
        if name == "region":
            counts: Mapping[Any, int] = Counter(compress(self.region, _each_bit(reports)))
        else:
            counts = {value: (reports & those).bit_count() for value, those in getattr(self, name).items()}
        return {value: count for value, count in counts.items() if count and value is not None}


@once
def listed(rows: Rows) -> Listed:
    """Of all reports."""
    found = rows("select rowid as report, year, region, level from reports order by rowid", {})
    of: dict[str, dict[Any, list[int]]] = {"year": {}, "level": {}}
    region: list[str | None] = [None] * (found[-1]["report"] + 1 if found else 0)
    same: dict[str | None, str | None] = {}  # a code that thousands have is kept once
    for row in found:
        region[row["report"]] = same.setdefault(row["region"], row["region"])
        for name, values in of.items():
            values.setdefault(row[name], []).append(row["report"])
    year, level = ({value: as_bits(reports) for value, reports in of[name].items()} for name in ("year", "level"))
    last = one(rows, "select coalesce(max(rowid), 0) as text from source_texts")["text"]
    of_text: list[tuple[int, ...]] = [()] * (last + 1)
    for row in rows("select source, report from source_texts_fts_reports order by source, report", {}):
        of_text[row["source"]] += (row["report"],)
    return Listed(year, level, region, of_text)


@dataclass(frozen=True)
class Hits:
    """The reports that have all words of a query in their title or agency, in their text, and in each section of it."""

    titles: int
    texts: int
    sections: Mapping[str, int]


def hits(rows: Rows, query: str) -> Hits:
    """What has the words of a query; one without words finds nothing."""
    words = [_word(rows, phrase) for phrase in search.phrases(query)]
    if not words:
        return Hits(0, 0, dict.fromkeys(SECTIONS, 0))
    texts = reduce(and_, (reduce(or_, word) for word in words))
    sections = (reduce(and_, of_section) for of_section in zip(*words, strict=True))
    titles = as_bits(_numbers(rows, "reports_fts", search.match_query(query)))
    return Hits(titles, texts, dict(zip(SECTIONS, sections, strict=True)))


def _word(rows: Rows, phrase: str) -> tuple[int, ...]:
    """The reports that have a word in each of the sections."""

    def ask() -> tuple[int, ...]:
        of_text = listed(rows).of_text
        anywhere = _numbers(rows, "source_texts_fts", phrase)
        within = [_numbers(rows, "source_texts_fts", f"{{{section}}} : ({phrase})", anywhere) for section in search.SECTIONS]
        told = set().union(*within)
        elsewhere = {*anywhere} - told  # a name is often there alone, then that section need not be asked for
        elsewhere.update(_numbers(rows, "source_texts_fts", f"{{elsewhere}} : ({phrase})", told))
        return tuple(as_bits(chain.from_iterable(map(of_text.__getitem__, texts))) for texts in (*within, elsewhere))

    return kept(rows, ("hits", phrase), ask, lambda found: sum(bits.bit_length() // 8 for bits in found))


def _numbers(rows: Rows, index: str, match: str, among: Collection[int] | None = None) -> list[int]:
    """The row numbers that an index gives; `among`: all of these that it gives are wanted, and perhaps some that lie between them."""
    if among is not None and not among:
        return []
    first, last = (min(among), max(among)) if among else (0, 2**62)
    numbers: list[int] = json.loads(one(rows, _NUMBERS.format(index=index), match=match, first=first, last=last)["hits"])
    return numbers


def as_bits(numbers: Iterable[int]) -> int:
    """A set of small whole numbers.

    >>> bin(as_bits([0, 3]))
    '0b1001'
    """
    numbers = list(numbers)
    digits = bytearray(b"0") * (max(numbers, default=0) + 1)
    for number in numbers:
        digits[-1 - number] = ord("1")
    return int(digits, 2)


def as_numbers(bits: int) -> list[int]:
    """What is in a set, from the least.

    >>> as_numbers(0b1001), as_numbers(0)
    ([0, 3], [])
    """
    return list(compress(range(bits.bit_length()), _each_bit(bits)))


def _each_bit(bits: int) -> bytes:
    return f"{bits:b}".encode()[::-1].translate(_BITS)
