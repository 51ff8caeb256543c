"""A build killed with -9, whenever, leaves what is served whole and a store to go on with; `python -m bench killed` does it a hundred times."""

from __future__ import annotations

from pathlib import Path

from tests.support.killed import Killed


def test_what_is_served_stays_whole_when_builds_are_killed(tmp_path: Path) -> None:
    said = list(Killed(tmp_path, seed=15).rounds(3))
    assert sum("killed after" in line for line in said) >= 2, said
