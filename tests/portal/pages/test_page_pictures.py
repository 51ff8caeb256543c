"""A report's page shows the pages of its document, and on them the place of each cell: upright, marked, there and back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from parsers import read_report
from portal.build.page_pictures import MOST_BYTES, page_pictures
from portal.build.pictures_file import beside
from portal.publish.directory import write_directory
from portal.publish.files import Site, file_of, kind
from portal.publish.static_site import addresses_of, configure, write_pages
from tests.support.chromium import chromium
from tests.support.hosts import Plain, host
from tests.support.paths import ROOT
from tests.support.readings import sample
from tests.support.scans import MARGINS, web_page
from tests.support.server import serving

pytestmark = pytest.mark.xdist_group("page pictures")
CELL = "applications-received-total"


def lying(pdf: bytes) -> bytes:
    """The same pages printed on their side."""
    document, written = pypdfium2.PdfDocument(pdf), BytesIO()
    pages = pypdfium2.PdfDocument.new()
    for number in range(len(document)):
        width, height = document[number].get_size()
        drawn = document.page_as_xobject(number, pages).as_pageobject()
        drawn.set_matrix(pypdfium2.PdfMatrix().rotate(90, ccw=True).translate(height, 0))
        page = pages.new_page(height, width)
        page.insert_obj(drawn)
        page.gen_content()
    pages.save(written)
    return written.getvalue()


def shown_turned(pdf: bytes) -> bytes:
    """The same pages, to be shown turned by a quarter."""
    document, written = pypdfium2.PdfDocument(pdf), BytesIO()
    for page in document:
        page.set_rotation(90)
    document.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample printed as a PDF."""
    folder = tmp_path_factory.mktemp("page-pictures")
    (folder / "in").mkdir()
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(web_page(sample()))
        pdf = page.pdf(format="A4", margin=MARGINS)
    (folder / "in" / "upright.pdf").write_bytes(pdf)
    build = [sys.executable, "build.py", str(folder / "in"), "--db", str(folder / "portal.db")]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder / "portal.db"


def test_every_cell_stands_in_its_box_on_its_page(database: Path) -> None:
    db = sqlite3.connect(database)
    pages = pypdfium2.PdfDocument(next(database.parent.glob("in/*")).read_bytes())
    cells = db.execute(
        "select printed, page, box_left, box_top, box_right, box_bottom from cells left join cell_places using (report_id, section, item, measure)"
    ).fetchall()
    assert len(cells) == 200
    for printed, page, left, top, right, bottom in cells:
        width, height = pages[page - 1].get_size()
        box = (left * width / 1000, height - bottom * height / 1000, right * width / 1000, height - top * height / 1000)
        assert pages[page - 1].get_textpage().get_text_bounded(*box).strip() == printed


@pytest.mark.parametrize("other", [lying, shown_turned])
def test_a_page_on_its_side_is_shown_upright(database: Path, other: Any) -> None:
    pdf = next(database.parent.glob("in/*")).read_bytes()
    reports = [read_report(data) for data in (pdf, other(pdf))]
    pictures = [page_pictures(data, report.document) for data, report in zip((pdf, other(pdf)), reports, strict=True)]
    assert len(pictures[0]) == 2 and max(map(len, pictures[0])) <= MOST_BYTES
    for one, two in zip(*pictures, strict=True):
        apart = ImageChops.difference(*(Image.open(BytesIO(picture)).convert("L").resize((400, 566)) for picture in (one, two)))
        assert ImageStat.Stat(apart).mean[0] < 4
    boxes = [[place[2:] for place in report.document.places] for report in reports]
    assert boxes[0] and boxes[0] == [pytest.approx(box, abs=0.002) for box in boxes[1]]


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with serving(database.parent) as server:
        (report,) = sqlite3.connect(database).execute("select id from reports").fetchone()
        yield f"{server.address}/reports/{report}"


@pytest.mark.parametrize("script", [True, False])
def test_a_figure_leads_to_its_place_on_the_page_and_back(address: str, script: bool) -> None:
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=script).new_page()
        page.goto(address)
        page.click(f"#c-{CELL}")
        assert page.url.endswith(f"#p-{CELL}")
        spot = page.locator(f"#p-{CELL} rect")
        assert spot.is_visible() and spot.evaluate("spot => getComputedStyle(spot).fill") not in ("none", "rgba(0, 0, 0, 0)")
        spot.click(force=True)
        assert page.url.endswith(f"#c-{CELL}")


def test_pictures_are_served_and_those_that_there_are_not_are_not(address: str) -> None:
    data = httpx.get(f"{address}.json").raise_for_status().json()
    assert [(page["page"], page["recognised"], page["pictured"]) for page in data["pages"]] == [(1, 0, 1), (2, 0, 1)]
    of = f"{address.partition('/reports/')[0]}/sources/{data['sources'][0]['id']}"
    found = httpx.get(f"{of}/2.webp")
    assert found.headers["content-type"] == "image/webp" and Image.open(BytesIO(found.content)).width == 1000
    assert httpx.get(f"{of}/3.webp").status_code == httpx.get(f"{of[:-1]}x/1.webp").status_code == 404


def test_pictures_are_published(database: Path, tmp_path: Path) -> None:
    write_directory(database, tmp_path / "out")
    assert beside(tmp_path / "out" / "portal.db").read_bytes() == beside(database).read_bytes()


def test_a_static_site_shows_them(database: Path, tmp_path: Path) -> None:
    (report,) = sqlite3.connect(database).execute("select id from reports").fetchone()
    pages = [page for page in addresses_of(database) if page == f"/reports/{report}" or page.startswith("/sources/")]
    (tmp_path / "served").mkdir()
    configure(tmp_path / "served", database)
    site = Site(frozenset(map(kind, map(str, map(file_of, pages)))))
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # here a loop of Playwright's runs
        apart.submit(write_pages, tmp_path / "served", pages, site, tmp_path / "host" / "below").result()
    with host(tmp_path / "host", Plain) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}/below/reports/{report}/")
        page.click(f"#c-{CELL}")
        assert page.locator(f"#p-{CELL} rect").is_visible()
        shown = page.locator("img[src*='.webp']")
        assert shown.first.evaluate("shown => shown.decode().then(() => shown.naturalWidth)") == 1000 and shown.count() == len(pages) - 1
