"""How a build grows: processor time, memory and size of a full build of made-up documents, and of builds after one of them changed, went or came.

make bench-scale DOCUMENTS="2000 20000 100000"      these numbers of documents; 2,000 and 20,000 if none is given
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.made_up import documents
from bench.measure import table

ROOT = Path(__file__).resolve().parent.parent
SIZES = [int(number) for number in os.environ.get("BENCH_SCALE", "2000 20000").split()]
# The steps of `portal.database.write_database`, by what they are for.
STAGES = {
    "writing": ("create", "write_reports", "spell"),
    "checks": ("update_shared_passages", "judge", "judge_again", "date_findings"),
    "index": ("create_index", "put_in_index", "take_from_index"),
    "leads": ("write_medians", "write_leads"),
}
# What a process does that builds and says last what it used, in all and in each stage.
MEASURED = """
import json, sys, time
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
sys.path.insert(0, sys.argv[1])
import build
from portal import database
taken = {}
def timed(stage, step):
    def run(*given):
        begin = time.process_time()
        try:
            return step(*given)
        finally:
            taken[stage] = taken.get(stage, 0) + time.process_time() - begin
    return run
for stage, names in json.loads(sys.argv[2]).items():
    for name in names:
        setattr(database, name, timed(stage, getattr(database, name)))
assert build.main(sys.argv[3:]) == 0
of, own = getrusage(RUSAGE_CHILDREN), getrusage(RUSAGE_SELF)
held = open("/proc/self/status").read().split("VmHWM:")[1].split()[0]  # kB; ru_maxrss begins with that of the process that started this one
print(json.dumps({"reading": of.ru_utime + of.ru_stime, "main": own.ru_utime + own.ru_stime, "peak": int(held) / 1000, "stages": taken}))
"""


class Used(NamedTuple):
    """Of a build: seconds of processor time of its workers, of its main process and of that in each stage, MB of the main process at its peak."""

    reading: float
    main: float
    peak: float
    stages: dict[str, float]

    @property
    def seconds(self) -> float:
        return self.reading + self.main


def run() -> None:
    """For each number of reports a line for each build; then what a report costs at each."""
    first = {number: _grown(number) for number in SIZES}
    per_report = {number: used.seconds / number * 1000 for number, used in first.items()}
    least = per_report[SIZES[0]]
    print()
    table(
        ["reports", "ms a report", "times", *(f"ms {stage}" for stage in STAGES)],
        [
            [f"{number:,}", f"{per_report[number]:.2f}", f"{per_report[number] / least:.2f}"]
            + [f"{used.stages.get(stage, 0) / number * 1000:.2f}" for stage in STAGES]
            for number, used in first.items()
        ],
    )


def _grown(number: int) -> Used:
    """What the first build of so many reports used. Printed is this, and what those after a change used."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "documents").mkdir()
        for name, data in documents(number + 1):
            (place / "documents" / name).write_bytes(data)
        last = place / "documents" / f"{number}.txt"
        added = last.read_bytes()
        last.unlink()
        full = _build(place)
        rows = [["first build", *_told(full, full)]]
        rows.append(["nothing changed", *_told(_build(place), full)])
        changed = place / "documents" / f"{number // 2}.txt"
        changed.write_bytes(changed.read_bytes().replace("没有收取".encode(), "并未收取".encode()))
        rows.append(["one changed", *_told(_build(place), full)])
        changed.unlink()
        rows.append(["one removed", *_told(_build(place), full)])
        last.write_bytes(added)
        rows.append(["one added", *_told(_build(place), full)])
        of_database, of_store = ((place / name).stat().st_size / 1e6 for name in ("scale.db", "scale.db.readings"))
        print(f"\n{number:,} reports: the database has {of_database:,.0f} MB, the store {of_store:,.0f} MB")
        table(["", "s of the workers", "s of the main process", *(f"s {stage}" for stage in STAGES), "share", "MB at its peak"], rows)
    return full


def _build(folder: Path) -> Used:
    """Build the folder's documents in a process of its own."""
    command = [sys.executable, "-c", MEASURED, str(ROOT), json.dumps(STAGES), "documents", "--db", "scale.db", "--accept"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return Used(**json.loads(done.stdout.splitlines()[-1]))


def _told(used: Used, first: Used) -> list[str]:
    stages = [f"{used.stages.get(stage, 0):.1f}" for stage in STAGES]
    return [f"{used.reading:.1f}", f"{used.main:.1f}", *stages, f"{used.seconds / first.seconds:.1%}", f"{used.peak:,.0f}"]
