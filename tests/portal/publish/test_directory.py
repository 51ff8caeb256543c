"""The directory that `datasette publish directory` writes starts by its own Procfile line, from its own lock, and answers as the portal."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from portal.build.inspect_data import digest
from tests.support.pages import DATASETTES, OWN
from tests.support.paths import ROOT

DATASETTE = Path(sys.executable).with_name("datasette")


def publish(database: Path, out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DATASETTE, "publish", "directory", database, out], cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="module")
def directory(portal_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "portal"
    done = publish(portal_database, out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def started(directory: Path) -> Iterator[httpx.Client]:
    """The directory as a host runs it: a fresh environment from its lock, started by the line of its Procfile."""
    subprocess.run([sys.executable, "-m", "venv", directory / ".venv"], check=True)
    install = [directory / ".venv/bin/pip", "install", "-q", "--require-hashes", "-r", "requirements.txt"]
    installed = subprocess.run(install, cwd=directory, capture_output=True, text=True)
    if installed.returncode and "hash" not in installed.stderr.lower():
        pytest.skip(f"the packages could not be fetched here: {installed.stderr[-200:]}")
    assert installed.returncode == 0, installed.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = (directory / "Procfile").read_text(encoding="utf-8").removeprefix("web: ").strip()
    environment = {"PATH": f"{directory / '.venv/bin'}:{os.environ['PATH']}", "PORT": str(port), "HOME": str(directory)}
    server = subprocess.Popen(
        ["sh", "-c", f"exec {line}"], cwd=directory, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            for _ in range(200):
                try:
                    client.get("/-/versions.json")
                    break
                except httpx.TransportError:
                    assert server.poll() is None, server.stderr.read() if server.stderr else ""
                    time.sleep(0.1)
            yield client
    finally:
        server.terminate()
        server.wait(10)


def test_it_answers_all_that_the_portal_answers(started: httpx.Client, site: httpx.Client) -> None:
    for address in [*OWN, *DATASETTES, "/findings.csv", "/portal/reports.csv", "/static/portal.css"]:
        answer = started.get(address)
        assert answer.status_code == site.get(address).status_code == 200, address
    sent = started.post("/draft.json", data={"text": "样例"})
    assert sent.status_code == 422 and sent.json()["refused"]  # its reader starts, too


def test_it_opens_its_database_immutable_and_counts_nothing(started: httpx.Client, directory: Path) -> None:
    (opened,) = started.get("/-/databases.json").json()
    assert opened["is_mutable"] is False and opened["hash"] == digest(directory / "portal.db")
    counts = json.loads((directory / "inspect-data.json").read_text(encoding="utf-8"))["portal"]["tables"]
    with sqlite3.connect(directory / "portal.db") as db:
        assert all(db.execute(f'select count(*) from "{name}"').fetchone()[0] == said["count"] for name, said in counts.items())  # noqa: S608


def test_it_has_a_start_for_each_host_and_nothing_of_ours_alone(directory: Path) -> None:
    names = {path.name for path in directory.iterdir()}
    assert {
        "Dockerfile",
        ".dockerignore",
        "Procfile",
        "fly.toml",
        "README.md",
        "requirements.txt",
        ".python-version",
        "settings.json",
    } <= names
    assert not names & {"tests", "bench", "pyproject.toml", ".git"} and not (directory / "data" / "reports").exists()
    lock = (directory / "requirements.txt").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock and not any(f"\n{name}==" in lock for name in ("pytest", "playwright", "ruff"))
    dockerfile = (directory / "Dockerfile").read_text(encoding="utf-8")
    assert "USER 10001" in dockerfile and "HEALTHCHECK" in dockerfile and "--require-hashes" in dockerfile


def test_the_dockerfile_is_sound_to_a_linter(directory: Path) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint is not installed: it has no package for this machine")
    done = subprocess.run([linter, "--no-color", directory / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_a_folder_with_something_in_it_is_left_alone(portal_database: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    done = publish(portal_database, tmp_path)
    assert done.returncode and "mine" in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_half_a_database_is_not_published(portal_database: Path, tmp_path: Path) -> None:
    half = tmp_path / "portal.db"
    shutil.copy(portal_database, half)
    with sqlite3.connect(half) as db:
        db.execute("pragma user_version = 0")
    done = publish(half, tmp_path / "out")
    assert done.returncode and "portal.db" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_inspect_data_of_another_build_is_not_believed(directory: Path, tmp_path: Path) -> None:
    served = tmp_path / "portal"
    shutil.copytree(directory, served, ignore=shutil.ignore_patterns(".venv"))
    with sqlite3.connect(served / "portal.db") as db:
        db.execute("insert into regions (code, name) values ('990000', '样例省')")
        wanted = db.execute("select count(*) from regions").fetchone()[0]
    asked = [sys.executable, "-m", "datasette", ".", "--get", "/portal.json?sql=select+1"]
    assert subprocess.run(asked, cwd=served, capture_output=True).returncode == 0
    listed = subprocess.run([*asked[:-1], "/portal/regions.json"], cwd=served, capture_output=True, text=True)
    assert json.loads(listed.stdout)["filtered_table_rows_count"] == wanted


def test_a_build_says_what_is_in_it(tmp_path: Path) -> None:
    build = [sys.executable, "build.py", "tests/samples", "--db", str(tmp_path / "portal.db")]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    said = json.loads((tmp_path / "inspect-data.json").read_text(encoding="utf-8"))["portal"]
    assert said["hash"] == digest(tmp_path / "portal.db") and said["tables"]["reports"]["count"] > 0
