"""Pictures and scans: read where two recognisers agree, refused with the command that reads them where the extra is not installed."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from parsers import read_report
from parsers.documents.pictures import extra
from parsers.model import FROM_PICTURES
from tests.support import layouts
from tests.support.chromium import chromium
from tests.support.paper import STYLES
from tests.support.readings import sample, truth, values

needs_extra = pytest.mark.skipif(not extra.is_installed(), reason="what reads pictures is not installed here: make setup-ocr installs it")


def picture(kind: str, *pages: Image.Image) -> bytes:
    written = io.BytesIO()
    pages[0].save(written, kind, **({"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}))
    return written.getvalue()


def test_a_picture_is_refused_with_the_command_that_would_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "is_installed", lambda: False)
    for kind in ("PNG", "JPEG", "PDF"):
        refused = read_report(picture(kind, Image.new("RGB", (400, 300), "white"))).refused
        assert refused and "make setup-ocr" in refused, (kind, refused)


@pytest.fixture(scope="module")
def scan() -> list[Image.Image]:
    """The pages of a sample report, printed and scanned at 150 dots an inch."""
    ruled = f"<style>table[border]{{width:100%}}{STYLES[1]}</style></head>"
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(layouts.page(sample()).decode().replace("</head>", ruled))
        printed = page.pdf(format="A4")
    return [page.render(scale=150 / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(printed)]


@needs_extra
def test_a_scan_gives_no_figure_that_is_not_printed(scan: list[Image.Image]) -> None:
    report = read_report(picture("TIFF", *scan))
    printed, read = truth(sample()), values(report)
    wrong = {key: value for key, value in read.items() if value is not None and value != printed.get(key)}
    right = sum(read.get(key) == value for key, value in printed.items())
    assert not wrong and right >= 0.85 * len(printed), (right, len(printed))
    assert FROM_PICTURES in {note.code for note in report.notes}


@needs_extra
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP", "PDF"])
def test_a_picture_that_is_no_report_is_refused(kind: str) -> None:
    refused = read_report(picture(kind, Image.effect_mandelbrot((700, 500), (-2, -1.2, 1, 1.2), 50).convert("RGB"))).refused
    assert refused and "\n" not in refused
