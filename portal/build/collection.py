"""The documents of a build: files, what archives and messages hold, and what a sources.csv beside them says of where they come from."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import posixpath
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from parsers.printed.decode import Undecodable, decode
from portal.build import inspect_data
from portal.build.entries import NO_FILE, Entry, entries, shown
from portal.build.saved_pages import without_their_folders
from portal.words import web_address

SOURCES = "sources.csv"
LEFT_BY_BUILDS = (".readings", ".pictures", ".readings-journal", ".not-published", ".building")  # behind a database's name
MAX_REMARKS = 20  # of one table, each on a line
COLUMNS = ("file", "url", "agency", "year", "retrieved_on")


@dataclass(frozen=True, slots=True)
class Collected:
    """A document to read, with what the sources.csv beside it states.

    `name` is what it is called where it is published: its path below the folder that was given, behind that folder's name, and of a
    member of an archive or a message behind the archive's. `refused`: why it could not be unpacked; `beside` are the pages in the frames
    of a saved page and its pictures, by their names without folders.
    """

    path: Path
    name: str = ""
    url: str | None = None
    agency: str | None = None
    year: int | None = None
    retrieved_on: str | None = None
    refused: str | None = None
    beside: tuple[tuple[str, Path], ...] = ()


def published_names(paths: Collection[Path]) -> dict[Path, str]:
    """What the given files and folders are called where they are published: by their own names, with as many folders before them as tell
    all of them apart. Where they lie on this machine is nobody's business.

    >>> published_names([Path("/srv/reports"), Path("more/")])
    {PosixPath('/srv/reports'): 'reports', PosixPath('more'): 'more'}
    >>> list(published_names([Path("/srv/2023/in"), Path("/srv/2024/in")]).values())
    ['2023/in', '2024/in']
    """
    places = {path: (path.resolve() if ".." in path.parts else path.absolute()).parts[1:] for path in paths}
    many = len({*places.values()})
    folders = next(number for number in count(1) if len({parts[-number:] for parts in places.values()}) == many)
    return {path: shown(Path(*parts[-folders:])) for path, parts in places.items()}


def collect(paths: Collection[Path], unpacked: Path, besides: Path | None = None) -> tuple[list[Collected], list[str]]:
    """Every document under the paths, in order and each once, and a line for everything that is wrong with what was given.

    Archives are unpacked into the folder `unpacked`. A sources.csv is no document; hidden files and `besides`, the database to be
    written, are none either.
    """
    besides = besides and besides.resolve()
    documents: dict[tuple[Path, str], Collected] = {}
    remarks: list[str] = []
    names = published_names(paths)
    for path in sorted(paths):
        found = [entry for entry in entries(path, unpacked) if not (besides and _is_beside(entry.path, besides))]
        remarks += [f"{entry.name}: {NO_FILE}" for entry in found if entry.refused == NO_FILE]
        files = [entry for entry in found if entry.refused != NO_FILE]
        if not found:
            remarks.append(f"{shown(path)}: 文件夹里没有文件 (there are no files in this folder)")
        tables = [entry for entry in files if _is_table(entry)]
        files, beside, of_pages = without_their_folders([entry for entry in files if not _is_table(entry)])
        remarks += of_pages
        stated: dict[str, Collected] = {}
        for table in tables:
            rows, wrong = read_sources(table, files)
            stated |= rows
            remarks += wrong
        for entry in files:
            below = shown(entry.given.relative_to(path))  # "." of what was given itself
            name = (names[path] if below == "." else f"{names[path]}/{below}") + entry.inside
            said = stated.get(entry.name) or Collected(entry.path)
            documents.setdefault(entry.place, _collected(entry, name, said, beside.get(entry.name, ())))
    return list(documents.values()), remarks


def built_at(collected: Sequence[Collected]) -> str:
    """The time that a build is of, in UTC: SOURCE_DATE_EPOCH, else the newest day of retrieval or, where none is stated, time of a file.

    The same documents give the same database, whenever it is built.
    """
    if (given := os.environ.get("SOURCE_DATE_EPOCH", "")).isdecimal():
        return datetime.fromtimestamp(int(given), UTC).isoformat(timespec="seconds")
    times = []
    for entry in collected:
        if entry.retrieved_on:
            times.append(f"{entry.retrieved_on}T00:00:00+00:00")
        else:
            with contextlib.suppress(OSError):
                times.append(datetime.fromtimestamp(int(entry.path.stat().st_mtime), UTC).isoformat(timespec="seconds"))
    return max(times, default="1970-01-01T00:00:00+00:00")


def _is_beside(path: Path, database: Path) -> bool:
    """Is a file the database that is built, or what a build leaves beside it?"""
    name = path.name
    ours = name in (database.name, inspect_data.NAME) or (
        name.startswith((f"{database.name}.", f"{inspect_data.NAME}.")) and name.endswith(LEFT_BY_BUILDS)
    )
    return ours and path.resolve().parent == database.parent


def _is_table(entry: Entry) -> bool:
    return posixpath.basename(entry.name) == SOURCES and not entry.refused


def _collected(entry: Entry, name: str, stated: Collected, beside: Sequence[Entry]) -> Collected:
    files = tuple((posixpath.basename(file.name), file.path) for file in beside)
    return replace(stated, path=entry.path, name=name, refused=entry.refused, beside=files)


def read_sources(table: Entry, files: Sequence[Entry]) -> tuple[dict[str, Collected], list[str]]:
    """What a sources.csv states of these files, by their names, and a line for each thing in it that cannot be used; the rest of it
    is used. What it states of an archive holds for all that is in it.

    The encoding may be UTF-8, UTF-16 or what Excel writes in Chinese, GB18030. Of many lines the first are returned and how many more.
    """
    remarks: list[str] = []
    more = 0

    def remark(line: int | None, problem: str) -> None:
        nonlocal more
        more += len(remarks) >= MAX_REMARKS
        if len(remarks) < MAX_REMARKS:
            remarks.append(f"{table.name}{f' 第{line}行 (line {line})' if line else ''}: {problem}")

    try:
        text = decode(table.path.read_bytes()).text.removeprefix("\ufeff")
        header = [name.strip() for name in next(csv.reader(io.StringIO(text), strict=True), [])]
        for _ in csv.reader(io.StringIO(text), strict=True):  # a table that breaks off is not used at all
            pass
    except OSError as error:
        remark(None, f"打不开，未使用；请检查权限 (cannot be opened and is not used: {error.strerror})")
        return {}, remarks
    except (Undecodable, csv.Error) as error:
        remark(
            None, f"不是能读的 CSV，未使用；请另存为 UTF-8 的 CSV (is no readable CSV and is not used; save it as CSV in UTF-8): {error}"
        )
        return {}, remarks
    if "file" not in header:
        remark(
            1,
            f"缺少 file 列，未使用；第一行应为 {','.join(COLUMNS)} (there is no column called file; the first line should name the columns)",
        )
        return {}, remarks
    if unknown := [name for name in header if name not in COLUMNS]:
        remark(1, f"不认识的列 {'、'.join(unknown)}，未使用；可用的是 {','.join(COLUMNS)} (these columns are not known and not used)")
    stated: dict[str, Collected] = {}
    of_name = _by_name(files)
    rows = enumerate(csv.reader(io.StringIO(text), strict=True), start=1)
    next(rows)
    for number, cells in rows:
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if not any(row.values()):
            continue
        name = posixpath.normpath(posixpath.join(posixpath.dirname(table.name), row.get("file", "").replace("\\", "/")))
        named = of_name.get(name, ()) if row.get("file") else ()
        if not named:
            remark(number, f"没有文件“{row.get('file', ''):.80}”；请写与本表同一文件夹里的文件名 (there is no such file beside this table)")
        elif any(file.name in stated for file in named):
            remark(number, f"“{row['file']}”出现两次，取前一行 (this file is listed twice, the first line counts)")
        else:
            said, problems = _entry(row)
            stated |= {file.name: said for file in named}
            for problem in problems:
                remark(number, problem)
    if more:
        remarks.append(f"{table.name}: 还有 {more} 处不能用 (and {more} more that cannot be used)")
    return stated, remarks


def _by_name(files: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The files by their names, and by those of the folders and archives they are in."""
    named: dict[str, list[Entry]] = {}
    for file in files:
        parts = file.name.split("/")
        for depth in range(1, len(parts) + 1):
            named.setdefault("/".join(parts[:depth]), []).append(file)
    return named


def _entry(row: dict[str, str]) -> tuple[Collected, list[str]]:
    """What a row states of its file, and what in the row cannot be used."""
    problems: list[str] = []
    year, url, retrieved = row.get("year", ""), row.get("url", ""), row.get("retrieved_on", "")
    if year and not re.fullmatch(r"20\d\d", year):
        problems.append(
            f"year“{year:.80}”不是 2000 至 2099 的四位年份，未使用 (this is no year from 2000 to 2099 in four digits and is not used)"
        )
        year = ""
    if url and not web_address(url):
        problems.append(f"url“{url:.80}”不是 http 地址，未使用 (this is no web address and is not used)")
        url = ""
    if retrieved and not _is_date(retrieved):
        problems.append(
            f"retrieved_on“{retrieved:.80}”不是 2024-03-01 这样的日期，未使用 (this is no date like 2024-03-01 and is not used)"
        )
        retrieved = ""
    return Collected(
        Path(row["file"]), "", url or None, row.get("agency") or None, int(year) if year else None, retrieved or None
    ), problems


def _is_date(printed: str) -> bool:
    try:
        date.fromisoformat(printed)
    except ValueError:
        return False
    return True
