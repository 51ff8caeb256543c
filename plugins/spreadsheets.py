"""Datasette's own CSV opened in a spreadsheet: no cell of it is taken for a formula, as in /findings.csv. JSON stays as stored."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

from portal.pages.export import cell

App = Callable[[Any, Any, Any], Awaitable[None]]


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    def wrap(app: App) -> App:
        async def with_safe_cells(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not scope["path"].endswith(".csv") or _of_a_release(datasette, scope["path"]):
                return await app(scope, receive, send)
            rows = Rows()
            guarded = False

            async def rewrite(message: Any) -> None:
                nonlocal guarded
                if message["type"] == "http.response.start":
                    kept = [(name, value) for name, value in message.get("headers", []) if name.lower() != b"content-length"]
                    kinds = [value for name, value in kept if name.lower() == b"content-type"]
                    guarded = message["status"] == 200 and kinds[:1] != [] and kinds[0].startswith((b"text/plain", b"text/csv"))
                    message = {**message, "headers": kept} if guarded else message
                elif guarded and message["type"] == "http.response.body":
                    message = {**message, "body": rows.safe(message.get("body", b""), last=not message.get("more_body"))}
                await send(message)

            await app(scope, receive, rewrite)

        return with_safe_cells

    return wrap


def _of_a_release(datasette: Any, path: str) -> bool:
    """A file of a release is given as its checksum says, to programs."""
    return path.removeprefix(datasette.setting("base_url").rstrip("/")).startswith("/data/")


class Rows:
    """A CSV on its way, in parts that may end anywhere; what is no whole record yet waits for the next part."""

    def __init__(self) -> None:
        self.waiting = b""

    def safe(self, part: bytes, *, last: bool = False) -> bytes:
        """The records that are whole with this part (all that is left with the last one), their cells made safe.

        >>> rows = Rows()
        >>> rows.safe(b'a,=1+1\\r\\n"=2\\n') + rows.safe(b'b",-7\\r\\n', last=True)
        b'a,\\'=1+1\\r\\n"\\'=2\\nb",-7\\r\\n'
        """
        text = self.waiting + part
        end = len(text) if last else text.rfind(b"\n") + 1
        if not last and text.count(b'"', 0, end) % 2:  # within a quoted cell
            end = 0
        self.waiting = text[end:]
        written = io.StringIO()
        csv.field_size_limit(sys.maxsize)
        records = csv.reader(io.StringIO(text[:end].decode("utf-8"), newline=""))
        csv.writer(written).writerows([cell(value) for value in record] for record in records)
        return written.getvalue().encode("utf-8")
