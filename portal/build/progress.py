"""How far a build is: a line that is drawn anew on a terminal, a line every ten seconds elsewhere."""

from __future__ import annotations

import time
from collections import Counter

from rich.console import Console
from rich.status import Status

EVERY = 10.0  # seconds between lines where there is no terminal


class Progress:
    """Counts documents by what became of them: read, stored (taken from the store), refused."""

    def __init__(self, total: int, console: Console) -> None:
        self.total, self._console = total, console
        self._counts: Counter[str] = Counter()
        self._begun = self._shown = time.monotonic()
        self._live = Status(self.line(), console=console) if console.is_terminal else None

    def __enter__(self) -> Progress:
        if self._live:
            self._live.start()
        return self

    def count(self, how: str) -> None:
        self._counts[how] += 1
        self.show()

    def show(self) -> None:
        """Say how far it is, if that was not said just before."""
        now = time.monotonic()
        if now - self._shown < (0.2 if self._live else EVERY):
            return
        self._shown = now
        if self._live:
            self._live.update(self.line())
        else:
            self._console.print(self.line(), markup=False)

    def line(self) -> str:
        """2 of 8 documents: 1 read, 1 from the store, 0 refused; about 4 s left"""
        counts = self._counts
        done = counts.total()
        slow = done - counts["stored"]  # what came from the store says nothing of how long reading takes
        left = (time.monotonic() - self._begun) / slow * (self.total - done) if slow else 0
        said = f"{done} of {self.total} documents: {counts['read']} read, {counts['stored']} from the store, {counts['refused']} refused"
        return said + (f"; about {left:.0f} s left" if slow and done < self.total else "")

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()
