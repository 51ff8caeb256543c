"""What a build takes from folders, archives and sources.csv, and what it says of the rest."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from portal.build.collection import Collected, collect

HEADER = "file,url,agency,year,retrieved_on\n"
ROW = "a.txt,https://example.org/a,晋江市样例局,2021,2022-03-01\n"


@pytest.fixture
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("unpacked")


def with_sources(folder: Path, data: bytes) -> tuple[Collected, list[str]]:
    (folder / "a.txt").write_text("样例", encoding="utf-8")
    (folder / "sources.csv").write_bytes(data)
    (entry,), remarks = collect([folder], folder)
    return entry, remarks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sources_csv_in_the_encodings_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    entry, remarks = with_sources(tmp_path, (HEADER + ROW).encode(encoding))
    assert (entry.url, entry.agency, entry.year, entry.retrieved_on) == ("https://example.org/a", "晋江市样例局", 2021, "2022-03-01")
    assert not remarks


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x81\xff\xd0\x20," * 40, "不是能读的 CSV"),
        ((HEADER + 'a.txt,"https://example.org/a\n').encode(), "不是能读的 CSV"),
        ("文件,网址\na.txt,https://example.org/a\n".encode(), "第1行 (line 1): 缺少 file 列"),
        (b"", "缺少 file 列"),
    ],
)
def test_a_sources_csv_that_cannot_be_used_is_named_and_the_documents_stay(tmp_path: Path, data: bytes, said: str) -> None:
    entry, (remark,) = with_sources(tmp_path, data)
    assert entry == Collected(tmp_path / "a.txt", f"{tmp_path.name}/a.txt")
    assert remark.startswith(f"{tmp_path}/sources.csv") and said in remark and "\n" not in remark


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b.txt,,,2021,\n", "第2行 (line 2): 没有文件“b.txt”"),
        ("a.txt,,,二〇二一,\n", "不是 2000 至 2099 的四位年份"),
        ("a.txt,javascript:alert(1),,,\n", "不是 http 地址"),
        ("a.txt,,,,2022年3月1日\n", "不是 2024-03-01 这样的日期"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    entry, (remark,) = with_sources(tmp_path, (HEADER + row).encode())
    assert said in remark and entry == Collected(tmp_path / "a.txt", f"{tmp_path.name}/a.txt")


def test_columns_nobody_knows_and_a_file_listed_twice(tmp_path: Path) -> None:
    entry, remarks = with_sources(tmp_path, f"file,year,note\na.txt,2021,x\na.txt,2022,y\n".encode())  # noqa: F541
    assert entry.year == 2021 and ["note" in remarks[0], "出现两次" in remarks[1]] == [True, True]


def test_the_same_file_given_twice_is_one_and_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("样例", encoding="utf-8")
    entries, (remark,) = collect([tmp_path / "full", tmp_path / "full" / "a.txt", tmp_path / "empty"], tmp_path)
    assert len(entries) == 1 and remark.startswith(f"{tmp_path}/empty: ")


def test_names_tell_where_a_file_is_below_what_was_given_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("2023/in", "2024/in"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(folder, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "2023")
    given = {
        (".",): ["2023/in/a.txt"],
        ("in/a.txt",): ["a.txt"],
        ("../2024",): ["2024/in/a.txt"],
        (f"{tmp_path}/2024/", "../2024"): ["2024/in/a.txt"],
        (f"{tmp_path}/2024/in", "in"): ["2024/in/a.txt", "2023/in/a.txt"],  # of one name: with the folders that tell them apart
    }
    assert {paths: [entry.name for entry in collect([*map(Path, paths)], tmp_path)[0]] for paths in given} == given


def test_names_that_are_not_utf8_are_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + "样例.txt".encode("gb18030")
    try:
        Path(os.fsdecode(path)).write_text("样例", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (entry,), _ = collect([tmp_path], tmp_path)
    assert entry.name == f"{tmp_path.name}/样例.txt"


def test_members_of_an_archive_and_what_is_no_document(tmp_path: Path, unpacked: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        archive.writestr("in/a.txt", "样例")
        archive.writestr("b.txt", "样例")
    for litter in (".hidden", "Thumbs.db", "~$报告.docx"):
        (tmp_path / litter).write_text("x", encoding="utf-8")
    (tmp_path / "portal.db").write_bytes(b"")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    entries, remarks = collect([tmp_path], unpacked, besides=tmp_path / "portal.db")
    assert [entry.name.removeprefix(f"{tmp_path.name}/") for entry in entries] == ["gone.txt", "many.zip/in/a.txt", "many.zip/b.txt"]
    assert not remarks
