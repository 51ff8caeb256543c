"""Reports as pictures, as scanners and telephones make them: what is read of them, beside plain recognition; seconds and memory."""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from statistics import mean
from typing import Any, NamedTuple

from PIL.Image import Image

from bench.accuracy import Key, Tally, judge, record, values_of
from bench.peers import mapped
from bench.renderings import printed_values
from bench.samples import collected
from parsers import read_report
from tests.support.chromium import chromium
from tests.support.paper import STYLES
from tests.support.readings import sample
from tests.support.scans import MARGINS, compressed, photographed, picture, scanned, skewed, stamped, web_page

SAMPLES = 200  # sample reports, in turn of every way, edition and style: with the collected ones an hour of a processor
USUAL = 150  # dots an inch
Way = Callable[[Image, int], Image]
WAYS: dict[str, tuple[int, Way]] = {
    "100": (100, lambda page, n: page),
    "150": (150, lambda page, n: page),
    "200": (200, lambda page, n: page),
    "300": (300, lambda page, n: page),
    "askew 斜放": (USUAL, lambda page, n: skewed(page, (2.6, -1.3, 0.7)[n % 3])),
    "stamped 盖章": (USUAL, stamped),
    "JPEG 40": (USUAL, lambda page, n: compressed(page, 40)),
    "photographed 拍照": (200, photographed),
}
PLAIN = ("150",)  # ways in which plain recognition is asked too


class Outcome(NamedTuple):
    """What was read of one document, the seconds of processor that each page took, and the most memory so far, in MB."""

    values: dict[Key, float | None]
    seconds: float
    memory: int


def run() -> None:
    """One line a way: right, left out, wrong, seconds a page, megabytes; then plain recognition with the mapping of bench.peers."""
    real = list(collected("pdf"))
    tallies: dict[str, list[Tally]] = defaultdict(list)
    seconds: dict[str, list[float]] = defaultdict(list)
    memory: dict[str, int] = defaultdict(int)
    for pdf, values, way in (*((*one, way) for one in real for way in WAYS), *_samples()):
        dots, changed = WAYS[way]
        pages = [changed(page, len(tallies[way]) + at) for at, page in enumerate(scanned(pdf, dots))]
        readers = {way: _ours} | ({f"RapidOCR, {way}": _plain} if way in PLAIN else {})
        for name, read in readers.items():
            with ProcessPoolExecutor(1, get_context("spawn")) as alone:
                outcome = alone.submit(read, picture("TIFF", *pages)).result()
            tallies[name].append(judge(outcome.values, values))
            seconds[name].append(outcome.seconds)
            memory[name] = max(memory[name], outcome.memory)
            print(f"{name}, {len(tallies[name])}: {tallies[name][-1]}, {outcome.seconds:.1f} s a page", flush=True)
    lines = [
        [name, str(len(tallies[name])), str(t.right), str(t.abstained), str(t.wrong), f"{mean(seconds[name]):.1f}", str(memory[name])]
        for name in (*WAYS, *(name for name in tallies if name not in WAYS))
        for t in (sum(tallies[name], Tally()),)
    ]
    note = (
        f"收集的 PDF 按每种方式、{SAMPLES} 份样例报告轮流按一种方式做成图片（数字是每英寸的点数，未注明的为 {USUAL}，拍照为 200）再读。"
        f"The collected PDFs as pictures made in every way and {SAMPLES} sample reports in one way each, in turn; numbers are dots an inch,"
        f" {USUAL} where none is given, 200 of photographs. RapidOCR: its own lines and words, mapped to the form as the tables of the other"
        " peers are."
    )
    record("图片和扫描件 · Pictures", note, ["picture", "documents", "right", "abstained", "wrong", "seconds a page", "MB"], lines)


def _samples() -> Iterator[tuple[bytes, dict[Key, float | None], str]]:
    """The PDF of each sample, its figures, and the way in which it is made into pictures: each way meets both editions and every style."""
    ways = list(WAYS)
    with chromium() as browser:
        page = browser.new_page()
        for seed in range(SAMPLES):
            turn = seed // len(ways)
            made = sample(("2019", "2021")[turn % 2], seed)
            page.set_content(web_page(made, STYLES[turn % len(STYLES)]))
            yield page.pdf(format="A4", margin=MARGINS), printed_values(made), ways[seed % len(ways)]


def _ours(file: bytes) -> Outcome:
    return _measured(file, lambda: values_of(read_report(file)))


def _plain(file: bytes) -> Outcome:
    return _measured(file, lambda: mapped(_lines, file))


def _measured(file: bytes, read: Callable[[], dict[Key, float | None]]) -> Outcome:
    from parsers.documents.pictures.read import pictures_in

    pages = sum(1 for _ in pictures_in(file))
    begin = time.process_time()
    values = read()
    return Outcome(values, (time.process_time() - begin) / pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)


# -- plain recognition -------------------------------------------------------------------------------------------------------


@cache
def _recogniser() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1})


def _lines(file: bytes) -> list[list[list[str]]]:
    """The words of each page in rows: what overlaps in height stands on one."""
    from parsers.documents.pictures.read import pictures_in

    pages = []
    for page in pictures_in(file):
        found = _recogniser()(page[:, :, ::-1])
        rows: list[list[tuple[float, float, str]]] = []
        words = zip(found.boxes, found.txts, strict=True) if found.boxes is not None else ()
        for middle, left, text, height in sorted(
            (box[:, 1].mean(), box[:, 0].min(), text, float(box[:, 1].max() - box[:, 1].min())) for box, text in words
        ):
            if rows and middle - rows[-1][-1][0] < height / 2:
                rows[-1].append((middle, left, text))
            else:
                rows.append([(middle, left, text)])
        pages.append([[text for _, _, text in sorted(row, key=lambda word: word[1])] for row in rows])
    return pages
