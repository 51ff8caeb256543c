"""Several processes behind one address: one that ends is replaced, a new build reaches all, and SIGTERM ends them all."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from portal.serve import many
from tests.support.builds import numbered, numbers
from tests.support.server import Server, serving

WAIT = 30  # seconds, for what never happens
PROCESSES = 2


@pytest.fixture(scope="module")
def server(portal_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("many")
    numbered(portal_database, folder / "portal.db", 0)
    with serving(folder, PROCESSES) as running:
        yield running


def _processes(server: Server) -> list[int]:
    listed = subprocess.run(["ps", "-wweo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [int(pid) for pid, parent, what in rows if parent == str(server.process.pid) and "spawn_main" in what]


def _becomes(true: Callable[[], bool]) -> bool:
    ends = time.monotonic() + WAIT
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.1)
    return False


def _answers(server: Server) -> bool:
    try:
        return httpx.get(server.address + "/checks", timeout=WAIT).status_code == 200
    except httpx.ConnectError:
        return False


def _seen(server: Server) -> list[int]:
    """The builds of answers over connections of their own, which the system gives now to one process, now to another."""
    return [number for _ in range(24) for number in numbers(httpx.get(server.address + "/index.json", timeout=WAIT).text)]


def test_each_process_has_a_socket_of_its_own_whose_connections_send_at_once() -> None:
    with many.Listening("127.0.0.1", 0) as first, pickle.loads(pickle.dumps(first)) as second:
        assert first.getsockname() == second.getsockname() and first.fileno() != second.fileno()
        assert second.proto == socket.IPPROTO_TCP  # by which asyncio tells that it may switch the waiting off
        second.listen()
        with socket.create_connection(second.getsockname()), second.accept()[0] as taken:  # the one that does not listen is given none
            assert taken.proto == socket.IPPROTO_TCP


def test_a_process_that_ends_is_replaced(server: Server) -> None:
    before = _processes(server)
    assert len(before) == PROCESSES
    os.kill(before[0], signal.SIGKILL)
    assert _becomes(lambda: len(set(_processes(server)) - set(before)) == 1)
    assert _becomes(lambda: _answers(server))  # at once, unless the other was still starting


def test_a_new_build_reaches_all(server: Server, portal_database: Path) -> None:
    folder = Path(os.readlink(f"/proc/{server.process.pid}/cwd"))
    numbered(portal_database, folder / "new", 1)
    os.replace(folder / "new", folder / "portal.db")
    assert _becomes(lambda: set(_seen(server)) == {1})
    assert set(_seen(server)) == {1}
    assert _becomes(lambda: len({httpx.get(server.address + "/checks", timeout=WAIT).headers["etag"] for _ in range(12)}) == 1)


def test_sigterm_ends_all(portal_database: Path, tmp_path: Path) -> None:
    numbered(portal_database, tmp_path / "portal.db", 0)
    with serving(tmp_path, PROCESSES) as server:
        assert _becomes(lambda: len(_processes(server)) == PROCESSES)
        started = {server.process.pid, *_processes(server)}
        server.process.terminate()
        assert server.process.wait(WAIT) is not None
    # What they started, the readers of SQL, ends after them, when it finds nobody at its other end.
    assert _becomes(lambda: not _alive(started, tmp_path)), _alive(started, tmp_path)


def _alive(started: set[int], folder: Path) -> list[str]:
    """The processes of these numbers and those with the folder in their arguments, but for what has ended and waits to be asked how."""
    listed = subprocess.run(["ps", "-wweo", "pid=,stat=,args="], capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [line.split(None, 2) for line in listed]
    return [" ".join(row) for row in rows if row[1][0] != "Z" and (int(row[0]) in started or str(folder) in row[-1])]


def test_without_a_whole_database_it_says_so_and_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"没有 portal\.db"), serving(tmp_path, PROCESSES):
        pass
