"""The addresses of all pages that the portal has without a question asked: what a site map lists and a static site writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.pages import catalogue, coverage, findings, leads, passages, queries

# The regions in which an agency is known, and those that they lie in.
COLLECTED_IN = """
with recursive known(code) as (
  select region from agencies where region is not null union select region from reports where region is not null
   union select parent from regions join known using (code) where parent is not null
)
select code from known order by code
"""
# What has a feed of its findings with an address of its own, by the choice that it is: where its codes stand.
WITH_FEED = {
    "agency": ("/agencies", "select code from agencies order by code"),
    "region": ("/regions", COLLECTED_IN),
    "check": ("/checks", "select code from checks order by position"),
    "year": ("/years", "select distinct year from reports where year is not null order by year"),
}
PROSE = ("/about", "/api", "/accuracy")  # pages without data, and so without a JSON sibling


def pages(rows: queries.Rows) -> Iterator[str]:
    """Every page in Chinese, those of a long list as `?page=2` and on."""
    yield "/"
    yield from PROSE
    yield "/data"
    yield "/checks"
    yield from _paged("/findings", findings.page(rows, {})["pages"])
    yield "/leads"
    for code in leads.leads():
        yield from _paged(f"/leads/{code}", (leads.lead(rows, code, {}) or {"pages": 1})["pages"])
    yield from _paged("/passages", passages.pairs(rows)["pages"])
    yield "/years"
    yield "/regions"
    yield from _paged("/agencies", catalogue.agencies(rows, {})["pages"])
    yield from _paged("/coverage", coverage.coverage(rows, {})["pages"])
    yield from _paged("/reports", catalogue.reports(rows, {})["pages"])
    for (code,) in _each(rows, COLLECTED_IN):
        yield f"/regions/{code}"
    for (code,) in _each(rows, WITH_FEED["agency"][1]):
        yield f"/agencies/{code}"
    for (number,) in _each(rows, WITH_FEED["year"][1]):
        yield from _paged(f"/years/{number}", (queries.year(rows, int(number)) or {"pages": 1})["pages"])
    for (code,) in _each(rows, WITH_FEED["check"][1]):
        yield from _paged(f"/checks/{code}", (queries.check(rows, code) or {"pages": 1})["pages"])
    for (report,) in _each(rows, "select id from reports order by id"):
        yield f"/reports/{report}"


def pictures(rows: queries.Rows) -> Iterator[str]:
    """The pictures of documents' pages."""
    for source, page in _each(rows, "select source_id, page from source_pages where pictured order by source_id, page"):
        yield f"/sources/{source}/{page}.webp"


def data_of(page: str) -> str | None:
    """The address of a page's JSON sibling; None for prose.

    >>> data_of("/"), data_of("/years/2022?page=2"), data_of("/api")
    ('/index.json', '/years/2022.json?page=2', None)
    """
    path, mark, query = page.partition("?")
    return None if path in PROSE else f"{'/index' if path == '/' else path}.json{mark}{query}"


def feed(chosen: Mapping[str, str]) -> str:
    """The path of the feed of the findings that fit these choices; what is not in it is asked after a question mark.

    >>> feed({"check": "late"}), feed({"check": "late", "year": "2022"}), feed({})
    ('/checks/late.atom', '/findings.atom', '/findings.atom')
    """
    for name, value in chosen.items():
        if len(chosen) == 1 and name in WITH_FEED:
            return f"{WITH_FEED[name][0]}/{value}.atom"
    return "/findings.atom"


def feeds(rows: queries.Rows) -> Iterator[str]:
    """The addresses of all feeds: of all findings every page, of an agency, a region, a check or a year the first."""
    yield from _paged("/findings.atom", findings.feed_pages(rows, {}))
    for path, codes in WITH_FEED.values():
        yield from (f"{path}/{code}.atom" for (code,) in _each(rows, codes))


def tables() -> Iterator[str]:
    """The addresses of the CSVs that pages without a question lead to."""
    yield from ("/coverage.csv", "/agencies.csv", "/reports.csv")
    yield from (f"/leads/{code}.csv" for code in leads.leads())


SITE_MAP = 50_000  # addresses of one site map


def mapped(rows: queries.Rows) -> list[str]:
    """What the site map lists: every page, of a long list the first."""
    return [page for page in pages(rows) if "?" not in page]


def for_machines(rows: queries.Rows) -> Iterator[str]:
    """The files that name whole addresses."""
    yield from ("/sitemap.xml", "/robots.txt", "/llms.txt", "/dcat.jsonld")
    parts = -(-len(mapped(rows)) // SITE_MAP)
    yield from (f"/sitemap-{number}.xml" for number in range(1, parts + 1) if parts > 1)


def _paged(path: str, count: int) -> Iterator[str]:
    yield path
    yield from (f"{path}?page={number}" for number in range(2, count + 1))


def _each(rows: queries.Rows, sql: str) -> Iterator[tuple[str, ...]]:
    return (tuple(row.values()) for row in rows(sql, {}))
