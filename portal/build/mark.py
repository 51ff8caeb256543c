"""The mark of a whole database, SQLite's user_version: a build writes it last, and a portal does not start without it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from zlib import crc32

NONE = "没有 portal.db，请先用 build.py 生成 (there is no portal.db: build it first): .venv/bin/python build.py"
OTHER = "portal.db 不完整，或者是别的版本生成的，请重新生成 (portal.db is not whole or of another version: build it anew): .venv/bin/python build.py"
SCHEMA = Path(__file__).resolve().parent / "schema.sql"


def mark() -> int:
    """The number that stands for this schema, so that a database built before a change of it is told apart."""
    return crc32(SCHEMA.read_bytes()) & 0x7FFFFFFF


def write_mark(db: sqlite3.Connection) -> None:
    """Say that the database is whole."""
    db.execute(f"pragma user_version = {mark()}")


def unmark(db: sqlite3.Connection) -> None:
    """Say that the database is not whole."""
    db.execute("pragma user_version = 0")


def is_whole(path: str) -> bool:
    """Whether a file is a database that a build of this schema has finished, and none of its pages is cut off."""
    with Path(path).open("rb") as file:
        header = file.read(100)
        size = file.seek(0, 2)
    page = int.from_bytes(header[16:18], "big")
    if size != int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page):
        return False
    db = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    try:
        return bool(db.execute("pragma user_version").fetchone()[0] == mark())
    except sqlite3.DatabaseError:
        return False
    finally:
        db.close()


def trouble(path: Path) -> str | None:
    """Why a portal does not start on a file, in a sentence; None where it does."""
    if not path.is_file():
        return NONE
    return None if is_whole(str(path)) else OTHER
