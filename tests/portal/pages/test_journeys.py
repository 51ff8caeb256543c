"""What readers come for, in a real browser on a desk and on a phone: by clicks and typing, from the front page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest


@pytest.fixture(params=[1280, 390])
def page(browser: Any, portal_url: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The front page at the width of a desk or a phone."""
    opened = browser.new_page(viewport={"width": request.param, "height": 800}, base_url=portal_url)
    opened.goto("/")
    yield opened
    opened.close()


def search(page: Any, typed: str) -> None:
    page.fill("#q", typed)
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=*")


def test_find_my_countys_report_and_what_does_not_add_up(page: Any) -> None:
    search(page, "相山区")
    page.locator("main a[href^='/reports/340603-']").first.click()
    page.wait_for_url("**/reports/340603-*")
    page.locator(".finding-label").first.click()
    assert "文字里说的总数" in page.locator("#findings .message").first.inner_text()
    assert page.locator(".source-text .involved").count()


def test_compare_two_bureaus(page: Any) -> None:
    page.goto("/compare?q=晋江市残联")
    page.wait_for_load_state()
    page.goto("/compare?agency=350582-canlian&agency=231000-canlian")
    text = page.locator("main").inner_text()
    assert "晋江市残疾人联合会" in text and "牡丹江市残疾人联合会" in text
    every = page.locator("table.beside tbody tr").count()
    page.get_by_role("link", name="只看不同的行").click()
    assert 0 < page.locator("table.beside tbody tr").count() < every


def test_download_every_finding_of_a_year(page: Any) -> None:
    page.goto("/years/2020")
    page.goto("/findings?year=2020")
    address = page.locator("main a[href*='/findings.csv']").get_attribute("href")
    total = int(re.sub(r"\D", "", page.locator(".toolbar strong").inner_text().split("处")[0]))
    rows = list(csv.DictReader(io.StringIO(page.request.get(address).text().removeprefix("\ufeff"))))
    assert len([row for row in rows if row["conclusion"] != "refuted"]) == total > 0
    assert {row["year"] for row in rows} == {"2020"}


def test_cite_a_number_and_follow_it_to_its_source(page: Any) -> None:
    page.goto("/reports/350128-guanweihui-2020")
    page.locator("a.cell[data-keys~='applications-received-total']").click()
    marked = page.locator(".source-text .chosen").first
    assert marked.inner_text().strip() == page.locator("a.cell[data-keys~='applications-received-total']").inner_text().strip()
    assert page.url.endswith("-applications-received-total")
    assert len(page.locator("#sources code.checksum").inner_text()) == 64
    assert page.locator("#sources a[href^='https://www.pingtan.gov.cn/']").count()


def test_get_all_data(page: Any, site: httpx.Client) -> None:
    page.locator("main a[href='/data']").first.click()
    page.wait_for_url("**/data")
    page.locator("main a[href^='/api']").first.click()
    page.wait_for_url("**/api#examples")
    assert "pandas" in page.locator("#examples, details:has(#examples)").first.inner_text()  # unfolded: text that is seen
    rows = list(csv.DictReader(io.StringIO(site.get("/tables/applications.csv").raise_for_status().text.removeprefix("\ufeff"))))
    assert len(rows) > 100


def test_subscribe_to_the_findings_of_my_city(page: Any, site: httpx.Client) -> None:
    search(page, "淮北市")
    page.locator("main a[href='/regions/340600']").first.click()
    page.wait_for_url("**/regions/340600")
    feed = ElementTree.fromstring(site.get(page.locator("main a[href$='.atom']").first.get_attribute("href")).content)
    assert feed.findtext("{http://www.w3.org/2005/Atom}title") == "核对发现：淮北市"
    assert feed.findall("{http://www.w3.org/2005/Atom}entry")


def test_who_did_not_report(page: Any) -> None:
    search(page, "平潭")
    page.locator("main a[href='/coverage?region=350128']").first.click()
    page.wait_for_url("**/coverage?region=350128")
    rows = page.locator("table.grid tr", has=page.locator("a[href='/agencies/350128-guanweihui']"))
    assert [row.locator("a.mark").count() for row in rows.all()] == [8, 8]  # as the county's government, and among the agencies
    assert page.locator("table.grid .mark-missing").count() >= 1
    assert "不等于没有公布" in page.locator("main .lead").inner_text()
