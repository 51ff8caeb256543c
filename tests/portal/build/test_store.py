"""The store of readings: nothing is read twice, nothing damaged or of another program is believed, and the same documents give the same bytes."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from parsers import read_report
from portal.build import store as stores
from portal.build.mark import is_whole
from portal.build.source import facts_of
from portal.build.store import Store, pack, unpack
from tests.support.built import build, checksum, write_documents
from tests.support.paths import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_documents(tmp_path / "documents")
    return tmp_path


def test_only_what_changed_is_read_again_and_the_database_is_that_of_a_full_build(folder: Path) -> None:
    assert "11 of 11 documents: 11 read, 0 from the store, 0 refused" in build(folder)
    changed = folder / "documents" / "5.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("样例", "样板"), encoding="utf-8")
    (folder / "documents" / "6.txt").unlink()
    os.utime(changed, (2e9, 2e9))
    assert "10 of 10 documents: 1 read, 9 from the store, 0 refused" in build(folder)
    again = checksum(folder)
    assert "10 of 10 documents: 10 read, 0 from the store, 0 refused" in build(folder, "--fresh") and checksum(folder) == again
    assert sqlite3.connect(folder / "portal.db.readings").execute("select count(*) from readings").fetchone() == (9,)  # the copy is one


def test_the_same_documents_give_the_same_bytes(folder: Path) -> None:
    files = [f"documents/{file.name}" for file in sorted((folder / "documents").iterdir())]
    build(folder, "--workers", "1", documents=files, PYTHONHASHSEED="1")
    first = checksum(folder)
    build(folder, "--workers", "2", "--fresh", documents=[*reversed(files), files[0]], PYTHONHASHSEED="2")  # and one given twice
    assert checksum(folder) == first
    build(folder, documents=files, PYTHONHASHSEED="3")  # from the store
    assert checksum(folder) == first
    build(folder, documents=files, SOURCE_DATE_EPOCH="1700000000")
    assert sqlite3.connect(folder / "portal.db").execute("select built_at from builds").fetchone() == ("2023-11-14T22:13:20+00:00",)


@pytest.mark.parametrize("harm", ["cut", "header", "page", "text", "journal"])
def test_a_damaged_store_is_read_anew(folder: Path, harm: str) -> None:
    build(folder)
    first, store = checksum(folder), folder / "portal.db.readings"
    data = bytearray(store.read_bytes())
    if harm == "cut":
        store.write_bytes(data[: len(data) // 2])
    elif harm == "header":
        store.write_bytes(b"no database at all" + data[18:])
    elif harm == "page":
        data[4096:8192] = b"\0" * 4096
        store.write_bytes(data)
    elif harm == "text":
        with sqlite3.connect(store) as db:
            db.execute("update readings set report = zeroblob(length(report))")
    else:
        (folder / "portal.db.readings-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
        store.write_bytes(b"")
    assert " 11 read, 0 from the store" in build(folder) and checksum(folder) == first


def test_a_store_of_another_program_is_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = read_report((ROOT / "tests" / "samples" / "page_2021.html").read_bytes())
    for program, found in (("one", False), ("one", True), ("another", False), ("one", False)):
        monkeypatch.setattr(stores, "fingerprint", lambda program=program: program)
        store = Store(tmp_path / "readings")
        assert (store.facts("key") is not None) == found, program
        store.add("key", facts_of(report), pack(report))
        store.save()
        store.close()


def test_a_store_that_a_build_uses_is_not_touched_by_another(tmp_path: Path) -> None:
    report = read_report((ROOT / "tests" / "samples" / "page_2021.html").read_bytes())
    one = Store(tmp_path / "readings")
    one.add("key", facts_of(report), pack(report))
    other = Store(tmp_path / "readings", fresh=True)
    other.add("key", facts_of(report), pack(report))
    other.close()
    assert one.report("key").cells == report.cells and one.facts("key") == facts_of(report)
    one.save()
    one.close()
    assert [file.name for file in tmp_path.iterdir()] == ["readings"]
    again = Store(tmp_path / "readings")
    assert again.facts("key") == facts_of(report)


def test_nothing_but_a_report_is_unpickled() -> None:
    for harmful in (pickle.dumps(os.system), pickle.dumps(Path("/")), b"cposix\nsystem\n(S'true'\ntR."):
        with pytest.raises(pickle.UnpicklingError):
            unpack(zlib.compress(harmful))
    report = read_report((ROOT / "tests" / "samples" / "page_2021.html").read_bytes())
    assert unpack(pack(report)).cells == report.cells and unpack(pack(report)).document.text == report.document.text


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system does not list a process's children under /proc")
def test_a_build_killed_while_reading_leaves_what_it_published_and_a_store_to_go_on_with(folder: Path) -> None:
    build(folder)
    first = checksum(folder)
    text = (folder / "documents" / "7.txt").read_text(encoding="utf-8")
    for number in range(1200):
        (folder / "documents" / f"more{number}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    command = [sys.executable, ROOT / "build.py", "documents", "--db", "portal.db", "--accept"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    while process.poll() is None and kept(folder) < 111:
        time.sleep(0.05)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    others = [pid for task in Path(f"/proc/{process.pid}/task").iterdir() for pid in (task / "children").read_text().split()]
    process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL and others
    for pid in {*workers, *others}:
        while Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text():
            time.sleep(0.05)  # a worker ends with the build
    assert checksum(folder) == first and is_whole(str(folder / "portal.db"))
    for file in folder.glob("documents/more*.txt"):
        if int(file.stem.removeprefix("more")) >= 20:
            file.unlink()
    said = build(folder, "--accept")
    assert f"of {11 + 20} documents" in said and " 0 from the store" not in said
    assert not list(folder.glob("*.building"))


def kept(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder / 'portal.db.readings'}?mode=ro", uri=True, timeout=30) as db:
        return int(db.execute("select count(*) from readings").fetchone()[0])


def test_a_page_is_read_again_when_the_page_in_its_frame_has_changed(folder: Path) -> None:
    frame = folder / "documents" / "2_files" / "saved_resource.html"
    frame.parent.mkdir()
    frame.write_bytes((folder / "documents" / "0.html").read_bytes())
    (folder / "documents" / "2.html").write_text("<p>样例网</p><iframe src='2_files/saved_resource.html'></iframe>", encoding="utf-8")
    assert ": 12 read, 0 from the store" in build(folder)
    frame.write_bytes((folder / "documents" / "1.html").read_bytes())
    assert ": 1 read, 11 from the store" in build(folder)


def test_what_a_build_leaves_beside_its_database_is_no_document(folder: Path) -> None:
    arguments = {"documents": ["."]}
    first = build(folder, **arguments)
    killed = f"{2**22 + 1}.building"  # of no process
    for name in ("portal.db.not-published", "portal.db.readings-journal", f"portal.db.{killed}", f"inspect-data.json.{killed}"):
        (folder / name).write_bytes(b"")
    assert "11 of 11 documents" in first and "11 of 11 documents: 0 read, 11 from the store" in build(folder, **arguments)
    assert not list(folder.glob("*.building"))
    (folder / "other.db.readings").write_bytes(b"")
    assert "of 12 documents" in build(folder, **arguments)
