"""Time of each check over made-up portals of growing size: none may grow faster than the number of reports."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generator import portal
from bench.measure import table
from portal.checks import run as checks
from portal.checks.catalogue import load_checks
from portal.checks.inputs import lay_inputs

SIZES = (5_000, 10_000, 20_000)
ROUNDS = 3  # the best of them counts: what else runs on the machine only adds
STEPS = 1000  # of SQLite's virtual machine between two counts
# What no check can do faster than: to read a table once and to sort it. They too grow by more than the rows, with what of the
# database no longer fits the processor's caches and with the depth of a sort.
YARDSTICKS = {
    "a bare scan of claims": "select sum(value) as value from claims",
    "a bare scan of applications": "select sum(total) as total from applications",
    "a bare sort of applications": "select report_id, item, total from applications order by total, item, report_id",
}


def run() -> None:
    """A line for each check: seconds of the processor at each size, how many times as long the largest takes as the smallest, and
    how many times as many steps SQLite makes for it. The steps are the same in every run; seconds are the machine's too.
    """
    taken: dict[str, list[float]] = {}
    steps: dict[str, list[int]] = {}
    with TemporaryDirectory() as folder:
        for size in SIZES:
            db = portal(str(Path(folder) / f"{size}.db"), size)
            for name, seconds in _times(db).items():
                taken.setdefault(name, []).append(seconds)
            for check in load_checks():
                steps.setdefault(check.code, []).append(_steps(db, check.sql))
            db.close()
    rows = [
        [name, *(f"{s:.2f}" for s in seconds), f"{seconds[-1] / max(seconds[0], 0.001):.1f}", _growth(steps.get(name, []))]
        for name, seconds in taken.items()
    ]
    print(
        f"seconds of the processor for {', '.join(f'{size:,}' for size in SIZES)} reports, the best of {ROUNDS} rounds;"
        f" the number of reports grows {SIZES[-1] / SIZES[0]:.0f} times"
    )
    table(["check", *(f"{size:,}" for size in SIZES), "growth", "of steps"], rows)


def _times(db: sqlite3.Connection) -> dict[str, float]:
    """Seconds of the processor for the inputs, each check's SQL with its groups, and the whole run, which also writes what is found."""
    steps: dict[str, Callable[[], object]] = {name: partial(_select, db, sql) for name, sql in YARDSTICKS.items()}
    steps["inputs"] = partial(lay_inputs, db)
    steps |= {check.code: partial(_select, db, check.sql) for check in load_checks()}
    taken = {name: min(_seconds(step) for _ in range(ROUNDS)) for name, step in steps.items()}
    db.execute("drop table temp.timed")
    db.commit()
    return taken | {"all, with results and findings (once)": _seconds(partial(checks.run_checks, db))}


def _select(db: sqlite3.Connection, sql: str) -> None:
    db.execute("drop table if exists temp.timed")
    db.execute(f"create temp table timed as {sql}")


def _steps(db: sqlite3.Connection, sql: str) -> int:
    """How many thousand steps SQLite makes for a check."""
    made = 0

    def count() -> int:
        nonlocal made
        made += 1
        return 0

    db.set_progress_handler(count, STEPS)
    try:
        _select(db, sql)
    finally:
        db.set_progress_handler(None, STEPS)
    return made


def _growth(steps: Sequence[int]) -> str:
    return f"{steps[-1] / steps[0]:.2f}" if steps and steps[0] else ""


def _seconds(step: Callable[[], object]) -> float:
    begin = time.process_time()
    step()
    return time.process_time() - begin
