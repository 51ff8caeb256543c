"""Time of each check over made-up portals of growing size: none may grow faster than the number of reports."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generator import portal
from bench.measure import table
from portal import checks
from portal.catalogue import load_checks
from portal.grounds import lay_grounds

SIZES = (5_000, 10_000, 20_000)


def run() -> None:
    """A line for each check: seconds of the processor at each size, and how many times as long the largest takes as the smallest."""
    taken: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        for size in SIZES:
            db = portal(str(Path(folder) / f"{size}.db"), size)
            for name, seconds in _times(db).items():
                taken.setdefault(name, []).append(seconds)
            db.close()
    rows = [[name, *(f"{s:.2f}" for s in seconds), f"{seconds[-1] / max(seconds[0], 0.01):.1f}"] for name, seconds in taken.items()]
    print(
        f"seconds of the processor for {', '.join(f'{size:,}' for size in SIZES)} reports; the number of reports grows {SIZES[-1] / SIZES[0]:.0f} times"
    )
    table(["check", *(f"{size:,}" for size in SIZES), "growth"], rows)


def _times(db: sqlite3.Connection) -> dict[str, float]:
    """Seconds of the processor for the grounds, each check's SQL with its groups, and the whole run, which also writes what is found."""
    begin = time.process_time()
    lay_grounds(db)
    taken = {"grounds (years, passages)": time.process_time() - begin}
    for check in load_checks():
        begin = time.process_time()
        db.execute("drop table if exists temp.timed")
        db.execute(f"create temp table timed as {check.sql}")
        taken[check.code] = time.process_time() - begin
    db.execute("drop table temp.timed")
    db.commit()
    begin = time.process_time()
    checks.run_checks(db)
    taken["all, with results and findings"] = time.process_time() - begin
    return taken
