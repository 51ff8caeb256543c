"""The pictures of docs/journeys.md and README.md, taken anew of the embedded collection in a headless browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from bench.pages import ROOT, served
from tests.support.chromium import chromium

Step = Callable[[Any], object]
DOCS = ROOT / "docs"
HEIGHT = 800


def _search(page: Any, typed: str) -> None:
    page.fill("#q", typed)
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=*")


# A picture's name, which ends with its width, the address at which it begins, and what is done there.
PICTURES: dict[str, tuple[str, Step]] = {
    "find-my-county-390": ("/", lambda page: _search(page, "相山区")),
    "what-does-not-add-up-1280": ("/reports/340603-canlian-2020", lambda page: page.locator(".finding-label").first.click()),
    "compare-1280": ("/compare?agency=350128-guanweihui&year=2019&year=2020&year=2021&year=2022", lambda page: None),
    "cite-1280": ("/reports/350128-guanweihui-2020", lambda page: _cited(page)),
    "get-all-data-390": ("/data", lambda page: None),
    "subscribe-1280": ("/regions/340600", lambda page: page.locator("main a[href$='.atom']").first.scroll_into_view_if_needed()),
    "who-did-not-report-390": ("/coverage?region=350128", lambda page: None),
    "leads-390": ("/leads", lambda page: None),
}
REPORT = "/reports/231000-zhengfuban-2019"


def _cited(page: Any) -> None:
    page.locator("a.cell[data-keys~='applications-received-total']").click()
    page.locator("#sources").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#sources').scrollIntoView()")


def run() -> None:
    """Write each picture and say how large it is."""
    with TemporaryDirectory() as folder, chromium() as browser:
        build = [sys.executable, "build.py", "data/reports", "--db", f"{folder}/portal.db"]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with served(Path(folder)) as site:
            for name, (path, step) in PICTURES.items():
                picture = _picture(browser, f"{site.base_url}", path, step, int(name.rpartition("-")[2]), HEIGHT)
                _write(picture, DOCS / "journeys" / f"{name}.webp")
            _write(
                _picture(browser, f"{site.base_url}", REPORT, PICTURES["what-does-not-add-up-1280"][1], 1280, 1180), DOCS / "screenshot.png"
            )


def _picture(browser: Any, home: str, path: str, step: Step, width: int, height: int) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": height}, base_url=home)
    page.goto(path, wait_until="networkidle")
    step(page)
    page.wait_for_timeout(500)  # scrolling ends
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return picture


def _write(picture: Image.Image, file: Path) -> None:
    picture.convert("RGB").save(file, **({"quality": 85, "method": 6} if file.suffix == ".webp" else {"optimize": True}))
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")
