"""robots.txt, the site map (sitemaps.org), llms.txt and the data set by DCAT 3, as text and data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from portal.pages import addresses
from portal.pages.citation import PORTAL
from portal.pages.publisher import Publisher
from portal.pages.queries import BUILD, Rows, one

MOST = 50_000  # addresses of one site map
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots(home: str) -> str:
    """All may be read but what asks the database; where the site map is."""
    return f"User-agent: *\nDisallow: /search\nDisallow: /suggest.json\nDisallow: /portal?sql=\nDisallow: /draft\nAllow: /\n\nSitemap: {home}/sitemap.xml\n"


def sitemap(rows: Rows, home: str, part: int | None) -> str | None:
    """The site map of all pages, or part of it; a list of the parts where there are several. None if there is no such part."""
    pages = [page for page in addresses.pages(rows) if "?" not in page]
    built = one(rows, BUILD)["built_at"][:10]
    parts = -(-len(pages) // MOST)
    if part is None and parts > 1:
        listed = [f"<sitemap><loc>{home}/sitemap-{number}.xml</loc><lastmod>{built}</lastmod></sitemap>" for number in range(1, parts + 1)]
        return _xml("sitemapindex", listed)
    number = part or 1
    if not 1 <= number <= parts:
        return None
    chosen = pages[(number - 1) * MOST : number * MOST]
    return _xml("urlset", [f"<url><loc>{escape(home + page)}</loc><lastmod>{built}</lastmod></url>" for page in chosen])


def _xml(name: str, lines: Sequence[str]) -> str:
    body = "\n".join(lines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}">\n{body}\n</{name}>\n'


def llms(home: str) -> str:
    """What a language model should know before it reads or cites the portal (llmstxt.org)."""
    return f"""# {PORTAL}

> China's yearly government-disclosure reports (政府信息公开工作年度报告) read cell by cell: figures as printed, each with its place in
> the source text, and checks of what does not add up.

- A published figure is the printed figure. A blank is not zero: `value` is null and `status` says why (stated, blank, inferred, unreadable).
- A finding whose `verdict` is `reading` or `undecided` may be a mistake of the portal's own; do not cite it as the agency's.
- Money is in yuan. Years are those reported on, not of publication.
- Cite the permalink `{home}/reports/<id>` with the release shown on the page.

## Data

- [Interface]({home}/api): every page has a .json sibling; SQL at {home}/portal.json?sql=…&_shape=objects
- [Releases]({home}/data): the whole database, CSV, Parquet, dictionary, checksums
- [Data set by DCAT]({home}/dcat.jsonld)

## Pages

- [Findings]({home}/findings): what does not add up
- [Checks]({home}/checks): what is compared, with its basis
- [About]({home}/about): who answers for this, how findings come about
- [Site map]({home}/sitemap.xml)
"""


def dcat(publisher: Publisher, build: dict[str, Any], home: str) -> dict[str, Any]:
    """A dcat:Catalog with the data set and its distributions, as JSON-LD. DCAT-AP wants title, description, publisher, contact, licence."""
    licence = publisher.licence_url or "https://creativecommons.org/licenses/by/4.0/"
    who = {"@id": f"{home}/about#publisher", "@type": "foaf:Agent", "foaf:name": publisher.publisher or "发布者未注明"}
    title, description = (
        [{"@value": PORTAL, "@language": "zh"}, {"@value": "Disclosure reports · open data", "@language": "en"}],
        [
            {"@value": "中国各级行政机关政府信息公开工作年度报告，逐格读成数据，每个数字都指向原文的位置。", "@language": "zh"},
            {"@value": "China's yearly government-disclosure reports, cell by cell, every figure leading to its place.", "@language": "en"},
        ],
    )
    date = {"@value": build["built_at"][:10], "@type": "xsd:date"}
    distributions = [
        _distribution(home, "json", f"{home}/index.json", "application/json", licence),
        _distribution(home, "csv", f"{home}/portal/cells.csv?_stream=on", "text/csv", licence),
    ]
    data_set: dict[str, Any] = {
        "@id": f"{home}/#dataset", "@type": "dcat:Dataset", "dct:title": title, "dct:description": description, "dct:publisher": who,
        "dct:identifier": f"{home}/#dataset", "dcat:version": build["release"], "dct:modified": date, "dct:license": {"@id": licence},
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/ZHO"},
        "dcat:landingPage": {"@id": f"{home}/"}, "dcat:distribution": distributions,
    }  # fmt: skip
    if publisher.contact:
        address = (
            publisher.contact
            if publisher.contact.startswith(("http://", "https://"))
            else f"mailto:{publisher.contact.removeprefix('mailto:')}"
        )
        field = "vcard:hasURL" if address.startswith("http") else "vcard:hasEmail"
        data_set["dcat:contactPoint"] = {"@type": "vcard:Kind", "vcard:fn": publisher.publisher or PORTAL, field: {"@id": address}}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{home}/", "@type": "dcat:Catalog", "dct:title": title, "dct:description": description, "dct:publisher": who,
        "dct:modified": date, "dcat:dataset": [data_set],
    }  # fmt: skip


def _distribution(home: str, name: str, address: str, media_type: str, licence: str) -> dict[str, Any]:
    return {
        "@id": f"{home}/#{name}",
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dct:license": {"@id": licence},
    }
