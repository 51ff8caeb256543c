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
    dated = "update findings set first_seen = ? where id = ? and first_seen is null"
    db.executemany(dated, ((day, id) for id, day in (known or {}).items()))
    db.execute(
        "update findings set first_seen = coalesce((select min(retrieved_on) from source_texts where source_texts.report_id = findings.report_id"
        " and :retrieved), :built) where first_seen is null",
        {"built": built[:10], "retrieved": known is None},
    )


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
