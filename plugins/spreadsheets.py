"""Every CSV opens in a spreadsheet as it is: with the mark of UTF-8, a type and a name in Chinese, and no cell taken for a formula.

Programs that want no mark ask for `_bom=off`. JSON stays as stored.
"""

from __future__ import annotations

import csv
import io
import sys
from codecs import BOM_UTF8
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from datasette import hookimpl
from datasette.utils import tilde_decode

from portal.pages.export import cell, csv_headers
from portal.pages.findings import digits

App = Callable[[Any, Any, Any], Awaitable[None]]
OURS = (b"content-length", b"content-type", b"content-disposition")
NAMES = {"findings": "核对发现", "compare": "对比", "coverage": "谁的报告还没有", "portal": "查询结果"}  # of what is no table


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    def wrap(app: App) -> App:
        async def as_spreadsheet(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not scope["path"].endswith(".csv") or _as_it_is(datasette, scope["path"]):
                await app(scope, receive, send)
                return
            asked = parse_qs(scope["query_string"].decode("latin-1"))
            rows = Rows(mark=asked.get("_bom") != ["off"])
            guarded = False

            async def rewrite(message: Any) -> None:
                nonlocal guarded
                if message["type"] == "http.response.start":
                    given = [(name.lower(), value) for name, value in message.get("headers", [])]
                    kind = dict(given).get(b"content-type", b"")
                    guarded = message["status"] == 200 and kind.startswith((b"text/plain", b"text/csv"))
                    if guarded:
                        kept = [header for header in given if header[0] not in OURS]
                        message = {**message, "headers": [*kept, *_headers(datasette, scope["path"], asked.get("year", []))]}
                elif guarded and message["type"] == "http.response.body":
                    message = {**message, "body": rows.safe(message.get("body", b""), last=not message.get("more_body"))}
                await send(message)

            await app(scope, receive, rewrite)

        return as_spreadsheet

    return wrap


def _headers(datasette: Any, path: str, years: list[str]) -> list[tuple[bytes, bytes]]:
    """Those that name the file: for what it holds, and the year where it holds one alone."""
    name = tilde_decode(path.rpartition("/")[2].removesuffix(".csv"))
    queries = datasette.metadata(database="portal", key="queries") or {}
    title = (datasette.table_metadata("portal", name) or queries.get(name) or {}).get("title", NAMES.get(name, name))
    of = f"-{years[0]}" if len(years) == 1 and digits(years[0], 4) else ""
    return [(header.encode(), value.encode()) for header, value in csv_headers(f"{name}{of}", title.partition(" · ")[0] + of).items()]


def _as_it_is(datasette: Any, path: str) -> bool:
    """What has a checksum is given as that says: a file of a release, and a whole table, which was written safely."""
    return path.removeprefix(datasette.setting("base_url").rstrip("/")).startswith(("/data/", "/tables/"))


class Rows:
    """A CSV on its way, in parts that may end anywhere; what is no whole record yet waits for the next part."""

    def __init__(self, *, mark: bool = False) -> None:
        self.waiting = b""
        self.mark = mark

    def safe(self, part: bytes, *, last: bool = False) -> bytes:
        """The records that are whole with this part (all that is left with the last one), their cells made safe.

        >>> rows = Rows()
        >>> rows.safe(b'a,=1+1\\r\\n"=2\\n') + rows.safe(b'b",-7\\r\\n', last=True)
        b'a,\\'=1+1\\r\\n"\\'=2\\nb",-7\\r\\n'
        """
        first, self.mark = (BOM_UTF8 if self.mark else b""), False
        text = self.waiting + part
        end = len(text) if last else text.rfind(b"\n") + 1
        if not last and text.count(b'"', 0, end) % 2:  # within a quoted cell
            end = 0
        self.waiting = text[end:]
        written = io.StringIO()
        csv.field_size_limit(sys.maxsize)
        records = csv.reader(io.StringIO(text[:end].decode("utf-8"), newline=""))
        csv.writer(written).writerows([cell(value) for value in record] for record in records)
        return first + written.getvalue().encode("utf-8")
