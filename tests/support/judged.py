"""Databases whose reports have been judged, and what was found in them."""

from __future__ import annotations

import sqlite3
from typing import Any

from portal.checks.catalogue import load_checks
from portal.checks.run import run_checks
from tests.support.examples import new_database, write

# The checks of figures and headings; those of sentences have sentences of their own (tests/sentences.yml).
CODES = [check.code for check in load_checks() if check.category not in ("text", "text_tables")]
BEFORE, NOW = "sample-2019", "sample-2020"  # two reports of one agency, of which the later is the one asked about


def judged(tables: dict[str, list[dict[str, Any]]]) -> sqlite3.Connection:
    db = new_database()
    write(db, tables)
    run_checks(db)
    return db


def found(db: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """(report, check, group) of every finding."""
    ids = [row[0] for row in db.execute("select id from findings")]
    return {(id_[:11], *id_[12:].split("-", 1)) for id_ in ids}  # type: ignore[misc]


def outcome(db: sqlite3.Connection, code: str, report_id: str = NOW) -> str:
    sql = "select outcome from check_results where report_id = ? and check_code = ?"
    return str(db.execute(sql, (report_id, code)).fetchone()[0])


def verdicts(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("select verdict from findings")}
