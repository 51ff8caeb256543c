"""The reader's language, for every template: Chinese, or English with ?lang=en; and links that keep it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Any, cast
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.utils import path_with_replaced_args

from portal import words
from portal.pages.addresses import feed
from portal.pages.figure import figure, form_rows, places, spots
from portal.pages.findings import by_mistake
from portal.pages.grids import compared_rows, figure_cells, outcome_rows
from portal.pages.publisher import publisher_of
from portal.pages.queries import BUILD
from portal.pages.source_marks import cell_key
from portal.pages.table_rows import is_apart, kept_within, meaning, table_rows, told

App = Callable[[Any, Any, Any], Awaitable[None]]
in_english: ContextVar[bool] = ContextVar("in_english", default=False)  # of the request that is being answered


class AsAsked:
    """Whether the reader asks for English, known when it is needed: Datasette renders an error without extra_template_vars."""

    def __bool__(self) -> bool:
        return in_english.get()

    def __index__(self) -> int:
        return int(self.__bool__())

    def __str__(self) -> str:
        return "?" if self else "?lang=en"  # the same address in the other language


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    env.globals.update(vocabulary(datasette, english=cast(bool, AsAsked())), other_language=AsAsked())


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # outside of what refuses
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    def wrap(app: App) -> App:
        async def asked(scope: Any, receive: Any, send: Any) -> None:
            token = in_english.set(b"lang=en" in (scope.get("query_string") or b"").split(b"&"))
            try:
                await app(scope, receive, send)
            finally:
                in_english.reset(token)

        return asked

    return wrap


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(view_name: str | None, request: Any, datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]]:
    english = bool(request) and (request.args.get("lang") == "en" or bool(request.scope.get("english")))  # plugins/parameters.py
    here = path_with_replaced_args(request, {"lang": None if english else "en"}) if request else "?lang=en"

    async def variables() -> dict[str, Any]:
        said = {**vocabulary(datasette, english), "other_language": here}
        if view_name == "portal":  # a page of ours, which has read of which release it is
            return said
        build = (await datasette.get_database("portal").execute(BUILD)).first()
        return {**said, "release": build["release"] if build else None}

    return variables


def vocabulary(datasette: Any, english: bool) -> dict[str, Any]:
    """What a template says words with: t("中文", "English"), word(kind, code), name(row), link(path, **args), kept(address)."""

    def link(path: str, fragment: str = "", **args: Any) -> str:
        kept = {**args, "lang": "en"} if english and not path.endswith(".csv") else args
        query = urlencode(kept, doseq=True) if kept else ""
        return root + path.removeprefix("/") + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")

    def kept(address: str) -> str:
        """An address of Datasette's own, in the reader's language."""
        return f"{address}{'&' if '?' in address else '?'}lang=en" if english else address

    def column_text(table: str, column: str) -> str:
        return str((datasette.table_metadata("portal", table) or {}).get("columns", {}).get(column, column))

    def column_word(column: str) -> str | None:
        """What every table that has such a column calls it; None where they differ or none has it."""
        tables = (datasette.metadata("databases") or {}).get("portal", {}).get("tables", {})
        said = {words.in_one(about["columns"][column], english) for about in tables.values() if column in about.get("columns", {})}
        return said.pop() if len(said) == 1 else None

    without_server = bool((datasette.plugin_config("portal") or {}).get("without_server"))

    def feed_link(chosen: Mapping[str, str]) -> str | None:
        """The address of the feed of the findings that fit some choices; None where no server makes it and there is no file of it."""
        path = feed(chosen)
        asked = chosen if path == feed({}) else {}
        return None if without_server and asked else str(datasette.urls.path(path)) + (f"?{urlencode(asked)}" if asked else "")

    root, publisher = str(datasette.setting("base_url")), publisher_of(datasette.plugin_config("portal"))
    return {
        "english": english,
        "publisher_name": publisher.publisher,
        "licence": publisher.licence,
        "without_server": without_server,
        "feed_link": feed_link,
        "t": lambda chinese, in_english: in_english if english else chinese,
        "word": lambda kind, code, count=None: words.word(kind, code, english, count),
        "table_title": lambda table: (datasette.table_metadata("portal", table) or {}).get("title", table),
        "of_a_summary": lambda finding: words.of_a_summary(finding, english),
        "column_title": lambda table, column: words.in_one(column_text(table, column), english),
        "column_word": column_word,
        "in_one": lambda both: words.in_one(both, english),
        "one_language": words.one_language,
        "claim_kind": lambda code: words.claim_kind(code, english),
        "name": lambda row: row["name_en" if english else "name"] if row else "",
        "link": link,
        "kept": kept,
        "kept_within": lambda cell: kept_within(cell, english),
        "number": words.number,
        "counted": words.counted,
        "by_mistake": by_mistake,
        "file_size": words.size,
        "web_address": words.web_address,
        "cell_key": cell_key,
        "figure": figure,
        "form_rows": form_rows,
        "compared_rows": compared_rows,
        "figure_cells": figure_cells,
        "outcome_rows": outcome_rows,
        "places": places,
        "spots": spots,
        "is_apart": is_apart,
        "table_rows": table_rows,
        "told": told,
        "meaning": meaning,
    }
