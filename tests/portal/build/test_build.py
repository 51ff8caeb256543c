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

from build import main
from parsers.documents.read import READERS
from parsers.model import Document
from portal.build.mark import is_whole
from tests.support.paths import ROOT, SHARED


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
    assert is_whole(str(db))
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


def test_a_page_of_all_cells_reads_no_more_than_the_page(samples: tuple[Path, str]) -> None:
    plan = [str(step[-1]) for step in rows(samples[0], "explain query plan select * from cells limit 101")]
    assert not [step for step in plan if "MATERIALIZE" in step], plan


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing-here"], "no such file or folder"),
        (["check"], "the following arguments are required: file"),
        (["check", "nothing-here"], "no such file"),
        (["check", "."], "a folder; give the path of one document of it"),
        (["check", "many.zip"], "2 份文件的压缩包"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["a.txt", "--db", "no-folder/new.db"], "its folder does not exist"),
        (["a.txt", "--db", "a.txt"], "is no database and is not overwritten"),
        (["empty"], "there are no documents to build from"),
    ],
)
def test_wrong_usage_exits_with_2_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("样例", encoding="utf-8")
    Path("empty").mkdir()
    with zipfile.ZipFile("many.zip", "w") as archive:
        archive.writestr("a.txt", "样例")
        archive.writestr("b.txt", "样例")
    before = sorted(tmp_path.iterdir())
    assert main(arguments) == 2
    complaint = capsys.readouterr().err
    assert said in complaint and complaint.count("\n") == 1 and complaint.startswith("build.py: ")
    assert sorted(tmp_path.iterdir()) == before and Path("a.txt").read_text(encoding="utf-8") == "样例"


