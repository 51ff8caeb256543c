"""What was read, kept beside the database: a document that has not changed is not read again by the same program.

One SQLite file, a line a document. It is named by the SHA-256 of the document's bytes, and holds the report as a compressed pickle with
its checksum, and what is light of it. All lines are of one fingerprint: of the reading code, its data and the programs it uses. A store
of another fingerprint, or a damaged one, is emptied, and all is read anew. Only classes of a report are ever unpickled.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import io
import json
import os
import pickle
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import parsers
from parsers import model
from parsers.data import DATA
from parsers.model import Report
from portal.build.source import Facts

_TABLE = "create table readings (key text primary key, facts text not null, report blob not null, checksum integer not null) without rowid"
# Modules of this package that a reading depends on, beside the parsers; and those by which a cluster's worker understands its client.
READING = ("worker", "source", "store", "unnamed", "page_pictures", "readers", "reader", "batch")
OWN = "disclosure_reports-"  # what the installed package of this project is called: its code is looked at, wherever it lies
_PICTURES = "create table pictures (key text, page integer, picture blob not null, primary key (key, page)) without rowid"
_HELD = 16  # reports in memory: documents of one report are compared with each other


def pack(report: Report) -> bytes:
    """A report as it is stored: without the blocks of its document, which nothing asks for once it is read."""
    light = replace(report, document=replace(report.document, blocks=(), by_lines=None))
    return zlib.compress(pickle.dumps(light, protocol=5), 1)


def unpack(packed: bytes) -> Report:
    """The report. Raises zlib.error or pickle.UnpicklingError for what is none."""
    report = _Reports(io.BytesIO(zlib.decompress(packed))).load()
    if not isinstance(report, Report):
        raise pickle.UnpicklingError("no report is stored here")
    return report


class _Reports(pickle.Unpickler):
    """Reads pickles of reports; what names any other class or function is refused."""

    def find_class(self, module: str, name: str) -> Any:
        found = getattr(model, name, None) if module == model.__name__ else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a report")
        return found


class Store:
    """The readings of one fingerprint in a file; of two builds at once the later one has a file of its own, removed at its end."""

    def __init__(self, path: Path | None, fresh: bool = False) -> None:
        """`path` None keeps the readings in memory; `fresh` empties the file first. Raises OSError or sqlite3.OperationalError where
        it cannot be written."""
        self.path, self._lock, self._own = path, -1, False
        if path is not None:
            self._lock = _locked(path)
            if self._lock < 0:
                self.path, self._own = path.with_name(f"{path.name}.{os.getpid()}.building"), True
        self._db = self._opened(fresh)
        self.report = functools.lru_cache(_HELD)(self._report)

    @property
    def db(self) -> sqlite3.Connection:
        """The store's file, for what else is kept with the readings: it stays when the store is saved, and is undone when it is closed."""
        return self._db

    def facts(self, key: str) -> Facts | None:
        """What is light of a reading that is whole in the store, else None."""
        row = self._db.execute("select facts, checksum, report from readings where key = ?", (key,)).fetchone()
        return Facts(*json.loads(row[0])) if row and zlib.crc32(row[2]) == row[1] else None

    def add(self, key: str, facts: Facts, packed: bytes, pictures: Sequence[bytes] = ()) -> None:
        """Keep a reading and the pictures of its pages. It is on the disk when the next hundred are, or when `save` is called."""
        self._db.executemany("insert or replace into pictures values (?, ?, ?)", ((key, page, of) for page, of in enumerate(pictures, 1)))
        self._db.execute("insert or replace into readings values (?, ?, ?, ?)", (key, json.dumps(facts), packed, zlib.crc32(packed)))
        self._unsaved += 1
        if self._unsaved >= 100:
            self.save()

    def pictured(self, key: str) -> int:
        """Of how many of a document's pages there are pictures."""
        return int(self._db.execute("select count(*) from pictures where key = ?", (key,)).fetchone()[0])

    def pictures(self, key: str) -> list[bytes]:
        """The pictures of a document's pages, as far as it has any."""
        return [picture for (picture,) in self._db.execute("select picture from pictures where key = ? order by page", (key,))]

    def save(self) -> None:
        """Let all that was added stay, whatever happens."""
        self._db.commit()
        self._unsaved = 0

    def _report(self, key: str) -> Report:
        return unpack(self._db.execute("select report from readings where key = ?", (key,)).fetchone()[0])

    def keep_only(self, keys: Collection[str]) -> None:
        """Remove the readings of documents that are no more: the store holds one collection and no more."""
        stale = [(key,) for (key,) in self._db.execute("select key from readings") if key not in keys]
        self._db.executemany("delete from readings where key = ?", stale)
        self._db.executemany("delete from pictures where key = ?", stale)
        self.save()

    def close(self) -> None:
        self._db.close()
        if self._own and self.path:
            self.path.unlink(missing_ok=True)
        if self._lock >= 0:
            os.close(self._lock)  # after the connection: closing any handle of the file gives up SQLite's own locks

    def _opened(self, fresh: bool) -> sqlite3.Connection:
        self._unsaved = 0
        if self.path is None:
            return _new(sqlite3.connect(":memory:"))
        db = None
        try:
            db = sqlite3.connect(self.path)
            usable = not fresh and db.execute("select fingerprint from made_by").fetchone() == (fingerprint(),)
            if usable and db.execute("pragma quick_check(1)").fetchone() == ("ok",):
                return db
        except sqlite3.DatabaseError:
            pass  # of another program, or damaged: it is emptied below
        if db is not None:
            db.close()
        with self.path.open("r+b") as file:
            file.truncate()
        self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        return _new(sqlite3.connect(self.path))


def _new(db: sqlite3.Connection) -> sqlite3.Connection:
    db.execute(_TABLE)
    db.execute(_PICTURES)
    db.execute("create table made_by (fingerprint text not null)")
    db.execute("insert into made_by values (?)", (fingerprint(),))
    db.commit()
    return db


def _locked(path: Path) -> int:
    """A handle of the file, which is made if it is not there, locked until it is closed; -1 while another process has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return -1
    return handle


@functools.cache
def fingerprint() -> str:
    """What stands for all that a reading depends on but the document: our code and data, Python, packages, LibreOffice."""
    said = hashlib.sha256(f"{sys.version} {shutil.which('soffice')}".encode())
    installed = {
        found.name for place in sys.path for found in Path(place).glob("*.*-info") if not found.name.startswith(OWN)
    }  # a folder's name has the package's and its version
    for name in sorted(installed):
        said.update(name.encode())
    code = [*Path(parsers.__file__).parent.rglob("*.py"), *(Path(__file__).with_name(f"{name}.py") for name in READING)]
    data = [file for file in DATA.rglob("*") if file.is_file() and DATA / "reports" not in file.parents]
    for file in sorted([*code, *data]):
        said.update(f"{file.relative_to(DATA.parent)} {hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return said.hexdigest()
