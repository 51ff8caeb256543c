"""inspect-data.json beside a published database: with it `datasette .` opens the database immutable and counts nothing.

It says of which bytes it speaks (their SHA-256 and number), so that a portal that finds other bytes does without it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

NAME = "inspect-data.json"


def write_inspect_data(database: Path, served: Path | None = None) -> Path:
    """Write, in the shape of `datasette inspect`, what a database holds; return the file's path.

    Of one that is to be renamed to `served` it is written before the rename, so that whoever takes it up finds it. The old file is replaced whole.
    """
    served = served or database
    with sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True) as db:
        counts = {
            kind: {
                name: {"count": db.execute(f'select count(*) from "{name}"').fetchone()[0]}  # noqa: S608  # names of its own
                for (name,) in db.execute("select name from sqlite_master where type = ? order by name", [kind]).fetchall()
            }
            for kind in ("table", "view")
        }
    found = {
        "hash": digest(database),
        "size": database.stat().st_size,
        "file": served.name,
        "tables": counts["table"],
        "views": counts["view"],  # ours: Datasette would take them for tables
    }
    file = served.with_name(NAME)
    new = file.with_name(f"{NAME}.{os.getpid()}.building")
    new.write_text(json.dumps({served.stem: found}, indent=1), encoding="utf-8")
    new.replace(file)
    return file


def digest(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def speaks_of(found: dict[str, Any], database: Path) -> bool:
    """Whether what an inspect-data.json says of a database is said of this very file; its size tells, and then its bytes."""
    return found.get("size") == database.stat().st_size and found.get("hash") == digest(database)
