"""Requests a second and the 95th percentile of the seconds they wait, by wrk, over 20,000 made-up reports, beside a plain Datasette.

Every kind of page at first sight: addresses of other subjects in turn, none of which was asked before. The peers are Datasette's table
page of the same database, with its defaults and with `suggest_facets off`, in the same run on the same machine.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from bench.generator import PLACES, THINGS, YEARS
from bench.measure import table
from bench.pages import reports_and_findings, served

SCRIPT = Path(__file__).with_suffix(".lua")
CONNECTIONS = (4, 16)
SECONDS = 3  # of each measurement
TABLE = "/portal/applications"
LIMIT = 150  # milliseconds at the 95th percentile
Measured = tuple[float, float, int]  # requests a second, milliseconds at the 95th percentile, answers that are none


def run() -> None:
    """A table for one process and one for as many as there are processors; says where a page is slower than it should be."""
    if not shutil.which("wrk"):
        print("needs wrk: apt-get install wrk")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        reports_and_findings(folder / "portal.db")
        measure(folder)


def measure(folder: Path) -> None:
    """The tables of a folder whose portal.db holds the made-up reports."""
    kinds = addresses(sqlite3.connect(f"{(folder / 'portal.db').as_uri()}?mode=ro", uri=True))
    peers = {
        f"Datasette, {said}": _peer(folder, more) for said, more in (("defaults", {}), ("suggest_facets off", {"suggest_facets": "off"}))
    }
    beside = peers["Datasette, suggest_facets off"]
    for processes in sorted({1, os.cpu_count() or 1}):
        with served(folder, processes) as site:
            while site.get("/tables.json").json()["archive"]["bytes"] is None:  # the whole tables are being written beside it
                time.sleep(1)
            port = site.base_url.port or 80
            found = {kind: [_wrk(folder, port, paths, connections) for connections in CONNECTIONS] for kind, paths in kinds.items()}
            again = [_wrk(folder, port, kinds["a report"][:1], connections, "repeated") for connections in CONNECTIONS]
        print(f"\n{processes} process{'es' if processes > 1 else ''}; ratio: to the table page of a Datasette with suggest_facets off")
        columns = [f"{what}, {connections}" for connections in CONNECTIONS for what in ("requests/s", "95 % ms", "ratio")]
        lines = {**peers, **found, "a report, repeated": again}
        table(["page, connections", *columns, "errors"], [[kind, *_line(measured, beside)] for kind, measured in lines.items()])
        slow = [kind for kind, measured in found.items() if any(ms > LIMIT for _, ms, _ in measured)]
        print(f"over {LIMIT} ms: {', '.join(slow) or 'none'}")


def addresses(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Every kind of page with addresses of it."""

    def each(pattern: str, sql: str) -> list[str]:
        return [pattern.format(*map(str, row)) for row in db.execute(sql)]

    searched = [quote(f"{thing} {place}") for thing, place in product(THINGS, PLACES)]
    counties = [code for (code,) in db.execute("select code from regions order by random()")]
    return {
        "the front page": ["/"],
        "a report": each("/reports/{}", "select id from reports order by random() limit 4000"),
        "a report, JSON": each("/reports/{}.json", "select id from reports order by random() limit 4000"),
        "an agency": each("/agencies/{}", "select code from agencies order by random()"),
        "a year": [f"/years/{year}?page={page}" for year in YEARS for page in range(1, 20)],
        "a region": [f"/regions/{code}" for code in counties],
        "a check": each("/checks/{}", "select code from checks"),
        "checks": ["/checks"],
        "findings": [f"/findings?page={page}" for page in range(1, 60)],
        "findings, chosen": each("/findings?year={}&check={}", "select distinct year, check_code from findings order by random()"),
        "reports": [f"/reports?page={page}" for page in range(1, 400)],
        "agencies by name": [f"/agencies?q={quote(f'样例{number}县')}" for number in range(len(counties))],
        "coverage": [f"/coverage?region={code}" for code in counties],
        "compare": each(
            "/compare?agency={}&agency={}", "select a.code, b.code from agencies a join agencies b on a.parent = b.parent limit 2000"
        ),
        "a search": [f"/search?q={words}" for words in searched],
        "a search, names": [f"/search?q={quote(f'样例{county}县第{number}局')}" for county in range(len(counties)) for number in (1, 2, 3)],
        "the interface": ["/api"],
        "cells of a report": each("/portal/cells?report_id={}", "select id from reports order by random() limit 4000"),
        "a table": [TABLE],
    }


def _peer(folder: Path, settings: dict[str, str]) -> list[Measured]:
    """A plain Datasette's table page, which remembers nothing."""
    with served(folder, plain=settings) as site:
        return [_wrk(folder, site.base_url.port or 80, [TABLE], connections) for connections in CONNECTIONS]


def _wrk(folder: Path, port: int, paths: list[str], connections: int, how: str = "first") -> Measured:
    (folder / "addresses").write_text("\n".join(paths) + "\n", encoding="utf-8")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout=60s", f"--script={SCRIPT}", f"http://127.0.0.1:{port}"]
    said = subprocess.run([*command, "--", str(folder / "addresses"), how], capture_output=True, text=True, check=True).stdout
    rate, ms, wrong = next(line.split()[1:] for line in said.splitlines() if line.startswith("measured"))
    return float(rate), float(ms), int(wrong)


def _line(measured: list[Measured], beside: list[Measured]) -> list[str]:
    cells = [
        (f"{rate:,.0f}", f"{ms:,.0f}", f"{rate / peer:.1f}" if peer else "–")
        for (rate, ms, _), (peer, _, _) in zip(measured, beside, strict=True)
    ]
    return [text for cell in cells for text in cell] + [str(sum(wrong for *_, wrong in measured))]
