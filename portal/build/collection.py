"""The documents of a build: files, members of ZIP archives, and what a sources.csv beside them says of where they come from."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from parsers.documents import archive
from parsers.printed.decode import Undecodable, decode, media_type
from portal.words import web_address

SOURCES = "sources.csv"
LEFT_BY_SYSTEMS = ("Thumbs.db", "desktop.ini")
COLUMNS = ("file", "url", "agency", "year", "retrieved_on")


@dataclass(frozen=True)
class Collected:
    """A file to read, or a member of a ZIP archive, with what the sources.csv beside it states."""

    path: Path
    member: str | None = None
    url: str | None = None
    agency: str | None = None
    year: int | None = None
    retrieved_on: str | None = None

    @property
    def name(self) -> str:
        """The path as given; of a member, behind its archive's."""
        path = shown(self.path)
        return f"{path}/{archive.shown_name(self.member)}" if self.member else path


def collect(paths: Iterable[Path], besides: Path | None = None) -> tuple[list[Collected], list[str]]:
    """Every document under the paths, in order and each once, and a line for everything that is wrong with what was given.

    A sources.csv is no document; hidden files and `besides`, the database to be written, are none either.
    """
    documents: dict[tuple[Path, str | None], Collected] = {}
    remarks: list[str] = []
    for path in paths:
        files = _files(path)
        if not files:
            remarks.append(f"{shown(path)}: 文件夹里没有文件 (there are no files in this folder)")
        stated: dict[Path, Collected] = {}
        for file in files:
            if file.name == SOURCES:
                rows, wrong = read_sources(file)
                stated |= rows
                remarks += wrong
        for file in files:
            if file.name == SOURCES or (besides and file.resolve() == besides.resolve()):
                continue
            row = stated.get(file, Collected(file))
            for member in members(file):
                entry = Collected(file, member, row.url, row.agency, row.year, row.retrieved_on)
                documents.setdefault((file.resolve(), member), entry)
    return list(documents.values()), remarks


def _files(path: Path) -> list[Path]:
    """The files under a path in order, also links that lead nowhere: these are refused like any file that cannot be opened.

    What an operating system or Word leaves beside documents is none: .DS_Store, Thumbs.db, ~$… while a file is open.
    """
    if not path.is_dir():
        return [path]
    found = (p for p in path.rglob("*") if p.is_file() or (p.is_symlink() and not p.exists()))
    return sorted(p for p in found if not p.name.startswith((".", "~$")) and p.name not in LEFT_BY_SYSTEMS)


def members(path: Path) -> list[str | None]:
    """The members of a ZIP of documents, which is a folder; of any other file, the file itself."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return [None]
        data = path.read_bytes()
        return list(archive.member_names(data)) if media_type(data) == archive.MEDIA_TYPE else [None]
    except (OSError, Undecodable):
        return [None]  # whoever reads it says what is wrong with it


def read_sources(path: Path) -> tuple[dict[Path, Collected], list[str]]:
    """What a sources.csv states, by file, and a line for each thing in it that cannot be used; the rest of it is used.

    The encoding may be UTF-8, UTF-16 or what Excel writes in Chinese, GB18030.
    """
    remarks: list[str] = []

    def remark(line: int | None, problem: str) -> None:
        remarks.append(f"{shown(path)}{f' 第{line}行 (line {line})' if line else ''}: {problem}")

    try:
        text, _ = decode(path.read_bytes())
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    except OSError as error:
        remark(None, f"打不开，未使用；请检查权限 (cannot be opened and is not used: {error.strerror})")
        return {}, remarks
    except (Undecodable, csv.Error) as error:
        remark(
            None, f"不是能读的 CSV，未使用；请另存为 UTF-8 的 CSV (is no readable CSV and is not used; save it as CSV in UTF-8): {error}"
        )
        return {}, remarks
    header = [name.strip() for name in rows[0]] if rows else []
    if "file" not in header:
        remark(
            1,
            f"缺少 file 列，未使用；第一行应为 {','.join(COLUMNS)} (there is no column called file; the first line should name the columns)",
        )
        return {}, remarks
    if unknown := [name for name in header if name not in COLUMNS]:
        remark(1, f"不认识的列 {'、'.join(unknown)}，未使用；可用的是 {','.join(COLUMNS)} (these columns are not known and not used)")
    stated: dict[Path, Collected] = {}
    for number, cells in enumerate(rows[1:], start=2):
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if not any(row.values()):
            continue
        file = path.parent / row["file"]
        if not row["file"] or not file.is_file():
            remark(number, f"没有文件“{row['file']}”；请写与本表同一文件夹里的文件名 (there is no such file beside this table)")
        elif file in stated:
            remark(number, f"“{row['file']}”出现两次，取前一行 (this file is listed twice, the first line counts)")
        else:
            stated[file], problems = _entry(file, row)
            for problem in problems:
                remark(number, problem)
    return stated, remarks


def _entry(file: Path, row: dict[str, str]) -> tuple[Collected, list[str]]:
    """A file with what its row states, and what in the row cannot be used."""
    problems: list[str] = []
    year, url, retrieved = row.get("year", ""), row.get("url", ""), row.get("retrieved_on", "")
    if year and not re.fullmatch(r"20\d\d", year):
        problems.append(
            f"year“{year}”不是 2000 至 2099 的四位年份，未使用 (this is no year from 2000 to 2099 in four digits and is not used)"
        )
        year = ""
    if url and not web_address(url):
        problems.append(f"url“{url}”不是 http 地址，未使用 (this is no web address and is not used)")
        url = ""
    if retrieved and not _is_date(retrieved):
        problems.append(f"retrieved_on“{retrieved}”不是 2024-03-01 这样的日期，未使用 (this is no date like 2024-03-01 and is not used)")
        retrieved = ""
    return Collected(file, None, url or None, row.get("agency") or None, int(year) if year else None, retrieved or None), problems


def _is_date(printed: str) -> bool:
    try:
        date.fromisoformat(printed)
    except ValueError:
        return False
    return True


def shown(path: Path) -> str:
    """The path as text; a name that is not UTF-8, as old Chinese archives leave on a disk, is read as GB18030."""
    try:
        return os.fsencode(path).decode("utf-8")
    except UnicodeDecodeError:
        return os.fsencode(path).decode("gb18030", errors="replace")
