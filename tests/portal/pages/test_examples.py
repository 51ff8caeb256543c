"""The examples of docs/api.md are run as they stand, each by its own tool where that is there, and give what the database holds."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.support.paths import ROOT

HERE = "http://127.0.0.1:8001"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = dict(BLOCK.findall((ROOT / "docs/api.md").read_text(encoding="utf-8")))
SUMS = """
select year, cast(sum(total) as integer) as received from applications
 where item = 'received' and total_status = 'stated' and year is not null group by year order by year
"""


@pytest.fixture
def sums(database: sqlite3.Connection) -> list[tuple[int, int]]:
    found = [tuple(row) for row in database.execute(SUMS)]
    assert len(found) > 3
    return found


def _example(tool: str, address: str) -> str:
    assert HERE in EXAMPLES[tool] or tool == "sql"
    return EXAMPLES[tool].replace(HERE, address)


def _run(command: list[str | Path], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _read(printed: str) -> list[tuple[int, int]]:
    """The lines `2020,15` of what a tool printed."""
    return [(int(year), int(total)) for year, total in re.findall(r"^(\d{4}),(\d+)\s*$", printed, re.MULTILINE)]


def test_each_tool_has_its_example() -> None:
    assert list(EXAMPLES) == ["sh", "python", "r", "sql"]


def test_curl(portal_url: str, tmp_path: Path, sums: list[tuple[int, int]]) -> None:
    if not shutil.which("curl"):
        pytest.skip("needs curl")
    said = _run(["sh", "-ec", _example("sh", portal_url)], tmp_path)
    assert re.findall(r'"year": (\d+), "received": (\d+)', said) == [(str(year), str(total)) for year, total in sums]
    assert said.count('"item": "received"') == 5 and '"sha256"' in said
    whole = httpx.get(f"{portal_url}/tables/applications.csv?_bom=off").content
    assert (tmp_path / "applications.csv").read_bytes() == whole
    (tmp_path / "applications.csv").write_bytes(whole[:5000])  # as if it had broken off
    _run(["sh", "-ec", _example("sh", portal_url)], tmp_path)
    assert (tmp_path / "applications.csv").read_bytes() == whole


def test_pandas(portal_url: str, tmp_path: Path, sums: list[tuple[int, int]]) -> None:
    pytest.importorskip("pandas")
    assert _read(_run([sys.executable, "-c", _example("python", portal_url)], tmp_path)) == sums


def test_r(portal_url: str, tmp_path: Path, sums: list[tuple[int, int]]) -> None:
    if not shutil.which("Rscript"):
        pytest.skip("needs R")
    (tmp_path / "example.R").write_text(_example("r", portal_url), encoding="utf-8")
    assert _read(_run(["Rscript", "--vanilla", "example.R"], tmp_path)) == sums


def test_duckdb(portal_url: str, tmp_path: Path, sums: list[tuple[int, int]]) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / "applications.csv").write_bytes(httpx.get(f"{portal_url}/tables/applications.csv?_bom=off").content)
    ask = "import duckdb, sys; print(*(f'{year},{total}' for year, total in duckdb.sql(sys.argv[1]).fetchall()), sep='\\n')"
    assert _read(_run([sys.executable, "-c", ask, _example("sql", portal_url)], tmp_path)) == sums
