"""Pictures and scans: read where two recognisers agree, refused with the command that reads them where the extra is not installed."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from parsers import read_report
from parsers.documents.pages.joined import NOT_LEGIBLE
from parsers.documents.pictures import extra
from parsers.model import FROM_PICTURES
from tests.support.chromium import chromium
from tests.support.figures import Key, Sample
from tests.support.office import word
from tests.support.paths import ROOT
from tests.support.readings import sample, truth, values
from tests.support.scans import MARGINS, picture, scanned, skewed, stamped, web_page

needs_extra = pytest.mark.skipif(not extra.is_installed(), reason="what reads pictures is not installed here: make setup-ocr installs it")
RECEIVED: Key = ("applications", "received", "total")
SCAN = replace(sample(), printed=sample().printed | {RECEIVED: "7070"})  # no sum holds with it, nor with one digit of it read otherwise
MIXED = replace(sample("2019", 12), printed=sample("2019", 12).printed | {RECEIVED: "7171"})  # typed, on the first page
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"


def test_a_picture_is_refused_with_the_command_that_would_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "is_installed", lambda: False)
    for kind in ("PNG", "JPEG", "PDF"):
        refused = read_report(picture(kind, Image.new("RGB", (400, 300), "white"))).refused
        assert refused and "make setup-ocr" in refused, (kind, refused)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """What build.py makes of a scan, its pages stamped, askew and turned, and of a PDF of which one page is a picture."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "in").mkdir()
    with chromium() as browser:
        page = browser.new_page()
        printed = {}
        for name, made in (("scan", SCAN), ("mixed", MIXED)):
            page.set_content(web_page(made))
            printed[name] = page.pdf(format="A4", margin=MARGINS)
    first, second = scanned(printed["scan"], 150)
    (folder / "in" / "scan.tiff").write_bytes(picture("TIFF", stamped(skewed(first, 2), 1), second.rotate(90, expand=True)))
    (folder / "in" / "mixed.pdf").write_bytes(_with_last_page_as_picture(printed["mixed"]))
    build = [sys.executable, "build.py", str(folder / "in"), "--db", str(folder / "pictures.db")]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(folder / "pictures.db")
    yield db
    db.close()


