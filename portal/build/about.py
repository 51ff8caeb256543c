"""What a database says of the build that made it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from portal.build.source import Source


class About(NamedTuple):
    """A line of `builds`: when it was built, by which version, from what, the name of the release, the documents by status."""

    built_at: str
    version: str
    inputs: str
    release: str
    documents: int
    read: int
    partial: int
    refused: int

    @classmethod
    def of(cls, sources: Sequence[Source], built_at: str, version: str, inputs: str, release: str | None) -> About:
        """Of these documents; a release without a name is called by its day."""
        count = Counter(source.facts.status for source in sources)
        return cls(built_at, version, inputs, release or built_at[:10], len(sources), count["read"], count["partial"], count["refused"])

    def stands_in(self, db: sqlite3.Connection) -> bool:
        """Does a database say this of itself?"""
        return db.execute(f"select {', '.join(self._fields)} from builds").fetchall() == [tuple(self)]  # noqa: S608 our own columns

    def write(self, db: sqlite3.Connection) -> None:
        """Say it, and no more what was said of an earlier build."""
        db.execute("delete from builds")
        db.execute(f"insert into builds ({', '.join(self._fields)}) values (?, ?, ?, ?, ?, ?, ?, ?)", self)  # noqa: S608 our own columns
