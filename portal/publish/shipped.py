"""What of the repository a running portal is made of, and its copy."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ("metadata.yml", "settings.json", "plugins", "templates", "static")  # what `datasette .` looks for
IMPORTED = ("portal", "parsers", "data", "docs")  # what the plugins import and read
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", "reports", "screenshot.png")


def released() -> list[Path]:
    """The folders of the releases that `make release` wrote: what was cited goes wherever the portal goes."""
    folder = ROOT / "dist"
    return sorted(path.parent for path in folder.glob("*/datapackage.json")) if folder.is_dir() else []


def copy_portal(out: Path) -> None:
    """Copy all that a portal runs from, but for its database, into a folder that exists."""
    for name in (*CONFIGURATION, *IMPORTED):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, out / name, ignore=NOT_SHIPPED, dirs_exist_ok=True)
        else:
            shutil.copy(source, out / name)
    for release in released():
        shutil.copytree(release, out / "dist" / release.name, dirs_exist_ok=True)
