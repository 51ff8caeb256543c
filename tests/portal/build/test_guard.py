"""What is published: nothing much less or much more unnoticed, nothing damaged, and a link stays a link."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from build import main
from portal.build.guard import damaged, much_changed
from portal.build.mark import is_whole
from tests.support import layouts
from tests.support.figures import Sample, figures

YEARS = range(2021, 2025)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with twelve reports and the database built of them."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "documents").mkdir()
    for number in range(12):
        write(folder / "documents", number)
    assert main([str(folder / "documents"), "--db", str(folder / "portal.db")]) == 0
    return folder


def write(folder: Path, number: int) -> None:
    year = YEARS[number % 4]
    sample = Sample("", f"晋江市样例{'甲乙丙丁戊己庚辛'[number // 4]}局", year, "2021", figures(number, "2021"), f"{year + 1}-01-18")
    (folder / f"{number}.txt").write_bytes(layouts.tabs(sample))


@pytest.fixture
def again(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "again"))


def build(folder: Path, *more: str) -> int:
    return main([str(folder / "documents"), "--db", str(folder / "portal.db"), *more])


def count(db: Path) -> int:
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return int(connection.execute("select count(*) from reports").fetchone()[0])


def test_much_less_waits_beside_until_it_is_accepted(again: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (again / "portal.db").read_bytes()
    for number in range(9, 12):
        (again / "documents" / f"{number}.txt").unlink()
    assert build(again) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "文件 documents 12 → 9" in said and "--accept" in said and "年报 reports 12 → 9" in said
    assert (again / "portal.db").read_bytes() == before and count(again / "portal.db.not-published") == 9
    assert build(again, "--accept") == 0
    assert count(again / "portal.db") == 9 and not (again / "portal.db.not-published").exists()


def test_less_and_more_within_bounds_is_published(again: Path) -> None:
    (again / "documents" / "11.txt").unlink()
    assert build(again) == 0 and count(again / "portal.db") == 11
    for number in range(11, 16):
        write(again / "documents", number)
    assert build(again) == 0 and count(again / "portal.db") == 16


def test_much_more_waits_too(again: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(12, 25):
        write(again / "documents", number)
    assert build(again) == 3 and "12 → 25" in capsys.readouterr().err


def test_one_table_that_lost_its_rows_is_enough(again: Path) -> None:
    shutil.copy(again / "portal.db", again / "new.db")
    with sqlite3.connect(again / "new.db") as db:
        db.execute("delete from proactive_disclosure where rowid % 2")
    told = much_changed(again / "portal.db", again / "new.db")
    assert told and told.startswith("proactive_disclosure ") and "，" not in told
    assert much_changed(again / "new.db", again / "new.db") is None


def test_a_small_table_may_lose_most_of_its_rows(again: Path) -> None:
    shutil.copy(again / "portal.db", again / "new.db")
    with sqlite3.connect(again / "new.db") as db:
        (rows,) = db.execute("select count(*) from stated_years").fetchone()
        db.execute("delete from stated_years where rowid % 2")
    assert 10 <= rows < 100 and much_changed(again / "portal.db", again / "new.db") is None


def test_few_reports_are_compared_with_nothing(again: Path) -> None:
    with sqlite3.connect(again / "portal.db") as db:
        db.execute("delete from reports where rowid > 9")
    for number in range(1, 12):
        (again / "documents" / f"{number}.txt").unlink()
    assert build(again) == 0


def test_a_link_stays_a_link(again: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(again / "portal.db")
    (again / "documents" / "11.txt").unlink()
    assert main([str(again / "documents"), "--db", str(link)]) == 0
    assert link.is_symlink() and count(again / "portal.db") == 11


@pytest.mark.parametrize("cut", [1, 4096])
def test_a_file_cut_off_is_not_whole(again: Path, cut: int) -> None:
    file = again / "portal.db"
    assert is_whole(str(file))
    file.write_bytes(file.read_bytes()[:-cut])
    assert not is_whole(str(file))


def test_a_page_written_over_is_damage(again: Path) -> None:
    file = again / "portal.db"
    assert damaged(file) is None
    data = bytearray(file.read_bytes())
    data[8192:12288] = b"x" * 4096
    file.write_bytes(data)
    assert damaged(file)
