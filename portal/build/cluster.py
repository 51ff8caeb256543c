"""A cluster that reads the documents of a build: a Dask scheduler and its workers, who read batches as the build does on its own machine.

Batches go out by the paths of their documents as long as workers find the same bytes there, and by the bytes themselves from the first
that they do not: then nothing of a disk is shared. Bytes go to a worker, and shards come from it, without passing the scheduler.

A batch whose worker is lost is read again, its documents one by one, so that one that costs its worker costs no other document.
"""

from __future__ import annotations

import logging
import pickle
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from portal.build.batch import Shard, read_batch
from portal.build.readers import BROKE_OFF, NOT_OPENED, Given, Outcome, Readers
from portal.build.store import fingerprint
from portal.build.worker import fault_of_ours

PER_BATCH = 100  # documents: a second or two of reading
EACH = 4  # batches at least for each thread of a worker, so that all have something to do until the end
AHEAD = 2  # batches a thread that are handed out before one is done
TRIES = 4  # that a document has: with others, and three times alone
CONNECT = 10  # seconds for the scheduler to answer
WAIT = 30  # seconds for a first worker, or for a shard to arrive
ALONE = 60  # seconds without any worker before the build gives up
NO_EXTRA = "没有安装连接集群的部件，请先运行 make setup-cluster (what speaks to a cluster is not installed: run make setup-cluster)"
NOT_REACHED = (
    "连不上集群 {}，请确认 dask scheduler 正在运行，地址写作 tcp://主机:8786 (the cluster cannot be reached: see that its dask scheduler runs,"
    " and that the address is like tcp://host:8786)"
)
NO_WORKERS = (
    "集群 {} 没有工作进程，请在各机器上启动 dask worker (the cluster has no workers: start dask worker on its machines)；已读的留在库旁的"
    " .readings 文件里，再运行就接着读 (what was read is kept, and the next build goes on from it)"
)
OTHER_PROGRAM = (
    "集群里有 {} 个工作进程的程序与本机不同（如 {}），没有读取；请装上同样的代码和部件（make setup、make setup-cluster 等），再启动 dask worker"
    " (workers run another program than this machine: give them the same code, Python and packages, and start dask worker anew)"
)
LOST = (
    "与集群 {} 的连接断了；已读的留在库旁的 .readings 文件里，再运行就接着读 (the connection to the cluster is lost; what was read is kept, and"
    " the next build goes on from it)"
)


class NoCluster(Exception):
    """A cluster that cannot read, in a sentence with what to do about it."""


class Cluster(Readers):
    """The workers of the scheduler at an address, for so many documents. Raises NoCluster, now or while reading."""

    def __init__(self, address: str, documents: int) -> None:
        super().__init__()
        if not find_spec("distributed"):
            raise NoCluster(NO_EXTRA)
        import distributed

        self._dask, self._address = distributed, address
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost is said by us, in a sentence
        try:
            self._client = distributed.Client(address, timeout=CONNECT, direct_to_workers=True)
        except (OSError, ValueError, TypeError) as error:
            raise NoCluster(NOT_REACHED.format(address)) from error
        self._by_path = True
        self._tries: Counter[int] = Counter()
        self._seen = time.monotonic()  # when there was a worker last
        try:
            self.per_batch = max(1, min(PER_BATCH, documents // (EACH * self._first_workers())))
        except BaseException:
            self._client.close()
            raise

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def _first_workers(self) -> int:
        """How many threads the workers have, which all run the program that this one is."""
        try:
            self._client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError as error:
            raise NoCluster(NO_WORKERS.format(self._address)) from error
        programs = self._client.run(fingerprint, on_error="return")
        if others := [worker for worker, program in programs.items() if program != fingerprint()]:
            raise NoCluster(OTHER_PROGRAM.format(len(others), others[0]))
        return max(1, self._threads())

    def _threads(self) -> int:
        """How many threads the workers have now. Raises OSError where the scheduler is gone."""
        if self._client.status != "running":
            raise ConnectionError
        threads = sum(self._client.nthreads().values())
        if threads:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > ALONE:
            raise NoCluster(NO_WORKERS.format(self._address))
        return int(threads)

    def outcomes(self, documents: Iterable[Given], waiting: Callable[[], None]) -> Iterator[tuple[Given, Outcome]]:
        try:
            yield from super().outcomes(documents, waiting)
        except (OSError, self._dask.client.ClosedClientError) as error:
            raise NoCluster(LOST.format(self._address)) from error

    def most_out(self) -> int:
        return max(1, AHEAD * self._threads())

    def hand_out(self, batch: Sequence[Given]) -> Any:
        documents: Any = pickle.dumps([document._replace(files=self._sent(document)) for document in batch])
        if not self._by_path:
            documents = self._client.scatter(documents, direct=True, hash=False)
        return self._client.submit(read_batch, fingerprint(), documents, pure=False)

    def _sent(self, document: Given) -> tuple[Path | bytes, ...]:
        files = [file for file in document.files if isinstance(file, Path)]
        if self._by_path:
            return tuple(file.absolute() for file in files)
        with suppress(OSError):
            return tuple(file.read_bytes() for file in files)
        return ()

    def some_done(self) -> Sequence[Any]:
        with suppress(TimeoutError, CancelledError):
            self._dask.wait([*self._out], timeout=1, return_when="FIRST_COMPLETED")
        done = [future for future in self._out if future.status != "pending"]
        if not done:
            self._threads()
        return done

    def told(self, future: Any, batch: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        shard = self._shard(future)
        if isinstance(shard, str) and len(batch) == 1:
            yield batch[0], shard
        elif isinstance(shard, Shard):
            yield from ((document, outcome) for document, outcome in zip(batch, shard.outcomes, strict=True) if outcome is not None)
            unseen = [document for document, outcome in zip(batch, shard.outcomes, strict=True) if outcome is None]
            self._by_path = self._by_path and not unseen
            yield from self._again(unseen, NOT_OPENED.format("?"), len(unseen))
        else:
            yield from self._again(batch, BROKE_OFF, 1)

    def _shard(self, future: Any) -> Shard | str | None:
        """What a batch came to; why it must not be read again as it is; None where it was lost with its worker, or the reader there."""
        if future.status not in ("finished", "error"):
            return None
        try:
            shard: Shard = pickle.loads(future.result(timeout=WAIT))
        except self._dask.KilledWorker:
            return BROKE_OFF
        except (CancelledError, EOFError, OSError):
            return None
        except Exception as fault:  # ours
            return fault_of_ours(fault)
        if shard.program != fingerprint():
            raise NoCluster(OTHER_PROGRAM.format(1, self._address))
        return shard

    def _again(self, documents: Sequence[Given], reason: str, together: int) -> Iterator[tuple[Given, Outcome]]:
        """Hand documents out again, so many together; those that were handed out too often are given up."""
        self._tries.update(document.place for document in documents)
        yield from ((document, reason) for document in documents if self._tries[document.place] >= TRIES)
        left = [document for document in documents if self._tries[document.place] < TRIES]
        for start in range(0, len(left), max(1, together)):
            self._give(left[start : start + together])
