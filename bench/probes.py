"""Statements that would stall or fill a server, sent to the portal: seconds, memory, and how long a page waits beside three of them.

Over 2,000 made-up reports. Memory is what the server and its readers of SQL hold at their peak beyond what they hold at rest.
"""

from __future__ import annotations

import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.measure import table
from bench.pages import reports_and_findings, served
from tests.support.probes import CLOSED, PROBES

REPORTS = 2_000
SECONDS, MEGABYTES, PAGE, STOP = 1.5, 50, 0.5, 5.0  # what a statement, and a page beside it, may take; and the server to end
HANGS = 60
TELLS = re.compile(r"0x[0-9a-f]{6,}|/(?:tmp|work|home|root|usr|srv|proc)/\w|Traceback")  # an address of memory, a path


def run() -> None:
    """A line for each statement, and what was over its bound; then how long SIGTERM takes beside statements that run."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        reports_and_findings(folder / "portal.db", REPORTS)
        measure(folder)


def measure(folder: Path) -> None:
    """The table of a folder whose portal.db holds made-up reports."""
    with served(folder) as site:
        rows, over = [], []
        reports = [row["id"] for row in site.get("/portal.json?sql=select+id+from+reports&_shape=array").json()]
        site.get(f"/reports/{reports.pop()}").raise_for_status()  # the first page reads templates
        for number, (name, sql) in enumerate(PROBES.items()):
            outcome, seconds, megabytes = _alone(site, folder, sql)
            beside = _beside(site, sql, reports[3 * number : 3 * number + 3])
            rows.append([name, outcome, f"{seconds:.2f}", f"{megabytes:.0f}", f"{beside:.2f}"])
            if seconds > SECONDS or megabytes > MEGABYTES or beside > PAGE:
                over.append(name)
        table(["statement", "outcome", "seconds", "MB", "page beside three, seconds"], rows)
        print(f"over {SECONDS} s, {MEGABYTES} MB, or {PAGE} s of a page beside three: {', '.join(over) or 'none'}")
        told = [sql for sql in [*CLOSED, *PROBES.values()] if TELLS.search(_ask(site, sql).text)]
        print(f"answers that tell a path or an address of memory: {', '.join(told) or 'none'}")
        _stop(site, folder)


def _ask(site: httpx.Client, sql: str) -> httpx.Response:
    return site.get("/portal.json", params={"sql": sql, "_shape": "array"}, timeout=HANGS)


def _alone(site: httpx.Client, folder: Path, sql: str) -> tuple[str, float, float]:
    """What came of a statement, its seconds, and its megabytes."""
    processes = _processes(folder)
    rest = {pid: _held(pid, "VmRSS") for pid in processes}
    for pid in processes:
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    begun = time.perf_counter()
    answer = _ask(site, sql + " -- alone")
    seconds = time.perf_counter() - begun
    grown = sum(max(0, _held(pid, "VmHWM") - rest[pid]) for pid in processes)
    return ("answered" if answer.status_code == 200 else str(answer.status_code)), seconds, grown / 1000


def _beside(site: httpx.Client, sql: str, reports: list[str]) -> float:
    """The most seconds that a page which nobody has asked for takes while three of the statements run."""
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(_ask, site, f"{sql} -- {number}") for number in range(3)]
        time.sleep(0.1)
        most = 0.0
        for report in reports:
            begun = time.perf_counter()
            site.get(f"/reports/{report}").raise_for_status()
            most = max(most, time.perf_counter() - begun)
        wait(running)
    return most


def _stop(site: httpx.Client, folder: Path) -> None:
    """How long the server takes to end while statements run."""
    chain = PROBES["instr, a chain"]
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(_ask, site, f"{chain} -- last {number}") for number in range(3)]
        time.sleep(0.3)
        processes = _processes(folder)
        begun = time.perf_counter()
        for pid in processes:
            if "datasette" in _command(pid):
                subprocess.run(["kill", str(pid)], check=True)
        while any(Path(f"/proc/{pid}/stat").exists() and _state(pid) != "Z" for pid in processes) and time.perf_counter() - begun < HANGS:
            time.sleep(0.05)
        seconds = time.perf_counter() - begun
        wait(running)
    print(f"after SIGTERM the server and its readers ended in {seconds:.1f} s (bound: {STOP})")


def _processes(folder: Path) -> list[int]:
    """The server of the folder and its readers of SQL."""
    listed = subprocess.run(["ps", "-wweo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    every = [(int(line.split()[0]), line) for line in listed]
    return [pid for pid, line in every if f"portal.serve.reader {folder}/" in line or ("datasette" in line and _of(pid) == folder)]


def _of(pid: int) -> Path | None:
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]


def _held(pid: int, what: str) -> int:
    """Kilobytes; 0 of a process that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(rf"{what}:\s+(\d+)", status)
    return int(found[1]) if found else 0
