"""metadata.yml says of every table, view and column what it is, in Chinese and English, and names only what there is."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.build.write import create
from tests.support.paths import ROOT

PORTAL: dict[str, Any] = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))["databases"]["portal"]
TABLES = PORTAL["tables"]


def schema() -> dict[str, list[str]]:
    db = create(":memory:")
    names = [name for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')")]
    return {name: [row[0] for row in db.execute("select name from pragma_table_info(?)", (name,))] for name in names}


def bilingual(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text) and re.search("[A-Za-z]{2}", text))


def test_every_table_and_view_is_described_and_no_other() -> None:
    assert set(TABLES) == set(schema())


def test_the_readme_names_every_table() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    holds = readme[readme.index("## What the database holds") : readme.index("## Where a change goes")]
    assert set(schema()) <= set(re.findall(r"`(\w+)`", holds))


@pytest.mark.parametrize("table", sorted(schema()))
def test_every_column_is_described_in_both_languages(table: str) -> None:
    assert set(TABLES[table]["columns"]) == set(schema()[table])
    texts = {**TABLES[table]["columns"], "(title)": TABLES[table]["title"], "(description)": TABLES[table]["description"]}
    assert [name for name, text in texts.items() if not bilingual(text)] == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_facets_labels_and_order_name_columns(table: str) -> None:
    about = TABLES[table]
    named = [*about.get("facets", []), *(about[key] for key in ("label_column", "sort", "sort_desc") if key in about)]
    assert set(named) <= set(schema()[table])


def test_readers_can_narrow_by_agency_year_region_and_item() -> None:
    assert {"agency", "year", "region"} <= set(TABLES["reports"]["facets"])
    for table in ("applications", "proactive_disclosure"):
        assert {"agency", "year", "item"} <= set(TABLES[table]["facets"])


@pytest.mark.parametrize("query", sorted(PORTAL["queries"]))
def test_canned_queries_run(query: str, portal_database: Path) -> None:
    about = PORTAL["queries"][query]
    assert bilingual(about["title"])
    assert bilingual(about["description"])
    with sqlite3.connect(portal_database) as db:
        assert db.execute(about["sql"], {"agency": "990100-yangli"}).fetchone() or query == "totals_not_published"
