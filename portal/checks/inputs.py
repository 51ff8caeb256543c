"""What the checks read beside the reports: deadlines from data, the sentences reports share."""

from __future__ import annotations

import sqlite3

import yaml

from portal.checks.passages import write_shared_passages
from portal.data import DATA

DEADLINES = DATA / "deadlines.yml"


def lay_inputs(db: sqlite3.Connection) -> None:
    """Fill deadlines, narratives and shared_passages anew."""
    write_deadlines(db)
    write_shared_passages(db)


def write_deadlines(db: sqlite3.Connection) -> None:
    """A row for each kind and level of data/deadlines.yml."""
    db.execute("delete from deadlines")
    for entry in yaml.safe_load(DEADLINES.read_text(encoding="utf-8"))["deadlines"]:
        about = (entry.get("name_ends", ""), entry["month_day"], entry["basis"], entry["basis_en"])
        db.executemany("insert into deadlines values (?, ?, ?, ?, ?, ?)", [(entry["kind"], level, *about) for level in entry["levels"]])
