"""What is remembered as long as the database stays as it is: until the next build.

What statements that took long gave: the counts and facets of a list are the same for each of its pages; what is quick is asked again. And
what every page needs of a build, such as the names of the form's rows: that is read once.
"""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import wraps
from threading import Lock
from typing import Any, Generic, TypeVar

LONG = 0.002  # seconds from which a statement is remembered
ALL = 16_000_000  # bytes of all that is remembered of a build
ONE = 150_000  # of one statement: of a list's counts and its first page, not of all that a search finds
Value = TypeVar("Value")
Given = tuple[list[str], list[tuple[object, ...]]]  # the names of the columns, and the rows


class Kept(Generic[Value]):
    """Values by their keys, no more than `most` bytes; the longest unasked goes first, and none larger than `one` comes in. What is held
    stays for good, beside these bytes."""

    def __init__(self, most: int, one: int) -> None:
        self.most, self.one, self.size = most, one, 0
        self.kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self.held: dict[Hashable, Value] = {}
        self.lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        with self.lock:
            if key not in self.kept:
                return self.held.get(key)
            self.kept.move_to_end(key)
            return self.kept[key][0]

    def add(self, key: Hashable, value: Value, size: int) -> None:
        if size > self.one:
            return
        with self.lock:
            if key in self.kept:
                self.size -= self.kept.pop(key)[1]
            self.kept[key] = value, size
            self.size += size
            while self.size > self.most:
                self.size -= self.kept.popitem(last=False)[1][1]

    def hold(self) -> None:
        """Hold all that came so far."""
        with self.lock:
            self.held |= {key: value for key, (value, _) in self.kept.items()}
            self.kept.clear()
            self.size = 0

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.held.clear()
            self.size = 0


class Remembering(sqlite3.Connection):
    """A connection to a database that nobody writes; `remembered` and `constants` are shared by all connections to it."""

    remembered: Kept[Any] | None = None
    constants: dict[object, Any] | None = None


def once(read: Callable[[Any], Value]) -> Callable[[Any], Value]:
    """A function of a way to run SQL (portal.pages.queries.Rows) that is read once of a build. Nobody changes what it gives."""

    @wraps(read)
    def given_again(rows: Any) -> Value:
        constants = getattr(getattr(rows, "connection", None), "constants", None)
        if constants is None:
            return read(rows)
        if read not in constants:
            constants[read] = read(rows)
        found: Value = constants[read]
        return found

    return given_again


def given(db: sqlite3.Connection, sql: str, values: dict[str, object]) -> Given:
    """What a statement gives; of a Remembering connection perhaps what it gave before."""
    remembered = db.remembered if isinstance(db, Remembering) else None
    if remembered is None:
        return _ask(db, sql, values)
    key = (sql, *sorted(values.items()))
    if (found := remembered.get(key)) is None:
        begun = time.perf_counter()
        found = _ask(db, sql, values)
        if time.perf_counter() - begun >= LONG:
            remembered.add(key, found, size(found[1]))
    return found


def kept(rows: Any, key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """A value that is made of a build, by its key; it is made again where it was not asked for long. `size` tells its bytes."""
    remembered = getattr(getattr(rows, "connection", None), "remembered", None)
    found: Value | None = remembered.get(key) if remembered is not None else None
    if found is None:
        found = make()
        if remembered is not None:
            remembered.add(key, found, size(found))
    return found


def size(rows: Iterable[Sequence[object]]) -> int:
    """About how many bytes rows take."""
    return sum(60 + sum(30 + (3 * len(value) if isinstance(value, (str, bytes)) else 0) for value in row) for row in rows)


def _ask(db: sqlite3.Connection, sql: str, values: dict[str, object]) -> Given:
    cursor = db.cursor()
    cursor.row_factory = None  # plain tuples: what plugins.limits counts is what readers ask in SQL
    cursor.execute(sql, values)
    return [column[0] for column in cursor.description], cursor.fetchall()
