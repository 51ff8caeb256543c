"""LibreOffice runs apart: without a network, and nothing that it started is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parsers.documents import apart
from parsers.documents.apart import run_apart
from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="this system has no /proc")
namespaces = pytest.mark.skipif(not apart._without_network(), reason="this system allows no namespaces")


def running(command: str) -> list[str]:
    found = []
    for process in Path("/proc").iterdir():
        try:
            words = (process / "cmdline").read_bytes().split(b"\0") if process.name.isdigit() else []
        except OSError:
            continue
        found += [process.name] if words[:2] == command.encode().split() else []
    return found


def gone(command: str) -> bool:
    end = time.monotonic() + 30
    while running(command) and time.monotonic() < end:
        time.sleep(0.05)
    return not running(command)


@namespaces
def test_no_address_is_reached_not_even_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ask = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 5)"
        subprocess.run([sys.executable, "-c", ask], check=True)
        with pytest.raises(subprocess.CalledProcessError):
            run_apart([sys.executable, "-c", ask], 30)
        run_apart([sys.executable, "-c", "import socket"], 30)


@pytest.mark.parametrize("alone", [False, pytest.param(True, marks=namespaces)])
def test_what_takes_too_long_ends_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, alone: bool) -> None:
    if not alone:
        monkeypatch.setattr(apart, "_without_network", lambda: ())
    sleep = f"sleep {90000 + os.getpid() + alone}"
    with pytest.raises(subprocess.TimeoutExpired):
        run_apart(["sh", "-c", f"{sleep} & {sleep}; true"], 1)
    assert gone(sleep)


@namespaces
def test_it_ends_with_the_process_that_waits_for_it() -> None:
    sleep = f"sleep {80000 + os.getpid()}"
    code = f"from parsers.documents.apart import run_apart; run_apart(['sh', '-c', '{sleep} & {sleep}; true'], 600)"
    waiting = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    while len(running(sleep)) < 2:
        time.sleep(0.05)
    waiting.send_signal(signal.SIGKILL)
    waiting.wait()
    assert gone(sleep)
