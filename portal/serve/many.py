"""The portal in several processes behind one address: `python -m portal.serve.many [FOLDER] [--processes N]`, as `make serve-many` does.

    uvicorn, which starts a process anew that ends ──┬── a socket ◀── Datasette, its connections, its answers kept, its readers of SQL
                                                     ├── a socket ◀── Datasette, …
                                                     └── …

Each process looks for a new build on its own (portal.serve.builds), so that all have it within a second or two.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from uvicorn.supervisors import Multiprocess

from portal.build.mark import trouble

FOLDER, SECRET = "PORTAL_FOLDER", "PORTAL_SECRET"  # what the processes are told, by their environment


def portal() -> Any:
    """The app of one process, with the folder's database opened."""
    datasette = Datasette([], config_dir=Path(os.environ[FOLDER]), secret=os.environ[SECRET])
    with ThreadPoolExecutor(1) as thread:  # in this one a loop is running
        thread.submit(asyncio.run, datasette.invoke_startup()).result()
    return datasette.app()


class Listening(socket.socket):
    """A socket of an address at which each process listens with one of its own: sent to another process, it is made anew there.

    The system spreads connections over them (SO_REUSEPORT, Linux). Of one socket for all, the first process that wakes takes every
    connection that waits, and the others none.
    """

    def __init__(self, host: str, port: int) -> None:
        # of this protocol by name, else asyncio does not let answers go at once, and their ends wait 40 ms
        super().__init__(_family(host), socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.bind((host, port))

    def __reduce__(self) -> tuple[type[Listening], tuple[str, int]]:
        return Listening, self.getsockname()[:2]


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m portal.serve.many", description="Serve a folder in several processes.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("."), metavar="FOLDER", help="with portal.db and metadata.yml")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 2, help="as many as there are processors unless stated")
    asked = parser.parse_args()
    os.chdir(asked.folder)
    os.environ |= {FOLDER: str(Path.cwd()), SECRET: secrets.token_hex(32)}
    if sentence := trouble(Path("portal.db")):
        sys.exit(sentence)
    try:
        with socket.create_server((asked.host, asked.port), family=_family(asked.host)):
            pass  # nobody listens there, another portal of this kind neither, beside which ours would be given every second reader
        listening = Listening(asked.host, asked.port)
    except OSError as error:
        sys.exit(
            f"不能在 {asked.host}:{asked.port} 上提供服务，请换一个 --port (cannot listen there, choose another --port): {error.strerror}"
        )
    config = uvicorn.Config("portal.serve.many:portal", factory=True, workers=asked.processes, access_log=False, log_level="warning")
    Multiprocess(config, sockets=[listening]).run()


if __name__ == "__main__":
    main()
