"""What many pages ask alike is asked of a new build before it is served, so that its first readers do not wait for it."""

from __future__ import annotations

import sqlite3

from portal.pages import catalogue, coverage, findings, hits, queries, regions, years


def warm(db: sqlite3.Connection) -> None:
    """Ask what the front page, the lists and the pages of many reports (years, checks, provinces) ask when nothing is chosen; what takes
    long is remembered (portal.pages.remembered)."""
    rows = queries.rows_of(db)
    queries.home(rows)
    catalogue.regions(rows)
    for listed in (catalogue.agencies, catalogue.reports, coverage.coverage, findings.page):
        listed(rows, {})
    for year in queries.years(rows):
        years.year(rows, year["year"])
    for check in queries.checks(rows)["checks"]:
        queries.check(rows, check["code"])
    for province in rows("select code from regions where code like '__0000'", {}):
        regions.region(rows, province["code"])
    hits.listed(rows)
