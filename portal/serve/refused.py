"""An answer that says what cannot be asked, before any page is, and what is near."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote

import datasette.handle_exception as datasette_handler
from datasette.utils.asgi import BadRequest, NotFound, Request
from datasette.views.base import DatasetteError

from portal.pages.near import near_choice, near_page
from portal.pages.queries import Row, rows_of


async def refusal(datasette: Any, request: Any, exception: Exception, near: Sequence[Row] | None = None) -> Any:
    """Datasette's answer to this exception: a page, or JSON where JSON was asked. Raised, a NotFound would lead to an address like it.
    `near`: what may be meant, where that is known already."""
    if isinstance(exception, (NotFound, BadRequest)):
        near = await _near(datasette, request, exception) if near is None else near
        if near:
            exception = DatasetteError(exception.args[0], error_dict={"near": [*near]}, status=exception.status)
    return await datasette_handler.handle_exception(datasette, request, exception)()


async def _near(datasette: Any, request: Any, exception: Exception) -> list[Row]:
    path = "/" + unquote(request.path).removeprefix(datasette.setting("base_url").rstrip("/")).lstrip("/")
    asked = parse_qsl(request.query_string, keep_blank_values=True)

    def find(connection: sqlite3.Connection) -> list[Row]:
        rows = rows_of(connection)
        return near_page(rows, path) if isinstance(exception, NotFound) else near_choice(rows, path, asked)

    if path.startswith(("/portal", "/-/", "/static/")):
        return []
    found: list[Row] = await datasette.get_database("portal").execute_fn(find)
    return found


async def refuse(
    datasette: Any,
    scope: Any,
    receive: Any,
    send: Any,
    exception: Exception,
    headers: dict[str, str] | None = None,
    near: Sequence[Row] = (),
) -> None:
    """Send that answer, with these headers too."""
    response = await refusal(datasette, Request(scope, receive), exception, near)
    response.headers.update(headers or {})
    await response.asgi_send(send)
