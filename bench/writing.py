"""Rows a second of the build's writing, beside a bare executemany of the very same rows into the same schema."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.documents import whole_reports
from bench.measure import table
from parsers.model import Report
from portal.build.agencies import Agencies
from portal.build.source import Source, source_of
from portal.build.write import create, write_sources

REPORTS = 1000
ROUNDS = 5
Rows = dict[str, list[tuple[object, ...]]]


def run() -> None:
    """One line each: the build's writing, and the rows alone."""
    sources = _sources([report for reports in whole_reports().values() for _, report in reports])
    rows = _rows(sources)
    count = sum(map(len, rows.values()))
    build: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        build.append(_timed(lambda db: write_sources(db, sources, Agencies())))
        bare.append(_timed(lambda db: _insert(db, rows)))
    ours, least = median(build), median(bare)
    print(f"{count:,} rows of {REPORTS:,} reports into {len(rows)} tables with their indexes, on disk")
    table(
        ["", "seconds", "rows/second", "ratio"],
        [
            ["the build's writing", f"{ours:.2f}", f"{count / ours:,.0f}", f"{ours / least:.1f}"],
            ["executemany alone", f"{least:.2f}", f"{count / least:,.0f}", "1.0"],
        ],
    )


def _sources(reports: list[Report]) -> list[Source]:
    """As many sources as wanted: the same reports again and again, each time of another agency and year."""
    sources = []
    for number in range(REPORTS):
        report = reports[number % len(reports)]
        name = hashlib.sha256(str(number).encode()).hexdigest()
        sources.append(source_of(name, f"{number}.html", report, agency=f"样例市第{number // 10}局", year=2010 + number % 10))
    return sources


def _rows(sources: list[Source]) -> Rows:
    """Every row that writing the sources adds to a new database, by table, in an order that foreign keys allow."""
    db = create(":memory:")
    tables = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table' order by rootpage")]
    before = {name: _count(db, name) for name in tables}
    write_sources(db, sources, Agencies())
    return {name: db.execute(f"select * from [{name}]").fetchall() for name in tables if _count(db, name) > before[name]}  # noqa: S608


def _count(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"select count(*) from [{name}]").fetchone()[0])  # noqa: S608 names of our own schema


def _insert(db: sqlite3.Connection, rows: Rows) -> None:
    for name, values in rows.items():
        marks = ", ".join("?" for _ in values[0])
        db.executemany(f"insert into [{name}] values ({marks})", values)  # noqa: S608


def _timed(write: Callable[[sqlite3.Connection], None]) -> float:
    """Seconds to write into a new file, from the empty schema to the commit."""
    with TemporaryDirectory() as folder:
        db = create(str(Path(folder) / "bench.db"))
        begin = time.perf_counter()
        write(db)
        db.commit()
        taken = time.perf_counter() - begin
        db.close()
    return taken
