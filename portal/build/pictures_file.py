"""The pictures of the pages of a database's documents, in a file of their own beside it: FILE.pictures.

They are several times its size, and whoever fetches the figures, or a portal that takes up a new build and asks for its checksum, wants
none of them. It is an SQLite file of one table: one file is moved, replaced and published as easily as the database is.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a static site's pages in the reader's browser have no parsers
    from portal.build.source import Source

_TABLE = "create table pictures (source_id text, page integer, picture blob not null, primary key (source_id, page)) without rowid"


def beside(database: Path) -> Path:
    """The file with the pictures of a database's documents."""
    return database.with_name(f"{database.name}.pictures")


def write_pictures(file: Path, sources: Iterable[Source], published: Path | None = None) -> int:
    """Write the pictures of documents into a new file; returns how many there are. Of a `published` file of the same program only what differs
    is written, into a copy; where nothing does, no new file is. Raises OSError where it cannot be written."""
    file.unlink(missing_ok=True)
    wanted = {source.id: source for source in sources if source.pictured}
    there = _documents(published) if published else set()
    new = wanted.keys() - there
    count = sum(source.pictured for source in wanted.values())
    if there and not new and there <= wanted.keys():
        return count
    if published and there:
        shutil.copyfile(published, file)
    with sqlite3.connect(file) as db:
        db.execute("pragma synchronous = off")
        if not there:
            db.execute(_TABLE)
        db.executemany("delete from pictures where source_id = ?", ((id,) for id in there - wanted.keys()))
        for id in (id for id in wanted if id in new):
            db.executemany("insert into pictures values (?, ?, ?)", ((id, page, of) for page, of in enumerate(wanted[id].pictures, 1)))
    db.close()
    return count


def _documents(file: Path) -> set[str]:
    """The ids of the documents that have pictures in a file; none where it is not there, or damaged."""
    if not file.is_file():
        return set()
    db = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return {id for (id,) in db.execute("select distinct source_id from pictures")}
    except sqlite3.DatabaseError:
        return set()
    finally:
        db.close()


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
