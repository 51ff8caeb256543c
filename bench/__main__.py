"""The command line: `python -m bench [NAME …]`."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
from collections.abc import Callable

from bench import catalogue, checks, corpus, mutations, pages, peers, reading, renderings, writing

BENCHMARKS: dict[str, Callable[[], None]] = {
    "reading": reading.run,
    "writing": writing.run,
    "corpus": corpus.run,
    "renderings": renderings.run,
    "mutations": mutations.run,
    "peers": peers.run,
    "checks": checks.run,
    "pages": pages.run,
    "catalogue": catalogue.run,
}


def main() -> None:
    """Run the named benchmarks, all of them if none is named."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all if none is given")
    names = parser.parse_args().names
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, {platform.machine()}")
    for name in names or BENCHMARKS:
        print(f"\n== {name} ==")
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
