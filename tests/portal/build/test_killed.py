"""A build killed with -9, whenever, leaves what is served whole and a store to go on with; `python -m bench killed` does it a hundred times."""

from __future__ import annotations

from pathlib import Path

from tests.support.killed import Killed


def test_what_is_served_stays_whole_when_builds_are_killed(tmp_path: Path) -> None:
    said: list[str] = []
    for line in Killed(tmp_path, seed=15).rounds(12):  # one that was done before its moment came proves nothing
        said.append(line)
        if len(said) % 3 == 0 and "killed after" in "".join(said[-3:]):
            break
    assert sum("killed after" in line for line in said) >= 1, said
