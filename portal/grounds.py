"""What the checks read beside the reports: deadlines from data, the years a text names, the sentences reports share."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import yaml

from parsers.years import opening_year, stated_period
from portal.passages import write_shared_passages

DEADLINES = Path(__file__).resolve().parent.parent / "data" / "deadlines.yml"


def lay_grounds(db: sqlite3.Connection) -> None:
    """Fill deadlines, stated_years, narratives and shared_passages anew."""
    write_deadlines(db)
    write_stated_years(db)
    write_shared_passages(db)


def write_deadlines(db: sqlite3.Connection) -> None:
    """A row for each kind and level of data/deadlines.yml."""
    db.execute("delete from deadlines")
    for entry in yaml.safe_load(DEADLINES.read_text(encoding="utf-8"))["deadlines"]:
        about = (entry.get("name_ends", ""), entry["month_day"], entry["basis"], entry["basis_en"])
        db.executemany("insert into deadlines values (?, ?, ?, ?, ?, ?)", [(entry["kind"], level, *about) for level in entry["levels"]])


def write_stated_years(db: sqlite3.Connection) -> None:
    """The period and the opening year of every report that was read and whose year is known."""
    db.execute("delete from stated_years")
    sql = """
        select reports.id, reports.year, source_texts.text, overview.char_start, overview.char_end
          from reports
          join source_texts on source_texts.id = reports.source_id
          left join overview on overview.report_id = reports.id
         where reports.status <> 'refused' and reports.year is not null
    """
    rows: list[tuple[object, ...]] = []
    for report_id, year, text, start, end in db.execute(sql):
        if period := stated_period(text):
            rows.append((report_id, "period", period.begins, period.ends, None, 1, period.start, period.end))
        opening = opening_year(text, (start, end), year) if start is not None else None
        if opening:
            rows.append((report_id, "opening", None, None, opening.year, int(opening.sole), opening.start, opening.end))
    db.executemany("insert into stated_years values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
