"""The files of the releases (make release), below /data/<release>/."""

from __future__ import annotations

import mimetypes
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import AsgiFileDownload, Response

from portal.pages.releases import file_of_release, folder_of

NOTHING = "没有这个文件 · There is no such file"


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/data/(?P<release>[^/]+)/(?P<name>.*)$", download)]


async def download(datasette: Any, request: Any) -> AsgiFileDownload | Response:
    """A file that a release lists; 404 for any other (answered here: Datasette would lead to an address like it)."""
    file = file_of_release(folder_of(datasette), request.url_vars["release"], request.url_vars["name"])
    if not file or not file.is_file():
        return Response.text(NOTHING, status=404)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = {"content-length": str(file.stat().st_size)}
    return AsgiFileDownload(str(file), filename=file.name, content_type=kind, headers=headers)
