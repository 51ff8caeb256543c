"""The pictures of documents' pages, from the file beside the database."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response

from portal.build.pictures_file import beside, picture_of
from portal.serve.refused import refusal


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/sources/(?P<source>[0-9a-f]{64})/(?P<page>[1-9]\d{0,2})\.webp$", picture)]


async def picture(datasette: Any, request: Any) -> Response:
    """A page's picture, 404 where there is none."""
    file = beside(Path(datasette.get_database("portal").path))
    found = await asyncio.to_thread(picture_of, file, request.url_vars["source"], int(request.url_vars["page"]))
    if found is None:
        return await refusal(datasette, request, NotFound("没有这一页的图像 · There is no picture of this page"))
    return Response(found, content_type="image/webp")
