"""/tables/<table>.csv: a table or view from its first row to its last, read once, however many there are.

Datasette's own `_stream=on` asks for a view page after page, each of which reads all before it. Here the rows come from one statement;
a reader who takes them slowly keeps nobody else's connection. How many rows there will be is said on the table's page and in a header.
"""

from __future__ import annotations

import asyncio
import csv
import io
from queue import Empty
from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils import escape_sqlite, tilde_decode
from datasette.utils.asgi import AsgiStream, NotFound

from portal.serve.builds import Served
from portal.serve.numbers import whole
from portal.serve.readers import BUSY, Busy

AT_A_TIME = 1000  # rows
SECONDS = 3600  # after which a download that is not finished is broken off
NO_TABLE = "没有这张表 · There is no such table"


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    return [(r"^/tables/(?P<table>[^/.]+)\.csv$", table_csv)]


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    async def rows_of_table(table: str) -> int | None:
        """How many rows a whole table has; None where it cannot be had whole, or takes too long to count."""
        database = datasette.get_database("portal")
        if not isinstance(database, Served):
            return None
        counted = {**database.build.counts, **database.build.views}
        if table in counted:
            return counted[table]
        try:
            found = await database.execute(f"select count(*) from {escape_sqlite(table)} ")  # noqa: S608  # as Datasette counts it
        except QueryInterrupted:
            return None
        return int(found.first()[0])

    return {"rows_of_table": rows_of_table}


async def table_csv(datasette: Any, request: Any) -> AsgiStream:
    """The stream. Raises NotFound for what is no table, Busy where as many as can be are on their way."""
    database, table = datasette.get_database("portal"), tilde_decode(request.url_vars["table"])
    known = [*await database.table_names(), *await database.view_names()] if isinstance(database, Served) else []
    if table not in known or table in await database.hidden_table_names():
        raise NotFound(NO_TABLE)
    try:
        db = database.build.spare.get_nowait()
    except Empty:
        raise Busy(BUSY) from None

    async def write(stream: Any) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                cursor = db.cursor()
                cursor.row_factory = None
                await asyncio.to_thread(cursor.execute, f"select * from [{table}]")  # noqa: S608  # a name of the schema
                rows = [tuple(name for name, *_ in cursor.description)]
                while rows:
                    await stream.write(_as_csv(rows))
                    rows = await asyncio.to_thread(cursor.fetchmany, AT_A_TIME)
        finally:
            database.build.spare.put(db)

    return AsgiStream(write, content_type="text/csv; charset=utf-8")


def _as_csv(rows: list[tuple[Any, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(map(whole, rows))
    return text.getvalue()
