"""Narratives that share their text: near-duplicates by MinHash, then the sentences that are the same with figures masked.

Each report is compared with those of its own and earlier years; kept is the one it shares most with: of other agencies,
and of its own agency the year before.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import yaml
from rensa import RMinHash

from portal.data import DATA

SET_PHRASES = DATA / "set_phrases.yml"
PERMUTATIONS, BANDS = 128, 16  # 16 bands of 8: a pair of Jaccard similarity 0.71 is met with even chance, one of 0.85 nearly always
SHINGLE = 5  # characters
MOST_IN_BUCKET = 12  # the earliest of each bucket are kept to compare with: a text a thousand bodies use is compared a few times
SHORTEST_SENTENCE = 10  # characters without punctuation
SHORTEST_TEXT = 200
LEAST_SHARE = 0.6  # of the report's own narrative


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a narrative: its characters without punctuation, figures masked, and its range in the source text."""

    masked: str
    start: int
    end: int


@dataclass(frozen=True)
class Narrative:
    """The own words of one report: what it says beyond the set phrases of the form."""

    report_id: str
    agency: str
    year: int
    sentences: tuple[Sentence, ...]

    @property
    def length(self) -> int:
        return sum(len(sentence.masked) for sentence in self.sentences)

    @cached_property
    def said(self) -> frozenset[str]:
        return frozenset(sentence.masked for sentence in self.sentences)


def write_shared_passages(db: sqlite3.Connection) -> None:
    """Fill `shared_passages` with the sentences that a report shares with the most similar other report, if it shares most of them."""
    db.execute("delete from shared_passages")
    db.execute("delete from narratives")
    buckets: dict[tuple[int, bytes], list[Narrative]] = defaultdict(list)
    for narrative in narratives(db):
        db.execute("insert into narratives values (?, ?)", [narrative.report_id, narrative.length])
        if narrative.length < SHORTEST_TEXT:
            continue
        keys = list(_bands(narrative))
        met = {other.report_id: other for key in keys for other in buckets.get(key, ())}
        for same_agency in (False, True):
            rivals = [o for o in met.values() if _comparable(narrative, o, same_agency)]
            best = max(rivals, key=lambda other: (_shared(narrative, other), other.report_id), default=None)
            if best and _shared(narrative, best) >= LEAST_SHARE * narrative.length:
                db.executemany("insert into shared_passages values (?, ?, ?, ?, ?, ?, ?)", _passages(narrative, best))
        for key in keys:
            if len(buckets[key]) < MOST_IN_BUCKET:
                buckets[key].append(narrative)


def _comparable(own: Narrative, other: Narrative, same_agency: bool) -> bool:
    if own.agency == other.agency:
        return same_agency and other.year == own.year - 1
    return not same_agency


def narratives(db: sqlite3.Connection) -> Iterator[Narrative]:
    """The narratives of reports whose agency and year are known, by year and report."""
    sql = """
        select reports.id, reports.agency, reports.year, part.text, part.char_start
          from reports
          join (select report_id, text, char_start from overview
                union all select report_id, text, char_start from problems
                union all select report_id, text, char_start from other_matters) as part on part.report_id = reports.id
         where reports.agency is not null and reports.year is not null
         order by reports.year, reports.id, part.char_start
    """
    parts: list[tuple[str, int]] = []
    of: tuple[str, str, int] | None = None
    for report_id, agency, year, text, start in db.execute(sql):
        if of and of[0] != report_id:
            yield Narrative(*of, tuple(sentences(parts)))
            parts = []
        of = (report_id, agency, year)
        parts.append((text, start))
    if of:
        yield Narrative(*of, tuple(sentences(parts)))


def sentences(parts: Iterable[tuple[str, int]]) -> Iterator[Sentence]:
    """The sentences of texts that begin at given places, without those that are little more than set phrases.

    >>> [s.masked for s in sentences([("2020年，样例局召开会议3次，研究公开工作。无。", 10)])]
    ['0年样例局召开会议0次研究公开工作']
    """
    for text, at in parts:
        for found in re.finditer(r"[^。；;！!？?\n]+", text):
            masked = _masked(found[0])
            if len(masked) >= SHORTEST_SENTENCE and len(_without_set_phrases(masked)) >= SHORTEST_SENTENCE:
                blank = len(found[0]) - len(found[0].lstrip())
                yield Sentence(masked, at + found.start() + blank, at + found.start() + len(found[0].rstrip()))


def _masked(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return re.sub(r"\d+", "0", re.sub(r"(?<=\d)[.,](?=\d)|[\W_]+", "", text))


@cache
def _set_phrases() -> re.Pattern[str]:
    phrases = yaml.safe_load(SET_PHRASES.read_text(encoding="utf-8"))["phrases"]
    return re.compile("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))))


def _without_set_phrases(masked: str) -> str:
    return _set_phrases().sub("", masked)


def _bands(narrative: Narrative) -> Iterator[tuple[int, bytes]]:
    """The keys under which near-duplicates meet."""
    text = "".join(sentence.masked for sentence in narrative.sentences)
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update([text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)])
    digest = minhash.digest()
    rows = PERMUTATIONS // BANDS
    for band in range(BANDS):
        yield band, b"".join(value.to_bytes(4, "big") for value in digest[band * rows : (band + 1) * rows])


def _shared(own: Narrative, other: Narrative) -> int:
    """How many characters of the report's sentences stand in the other report too."""
    return sum(len(sentence.masked) for sentence in own.sentences if sentence.masked in other.said)


def _passages(own: Narrative, other: Narrative) -> Iterator[tuple[str, str, float, int, int, int, int]]:
    """Rows of shared_passages."""
    share = _shared(own, other) / own.length
    theirs = {sentence.masked: sentence for sentence in reversed(other.sentences)}
    for sentence in own.sentences:
        if twin := theirs.get(sentence.masked):
            yield own.report_id, other.report_id, round(share, 4), sentence.start, sentence.end, twin.start, twin.end
