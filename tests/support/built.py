"""A few documents, and builds of them as a publisher makes them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.support import layouts
from tests.support.figures import Sample, figures
from tests.support.paths import ROOT


def write_documents(documents: Path) -> None:
    """Eight reports, two of them in two documents, and one file twice."""
    documents.mkdir()
    for number in range(8):
        sample = Sample(
            "", f"晋江市样例{'甲乙丙丁'[number % 4]}局", 2022 + number // 4, "2021", figures(number, "2021"), f"{2023 + number // 4}-01-18"
        )
        (documents / f"{number}.txt").write_bytes(layouts.tabs(sample))
        if number < 2:
            (documents / f"{number}.html").write_bytes(layouts.page(sample))
    (documents / "copy.txt").write_bytes((documents / "3.txt").read_bytes())


def start(folder: Path, *more: str, documents: Sequence[str] = ("documents",), **environment: str) -> subprocess.Popen[str]:
    """A build of the folder's documents into its portal.db."""
    command = [sys.executable, ROOT / "build.py", *documents, "--db", "portal.db", *more]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=pipe, stderr=pipe, text=True)


def build(folder: Path, *more: str, documents: Sequence[str] = ("documents",), **environment: str) -> str:
    """What a build prints. Its exit status is 0."""
    process = start(folder, *more, documents=documents, **environment)
    said, complaint = process.communicate(timeout=300)
    assert process.returncode == 0, complaint
    return said


def checksum(folder: Path) -> str:
    return hashlib.sha256((folder / "portal.db").read_bytes()).hexdigest()
