"""A typo is not an answer: what an address does not take is answered 400, an ending that it does not have 404."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import BadRequest, NotFound

from portal.pages import parameters
from portal.pages.near import mended, of_table
from portal.serve.refused import refuse

App = Callable[[Any, Any, Any], Awaitable[None]]
TABLE = re.compile(r"/portal/(?P<table>[^/.]+)(?P<key>/[^/.]+)?(?P<ending>\.\w+)?")
SQL = re.compile(r"/portal(\.(json|csv))?")
ENDINGS = {".json", ".csv", None}
DATABASE = re.compile(r"/portal(?P<ending>\.\w+)")
NO_SQL = "没有写 sql，查询写在 sql= 里 (there is no query: it goes into sql=)"
NO_ENDING = "没有这种格式，有 .json 和 .csv · There is no such format; there are .json and .csv"


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    def wrap(app: App) -> App:
        async def understood(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
                return await app(scope, receive, send)
            path = "/" + scope["path"].removeprefix(datasette.setting("base_url").rstrip("/")).lstrip("/")
            asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            if trouble := await _trouble(datasette, path, asked):
                said = trouble.args[0]
                near: list[dict[str, Any]] = []
                if isinstance(said, parameters.Unknown):
                    near = mended(path, asked, said) if isinstance(trouble, BadRequest) else of_table(path, said)
                await refuse(datasette, scope, receive, send, trouble, near=near)
                return
            if path.startswith("/portal") and ("lang", "en") in asked:  # Datasette would take it for a column
                rest = urlencode([pair for pair in asked if pair[0] != "lang"])
                scope = {**scope, "query_string": rest.encode(), "english": True}
            await app(scope, receive, send)

        return understood

    return wrap


async def _trouble(datasette: Any, path: str, asked: list[tuple[str, str]]) -> Exception | None:
    """What is wrong with an address, if something is."""
    names = [name for name, _ in asked]
    sentence: str | None = None
    if (taken := parameters.taken_here(path)) is not None:
        sentence = parameters.unknown(names, taken)
        sentence = sentence or parameters.unknown_sort(path, dict(asked).get("sort", ""))
    elif SQL.fullmatch(path):
        sql = dict(asked).get("sql", "")
        rows = path.endswith(".csv") or "_shape" in names
        sentence = parameters.unknown_of_sql(names, sql) or (NO_SQL if rows and not sql.strip().strip(";") else None)
    elif found := TABLE.fullmatch(path):
        name, database = tilde_decode(found["table"]), datasette.get_database("portal")
        tables = [*await database.table_names(), *await database.view_names()]
        query = None if found["key"] else await datasette.get_canned_query("portal", name, None)
        if not query and name not in tables:
            queries = [] if found["key"] else await datasette.get_canned_queries("portal", None)
            return NotFound(parameters.unknown_table(name, [*tables, *queries]))  # type: ignore[no-any-return]
        if found["ending"] not in ENDINGS or (found["key"] and found["ending"] == ".csv"):
            return NotFound(NO_ENDING)  # type: ignore[no-any-return]
        if query:
            sentence = parameters.unknown_of_sql(names, query["sql"])
        elif found["key"]:
            sentence = parameters.unknown_of_row(asked)
        else:
            sentence = parameters.unknown_of_table(asked, await database.table_columns(name))
    elif (base := DATABASE.fullmatch(path)) and base["ending"] != ".db":
        return NotFound(NO_ENDING)  # type: ignore[no-any-return]
    return BadRequest(sentence) if sentence else None
