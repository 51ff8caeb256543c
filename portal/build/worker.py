"""What a worker process does: read one document after another, each within bounds that the system keeps.

What a document does to its reader costs that document: a worker that breaks its bounds ends, and another takes its place.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import resource
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from parsers import read_report, refused_report
from parsers.documents.html.pictures import beside_a_page, is_picture
from parsers.documents.pictures import extra
from parsers.model import Report
from portal.build.page_pictures import page_pictures
from portal.build.source import Facts, facts_of
from portal.build.store import pack

SECONDS = 20  # of processor time for one document
MEMORY = 850_000_000  # bytes of addresses for one document, beside what the program itself has: about 1 GB of memory together
NO_MEMORY = 77  # the exit status of a worker that had none left
_DEATH_OF_PARENT = 1  # prctl: PR_SET_PDEATHSIG
_FAULT = "读取程序自己出错，请把这份文件报告给本项目 (a fault of the reader, please report this file): {:.200}"


class File(NamedTuple):
    """A file by its name without folders: where it is, whatever it is called there, or the bytes that came over the network."""

    name: str
    content: Path | bytes

    def read(self) -> bytes:
        """Its bytes. Raises OSError where it cannot be opened."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


class Read(NamedTuple):
    """A document as read: the SHA-256 of its bytes, the key of its reading in the store, what is light of its report, the report packed.

    `lasting` is false where a fault of ours gave the outcome: it is not kept. `pictures` are those of its pages.
    """

    id: str
    key: str
    facts: Facts
    packed: bytes
    lasting: bool = True
    pictures: Sequence[bytes] = ()


def end_with(parent: int) -> None:
    """Let this process end with its parent, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def confine(parent: int) -> None:
    """Bind this process: it ends with its parent, leaves Ctrl-C to it, and has no more memory than one document may take."""
    end_with(parent)
    with suppress(ValueError, OSError):  # a system that does not keep one of these limits still keeps the others
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _set_soft(resource.RLIMIT_AS, _addresses() + MEMORY)
    extra.before_a_page = partial(_allow_a_page, _addresses() + MEMORY + extra.MEMORY)


def _allow_a_page(addresses: int) -> None:
    """A page that is a picture may take so much time more, and its document the memory of the recognisers."""
    with suppress(ValueError, OSError):
        _set_soft(resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU)[0] + extra.SECONDS)
        _set_soft(resource.RLIMIT_AS, addresses)


def _addresses() -> int:
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 2_000_000_000


def _set_soft(what: int, most: int) -> None:
    """The hard limit stays: LibreOffice, which a reader starts, has bounds of its own."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def read_files(files: Sequence[File]) -> Read:
    """Read a document: a file, with its pictures and the pages that it frames, one of which may be the report. Raises OSError where one
    cannot be opened."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(ValueError, OSError):
        _set_soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + SECONDS)
    (_, data), *beside = [(file.name, file.read()) for file in files]
    id = hashlib.sha256(data).hexdigest()
    others = [(name, hashlib.sha256(content).hexdigest()) for name, content in beside]
    try:
        report = report_in(data, beside)
        pictures = [] if report.refused else page_pictures(data, report.document)
        return Read(id, key_of(id, others), facts_of(report), pack(report), pictures=pictures)
    except MemoryError:
        os._exit(NO_MEMORY)  # what is left of it may not do for the next document
    except BaseException as fault:  # SystemExit and KeyboardInterrupt of a reader too: it costs this document alone
        report = refused_report(fault_of_ours(fault))
        return Read(id, key_of(id, others), facts_of(report), pack(report), lasting=False)


def report_in(data: bytes, beside: Sequence[tuple[str, bytes]]) -> Report:
    """The report of a document, or where it only frames the report, that of the first page in its frames that is one; `beside` are, by their
    names, these pages and the pictures that were saved with it."""
    pictures = {name: content for name, content in beside if is_picture(content)}
    find = beside_a_page(pictures)
    report = read_report(data, find)
    if not report.refused:
        return report
    framed = (read_report(content, find) for name, content in beside if name not in pictures)
    return next((within for within in framed if not within.refused), report)


def fault_of_ours(fault: BaseException) -> str:
    """Why a document is refused that met a fault of the program, the same each time: without the places of objects in memory.

    >>> fault_of_ours(KeyError("<object at 0x7f00>")).partition(": ")[2]
    "KeyError('<object at somewhere>')"
    """
    return _FAULT.format(re.sub("0x[0-9a-f]+", "somewhere", ascii(fault)))


def key_of(id: str, beside: Sequence[tuple[str, str]]) -> str:
    """What names a reading: the SHA-256 of the document, and by their names those of what was saved with it."""
    return hashlib.sha256(repr((id, beside)).encode()).hexdigest() if beside else id
