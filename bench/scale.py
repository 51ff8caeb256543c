"""How a build grows: processor time and memory of a full build of made-up documents, and of builds after one of them changed, went or came.

python -m bench scale           2,000 documents; BENCH_SCALE=20000 for another number
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bench.generator import _figures, _story
from bench.measure import table
from parsers.form.editions import editions
from parsers.printed.regions import regions
from tests.support import layouts
from tests.support.figures import Sample

ROOT = Path(__file__).resolve().parent.parent
REPORTS = int(os.environ.get("BENCH_SCALE", "2000"))
YEARS = range(2021, 2025)
STEMS = "甲乙丙丁戊己庚辛壬癸"
MISTAKEN = 0.5  # of the reports: a total that is not the sum of its parts


def run() -> None:
    """A line for each build: seconds of processor time, of all its processes and as a share of the first, and MB at the peak."""
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
        table([f"{REPORTS:,} reports, {size:,.0f} MB", "seconds", "share", "MB at the peak"], rows)


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


def _build(folder: Path) -> tuple[float, float]:
    """Seconds of processor time of a build and its workers, and MB of memory of the largest of them, the main process."""
    command = [sys.executable, str(ROOT / "build.py"), "documents", "--db", "scale.db", "--accept"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def _told(used: tuple[float, float], first: tuple[float, float]) -> list[str]:
    return [f"{used[0]:.1f}", f"{used[0] / first[0]:.1%}", f"{used[1]:,.0f}"]
