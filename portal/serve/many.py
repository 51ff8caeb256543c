"""The portal in several processes behind one socket: `python -m portal.serve.many [FOLDER] [--processes N]`, as `make serve-many` does.

    socket ◀── uvicorn, which starts a process anew that ends ──┬── Datasette, its connections, its answers kept, its readers of SQL
                                                                ├── Datasette, …
                                                                └── …

Each process looks for a new build on its own (portal.serve.builds), so that all have it within a second or two.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from portal.build.mark import trouble

FOLDER, SECRET = "PORTAL_FOLDER", "PORTAL_SECRET"  # what the processes are told, by their environment


def portal() -> Any:
    """The app of one process, with the folder's database opened."""
    datasette = Datasette([], config_dir=Path(os.environ[FOLDER]), secret=os.environ[SECRET])
    with ThreadPoolExecutor(1) as thread:  # in this one a loop is running
        thread.submit(asyncio.run, datasette.invoke_startup()).result()
    return datasette.app()


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
    address = {"host": asked.host, "port": asked.port}
    uvicorn.run("portal.serve.many:portal", factory=True, workers=asked.processes, access_log=False, log_level="warning", **address)


if __name__ == "__main__":
    main()
