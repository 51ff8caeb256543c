"""Since when a finding is known: it keeps its day from build to build, so that a feed tells what is new."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def date_findings(db: sqlite3.Connection, built: str, published: Path | None) -> None:
    """Fill `findings.first_seen`: the day it has in the published database, else the day of this build.

    Where nothing was published before, a finding is as old as the retrieval of its report, if that is stated. `built` is when the build is
    of, in ISO 8601.
    """
    known = _published(published) if published else None
    db.execute("create temp table known (id text primary key, day text not null)")
    db.executemany("insert into known values (?, ?)", (known or {}).items())
    # In one statement, so that the bytes do not depend on how much was known before.
    db.execute(
        "update findings set first_seen = coalesce((select day from known where known.id = findings.id),"
        " (select min(retrieved_on) from source_texts where source_texts.report_id = findings.report_id and :retrieved), :built)"
        " where first_seen is null",
        {"built": built[:10], "retrieved": known is None},
    )
    db.execute("drop table known")


def _published(path: Path) -> dict[str, str] | None:
    """The findings of a published database and their days; None of a file that is none of ours, or older than these days."""
    if not path.is_file():
        return None
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return dict(db.execute("select id, first_seen from findings where first_seen is not null"))
    except sqlite3.DatabaseError:
        return None
    finally:
        db.close()
