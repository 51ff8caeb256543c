"""What each mechanism of reading tables is worth: it is switched off alone, and the right figures lost and the wrong ones gained count.

A document is read again without a mechanism only where that finds something in it.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, wraps
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, NamedTuple
from unittest.mock import patch

from bench import corpus, tested
from bench.accuracy import Key, Tally, judge, record, values_of
from bench.mechanisms import MECHANISMS, Instead, Mechanism
from bench.mutations import FAMILIES, LAYOUTS, MOVED, MUTATIONS, NONE, draft
from bench.renderings import STORED, Made, made, printed_values, stored
from parsers import read_report
from tests.support import drafts, layouts, pieces, printed

SEEDS = 5  # of each mutation in each layout: one of each filling
SLOW = ("LibreOffice to doc",)  # read by way of LibreOffice, seconds each
RENDERERS = {
    render.__name__: render
    for render in (
        layouts.page, layouts.tabs, layouts.pipes_one_line, layouts.pipe_line_ends, layouts.cell_per_line, printed.lines, printed.boxed,
        printed.pipe_grid,
    )
}  # fmt: skip
PIECES: dict[str, pieces.Pieces] = {
    **{
        piece.__name__: piece
        for piece in (
            pieces.rows_apart, pieces.below_headers, pieces.titled_tables, pieces.titled_above, pieces.stacked, pieces.halves,
            pieces.tables_with_labels, pieces.numbered, pieces.header_anew,
        )
    },
    "remarked": pieces.remarked("备注", ["", "", "无"]),
}  # fmt: skip
WHERE = {
    "collected": "真实文件 collected", "renderings": "转换后再读 renderings", "samples": "另行排印的样例 samples in pieces", "tests": "测试里的文件 documents of the tests",
}  # fmt: skip


class Subject(NamedTuple):
    """A document to be read: where it counts (collected, renderings, a family of layouts, samples, tests), and what tells it from others
    there."""

    where: str
    name: tuple[str, ...]


class Worth(NamedTuple):
    """Right figures lost and wrong ones gained without a mechanism; negative: gained and lost."""

    lost: int
    wrong: int


def run() -> None:
    """Two tables: what is lost without each mechanism by kind of document, and in which converters' output."""
    with tempfile.TemporaryDirectory() as folder:
        _measure([*subjects(), *(Subject("tests", (str(path),)) for path in tested.documents(Path(folder)))])


def _measure(found: Sequence[Subject]) -> None:
    worth: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    by_converter: dict[str, Counter[str]] = defaultdict(Counter)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), switchable) as pool:  # converters may have left threads
        for subject, result in zip(found, pool.map(measured, found, chunksize=8), strict=True):
            for mechanism, one in result.items():
                worth[mechanism, subject.where].update(lost=one.lost, wrong=one.wrong)  # += would drop what is below nothing
                if subject.where == "renderings":
                    by_converter[mechanism][subject.name[0]] += one.lost
    columns = ("collected", "renderings", *FAMILIES, "samples", "tests")
    rows = [
        [
            mechanism.name,
            *(_shown(worth[mechanism.name, column]) for column in columns),
            "，".join(f"{name} {lost}" for name, lost in by_converter[mechanism.name].most_common() if lost) or "–",
        ]
        for mechanism in MECHANISMS
    ]
    note = (
        f"逐个停用一种读法后再读 {len(found):,} 份文件：少读对的数字，分号后是多读错的数字；“+”是反而多读对的。"
        f"{len(found):,} documents read again with one mechanism switched off at a time: right figures lost; after a semicolon wrong ones "
        "gained; + where more were read right without it. 测试里的文件以全部读法读出的为准。Documents of the tests are held against what is read of them "
        "with every mechanism."
    )
    record("每种读法的价值 · Ablation", note, ["mechanism", *(WHERE.get(column, column) for column in columns), "converters"], rows)


def _shown(counts: Counter[str]) -> str:
    lost, wrong = counts["lost"], counts["wrong"]
    shown = f"+{-lost}" if lost < 0 else str(lost) if lost else "–"
    return f"{shown}; {wrong}" if wrong else shown


# -- the documents -------------------------------------------------------------------------------------------------------


