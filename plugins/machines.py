"""What machines read: robots.txt, the site map, llms.txt, the data set by DCAT, and the addresses by OpenAPI."""

from __future__ import annotations

import json
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response

from portal.pages import machines, queries, releases
from portal.pages.dcat import dcat as describe_data
from portal.pages.openapi import openapi as describe
from portal.pages.publisher import publisher_of


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    return [
        (r"^/robots\.txt$", robots),
        (r"^/sitemap\.xml$", sitemap),
        (r"^/sitemap-(?P<part>\d{1,4})\.xml$", sitemap),
        (r"^/llms\.txt$", llms),
        (r"^/dcat\.jsonld$", dcat),
        (r"^/openapi\.json$", openapi),
    ]


def _home(datasette: Any, request: Any) -> str:
    """The portal's public address, without a slash at its end."""
    here = datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")
    return publisher_of(datasette.plugin_config("portal")).address or str(here)


def _without_server(datasette: Any) -> bool:
    """Whether the answers become files of a static site."""
    return bool((datasette.plugin_config("portal") or {}).get("without_server"))


async def robots(datasette: Any, request: Any) -> Response:
    return Response.text(machines.robots(_home(datasette, request), _without_server(datasette)))


async def llms(datasette: Any, request: Any) -> Response:
    return Response.text(machines.llms(_home(datasette, request), _without_server(datasette)))


async def sitemap(datasette: Any, request: Any) -> Response:
    """All pages; in parts, with a list of these, where they are more than a site map may hold."""
    home, part = _home(datasette, request), request.url_vars.get("part")
    said = await datasette.get_database("portal").execute_fn(
        lambda connection: machines.sitemap(queries.rows_of(connection), home, int(part) if part else None)
    )
    if said is None:
        raise NotFound("没有这一部分 · There is no such part")
    return Response(said, content_type="application/xml; charset=utf-8")


async def dcat(datasette: Any, request: Any) -> Response:
    publisher, home = publisher_of(datasette.plugin_config("portal")), _home(datasette, request)
    build = await datasette.get_database("portal").execute_fn(lambda connection: queries.last_build(queries.rows_of(connection)))
    released = releases.releases(releases.folder_of(datasette))
    said = json.dumps(describe_data(publisher, build, home, released, _without_server(datasette)), ensure_ascii=False, indent=1)
    return Response(said, content_type="application/ld+json; charset=utf-8")


async def openapi(datasette: Any, request: Any) -> Response:
    """The description of all addresses for programs."""
    database, home = datasette.get_database("portal"), _home(datasette, request)
    hidden = await database.hidden_table_names()
    tables = [name for name in [*await database.table_names(), *await database.view_names()] if name not in hidden]
    said = await database.execute_fn(lambda connection: describe(queries.rows_of(connection), home, tables))
    return Response.json(said)
