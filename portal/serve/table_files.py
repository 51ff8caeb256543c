"""Writes whole tables as files: `python -m portal.serve.table_files FILE FOLDER`, which portal.serve.tables starts once for a build.

FOLDER/cells.csv.gz   every row of a table or view as CSV, packed
FOLDER/all.zip        all of them with the mark of UTF-8, with a README, the licence and the dictionary, once they are written
FOLDER/sums.json      of each table that is written: its rows, and the bytes and SHA-256 of its CSV, with the mark of UTF-8 and without;
                      of all.zip its bytes and SHA-256

It runs beside a portal that serves: it gives way to everything else, reads row after row, holds none, and ends with the portal.
"""

from __future__ import annotations

import csv
import fcntl
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from portal.pages.export import cell
from portal.serve.archive_texts import archive_texts
from portal.serve.numbers import whole
from portal.serve.tables import ARCHIVE, PART, SUMS, VISIBLE, file_of, folder_name

AT_A_TIME = 1000  # rows
PACKED = 3  # gzip's level: smaller files than by its first, and still faster than the rows are read
FREE = 200_000_000  # bytes that stay free on the disk
MORE = 50_000_000  # bytes that the files of a build together may have beyond those of its database
OF_A_BUILD = re.compile(r"[0-9a-f]+-[0-9a-f]+-\d+")


class NoRoom(Exception):
    """The files would take more of the disk than they may."""


def main(database: Path, folder: Path) -> None:
    os.nice(19)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes that serve one build, one writes
        db = sqlite3.connect(f"{database.absolute().as_uri()}?immutable=1", uri=True)
        names = [name for (name,) in db.execute(VISIBLE)]
        if folder.name != folder_name(database.stat()):
            return  # another build came meanwhile; its own tables are written for it
        for other in folder.parent.iterdir():
            if other != folder and OF_A_BUILD.fullmatch(other.name):
                shutil.rmtree(other, ignore_errors=True)
        try:
            _write_all(db, names, folder, database.stat().st_size + MORE)
        except NoRoom as error:
            print(error, file=sys.stderr)


def _write_all(db: sqlite3.Connection, names: list[str], folder: Path, most: int) -> None:
    """Write those tables that are not there yet, then all in one archive; after each, say so in the list of sums."""
    listed = folder / SUMS
    said: dict[str, Any] = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else {}
    sums = {name: sum_ for name, sum_ in said.items() if file_of(folder, name).is_file()}
    left = most - sum(file_of(folder, name).stat().st_size for name in sums)
    for name in (name for name in (*names, ARCHIVE) if name not in sums):
        file = file_of(folder, name)
        sums[name] = (
            pack(folder, sorted(names), left, archive_texts(db, sorted(names), sums)) if name == ARCHIVE else write(db, name, file, left)
        )
        left -= file.stat().st_size
        new = folder / f"{SUMS}.new"
        new.write_text(json.dumps(sums, indent=1), encoding="utf-8")
        new.replace(listed)


def write(db: sqlite3.Connection, table: str, file: Path, most: int) -> dict[str, Any]:
    """Write a table's CSV into a file of at most so many bytes. Returns `rows`, and `bytes` and `sha256` by "plain" and "marked".

    Raises NoRoom.
    """
    count, size, parent = -1, 0, os.getppid()  # the first line is no row
    plain, marked = hashlib.sha256(), hashlib.sha256(BOM_UTF8)
    cursor = db.execute(f"select * from [{table}]")  # noqa: S608  # a name of the schema
    rows: list[tuple[Any, ...]] = [tuple(name for name, *_ in cursor.description)]
    with file.open("wb") as opened, gzip.GzipFile(fileobj=opened, mode="wb", compresslevel=PACKED, mtime=0, filename="") as packed:
        while rows:
            text = io.StringIO()
            csv.writer(text).writerows([cell(value) for value in whole(row)] for row in rows)
            part = text.getvalue().encode("utf-8")
            packed.write(part)
            plain.update(part)
            marked.update(part)
            count, size = count + len(rows), size + len(part)
            _go_on(file, opened.tell(), most, parent)
            rows = cursor.fetchmany(AT_A_TIME)
    return {
        "rows": count,
        "plain": {"bytes": size, "sha256": plain.hexdigest()},
        "marked": {"bytes": size + len(BOM_UTF8), "sha256": marked.hexdigest()},
    }


def pack(folder: Path, names: list[str], most: int, texts: dict[str, bytes]) -> dict[str, Any]:
    """Write the archive of these texts and of the tables that are written, of at most so many bytes. Returns its `bytes` and `sha256`. Raises NoRoom."""
    file, parent = file_of(folder, ARCHIVE), os.getppid()
    with ZipFile(file, "w", compresslevel=PACKED) as archive:
        for name, text in texts.items():
            archive.writestr(_member(name), text)
        for name in names:
            about = _member(f"{name}.csv")
            with gzip.open(file_of(folder, name)) as table, archive.open(about, "w", force_zip64=True) as member:
                member.write(BOM_UTF8)
                while part := table.read(PART):
                    member.write(part)
                    _go_on(file, file.stat().st_size, most, parent)
    with file.open("rb") as written:
        return {"bytes": file.stat().st_size, "sha256": hashlib.file_digest(written, "sha256").hexdigest()}


def _member(name: str) -> ZipInfo:
    about = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # the same tables are the same bytes
    about.compress_type = ZIP_DEFLATED
    return about


def _go_on(file: Path, size: int, most: int, parent: int) -> None:
    """Raises NoRoom where a file of this size takes more than it may; ends with the portal."""
    if size > most or shutil.disk_usage(file.parent).free < FREE:
        raise NoRoom(f"no room on the disk for {file.name}")
    if os.getppid() != parent:
        sys.exit()  # the portal has ended


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
