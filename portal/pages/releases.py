"""The releases beside the portal: what /data lists, and which file an address under /data means."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

Row = dict[str, Any]
SUMS = "SHA256SUMS"
GROUPS = ("whole", "csv", "parquet", "by_year")


def folder_of(datasette: Any) -> Path:
    """Where `make release` put the releases: beside the database that is served."""
    return Path(datasette.config_dir or ".") / "dist"


def releases(folder: Path) -> list[Row]:
    """Every release in the folder, the newest first: `name`, `created`, `licence`, `files` (path, bytes, sha256), the
    same by `groups`, `changes`."""
    found = [_release(path) for path in (folder.iterdir() if folder.is_dir() else []) if (path / "datapackage.json").is_file()]
    return sorted(found, key=lambda release: (release["created"], release["name"]), reverse=True)


def _release(folder: Path) -> Row:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    titles = {Path(resource["path"]).stem: resource["title"] for resource in package["resources"]}
    sums = _sums(folder)
    files: list[Row] = [
        {"path": name, "bytes": (folder / name).stat().st_size, "sha256": sha256, "title": titles.get(Path(name).stem)}
        for name, sha256 in sums.items()
        if (folder / name).is_file()
    ]
    return {
        "name": folder.name,
        "created": package["created"],
        "licence": package["licenses"][0],
        "files": sorted(files, key=lambda file: file["path"]),
        "groups": {group: [file for file in files if _group(file["path"]) == group] for group in GROUPS},
        "changes": _changes(folder / "changes.csv"),
    }


def _group(path: str) -> str:
    """Where /data lists a file: beside the release's name, or with the tables of its form."""
    folder, *below = path.split("/")
    return "whole" if not below else "by_year" if len(below) > 1 else folder


def _sums(folder: Path) -> dict[str, str]:
    """The files of a release with their checksums."""
    if not (folder / SUMS).is_file():
        return {}
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}


def _changes(file: Path) -> list[Row] | None:
    """How many reports, cells and findings came, went and changed; None if nothing was compared."""
    if not file.is_file():
        return None
    with file.open(encoding="utf-8", newline="") as opened:
        counts = Counter((row["kind"], row["change"]) for row in csv.DictReader(opened))
    return [{"kind": kind, "change": change, "count": count} for (kind, change), count in sorted(counts.items())]


def file_of_release(folder: Path, release: str, name: str) -> Path | None:
    """The file of a release by its name; None for what the release does not list, whatever stands there."""
    if release not in {path.name for path in (folder.iterdir() if folder.is_dir() else [])}:
        return None
    return folder / release / name if name == SUMS or name in _sums(folder / release) else None
