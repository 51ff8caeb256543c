"""robots.txt, the site map (sitemaps.org) and llms.txt, as text."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from portal.pages import addresses
from portal.pages.citation import PORTAL
from portal.pages.queries import Rows, last_build

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots(home: str, without_server: bool = False) -> str:
    """All may be read but what asks the database; where the site map is."""
    root = urlsplit(home).path
    asking = ("/search", "/suggest.json", "/portal?sql=", "/draft", *(("/app/",) if without_server else ()))
    return "".join(["User-agent: *\n", *(f"Disallow: {root}{path}\n" for path in asking), f"Allow: /\n\nSitemap: {home}/sitemap.xml\n"])


def sitemap(rows: Rows, home: str, part: int | None) -> str | None:
    """The site map of all pages, or part of it; a list of the parts where there are several. None if there is no such part."""
    pages = addresses.mapped(rows)
    built = last_build(rows)["built_at"][:10]
    parts = -(-len(pages) // addresses.SITE_MAP)
    if part is None and parts > 1:
        listed = [f"<sitemap><loc>{home}/sitemap-{number}.xml</loc><lastmod>{built}</lastmod></sitemap>" for number in range(1, parts + 1)]
        return _xml("sitemapindex", listed)
    number = part or 1
    if not 1 <= number <= parts:
        return None
    chosen = pages[(number - 1) * addresses.SITE_MAP : number * addresses.SITE_MAP]
    return _xml("urlset", [f"<url><loc>{escape(home + page)}</loc><lastmod>{built}</lastmod></url>" for page in chosen])


def _xml(name: str, lines: Sequence[str]) -> str:
    body = "\n".join(lines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}">\n{body}\n</{name}>\n'


def llms(home: str, without_server: bool = False) -> str:
    """What a language model should know before it reads or cites the portal (llmstxt.org)."""
    sql = f"for SQL fetch the database, {home}/portal.db" if without_server else f"SQL at {home}/portal.json?sql=…&_shape=objects"
    return f"""# {PORTAL}

> China's yearly government-disclosure reports (政府信息公开工作年度报告) read cell by cell: figures as printed, each with its place in
> the source text, and checks of what does not add up.

- A published figure is the printed figure. A blank is not zero: `value` is null and `status` says why (stated, blank, inferred, unreadable).
- A finding whose `standing` is `reading` or `undecided` may be a mistake of the portal's own; do not cite it as the agency's. Of one that
  is `open` the figures are so, which need not be a contradiction. `report` says that the report has it so (报告如此); what was found its
  `category` and check say: copied text or a late date is no contradiction.
- Money is in yuan. Years are those reported on, not of publication.
- Cite the permalink `{home}/reports/<id>` with the release shown on the page.

## Data

- [Interface]({home}/api): every page has a .json sibling; {sql}
- [Releases]({home}/data): the whole database, CSV, Parquet, dictionary, checksums
- [Data set by DCAT]({home}/dcat.jsonld)

## Pages

- [Findings]({home}/findings): what does not add up
- [Checks]({home}/checks): what is compared, with its basis
- [About]({home}/about): who answers for this, how findings come about
- [Site map]({home}/sitemap.xml)
"""
