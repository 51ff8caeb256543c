"""Every document at hand as it is read: a line each with its name and the SHA-256 of its whole Report as JSON.

Two versions of the code read alike where their files are the same, byte for byte. That is how code is moved without a scratch.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from bench.documents import CASES, COLLECTED, ROOT, SAMPLES, files
from bench.mutations import LAYOUTS, MOVED, MUTATIONS, NONE, SEEDS_GLUED, draft
from bench.renderings import STORED, stored
from parsers import read_report

SEEDS = 12  # of each mutation in each layout


def write(path: Path) -> str:
    """Write the file of all documents, sorted by name, and return its SHA-256."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:  # a fork would wait for threads that converters have left
        lines = sorted(pool.map(_line, list(names()), chunksize=16))
    data = "".join(lines).encode()
    path.write_bytes(data)
    return f"{len(lines)} documents, SHA-256 {hashlib.sha256(data).hexdigest()}"


def full(name: str) -> str:
    """The whole Report read from the document of that name, as indented JSON. ValueError if there is no such document."""
    return json.dumps(_report(name), ensure_ascii=False, indent=1, sort_keys=True)


def names() -> Iterator[str]:
    """`file/<path>` below the folder that holds the repository, `mutation/<layout>/<mutation>/<seed>`, `rendering/<path>`."""
    at_hand = [path for folder in (*COLLECTED, *SAMPLES, *CASES, ROOT / "data" / "reports") for path in files(folder)]
    yield from (f"file/{path.relative_to(ROOT.parent if ROOT not in path.parents else ROOT)}" for path in at_hand)
    yield from (f"rendering/{path.relative_to(stored())}" for path in files(stored()))
    for layout in LAYOUTS:
        for mutation in (NONE, *MUTATIONS):
            seeds = SEEDS_GLUED if layout == "glued" else SEEDS
            yield from (f"mutation/{layout}/{mutation}/{seed}" for seed in range(seeds) if mutation not in MOVED.get(layout, ()))


def _line(name: str) -> str:
    report = _report(name)
    text = json.dumps(report, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()}  {name}\n"


def _report(name: str) -> object:
    data = _bytes(name)
    return asdict(read_report(data)) if data is not None else None


def _bytes(name: str) -> bytes | None:
    """The document of that name; None where a report has nothing to damage in this way."""
    kind, _, rest = name.partition("/")
    if kind == "mutation":
        layout, mutation, seed = rest.split("/")
        report = draft(int(seed), layout)
        damaged = mutation == NONE or MUTATIONS[mutation](report, random.Random(f"{seed} {mutation} {layout}"))
        return LAYOUTS[layout](report) if damaged else None
    folders = {"file": (ROOT, ROOT.parent), "rendering": (STORED,)}.get(kind, ())
    found = [folder / rest for folder in folders if (folder / rest).is_file()]
    if not found:
        raise ValueError(f"{name}: no document has this name; the file of all documents lists the names")
    return found[0].read_bytes()
