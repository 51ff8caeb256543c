"""How much a reader's browser fetches for a page: the page, its styles and its scripts, as sent; and from where."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.support.pages import DATASETTES, OWN, REPORT, tree

HOME, A_REPORT, A_TABLE = 100_000, 150_000, 200_000  # bytes
PINGTAN = "/reports/350128-guanweihui-2022"


def fetched(site: httpx.Client, path: str) -> int:
    """The bytes of a page and of all that it names, each once, compressed as they are sent."""
    page = LexborHTMLParser(site.get(path).raise_for_status().text)
    named = [node.attributes["href"] for node in page.css("link[rel=stylesheet]")]
    named += [node.attributes["src"] for node in page.css("[src]")]
    total = 0
    for address in {path, *filter(None, named)}:
        with site.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
            total += sum(len(part) for part in answer.iter_raw())
    return total


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", HOME),
        ("/?lang=en", HOME),
        (REPORT, A_REPORT),
        (PINGTAN, A_REPORT),
        ("/portal/applications", A_TABLE),
        ("/portal/applications?_codes=on", A_TABLE),
        ("/portal/source_texts", A_TABLE),
        ("/portal/cells", A_TABLE),
        ("/agencies/350128-guanweihui", A_REPORT),
        ("/coverage", A_TABLE),
    ],
)
def test_a_page_is_light(site: httpx.Client, path: str, most: int) -> None:
    assert fetched(site, path) <= most


@pytest.mark.parametrize("path", [*OWN, *DATASETTES, "/none"])
def test_nothing_comes_from_elsewhere(site: httpx.Client, path: str) -> None:
    page = LexborHTMLParser(site.get(path).text)
    named = [node.attributes["href"] for node in page.css("link[rel=stylesheet], link[rel=icon], link[rel=preload]")]
    named += [node.attributes["src"] for node in page.css("main [src], script[src], img[src], iframe[src]")]
    assert [address for address in named if not (address or "").startswith("/static/")] == []


def test_a_browser_asks_nobody_else(browser: Any, portal_url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", REPORT, "/portal/applications", "/agencies/350128-guanweihui"):
        page.goto(portal_url + path)
    page.close()
    assert asked and [address for address in asked if not address.startswith(portal_url)] == []


def test_the_weights_are_of_whole_pages(site: httpx.Client) -> None:
    assert tree(site, PINGTAN).css("link[rel=stylesheet]") and fetched(site, PINGTAN) > len(site.get("/static/portal.css").content) / 5
