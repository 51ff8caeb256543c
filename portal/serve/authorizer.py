"""What SQLite is asked before it does anything: reading is allowed, and nothing else."""

from __future__ import annotations

import sqlite3
from typing import Any

# What may be done: read, call functions, count upwards. Pragmas that tell of the schema are read by Datasette and by pragma_…().
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
# data_version is what FTS5 asks itself.
PRAGMAS = {"table_info", "table_xinfo", "table_list", "foreign_key_list", "index_list", "index_info", "index_xinfo", "data_version"}
DATASETTES = PRAGMAS | {"schema_version", "user_version", "database_list"}
# Functions that tell of the process or its memory, or write.
CLOSED = {"load_extension", "fts3_tokenizer", "sqlite_log", "sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_source_id"}
# Tables of SQLite's own that tell what others ask, or how the file is laid out.
INNER = {"sqlite_stmt", "dbstat", "bytecode", "tables_used"}


def reading_alone(pragmas: set[str]) -> Any:
    """An authorizer (sqlite3.Connection.set_authorizer) that lets a statement read and use these pragmas, and nothing else."""

    def allowed(action: int, first: str | None, second: str | None, database: str | None, within: str | None) -> int:
        if action == sqlite3.SQLITE_FUNCTION:
            return sqlite3.SQLITE_DENY if (second or "").lower() in CLOSED else sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA:
            told = (first or "").lower() in pragmas
            return sqlite3.SQLITE_OK if told else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_READ and (first or "").lower() in INNER:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
            return sqlite3.SQLITE_OK  # asked when a virtual table is opened; SQLite itself refuses it to a statement
        return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY

    return allowed
