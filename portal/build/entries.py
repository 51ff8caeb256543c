"""The files under a path, as in a folder: also those in archives and messages, which are unpacked into a folder of their own."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from parsers.documents.read import CONTAINERS, media_type
from parsers.printed.decode import Undecodable
from portal.build.worker import confine

MAX_ARCHIVE = 500_000_000  # bytes of an archive
MAX_UNPACKED = 2_000_000_000  # bytes of all files in an archive and in those in it
MAX_FILES = 20_000  # in an archive and in those in it
MAX_DEPTH = 4  # archives in archives
SECONDS = 120  # the longest that one archive may take to unpack
LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin", "system volume information", "icon\r"}
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0")  # how archives and messages of Outlook begin
NO_FILE = "是链接到别处的文件夹，或不是普通文件，没有读 (a link to a folder, or no ordinary file: it is not read)"
_SAME_NAME = (
    "压缩包里有几份同名文件，只读了第一份，请改名后重新打包 (several files of this name are in the archive; only the first is read)"
)
_TOO_MUCH = "压缩包里的文件太多或太大，其余没有读，请分开打包 (it holds more than is read of one archive: pack it in several)"


@dataclass(frozen=True)
class Entry:
    """A file: its name as shown, behind those of the folder and the archive it is in; where its bytes are; why there are none.

    `given` is the file on the disk that it is, or that it is in.
    """

    name: str
    path: Path
    given: Path
    refused: str | None = None

    @property
    def place(self) -> tuple[Path, str]:
        """The same for one file, however the path to it was given."""
        return self.given.resolve(), self.inside

    @property
    def inside(self) -> str:
        """Where in `given` it is, with a slash before it; empty of a file on the disk."""
        return self.name.removeprefix(shown(self.given))


def entries(path: Path, unpacked: Path) -> Iterator[Entry]:
    """The files under a path in order, with those in archives, which are written into the folder `unpacked`.

    Links that lead nowhere are among them: these are refused like any file that cannot be opened; links to folders, pipes and sockets
    say that they are not read. What an operating system or Word
    leaves beside documents is not: .DS_Store, Thumbs.db, ~$… while a file is open.
    """
    for file in _files(path):
        if not file.is_file() and file.exists():
            yield Entry(shown(file), file, file, NO_FILE)
            continue
        yield from _unpacked_apart(file, unpacked) if holds_files(file) else [Entry(shown(file), file, file)]


def _files(path: Path) -> list[Path]:
    """All in a folder and in those in it but folders; a link to a folder is one of them and not followed: it may lead anywhere, and back."""
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.is_symlink() or not p.is_dir())
    return [file for file in found if not is_litter(shown(file.relative_to(path)))]


def is_litter(name: str) -> bool:
    """Did an operating system or an office program leave a file of this name, or a folder in it, beside documents?

    >>> is_litter("__MACOSX/._年报.docx"), is_litter("年报/~$年报.docx"), is_litter("年报/年报.docx")
    (True, True, False)
    """
    return any(part.startswith((".", "~$", "~WR")) or part.lower() in LEFT_BY_SYSTEMS for part in name.split("/"))


def holds_files(file: Path) -> bool:
    """Is this an archive or a message? Told from its content; no of what cannot be opened or is damaged: its reader says why."""
    try:
        with file.open("rb") as opened:
            begin = opened.read(4096)
            data = begin + opened.read(MAX_ARCHIVE) if begin.startswith(_PACKED) else begin
        return media_type(data, MAX_ARCHIVE) in CONTAINERS
    except (OSError, Undecodable):
        return False


def _unpacked_apart(file: Path, folder: Path) -> list[Entry]:
    """The files in an archive, unpacked in a process of its own: archives may be made to do harm."""
    whole = Entry(shown(file), file, file)
    pool = ProcessPool(max_workers=1, initializer=confine, initargs=(os.getpid(),))
    try:
        return list(pool.schedule(_unpacked, args=(whole, folder), timeout=SECONDS).result())
    except TimeoutError:
        reason = f"解压超过 {SECONDS} 秒，已放弃，请解压后放进文件夹 (unpacking it took too long: unpack it into a folder)"
    except (ProcessExpired, MemoryError, RecursionError):
        reason = "解压时中断，文件可能有害或损坏，请解压后放进文件夹 (unpacking it broke off: unpack it into a folder)"
    except OSError as error:
        reason = f"解压时写不下，请检查临时文件夹的空间 (there is no room to unpack it): {error.strerror}"
    except Exception as fault:  # ours: it must not cost the other documents
        reason = f"解压程序自己出错，请把这份文件报告给本项目 (a fault of the reader, please report this file): {fault!r:.200}"
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
    return [Entry(whole.name, file, file, reason)]


def _unpacked(whole: Entry, folder: Path) -> list[Entry]:
    return _Unpacking(folder).files_in(whole, 1)


@dataclass
class _Unpacking:
    """The files of one archive, written into a folder one by one: how many there are so far, and of how many bytes."""

    folder: Path
    files: int = 0
    size: int = 0

    def files_in(self, whole: Entry, depth: int) -> list[Entry]:
        """The files in an archive and in those in it; one that cannot be had says why."""
        found: list[Entry] = []
        names: Counter[str] = Counter()
        try:
            data = whole.path.read_bytes()
            for member in CONTAINERS[media_type(data, MAX_ARCHIVE)](data):
                name = "/".join(part for part in member.name.split("/") if part not in ("", ".", ".."))
                if name and is_litter(name):
                    continue
                entry = Entry(f"{whole.name}/{name}" if name else whole.name, whole.path, whole.given, member.refused)
                names[entry.name] += 1
                if names[entry.name] > 1:
                    entry = Entry(f"{entry.name} ({names[entry.name]})", whole.path, whole.given, _SAME_NAME)
                self.files += 1
                self.size += len(member.content or b"")
                if self.files > MAX_FILES or self.size > MAX_UNPACKED:
                    return [*found, Entry(whole.name, whole.path, whole.given, _TOO_MUCH)]
                found += [entry] if entry.refused or member.content is None else self._written(entry, member.content, depth)
        except Undecodable as error:
            found.append(Entry(whole.name, whole.path, whole.given, str(error)))
        return found

    def _written(self, entry: Entry, content: bytes, depth: int) -> list[Entry]:
        handle, name = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        packed = entry.given.stat().st_mtime_ns
        os.utime(name, ns=(packed, packed))  # a file is as old as its archive, whenever it is unpacked
        entry = Entry(entry.name, Path(name), entry.given)
        if not holds_files(entry.path):
            return [entry]
        if depth < MAX_DEPTH:
            return self.files_in(entry, depth + 1)
        reason = f"压缩包套了 {MAX_DEPTH} 层以上，没有读，请解压后放进文件夹 (archives more than {MAX_DEPTH} deep in each other: unpack them into a folder)"
        return [Entry(entry.name, entry.path, entry.given, reason)]


def shown(path: Path) -> str:
    """The path as text; a name that is not UTF-8, as old Chinese archives leave on a disk, is read as GB18030."""
    try:
        return os.fsencode(path).decode("utf-8")
    except UnicodeDecodeError:
        return os.fsencode(path).decode("gb18030", errors="replace")
