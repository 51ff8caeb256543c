"""The documents that the tests of reading read: the layouts that no converter and no mutation prints. A plugin of pytest keeps them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import parsers
from bench.documents import CASES, ROOT, SAMPLES, files
from parsers.model import Report

TESTS = [f"tests/parsers/{name}" for name in ("tables", "form", "printed", "documents", "test_reading.py", "test_two_reports.py", "test_renderings.py")]  # fmt: skip
SLOW = ["--ignore-glob=*pictures*"]  # recognised in pictures, seconds each
LARGEST = 300_000  # bytes: what is larger tries how much is read, not a layout
_KEPT_IN = "BENCH_TESTED"  # the folder that the plugin writes into


def documents(folder: Path) -> list[Path]:
    """The documents that the tests read, each once, the samples, and the cases beside the repository. The tests write theirs into `folder`."""
    command = [sys.executable, "-m", "pytest", "-p", "bench.tested", "-p", "no:cacheprovider", "-n", str(os.cpu_count()), *SLOW, *TESTS]
    subprocess.run(command, cwd=ROOT, env={**os.environ, _KEPT_IN: str(folder)}, check=True)
    return [path for place in (folder, *SAMPLES, *CASES) for path in files(place) if path.stat().st_size <= LARGEST]


def pytest_configure(config: pytest.Config) -> None:
    """Keep what is given to `read_report`, before any test imports it."""
    folder, read_report = os.environ.get(_KEPT_IN), parsers.read_report

    def reading(data: bytes, *given: object, **named: object) -> Report:
        if folder:
            (Path(folder) / hashlib.sha256(data).hexdigest()).write_bytes(data)
        return read_report(data, *given, **named)  # type: ignore[arg-type]

    parsers.read_report = reading
