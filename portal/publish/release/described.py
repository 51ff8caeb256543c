"""What a release says of itself: its dictionary, its data package, how it is cited, the checksums of its files."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portal.build.inspect_data import digest
from portal.data import DATA
from portal.pages.citation import PORTAL
from portal.pages.publisher import Publisher, publisher_of
from portal.publish.release.tables import Table
from portal.words import halves

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD_TYPES = {"integer": "integer", "real": "number", "text": "string"}
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Words:
    """What metadata.yml says: who publishes, and of each table and column its Chinese and English."""

    publisher: Publisher
    tables: Mapping[str, Mapping[str, Any]]

    def title(self, table: str) -> tuple[str, str]:
        return _both(str(self.tables.get(table, {}).get("title", table)))

    def column(self, table: str, column: str) -> tuple[str, str]:
        return _both(str(self.tables.get(table, {}).get("columns", {}).get(column, column)))


def words_of(metadata: Path = DATA.parent / "metadata.yml") -> Words:
    """Read metadata.yml."""
    said = yaml.safe_load(metadata.read_text(encoding="utf-8"))
    return Words(publisher_of(said.get("plugins", {}).get("portal")), said["databases"]["portal"]["tables"])


def _both(said: str) -> tuple[str, str]:
    """报告 · Reports → 报告, Reports."""
    chinese, english = halves(said)
    return chinese, english or chinese


def write_dictionary(tables: Sequence[Table], words: Words, folder: Path) -> None:
    """Write dictionary.csv and dictionary.md: every table and column, in Chinese and English."""
    lines = ["# 数据字典 · Data dictionary", ""]
    with (folder / "dictionary.csv").open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(["table", "column", "type", "chinese", "english"])
        for table in tables:
            chinese, english = words.title(table.name)
            lines += [
                f"## `{table.name}` {chinese} · {english}",
                "",
                "| 列 column | 类型 type | 含义 | meaning |",
                "| --- | --- | --- | --- |",
            ]
            for column in table.columns:
                said = words.column(table.name, column.name)
                writer.writerow([table.name, column.name, column.type, *said])
                lines.append("| " + " | ".join([f"`{column.name}`", column.type, *(text.replace("|", "\\|") for text in said)]) + " |")
            lines.append("")
    (folder / "dictionary.md").write_text("\n".join(lines), encoding="utf-8")


def write_data_package(
    folder: Path, tables: Sequence[Table], rows: Mapping[str, int], words: Words, build: Mapping[str, Any], keys: Mapping[str, Any]
) -> None:
    """Write datapackage.json (Data Package 2.0) of the CSV files; `rows` counts each table's, `keys` are their foreign keys."""
    publisher = words.publisher
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "disclosure-reports",
        "title": PORTAL,
        "description": "中国各级行政机关政府信息公开工作年度报告，逐格读成数据。China's yearly government-disclosure reports, cell by cell.",
        "version": build["release"],
        "created": build["built_at"],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": publisher.licence or "CC BY 4.0",
                "path": publisher.licence_url or "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "contributors": [{"title": publisher.publisher or "发布者未注明", "roles": ["publisher"]}],
        "resources": [_resource(folder, table, rows[table.name], words, keys.get(table.name, [])) for table in tables],
    }
    if publisher.address:
        package["homepage"] = publisher.address
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _resource(folder: Path, table: Table, count: int, words: Words, foreign: Any) -> dict[str, Any]:
    file = folder / "csv" / f"{table.name}.csv"
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
        "path": f"csv/{table.name}.csv",
        "title": f"{chinese} · {english}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest(file)}",
        "rows": count,
        "schema": schema,
    }


def write_citation(folder: Path, words: Words, build: Mapping[str, Any]) -> None:
    """Write CITATION.cff."""
    publisher = words.publisher
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "引用本数据时请用这些内容。 Please cite this data as follows.",
        "type": "dataset",
        "title": PORTAL,
        "version": build["release"],
        "date-released": build["built_at"][:10],
        "license": "CC-BY-4.0" if publisher.licence in ("", "CC BY 4.0") else publisher.licence,
        "authors": [{"name": publisher.publisher or "发布者未注明"}],
    }
    if publisher.address:
        said["url"] = publisher.address
    (folder / "CITATION.cff").write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS of every file, as `sha256sum --check` reads it."""
    files: Iterable[Path] = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [
        f"{digest(path) if path.stat().st_size else hashlib.sha256().hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
