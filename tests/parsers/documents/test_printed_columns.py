"""Columns as programs set them: what LibreOffice prints of a Word file and pdftotext of that, and a collected PDF against its gold."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from parsers import read_report
from parsers.model import Report
from tests.support import drafts
from tests.support.figures import Figures, Sample, figures
from tests.support.office import SHAPES, WITHOUT_LINES, word
from tests.support.paths import SHARED
from tests.support.readings import truth, values

HONGZE = SHARED / "corpus/docs/hongze_2023.pdf"
FILLINGS = dict(zip(("sound", "unbalanced", "small", "blanks", "totals only"), drafts.FILLED, strict=True))


def printed_by_office(folder: Path, samples: dict[str, Sample], *, ruled: bool) -> dict[str, Path]:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed (soffice)")
    for name, sample in samples.items():
        (folder / f"{name}.docx").write_bytes(word(sample, SHAPES["plain"] if ruled else WITHOUT_LINES))
    office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, *(f"{name}.docx" for name in samples)], cwd=folder, check=True, capture_output=True, timeout=120)
    return {name: folder / f"{name}.pdf" for name in samples}


def in_layout(pdf: Path) -> bytes:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed (pdftotext)")
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout


def filled(edition: str, filling: str, seed: int = 7) -> Sample:
    printed: Figures = FILLINGS[filling](figures(seed, edition), random.Random(seed))
    return Sample("", "样例市样例局", 2020, edition, printed)


def judged(report: Report, sample: Sample) -> tuple[int, int]:
    """How many cells are as printed, how many are not known; none is another number."""
    read = values(report)
    wanted = truth(sample)
    wrong = {key: value for key, value in read.items() if value is not None and value != pytest.approx(wanted[key])}
    assert not wrong
    known = sum(key in read and (read[key] is None) == (value is None) for key, value in wanted.items())
    return known, len(wanted) - known


def test_a_word_file_without_lines_printed_as_pdf_and_as_text(tmp_path: Path) -> None:
    """Where no figure is broken over lines, the PDF is read whole; the text wherever its program kept the columns."""
    samples = {f"{edition}-{filling}".replace(" ", "-"): filled(edition, filling) for edition in ("2019", "2021") for filling in FILLINGS}
    for name, pdf in printed_by_office(tmp_path, samples, ruled=False).items():
        _, unknown = judged(read_report(pdf.read_bytes()), samples[name])
        assert not unknown or "small" not in name, name
        _, unknown = judged(read_report(in_layout(pdf)), samples[name])
        assert not unknown or "small" not in name, name


def test_a_collected_pdf_printed_as_text_is_read_as_its_gold() -> None:
    if not HONGZE.exists():
        pytest.skip("the collected documents (../shared) are not beside this repository")
    report = read_report(in_layout(HONGZE))
    read = values(report)
    gold = json.loads((SHARED / "corpus/gold/hongze_2023.pdf.json").read_text(encoding="utf-8"))
    assert all(read[section, item, measure] == value for section, item, measure, _, value in gold["cells"])
