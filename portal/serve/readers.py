"""The few processes that run the SQL that readers write; pages never wait for them (portal.serve.reader says what they bound)."""

from __future__ import annotations

import asyncio
import marshal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from os import stat_result
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from datasette.database import QueryInterrupted, Results

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 3
WAITING = 12  # more than that are told to come again
BUSY = "正在运行别人的查询，请稍后再试 (other queries are running: try again in a moment)"
REPLACED = "数据刚刚更新，请再试一次 (the data has just been replaced: try again)"


class Busy(Exception):
    """A reader's statement cannot be run now; another time it can."""


def identity(status: stat_result) -> tuple[int, ...]:
    """What tells one file from another that stands under the same name."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


class Readers:
    """The processes of one build, each of which has its file open. Threads wait for them, so that no page does."""

    def __init__(self, path: Path, of: tuple[int, ...]) -> None:
        self.path, self.of = path.absolute(), of
        self.waiting = 0
        self.threads = ThreadPoolExecutor(AT_ONCE, "readers")
        self.processes: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        started = [self._start() for _ in range(AT_ONCE)]
        for process in started:
            self.processes.put(process)
        for process in started:
            _answer(process)  # "ready": it has opened the file

    async def execute(self, sql: str, params: Any, most: int, seconds: float) -> tuple[Results, float]:
        """The rows of a statement, at most so many (0: all), within the seconds; and how many of them it took.

        Raises QueryInterrupted, Busy, MemoryError or what sqlite3 raises.
        """
        if self.waiting >= WAITING:
            raise Busy(BUSY)
        values = dict(params) if isinstance(params, Mapping) else list(params or ())
        self.waiting += 1
        try:
            loop = asyncio.get_running_loop()
            answer, took = await loop.run_in_executor(self.threads, self._ask, (sql, values, most, seconds))
        finally:
            self.waiting -= 1
        kind, *said = answer
        if kind == "rows":
            return _results(*said), took
        if said == ["OperationalError", "interrupted"]:
            raise QueryInterrupted(sqlite3.OperationalError("interrupted"), sql, params)
        raise RAISED.get(said[0], sqlite3.OperationalError)(said[1])

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "portal.serve.reader", str(self.path)]
        pipe, none = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=none, cwd=ROOT)

    def _ask(self, statement: tuple[Any, ...]) -> tuple[tuple[Any, ...], float]:
        """What a process answers, and its seconds; in the place of one that ended over it another is started."""
        process = self.processes.get()
        try:
            process = process or self._anew()
            if process is None:
                return ("error", "Busy", REPLACED), 0
            begun = time.perf_counter()
            assert process.stdin
            try:
                process.stdin.write(marshal.dumps(statement))
                process.stdin.flush()
                answer = _answer(process)
            except (EOFError, OSError, ValueError):  # its time was up, within a call that nothing else stops
                _end(process)
                process, answer = None, ("error", "OperationalError", "interrupted")
            return answer, time.perf_counter() - begun
        finally:
            self.processes.put(process)

    def _anew(self) -> subprocess.Popen[bytes] | None:
        """A process of this very file; None if another stands under its name by now."""
        process = self._start()
        try:
            _answer(process)
            if identity(self.path.stat()) == self.of:
                return process
        except (EOFError, OSError, ValueError):
            pass
        _end(process)
        return None

    def close(self) -> None:
        """End the processes, once what they run has ended."""
        for _ in range(AT_ONCE):
            if process := self.processes.get():
                _end(process)
        self.threads.shutdown(wait=False)


RAISED: dict[str, type[Exception]] = {
    **{name: getattr(sqlite3, name) for name in ("OperationalError", "DatabaseError", "ProgrammingError", "DataError", "Warning")},
    "MemoryError": MemoryError,
    "Busy": Busy,
}


def _answer(process: subprocess.Popen[bytes]) -> Any:
    """The next that a process writes. Raises EOFError or ValueError where it ended before."""
    assert process.stdout
    return marshal.load(process.stdout)  # a process of our own writes it


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()  # closes the pipes and waits


def _results(columns: list[str], rows: list[tuple[Any, ...]], truncated: bool) -> Results:
    """As Datasette reads them: rows by name and by number."""
    names = ", ".join('null as "' + name.replace('"', '""') + '"' for name in columns)
    cursor = sqlite3.connect(":memory:").execute(f"select {names}")  # for its description alone
    return Results([sqlite3.Row(cursor, row) for row in rows], truncated, cursor.description)
