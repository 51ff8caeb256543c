"""Slow and many drafts block nobody, and nothing of a draft reaches the disk but in a private folder, which is emptied."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from plugins import draft
from portal.serve.private import private_folder
from tests.support import office
from tests.support.held import MADE
from tests.support.paths import SAMPLES
from tests.support.server import Server, serving

TEXT = (SAMPLES / "plain_tabs.txt").read_text(encoding="utf-8")
FORM = {"content-type": "multipart/form-data; boundary=x"}
OPENED = re.compile(r"(?:open|openat|creat)\(.*O_(?:WRONLY|RDWR|CREAT).*= \d+<(?P<path>/[^>]*)>")
NAMED = re.compile(r"(?:mkdir|mkdirat|mknod|mknodat|symlink|symlinkat|link|linkat|rename|renameat2?)\(.*\"(?P<path>/[^\"]*)\"[^\"]*\) = 0")
NO_DRAFT = ("/dev/", "/proc/", "/memfd:", "/var/spool/libreoffice/uno_packages/cache/stamp.sys")  # the last is a mark of its installation


def _post(address: str, who: str, text: str = TEXT) -> httpx.Response:
    """A draft of a reader whom a proxy on this machine names."""
    return httpx.post(f"{address}/draft.json", files={"text": (None, text)}, headers={"x-forwarded-for": who}, timeout=90)


def _half_sent(address: str, who: str) -> socket.socket:
    """A draft of which no more comes than its beginning."""
    connection = socket.create_connection((urlsplit(address).hostname, urlsplit(address).port or 80), timeout=60)
    head = f"POST /draft.json HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {who}\r\ncontent-type: {FORM['content-type']}\r\ncontent-length: 5000\r\n\r\n"
    connection.sendall(head.encode() + b"--x")
    return connection


def _let_in(address: str, who: str, status: int) -> httpx.Response:
    """The answer, once it has this status: what was sent or closed a moment ago may not have been seen yet."""
    for _ in range(100):
        answer = _post(address, who)
        if answer.status_code == status:
            break
        time.sleep(0.1)
    return answer


def test_one_draft_of_an_address_at_a_time_and_others_are_let_in(portal_url: str) -> None:
    slow = _half_sent(portal_url, "192.0.2.1")
    refused = _let_in(portal_url, "192.0.2.1", 503)
    assert (refused.status_code, refused.headers["retry-after"], refused.json()["refused"]) == (503, draft.AGAIN, draft.MINE)
    assert _post(portal_url, "192.0.2.2").status_code == 200
    slow.close()
    assert _let_in(portal_url, "192.0.2.1", 200).status_code == 200


def test_more_than_a_few_on_their_way_are_asked_to_come_again(portal_url: str) -> None:
    slow = [_half_sent(portal_url, f"192.0.2.{number}") for number in range(10, 10 + draft.ARRIVING)]
    refused = _let_in(portal_url, "192.0.2.9", 503)
    assert (refused.status_code, refused.headers["retry-after"], refused.json()["refused"]) == (503, draft.AGAIN, draft.BUSY)
    assert httpx.get(f"{portal_url}/checks").status_code == 200
    for connection in slow:
        connection.close()
    assert _let_in(portal_url, "192.0.2.9", 200).status_code == 200


def test_whose_draft_it_is() -> None:
    assert draft._address({"client": ("192.0.2.1", 5)}) == "192.0.2.1"
    assert draft._address({"client": ("2001:db8::1", 5)}) == draft._address({"client": ("2001:db8::9:1", 6)}) == "2001:db8::/64"
    assert draft._address({"client": None}) == ""


@pytest.mark.parametrize(("name", "parts", "pause"), [("SILENCE", 1, 2), ("SECONDS", 200, 0.01)])
def test_a_body_that_comes_too_slowly_is_ended(monkeypatch: pytest.MonkeyPatch, name: str, parts: int, pause: float) -> None:
    """It would be whole after these parts, each with a pause before it, if nobody ended it."""
    monkeypatch.setattr(draft, name, 0.05)
    to_come = iter(range(parts)[::-1])

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": b"x", "more_body": next(to_come) > 0}

    with ThreadPoolExecutor(1) as thread:
        body, trouble = thread.submit(asyncio.run, draft._body({"headers": []}, receive)).result()
    assert (body, trouble) == (b"", (408, draft.TOO_SLOW))


def test_what_a_killed_process_left_is_emptied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = private_folder("drafts").with_name(str(dead.pid))
    left.mkdir()
    (left / "draft.docx").write_text("x", encoding="utf-8")
    in_use = left.with_name(str(os.getppid()))  # of a process that is alive
    in_use.mkdir()
    left.parent.chmod(0o755)
    folder = private_folder("drafts")
    assert (folder.stat().st_mode & 0o777, folder.parent.stat().st_mode & 0o777) == (0o700, 0o700)
    assert set(folder.parent.iterdir()) == {folder, in_use}
    shutil.rmtree(folder.parent)
    (tmp_path / "of somebody" / "else").mkdir(parents=True)  # which would be emptied if it were believed
    folder.parent.symlink_to(tmp_path / "of somebody")
    with pytest.raises(OSError):
        private_folder("drafts")
    assert (tmp_path / "of somebody" / "else").exists()


@pytest.fixture(scope="module")
def server(portal_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("traced")
    shutil.copy(portal_database, folder / "portal.db")
    with serving(folder) as running:
        for _ in range(600):  # until its tables are written
            if all(row["plain"]["bytes"] for row in httpx.get(f"{running.address}/tables.json").json()["tables"]):
                break
            time.sleep(0.1)
        yield running


DRAFTS = {
    "draft.txt": lambda: TEXT.encode(),
    "draft.html": (SAMPLES / "page_2021.html").read_bytes,
    "draft.docx": lambda: office.word(MADE),
    "draft.pdf": lambda: b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R/Prev 9>>",
    "draft.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + TEXT.encode() * 3,
    "draft.rtf": lambda: b"{\\rtf1\\ansi draft}",
}


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_nothing_of_a_draft_is_written_but_in_the_private_folder(server: Server, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    calls = "trace=open,openat,creat,mkdir,mkdirat,mknod,mknodat,symlink,symlinkat,link,linkat,rename,renameat,renameat2"
    command = ["strace", "-f", "-y", "-z", "-e", calls, "-o", str(trace), "-p", str(server.process.pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert tracer.stderr
        said = tracer.stderr.readline()
        if "attached" not in said:
            pytest.skip(f"strace may not attach here: {said}")
        for name, data in DRAFTS.items():
            answer = httpx.post(f"{server.address}/draft.json", files={"file": (name, data())}, timeout=90)
            assert answer.status_code in (200, 422)
    finally:
        tracer.terminate()
        tracer.wait(30)
    folder = Path(os.readlink(f"/proc/{server.process.pid}/cwd")) / "temporary"
    private = folder / f"portal-drafts-{os.geteuid()}"
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    written = {found["path"] for line in lines if (found := OPENED.search(line) or NAMED.search(line))}
    within = {path for path in written if path.startswith(str(private))}
    assert len(within) > 3  # the trace sees what is written
    assert {path for path in written - within if not path.startswith(NO_DRAFT)} == set()
    assert [path for path in private.rglob("*") if path.is_file()] == []
