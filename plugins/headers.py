"""Headers of every answer: no page runs an inline script or style but Datasette's internal ones, and any origin may read data.

Who may read is said here and not by `datasette --cors`, so that it does not depend on how the portal is started.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

App = Callable[[Any, Any, Any], Awaitable[None]]
POLICY = (
    "default-src 'none'; script-src 'self'{inline}; style-src 'self'{inline}; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DATA = (".json", ".csv", ".atom")
ANY_ORIGIN = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Link, Repr-Digest"),
]  # Link: the next page of an array
HEADERS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"), (b"x-frame-options", b"DENY")]


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    def wrap(app: App) -> App:
        async def with_headers(scope: Any, receive: Any, send: Any) -> None:
            async def add(message: Any) -> None:
                if message["type"] == "http.response.start":
                    inline = " 'unsafe-inline'" if _internal(datasette, scope["path"]) else ""
                    policy = (b"content-security-policy", POLICY.format(inline=inline).encode())
                    given = message.get("headers", [])
                    named = {name.lower() for name, _ in given}
                    ours = [policy, *HEADERS, *(ANY_ORIGIN if scope["path"].endswith(DATA) else [])]
                    message = {**message, "headers": [*given, *(header for header in ours if header[0] not in named)]}
                await send(message)

            await app(scope, receive, add)

        return with_headers

    return wrap


def _internal(datasette: Any, path: str) -> bool:
    """Whether an address is one of Datasette's internal pages, /-/…"""
    return path.removeprefix(datasette.setting("base_url").rstrip("/")).startswith("/-/")
