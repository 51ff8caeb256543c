"""What many pages ask alike is asked of a new build before it is served, so that its first readers do not wait for it."""

from __future__ import annotations

import sqlite3

from portal.pages import catalogue, coverage, findings, queries, totals


def warm(db: sqlite3.Connection) -> None:
    """Ask what the front page and the lists ask when nothing is chosen; what takes long is remembered (portal.pages.remembered)."""
    rows = queries.rows_of(db)
    queries.home(rows)
    queries.checks(rows)
    catalogue.regions(rows)
    for listed in (catalogue.agencies, catalogue.reports, coverage.coverage, findings.page):
        listed(rows, {})
    for year in queries.years(rows):
        queries.year(rows, year["year"])
        totals.totals(rows, "reports.year = :year", {"year": year["year"]})
