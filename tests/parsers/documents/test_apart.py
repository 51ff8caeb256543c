"""LibreOffice runs apart: without a network, and nothing that it started is left."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from parsers.documents import apart, recognise
from parsers.documents.apart import run_apart
from parsers.documents.office import read_office
from tests.support.hostile.linked import linked_odt
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


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on this machine, and what it was asked for."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", requests
        server.shutdown()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kept", ["nothing", "settings", pytest.param("namespaces", marks=namespaces)])
def test_what_a_document_links_to_is_not_asked_for(monkeypatch: pytest.MonkeyPatch, asked: tuple[str, list[str]], kept: str) -> None:
    """Each of the two bounds keeps LibreOffice from asking; without both it does ask."""
    if kept != "namespaces":
        monkeypatch.setattr(apart, "_without_network", lambda: ())
    if kept != "settings":
        monkeypatch.setattr(apart, "_SETTINGS", ())
    address, requests = asked
    document = read_office(recognise.ODT, linked_odt(address))
    assert "样例市样例局" in document.text and bool(requests) == (kept == "nothing")


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