def _with_last_page_as_picture(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    last = len(document) - 1
    document.del_page(last)
    document.import_pages(pypdfium2.PdfDocument(picture("PDF", scanned(pdf, 150)[last], resolution=150)))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


@needs_extra
@pytest.mark.xdist_group("pictures")
@pytest.mark.parametrize(("file", "of", "pages"), [("scan.tiff", SCAN, "第 1、2 页"), ("mixed.pdf", MIXED, "第 2 页")])
def test_a_scan_gives_no_figure_that_is_not_printed(database: sqlite3.Connection, file: str, of: Sample, pages: str) -> None:
    (source,) = database.execute("select id from source_texts where path like ?", (f"%{file}",)).fetchone()
    cells = database.execute("select section, item, measure, value from cells where source_id = ?", (source,))
    read = {(section, item, measure): value for section, item, measure, value in cells}
    printed = truth(of)
    wrong = {key: value for key, value in read.items() if value is not None and value != printed.get(key)}
    right = sum(key in read and read[key] == value for key, value in printed.items())
    assert not wrong and right >= 0.85 * len(printed), (right, len(printed), wrong)
    told = database.execute("select message from reading_notes where code = 'read_from_picture' and source_id = ?", (source,)).fetchall()
    assert {message.partition("是")[0].rstrip() for (message,) in told} == {pages}, told


@needs_extra
@pytest.mark.xdist_group("pictures")
def test_what_does_not_add_up_in_a_scan_may_be_a_misreading(database: sqlite3.Connection) -> None:
    found = findings(database, "scan.tiff")
    assert ("reading", "applications_row_total", *RECEIVED) in found and not any(verdict == "report" for verdict, *_ in found), found


@needs_extra
@pytest.mark.xdist_group("pictures")
def test_of_a_mixed_document_only_what_was_recognised_is_in_doubt(database: sqlite3.Connection) -> None:
    """The row stands on a typed page; the column, of which the balance is, goes on on the page that is a picture."""
    found = findings(database, "mixed.pdf")
    assert ("report", "applications_row_total", *RECEIVED) in found
    assert ("reading", "applications_balance", "applications", "handled", "total") in found, found


def findings(db: sqlite3.Connection, file: str) -> list[tuple[str | None, ...]]:
    sql = """select verdict, check_code, section, item, measure from findings
               join reports on reports.id = findings.report_id join source_texts on source_texts.id = source_id where path like ?"""
    return db.execute(sql, (f"%{file}",)).fetchall()


NOISE = Image.effect_noise((60, 45), 90).resize((1200, 900), Image.Resampling.BICUBIC)
NO_REPORTS = {
    "nothing": ("PNG", Image.new("RGB", (1200, 900), "white")),
    "a photograph": ("JPEG", NOISE.filter(ImageFilter.GaussianBlur(3)).convert("RGB")),
    "a drawing": ("PDF", Image.effect_mandelbrot((700, 500), (-2, -1.2, 1, 1.2), 50).convert("RGB")),
    "an icon": ("BMP", Image.new("RGB", (32, 32), "red")),
}


@needs_extra
@pytest.mark.parametrize("name", NO_REPORTS)
def test_a_picture_without_words_is_refused_as_such(name: str) -> None:
    assert read_report(picture(NO_REPORTS[name][0], NO_REPORTS[name][1])).refused == NOT_LEGIBLE


@needs_extra
def test_a_table_pasted_as_a_picture_into_a_word_file_is_read() -> None:
    with chromium() as browser:
        page = browser.new_context(device_scale_factor=2).new_page()
        page.set_content(web_page(MIXED))
        table = page.locator("table[border]").nth(2).screenshot()
    report = read_report(_with_picture(word(MIXED), table))
    read, printed = values(report, "review_litigation"), truth(MIXED, "review_litigation")
    assert not {key: value for key, value in read.items() if value is not None and value != printed[key]}
    assert sum(read.get(key) == value for key, value in printed.items()) >= 10 and FROM_PICTURES in {note.code for note in report.notes}


def test_without_what_reads_it_a_picture_in_a_word_file_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "is_installed", lambda: False)
    tables = BytesIO()
    with ZipFile(BytesIO(_with_picture(word(MIXED), b""))) as old, ZipFile(tables, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, re.sub(rb"(?s)<w:tbl>.*?</w:tbl>", b"", part) if name == "word/document.xml" else part)
    refused = read_report(tables.getvalue()).refused
    assert refused and "make setup-ocr" in refused and "make setup-ocr" not in str(read_report(word(MIXED)).refused)


def _with_picture(document: bytes, shown: bytes) -> bytes:
    """A Word file with this picture in the place of its last table."""
    written = BytesIO()
    drawing = (
        f'<w:p xmlns:r="{_OFFICE}/relationships"><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWN}/wordprocessingDrawing">'
        f'<wp:extent cx="5400000" cy="1800000"/><a:blip xmlns:a="{_DRAWN}/main" r:embed="rId9"/></wp:inline></w:drawing></w:r></w:p>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{_OFFICE}/relationships/image" Target="media/image1.png"/></Relationships>'
    )
    with ZipFile(BytesIO(document)) as old, ZipFile(written, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                before, _, after = part.rpartition(b"<w:tbl>")
                part = before + drawing.encode() + after.partition(b"</w:tbl>")[2]
            new.writestr(name, part)
        new.writestr("word/_rels/document.xml.rels", relations)
        new.writestr("word/media/image1.png", shown)
    return written.getvalue()


@needs_extra
def test_a_poster_is_refused_as_no_report() -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1240, "height": 900})
        lines = (
            "样例市读书节活动公告",
            "活动于4月23日至30日在样例图书馆举行",
            "市民可凭票入场，每场限120人，先到先得",
            "咨询电话请见样例图书馆网站",
        )
        page.set_content(f"<body style='background:#fea;color:#600;text-align:center;font-size:26px'>{'<p>'.join(lines)}")
        shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    refused = read_report(picture("WEBP", shown)).refused
    assert refused and refused != NOT_LEGIBLE and "\n" not in refused
