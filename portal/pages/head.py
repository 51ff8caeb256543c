"""What every page of ours says of itself: how it is cited, its address in both languages, what search engines read."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.pages.citation import PORTAL, Citation
from portal.pages.described import Described
from portal.pages.publisher import Publisher, publisher_of

Data = dict[str, Any]


def head(datasette: Any, request: Any, page: Described, build: Data) -> Data:
    """For a template: `described`, `citation`, `publisher`, `canonical` and its `alternates`, `json_ld`."""
    configuration = datasette.plugin_config("portal") or {}
    publisher = publisher_of(configuration)
    chinese, in_english = (address(datasette, request, publisher, language) for language in ("", "en"))
    canonical: str | None = in_english if request.args.get("lang") == "en" else chinese
    if configuration.get("without_server") and not publisher.address:  # files of a host that nobody has named
        chinese, canonical = urlsplit(chinese)._replace(scheme="", netloc="").geturl(), None
    citation = Citation(page.title, chinese, build["release"], build["built_at"][:10], publisher.publisher)
    return {
        "described": page,
        "publisher": publisher,
        "citation": citation.as_data() if page.data_set else None,
        "mistake": publisher.report_mistake(chinese, f"有误：{page.title}"),
        "canonical": canonical,
        "alternates": {"zh-CN": chinese, "en": in_english} if canonical else {},
        "json_ld": json_ld(page, chinese, publisher, build),
    }


def address(datasette: Any, request: Any, publisher: Publisher, language: str) -> str:
    """The whole address of the page asked, in a language ("" is Chinese), with its own parameters in their order."""
    kept = [(name, value) for name, value in parse_qsl(request.query_string, keep_blank_values=True) if name != "lang"]
    query = urlencode([*kept, *([("lang", language)] if language else [])])
    route = request.scope.get("route_path", request.path)  # without a base_url
    path = str(datasette.urls.path(route)) + (f"?{query}" if query else "")
    return publisher.permalink(route + (f"?{query}" if query else ""), str(datasette.absolute_url(request, path)))


def json_ld(page: Described, permalink: str, publisher: Publisher, build: Data) -> Data:
    """The page as a schema.org Dataset."""
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
    if publisher.licence_url:
        found["license"] = publisher.licence_url
    return found
