"""What a release says of itself: its dictionary, its data package, how it is cited, the checksums of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from portal.build.inspect_data import digest
from portal.pages.citation import PORTAL
from portal.pages.dictionary import Held, Table, Words, as_csv, data_package, resource

SUMS = "SHA256SUMS"


def write_dictionary(tables: Sequence[Table], words: Words, folder: Path) -> None:
    """Write dictionary.csv and dictionary.md: every table and column, in Chinese and English."""
    (folder / "dictionary.csv").write_text(as_csv(tables, words), encoding="utf-8", newline="")
    lines = ["# 数据字典 · Data dictionary", ""]
    for table in tables:
        chinese, english = words.title(table.name)
        lines += [f"## `{table.name}` {chinese} · {english}", "", "| 列 column | 类型 type | 含义 | meaning |", "| --- | --- | --- | --- |"]
        for column in table.columns:
            said = words.column(table.name, column.name)
            lines.append("| " + " | ".join([f"`{column.name}`", column.type, *(text.replace("|", "\\|") for text in said)]) + " |")
        lines.append("")
    (folder / "dictionary.md").write_text("\n".join(lines), encoding="utf-8")


def write_data_package(
    folder: Path, tables: Sequence[Table], rows: Mapping[str, int], words: Words, build: Mapping[str, Any], keys: Mapping[str, Any]
) -> None:
    """Write datapackage.json (Data Package 2.0) of the CSV files; `rows` counts each table's, `keys` are their foreign keys."""
    resources = []
    for table in tables:
        file = folder / "csv" / f"{table.name}.csv"
        held = Held(f"csv/{table.name}.csv", file.stat().st_size, digest(file), rows[table.name])
        resources.append(resource(table, words, held, keys.get(table.name, [])))
    (folder / "datapackage.json").write_text(data_package(words, build, resources), encoding="utf-8")


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
