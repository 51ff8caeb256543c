"""The build as a command: what it publishes, what it refuses, and that a failed one leaves the old database whole."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def build(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "build.py", *arguments], capture_output=True, text=True, timeout=300, cwd=ROOT)


def rows(db: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("build")
    documents = folder / "documents"
    documents.mkdir()
    for path in (ROOT / "tests" / "samples").iterdir():
        if path.suffix in (".txt", ".html", ".md", ".bin"):
            shutil.copy(path, documents)
    db = folder / "samples.db"
    done = build(documents, "--db", db)
    assert done.returncode == 0, done.stderr
    return db, done.stdout


def test_every_document_is_a_row_also_the_refused_ones(samples: tuple[Path, str]) -> None:
    db, printed = samples
    refused = rows(db, "select path, refused_because from source_texts where refused_because is not null")
    names = {Path(str(path)).name for path, _ in refused}
    assert {"binary.bin", "empty.txt", "not_a_report.html", "tables_missing.html"} <= names
    for path, reason in refused:
        assert f"{path}: {reason}" in printed.replace("\n", " ").replace("  ", " ") or str(reason) in printed
    files = list((db.parent / "documents").iterdir())
    assert rows(db, "select count(*) from source_texts")[0][0] == len({p.read_bytes() for p in files})


def test_the_mark_of_completeness_comes_last(samples: tuple[Path, str]) -> None:
    db, _ = samples
    assert rows(db, "pragma user_version") == [(1,)]
    documents, read, partial, refused = rows(db, "select documents, read, partial, refused from builds")[0]
    assert documents == int(str(read)) + int(str(partial)) + int(str(refused))


def test_a_cell_leads_to_its_place_in_the_stored_text(samples: tuple[Path, str]) -> None:
    db, _ = samples
    wrong = rows(
        db,
        "select * from cells join source_texts on source_texts.id = cells.source_id where status = 'stated'"
        " and cells.printed <> trim(substr(source_texts.text, char_start + 1, char_end - char_start))",
    )
    assert not wrong
    assert rows(db, "select count(*) from cells where status = 'stated'")[0][0] > 1000  # type: ignore[operator]


def test_wrong_usage_exits_with_2_and_says_what_is_wrong(tmp_path: Path) -> None:
    done = build(tmp_path / "nothing-here", "--db", tmp_path / "new.db")
    assert done.returncode == 2 and "no such file or folder" in done.stderr and "Traceback" not in done.stderr
    assert build(ROOT / "data" / "reports", "--db", tmp_path / "no-folder" / "new.db").returncode == 2


def test_the_same_documents_make_the_same_ids(samples: tuple[Path, str], tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    assert build(samples[0].parent / "documents", "--db", again).returncode == 0
    for table in ("reports", "findings", "source_texts"):
        sql = f"select id from {table} order by id"  # noqa: S608 names of our own
        assert rows(again, sql) == rows(samples[0], sql)


def test_an_interrupted_build_leaves_the_old_database(tmp_path: Path) -> None:
    db = tmp_path / "portal.db"
    assert build(ROOT / "data" / "reports", "--db", db).returncode == 0
    before = db.read_bytes()
    many = tmp_path / "many"
    many.mkdir()
    text = (ROOT / "tests" / "samples" / "plain_tabs.txt").read_text(encoding="utf-8")
    for number in range(300):
        (many / f"{number}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    process = subprocess.Popen([sys.executable, ROOT / "build.py", many, "--db", db], start_new_session=True, stdout=subprocess.DEVNULL)
    time.sleep(2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    assert db.read_bytes() == before


def test_check_prints_cells_and_findings_and_stores_nothing(tmp_path: Path) -> None:
    sample = ROOT / "tests" / "samples" / "word_made.html"
    done = subprocess.run([sys.executable, ROOT / "build.py", "check", sample], capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "finding (report)" in done.stdout and "stated" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the collected documents (../shared) are not beside this repository")
def test_the_scorer_finds_no_wrong_number_in_the_seeds(tmp_path: Path) -> None:
    db = tmp_path / "seeds.db"
    assert build(SHARED / "seeds" / "docs", "--db", db).returncode == 0
    score = subprocess.run([sys.executable, SHARED / "tools" / "score.py", db, SHARED / "seeds" / "gold"], capture_output=True, text=True)
    assert "wrong 0" in score.stdout.splitlines()[-1] and score.returncode == 0, score.stdout


def test_an_archive_of_documents_is_a_folder(tmp_path: Path) -> None:
    samples = ROOT / "tests" / "samples"
    with zipfile.ZipFile(tmp_path / "many.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(samples / "page_2021.html", "in/page.html")
        archive.write(samples / "empty.txt", "empty.txt")
    db = tmp_path / "new.db"
    assert build(tmp_path / "many.zip", "--db", db).returncode == 0
    found = dict(rows(db, "select path, refused_because is null from source_texts"))  # type: ignore[arg-type]
    assert found == {f"{tmp_path}/many.zip/in/page.html": 1, f"{tmp_path}/many.zip/empty.txt": 0}
