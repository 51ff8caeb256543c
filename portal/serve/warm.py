"""What many pages ask alike is asked of a new build before it is served, so that its first readers do not wait for it."""

from __future__ import annotations

import sqlite3

from portal.pages import catalogue, coverage, findings, found, queries, years


def warm(db: sqlite3.Connection) -> None:
    """Ask what the front page and the lists ask when nothing is chosen; what takes long is remembered (portal.pages.remembered)."""
    rows = queries.rows_of(db)
    queries.home(rows)
    catalogue.regions(rows)
    for listed in (catalogue.agencies, catalogue.reports, coverage.coverage, findings.page):
        listed(rows, {})
    for year in queries.years(rows):
        years.year(rows, year["year"])
    for check in queries.checks(rows)["checks"]:
        queries.check(rows, check["code"])
    found.listed(rows)
