"""Every document is a recorded outcome: whatever one does to its reader costs it alone, and the build goes on."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from build import main
from parsers import read_report
from parsers.documents.read import READERS
from parsers.printed.decode import MAX_BYTES
from portal.build import worker
from portal.build.agencies import Agencies
from portal.build.collection import MAX_REMARKS, collect
from portal.build.source import source_of
from portal.build.write import create, finish, write_sources
from tests.support.harmful import harmful
from tests.support.paths import ROOT

SAMPLES = ROOT / "tests" / "samples"


OUTCOMES = {
    "SystemExit": "a fault of the reader",
    "KeyboardInterrupt": "a fault of the reader",
    "killed": "reading it broke off",
    "memory": "took too much memory",
    "unpicklable": "a fault of the reader",
    "endless": "reading it took too long",
}


def refusals(db: Path) -> dict[str, str | None]:
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        rows = connection.execute("select path, refused_because from source_texts").fetchall()
    return {Path(path).name: reason for path, reason in rows}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(SAMPLES / "page_2021.html", folder)
    return folder


def test_what_a_document_does_to_its_reader_costs_it_alone(
    documents: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(READERS, "text/markdown", harmful)  # the worker processes are forked from this one
    monkeypatch.setattr(worker, "SECONDS", 1)
    for word in [*OUTCOMES, "harmless"]:
        (documents / f"{word}.md").write_text(f"---\nagency: 样例局\n---\n\n{word}\n", encoding="utf-8")
    for _ in range(2):  # none of these outcomes is kept: they are tried again
        assert main([str(documents), "--db", str(documents.parent / "portal.db"), "--workers", "2"]) == 0
        found = refusals(documents.parent / "portal.db")
        assert found.pop("page_2021.html") is None and "fault" not in str(found.pop("harmless.md"))
        assert {name.removesuffix(".md"): said in str(found[f"{name}.md"]) for name, said in OUTCOMES.items()} == dict.fromkeys(
            OUTCOMES, True
        )
    assert "of 8 documents: 0 read, 1 from the store, 7 refused" in capsys.readouterr().out


def test_half_a_character_is_shown_as_one_that_is_not_known() -> None:
    data = '---\nagency: "样例\\ud800局"\ntitle: "\\udfff"\n---\n\n一、总体情况\n'.encode()
    report = read_report(data)
    assert report.document.stated["agency"] == "样例\ufffd局" and str(report).encode()


def test_what_cannot_be_written_is_refused_and_the_others_are_written() -> None:
    report = read_report((SAMPLES / "page_2021.html").read_bytes())
    other = read_report((SAMPLES / "word_made.html").read_bytes())
    broken = replace(report, claims=(*report.claims, replace(report.claims[0], doubt="no such doubt")))
    db = create(":memory:")
    sources = [
        source_of("1", "1.html", other),
        source_of("2", "2.html", broken),
        source_of("3", "3.html", replace(other, identity=replace(other.identity, year=2000)), url="http://\udfff"),
        source_of("4", "4.html", report, agency="样例市又一局"),
    ]
    assert set(write_sources(db, sources, Agencies())) == {"2", "3"}
    finish(db)
    written = db.execute("select source_texts.id, refused_because, count(claims.id) from source_texts"
                         " join reports on reports.source_id = source_texts.id left join claims using (report_id) group by 1").fetchall()  # fmt: skip
    assert [(id, bool(reason), claims) for id, reason, claims in written] == [
        ("1", False, len(other.claims)), ("2", True, 0), ("3", True, 0), ("4", False, len(report.claims)),
    ]  # fmt: skip
    assert "please report this file" in written[1][1]


def test_what_is_no_ordinary_file_is_a_remark(documents: Path) -> None:
    os.mkfifo(documents / "pipe.html")
    (documents / "linked").symlink_to(documents)
    (documents / "in").mkdir()
    shutil.copy(SAMPLES / "word_made.html", documents / "in")
    opened = socket.socket(socket.AF_UNIX)
    opened.bind(os.path.relpath(documents / "socket"))  # a short name: the system takes no long one
    collected, remarks = collect([documents, documents / "pipe.html"], documents.parent)
    opened.close()
    assert [entry.path.name for entry in collected] == ["word_made.html", "page_2021.html"]
    assert sorted(Path(remark.split(":")[0]).name for remark in remarks) == ["linked", "pipe.html", "pipe.html", "socket"]
    assert all("is not read" in remark for remark in remarks)


def test_a_file_that_is_too_large_is_not_read(documents: Path) -> None:
    with (documents / "large.pdf").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    os.mkfifo(documents.parent / "portal.db")
    assert main([str(documents), "--db", str(documents.parent / "portal.db")]) == 2  # nothing waits for the pipe
    assert main([str(documents), "--db", str(documents.parent / "new.db")]) == 0
    assert "the file is too large" in str(refusals(documents.parent / "new.db")["large.pdf"])


def test_a_table_of_wrong_lines_is_told_in_few(documents: Path) -> None:
    lines = "".join(f"none{number}.html,2023\n" for number in range(30_000))
    (documents / "sources.csv").write_text(f"file,year\n{lines}page_2021.html,2031\n,,\n\n1\n", encoding="utf-8")
    (entry,), remarks = collect([documents], documents.parent)
    assert entry.year == 2031 and len(remarks) == MAX_REMARKS + 1
    assert "第2行 (line 2)" in remarks[0] and f"{30_001 - MAX_REMARKS} more" in remarks[-1]


def test_members_of_one_name_are_a_remark(documents: Path) -> None:
    with zipfile.ZipFile(documents / "twice.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.write(SAMPLES / "word_made.html", "a.html")
        archive.write(SAMPLES / "page_2021.html", "a.html")
    (documents / "unpacked").mkdir()
    collected, _ = collect([documents / "twice.zip"], documents / "unpacked")
    assert [(Path(entry.name).name, entry.refused is None) for entry in collected] == [("a.html", True), ("a.html (2)", False)]
