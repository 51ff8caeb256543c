"""Builds that are killed at random moments: what is served stays whole, and the store can be gone on with."""

from __future__ import annotations

import hashlib
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.build.mark import is_whole
from tests.support import layouts
from tests.support.figures import Sample, figures
from tests.support.paths import ROOT


def content(database: Path) -> str:
    """What stands for all rows of a database; how they lie in the file does not count."""
    said = hashlib.sha256()
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    tables = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table' order by name")]
    for name in tables:
        if not re.search("_fts_|^sqlite_", name):
            for row in sorted(map(repr, db.execute(f"select * from [{name}]"))):  # noqa: S608  names of its own
                said.update(f"{name} {row}\n".encode())
    db.close()
    return said.hexdigest()


@dataclass
class Killed:
    """Builds in a folder of two states of its documents, `few` and `many`, one after the other; every one of them may be killed."""

    folder: Path
    seed: int
    contents: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    served: str | None = None

    def __post_init__(self) -> None:
        """Write the documents, and build both states without disturbance."""
        self.random = random.Random(self.seed)
        for state, count in (("few", 16), ("many", 20)):
            (self.folder / state).mkdir()
            for number in range(count):
                agency, year = f"晋江市样例{'甲乙丙丁戊己庚辛'[number % 8]}局", 2021 + number // 8
                seed = number if number % 5 else number + len(state)  # every fifth is another in the two states
                made = Sample("", agency, year, "2021", figures(seed, "2021"), f"{year + 1}-01-18")
                (self.folder / state / f"{number}.txt").write_bytes(layouts.tabs(made))
            begin = time.monotonic()
            self._finish(state)
            self.seconds = time.monotonic() - begin
            self.contents[state] = content(self.database)
            self._remove()

    @property
    def database(self) -> Path:
        return self.folder / "portal.db"

    def rounds(self, count: int) -> Iterator[str]:
        """What happened in each round. Raises AssertionError where what is served is not a whole build, or a build does not go on."""
        for number in range(count):
            if number % 3 == 0:  # a first build; then two that find a store, and a database that may be there
                self._remove()
            state = ("few", "many")[number % 2]
            killed, moment = self._killed(state)
            self._look(state, killed)
            said = f"{state}: killed after {moment:.2f} s" if killed else f"{state}: done"
            if number % 3 == 2:
                said += f"; then {self._finish(state)}"
                assert content(self.database) == self.contents[state]
                assert not list(self.folder.glob("*.building")), "what a killed build left is still there"
                self.served = state
            yield said

    def _remove(self) -> None:
        for file in self.folder.iterdir():
            if file.is_file():
                file.unlink()
        self.served = None

    def _start(self, state: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
        command = [sys.executable, ROOT / "build.py", state, "--db", "portal.db", "--accept", "--workers", "2"]
        return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def _killed(self, state: str) -> tuple[bool, float]:
        moment = self.random.uniform(0.1, 1.1) * self.seconds
        process = self._start(state)
        try:
            process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        return process.returncode == -signal.SIGKILL, moment

    def _look(self, state: str, killed: bool) -> None:
        """The database is that of before or the new one, whole; the readings kept so far are there, none of them broken."""
        if self.database.exists():
            now = content(self.database)
            assert is_whole(str(self.database)) and now in ((self.contents[state], self.contents.get(self.served or "")))
            self.served = state if now == self.contents[state] else self.served
        else:
            assert killed and self.served is None

    def _finish(self, state: str) -> str:
        """A build that nobody kills; what it says of its documents."""
        process = self._start(state)
        said, _ = process.communicate(timeout=600)
        assert process.returncode == 0, said
        return re.findall(r"\d+ of \d+ documents: .*", said)[-1]
