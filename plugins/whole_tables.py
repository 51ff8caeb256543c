"""/tables/<table>.csv: a table or view from its first row to its last, at any size, with its length and checksum said before; all of
them in /tables/all.zip.

The bytes are those of a file that is written once for each build (portal.serve.tables). A download that broke off is gone on with (Range).
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any, NamedTuple
from urllib.parse import quote

from datasette import hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from portal.pages.export import csv_headers
from portal.pages.parameters import unknown_table
from portal.serve.answers import KEPT, holds
from portal.serve.builds import Served
from portal.serve.readers import Busy
from portal.serve.tables import ARCHIVE, Tables

NO_TABLE = "没有这张表 · There is no such table"
NOT_YET = "这张表正在写成文件，请过半分钟再取 (this table is being written as a file: ask again in half a minute)"
ONE_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})", re.ASCII)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    archive = rf"^/tables/{re.escape(ARCHIVE)}$"
    return [(r"^/tables/(?P<table>[^/.]+)\.csv$", table_csv), (archive, all_zip), (r"^/tables\.json$", listed)]


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    return {
        "whole_tables": lambda: _all(datasette),
        "whole_table": lambda name: next((row for row in _all(datasette) if row["table"] == name), None),
        "whole_archive": lambda: _archive(datasette),
    }


def _tables(datasette: Any) -> Tables | None:
    database = datasette.get_database("portal")
    return database.build.tables if isinstance(database, Served) else None


def _archive(datasette: Any) -> dict[str, Any]:
    """The `bytes` and `sha256` of the archive of all tables; None where it is not written (yet)."""
    tables = _tables(datasette)
    return {"bytes": None, "sha256": None, **(tables.sums.get(ARCHIVE, {}) if tables else {})}


def _all(datasette: Any) -> list[dict[str, Any]]:
    """Every whole table: `table`, `title`, `rows`, and the `bytes` and `sha256` of what is `marked` for Excel and of what is `plain`.

    Numbers of what is not written yet are None; the list is empty where there is no server.
    """
    database = datasette.get_database("portal")
    if not isinstance(database, Served):
        return []
    build, unknown = database.build, {"bytes": None, "sha256": None}
    return [
        {
            "table": name,
            "title": (datasette.table_metadata("portal", name) or {}).get("title", name),
            "rows": {**build.views, **build.counts}.get(name),
            "marked": unknown,
            "plain": unknown,
            **build.tables.sums.get(name, {}),
        }
        for name in sorted(build.tables.names)
    ]


async def listed(datasette: Any) -> Response:
    """The list for programs."""
    return Response.json({"tables": _all(datasette), "archive": _archive(datasette)})


async def table_csv(datasette: Any, request: Any) -> Any:
    """The table, or the part of it that is asked. Raises NotFound for what is no table, Busy for one that is not written yet."""
    tables, table = _tables(datasette), tilde_decode(request.url_vars["table"])
    if not tables or table not in tables.names:
        raise NotFound(unknown_table(table, tables.names) if tables else NO_TABLE)
    if not (sums := await tables.written(table)):
        raise Busy(NOT_YET)
    mark = request.args.get("_bom") != "off"
    title = (datasette.table_metadata("portal", table) or {}).get("title", table)
    return _part(request, tables, table, sums["marked" if mark else "plain"], _headers(table, title), mark=mark)


def _headers(table: str, title: str) -> dict[str, str]:
    """Those of a CSV; the file is called that of a whole table: what is asked of it elsewhere, such as /findings.csv, has its bare name."""
    return csv_headers(f"table-{table}", f"{title.partition(' · ')[0]}（整张表）")


async def all_zip(datasette: Any, request: Any) -> Any:
    """The archive of all tables. Raises as for a table."""
    if not (tables := _tables(datasette)):
        raise NotFound(NO_TABLE)
    if not (sums := await tables.written(ARCHIVE)):
        raise Busy(NOT_YET)
    disposition = f"attachment; filename=\"tables.zip\"; filename*=UTF-8''{quote('全部数据表.zip')}"
    return _part(request, tables, ARCHIVE, sums, {"content-type": "application/zip", "content-disposition": disposition})


def _part(request: Any, tables: Tables, name: str, sums: dict[str, Any], about: dict[str, str], *, mark: bool = False) -> Any:
    """A file, or the part of it that is asked."""
    size, sha256 = sums["bytes"], sums["sha256"]
    etag = f'"{sha256}"'
    headers = {
        **about,
        "etag": etag,
        "cache-control": KEPT.decode(),
        "accept-ranges": "bytes",
        "repr-digest": f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:",  # RFC 9530
    }
    if holds(request.headers.get("if-none-match", "").encode(), etag.encode()):
        return Response("", status=304, headers=headers)
    first, beyond = 0, size
    part = ONE_RANGE.fullmatch(request.headers.get("range", ""))
    if part and request.headers.get("if-range", etag) == etag:
        first, beyond = int(part[1]), min(int(part[2] or size) + 1, size)
        if first >= beyond:
            return Response("", status=416, headers={**headers, "content-range": f"bytes */{size}"})
        headers["content-range"] = f"bytes {first}-{beyond - 1}/{size}"
    return Part(tables, name, mark, first, beyond, headers, head=request.method == "HEAD")


class Part(NamedTuple):
    """An answer that is sent as its reader takes it."""

    tables: Tables
    table: str
    mark: bool
    first: int
    beyond: int
    headers: dict[str, str]
    head: bool

    async def asgi_send(self, send: Any) -> None:
        status = 206 if "content-range" in self.headers else 200
        headers = {**self.headers, "content-length": str(self.beyond - self.first)}
        given = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": given})
        if not self.head:
            async for part in self.tables.read(self.table, mark=self.mark, first=self.first, beyond=self.beyond):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
