"""What the statements of pages and of Datasette's tables may do and hold: they read, and what they hold is bounded.

The SQL that readers write is run in processes of its own, with limits of its own (portal.serve.reader).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from datasette import hookimpl

from portal.serve.authorizer import DATASETTES, reading_alone
from portal.serve.numbers import whole

LONGEST = 20_000_000  # bytes of one value
ANSWER = 100_000_000  # characters and bytes of all values of an answer: 1000 source texts of 100,000 characters
HEAP = 500_000_000  # bytes that SQLite may hold in this process
TOO_MUCH = "结果太大，请少取几列或几行 (the result is too large: ask for fewer columns or rows)"
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    for limit, most in LIMITS.items():
        conn.setlimit(limit, most)
    conn.execute(f"pragma hard_heap_limit = {HEAP}")
    conn.row_factory = counted_rows()
    if database == "portal":
        conn.text_factory = str  # a build writes no text that is not UTF-8; Datasette's own asks Python for each value
        conn.set_authorizer(reading_alone(DATASETTES))


def counted_rows() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """A row factory that adds up what each query gives. It raises OperationalError for the row beyond ANSWER."""
    given: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        given[cursor] = given.get(cursor, 0) + sum(len(value) for value in values if isinstance(value, (str, bytes)))
        if given[cursor] > ANSWER:
            raise sqlite3.OperationalError(TOO_MUCH)
        return sqlite3.Row(cursor, whole(values))

    return row
