"""The tables of the database as CSV, Parquet and a workbook. The same rows in the same order in each."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from portal.pages.dictionary import Table, quoted, table_of

SECTIONS = ("reports", "proactive_disclosure", "applications", "review_litigation", "statistics")  # of the workbook
VIEWS = ("cells",)  # a view that is given as a table: every cell of every form
BATCH = 20_000  # rows that are held at once
MOST_ROWS = 1_048_575  # of a sheet, beside its head
ARROW = {"integer": pa.int64(), "real": pa.float64(), "text": pa.string()}


def tables_of(db: sqlite3.Connection) -> list[Table]:
    """Every table but those of the search index, and the views that are given as tables."""
    names = [
        name
        for (name,) in db.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '%\\_fts%' escape '\\' order by name"
        )
    ]
    return [_table(db, name) for name in (*names, *VIEWS)]


def _table(db: sqlite3.Connection, name: str) -> Table:
    return table_of(db, name, _types_of_view(db, name) if name in VIEWS else {})


def _types_of_view(db: sqlite3.Connection, name: str) -> dict[str, str]:
    """A view's columns have no type of their own; their values have."""
    names = [row[0] for row in db.execute("select name from pragma_table_info(?)", (name,))]
    asked = ", ".join(f"max(typeof({quoted(column)})) filter (where {quoted(column)} is not null)" for column in names)
    found = db.execute(f'select {asked} from "{name}"').fetchone()  # noqa: S608  # names of the database itself
    return dict(zip(names, found, strict=True))


def years_of(db: sqlite3.Connection, table: Table) -> list[int]:
    """The years that a table has rows of; none if it has no year."""
    if "year" not in table.names:
        return []
    return [year for (year,) in db.execute(f'select distinct year from "{table.name}" where year is not null order by year')]  # noqa: S608


def _batches(db: sqlite3.Connection, table: Table, year: int | None) -> Iterator[list[tuple[Any, ...]]]:
    where = "" if year is None else " where year = ?"
    cursor = db.execute(table.select.format(where=where), () if year is None else (year,))
    while rows := cursor.fetchmany(BATCH):
        yield rows


def write_csv(db: sqlite3.Connection, table: Table, file: Path, year: int | None = None) -> int:
    """Write a table, or its rows of a year, as CSV (UTF-8, a line of names, empty where there is no value); return the number of rows."""
    file.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(table.names)
        for rows in _batches(db, table, year):
            writer.writerows([_plain(value) for value in row] for row in rows)
            count += len(rows)
    return count


def _plain(value: Any) -> Any:
    """A whole number is written as such: 2 and not 2.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def write_parquet(db: sqlite3.Connection, table: Table, file: Path, year: int | None = None) -> None:
    """Write the same rows as Parquet (zstd)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    schema = pa.schema([(column.name, ARROW.get(column.type, pa.string())) for column in table.columns])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _batches(db, table, year):
            values: Sequence[Sequence[Any]] = list(zip(*rows, strict=True))
            arrays = [pa.array(column, type=field.type) for column, field in zip(values, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def write_workbook(db: sqlite3.Connection, tables: Sequence[Table], file: Path, built: datetime) -> list[str]:
    """Write the section tables as sheets, codes as text, numbers as numbers; return the names of those too long for a sheet."""
    left_out = []
    with xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": built})
        head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for table in (table for table in tables if table.name in SECTIONS):
            (count,) = db.execute(f'select count(*) from "{table.name}"').fetchone()  # noqa: S608
            if count > MOST_ROWS:
                left_out.append(table.name)
                continue
            sheet = book.add_worksheet(table.name[:31])
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, table.names, head)
            for number, row in enumerate((row for rows in _batches(db, table, None) for row in rows), 1):
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, at, value[:32_767], text)
                    elif value is not None:
                        sheet.write_number(number, at, value)
    return left_out
