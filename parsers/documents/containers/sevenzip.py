"""7z archives, by py7zr."""

from __future__ import annotations

import io
import lzma
import struct
from collections.abc import Iterator

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError
from py7zr.io import Py7zIO, WriterFactory

from parsers.documents.containers.member import DAMAGED, HAS_PASSWORD, MAX_MEMBERS, MAX_UNPACKED, TOO_LARGE, TOO_MANY, Member
from parsers.printed.decode import MAX_BYTES, Undecodable

_DAMAGED = (ArchiveError, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, AssertionError)  # fmt: skip


class _Bounded(Py7zIO):
    """A member's bytes, as many as a document may have and one more."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()

    def write(self, s: bytes | bytearray) -> int:
        self.bytes.write(s[: MAX_BYTES + 1 - self.bytes.tell()])
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return self.bytes.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.bytes.seek(offset, whence)

    def flush(self) -> None:
        """There is nothing to flush."""

    def size(self) -> int:
        return len(self.bytes.getvalue())


class _Files(WriterFactory):
    """Where py7zr writes what it unpacks: into memory, by name."""

    def __init__(self) -> None:
        self.written: dict[str, _Bounded] = {}

    def create(self, filename: str) -> _Bounded:
        self.written[filename] = file = _Bounded()
        return file


def members(data: bytes) -> Iterator[Member]:
    """The files in an archive. Raises Undecodable when it is damaged, locked or unpacks to too much."""
    files = _Files()
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise Undecodable(HAS_PASSWORD)
            listed = [info for info in archive.list() if not info.is_directory]
            if sum(info.uncompressed or 0 for info in listed) > MAX_UNPACKED:
                raise Undecodable(TOO_LARGE)
            names = [info.filename for info in listed[:MAX_MEMBERS]]
            archive.extract(targets=names, factory=files)
    except PasswordRequired as error:
        raise Undecodable(HAS_PASSWORD) from error
    except UnsupportedCompressionMethodError as error:
        raise Undecodable(
            "这个 7z 压缩包的压缩方法读不了，请改用 ZIP (it is packed by a method that is not read: pack it as ZIP)"
        ) from error
    except Undecodable:
        raise
    except _DAMAGED as error:
        raise Undecodable(DAMAGED) from error
    for name in names:
        content = files.written[name].bytes.getvalue() if name in files.written else b""
        shown = name.replace("\\", "/")
        yield Member(shown, content) if len(content) <= MAX_BYTES else Member(shown, None, TOO_LARGE)
    if len(listed) > MAX_MEMBERS:
        yield Member("", None, TOO_MANY)
