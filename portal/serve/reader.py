"""One process that runs readers' SQL: `python -m portal.serve.reader FILE`, asked over its standard input by portal.serve.readers.

In:  (sql, values, how many rows at most or 0 for all, how many seconds), by marshal.
Out: ("rows", column names, rows, whether there were more), or ("error", class, message).
What one statement may cost ends here, whatever SQLite is doing: after its seconds it is interrupted; a single call of a function that
cannot be is ended with its process a moment later, by a signal. SQLite's memory is bounded, and so is what an answer holds.
"""

from __future__ import annotations

import marshal
import os
import resource
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from portal.pages.search import match_query
from portal.serve.authorizer import PRAGMAS, reading_alone
from portal.serve.numbers import whole

MORE = 0.3  # seconds after which the process goes
MEMORY = 25_000_000  # bytes that SQLite may hold
PROCESS = 400_000_000  # bytes of address space, Python's included
ANSWER = 6_000_000  # characters and bytes of all values of an answer, and of the names of their columns
LONGEST = 6_000_000  # bytes of one value
TOO_MUCH = "结果太大，请少取几列或几行 (the result is too large: ask for fewer columns or rows)"
EXPLAINED = ["addr", "opcode", "p1", "p2", "p3", "p4", "p5", "comment"]  # columns of EXPLAIN, which tells addresses of memory
NO_EXPLAIN = "EXPLAIN 不提供，请用 EXPLAIN QUERY PLAN (EXPLAIN is not offered; EXPLAIN QUERY PLAN is)"
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}


def main(path: str) -> None:
    os.nice(10)  # pages come first where processors are scarce
    soft = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (PROCESS, soft))
    db = sqlite3.connect(f"{Path(path).as_uri()}?immutable=1", uri=True)
    db.execute("select count(*) from sqlite_master").fetchone()
    db.executescript(f"pragma hard_heap_limit = {MEMORY}; pragma cache_size = -2000; pragma temp_store = file")
    for limit, most in LIMITS.items():
        db.setlimit(limit, most)
    db.create_function("escape_fts", 1, match_query, deterministic=True)
    db.set_authorizer(reading_alone(PRAGMAS))
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    marshal.dump("ready", answers)
    answers.flush()
    while True:
        try:
            sql, values, most, seconds = marshal.load(asked)  # the portal's own process writes it
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds + MORE)
        answer = run(db, sql, values, most, seconds)
        signal.setitimer(signal.ITIMER_REAL, 0)
        marshal.dump(answer, answers)
        answers.flush()


def run(db: sqlite3.Connection, sql: str, values: Any, most: int, seconds: float) -> tuple[Any, ...]:
    """The answer to one statement."""
    ends = time.perf_counter() + seconds
    db.set_progress_handler(lambda: int(time.perf_counter() > ends), 1000)
    try:
        cursor = db.execute(sql, values)
        columns = [name for name, *_ in cursor.description or ()]
        if columns == EXPLAINED:
            return "error", "OperationalError", NO_EXPLAIN
        rows: list[tuple[Any, ...]] = []
        names, size = sum(map(len, columns)), 0  # JSON repeats the names in each row
        for row in cursor:
            if most and len(rows) == most:
                return "rows", columns, rows, True
            size += names + sum(len(value) for value in row if isinstance(value, (str, bytes)))
            if size > ANSWER:
                return "error", "OperationalError", TOO_MUCH
            rows.append(whole(row))
        return "rows", columns, rows, False
    except (sqlite3.Error, sqlite3.Warning, MemoryError, OverflowError) as error:
        return "error", type(error).__name__, str(error)
    finally:
        db.set_progress_handler(None, 0)


if __name__ == "__main__":
    main(sys.argv[1])
