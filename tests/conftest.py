"""What the site's tests share: a built database and a Datasette that serves it over HTTP from a copy of this folder."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from portal.build.cell_counts import count_cells
from portal.pages import search
from tests.support import chromium, site_rows
from tests.support.paths import ROOT
from tests.support.server import serving
from tests.support.small_release import add_release

SITE = {"portal_database", "portal_url", "browser"}  # what takes seconds to start


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where the tests are spread over processes, those that need the site or the browser stay in one, which starts each once."""
    for item in items:
        if SITE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("site"))


@pytest.fixture(scope="session")
def portal_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the embedded collection, as build.py makes it, and the made-up reports of site_rows."""
    path = tmp_path_factory.mktemp("site") / "portal.db"
    if (ROOT / "build.py").exists():
        build = [sys.executable, "build.py", "data/reports", "--db", str(path)]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(path)
    if not db.execute("select count(*) from sqlite_master").fetchone()[0]:
        db.executescript((ROOT / "portal/build/schema.sql").read_text(encoding="utf-8"))
    with db:
        site_rows.add_reports(db)
        db.execute("delete from cell_counts")
        count_cells(db, None, 1)
    search.index(db)
    db.commit()
    db.close()
    return path


@pytest.fixture(scope="session")
def portal_url(portal_database: Path) -> Iterator[str]:
    """The address of a Datasette process that serves this folder with that database, as `datasette .` does."""
    folder = portal_database.parent
    add_release(folder)
    with serving(folder) as server:
        yield server.address


@pytest.fixture(scope="session")
def site(portal_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=portal_url, timeout=20) as client:
        yield client


@pytest.fixture
def database(portal_database: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(portal_database)
    db.row_factory = sqlite3.Row
    yield db
    db.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, the one installed on this machine."""
    if not chromium.program():
        pytest.skip("no Chromium on this machine: tests/install-programs.sh installs it")
    with chromium.chromium() as running:
        yield running
