"""The pictures of the pages of a database's documents, in a file of their own beside it: FILE.pictures.

They are several times its size, and whoever fetches the figures, or a portal that takes up a new build and asks for its checksum, wants
none of them. It is an SQLite file of one table: one file is moved, replaced and published as easily as the database is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

_TABLE = "create table pictures (source_id text, page integer, picture blob not null, primary key (source_id, page)) without rowid"


def beside(database: Path) -> Path:
    """The file with the pictures of a database's documents."""
    return database.with_name(f"{database.name}.pictures")


def write_pictures(file: Path, documents: Iterable[tuple[str, Sequence[bytes]]]) -> int:
    """Write the pictures of documents, by their ids, into a new file; returns how many. Raises OSError where it cannot be written."""
    file.unlink(missing_ok=True)
    count = 0
    with sqlite3.connect(file) as db:
        db.execute("pragma synchronous = off")
        db.execute(_TABLE)
        for id, pages in documents:
            db.executemany("insert or ignore into pictures values (?, ?, ?)", ((id, number, page) for number, page in enumerate(pages, 1)))
            count += len(pages)
    db.close()
    return count


def picture_of(file: Path, source: str, page: int) -> bytes | None:
    """The picture of a page; None where there is none, nor a file."""
    if not file.is_file():
        return None
    db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        found = db.execute("select picture from pictures where source_id = ? and page = ?", (source, page)).fetchone()
    finally:
        db.close()
    return bytes(found[0]) if found else None
