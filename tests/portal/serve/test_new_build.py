"""A new build renamed into place is served without a restart, and no answer mixes two builds."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.support.builds import numbered, numbers
from tests.support.server import Server, serving

SWAPS = 6
ADDRESSES = ("/index.json", "/", "/portal/agencies.json?_shape=array", "/portal.json?sql=select+name+from+agencies&_shape=array", "/checks")


@pytest.fixture(scope="module")
def server(portal_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("swapped")
    numbered(portal_database, folder / "portal.db", 0)
    with serving(folder) as running:
        yield running


def _served(server: Server, number: int) -> bool:
    """Whether the build is served within a time that only a server that never takes it up exceeds."""
    for _ in range(300):
        if numbers(httpx.get(server.address + "/index.json", timeout=30).text) == {number}:
            return True
        time.sleep(0.1)
    return False


def _deleted(server: Server) -> list[str]:
    folder = Path(f"/proc/{server.process.pid}/fd")
    names = [os.readlink(file) for file in folder.iterdir() if file.exists() or file.is_symlink()]
    return [name for name in names if name.endswith("portal.db (deleted)")]


def test_builds_are_taken_up_under_load_and_never_mixed(server: Server, portal_database: Path) -> None:
    folder = Path(os.readlink(f"/proc/{server.process.pid}/cwd"))
    ended = Event()

    def load(first: int) -> list[tuple[str, int, set[int]]]:
        seen = []
        with httpx.Client(base_url=server.address, timeout=30) as client:
            for turn in range(3000):
                address = ADDRESSES[(first + turn) % len(ADDRESSES)]
                answer = client.get(address + (f"&_ttl={turn}" if turn % 2 and "?" in address else ""))
                seen.append((address, answer.status_code, numbers(answer.text)))
                if ended.is_set():
                    break
        return seen

    with ThreadPoolExecutor(4) as readers:
        loads = [readers.submit(load, number) for number in range(4)]
        try:
            for number in range(1, SWAPS + 1):
                numbered(portal_database, folder / "new", number)
                os.replace(folder / "new", folder / "portal.db")
                assert _served(server, number)
        finally:
            ended.set()
        seen = [entry for each in loads for entry in each.result()]
    assert {status for _, status, _ in seen} == {200}
    assert max(len(numbers) for *_, numbers in seen) == 1
    assert set().union(*(numbers for *_, numbers in seen)) >= {0, SWAPS}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what files a process holds is looked up in /proc")
def test_old_files_are_let_go(server: Server, portal_database: Path) -> None:
    folder = Path(os.readlink(f"/proc/{server.process.pid}/cwd"))
    numbered(portal_database, folder / "new", 100)
    os.replace(folder / "new", folder / "portal.db")
    assert _served(server, 100)
    for _ in range(100):
        if not _deleted(server):
            break
        time.sleep(0.1)
    assert not _deleted(server)


def test_half_a_file_is_never_served(server: Server, portal_database: Path) -> None:
    folder = Path(os.readlink(f"/proc/{server.process.pid}/cwd"))
    numbered(portal_database, folder / "new", 200)
    os.replace(folder / "new", folder / "portal.db")
    assert _served(server, 200)
    (folder / "half").write_bytes((folder / "portal.db").read_bytes()[:100_000])
    os.replace(folder / "half", folder / "portal.db")
    numbered(portal_database, folder / "unmarked", 201)
    with sqlite3.connect(folder / "unmarked") as db:
        db.execute("pragma user_version = 0")
    time.sleep(2.5)  # more than one look
    assert numbers(httpx.get(server.address + "/index.json").text) == {200}
    os.replace(folder / "unmarked", folder / "portal.db")
    time.sleep(2.5)
    assert numbers(httpx.get(server.address + "/index.json?lang=en").text) == {200}
    numbered(portal_database, folder / "new", 202)
    os.replace(folder / "new", folder / "portal.db")
    assert _served(server, 202)
