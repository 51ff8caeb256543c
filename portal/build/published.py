"""What the published database was written from: kept in the store, so that the next build writes anew only what differs.

A database is changed instead of written anew only where that is the same: its bytes are those that this program published, and all that
a report was written from has a digest here. Otherwise, and where little would be saved, all is written anew.
"""

from __future__ import annotations

import functools
import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.build.agencies import Agencies
from portal.build.inspect_data import digest
from portal.build.same_report import Same
from portal.data import DATA

ROOT = DATA.parent
FEW = 100  # reports: so many are written anew in seconds, and then the same documents give the same bytes
MOST = 0.25  # of the reports may be changed, and of the file may be left empty by earlier changes, or all is written anew


@dataclass(frozen=True)
class Change:
    """What makes of a database the one wanted: the rows of the reports `gone` go, the reports `new` are written; one that changed is both.

    `whole` says that there is no database yet: it is made, and all reports are new.
    """

    gone: frozenset[str]
    new: tuple[Same, ...]
    whole: bool = False

    def __bool__(self) -> bool:
        return bool(self.whole or self.gone or self.new)

    @property
    def written(self) -> frozenset[str]:
        """The ids of the reports that are written."""
        return frozenset(same.id for same in self.new)


def all_new(reports: Sequence[Same]) -> Change:
    """What makes of no database that of these reports."""
    return Change(frozenset(), tuple(reports), whole=True)


class Published:
    """The digests of the reports in the published database, in the store's file; they are as lasting as what else the store commits."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute("create table if not exists published (file text not null, program text not null)")
        db.execute("create table if not exists written (report text primary key, content text not null) without rowid")

    def change(self, file: Path, reports: Sequence[Same], agencies: Agencies) -> Change:
        """What makes of the published database that of these reports."""
        anew = all_new(reports)
        if len(reports) < FEW or not self._is_published(file):
            return anew
        found = difference(dict(self._db.execute("select report, content from written")), reports, agencies)
        return anew if len(found.gone | found.written) > MOST * len(reports) else found

    def record(self, file: Path, reports: Sequence[Same], agencies: Agencies, lost: Mapping[str, str]) -> None:
        """Keep what the database was written from that has just been published; a report that could not be written is tried again."""
        self._db.execute("delete from published")
        self._db.execute("delete from written")
        self._db.execute("insert into published values (?, ?)", (digest(file), program()))
        rows = ((same.id, "" if any(source.id in lost for source in same.sources) else content(same, agencies)) for same in reports)
        self._db.executemany("insert or replace into written values (?, ?)", rows)

    def _is_published(self, file: Path) -> bool:
        """Is this the very file that was published, by the program as it is now, and not much of it empty?"""
        said = self._db.execute("select file from published where program = ?", (program(),)).fetchone()
        return bool(said) and file.is_file() and said[0] == digest(file) and _empty(file) <= MOST


def difference(before: Mapping[str, str], reports: Sequence[Same], agencies: Agencies) -> Change:
    """What makes of a database whose reports have these digests, by id, that of the reports given."""
    now = {same.id: content(same, agencies) for same in reports}
    gone = frozenset(id for id, said in before.items() if now.get(id) != said)
    return Change(gone, tuple(same for same in reports if before.get(same.id) != now[same.id]))


def content(same: Same, agencies: Agencies) -> str:
    """The digest of all that the rows of a report are written from."""
    sources = [(s.id, s.key, s.path, s.facts, s.url, s.agency, s.year, s.retrieved_on, s.added) for s in same.sources]
    known = agencies.coded(same.agency) if same.agency else None
    return hashlib.sha256(repr((known, same.year, sources)).encode()).hexdigest()


def _empty(file: Path) -> float:
    """The share of a database's pages that hold nothing."""
    db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        (free,), (all_,) = (db.execute(f"pragma {name}").fetchone() for name in ("freelist_count", "page_count"))
        return float(free / all_)
    finally:
        db.close()


@functools.cache
def program() -> str:
    """What stands for the code that writes and judges. The data that it uses, Python and the packages are in the store's fingerprint."""
    said = hashlib.sha256(sqlite3.sqlite_version.encode())
    for file in sorted([*(ROOT / "portal").rglob("*.py"), *(ROOT / "portal").rglob("*.sql"), ROOT / "build.py"]):
        said.update(f"{file.relative_to(ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return said.hexdigest()
