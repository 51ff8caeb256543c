"""Packages of npm, in the version and with the checksum of a lock: fetched into the user's cache the first time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path


def fetched(lock: Path, package: str, files: Collection[str]) -> Path:
    """The folder of a package, of which these files are needed; `lock` is a folder with package.json and package-lock.json.

    OSError or SubprocessError where npm is not installed or the package cannot be had.
    """
    version = json.loads((lock / "package.json").read_text(encoding="utf-8"))["dependencies"][package]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "disclosure-reports" / f"{package}-{version}"
    folder = cache / "node_modules" / package
    if not all((folder / name).is_file() for name in files):
        cache.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(lock / name, cache / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=cache, check=True, capture_output=True, timeout=300)
    return folder
