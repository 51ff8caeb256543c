"""Sample reports sent through the converters that collectors use, then read: right, abstained, wrong by converter."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.accuracy import Tally, judge, record, values_of, values_printed
from bench.converters import converted, folder_of
from parsers import read_report
from parsers.form.editions import editions
from tests.support import drafts, layouts, office
from tests.support.figures import Sample, figures

SOURCES: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "page": ("html", layouts.page),
    "Word-made page": ("html", layouts.word_made),
    "Word file": ("docx", office.word),
}
FILLINGS = dict(zip(("sound", "unbalanced", "small", "blanks", "totals only"), drafts.FILLED, strict=True))
SEEDS = (31, 52)
STORED = Path(__file__).resolve().parent.parent / ".renderings"


@dataclass(frozen=True)
class Made:
    """One sample report: the kinds it counts under, its file's name without suffix, its source format, what it prints."""

    kinds: tuple[str, str]
    name: str
    source: str
    data: bytes
    sample: Sample


def made() -> list[Made]:
    """Every edition, source and filling, drawn from each seed."""
    found = []
    for source, (suffix, render) in SOURCES.items():
        for edition, year in (("2019", 2020), ("2021", 2023)):
            for filling, fill in FILLINGS.items():
                for seed in SEEDS:
                    printed = fill(figures(seed, edition), random.Random(seed))
                    sample = Sample("", "样例市样例局", year, edition, printed, f"{year + 1}-01-18")
                    found.append(Made((f"{source} {edition}", filling), f"{len(found):03}", suffix, render(sample), sample))
    return found


@cache
def stored() -> Path:
    """The folder with what the converters made of every report, a folder a converter, a file a report, by its name.

    A converter that has no folder yet is run, and what it made is kept: the same bytes are read by every version of the code.
    ValueError if the reports that were converted are not those that `made` makes now.
    """
    reports = made()
    with tempfile.TemporaryDirectory() as folder:
        sources = {report.name: (report.source, report.data) for report in reports}
        for name, results in converted(Path(folder), sources, kept=STORED).items():
            for report, data in results.items():
                path = STORED / folder_of(name) / report
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
    pages = [report for report in reports if report.source == "html"]  # a Word file has the time in it
    if any((STORED / "as made" / report.name).read_bytes() != report.data for report in pages):
        raise ValueError(f"{STORED} holds renderings of other samples: remove the folder, and the converters run anew")
    return STORED


def run() -> None:
    """Two tables: a line a converter, a column a kind of report; the cells of all reports of that kind together."""
    reports = made()
    tallies: dict[str, dict[str, Tally]] = {}
    with tempfile.TemporaryDirectory() as folder:
        sources = {report.name: (report.source, report.data) for report in reports}
        for name, results in converted(Path(folder), sources).items():
            by_kind: dict[str, Tally] = defaultdict(Tally)
            for report in reports:
                if report.name in results:
                    tally = judge(values_of(read_report(results[report.name])), printed_values(report.sample))
                    for kind in report.kinds:
                        by_kind[kind] += tally
            tallies[name] = by_kind
    note = "样例报告经各种转换工具转换后再读：读对 / 留空 / 读错。Sample reports sent through converters, then read: right / abstained / wrong."
    for title, place in (("转换后再读 · Renderings", 0), ("转换后再读，按填法 · Renderings, by filling", 1)):
        kinds = list(dict.fromkeys(report.kinds[place] for report in reports))
        rows = [[name, *(str(by_kind[kind]) if kind in by_kind else "–" for kind in kinds)] for name, by_kind in tallies.items()]
        record(title, note, ["converter", *kinds], rows)


def printed_values(sample: Sample) -> dict[tuple[str, str, str], float | None]:
    """The numbers that a sample prints: section, item and measure → the value, money in yuan, None where nothing is stated."""
    grids = next(e for e in editions() if e.code == sample.edition).of("proactive_disclosure")
    money = {(g.section, row.item, m): unit for g in grids for row in g.rows for m, unit in (g.money or {}).items()}
    return values_printed(sample.printed, money)
