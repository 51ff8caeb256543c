"""Answers that are given again: the portal changes only with a build, so an address has one answer until the next.

If-None-Match: "<edition>-<address>"  ──▶  304, nothing is read
an address that was asked before      ──▶  the bytes of then, as long as they fit
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.pages.remembered import Kept

ALL = 64_000_000  # bytes of all answers that are kept
ONE = 2_000_000  # of one
KEPT = b"public, max-age=120, must-revalidate"  # two minutes, and then a proxy asks again
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Answer:
    """A whole answer with status 200, as it was sent."""

    headers: Headers
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + 500


def new_answers() -> Kept[Answer]:
    """Room for the last answers by their keys."""
    return Kept(ALL, ONE)


def etag(edition: str, address: str) -> bytes:
    """The mark of what an edition answers at an address; weak, since the bytes may be packed or not."""
    return f'W/"{hashlib.blake2b(f"{edition} {address}".encode(), digest_size=12).hexdigest()}"'.encode()


def holds(asked: bytes | None, mark: bytes) -> bool:
    """Whether an If-None-Match names the mark.

    >>> holds(b'"x", W/"1"', b'W/"1"'), holds(b"*", b'W/"1"'), holds(None, b'W/"1"')
    (True, True, False)
    """
    marks = [part.strip().removeprefix(b"W/") for part in (asked or b"").split(b",")]
    return mark.removeprefix(b"W/") in marks or marks == [b"*"]


def program(folders: Iterable[Path]) -> str:
    """What tells one version of the program's files from another: a template that was changed is another answer."""
    files = sorted(path for folder in folders for path in ([folder] if folder.is_file() else folder.rglob("*")) if path.suffix != ".pyc")
    said = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files if path.is_file()]
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()
