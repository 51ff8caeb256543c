"""The documents of a build, read by whoever reads them or taken from the store; every one ends as a recorded outcome."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from sys import intern

from parsers import refused_report
from parsers.printed.decode import MAX_BYTES
from portal.build.collection import Collected
from portal.build.inspect_data import digest
from portal.build.progress import Progress
from portal.build.readers import BROKE_OFF, NOT_OPENED, Given, Outcome, Readers
from portal.build.source import Source, source_of
from portal.build.store import Store
from portal.build.worker import File, Read, key_of
from portal.build.write import source_id

TOO_LARGE = f"文件有 {{:,}} 字节，超过可读的 {MAX_BYTES:,} 字节，请只留报告本身 (the file is too large; keep the report alone)"
NO_FILE = "不是普通文件，没有打开 (this is no ordinary file and was not opened)"


def read_all(collected: Sequence[Collected], store: Store, readers: Readers, progress: Progress) -> tuple[list[Source], set[str]]:
    """A source for each document, in the order given, and the keys of the readings in the store that they rest on."""
    reading = _Reading(collected, store, progress)
    try:
        for document, outcome in readers.outcomes(reading.to_be_read(), progress.show):
            reading.record(document, outcome)
    finally:
        store.save()
    return [source for source in reading.sources if source], reading.keys


class _Reading:
    """The sources so far."""

    def __init__(self, collected: Sequence[Collected], store: Store, progress: Progress) -> None:
        self.collected, self.store, self.progress = collected, store, progress
        self.sources: list[Source | None] = [None] * len(collected)
        self.keys: set[str] = set()

    def to_be_read(self) -> Iterator[Given]:
        """The documents that are not in the store. Those that are, and those that are not even opened, have their outcome at once."""
        for index, entry in enumerate(self.collected):
            paths = [entry.path, *(path for _, path in entry.beside)]
            if reason := entry.refused or _not_to_be_opened(paths):
                self._refuse(index, source_id(entry.name.encode()), reason)
                continue
            try:
                id, *digests = map(digest, paths)
                size = sum(path.stat().st_size for path in paths)
            except OSError as error:
                self._refuse(index, source_id(entry.name.encode()), NOT_OPENED.format(error.strerror))
                continue
            key = key_of(id, [(name, said) for (name, _), said in zip(entry.beside, digests, strict=True)])
            facts = self.store.facts(key)
            if facts is None:
                files = (File(entry.path.name, entry.path), *(File(*file) for file in entry.beside))
                yield Given(index, files, id, key, size)
            else:
                self._done(index, Read(id, key, facts, b""), "stored")

    def record(self, document: Given, outcome: Outcome) -> None:
        """Keep what was read of a document, or why it was given up."""
        if isinstance(outcome, str):
            self._refuse(document.place, document.id, outcome)
        elif outcome.lasting:
            self.store.add(outcome.key, outcome.facts, outcome.packed, outcome.pictures)
            self._done(document.place, outcome, "read")
        else:
            self._refuse(document.place, outcome.id, outcome.facts.refused or BROKE_OFF)

    def _done(self, index: int, read: Read, how: str) -> None:
        entry = self.collected[index]
        self.keys.add(read.key)
        facts = read.facts._replace(status=intern(read.facts.status), agency=read.facts.agency and intern(read.facts.agency))
        stated = (entry.url, entry.agency, entry.year, entry.retrieved_on)
        self.sources[index] = Source(read.id, entry.name, facts, self.store, *stated, key=read.key)
        self.progress.count("refused" if read.facts.refused else how)

    def _refuse(self, index: int, id: str, reason: str) -> None:
        entry = self.collected[index]
        stated = {"url": entry.url, "agency": entry.agency, "year": entry.year, "retrieved_on": entry.retrieved_on}
        self.sources[index] = source_of(id, entry.name, refused_report(reason), **stated)
        self.progress.count("refused")


def _not_to_be_opened(files: Sequence[Path]) -> str | None:
    """Why files are not even opened: one of them is not there, is a pipe or a socket, or too large."""
    try:
        found = [file.stat() for file in files]
    except OSError as error:
        return NOT_OPENED.format(error.strerror)
    if not all(stat.S_ISREG(file.st_mode) for file in found):
        return NO_FILE
    return next((TOO_LARGE.format(file.st_size) for file in found if file.st_size > MAX_BYTES), None)
