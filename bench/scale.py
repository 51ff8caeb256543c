"""How a build grows: processor time and memory of a full build of made-up documents, and of builds after one of them changed, went or came.

make bench-scale DOCUMENTS=20000        2,000 documents if no number is given
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bench.generator import _figures, _story
from bench.measure import table
from parsers.form.editions import editions
from parsers.printed.regions import regions
from tests.support import layouts
from tests.support.figures import Sample

ROOT = Path(__file__).resolve().parent.parent
REPORTS = int(os.environ.get("BENCH_SCALE", "2000"))
YEARS = range(2021, 2025)
# What a process does that builds and says last what it used.
MEASURED = """
import sys
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
sys.path.insert(0, sys.argv[1])
from build import main
assert main(sys.argv[2:]) == 0
of, own = getrusage(RUSAGE_CHILDREN), getrusage(RUSAGE_SELF)
print(of.ru_utime + of.ru_stime, own.ru_utime + own.ru_stime, own.ru_maxrss / 1000)
"""
STEMS = "甲乙丙丁戊己庚辛壬癸"
MISTAKEN = 0.5  # of the reports: a total that is not the sum of its parts


def run() -> None:
    """A line for each build: seconds of processor time, as a share of the first, and memory."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "documents").mkdir()
        for name, data in documents(REPORTS + 1):
            (place / "documents" / name).write_bytes(data)
        last = place / "documents" / f"{REPORTS}.txt"
        added = last.read_bytes()
        last.unlink()
        full = _build(place)
        rows = [["first build", *_told(full, full)]]
        rows.append(["nothing changed", *_told(_build(place), full)])
        changed = place / "documents" / f"{REPORTS // 2}.txt"
        changed.write_bytes(changed.read_bytes().replace("没有收取".encode(), "并未收取".encode()))
        rows.append(["one changed", *_told(_build(place), full)])
        changed.unlink()
        rows.append(["one removed", *_told(_build(place), full)])
        last.write_bytes(added)
        rows.append(["one added", *_told(_build(place), full)])
        size = (place / "scale.db").stat().st_size / 1e6
        table([f"{REPORTS:,} reports, {size:,.0f} MB", "s of the workers", "s of the main process", "share", "MB at its peak"], rows)


def documents(number: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of made-up reports, four years an agency: sound but for a wrong total in some, every second a web page."""
    random = Random(1)
    form = editions()[-1]
    places = [region.name for region in regions() if len(region.name) > 2]
    stories: list[str] = []
    for count in range(number):
        agency, at = divmod(count, len(YEARS))
        if at == 0:
            kept: dict[str, Any] = {}
        figures = _figures(form, random, kept)
        if random.random() < MISTAKEN:
            figures["review_litigation", "reconsideration", "total"] += 1
        printed = {place: str(figure) for place, figure in figures.items()}
        words = {"overview": _story(random, stories), "problems": _story(random, stories, 3)}
        year = YEARS[at]
        name = f"{places[agency % len(places)]}样例{''.join(STEMS[int(digit)] for digit in str(agency))}局"
        sample = Sample("", name, year, "2021", printed, f"{year + 1}-01-18", f"{year + 1}-01-09", words)
        page = count % 2 and count != number - 1
        yield (f"{count}.html", layouts.page(sample)) if page else (f"{count}.txt", layouts.tabs(sample))


class Used(NamedTuple):
    """Of a build: seconds of processor time of its workers and of its main process, and MB of memory of the latter at its peak."""

    reading: float
    rest: float
    peak: float


def _build(folder: Path) -> Used:
    """Build the folder's documents in a process of its own."""
    command = [sys.executable, "-c", MEASURED, str(ROOT), "documents", "--db", "scale.db", "--accept"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return Used(*map(float, done.stdout.splitlines()[-1].split()))


def _told(used: Used, first: Used) -> list[str]:
    share = (used.reading + used.rest) / (first.reading + first.rest)
    return [f"{used.reading:.1f}", f"{used.rest:.1f}", f"{share:.1%}", f"{used.peak:,.0f}"]
