"""Narratives that share their text: near-duplicates by MinHash, then the sentences that are the same with figures masked.

Each report is compared with those of its own and earlier years; kept is the one it shares most with: of other agencies,
and of its own agency the year before.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rensa import RMinHash

from portal.data import DATA, load

SET_PHRASES = DATA / "set_phrases.yml"
PERMUTATIONS, BANDS = 128, 16  # 16 bands of 8: a pair of Jaccard similarity 0.71 is met with even chance, one of 0.85 nearly always
SHINGLE = 5  # characters
MOST_IN_BUCKET = 12  # the earliest of each bucket are kept to compare with: a text a thousand bodies use is compared a few times
LOADED = 500  # narratives in memory to be compared with
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


Place = tuple[int, str]  # of a report among all: its year, its id


class Bands:
    """Which reports have which keys of near-duplicates, in a database of its own that outlives a build."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute(
            "create table if not exists bands (key integer not null, year integer not null, report text not null,"
            " primary key (key, year, report)) without rowid"
        )
        db.execute("create index if not exists bands_report on bands(report)")

    def add(self, narrative: Narrative, keys: Iterable[int]) -> None:
        rows = ((key, narrative.year, narrative.report_id) for key in keys)
        self._db.executemany("insert or ignore into bands values (?, ?, ?)", rows)

    def remove(self, reports: Iterable[str]) -> None:
        self._db.executemany("delete from bands where report = ?", ((report,) for report in reports))

    def clear(self) -> None:
        self._db.execute("delete from bands")

    def of(self, report: str) -> list[int]:
        """The keys of a report; none if it is too short to be compared."""
        return [key for (key,) in self._db.execute("select key from bands where report = ?", (report,))]

    def first(self, key: int, before: Place = (9999, "")) -> list[Place]:
        """The earliest reports that have a key, of those before a place: the ones that others are compared with."""
        sql = "select year, report from bands where key = ? and (year, report) < (?, ?) order by year, report limit ?"
        return self._db.execute(sql, (key, *before, MOST_IN_BUCKET)).fetchall()

    def having(self, key: int, since: Place) -> list[str]:
        """The reports that have a key, from a place on."""
        sql = "select report from bands where key = ? and (year, report) >= (?, ?)"
        return [report for (report,) in self._db.execute(sql, (key, *since))]


def write_shared_passages(db: sqlite3.Connection, bands: Bands | None = None) -> None:
    """Fill `narratives` and `shared_passages` anew for all reports, and with them `bands`, where a later build finds what they meet by."""
    bands = bands or Bands(sqlite3.connect(":memory:"))
    bands.clear()
    db.execute("delete from shared_passages")
    db.execute("delete from narratives")
    update_shared_passages(db, bands, (), [id for (id,) in db.execute("select id from reports")])


def update_shared_passages(db: sqlite3.Connection, bands: Bands, gone: Collection[str], new: Collection[str]) -> set[str]:
    """Put `narratives` and `shared_passages` right: the rows of the reports `gone` were removed, those of `new` are not there yet, and a
    report that changed is both. Returns the reports that share other sentences than before.

    Compared again are only reports that may have met one of these: under one key the earliest few are met.
    """
    changed = {*gone, *new}
    before: dict[int, list[Place]] = {key: bands.first(key) for id in gone for key in bands.of(id)}
    bands.remove(gone)
    alone = len(new) == db.execute("select count(*) from reports").fetchone()[0]
    for narrative in _narratives(db, new):
        db.execute("insert into narratives values (?, ?)", [narrative.report_id, narrative.length])
        if narrative.length >= SHORTEST_TEXT:
            keys = set(_bands(narrative))
            before |= {key: bands.first(key) for key in keys if key not in before and not alone}
            bands.add(narrative, keys)
    concerned = set(new)
    for key, was in before.items():
        now = bands.first(key)
        if others := [place for place in {*was, *now} if place not in was or place not in now or place[1] in changed]:
            concerned.update(bands.having(key, min(others)))
    load = lru_cache(maxsize=LOADED)(lambda place: next(_narratives(db, place[1:])))
    return {place[1] for place in _places(db, concerned) if _compare(db, place, bands, load)}


def _compare(db: sqlite3.Connection, place: Place, bands: Bands, load: Callable[[Place], Narrative]) -> bool:
    """Write the rows of shared_passages of one report. Were they others before?"""
    met = {other for key in bands.of(place[1]) for other in bands.first(key, place)}
    rows: list[tuple[str, str, float, int, int, int, int]] = []
    for same_agency in (False, True) if met else ():
        own = load(place)
        rivals = [rival for rival in map(load, met) if _comparable(own, rival, same_agency)]
        best = max(rivals, key=lambda other: (_shared(own, other), other.report_id), default=None)
        if best and _shared(own, best) >= LEAST_SHARE * own.length:
            rows += _passages(own, best)
    if rows == db.execute("select * from shared_passages where report_id = ? order by rowid", place[1:]).fetchall():
        return False
    db.execute("delete from shared_passages where report_id = ?", place[1:])
    db.executemany("insert into shared_passages values (?, ?, ?, ?, ?, ?, ?)", rows)
    return True


def _comparable(own: Narrative, other: Narrative, same_agency: bool) -> bool:
    if own.agency == other.agency:
        return same_agency and other.year == own.year - 1
    return not same_agency


def _places(db: sqlite3.Connection, reports: Collection[str]) -> list[Place]:
    """Of these reports those whose agency and year are known, by year and id."""
    sql = "select year, id from reports where id in (select value from json_each(?)) and agency is not null and year is not null order by 1, 2"
    return db.execute(sql, (json.dumps([*reports]),)).fetchall()


def _narratives(db: sqlite3.Connection, reports: Collection[str]) -> Iterator[Narrative]:
    """The narratives of these reports as far as they have one and their agency and year are known, by year and id."""
    sql = """
        select text, char_start from overview where report_id = :id
        union all select text, char_start from problems where report_id = :id
        union all select text, char_start from other_matters where report_id = :id order by char_start
    """
    for year, id in _places(db, reports):
        if parts := db.execute(sql, {"id": id}).fetchall():
            (agency,) = db.execute("select agency from reports where id = ?", (id,)).fetchone()
            yield Narrative(id, agency, year, tuple(sentences(parts)))


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
    phrases = load(SET_PHRASES)["phrases"]
    return re.compile("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))))


def _without_set_phrases(masked: str) -> str:
    return _set_phrases().sub("", masked)


def _bands(narrative: Narrative) -> Iterator[int]:
    """The keys under which near-duplicates meet: a number for each band of the MinHash."""
    text = "".join(sentence.masked for sentence in narrative.sentences)
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update([text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)])
    digest = minhash.digest()
    rows = PERMUTATIONS // BANDS
    for band in range(BANDS):
        part = b"".join(value.to_bytes(4, "big") for value in digest[band * rows : (band + 1) * rows])
        yield int.from_bytes(hashlib.blake2b(bytes([band]) + part, digest_size=8).digest(), "big", signed=True)


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
