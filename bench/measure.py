"""Taking times and printing them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


def medians(rivals: Mapping[str, Callable[[], object]], rounds: int, before: Callable[[], object] = lambda: None) -> dict[str, float]:
    """Seconds for each rival, the median of several rounds. They take turns, so that a busy moment strikes all alike.

    The first turn of each is not counted: it loads what is loaded once. `before` comes before every turn, untimed.
    """
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    for number in range(rounds + 1):
        for name, run in rivals.items():
            before()
            begin = time.perf_counter()
            run()
            if number:
                taken[name].append(time.perf_counter() - begin)
    return {name: median(times) for name, times in taken.items()}


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a header: the first column to the left, the others to the right."""
    widths = [max(len(line[i]) for line in [header, *rows]) for i in range(len(header))]
    for line in [header, *rows]:
        print("  ".join(text.rjust(width) if i else text.ljust(width) for i, (text, width) in enumerate(zip(line, widths, strict=True))))
