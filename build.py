#!/usr/bin/env python3
"""Build the portal's database from collected reports.

build.py [PATH …] [--db FILE]      files and folders (default data/reports) into FILE (default portal.db)
build.py check FILE                read one document, print its cells and findings, store nothing
"""

from __future__ import annotations

import argparse
import csv
import os
import sqlite3
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as ReadTimeout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pebble import ProcessExpired, ProcessPool
from rich.console import Console
from rich.progress import track

from parsers import archive, read_report, refused_report
from parsers.decode import Undecodable, media_type
from parsers.model import Report
from portal.agencies import Agencies
from portal.checks import run_checks
from portal.search import index
from portal.show import show_reading
from portal.twins import Source
from portal.write import create, finish, source_id, write_sources

ROOT = Path(__file__).resolve().parent
SECONDS = 60  # the longest that one document may take to read
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Collected:
    """A file to read, or a member of a ZIP archive, with what the sources.csv beside it states."""

    path: Path
    member: str | None = None
    url: str | None = None
    agency: str | None = None
    year: int | None = None
    retrieved_on: str | None = None

    @property
    def name(self) -> str:
        """The path as given; of a member, behind its archive's."""
        return f"{self.path}/{archive.shown_name(self.member)}" if self.member else str(self.path)


def collect(paths: Iterable[Path]) -> Iterator[Collected]:
    """Every file under the paths in order; a sources.csv is not a document, it says where its neighbours come from."""
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")) if path.is_dir() else [path]
        stated: dict[Path, dict[str, str]] = {}
        for file in files:
            if file.name == "sources.csv":
                with file.open(encoding="utf-8-sig", newline="") as rows:
                    stated |= {file.parent / row["file"]: row for row in csv.DictReader(rows) if row.get("file")}
        for file in files:
            if file.name != "sources.csv":
                row = stated.get(file, {})
                year = row.get("year") or ""
                for member in members(file):
                    yield Collected(
                        file,
                        member,
                        row.get("url") or None,
                        row.get("agency") or None,
                        int(year) if year.isdigit() else None,
                        row.get("retrieved_on") or None,
                    )


def members(path: Path) -> list[str | None]:
    """The members of a ZIP of documents, which is a folder; of any other file, the file itself."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return [None]
    data = path.read_bytes()
    try:
        return list(archive.member_names(data)) if media_type(data) == archive.MEDIA_TYPE else [None]
    except Undecodable:
        return [None]


def read_file(entry: Collected) -> tuple[str, Report]:
    """The document's id and its report; runs in a worker process."""
    data = entry.path.read_bytes()
    if entry.member:
        try:
            data = archive.member_bytes(data, entry.member)
        except Undecodable as error:
            return source_id(entry.name.encode()), refused_report(str(error))
    return source_id(data), read_report(data, entry.name)


def read_all(collected: Sequence[Collected]) -> Iterator[Source]:
    """Read the documents in worker processes; one that crashes or takes too long is refused, the others go on."""
    with ProcessPool(max_workers=os.cpu_count() or 1) as pool:
        results = pool.map(read_file, collected, timeout=SECONDS).result()
        for entry in track(collected, "reading", console=console, disable=not console.is_terminal):
            try:
                name, report = next(results)
            except ReadTimeout:
                name, report = _given_up(entry, f"读取超过 {SECONDS} 秒，已放弃 (reading it took too long)")
            except (ProcessExpired, MemoryError):
                name, report = _given_up(entry, "读取时中断，文件可能有害或损坏 (reading it broke off)")
            except OSError as error:
                name, report = _given_up(entry, f"文件打不开 (the file cannot be opened): {error.strerror}")
            yield Source(name, entry.name, report, entry.url, entry.agency, entry.year, entry.retrieved_on)


def _given_up(entry: Collected, reason: str) -> tuple[str, Report]:
    try:
        name = source_id(entry.path.read_bytes() if entry.member is None else entry.name.encode())
    except OSError:
        name = source_id(entry.name.encode())
    return name, refused_report(reason)


def build(paths: Sequence[Path], db_path: Path) -> None:
    """Read all documents, write, check and index them in a new file, then put it in the old one's place."""
    sources = list(read_all(list(collect(paths))))
    new = db_path.with_name(db_path.name + ".building")
    new.unlink(missing_ok=True)
    try:
        db = create(str(new))
        write_database(db, sources, " ".join(map(str, paths)))
        db.close()
        os.replace(new, db_path)
    finally:
        new.unlink(missing_ok=True)
    summary(sources, db_path)


def write_database(db: sqlite3.Connection, sources: Sequence[Source], inputs: str) -> None:
    """Sources, checks, search index; last of all the mark that the build is whole."""
    write_sources(db, sources, Agencies())
    run_checks(db)
    index(db)
    finish(db)
    status = Counter(source.report.status for source in sources)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    built = datetime.now(UTC).isoformat(timespec="seconds")
    row = (built, version, inputs, len(sources), status["read"], status["partial"], status["refused"])
    db.execute("insert into builds (built_at, version, inputs, documents, read, partial, refused) values (?, ?, ?, ?, ?, ?, ?)", row)
    db.execute("pragma user_version = 1")
    db.commit()


def summary(sources: Sequence[Source], db_path: Path) -> None:
    """What was read in full, in part, and refused, with a line for each that was refused."""
    for source in sources:
        if source.report.refused:
            console.print(f"refused  {source.path}: {source.report.refused}", markup=False)
    status = Counter(source.report.status for source in sources)
    with sqlite3.connect(f"file:{db_path}?mode=ro", uri=True) as db:
        findings = db.execute("select count(*) from findings").fetchone()[0]
    console.print(
        f"{len(sources)} documents: {status['read']} read, {status['partial']} partial, {status['refused']} refused; {findings} findings"
    )
    console.print(f"wrote {db_path}; look at it with: datasette . (or make serve)", markup=False)


def check(path: Path) -> None:
    """Print what is read in one document and what the checks find, from a database in memory."""
    name, report = read_file(Collected(path))
    db = create(":memory:")
    write_database(db, [Source(name, str(path), report)], str(path))
    show_reading(db, report, console)


def main(arguments: Sequence[str]) -> int:
    """The command line. Returns the exit status: 0 published, 2 wrong usage."""
    checking = arguments[:1] == ["check"]
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    if checking:
        parser.add_argument("command", choices=["check"])
        parser.add_argument("file", type=Path)
    else:
        parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "data" / "reports"], metavar="PATH")
        parser.add_argument("--db", type=Path, default=Path("portal.db"), metavar="FILE")
    options = parser.parse_args(arguments)
    wanted = [options.file] if checking else options.paths
    for path in wanted:
        if not path.exists() or (checking and not path.is_file()):
            parser.error(
                f"{path}: no such file{'' if checking else ' or folder'}; give the path of a document{'' if checking else ' or of a folder of them'}"
            )
    if checking:
        check(options.file)
    else:
        if not options.db.absolute().parent.is_dir():
            parser.error(f"{options.db}: its folder does not exist; create it first")
        build(options.paths, options.db)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
