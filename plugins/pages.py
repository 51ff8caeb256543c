"""The portal's own pages and their JSON siblings; Datasette's pages stay open underneath.

An address is a pattern, what to read (portal.queries), and a template with the same name as its first word. The JSON
sibling answers with the very data that the template gets.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))  # the `datasette` command does not put the folder it serves on the path

from portal import queries, report, search  # noqa: E402

Data = dict[str, Any]
Read = Callable[[queries.Rows, Any], Data | None]
LARGEST = 10**6  # a page number or a year beyond it is nobody's


def rows_of(connection: sqlite3.Connection) -> queries.Rows:
    """A way to run SQL on a connection: bound values in, dicts out, whole numbers as such."""

    def rows(sql: str, values: Data) -> list[Data]:
        cursor = connection.execute(sql, values)
        keys = [column[0] for column in cursor.description]
        return [{key: _plain(value) for key, value in zip(keys, row, strict=True)} for row in cursor]

    return rows


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    code = r"(?P<code>[^/]+?)"
    as_json = r"(?P<json>\.json)?$"
    return [
        (r"^/$", page("home", lambda rows, request: queries.home(rows))),
        (r"^/index(?P<json>\.json)$", page("home", lambda rows, request: queries.home(rows))),
        (rf"^/agencies/{code}{as_json}", page("agency", lambda rows, request: queries.agency(rows, _code(request)))),
        (rf"^/years/(?P<year>\d{{4}}){as_json}", page("year", _year)),
        (
            rf"^/reports/{code}{as_json}",
            page("report", lambda rows, request: report.report(rows, _code(request)), report.on_paper),
        ),
        (rf"^/checks{as_json}", page("checks", lambda rows, request: queries.checks(rows))),
        (rf"^/checks/{code}{as_json}", page("check", lambda rows, request: queries.check(rows, _code(request), _page(request)))),
        (rf"^/search{as_json}", page("search", _search)),
        (rf"^/compare{as_json}", page("compare", lambda rows, request: queries.compare(rows, _agencies(request)))),
        (r"^/api$", page("api", lambda rows, request: {}, documentation)),
    ]


def page(name: str, read: Read, present: Callable[[Data], Data] = lambda data: {}) -> Any:
    """A view: reads the data, 404 if there is none, answers as JSON or through the template; `present` adds its layout."""

    async def view(datasette: Any, request: Any) -> Response:
        database = datasette.get_database("portal")
        data, names = await database.execute_fn(lambda conn: (read(rows_of(conn), request), queries.names(rows_of(conn))))
        if data is None:
            raise NotFound("没有这一页 · There is no such page")
        if request.url_vars.get("json"):
            return Response.json(data, headers={"access-control-allow-origin": "*"})
        context = {**data, **present(data), "names": names, "json_address": sibling(request)}
        return Response.html(await datasette.render_template(f"{name}.html", context, request=request, view_name="portal"))

    return view


def sibling(request: Any) -> str:
    """The address of a page's JSON, with the page's own parameters."""
    route = request.scope.get("route_path", request.path)  # without a base_url
    path = "/index.json" if route == "/" else f"{route}.json"
    query = "&".join(part for part in request.query_string.split("&") if part and not part.startswith("lang="))
    return path + (f"?{query}" if query else "")


def documentation(data: Data) -> Data:
    """The page about the interface, from docs/api.md; HTML in it would be shown, not run."""
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    return {"article": MarkdownIt("commonmark", {"html": False}).enable("table").render(text)}


def _code(request: Any) -> str:
    return str(request.url_vars["code"])


def _page(request: Any) -> int:
    asked = request.args.get("page") or "1"
    return max(1, min(int(asked), LARGEST)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1


def _year(rows: queries.Rows, request: Any) -> Data | None:
    return queries.year(rows, int(request.url_vars["year"]), _page(request))


def _agencies(request: Any) -> list[str]:
    return [code for code in dict.fromkeys(request.args.getlist("agency")) if code][:10]


def _search(rows: queries.Rows, request: Any) -> Data:
    query = (request.args.get("q") or "").strip()[:100]
    found = queries.search(rows, query, search.match_query(query)) if query else []
    return {
        "query": query,
        "results": [{**{k: v for k, v in row.items() if k != "text"}, "excerpt": search.excerpt(row["text"], query)} for row in found],
    }
