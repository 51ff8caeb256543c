"""Whoever reads the documents of a build: processes of this machine (`Pool`), or a cluster's, which read the same way (cluster.py).

Documents are handed out in batches, some before others are done, and every document has an outcome: it is read, or given up for a reason.
"""

from __future__ import annotations

import os
import signal
import threading
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as ReadTimeout
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Self

from pebble import ProcessExpired, ProcessPool

from parsers.documents.pictures import extra
from portal.build.worker import NO_MEMORY, File, Read, confine, fault_of_ours, read_files

PATIENCE = 60  # seconds by the clock, for a document that waits: for LibreOffice, or for a processor
SCANNED = extra.SECONDS * extra.MAX_PICTURES  # seconds more, where pictures are read
AHEAD = 4  # documents a process that are handed out before one is done
MOST_BYTES = 8_000_000  # of a batch's documents, unless it is a single one
NOT_OPENED = "文件打不开，请检查文件和权限 (the file cannot be opened): {}"
TOO_LONG = (
    "读取用时过长，已放弃，请只留报告本身，或从原稿另存 (reading it took too long: keep the report alone, or save it again from its source)"
)
TOO_MUCH = "读取用的内存过多，已放弃，请只留报告本身，或从原稿另存 (reading it took too much memory: keep the report alone, or save it again from its source)"
BROKE_OFF = "读取时中断，文件损坏，或所需的内存过多，请从原稿另存 (reading it broke off: the file is damaged or takes too much memory; save it again from its source)"

Outcome = Read | str  # a document as read, or why it was given up


class Given(NamedTuple):
    """A document to read: its place in the build, its file and those that were saved with it and that it may show, the SHA-256 of its bytes,
    the key of its reading in the store, how many bytes the files have. The files are sent where whoever reads them does not see the disk."""

    place: int
    files: tuple[File, ...]
    id: str
    key: str
    size: int


class Shard(NamedTuple):
    """What a cluster's worker makes of a batch: the program that read it, and the outcome of each document; None where a file is not there or
    has other bytes."""

    program: str
    outcomes: Sequence[Outcome | None]


class Readers(AbstractContextManager["Readers"]):
    """Reads documents given one after another, `per_batch` of them together, several batches at a time. Leaving it stops all reading.

    While it is open, Ctrl-C is heard between two waits, as KeyboardInterrupt: raised inside a queue's own bookkeeping, it leaves a thread that
    waits for ever. Where somebody else has a word about Ctrl-C, it stays theirs.
    """

    per_batch = 1

    def __init__(self) -> None:
        self._out: dict[Any, Sequence[Given]] = {}  # batches that are being read, by their futures
        self._hears = signal.getsignal(signal.SIGINT) is signal.default_int_handler and _is_main()
        self._interrupted = False

    def __enter__(self) -> Self:
        if self._hears:
            signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if self._hears:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.stop()
        if self._interrupted and not failure:
            raise KeyboardInterrupt

    def _interrupt(self, *_: object) -> None:
        self._interrupted = True

    @abstractmethod
    def stop(self) -> None:
        """End all reading: all is read, or nobody waits for the rest."""

    def outcomes(self, documents: Iterable[Given], waiting: Callable[[], None]) -> Iterator[tuple[Given, Outcome]]:
        """What became of each document, as they are done; `waiting` is called every second at least."""
        for batch in _batches(documents, self.per_batch):
            self._give(batch)
            while len(self._out) >= self.most_out():
                yield from self._next(waiting)
        while self._out:
            yield from self._next(waiting)

    def _give(self, batch: Sequence[Given]) -> None:
        self._out[self.hand_out(batch)] = batch

    def _next(self, waiting: Callable[[], None]) -> Iterator[tuple[Given, Outcome]]:
        done = self.some_done()
        if self._interrupted:
            raise KeyboardInterrupt
        waiting()
        for future in done:
            yield from self.told(future, self._out.pop(future))

    @abstractmethod
    def most_out(self) -> int:
        """How many batches may be read or wait to be."""

    @abstractmethod
    def hand_out(self, batch: Sequence[Given]) -> Any:
        """Let a batch be read; what is returned is its future."""

    @abstractmethod
    def some_done(self) -> Sequence[Any]:
        """The futures that are done, after a second at most, whether there are any or not."""

    @abstractmethod
    def told(self, future: Any, batch: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        """The outcomes of a batch that is done; what must be read again is handed out again instead."""


def _batches(documents: Iterable[Given], most: int) -> Iterator[list[Given]]:
    batch: list[Given] = []
    size = 0
    for document in documents:
        if batch and (len(batch) >= most or size + document.size > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += document.size
    if batch:
        yield batch


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


class Pool(Readers):
    """Processes of this machine, each of which reads a document at a time, within bounds."""

    def __init__(self, workers: int) -> None:
        super().__init__()
        self._workers = workers
        self._pool = ProcessPool(max_workers=workers, initializer=confine, initargs=(os.getpid(),))

    def stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def most_out(self) -> int:
        return AHEAD * self._workers

    def hand_out(self, batch: Sequence[Given]) -> Any:
        return self._pool.schedule(read_files, args=(batch[0].files,), timeout=PATIENCE + SCANNED * extra.is_installed())

    def some_done(self) -> Sequence[Any]:
        return [*wait(self._out, timeout=1, return_when=FIRST_COMPLETED).done]

    def told(self, future: Any, batch: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        yield batch[0], _outcome(future)


def _outcome(future: Any) -> Outcome:
    try:
        read: Read = future.result()
    except ReadTimeout:
        return TOO_LONG
    except ProcessExpired as expired:
        return {-signal.SIGXCPU: TOO_LONG, NO_MEMORY: TOO_MUCH}.get(expired.exitcode, BROKE_OFF)
    except OSError as error:
        return NOT_OPENED.format(error.strerror)
    except Exception as fault:  # ours: it must not cost the other documents, nor be taken for the document's
        return fault_of_ours(fault)
    return read
