"""What a reader is told when Datasette answers with an error: Chinese first, and 4xx where the fault is in the address.

Datasette 0.65 prints exceptions through rich wherever that is installed (our build shows its progress with it); rich
refuses one that was never raised, such as the NotFound for an unknown address, and the answer would be 500.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import datasette.handle_exception as datasette_handler
from datasette import hookimpl
from datasette.utils.asgi import BadRequest, NotFound
from datasette.views.base import DatasetteError

from portal.serve.readers import Busy
from portal.serve.refused import refusal

datasette_handler.rich = None

NOTHING = "没有这一页 · There is no such page"
SAID = {"Table not found": "没有这张表 · There is no such table", "Record not found": "没有这一行 · There is no such row"}
TOO_SLOW = "查询用时太久，已经停止，请缩小范围再试 (the query took too long and was stopped: narrow it)"
SELECT = "只能用 SELECT 查询，请检查 SQL (only SELECT can be asked: look at the SQL)"
TOO_LARGE = "查询用的内存太多，请缩小范围再试 (the query takes too much memory: narrow it)"
CANNOT = "这样的查询不能做，请检查地址里的参数 (this cannot be asked: look at the parameters)"


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Reword what was raised and leave the answer to Datasette's own handler; a reader's SQL stands on the page again, to be mended."""
    if isinstance(exception, NotFound):
        said = str(exception)
        exception.args = (SAID.get(said) or (said if "·" in said or "(" in said else NOTHING),)
        return refusal(datasette, request, exception)
    elif isinstance(exception, BadRequest):
        return refusal(datasette, request, exception)
    elif isinstance(exception, DatasetteError):
        said = exception.message if exception.message[:1] > "\u2fff" else f"{CANNOT}: {exception.message}"  # told in Chinese already
        said = SELECT if exception.message == "Statement must be a SELECT" else said
        exception.message = TOO_SLOW if exception.title == "SQL Interrupted" else said
        exception.message_is_html = False
        exception.status = 400 if exception.status == 500 else exception.status
        exception.error_dict |= _sql_of(request)
    elif isinstance(exception, sqlite3.ProgrammingError) and request.path.startswith(datasette.urls.path("/portal")):
        # a row's address with too few parts to its key, or values missing in a reader's SQL
        return datasette_handler.handle_exception(datasette, request, BadRequest(f"{CANNOT}: {exception}"))
    elif isinstance(exception, Busy):
        return datasette_handler.handle_exception(datasette, request, DatasetteError(str(exception), None, _sql_of(request), 503))
    elif isinstance(exception, MemoryError):  # what SQLite may hold, see limits.py
        return datasette_handler.handle_exception(datasette, request, DatasetteError(TOO_LARGE, None, _sql_of(request), 400))
    return None


def _sql_of(request: Any) -> dict[str, str]:
    """The SQL that a page of Datasette's was asked with, as templates/error.html shows it; nothing for JSON."""
    sql = request.args.get("sql")
    return {"sql": sql} if sql and not request.path.endswith(".json") else {}
