"""How long pages take over 20,000 made-up reports, answered by a real Datasette process as `datasette .` starts it."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.generator import portal
from bench.measure import medians, table
from portal.build.cell_counts import count_cells
from portal.build.mark import write_mark
from portal.checks.run import run_checks
from portal.pages import search
from portal.pages.leads import write_leads

ROOT = Path(__file__).resolve().parent.parent
SERVED = ("metadata.yml", "settings.json", "plugins", "templates", "static", "portal", "data", "docs", "parsers")
REPORTS, ROUNDS = 20_000, 5
AGENCY = "900003-ju7"
PATHS = (
    "/",
    "/findings",
    "/findings?check=applications_row_total",
    "/findings?verdict=report&year=2022",
    "/findings?region=900000&level=county",
    "/findings?page=20&sort=check",
    "/findings.json",
    "/findings.csv",
    "/findings.atom",
    "/checks",
    "/checks/total_not_published",
    f"/reports/{AGENCY}-2022",
    f"/reports/{AGENCY}-2022.json",
    f"/agencies/{AGENCY}",
    "/years/2022",
    "/years/2022?sort=-received",
    "/reports",
    "/reports?page=400",
    "/reports?sort=-findings",
    "/reports?sort=agency&page=200",
    "/reports.csv",
    "/agencies",
    "/agencies?sort=-reports",
    "/agencies.csv",
    f"/compare?agency={AGENCY}&agency=900004-ju7",
    "/search?q=办事指南",
    "/portal/findings",
    "/portal/applications?_facet=year&item=received",
    f"/portal/cells?report_id={AGENCY}-2022",
)


def run() -> None:
    """A line for each address: the median of the seconds it takes, and the size of the answer."""
    with TemporaryDirectory() as folder:
        reports_and_findings(Path(folder) / "portal.db")
        with served(Path(folder)) as site:
            taken = medians({path: partial(site.get, path) for path in PATHS}, ROUNDS)
            sizes = {path: len(site.get(path).raise_for_status().content) for path in PATHS}
    print(f"{REPORTS:,} reports; median seconds of {ROUNDS} answers")
    table(["address", "seconds", "kilobytes"], [[path, f"{seconds:.3f}", f"{sizes[path] / 1000:,.0f}"] for path, seconds in taken.items()])


def reports_and_findings(path: Path, reports: int = REPORTS) -> None:
    """A database as build.py leaves it: checked and indexed for the search."""
    db: sqlite3.Connection = portal(str(path), reports)
    run_checks(db)
    write_leads(db)
    search.index(db)
    count_cells(db, None, 1)
    now = ("2025-01-01T00:00:00+00:00", "bench", "[]", "bench", reports, reports, 0, 0)
    columns = "built_at, version, inputs, release, documents, read, partial, refused"
    db.execute(f"insert into builds ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?)", now)  # noqa: S608
    db.execute("analyze")
    write_mark(db)
    db.commit()
    db.close()


@contextmanager
def served(folder: Path, processes: int = 1, plain: dict[str, str] | None = None) -> Iterator[httpx.Client]:
    """A client of a server of the folder's portal.db: this repository's portal, in so many processes; or a plain Datasette that has
    nothing of it but these settings."""
    for name in SERVED:
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    datasette = Path(sys.executable).with_name("datasette")
    if plain is not None:
        command = [datasette, "--immutable", "portal.db", *(part for setting in plain.items() for part in ("--setting", *setting))]
    elif processes == 1:
        command = [datasette, "."]
    else:
        command = [sys.executable, "-m", "portal.serve.many", ".", "--processes", str(processes)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, "--port", str(port)], cwd=folder, **quiet)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as site:
            _wait(site, server)
            yield site
    finally:
        server.terminate() if plain is None else server.kill()  # a plain Datasette goes on for as long as it was asked
        server.wait(10)


def _wait(site: httpx.Client, server: subprocess.Popen[bytes]) -> None:
    while True:
        try:
            site.get("/-/versions.json")
            return
        except httpx.TransportError:
            if server.poll() is not None:
                raise
            time.sleep(0.1)
