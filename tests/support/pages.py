"""What the tests of pages share: their addresses, a page as a tree, and waiting for what scrolls."""

from __future__ import annotations

from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser

from tests.support.site_rows import AGENCY

REPORT = f"/reports/{AGENCY}-2022"
PAGES = {
    "/": "/index.json",
    f"/agencies/{AGENCY}": f"/agencies/{AGENCY}.json",
    "/years/2022": "/years/2022.json",
    "/agencies?q=样例&level=county": "/agencies.json?q=样例&level=county",
    "/reports?year=2022": "/reports.json?year=2022",
    "/reports?status=read&sort=-findings": "/reports.json?status=read&sort=-findings",
    "/years": "/years.json",
    "/coverage?region=350000": "/coverage.json?region=350000",
    "/coverage": "/coverage.json",
    "/regions?q=平潭": "/regions.json?q=平潭",
    "/regions/350000": "/regions/350000.json",
    REPORT: f"{REPORT}.json",
    f"/reports/{AGENCY}-2014": f"/reports/{AGENCY}-2014.json",
    "/reports/source-000000000000": "/reports/source-000000000000.json",
    "/checks": "/checks.json",
    "/checks/sample_check": "/checks/sample_check.json",
    "/findings": "/findings.json",
    "/data": "/data.json",
    "/findings?verdict=undecided&sort=agency": "/findings.json?verdict=undecided&sort=agency",
    "/search?q=残疾": "/search.json?q=残疾",
    "/search?q=申请 公开&section=overview&year=2020": "/search.json?q=申请 公开&section=overview&year=2020",
    "/search?q=残疾人 无此词语": "/search.json?q=残疾人 无此词语",
    "/search?q=平潭县公安局": "/search.json?q=平潭县公安局",
    "/agencies/350128-guanweihui": "/agencies/350128-guanweihui.json",
    f"/compare?agency={AGENCY}": f"/compare.json?agency={AGENCY}",
    "/leads": "/leads.json",
    "/leads/carried_over?year=2022": "/leads/carried_over.json?year=2022",
    "/passages": "/passages.json",
    f"/passages?report={AGENCY}-2022&other={AGENCY}-2021": f"/passages.json?report={AGENCY}-2022&other={AGENCY}-2021",
    "/compare?q=canlian": "/compare.json?q=canlian",
}
OWN = [*PAGES, "/about", "/api", "/accuracy", "/draft", "/search", "/compare"]
DATASETTES = [
    "/portal",
    "/portal/applications",
    "/portal/reports",
    "/portal/source_texts",
    f"/portal/reports/{AGENCY}-2022",
    "/portal?sql=select+1+as+x",
    "/portal/one_agency",
]


def tree(site: httpx.Client, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site.get(path).raise_for_status().text)


def in_view(page: Any, selector: str) -> bool:
    """Whether an element lies within the window and within the box that scrolls it."""
    return bool(
        page.locator(selector).evaluate(
            """element => {
                const box = element.getBoundingClientRect();
                const frame = element.closest(".source-text")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
                return box.top >= Math.max(0, frame.top - 1) && box.bottom <= Math.min(innerHeight, frame.bottom + 1);
            }"""
        )
    )


def settled(page: Any, selector: str) -> bool:
    """Whether an element comes into view; scrolling may take its time."""
    for _ in range(30):
        if in_view(page, selector):
            return True
        page.wait_for_timeout(100)
    return False
