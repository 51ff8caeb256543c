"""The addresses of all pages that the portal has without a question asked: what a site map lists and a static site writes."""

from __future__ import annotations

from collections.abc import Iterator

from portal.pages import catalogue, coverage, findings, leads, passages, queries

# The regions in which an agency is known, and those that they lie in.
COLLECTED_IN = """
with recursive known(code) as (
  select region from agencies where region is not null union select region from reports where region is not null
   union select parent from regions join known using (code) where parent is not null
)
select code from known order by code
"""
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
    for (code,) in _each(rows, "select code from agencies order by code"):
        yield f"/agencies/{code}"
    for (number,) in _each(rows, "select distinct year from reports where year is not null order by year"):
        yield from _paged(f"/years/{number}", (queries.year(rows, int(number)) or {"pages": 1})["pages"])
    for (code,) in _each(rows, "select code from checks order by position"):
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


FEEDS = ("/findings.csv", "/findings.atom")


def tables() -> Iterator[str]:
    """The addresses of the CSVs that pages without a question lead to."""
    yield from (f"/leads/{code}.csv" for code in leads.leads())


FOR_MACHINES = ("/sitemap.xml", "/robots.txt", "/llms.txt", "/dcat.jsonld")  # which name whole addresses


def _paged(path: str, count: int) -> Iterator[str]:
    yield path
    yield from (f"{path}?page={number}" for number in range(2, count + 1))


def _each(rows: queries.Rows, sql: str) -> Iterator[tuple[str, ...]]:
    return (tuple(row.values()) for row in rows(sql, {}))
