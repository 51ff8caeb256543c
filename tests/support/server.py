"""A Datasette process that serves a folder with a portal.db in it, as `datasette .` does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.paths import ROOT, SERVED


@dataclass(frozen=True)
class Server:
    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def serving(folder: Path, processes: int = 1) -> Iterator[Server]:
    """The repository's portal with the folder's portal.db, started, in several processes as `make serve-many` does where more than one
    is asked; its temporary files and its log stay in the folder."""
    for name in SERVED:
        if not (folder / name).exists():  # a test may have put its own there
            (folder / name).symlink_to(ROOT / name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "log").open("w")
    one: list[str | Path] = [Path(sys.executable).with_name("datasette"), "."]
    command = one if processes == 1 else [sys.executable, "-m", "portal.serve.many", ".", "--processes", str(processes)]
    (folder / "temporary").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"TMPDIR": str(folder / "temporary")}
    process = subprocess.Popen([*command, "--port", str(port)], cwd=folder, stdout=log, stderr=log, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(f"{address}/-/versions.json", timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        yield Server(address, process)
    finally:
        process.terminate()
        process.wait(10)
        log.close()
