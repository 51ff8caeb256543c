"""A release holds the same rows in each form, says what they mean, and what changed since the one before."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

pq = pytest.importorskip(
    "pyarrow.parquet", reason="pyarrow is not installed here: make setup-release installs what a release is written with"
)
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed here")


def release(database: Path, out: Path) -> Path:
    done = subprocess.run([sys.executable, "-m", "portal.publish.release", database, out], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out / done.stdout.split(":")[0].removeprefix("wrote ").rpartition("/")[2]


def renamed(database: Path, copy: Path, name: str, built_at: str) -> Path:
    shutil.copy(database, copy)
    with sqlite3.connect(copy) as db:
        db.execute("update builds set release = ?, built_at = ?", (name, built_at))
    return copy


@pytest.fixture(scope="module")
def written(portal_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(portal_database, tmp_path_factory.mktemp("dist"))


def test_the_same_rows_stand_in_each_form(written: Path) -> None:
    db = sqlite3.connect(written / "portal.db")
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) > 20
    for resource in package["resources"]:
        name = Path(resource["path"]).stem
        columns = [field["name"] for field in resource["schema"]["fields"]]
        rows = db.execute(f'select {", ".join(columns)} from "{name}"').fetchall()  # noqa: S608  # of the package
        with (written / resource["path"]).open(encoding="utf-8", newline="") as opened:
            printed = list(csv.reader(opened))
        assert printed[0] == columns and resource["rows"] == len(rows) == len(printed) - 1
        parquet = pq.read_table(written / "parquet" / f"{name}.parquet")
        in_parquet = list(zip(*(parquet.column(column).to_pylist() for column in columns), strict=True)) if rows else []
        assert sorted(map(repr, in_parquet)) == sorted(map(repr, map(tuple, map(_typed(parquet), rows))))
        assert sorted(printed[1:]) == sorted([_csv(value) for value in row] for row in rows)
        years = sorted((written / "csv").glob(f"[0-9]*/{name}.csv"))
        if "year" in columns:
            counted = sum(sum(1 for _ in csv.reader(path.open(encoding="utf-8", newline=""))) - 1 for path in years)
            assert counted == db.execute(f'select count(year) from "{name}"').fetchone()[0]  # noqa: S608


def _csv(value: Any) -> str:
    return "" if value is None else f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def _typed(parquet: Any) -> Any:
    kinds = [str(field.type) for field in parquet.schema]
    return lambda row: [float(v) if v is not None and kind == "double" else v for v, kind in zip(row, kinds, strict=True)]


def test_the_workbook_keeps_codes_as_text_and_figures_as_numbers(written: Path) -> None:
    book = openpyxl.load_workbook(written / "form.xlsx", read_only=True)
    sheet = book["reports"]
    head, *rows = sheet.iter_rows(values_only=True)
    regions = [row[head.index("region")] for row in rows if row[head.index("region")]]
    assert regions and all(isinstance(code, str) and len(code) == 6 for code in regions)
    head, *rows = book["applications"].iter_rows(values_only=True)
    totals = [row[head.index("total")] for row in rows if row[head.index("total")] is not None]
    assert totals and all(isinstance(total, (int, float)) for total in totals)


def test_the_data_package_is_valid(written: Path) -> None:
    program = Path(sys.executable).with_name("frictionless")
    if not program.exists():
        pytest.skip("frictionless is not installed here: it comes with the benchmarks' packages")
    checked = subprocess.run([program, "validate", "datapackage.json", "--json"], cwd=written, capture_output=True, text=True)
    said = json.loads(checked.stdout)
    assert said["valid"], [(task["name"], task["errors"][:2]) for task in said["tasks"] if task["errors"]]


def test_every_file_has_its_checksum(written: Path) -> None:
    listed = dict(reversed(line.split("  ", 1)) for line in (written / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert set(listed) == files
    assert all(hashlib.sha256((written / name).read_bytes()).hexdigest() == listed[name] for name in files)


def test_every_column_is_in_the_dictionary_in_both_languages(written: Path) -> None:
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    with (written / "dictionary.csv").open(encoding="utf-8", newline="") as opened:
        said = {(row["table"], row["column"]): row for row in csv.DictReader(opened)}
    wanted = {(Path(r["path"]).stem, field["name"]) for r in package["resources"] for field in r["schema"]["fields"]}
    assert wanted == set(said)
    assert [key for key, row in said.items() if row["chinese"] == key[1]] == []


def test_the_same_build_gives_the_same_bytes(written: Path, portal_database: Path, tmp_path: Path) -> None:
    again = release(portal_database, tmp_path)
    assert (again / "SHA256SUMS").read_bytes() == (written / "SHA256SUMS").read_bytes()


def test_a_second_release_says_what_came_went_and_changed(portal_database: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    release(renamed(portal_database, tmp_path / "one.db", "one", "2026-01-01T00:00:00+00:00"), dist)
    second = renamed(portal_database, tmp_path / "two.db", "two", "2026-02-01T00:00:00+00:00")
    with sqlite3.connect(second) as db:
        (row,) = db.execute("select rowid, report_id, item, total from applications where total_status = 'stated' limit 1").fetchall()
        db.execute("update applications set total = total + 5 where rowid = ?", row[:1])
        (gone,) = db.execute("select id from findings limit 1").fetchone()
        db.execute("delete from finding_cells where finding_id = ?", (gone,))
        db.execute("delete from findings where id = ?", (gone,))
    latest = release(second, dist)
    with (latest / "changes.csv").open(encoding="utf-8", newline="") as opened:
        said = [(c["kind"], c["change"], c["id"], c["before"], c["after"]) for c in csv.DictReader(opened)]
    cell = f"{row[1]}/applications/{row[2]}/total"
    assert [s for s in said if s[0] == "cell"] == [("cell", "changed", cell, f"stated {row[3]:g}", f"stated {row[3] + 5:g}")]
    assert [s[:3] for s in said if s[0] == "finding"] == [("finding", "went", gone)]
    assert [s for s in said if s[0] == "report"] == []
    feed = (latest / "changes.atom").read_text(encoding="utf-8")
    assert f"{row[2]}/total：stated {row[3]:g} → stated {row[3] + 5:g}&lt;/li&gt;" in feed and f'href="../../reports/{row[1]}"' in feed


def test_a_release_is_never_written_over(written: Path, portal_database: Path) -> None:
    before = (written / "SHA256SUMS").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "portal.publish.release", portal_database, written.parent], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2 and written.name in done.stderr and "Traceback" not in done.stderr
    assert (written / "SHA256SUMS").read_bytes() == before
