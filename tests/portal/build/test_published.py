"""When a build changes the published database and when it writes all anew: the former only where nothing but documents has changed."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from build import main
from portal.build import published, write
from portal.build.inspect_data import digest
from portal.build.source import Source
from tests.support import layouts
from tests.support.dump import differing, dump
from tests.support.figures import Sample, figures

SAID = "differ from the published database"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve reports and their database. So few are changed one by one only here."""
    monkeypatch.setattr(published, "FEW", 1)
    (tmp_path / "documents").mkdir()
    for number in range(12):
        year = 2021 + number % 2
        sample = Sample("", f"晋江市样例{'甲乙丙丁戊己'[number // 2]}局", year, "2021", figures(number, "2021"), f"{year + 1}-01-18")
        (tmp_path / "documents" / f"{number}.txt").write_bytes(layouts.tabs(sample))
    assert main([str(tmp_path / "documents"), "--db", str(tmp_path / "portal.db")]) == 0
    return tmp_path


def build(folder: Path, *more: str) -> int:
    return main([str(folder / "documents"), "--db", str(folder / "portal.db"), *more])


def change(folder: Path, number: int = 3) -> None:
    document = folder / "documents" / f"{number}.txt"
    document.write_text(document.read_text(encoding="utf-8").replace("没有收取", "并未收取"), encoding="utf-8")
    os.utime(document, (1.7e9, 1.7e9))


def held(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(file) as db:
        return dump(db)


def test_one_document_changed_is_one_report_and_the_database_of_a_full_build(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder)
    (folder / "documents" / "7.txt").unlink()
    assert build(folder) == 0
    assert f"2 reports of 11 {SAID}" in capsys.readouterr().out
    changed = held(folder / "portal.db")
    assert build(folder, "--fresh") == 0
    assert SAID not in capsys.readouterr().out
    assert not differing(changed, held(folder / "portal.db"))


def test_where_nothing_changed_the_bytes_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "portal.db").read_bytes()
    assert build(folder) == 0
    assert f"0 reports of 12 {SAID}" in capsys.readouterr().out and (folder / "portal.db").read_bytes() == before
    assert build(folder, "--release", "另一版") == 0
    assert sqlite3.connect(folder / "portal.db").execute("select release from builds").fetchall() == [("另一版",)]


def test_a_database_with_one_other_byte_is_written_anew(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(folder / "portal.db") as db:
        db.execute("update applications set total = 5 where rowid = 3")
    assert build(folder) == 0
    assert SAID not in capsys.readouterr().out
    assert build(folder) == 0
    assert SAID in capsys.readouterr().out


def test_where_much_changed_or_there_is_little_all_is_written_anew(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        change(folder, number)
    assert build(folder) == 0
    assert SAID not in capsys.readouterr().out
    for number in range(4, 7):
        change(folder, number)
    assert build(folder) == 0
    assert f"3 reports of 12 {SAID}" in capsys.readouterr().out
    monkeypatch.setattr(published, "FEW", 13)
    assert build(folder) == 0
    assert SAID not in capsys.readouterr().out


@pytest.mark.parametrize(("part", "changed"), [(0.1, True), (0.5, False)])
def test_a_file_that_is_empty_in_great_part_is_written_anew(
    folder: Path, capsys: pytest.CaptureFixture[str], part: float, changed: bool
) -> None:
    file = folder / "portal.db"
    with sqlite3.connect(file) as db:
        db.execute("create table left_over as select zeroblob(?)", [int(file.stat().st_size * part)])
        db.execute("drop table left_over")
    with sqlite3.connect(folder / "portal.db.readings") as store:  # as if a build had left it so
        store.execute("update published set file = ?", [digest(file)])
    assert build(folder) == 0
    assert (SAID in capsys.readouterr().out) == changed


def test_a_report_that_could_not_be_written_is_tried_again(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = held(folder / "portal.db")
    add = write._add_pages

    def fails(rows: object, id: str, source: Source) -> None:
        assert source.facts.refused or not source.path.endswith("/3.txt")
        add(rows, id, source)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(write, "_add_pages", fails)
        assert build(folder, "--fresh", "--accept") == 0
    assert "a fault of the writer" in capsys.readouterr().out
    assert build(folder, "--accept") == 0
    assert f"1 reports of 12 {SAID}" in capsys.readouterr().out
    assert not differing(whole, held(folder / "portal.db"))


def test_another_program_writes_all_anew(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "program", lambda: "another")
    assert build(folder) == 0
    assert SAID not in capsys.readouterr().out


def test_what_was_not_published_is_not_built_upon(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(folder / "portal.db")
    change(folder)
    with monkeypatch.context() as guarded:
        guarded.setattr("build.much_changed", lambda *_: "样例 10 → 1")
        assert build(folder) == 3
    assert not differing(before, held(folder / "portal.db"))
    assert build(folder) == 0
    assert f"1 reports of 12 {SAID}" in capsys.readouterr().out
    changed = held(folder / "portal.db")
    assert build(folder, "--fresh") == 0 and not differing(changed, held(folder / "portal.db"))
