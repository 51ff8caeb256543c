"""What the checks read beside the reports: deadlines from data, sums worked out once, cells that tables lack."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from portal.data import DATA, load

DEADLINES = DATA / "deadlines.yml"
TABLES = ("proactive_disclosure", "applications", "review_litigation")
WORKED_OUT = ("sums", "table_rows")  # views that several checks read: each is worked out once, into a table of its name
Place = tuple[str, str]  # item, measure
Name = tuple[str, str]  # Chinese and English


def lay_inputs(db: sqlite3.Connection) -> None:
    """Fill deadlines and lacking_cells anew, and work out the views that several checks read."""
    write_deadlines(db)
    for view in WORKED_OUT:
        db.execute(f"drop table if exists temp.{view}")
        db.execute(f"create temp table {view} as select * from main.{view}")  # noqa: S608, names of our own schema
    write_lacking_cells(db)


def write_deadlines(db: sqlite3.Connection) -> None:
    """A row for each kind and level of data/deadlines.yml."""
    db.execute("delete from deadlines")
    for entry in load(DEADLINES)["deadlines"]:
        about = (entry.get("name_ends", ""), entry["month_day"], entry["basis"], entry["basis_en"])
        db.executemany("insert into deadlines values (?, ?, ?, ?, ?, ?)", [(entry["kind"], level, *about) for level in entry["levels"]])


def write_lacking_cells(db: sqlite3.Connection) -> None:
    """A row for each cell of its edition that a report's table lacks, named by its row or column where all of that is missing."""
    db.execute("delete from lacking_cells")
    form: dict[tuple[str, str], list[Place]] = {}
    for edition, section, item, measure in db.execute("select edition, section, item, measure from form_cells"):
        form.setdefault((edition, section), []).append((item, measure))
    names = {("item", code): (name, name_en) for code, name, name_en in db.execute("select code, name, name_en from items")}
    names |= {("measure", code): (name, name_en) for code, name, name_en in db.execute("select code, name, name_en from measures")}
    reports = [id_ for (id_,) in db.execute("select id from statutory_reports")]
    for section in TABLES:
        found = {report_id: (edition, cells) for report_id, edition, cells in _sizes(db, section)}
        for report_id in reports:
            edition, cells = found.get(report_id, (None, 0))
            wanted = form.get((edition or "", section), [])
            if wanted and cells == len(wanted):
                continue
            sql = "select item, measure from figures where report_id = ? and section = ?"
            there = set(db.execute(sql, (report_id, section))) if wanted else set()
            lacking = _named(wanted, there, names) if wanted else [(None, None, None, None)]
            rows = [(report_id, edition, section, *cell) for cell in lacking]
            db.executemany("insert into lacking_cells values (?, ?, ?, ?, ?, ?, ?)", rows)


def _sizes(db: sqlite3.Connection, section: str) -> Iterator[tuple[str, str | None, int]]:
    """Of each report with this table: its edition and how many cells it has. Rows of two editions tell none."""
    rows = "select report_id, edition, present from table_rows where section = :section"
    if section == "proactive_disclosure":
        rows = "select report_id, edition, 1 as present from proactive_disclosure"
    of_one = "iif(min(coalesce(edition, '')) = max(coalesce(edition, '')), max(edition), null)"
    return iter(db.execute(f"select report_id, {of_one}, sum(present) from ({rows}) group by report_id", {"section": section}))  # noqa: S608


def _named(wanted: list[Place], there: set[Place], names: dict[tuple[str, str], Name]) -> Iterator[tuple[str, str, str, str]]:
    """The cells that are not there: item, measure and what they are called, in Chinese and in English."""
    rows, columns = {item for item, _ in there}, {measure for _, measure in there}
    for item, measure in wanted:
        if (item, measure) in there:
            continue
        (row, row_en), (column, column_en) = names["item", item], names["measure", measure]
        if item not in rows:
            yield item, measure, f"“{row}”一行", f"the row {row_en}"
        elif measure not in columns:
            yield item, measure, f"“{column}”一列", f"the column {column_en}"
        else:
            yield item, measure, f"“{row}”的“{column}”一格", f"the cell {row_en}, {column_en}"
