"""The command line: `python -m bench [NAME …]`; `python -m bench reports FILE` and `python -m bench reports --full NAME`."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
from importlib import import_module
from pathlib import Path

# Each is a module of this package with a function `run`; loaded when it is asked for, since each wants other peers.
BENCHMARKS = (
    "reading",
    "writing",
    "corpus",
    "renderings",
    "mutations",
    "peers",
    "checks",
    "pages",
    "serving",
    "probes",
    "swaps",
    "publishing",
    "narratives",
    "catalogue",
    "pictures",
    "ablation",
    "readers",
    "scale",
    "hostile",
    "killed",
    "journeys",
)
LONG = ("ablation", "readers", "scale", "pictures", "hostile", "killed", "journeys")  # run only when they are named


def main() -> None:
    """Run the named benchmarks, all but the long ones if none is named; or write what is read of every document."""
    if sys.argv[1:2] == ["reports"]:
        _reports(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all but {', '.join(LONG)} if none is given")
    names = parser.parse_args().names
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, {platform.machine()}")
    for name in names or [name for name in BENCHMARKS if name not in LONG]:
        print(f"\n== {name} ==")
        import_module(f"bench.{name}").run()


def _reports(arguments: list[str]) -> None:
    """Write the reports of all documents to a file, or print one whole."""
    from bench import reports

    parser = argparse.ArgumentParser(prog="python -m bench reports", description=reports.__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where the lines go")
    what.add_argument("--full", metavar="NAME", help="print the Report of this document as JSON")
    options = parser.parse_args(arguments)
    print(reports.full(options.full) if options.full else reports.write(options.file))


if __name__ == "__main__":
    main()
