"""The static site of 2,000 made-up reports: how fast it is written, and what its reader waits for and fetches."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from bench.measure import table
from bench.pages import AGENCY, reports_and_findings
from portal.publish.static_site import write_site
from tests.support.chromium import chromium
from tests.support.hosts import WithRange, host

REPORTS = 2_000
ASKED = {
    "a search": "/search?q=办事指南",
    "a query": "/portal?sql=select agency, year, total from applications where item = 'received' order by total desc limit 20",
    "a table's page": "/portal/reports?year=2022",
}


def run() -> None:
    """Two tables: what writing takes, the first time and after one change; and seconds and bytes of what a reader asks."""
    with TemporaryDirectory() as folder:
        database, out = Path(folder) / "portal.db", Path(folder) / "site"
        reports_and_findings(database, REPORTS)
        rows = [_written("all", database, out)]
        with sqlite3.connect(database) as db:
            db.execute("update reports set title = '样例标题' where id = ?", (f"{AGENCY}-2022",))
        rows.append(_written("after one report changed", database, out))
        table(["static site", "files", "MB", "seconds", "files a second"], rows)
        print()
        with chromium() as browser, host(out, WithRange) as address:
            table(["asked", "status", "seconds", "kB of the database"], _asked(browser, address))
        print(f"kB to load once: {sum(path.stat().st_size for path in (out / 'app').rglob('*') if path.is_file()) / 1000:,.0f}")
        shutil.rmtree(out)


def _written(name: str, database: Path, out: Path) -> list[str]:
    began = time.perf_counter()
    print(write_site(database, out))
    taken = time.perf_counter() - began
    files = [path for path in out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    return [name, f"{len(files):,}", f"{size:,.1f}", f"{taken:.1f}", f"{len(files) / taken:,.0f}"]


def _asked(browser: Any, address: str) -> list[list[str]]:
    """Each question as the first of a visit, and again on the page that then stands there."""
    rows = []
    for name, asked in ASKED.items():
        page = browser.new_page()
        before = WithRange.sent
        began = time.perf_counter()
        page.goto(f"{address}/app/?at={quote(asked, safe='')}")
        page.wait_for_selector("body[data-shown]", timeout=120_000)
        rows.append(_row(f"{name}, cold", time.perf_counter() - began, page, before))
        before = WithRange.sent
        page.evaluate(_AGAIN, asked)
        page.wait_for_function("window.answered", timeout=120_000)
        rows.append(_row(f"{name}, warm", page.evaluate("answered.took") / 1000, page, before))
        page.close()
    return rows


_AGAIN = """asked => {
    window.answered = null;
    const link = document.createElement("a");
    link.href = "?at=" + encodeURIComponent(asked);
    document.body.append(link);
    link.click();
}"""


def _row(name: str, seconds: float, page: Any, before: int) -> list[str]:
    """`before`: how many bytes of the database had been sent until it was asked."""
    status = page.evaluate("answered.status")
    if status != 200:
        raise RuntimeError(f"{name}: HTTP {status}")
    return [name, str(status), f"{seconds:.1f}", f"{(WithRange.sent - before) / 1000:,.0f}"]
