"""What a reader's SQL may cost beyond Datasette's time limit, which does not stop a single call of a function.

SQLite compares byte by byte in instr() and replace(), so that two long strings take hours in one call. Both are replaced by
Python's, which take time in proportion to the text, and no value may be longer than the longest text of the portal needs.
Of such values a query may make many in no time: what SQLite holds at once is bounded, and what an answer's rows hold together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from datasette import hookimpl

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
def prepare_connection(conn: sqlite3.Connection) -> None:
    for limit, most in LIMITS.items():
        conn.setlimit(limit, most)
    conn.execute(f"pragma hard_heap_limit = {HEAP}")
    conn.row_factory = counted_rows()
    conn.create_function("instr", 2, instr, deterministic=True)
    conn.create_function("replace", 3, replace, deterministic=True)


def counted_rows() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """A row factory that adds up what each query gives. It raises OperationalError for the row beyond ANSWER."""
    given: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        given[cursor] = given.get(cursor, 0) + sum(len(value) for value in values if isinstance(value, (str, bytes)))
        if given[cursor] > ANSWER:
            raise sqlite3.OperationalError(TOO_MUCH)
        return sqlite3.Row(cursor, values)

    return row


def instr(text: Any, wanted: Any) -> int | None:
    """Where `wanted` first stands in `text`, from 1; 0 if nowhere, None of NULL. Bytes in bytes are counted in bytes.

    >>> instr("政府信息", "信息"), instr("政府", "信息"), instr(None, "x"), instr(1202, 20)
    (3, 0, None, 2)
    """
    if text is None or wanted is None:
        return None
    if isinstance(text, bytes) and isinstance(wanted, bytes):
        return text.find(wanted) + 1
    return _text(text).find(_text(wanted)) + 1


def replace(text: Any, old: Any, new: Any) -> str | None:
    """`text` with every `old` as `new`; nothing is replaced where `old` is empty. Raises ValueError beyond LONGEST.

    >>> replace("一、一", "一", "二"), replace("a", "", "b"), replace("a", None, "b")
    ('二、二', 'a', None)
    """
    if text is None or old is None or new is None:
        return None
    text, old, new = _text(text), _text(old), _text(new)
    if not old:
        return str(text)
    if len(text) + text.count(old) * (len(new) - len(old)) > LONGEST:
        raise ValueError("the result would be too long")
    return str(text.replace(old, new))


def _text(value: Any) -> str:
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
