"""Datasette's pages say what they are, and those of a table how it is cited, as our own pages do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from datasette import hookimpl
from datasette.utils import tilde_decode

from portal import words
from portal.pages import queries
from portal.pages.described import Described
from portal.pages.head import head

Variables = Callable[[], Awaitable[dict[str, Any]]]


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(view_name: str, table: str | None, request: Any, datasette: Any) -> Variables | None:
    if view_name not in ("database", "table", "row", "query") or not request:
        return None

    async def variables() -> dict[str, Any]:
        name = tilde_decode(request.path.rpartition("/")[2])
        query = await datasette.get_canned_query("portal", name, None) if view_name != "row" else None
        said = query or (table and (datasette.table_metadata("portal", table) or {"title": table})) or {}
        page = _described("query" if query else view_name, said, name)
        build = await datasette.get_database("portal").execute_fn(lambda connection: queries.last_build(queries.rows_of(connection)))
        return head(datasette, request, page, build)

    return variables


def _described(view_name: str, said: Mapping[str, Any], name: str) -> Described:
    """A page of Datasette's; `said` is what metadata.yml says of its table or query, `name` the end of its address."""
    title = words.one_language(str(said.get("title") or ""))
    title_en = words.one_language(str(said.get("title") or ""), english=True)
    description = str(said.get("description") or "")
    sentence, sentence_en = words.one_language(description), words.one_language(description, english=True)
    if view_name == "table":
        return Described(f"数据表：{title}", sentence or title, sentence_en or title_en)
    if view_name == "row":
        return Described(
            f"{title}：{name}", f"数据表“{title}”里的一行：{name}。", f"A row of the table {title_en}: {name}.", data_set=False
        )
    if title:
        return Described(f"查询：{title}", sentence, sentence_en, data_set=False)
    sentence = "全部数据表和现成的查询，每张表可以筛选、下载，也可以自己写 SQL。"
    return Described(
        "全部数据表",
        sentence,
        "All tables and ready-made queries; every table can be narrowed, downloaded, or asked by SQL.",
        data_set=False,
    )
