"""Datasette's table pages say how the table is cited, as our own pages do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

from portal.pages import queries
from portal.pages.described import Described
from portal.pages.head import head

Variables = Callable[[], Awaitable[dict[str, Any]]]


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(view_name: str, table: str | None, request: Any, datasette: Any) -> Variables | None:
    if view_name != "table" or not table or not request:
        return None

    async def variables() -> dict[str, Any]:
        said = datasette.table_metadata("portal", table) or {}
        title, _, in_english = str(said.get("title", table)).partition(" · ")
        page = Described(f"数据表：{title}", str(said.get("description", title)), in_english or title)
        build = await datasette.get_database("portal").execute_fn(
            lambda connection: queries.one(queries.rows_of(connection), queries.BUILD)
        )
        return head(datasette, request, page, build)

    return variables
