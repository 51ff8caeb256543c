"""The whole tables of the build that is served, as files with a known size and checksum.

A process of its own writes them once for each build (portal.serve.table_files), into the first folder that can be written:

    $CACHE_DIRECTORY, which systemd names  ·  portal.db.tables beside the database  ·  the same in the folder for temporary files
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from codecs import BOM_UTF8
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

from portal.serve.private import own_folder

FORMAT = 3  # counted up where what is written changes
SUMS = "sums.json"
ARCHIVE = "all.zip"  # stands among the names of tables, none of which has a full stop
VISIBLE = """
select name from pragma_table_list listed where schema = 'main' and type in ('table', 'view') and name not like 'sqlite%'
   and not exists (select 1 from pragma_table_list where type = 'virtual' and listed.name glob pragma_table_list.name || '*')
"""  # what an index for search holds is hidden, as Datasette hides it
ROOT = Path(__file__).resolve().parents[2]
PART = 262_144  # bytes that are sent at a time
WAIT = 20  # seconds for a table that is just being written
Sums = dict[str, dict[str, Any]]


class Tables:
    """The files of one build; `sums` has what is known of each that is written, by its table's name, and of the ARCHIVE."""

    def __init__(self, database: Path, status: os.stat_result, names: set[str]) -> None:
        self.names, self.sums, self.going_on = names, Sums(), asyncio.Semaphore(2)
        self.folder = _folder(database) / folder_name(status)
        command = [sys.executable, "-m", "portal.serve.table_files", str(database.absolute()), str(self.folder)]
        self.writer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=ROOT)

    def look(self) -> bool:
        """Whether another table is written now."""
        if len(self.sums) > len(self.names):
            return False  # all are, and the archive
        self.writer.poll()
        before = len(self.sums)
        try:
            self.sums = json.loads((self.folder / SUMS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return len(self.sums) > before

    async def written(self, table: str) -> dict[str, Any] | None:
        """What is known of a table, once it is written; None if that does not happen in time."""
        for _ in range(WAIT * 5):
            if table in self.sums or self.writer.poll() is not None:
                break
            await asyncio.sleep(0.2)
            self.look()
        self.look()
        return self.sums.get(table)

    async def read(self, table: str, *, mark: bool, first: int, beyond: int) -> AsyncIterator[bytes]:
        """The bytes of a table's CSV, or of the archive, from one place to another. OSError where its file is gone."""
        path = file_of(self.folder, table)
        with path.open("rb") if table == ARCHIVE else gzip.open(path) as file:
            left = beyond - first
            if mark and first < len(BOM_UTF8):
                yield BOM_UTF8[first:beyond]
                left -= len(BOM_UTF8[first:beyond])
            async with self.going_on:  # all before it is unpacked for that
                await asyncio.to_thread(file.seek, max(0, first - mark * len(BOM_UTF8)))
            while left and (part := await asyncio.to_thread(file.read, min(PART, left))):
                left -= len(part)
                yield part

    def close(self) -> None:
        """End what still writes."""
        self.writer.kill()
        self.writer.wait()


def file_of(folder: Path, name: str) -> Path:
    """The file of a table, or of the archive."""
    return folder / (name if name == ARCHIVE else f"{name}.csv.gz")


def visible(db: sqlite3.Connection) -> set[str]:
    """The names of the tables and views that readers see."""
    return {row["name"] for row in db.execute(VISIBLE)}


def folder_name(status: os.stat_result) -> str:
    """The name of the folder that holds the tables of this database file."""
    return f"{status.st_size:x}-{status.st_mtime_ns:x}-{FORMAT}"


@cache
def _folder(database: Path) -> Path:
    """Where the files of a database's builds stand, one folder a build."""
    name = f"{database.name}.tables"
    given = os.environ.get("CACHE_DIRECTORY")  # by systemd
    for folder in (*([Path(given)] if given else []), database.absolute().parent):
        if os.access(folder / name if (folder / name).exists() else folder, os.W_OK):
            return folder / name
    return own_folder("tables") / hashlib.sha256(os.fsencode(database.absolute())).hexdigest()[:16]
