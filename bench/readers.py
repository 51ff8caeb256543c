"""Documents a second, read in processes of this machine and by workers of a Dask cluster on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bench.made_up import documents
from bench.measure import medians, table
from portal.build.cluster import Cluster
from portal.build.collection import Collected
from portal.build.progress import Progress
from portal.build.readers import Pool, Readers
from portal.build.reading import read_all
from portal.build.store import Store
from tests.support.dask_cluster import DaskCluster

DOCUMENTS = 1000
ROUNDS = 3
WORKERS = (1, 2)


def run() -> None:
    """A line each: one and two processes here, one and two workers of a cluster. Their start is not counted: it takes seconds once a build."""
    with TemporaryDirectory() as folder, ExitStack() as running:
        place = Path(folder)
        collected = []
        for name, data in documents(DOCUMENTS):
            (place / name).write_bytes(data)
            collected.append(Collected(place / name, name))
        rivals: dict[str, Callable[[], object]] = {}
        for number in WORKERS:
            cluster = running.enter_context(DaskCluster(place / f"cluster{number}", number))
            rivals[f"{number} here"] = _reads(running.enter_context(Pool(number)), collected)
            rivals[f"{number} of a cluster"] = _reads(running.enter_context(Cluster(cluster.address, DOCUMENTS)), collected)
        taken = medians(rivals, ROUNDS)
    print(f"{DOCUMENTS:,} made-up documents, the median of {ROUNDS} rounds in turn")
    rows = [
        [name, f"{DOCUMENTS / seconds:.0f}", f"{taken[name.replace('of a cluster', 'here')] / seconds:.2f}"]
        for name, seconds in taken.items()
    ]
    table(["workers", "documents a second", "of as many here"], rows)


def _reads(readers: Readers, collected: Sequence[Collected]) -> Callable[[], object]:
    return lambda: read_all(collected, Store(None), readers, Progress(len(collected), Console(quiet=True)))
