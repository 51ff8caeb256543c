"""A hundred builds killed with -9 at random moments, first and repeated ones: what is served stays whole, and the store usable."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.killed import Killed

ROUNDS = 100


def run() -> None:
    """A line a round; it ends with the first that leaves anything broken."""
    with TemporaryDirectory() as folder:
        builds = Killed(Path(folder), seed=0)
        print(f"one build takes {builds.seconds:.1f} s")
        for number, said in enumerate(builds.rounds(ROUNDS), start=1):
            print(f"{number:3}  {said}", flush=True)
    print(f"{ROUNDS} builds, all of them left a whole database or none, and a store to go on with")
