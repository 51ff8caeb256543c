"""What is counted of `cells` is the same from the counts of the build as from the cells."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from portal.serve.counted import ALIKE, of_counts

FILTERS = {  # as Datasette is asked, and in SQL
    "": "true",
    "section=applications": "section = 'applications'",
    "section=applications&item=received&measure__not=total": "section = 'applications' and item = 'received' and measure <> 'total'",
    "status__in=blank,unreadable": "status in ('blank', 'unreadable')",
    "layout__contains=a&placed_by__notnull=1": "layout like '%a%' and placed_by is not null",
    "layout__isnull=1": "layout is null",
    "item=none": "false",
    "year=2022&status=stated": "year = 2022 and status = 'stated'",
    "year__gt=2020": "year > 2020",
    "value__gt=3": "value > 3",  # from here on by what the build has not counted
    "printed=0": "printed = '0'",
    "section=applications&value__isnull=1": "section = 'applications' and value is null",
}


@pytest.mark.parametrize(("chosen", "where"), FILTERS.items())
def test_facets_and_totals_of_cells_are_those_of_the_cells(site: httpx.Client, portal_database: Path, chosen: str, where: str) -> None:
    asked = urlencode([*(("_facet", column) for column in sorted(ALIKE)), ("_size", "1"), ("_facet_size", "max")])
    answer = site.get(f"/portal/cells.json?{chosen}&{asked}").raise_for_status().json()
    db = sqlite3.connect(portal_database)
    assert answer["filtered_table_rows_count"] == db.execute(f"select count(*) from cells where {where}").fetchone()[0]  # noqa: S608 filters of ours
    for column in ALIKE:
        counted = f"select {column}, count(*) from cells where {where} and {column} is not null group by 1"  # noqa: S608 filters of ours
        assert {row["value"]: row["count"] for row in answer["facet_results"][column]["results"]} == dict(db.execute(counted))


def test_only_what_the_build_has_counted_is_asked_of_its_counts() -> None:
    facet = 'select {} as value, count(*) as count from (\n select report_id, status from cells {}\n)\nwhere {} is not null\ngroup by {} order by count desc, value limit 21'  # fmt: skip
    assert "cell_counts" in str(of_counts(facet.format("status", 'where "section" = :p0', *["status"] * 2)))
    for column, where in (("report_id", ""), ("status", 'where "report_id" = :p0'), ("status", "where exists (select 1)")):
        assert of_counts(facet.format(column, where, column, column)) is None
    assert of_counts('select count(*) from cells where "section" = :p0 and "printed" = :p1') is None
    assert of_counts("select count(*) from findings ") is None
