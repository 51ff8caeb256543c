"""What the portal does not do: lead to other hosts, take what is posted, believe a Host, or tell of its process."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response
from datasette.views.base import DatasetteError

from portal.pages.publisher import publisher_of
from portal.serve.refused import refuse

App = Callable[[Any, Any, Any], Awaitable[None]]
POSTED = re.compile(r"/draft(\.json)?")  # the only addresses to which something is posted
READ = ("GET", "HEAD", "OPTIONS")
ONLY_READ = "这个地址只能读取，不接收提交 (this address is only read; nothing can be posted to it)"
NOTHING = "没有这一页 · There is no such page"
# Datasette answers an address that ends in a slash by leading to the same without: /\host/ would lead to another host.
# And no address climbs.
LEADS_AWAY = re.compile(r"[\\\x00-\x1f\x7f]|//|/\.\.?(/|$)")
# Of Datasette's pages for whoever runs it: they tell of threads and memory, or set and show what only serves to try things out.
INNER = re.compile(r"/-/(threads|permissions|messages|allow-debug|patterns|auth-token|logout)\b.*")


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/-/databases(\.json)?$", databases)]


async def databases(datasette: Any) -> Response:
    """Datasette's list of databases, without the paths of their files."""
    return Response.json([{**entry, "path": None} for entry in datasette._connected_databases()])


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]  # the innermost, so that a refusal has the headers of every answer
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    address = urlsplit(publisher_of(datasette.plugin_config("portal")).address)

    def wrap(app: App) -> App:
        async def closed(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            if address.netloc:
                headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
                scope = {**scope, "scheme": address.scheme, "headers": [*headers, (b"host", address.netloc.encode("idna"))]}
            path = "/" + scope["path"].removeprefix(datasette.setting("base_url").rstrip("/")).lstrip("/")
            raw = unquote((scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0])
            if LEADS_AWAY.search(scope["path"]) or LEADS_AWAY.search(raw) or INNER.fullmatch(path):
                return await refuse(datasette, scope, receive, send, NotFound(NOTHING))
            if scope["method"] not in READ and not POSTED.fullmatch(path):
                only_read = DatasetteError(ONLY_READ, status=405)
                return await refuse(datasette, scope, receive, send, only_read, {"allow": ", ".join(READ)})
            return await app(scope, receive, send)

        return closed

    return wrap
