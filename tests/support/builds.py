"""Builds that tell themselves apart in every answer."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

from portal.build.mark import mark


def numbered(of: Path, to: Path, number: int) -> None:
    """A whole database whose release and agencies all carry the number."""
    shutil.copy(of, to)
    with sqlite3.connect(to) as db:
        db.execute("update builds set release = ?", [f"build-{number}-"])
        db.execute("update agencies set name = ?", [f"build-{number}-"])
        db.execute(f"pragma user_version = {mark()}")


def numbers(text: str) -> set[int]:
    """Of which builds an answer is."""
    return {int(number) for number in re.findall(r"build-(\d+)-", text)}
