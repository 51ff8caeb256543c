"""Every hostile file read as a build reads it: its outcome, the processor seconds and the most memory of its worker, and whether its bounds held."""

from __future__ import annotations

import multiprocessing
import resource
import subprocess
import sys
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console

from portal.build.collection import collect
from portal.build.progress import Progress
from portal.build.readers import BROKE_OFF, TOO_LONG, TOO_MUCH, Pool
from portal.build.reading import read_all
from portal.build.store import Store
from portal.build.worker import SECONDS

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 1024  # MB of a worker
GIVEN_UP = {TOO_LONG: "given up (time)", TOO_MUCH: "given up (memory)", BROKE_OFF: "given up (broke off)"}


class Measured(NamedTuple):
    """What became of the documents of a file, how many they are, processor seconds of all workers, MB of the largest."""

    outcome: str
    documents: int
    seconds: float
    megabytes: float

    @property
    def is_over(self) -> bool:
        return self.seconds > (SECONDS + 2) * self.documents or self.megabytes > MEMORY or not self.documents


def run() -> None:
    """One line a file, and how many there are of each outcome."""
    outcomes: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "tests.support.hostile", folder], cwd=ROOT, check=True)
        print(f"{'file':60} seconds    MB  bounds  outcome")
        for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            measured = of(file)
            held = "OVER" if measured.is_over else "within"
            name = str(file.relative_to(folder))
            print(f"{name:60} {measured.seconds:7.1f} {measured.megabytes:5.0f}  {held:6}  {measured.outcome}", flush=True)
            outcomes[measured.outcome.partition(":")[0] + (", over its bounds" if measured.is_over else "")] += 1
    print(", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()))


def of(file: Path) -> Measured:
    """One file, in a process of its own, whose children are the workers that are measured."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(file, theirs))
    process.start()
    theirs.close()
    try:
        return Measured(*ours.recv())
    except EOFError:
        return Measured("ended the build", 0, 0, 0)
    finally:
        process.join()


def _read(file: Path, result: Connection) -> None:
    with TemporaryDirectory() as folder:
        collected, remarks = collect([file], Path(folder))
        with Pool(1) as readers:
            sources, _ = read_all(collected, Store(None), readers, Progress(len(collected), Console(quiet=True)))
    said = Counter(GIVEN_UP.get(source.facts.refused or "", source.facts.status) for source in sources)
    outcome = ", ".join(f"{count} {what}" for what, count in said.items()) if len(sources) > 1 else "".join(said)
    reasons = {source.facts.refused for source in sources} - {None}
    if len(reasons) == 1 and outcome == "refused":
        outcome += f": {reasons.pop()}"
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    result.send((outcome or f"no document: {remarks}", len(sources), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
