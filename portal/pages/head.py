"""What every page of ours says of itself: how it is cited, its address in both languages, what search engines read."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.pages.citation import PORTAL, Citation
from portal.pages.described import Described
from portal.pages.publisher import Publisher, publisher_of

Data = dict[str, Any]


def head(datasette: Any, request: Any, page: Described, build: Data, json_address: str | None = None) -> Data:
    """For a template: `described`, `permalink`, `citation`, `publisher`, `canonical` and its `alternates`, `json_ld`; by which link a reader says that
    something is wrong with the page (`mistake`) or with a place of it (`mistake_at`). `json_address`: the page's sibling."""
    configuration = datasette.plugin_config("portal") or {}
    publisher = publisher_of(configuration)
    chinese, in_english = (address(datasette, request, publisher, language) for language in ("", "en"))
    english = request.args.get("lang") == "en" or request.scope.get("english")  # plugins/parameters.py takes it from Datasette's addresses
    canonical: str | None = in_english if english else chinese
    if configuration.get("without_server") and not publisher.address:  # files of a host that nobody has named
        chinese, canonical = urlsplit(chinese)._replace(scheme="", netloc="").geturl(), None
    data = (
        publisher.permalink(json_address, str(datasette.absolute_url(request, datasette.urls.path(json_address)))) if json_address else None
    )
    citation = Citation(page.title, chinese, build["release"], build["built_at"][:10], publisher.publisher)
    return {
        "described": page,
        "permalink": chinese,
        "publisher": publisher,
        "citation": citation.as_data() if page.data_set else None,
        "mistake": publisher.report_mistake(chinese, f"有误：{page.title}"),
        "mistake_at": lambda fragment: publisher.report_mistake(f"{chinese}#{fragment}", f"有误：{page.title}"),
        "canonical": canonical,
        "alternates": {"zh-CN": chinese, "en": in_english} if canonical else {},
        "json_ld": json_ld(page, chinese, publisher, build, data if canonical else None),
    }


def address(datasette: Any, request: Any, publisher: Publisher, language: str) -> str:
    """The whole address of the page asked, in a language ("" is Chinese), with its own parameters in their order."""
    kept = [(name, value) for name, value in parse_qsl(request.query_string, keep_blank_values=True) if name != "lang"]
    query = urlencode([*kept, *([("lang", language)] if language else [])])
    route = request.scope.get("route_path", request.path)  # without a base_url
    path = str(datasette.urls.path(route)) + (f"?{query}" if query else "")
    return publisher.permalink(route + (f"?{query}" if query else ""), str(datasette.absolute_url(request, path)))


def json_ld(page: Described, permalink: str, publisher: Publisher, build: Data, data: str | None) -> Data:
    """The page as a schema.org Dataset, whose JSON is at `data`."""
    found: Data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": page.title,
        "description": f"{page.sentence} {page.sentence_en}",
        **({"url": permalink} if "://" in permalink else {}),
        "version": build["release"],
        "dateModified": build["built_at"][:10],
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "spatialCoverage": "中国 China",
        "isPartOf": {"@type": "DataCatalog", "name": PORTAL},
    }
    if publisher.publisher:
        found["creator"] = found["publisher"] = {"@type": "Organization", "name": publisher.publisher}
    if data:
        found["distribution"] = [{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": data}]
    if publisher.licence_url:
        found["license"] = publisher.licence_url
    return found
