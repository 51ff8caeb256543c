"""New builds renamed into place under load: errors, answers that mix two builds, and seconds until the new one is served."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx

from bench.measure import table
from bench.pages import reports_and_findings, served
from tests.support.builds import numbered, numbers

REPORTS, SWAPS, CONNECTIONS = 400, 20, 16
LONGEST = 30  # seconds, for a build that is never taken up
ADDRESSES = (
    "/index.json",
    "/",
    "/checks",
    "/agencies?page={}",
    "/portal/agencies.json?_shape=array&_size={}",
    "/portal.json?sql=select+name,+{}+from+agencies&_shape=array",
    "/compare?q=x{}",
)
Seen = tuple[str, int, set[int]]  # an address, the status, the builds of which the answer is


def run() -> None:
    """A table of one process and of two."""
    with TemporaryDirectory() as name:
        reports_and_findings(Path(name) / "portal.db", REPORTS)
        rows = [measure(Path(name), processes) for processes in (1, 2)]
    print(f"{SWAPS} builds under {CONNECTIONS} connections; seconds from the rename to the first answer of the new build")
    table(["processes", "answers", "errors", "mixed", "seconds, median", "seconds, most"], rows)


def measure(whole: Path, processes: int) -> list[str]:
    """A line of the table."""
    ended = Event()
    seconds: list[float] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        numbered(whole / "portal.db", folder / "portal.db", 0)
        with served(folder, processes) as site, ThreadPoolExecutor(CONNECTIONS) as readers:
            loads = [readers.submit(_load, str(site.base_url), number, ended) for number in range(CONNECTIONS)]
            try:
                for number in range(1, SWAPS + 1):
                    numbered(whole / "portal.db", folder / "new", number)
                    os.replace(folder / "new", folder / "portal.db")
                    seconds.append(_taken_up(site, number))
            finally:
                ended.set()
            seen = [each for load in loads for each in load.result()]
    errors = sum(status != 200 for _, status, _ in seen)
    mixed = sum(len(builds) > 1 for *_, builds in seen)
    middle, most = sorted(seconds)[len(seconds) // 2], max(seconds)
    return [str(processes), f"{len(seen):,}", str(errors), str(mixed), f"{middle:.1f}", f"{most:.1f}"]


def _load(address: str, first: int, ended: Event) -> list[Seen]:
    seen: list[Seen] = []
    turn = first
    with httpx.Client(base_url=address, timeout=60) as client:
        while not ended.is_set():
            turn += 1
            asked = ADDRESSES[turn % len(ADDRESSES)].format(1 + turn % 7)
            try:
                answer = client.get(asked)
                seen.append((asked, answer.status_code, numbers(answer.text)))
            except httpx.TransportError:
                seen.append((asked, 0, set()))
    return seen


def _taken_up(site: httpx.Client, number: int) -> float:
    begun = time.perf_counter()
    while time.perf_counter() - begun < LONGEST:
        if numbers(site.get("/index.json").text) == {number}:
            return time.perf_counter() - begun
        time.sleep(0.05)
    return float(LONGEST)
