"""The build that a portal serves: a new portal.db renamed into place is taken up without a restart.

    /srv/portal.db  ──opened──▶  Build 1  ◀── requests that began before the rename
          │ renamed over
          ▼
    /srv/portal.db  ──opened──▶  Build 2  ◀── requests that begin after it was taken up

A request keeps the build that it began with until its last byte, so that no answer mixes two. A build opens all its connections at
once: they stay with its bytes whatever stands under its name later. The last request of an old build lets its file go.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from datasette.database import Database, Results

from portal.build.inspect_data import NAME, speaks_of
from portal.build.mark import is_whole
from portal.pages.parameters import mistake_of_sql
from portal.pages.remembered import ALL, LONG, ONE, Given, Kept, Remembering, size
from portal.serve.counted import of_counts
from portal.serve.readers import Readers, identity
from portal.serve.tables import Tables, visible
from portal.serve.warm import warm

COLUMNS = "select name from pragma_table_info(?)"
PAGES_AT_ONCE = 1  # Python runs one thing at a time: pages that are read and rendered in turns take longer than one after the other


class Replaced(Exception):
    """Another file came under the name while it was being opened."""


class Build:
    """One whole portal.db, held open. Raises Replaced where the file changes while it is opened."""

    def __init__(self, path: Path, connections: int, prepare: Callable[[sqlite3.Connection], None]) -> None:
        status = path.stat()
        self.identity = identity(status)
        self.size = status.st_size
        self.name = f"{status.st_size:x}-{status.st_mtime_ns:x}"
        self.requests = 0
        self.connections: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self.held = connections
        self.remembered: Kept[Given] = Kept(ALL, ONE)  # of our pages' statements
        self.of_tables: Kept[Results] = Kept(ALL, ONE)  # of those of Datasette's tables
        constants: dict[object, Any] = {}
        for _ in range(connections):
            address = f"{path.absolute().as_uri()}?immutable=1"
            db = sqlite3.connect(address, uri=True, check_same_thread=False, factory=Remembering)
            db.remembered, db.constants = self.remembered, constants
            db.execute("select count(*) from sqlite_master").fetchone()  # reads the file now
            prepare(db)
            self.connections.put(db)
        self.readers = Readers(path, self.identity)
        self.tables = Tables(path, status, self.run(visible))
        self.hash, self.counts, self.views = self._inspected(path)
        if identity(path.stat()) != self.identity:
            self.close()
            raise Replaced

    def _inspected(self, path: Path) -> tuple[str, dict[str, int], dict[str, int]]:
        """The file's SHA-256, its tables' and its views' counts, of inspect-data.json; where that speaks of another build, its name, what
        is counted, and none: views are counted when they are asked for."""
        file = path.with_name(NAME)
        try:
            said = json.loads(file.read_text(encoding="utf-8")).get(path.stem) or {}
        except (OSError, ValueError):
            said = {}
        if said and speaks_of(said, path):
            tables, views = ({name: found["count"] for name, found in said.get(kind, {}).items()} for kind in ("tables", "views"))
            return said["hash"], tables, views
        db = self.connections.get()
        names = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        counts = {name: db.execute(f"select count(*) from [{name}]").fetchone()[0] for name in names}  # noqa: S608  # names of its own
        self.connections.put(db)
        return self.name, counts, {}

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The names of the columns of each table and view that readers see."""
        names = sorted(self.tables.names)
        return self.run(lambda db: {name: [column for (column,) in db.execute(COLUMNS, (name,))] for name in names})  # type: ignore[no-any-return]

    def run(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """What `fn` gives of a connection that nobody else has meanwhile."""
        db = self.connections.get()
        try:
            return fn(db)
        finally:
            self.connections.put(db)

    def close(self) -> None:
        """Let the file go, once what still runs has ended."""
        self.readers.close()
        self.tables.close()
        for _ in range(self.held):
            self.connections.get().close()


@dataclass
class Asked:
    """A request that is being answered: of which build, by whose pool, and the SQL in it that a reader wrote."""

    build: Build
    of_datasette: bool = False
    sql: list[str] = field(default_factory=list)
    seconds: float = 1.0  # that the reader's statements of one request may take together


asked: ContextVar[Asked | None] = ContextVar("asked", default=None)


class Served(Database):  # type: ignore[misc]
    """Datasette's database `portal`, of which each request sees one build."""

    def __init__(self, datasette: Any, path: Path) -> None:
        self.newest: Build | None = None
        super().__init__(datasette, str(path), is_mutable=False)
        self.file = path
        self.pages = ThreadPoolExecutor(PAGES_AT_ONCE, "pages")

    def open(self) -> Build:
        """The file as it stands now. Raises Replaced, or OSError and sqlite3.Error where it cannot be opened."""
        connections = PAGES_AT_ONCE + int(self.ds.setting("num_sql_threads"))
        build = Build(self.file, connections, lambda db: self.ds._prepare_connection(db, self.name))
        build.run(warm)
        build.remembered.hold()
        return build

    @property
    def build(self) -> Build:
        """The build of the request that is being answered, else the newest."""
        request = asked.get()
        build = request.build if request else self.newest
        assert build is not None, "a build is opened when the portal starts"
        return build

    def changed(self) -> bool:
        """Whether another whole build stands under the name."""
        try:
            now = identity(self.file.stat())
        except OSError:
            return False
        return (self.newest is None or now != self.newest.identity) and is_whole(str(self.file))

    async def look(self) -> bool:
        """Take up a new build if there is one; True if so. The old one goes when its last request has been answered."""
        if not await asyncio.to_thread(self.changed):
            return False
        try:
            new = await asyncio.to_thread(self.open)
        except (Replaced, OSError, sqlite3.Error):
            return False  # renamed again meanwhile: looked at anew in a moment
        old, self.newest = self.newest, new
        if old and not old.requests:
            await asyncio.to_thread(old.close)
        return True

    async def end(self, build: Build) -> None:
        """One request of a build less."""
        build.requests -= 1
        if not build.requests and build is not self.newest:
            await asyncio.to_thread(build.close)

    async def in_turn(self, fn: Callable[[], Any]) -> Any:
        """What `fn` gives when the pages asked for before have been read and rendered."""
        return await asyncio.get_running_loop().run_in_executor(self.pages, fn)

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        build, request = self.build, asked.get()
        pool: Executor = self.ds.executor if request and request.of_datasette else self.pages
        return await asyncio.get_running_loop().run_in_executor(pool, build.run, fn)

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, *args: Any, **more: Any) -> Results:
        """As Datasette's; a statement with a reader's SQL in it is run apart, with its own limits."""
        request = asked.get()
        if request is None or not any(text in sql for text in request.sql):
            return await self._of_our_own(sql, params, truncate, *args, **more)
        most = int(self.ds.max_returned_rows) if truncate else 0
        try:
            results, took = await request.build.readers.execute(sql, params, most, max(request.seconds, 0.05))
        except sqlite3.OperationalError as error:
            raise sqlite3.OperationalError(mistake_of_sql(str(error), request.build.columns)) from error
        request.seconds -= took
        return results

    async def _of_our_own(self, sql: str, params: Any, *args: Any, **more: Any) -> Results:
        """As Datasette's; what took long once in a build is not asked again, such as the counts and facets of a table's next page."""
        sql = of_counts(sql) or sql
        kept, key = self.build.of_tables, (sql, repr(params), *args, *sorted(more.items()))
        if (results := kept.get(key)) is None:
            begun = time.perf_counter()
            results = await super().execute(sql, params, *args, **more)
            if time.perf_counter() - begun >= LONG:
                kept.add(key, results, size(results.rows))
        return results

    @property
    def cached_table_counts(self) -> dict[str, int]:
        return self.build.counts

    @property
    def hash(self) -> str:
        return self.build.hash

    @property
    def size(self) -> int:
        return self.build.size


class Inspected:
    """What Datasette looks up of an inspect-data.json, of the build that is asked."""

    def __init__(self, served: Served) -> None:
        self.served = served

    def get(self, name: str) -> dict[str, Any] | None:
        return self[name] if name == self.served.name else None

    def __contains__(self, name: object) -> bool:
        return bool(name == self.served.name)

    def __getitem__(self, name: str) -> dict[str, Any]:
        build = self.served.build
        tables = {table: {"count": count} for table, count in {**build.counts, **build.views}.items()}
        return {"hash": build.hash, "size": build.size, "tables": tables}
