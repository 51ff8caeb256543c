"""A cluster that reads the documents of a build: a Dask scheduler and its workers, who read batches as the build does on its own machine.

Batches go out by the paths of their documents as long as workers find the same bytes there, and with the bytes themselves, compressed, from
the first that they do not. Shards come from the worker that has them, and do not pass the scheduler.

Dask lets a batch whose worker is lost be read again by another. Where several were lost, the documents of the batch are read at the end, each
with nothing else beside it, so that it is known which one costs its worker.
"""

from __future__ import annotations

import logging
import pickle
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from portal.build.batch import read_batch
from portal.build.readers import BROKE_OFF, NOT_OPENED, Given, Outcome, Readers, Shard
from portal.build.store import fingerprint
from portal.build.worker import File, fault_of_ours

PER_BATCH = 100  # documents: a second or two of reading
EACH = 4  # batches at least for each thread of a worker, so that all have something to do until the end
AHEAD = 2  # batches a thread that are handed out before one is done
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
    "集群 {} 的工作进程与本机不是同一套程序，没有读取；请装上同样的代码和部件（make setup、make setup-cluster 等），再启动 dask worker"
    " (a worker runs another program than this machine: give all the same code, Python and packages, and start dask worker anew)"
)
NOT_SEEN = NOT_OPENED.format("集群读不到 the cluster does not get its bytes")
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
        self._suspects: list[Given] = []  # one of them may have cost its worker
        self._alone: set[int] = set()  # the places of documents that are, or were, read with nothing else beside them
        self._unseen: set[int] = set()  # the places of documents that a worker did not see
        self._seen = time.monotonic()  # when there was a worker last
        try:
            self._look_at_workers()
            self.per_batch = max(1, min(PER_BATCH, documents // (EACH * max(1, self._threads()))))
        except BaseException as error:
            self._client.close()
            if isinstance(error, OSError):
                raise NoCluster(NOT_REACHED.format(address)) from error
            raise

    def stop(self) -> None:
        self._client.close()

    def _look_at_workers(self) -> None:
        """Give each worker a batch of nothing, to which those answer that are not busy: with the program that they are."""
        try:
            self._client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError as error:
            raise NoCluster(NO_WORKERS.format(self._address)) from error
        asked = {self._submit([], workers=[worker]): worker for worker in self._client.nthreads()}
        with suppress(TimeoutError, CancelledError):
            self._dask.wait([*asked], timeout=WAIT)
        for future, worker in asked.items():
            if future.done() and isinstance(self._shard(future, worker), str):  # it does not know what it is asked
                raise NoCluster(OTHER_PROGRAM.format(worker))

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
            while self._suspects:
                self._alone.add(self._suspects[-1].place)
                yield from super().outcomes([self._suspects.pop()], waiting)
        except (OSError, self._dask.client.ClosedClientError) as error:
            raise NoCluster(LOST.format(self._address)) from error

    def most_out(self) -> int:
        return max(1, AHEAD * self._threads())

    def hand_out(self, batch: Sequence[Given]) -> Any:
        return self._submit([document._replace(files=self._sent(document)) for document in batch])

    def _submit(self, documents: Sequence[Given], **where: Any) -> Any:
        return self._client.submit(read_batch, fingerprint(), zlib.compress(pickle.dumps(documents), 1), pure=False, **where)

    def _sent(self, document: Given) -> tuple[File, ...]:
        if self._by_path:
            return tuple(File(name, path.absolute()) for name, path in document.files if isinstance(path, Path))
        with suppress(OSError):
            return tuple(File(file.name, file.read()) for file in document.files)
        return ()

    def some_done(self) -> Sequence[Any]:
        with suppress(TimeoutError, CancelledError):
            self._dask.wait([*self._out], timeout=1, return_when="FIRST_COMPLETED")
        done = [future for future in self._out if future.status != "pending"]
        if not done:
            self._threads()
        return done

    def told(self, future: Any, batch: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        shard = self._shard(future, self._address)
        if isinstance(shard, Shard):
            yield from self._read(shard, batch)
        elif self._alone.issuperset(document.place for document in batch):
            yield batch[0], shard
        else:  # a worker that died may have had other batches too
            self._suspects += batch

    def _shard(self, future: Any, where: str) -> Shard | str:
        """What a batch came to, or why it came to nothing: it cost its workers, or the readers there. Raises OSError where that is not known."""
        if future.status == "error":
            fault = future.exception()
            return BROKE_OFF if isinstance(fault, self._dask.KilledWorker | EOFError | OSError) else fault_of_ours(fault)
        if future.status != "finished":
            raise ConnectionError
        shard: Shard = pickle.loads(future.result(timeout=WAIT))
        if shard.program != fingerprint():
            raise NoCluster(OTHER_PROGRAM.format(where))
        return shard

    def _read(self, shard: Shard, batch: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        unseen = []
        for document, outcome in zip(batch, shard.outcomes, strict=True):
            if outcome is not None:
                yield document, outcome
            elif document.place in self._unseen:  # though its bytes were sent
                yield document, NOT_SEEN
            else:
                unseen.append(document)
        if unseen:
            self._by_path = False
            self._unseen.update(document.place for document in unseen)
            self._give(unseen)
