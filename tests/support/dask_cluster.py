"""A real Dask cluster on this machine: a scheduler, and workers that read a document at a time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from tests.support.paths import ROOT


class DaskCluster(AbstractContextManager["DaskCluster"]):
    """Processes that have begun to start when this is made, each in a folder of its own under `place`, which is made too."""

    def __init__(self, place: Path, workers: int, **environment: str) -> None:
        place.mkdir()
        self._place = place
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._processes = [self._started("scheduler", "--host", "127.0.0.1", "--port", str(port))]
        self._processes += [self._started("worker", self.address, "--nthreads", "1") for _ in range(workers)]

    def _started(self, *command: str) -> subprocess.Popen[bytes]:
        folder = self._place / str(len(list(self._place.iterdir())))
        folder.mkdir()
        dask = [sys.executable, "-m", "dask", *command, "--no-dashboard"]
        with (folder / "log").open("wb") as log:
            return subprocess.Popen(dask, cwd=folder, env=self._environment, stdout=log, stderr=log)

    def nanny(self, worker: int) -> int:
        """The process that starts a worker anew when it ends."""
        return next(process.pid for process in self._processes if worker in _children(process.pid))

    def lose_scheduler(self) -> None:
        """End the scheduler at once; the workers stay."""
        self._processes[0].kill()
        self._processes[0].wait(60)

    def __exit__(self, *_: object) -> None:
        for process in self._processes:  # a worker and its reader end with the nanny that started it
            process.kill()
            process.wait(60)


def _children(process: int) -> set[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}
