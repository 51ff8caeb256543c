"""Pages for everybody: by the rules of WCAG 2.2, by keyboard alone, on a phone, without scripts, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import axe
from tests.support.pages import DATASETTES, OWN, REPORT
from tests.support.site_rows import AGENCY


def one_of_each(paths: list[str]) -> list[str]:
    """The first address of each kind; each report of the made-up ones is a kind."""
    kinds: dict[tuple[str, ...], str] = {}
    for path in paths:
        first, *rest = path.partition("?")[0].strip("/").split("/")
        query = path.partition("?")[2].partition("=")[0] if first in ("search", "compare", "portal") else ""
        kinds.setdefault((first, query, *(rest if first in ("reports", "portal") else ["one"] * len(rest))), path)
    return list(kinds.values())


TABLES = [f"{path}?_size=10" if path.count("/") == 2 and "one_" not in path else path for path in DATASETTES]  # axe looks at each cell
REAL = ["/reports/350128-guanweihui-2022", "/agencies/350128-guanweihui"]  # with marked sentences, with charts
SCREENS = 20  # of a phone: a page is not longer
KINDS = [*one_of_each([*OWN, *TABLES, "/none"]), *REAL]
# Each kind of page at each width; in both languages, in the light and in the dark, which the kinds share out among the widths.
EVEN = [(1280, "zh", "light"), (390, "en", "dark"), (320, "zh", "light")]
ODD = [(1280, "en", "dark"), (390, "zh", "light"), (320, "en", "light")]


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """One for many addresses: a window takes longer than its pages."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("path", KINDS)
def test_nothing_that_wcag_forbids(page: Any, portal_url: str, path: str) -> None:
    found = []
    for width, language, scheme in EVEN if KINDS.index(path) % 2 else ODD:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{portal_url}{path}{'&' if '?' in path else '?'}lang={language}" if language == "en" else portal_url + path)
        folded = "details" if path == "/" else "main details"  # an open menu covers what is under it
        page.evaluate("which => document.querySelectorAll(which).forEach(folded => { folded.open = true; })", folded)
        found += [f"{width} {language} {scheme}: {wrong}" for wrong in axe.violations(page)]
    assert found == []


@pytest.fixture(scope="module")
def phone(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page as wide as a phone, the same for many addresses, and what it complains of."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, complaints
    page.close()


@pytest.mark.parametrize("path", [*OWN, *DATASETTES, "/none", f"/agencies/{AGENCY}?lang=en", "/checks?lang=en"])
def test_pages_run_without_a_complaint_and_fit_a_phone(phone: tuple[Any, list[str]], portal_url: str, path: str) -> None:
    page, complaints = phone
    complaints.clear()
    page.goto(portal_url + path)
    assert page.locator(".main-nav a").first.evaluate("link => getComputedStyle(link).fontSize") == "16px"
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS * 844
    assert [text for text in complaints if "404" not in text] == []


def test_axe_says_so_where_the_rules_are_broken(browser: Any) -> None:
    page = browser.new_page()
    page.set_content("<html><head><title>x</title></head><body><main><h1>x</h1><p style='color:#bbb'>pale</p></main></body></html>")
    rules = {wrong.partition(":")[0] for wrong in axe.violations(page)}
    page.close()
    assert {"color-contrast", "html-has-lang"} <= rules


@pytest.mark.parametrize(
    "path", ["/agencies/350128-guanweihui", "/compare?agency=350128-guanweihui", "/portal/reports", "/years/2022", "/reports"]
)
def test_what_names_a_row_stays_while_a_phone_scrolls_its_figures(browser: Any, portal_url: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(portal_url + path)
    wide = page.evaluate(
        """() => [...document.querySelectorAll("main .scroll")].filter(box => box.scrollWidth > box.clientWidth + 20 && box.clientWidth).map(box => {
            box.scrollLeft = box.scrollWidth;
            const frame = box.getBoundingClientRect();
            return [...box.querySelectorAll("tbody tr")].slice(0, 20).map(row => {
                const named = [...row.querySelectorAll("th[scope=row]")].at(-1) ?? row.firstElementChild, label = named.getBoundingClientRect();
                const heads = box.querySelector("thead tr"), own = heads.children[[...row.children].indexOf(named)], top = own.getBoundingClientRect();
                const above = document.elementsFromPoint(top.left + 9, top.bottom - 3).find(element => element.matches("th"));
                return [label.left - frame.left, label.width / innerWidth, top.left - label.left, !above || above === own];
            });
        })"""
    )
    page.close()
    assert wide, "nothing is scrolled here"
    for labels in wide:
        assert all(-1 <= left <= 2 and share <= 0.42 and abs(head) < 2 and own for left, share, head, own in labels), labels


@pytest.mark.parametrize("path", ["/", "/findings", REPORT, "/portal/applications", "/agencies/350128-guanweihui"])
def test_a_page_is_walked_by_tab_and_the_focus_is_seen(browser: Any, portal_url: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(portal_url + path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    walked = []
    for _ in range(25):
        page.keyboard.press("Tab")
        walked.append(
            page.evaluate(
                """() => {
                    const element = document.activeElement, box = element.getBoundingClientRect();
                    element.walked = (element.walked ?? 0) + 1;
                    return {
                        html: element.outerHTML.slice(0, 120), inside: document.getElementById("content").contains(element),
                        seen: getComputedStyle(element).outlineStyle === "solid" && box.bottom > 0 && box.top < innerHeight && box.width > 0,
                        again: element.walked > 1,
                    };
                }"""
            )
        )
    page.close()
    assert walked[0]["inside"]  # the link at the top led past the masthead
    assert [step["html"] for step in walked if not step["seen"] or step["again"]] == []


@pytest.mark.parametrize("path", ["/agencies/350128-guanweihui", "/years/2022", REPORT, "/portal/applications", "/coverage"])
def test_a_page_fits_the_paper_in_black_on_white(browser: Any, portal_url: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 718, "height": 1017}, color_scheme="dark")  # A4 without its margins
    page.goto(portal_url + path)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".main-nav").is_visible()
    page.close()


def test_without_scripts_one_finds_reads_follows_and_compares(browser: Any, portal_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(portal_url)
    page.fill("#q", "样例市民政局")
    page.click("form.search button")
    page.click(f"main a[href='/agencies/{AGENCY}']")
    page.click(f"main a[href='{REPORT}']")
    cell = page.locator("#c-applications-received-total")
    assert cell.inner_text() == "15"
    cell.click()
    assert page.url.endswith("#s-applications-received-total")
    place = page.locator("#s-applications-received-total")
    box = place.bounding_box()
    assert place.inner_text() == "15" and 0 <= box["y"] < 844
    page.goto(f"{portal_url}/agencies/350128-guanweihui")
    chart = page.locator("figure.chart").first
    assert not chart.locator("table").is_visible()
    chart.locator("summary").click()
    assert chart.locator("table").is_visible()
    page.goto(f"{portal_url}/compare?agency={AGENCY}")
    page.fill("#q", "平潭综合实验区管理委员会")
    page.click("form.search button")
    assert page.locator("main").inner_text().count("平潭综合实验区管理委员会")
    page.goto(f"{portal_url}/findings")
    page.locator(".facets a").first.click()
    assert "?" in page.url and page.locator(".findings .finding").count()
    context.close()
