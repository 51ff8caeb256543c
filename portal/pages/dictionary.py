"""The dictionary of the tables: what metadata.yml says of each table and column, as CSV and as a data package."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.data import DATA, load
from portal.pages.citation import PORTAL
from portal.pages.publisher import Publisher, publisher_of
from portal.words import halves

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD_TYPES = {"integer": "integer", "real": "number", "text": "string", "any": "any"}


@dataclass(frozen=True)
class Column:
    """A column of a table: its name and its SQLite type (integer, real, text)."""

    name: str
    type: str
    required: bool = False
    key: int = 0  # its place in the primary key, from 1; 0 if it is not of it


@dataclass(frozen=True)
class Table:
    """A table with its columns and how its rows are ordered."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def select(self) -> str:
        keys = sorted((column for column in self.columns if column.key), key=lambda column: column.key)
        order = ", ".join(f'"{column.name}"' for column in keys) or ", ".join(f'"{name}"' for name in self.names)
        return f'select {", ".join(f"{quoted(name)}" for name in self.names)} from "{self.name}"{{where}} order by {order}'  # noqa: S608


def table_of(db: sqlite3.Connection, name: str, types: Mapping[str, str] | None = None) -> Table:
    """A table or view of the database; `types` are those of columns that declare none."""
    info = db.execute('select name, lower(type), "notnull", pk from pragma_table_info(?)', (name,)).fetchall()
    return Table(name, tuple(Column(n, (types or {}).get(n) or t or "text", bool(required), key) for n, t, required, key in info))


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return f'"{name}"'


def foreign_keys(db: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """The table's foreign keys as a data package says them."""
    found = db.execute('select "table", "from", "to" from pragma_foreign_key_list(?) order by id desc', (table,))
    return [
        {"fields": [column], "reference": {"resource": "" if other == table else other.replace("_", "-"), "fields": [to or "id"]}}
        for other, column, to in found
    ]


@dataclass(frozen=True)
class Words:
    """What metadata.yml says: who publishes, and of each table and column its Chinese and English."""

    publisher: Publisher
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def licence(self) -> tuple[str, str]:
        """The licence of the data and its address."""
        return self.publisher.licence or "CC BY 4.0", self.publisher.licence_url or "https://creativecommons.org/licenses/by/4.0/"

    def title(self, table: str) -> tuple[str, str]:
        return _both(str(self.tables.get(table, {}).get("title", table)))

    def column(self, table: str, column: str) -> tuple[str, str]:
        return _both(str(self.tables.get(table, {}).get("columns", {}).get(column, column)))


def words_of(metadata: Path = DATA.parent / "metadata.yml") -> Words:
    """Read metadata.yml."""
    said = load(metadata)
    return Words(publisher_of(said.get("plugins", {}).get("portal")), said["databases"]["portal"]["tables"])


def _both(said: str) -> tuple[str, str]:
    """报告 · Reports → 报告, Reports."""
    chinese, english = halves(said)
    return chinese, english or chinese


def as_csv(tables: Iterable[Table], words: Words) -> str:
    """A row a column of each table: its type, its Chinese and its English."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["table", "column", "type", "chinese", "english"])
    writer.writerows(
        [table.name, column.name, column.type, *words.column(table.name, column.name)] for table in tables for column in table.columns
    )
    return written.getvalue()


@dataclass(frozen=True)
class Held:
    """The CSV file of a table: its path in the package, its bytes and SHA-256, its rows."""

    path: str
    bytes: int
    sha256: str
    rows: int


def data_package(words: Words, build: Mapping[str, Any], resources: Sequence[Mapping[str, Any]]) -> str:
    """The descriptor of a data package (Data Package 2.0) of CSV files."""
    publisher, (licence, address) = words.publisher, words.licence
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "disclosure-reports",
        "title": PORTAL,
        "description": "中国各级行政机关政府信息公开工作年度报告，逐格读成数据。China's yearly government-disclosure reports, cell by cell.",
        "version": build["release"],
        "created": build["built_at"],
        "licenses": [{"name": "CC-BY-4.0", "title": licence, "path": address}],
        "contributors": [{"title": publisher.publisher or "发布者未注明", "roles": ["publisher"]}],
        "resources": resources,
    }
    if publisher.address:
        package["homepage"] = publisher.address
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def resource(table: Table, words: Words, file: Held, foreign: Any = ()) -> dict[str, Any]:
    """What a data package says of a table; `foreign` are its foreign keys."""
    chinese, english = words.title(table.name)
    key = [column.name for column in sorted(table.columns, key=lambda column: column.key) if column.key]
    fields = []
    for column in table.columns:
        title, description = words.column(table.name, column.name)
        fields.append({"name": column.name, "type": FIELD_TYPES.get(column.type, "string"), "title": title, "description": description})
    schema = {
        "fields": fields,
        "missingValues": [""],
        **({"primaryKey": key} if key else {}),
        **({"foreignKeys": foreign} if foreign else {}),
    }
    return {
        "name": table.name.replace("_", "-"),
        "path": file.path,
        "title": f"{chinese} · {english}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "schema": schema,
    }
