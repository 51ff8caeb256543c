"""An answer that says what cannot be asked, before any page is."""

from __future__ import annotations

from typing import Any

import datasette.handle_exception as datasette_handler
from datasette.utils.asgi import Request


async def refusal(datasette: Any, request: Any, exception: Exception) -> Any:
    """Datasette's answer to this exception: a page, or JSON where JSON was asked. Raised, a NotFound would lead to an address like it."""
    return await datasette_handler.handle_exception(datasette, request, exception)()


async def refuse(datasette: Any, scope: Any, receive: Any, send: Any, exception: Exception, headers: dict[str, str] | None = None) -> None:
    """Send that answer, with these headers too."""
    response = await refusal(datasette, Request(scope, receive), exception)
    response.headers.update(headers or {})
    await response.asgi_send(send)