def subjects() -> Iterator[Subject]:
    """Every document that is read, but those of the tests."""
    yield from (Subject("collected", (str(path),)) for path in corpus.documents())
    for folder in sorted(stored().iterdir()):
        if folder.name not in SLOW:
            yield from (Subject("renderings", (folder.name, path.name)) for path in sorted(folder.iterdir()))
    for family, names in FAMILIES.items():
        for layout in names:
            for mutation in (NONE, *MUTATIONS):
                seeds = 1 if layout == "glued" else SEEDS
                yield from (Subject(family, (layout, mutation, str(n))) for n in range(seeds) if mutation not in MOVED.get(layout, ()))
    for piece in PIECES:
        yield from (Subject("samples", (piece, render, str(seed))) for render in RENDERERS for seed in range(SEEDS))


def tally(subject: Subject) -> Tally | None:
    """How the figures of a document are read; None where a report has nothing to damage in this way."""
    if subject.where == "collected":
        return corpus.tally(next(path for path in corpus.documents() if str(path) == subject.name[0]))
    if subject.where == "renderings":
        converter, name = subject.name
        report = read_report((STORED / converter / name).read_bytes())
        return judge(values_of(report), printed_values(_made()[name].sample))
    if subject.where == "tests":
        found = values_of(read_report(Path(subject.name[0]).read_bytes()))
        if _Switch.off is None:
            _Switch.read = found
        return judge(found, _Switch.read)
    kind, what, seed = subject.name
    if subject.where == "samples":
        whole = draft(int(seed), "")
        parts = list(PIECES[kind](list(whole.printed_parts())))
        with patch.object(layouts, "parts", lambda _: iter(parts)):
            data = RENDERERS[what](whole.sample)
    else:
        whole = draft(int(seed), kind)
        if what != NONE and not MUTATIONS[what](whole, random.Random(f"{seed} {what} {kind}")):
            return None
        data = LAYOUTS[kind](whole)
    counts, _ = drafts.judge(whole, read_report(data))
    return Tally(counts["right"], counts["abstained"], counts["wrong"])


@cache
def _made() -> dict[str, Made]:
    return {report.name: report for report in made()}


# -- the switches --------------------------------------------------------------------------------------------------------


class _Switch:
    """Which mechanism is off, which have found something since `used` was emptied, and what is read of a test's document with none off.
    One a process."""

    off: str | None = None
    used: ClassVar[set[str]] = set()
    read: ClassVar[dict[Key, float | None]] = {}


def measured(subject: Subject) -> dict[str, Worth]:
    """Mechanism → what is lost without it in one document; only those are named without which another result comes out."""
    _Switch.off, _Switch.used = None, set()
    _forget()
    whole = tally(subject)
    found: dict[str, Worth] = {}
    for mechanism in sorted(_Switch.used) if whole else ():
        _Switch.off = mechanism
        _forget()
        without = tally(subject)
        if whole and without:
            found[mechanism] = Worth(whole.right - without.right, without.wrong - whole.wrong)
    return {mechanism: one for mechanism, one in found.items() if any(one)}


def _forget() -> None:
    """Empty what functions remember of the texts they were asked about: a mechanism stands behind some of their answers."""
    for module in _parsers():
        for function in list(vars(module).values()):
            remembers = getattr(function, "cache_parameters", None)
            if remembers and remembers()["maxsize"] is not None:
                function.cache_clear()


def _parsers() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if name.split(".")[0] == "parsers" and module]


def switchable() -> None:
    """Put a switch before every function of every mechanism, wherever the modules of `parsers` have it."""
    for mechanism in MECHANISMS:
        for place, instead in mechanism.off.items():
            owner, name = found_at(place)
            original = getattr(owner, name)
            switch = _switch(mechanism, original, instead)
            for holder in _holders(owner, original):
                for known_as in [known_as for known_as, value in vars(holder).items() if value is original]:
                    setattr(holder, known_as, switch)


def found_at(place: str) -> tuple[Any, str]:
    """The module or class, and the name in it, of `module:function` or `module:Class.method`. AttributeError if there is none."""
    module, _, path = place.partition(":")
    owner: Any = import_module(module)
    *classes, name = path.split(".")
    for part in classes:
        owner = getattr(owner, part)
    getattr(owner, name)
    return owner, name


def _holders(owner: Any, original: object) -> Iterable[Any]:
    if isinstance(owner, type):
        return [owner]
    return [module for module in _parsers() if any(value is original for value in vars(module).values())]


def _switch(mechanism: Mechanism, original: Callable[..., Any], instead: Instead) -> Callable[..., Any]:
    @wraps(original)
    def call(*given: Any, **named: Any) -> Any:
        if _Switch.off == mechanism.name:
            return instead(*given, **named)
        found = original(*given, **named)
        if mechanism.name not in _Switch.used and found != instead(*given, **named):
            _Switch.used.add(mechanism.name)
        return found

    return call
