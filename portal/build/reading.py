"""The documents of a build, read in worker processes or taken from the store; every one ends as a recorded outcome."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as ReadTimeout
from functools import partial
from signal import SIGXCPU
from typing import Any

from pebble import ProcessExpired, ProcessPool

from parsers import refused_report
from parsers.documents.pictures import extra
from parsers.printed.decode import MAX_BYTES
from portal.build.collection import Collected
from portal.build.progress import Progress
from portal.build.source import Source, source_of
from portal.build.store import Store
from portal.build.worker import NO_MEMORY, Read, confine, fault_of_ours, key_of, read_file
from portal.build.write import source_id

PATIENCE = 60  # seconds by the clock, for a document that waits: for LibreOffice, or for a processor
SCANNED = extra.SECONDS * extra.MAX_PICTURES  # seconds more, where pictures are read
AHEAD = 4  # documents a worker that are handed out before one is done
TOO_LARGE = f"文件有 {{:,}} 字节，超过可读的 {MAX_BYTES:,} 字节，请只留报告本身 (the file is too large; keep the report alone)"
NO_FILE = "不是普通文件，没有打开 (this is no ordinary file and was not opened)"
NOT_OPENED = "文件打不开，请检查文件和权限 (the file cannot be opened): {}"
TOO_LONG = (
    "读取用时过长，已放弃，请只留报告本身，或从原稿另存 (reading it took too long: keep the report alone, or save it again from its source)"
)
TOO_MUCH = "读取用的内存过多，已放弃，请只留报告本身，或从原稿另存 (reading it took too much memory: keep the report alone, or save it again from its source)"
BROKE_OFF = "读取时中断，文件损坏，或所需的内存过多，请从原稿另存 (reading it broke off: the file is damaged or takes too much memory; save it again from its source)"


def read_all(collected: Sequence[Collected], store: Store, workers: int, progress: Progress) -> tuple[list[Source], set[str]]:
    """A source for each document, in the order given, and the keys of the readings in the store that they rest on."""
    reading = _Reading(collected, store, progress)
    if not collected:
        return [], set()
    pool = ProcessPool(max_workers=min(workers, len(collected)), initializer=confine, initargs=(os.getpid(),))
    try:
        reading.run(pool, workers)
    finally:
        store.save()
        pool.stop()  # type: ignore[no-untyped-call]  # all is read, or the build was interrupted and nobody waits for the rest
        pool.join()
    return [source for source in reading.sources if source], reading.keys


class _Reading:
    """The sources so far, and which documents are being read."""

    def __init__(self, collected: Sequence[Collected], store: Store, progress: Progress) -> None:
        self.collected, self.store, self.progress = collected, store, progress
        self.sources: list[Source | None] = [None] * len(collected)
        self.keys: set[str] = set()
        self.waiting: dict[Future[Read], int] = {}

    def run(self, pool: ProcessPool, workers: int) -> None:
        for index, entry in enumerate(self.collected):
            if reason := self._not_to_be_read(entry):
                self._refuse(index, source_id(entry.name.encode()), reason)
            elif not self._from_store(index, entry):
                future: Any = pool.schedule(read_file, args=(entry.path, entry.frames), timeout=PATIENCE + SCANNED * extra.is_installed())
                self.waiting[future] = index
            while len(self.waiting) >= AHEAD * workers:
                self._next_outcomes()
        while self.waiting:
            self._next_outcomes()

    def _not_to_be_read(self, entry: Collected) -> str | None:
        """Why a document is not even opened: its archive said so, or it is a pipe, a socket, or too large."""
        if entry.refused:
            return entry.refused
        try:
            found = [file.stat() for file in (entry.path, *entry.frames)]
        except OSError as error:
            return NOT_OPENED.format(error.strerror)
        if not all(stat.S_ISREG(file.st_mode) for file in found):
            return NO_FILE
        return next((TOO_LARGE.format(file.st_size) for file in found if file.st_size > MAX_BYTES), None)

    def _from_store(self, index: int, entry: Collected) -> bool:
        try:
            id, *frames = [_digest(file) for file in (entry.path, *entry.frames)]
        except OSError:
            return False  # whoever reads it says what is wrong with it
        key = key_of(id, frames)
        facts = self.store.facts(key)
        if facts is None:
            return False
        self._done(index, Read(id, key, facts, b""), "stored")
        return True

    def _next_outcomes(self) -> None:
        """Record what is read by now, at least one document; within a second where none is."""
        done, _ = wait(self.waiting, timeout=1, return_when=FIRST_COMPLETED)
        self.progress.show()
        for future in done:
            index = self.waiting.pop(future)
            try:
                read = future.result()
            except ReadTimeout:
                self._give_up(index, TOO_LONG)
            except ProcessExpired as expired:
                self._give_up(index, {-SIGXCPU: TOO_LONG, NO_MEMORY: TOO_MUCH}.get(expired.exitcode, BROKE_OFF))
            except OSError as error:
                self._give_up(index, NOT_OPENED.format(error.strerror))
            except Exception as fault:  # ours: it must not cost the other documents, nor be taken for the document's
                self._give_up(index, fault_of_ours(fault))
            else:
                if read.lasting:
                    self.store.add(read.key, read.facts, read.packed, read.pictures)
                    self._done(index, read, "read")
                else:
                    self._refuse(index, read.id, read.facts.refused or BROKE_OFF)

    def _done(self, index: int, read: Read, how: str) -> None:
        entry = self.collected[index]
        report = partial(self.store.report, read.key)
        self.keys.add(read.key)
        pictures = partial(self.store.pictures, read.key)
        stated = (entry.url, entry.agency, entry.year, entry.retrieved_on)
        self.sources[index] = Source(read.id, entry.name, read.facts, report, *stated, key=read.key, pictures=pictures)
        self.progress.count("refused" if read.facts.refused else how)

    def _give_up(self, index: int, reason: str) -> None:
        entry = self.collected[index]
        try:
            id = _digest(entry.path)
        except OSError:
            id = source_id(entry.name.encode())
        self._refuse(index, id, reason)

    def _refuse(self, index: int, id: str, reason: str) -> None:
        entry = self.collected[index]
        stated = {"url": entry.url, "agency": entry.agency, "year": entry.year, "retrieved_on": entry.retrieved_on}
        self.sources[index] = source_of(id, entry.name, refused_report(reason), **stated)
        self.progress.count("refused")


def _digest(path: os.PathLike[str]) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
