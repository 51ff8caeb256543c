"""Files damaged on their way: bytes changed, cut off, doubled, blanked. Each is read or refused; none is a fault of ours."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from random import Random

import pytest

from parsers import read_report
from tests.support.drafts import LAYOUTS, draft
from tests.support.figures import Sample, figures
from tests.support.ofd import grid, ofd, page
from tests.support.office import word
from tests.support.packages import workbook
from tests.support.paths import SHARED

PDF = SHARED / "corpus/docs/hongze_2023.pdf"
SAMPLE = Sample("damaged", "样例市样例局", 2022, "2021", figures(5, "2021"))
WHOLE = {
    "docx": lambda: word(SAMPLE),
    "xlsx": lambda: workbook(SAMPLE),
    "pdf": PDF.read_bytes,
    "ofd": lambda: ofd(page(grid([["项目", "数量"], ["甲", "12"], ["乙", ""]]))),
    **{layout: partial(lambda layout: LAYOUTS[layout](draft(5, layout)), layout) for layout in LAYOUTS if layout != "glued"},
}
SEEDS = 120


def damaged(data: bytes, random: Random) -> bytes:
    kept, at, count = bytearray(data), random.randrange(len(data)), random.randint(1, 500)
    match random.randrange(5):
        case 0:
            for _ in range(random.randint(1, 30)):
                kept[random.randrange(len(kept))] = random.randrange(256)
        case 1:
            del kept[at:]
        case 2:
            kept[at:at] = kept[at : at + count]
        case 3:
            kept[at : at + count] = bytes(len(kept[at : at + count]))
        case _:
            kept[at:at] = random.randbytes(count)
    return bytes(kept)


def damaged_inside(package: bytes, random: Random) -> bytes:
    """A package whose longest part was damaged before it was packed."""
    parts = zipfile.ZipFile(io.BytesIO(package))
    longest = max(parts.infolist(), key=lambda part: part.file_size).filename
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as written:
        for name in parts.namelist():
            written.writestr(name, damaged(parts.read(name), random) if name == longest else parts.read(name))
    return packed.getvalue()


@pytest.mark.parametrize("kind", WHOLE)
def test_a_damaged_file_is_read_or_refused(kind: str) -> None:
    if kind == "pdf" and not PDF.exists():
        pytest.skip("the collected documents (../shared) are not beside this repository")
    whole = WHOLE[kind]()
    refused = 0
    for seed in range(SEEDS // 4 if kind == "pdf" else SEEDS):  # one PDF takes as long as many others
        random = Random(seed)
        inside = kind in ("docx", "xlsx") and seed % 2
        report = read_report((damaged_inside if inside else damaged)(whole, random))
        assert report.refused or report.cells
        refused += bool(report.refused)
    assert refused
