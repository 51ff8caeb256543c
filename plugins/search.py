"""Datasette's own search boxes (`?_search=`) find Chinese words: their query is written as portal.search indexes."""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

from portal.pages.search import match_query


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # last, or Datasette's own escape_fts takes its place
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("escape_fts", 1, match_query, deterministic=True)
