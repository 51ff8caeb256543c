"""Datasette's own search boxes (`?_search=`) find Chinese words: their query is written as portal.search indexes."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from datasette import hookimpl

sys.path.append(str(Path(__file__).resolve().parents[1]))  # as in pages.py

from portal.search import match_query


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # last, or Datasette's own escape_fts takes its place
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("escape_fts", 1, match_query, deterministic=True)
