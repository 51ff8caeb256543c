"""A directory that any host runs: the portal, its database, its pinned packages, and a start for each kind of host."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from portal.build.inspect_data import write_inspect_data
from portal.build.pictures_file import beside
from portal.publish.shipped import ROOT, copy_portal

START = "python -m datasette . --host 0.0.0.0 --port $PORT"  # -m: the folder itself is where Python finds portal and parsers
HOSTS = Path(__file__).parent / "hosts"  # what each kind of host starts from, as it is written


def write_directory(database: Path, out: Path) -> str:
    """Write the directory and return a sentence that says so.

    `out` is new or empty; ClickException says what is in it otherwise. OSError where it cannot be written.
    """
    if out.exists() and any(out.iterdir()):
        raise click.ClickException(
            f"{out}: 文件夹不是空的，请给一个新的名字 (this folder is not empty: give the name of a new one): {next(out.iterdir()).name}"
        )
    out.mkdir(parents=True, exist_ok=True)
    copy_portal(out)
    shutil.copy(ROOT / "requirements-run.lock", out / "requirements.txt")
    shutil.copytree(HOSTS, out, dirs_exist_ok=True)
    (out / "Procfile").write_text(f"web: {START}\n", encoding="utf-8")
    shutil.copy(database, out / "portal.db")
    write_inspect_data(out / "portal.db")
    if beside(database).is_file():
        shutil.copy(beside(database), beside(out / "portal.db"))
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return f"wrote {out}: {size / 1e6:.1f} MB; how to start it is in {out / 'README.md'}"
