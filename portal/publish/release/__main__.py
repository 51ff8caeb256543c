"""`python -m portal.publish.release portal.db dist`: write the release of a database into dist/<its release name>/."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.build.mark import is_whole
from portal.pages.dictionary import foreign_keys, words_of
from portal.pages.queries import BUILD
from portal.publish.release.changes import names, write_changes, write_feed
from portal.publish.release.described import write_citation, write_data_package, write_dictionary, write_sums
from portal.publish.release.tables import tables_of, write_csv, write_parquet, write_workbook, years_of


def main() -> int:
    """The command line. Returns 0, or 2 with a sentence where the release cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m portal.publish.release", description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("out", type=Path, help="the folder of all releases")
    options = parser.parse_args()
    if not options.database.is_file() or not is_whole(str(options.database)):
        return _refuse(f"{options.database}: 没有这个数据库，或者它不完整，请先用 build.py 生成 (not there or not whole: build it first)")
    try:
        print(write_release(options.database, options.out))
    except FileExistsError as error:
        return _refuse(
            f"{error.filename}: 这一版已经发布过，不会改动它；请用 build.py --release 给新的数据一个新名字"
            " (this release is there already and is not touched: build with --release NAME)"
        )
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def write_release(database: Path, out: Path) -> str:
    """Write the release and return a sentence that says so. FileExistsError where a release of that name is there already.

    The folder appears when it is whole: it is written beside its place and then renamed.
    """
    db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    build: dict[str, Any] = dict(zip(("built_at", "version", "release"), db.execute(BUILD).fetchone(), strict=False))
    folder = out / build["release"]
    if folder.exists():
        raise FileExistsError(17, "exists", str(folder))
    before = _newest(out)
    new = out / f".{build['release']}.{os.getpid()}"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        _write(db, database, new, build, before)
        new.rename(folder)
    finally:
        db.close()
        shutil.rmtree(new, ignore_errors=True)
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    return f"wrote {folder}: {len(files)} files, {size:.1f} MB" + (f"; changes since {before.name}" if before else "")


def _newest(out: Path) -> Path | None:
    """The release before: of those in the folder the one that was built last."""
    built = []
    for path in sorted(out.iterdir()) if out.is_dir() else []:
        if (path / "portal.db").is_file() and not path.name.startswith("."):
            with sqlite3.connect(f"{(path / 'portal.db').absolute().as_uri()}?mode=ro", uri=True) as db:
                built.append((db.execute("select max(built_at) from builds").fetchone()[0], path))
    return max(built)[1] if built else None


def _write(db: sqlite3.Connection, database: Path, folder: Path, build: dict[str, Any], before: Path | None) -> None:
    words, tables = words_of(), tables_of(db)
    rows = {}
    for table in tables:
        rows[table.name] = write_csv(db, table, folder / "csv" / f"{table.name}.csv")
        write_parquet(db, table, folder / "parquet" / f"{table.name}.parquet")
        for year in years_of(db, table):
            write_csv(db, table, folder / "csv" / str(year) / f"{table.name}.csv", year)
            write_parquet(db, table, folder / "parquet" / str(year) / f"{table.name}.parquet", year)
    write_workbook(db, tables, folder / "form.xlsx", datetime.fromisoformat(build["built_at"]).replace(tzinfo=None))
    shutil.copyfile(database, folder / "portal.db")
    write_dictionary(tables, words, folder)
    write_data_package(folder, tables, rows, words, build, {table.name: foreign_keys(db, table.name) for table in tables})
    write_citation(folder, words, build)
    if before:
        write_changes(before / "portal.db", database, folder / "changes.csv")
        named = names(database, before / "portal.db")
        write_feed(folder / "changes.csv", folder / "changes.atom", build["release"], build["built_at"], words.publisher.address, named)
    write_sums(folder)


if __name__ == "__main__":
    sys.exit(main())