def test_a_file_that_cannot_be_opened_is_refused_and_the_build_goes_on(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    shutil.copy(ROOT / "tests" / "samples" / "page_2021.html", documents)
    (documents / "gone.html").symlink_to(tmp_path / "nowhere")
    (documents / "sources.csv").write_text("name,year\npage_2021.html,2023\n", encoding="utf-8")
    (tmp_path / "new.db.999999999.building").write_bytes(b"left over by a build that was killed")
    done = build(documents, "--db", tmp_path / "new.db")
    assert done.returncode == 0, done.stderr
    assert f"note  {documents}/sources.csv 第1行 (line 1): 缺少 file 列" in done.stdout
    assert "refused  documents/gone.html: 文件打不开" in done.stdout
    found = rows(tmp_path / "new.db", "select path, refused_because is null from source_texts order by path")
    assert [(Path(str(path)).name, read) for path, read in found] == [("gone.html", 0), ("page_2021.html", 1)]
    assert not list(tmp_path.glob("*.building"))


def test_a_fault_of_the_reader_costs_one_document_and_is_called_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(_data: bytes) -> Document:
        raise KeyError("no such column")

    monkeypatch.setitem(READERS, "text/markdown", faulty)  # the worker processes are forked from this one
    documents = tmp_path / "documents"
    documents.mkdir()
    shutil.copy(ROOT / "tests" / "samples" / "page_2021.html", documents)
    (documents / "odd.md").write_text("---\nagency: 样例局\n---\n", encoding="utf-8")
    assert main([str(documents), "--db", str(tmp_path / "portal.db")]) == 0
    reasons = dict(rows(tmp_path / "portal.db", "select path, refused_because from source_texts"))
    assert "读取程序自己出错" in str(reasons["documents/odd.md"]) and reasons["documents/page_2021.html"] is None
    assert "no such column" in capsys.readouterr().out


def test_two_builds_at_once_leave_one_whole_database(tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "build.py", ROOT / "tests" / "samples" / "page_2021.html", "--db", tmp_path / "new.db"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert rows(tmp_path / "new.db", "pragma integrity_check") == [("ok",)] and is_whole(str(tmp_path / "new.db"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.db", "new.db.readings"]


def test_the_same_documents_make_the_same_ids(samples: tuple[Path, str], tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    assert build(samples[0].parent / "documents", "--db", again).returncode == 0
    for table in ("reports", "findings", "source_texts"):
        sql = f"select id from {table} order by id"  # noqa: S608 names of our own
        assert rows(again, sql) == rows(samples[0], sql)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system does not list a process's children under /proc")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_build_leaves_the_old_database(tmp_path: Path, sign: signal.Signals) -> None:
    db = tmp_path / "portal.db"
    db.write_bytes(b"SQLite format 3\x00 as it was")
    many = tmp_path / "many"
    many.mkdir()
    text = (ROOT / "tests" / "samples" / "plain_tabs.txt").read_text(encoding="utf-8")
    for number in range(1500):
        (many / f"{number}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, ROOT / "build.py", many, "--db", db],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which what runs in a shell's background ignores
    )
    readers = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not readers.read_text():
        time.sleep(0.05)
    time.sleep(1)  # well into the reading
    os.killpg(process.pid, sign)
    _, complaint = process.communicate(timeout=300)
    assert process.returncode in (-signal.SIGKILL, 130)
    if sign == signal.SIGINT:
        assert "已中断" in complaint.decode() and "Traceback" not in complaint.decode()
    assert db.read_bytes() == b"SQLite format 3\x00 as it was"


def test_check_shows_a_document_and_stores_nothing(tmp_path: Path) -> None:
    sample = ROOT / "tests" / "samples" / "word_made.html"
    done = subprocess.run([sys.executable, ROOT / "build.py", "check", sample], capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = done.stdout
    assert "finding (report)" in shown and "stated 175" in shown and "样例市卫生健康委员会" in shown
    assert "列的依据 placed by: 在列标题的正下方 geometry（表格 drawn）175 格 cells" in shown
    order = ["机关 agency", "主动公开政府信息情况 Proactive", "予以公开", "行政复议", "一、总体情况", "叙述中的数字 claims", "核对 checks"]
    assert [shown.index(part) for part in order] == sorted(shown.index(part) for part in order)
    assert list(tmp_path.iterdir()) == []


def test_check_shows_what_is_open_and_left_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a.txt"
    page.write_text(
        "样例镇人民政府2021年政府信息公开工作年度报告\n统计期限自2020年1月1日至2020年12月31日。\n一、总体情况\n略。\n"
        "二、主动公开政府信息情况\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | x | / |\n行政规范性文件 | 1 | / | 3 |\n其他主动公开文件\x1b[31m | 5 | 5 | 5 |\n",
        encoding="utf-8",
    )
    assert main(["check", str(page)]) == 0
    shown = capsys.readouterr().out
    assert "place_open" in shown and "year_conflict" in shown and "▢/" in shown and ": unreadable “" in shown
    assert "没有归位的内容 left over" in shown and "其他主动公开文件" in shown and "\x1b" not in shown


def test_check_shows_why_a_document_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOT / "tests" / "samples" / "binary.bin")]) == 0
    assert "原因 reason" in capsys.readouterr().out


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
    assert found == {"many.zip/in/page.html": 1, "many.zip/empty.txt": 0}
    assert str(tmp_path).encode() not in db.read_bytes()  # where it was built


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(("arguments", "built"), [((), None), (("REPORTS=my-reports data/reports",), "my-reports data/reports")])
def test_make_serve_builds_from_the_folders_it_is_given(tmp_path: Path, arguments: tuple[str, ...], built: str | None) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for folder in ("parsers", "portal", "data", ".venv"):
        (tmp_path / folder).mkdir()
    for age, name in enumerate(
        ["portal.db", ".venv/ready", "requirements.lock", "pyproject.toml", "build.py"]
    ):  # the database is the newest
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1e9 - age, 1e9 - age))
    environment = {name: value for name, value in os.environ.items() if name not in ("REPORTS", "MAKEFLAGS")}
    planned = subprocess.run(["make", "-n", "serve", *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    assert ("build.py" in planned.stdout) == bool(built)
    assert not built or f"build.py {built} --db portal.db" in planned.stdout
