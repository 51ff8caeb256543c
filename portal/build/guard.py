"""A new database in the published one's place: whole on the disk, and not unnoticed where it holds much less or much more."""

from __future__ import annotations

import glob
import os
import sqlite3
from pathlib import Path

from portal.build import inspect_data

LEAST, MOST = 0.8, 2.0  # of what is published: outside of it somebody must say that it is meant
ENOUGH = 10  # reports published: of fewer a share says nothing
ROWS = 100  # published in a table: a few documents more or less change a smaller one by more than a fifth
_WHOLE = {  # compared whatever its size
    "文件 documents": "select count(*) from source_texts",
    "年报 reports": "select count(*) from reports",
    "照原文读出的数字 stated cells": "select coalesce(sum(stated_cells), 0) from reports",
}


def much_changed(published: Path, new: Path) -> str | None:
    """What the new database holds far less or far more of than the published one, `name 40 → 10` each; None where nothing is.

    Compared are the documents, the reports, the stated cells, and the rows of each table that has a hundred of them and is in both.
    Nothing is compared with a database of fewer than ten reports, or that is none.
    """
    before = _sizes(published)
    if before.get("年报 reports", 0) < ENOUGH:
        return None
    after = _sizes(new)
    apart = [
        f"{name} {count} → {after[name]}"
        for name, count in before.items()
        if name in after and (count >= ROWS or name in _WHOLE) and not LEAST * count <= after[name] <= MOST * count
    ]
    return "，".join(apart) or None


def _sizes(path: Path) -> dict[str, int]:
    """The documents, reports, stated cells and each table's rows; nothing of a file that is no database of ours."""
    if not path.is_file():
        return {}
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        sizes = {name: int(db.execute(sql).fetchone()[0]) for name, sql in _WHOLE.items()}
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table' order by name")]
        own = [name for name in tables if "_fts" not in name and not name.startswith("sqlite_")]
        counted = {name: int(db.execute(f'select count(*) from "{name}"').fetchone()[0]) for name in own}  # noqa: S608  names of its own
        return sizes | {name: count for name, count in counted.items() if name not in ("source_texts", "reports")}
    except sqlite3.DatabaseError:
        return {}
    finally:
        db.close()


def damaged(path: Path) -> str | None:
    """What SQLite finds broken in a database's pages, None where nothing is."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        said = str(db.execute("pragma quick_check(1)").fetchone()[0])
        return None if said == "ok" else said
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        db.close()


def kept_beside(db_path: Path) -> Path:
    """Where a database waits that was not published; not called .db, so that nothing serves it."""
    return db_path.with_name(f"{db_path.name}.not-published")


def remove_left_over(db_path: Path) -> None:
    """Remove the unfinished files of builds that were killed."""
    for name in (db_path.name, inspect_data.NAME):
        for file in db_path.parent.glob(f"{glob.escape(name)}.*.building"):
            process = file.name.removesuffix(".building").rpartition(".")[2]
            if process.isdigit() and not Path(f"/proc/{process}").exists() and Path("/proc").exists():
                file.unlink(missing_ok=True)


def put_in_place(new: Path, target: Path) -> None:
    """Let a file take another's place whole: its bytes are on the disk before it has the name, the name before this returns."""
    _sync(new)
    new.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
