"""In Datasette's tables, what has a page of its own here leads to it, codes have their Chinese word, and whole numbers look it."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape

from portal import words

FOLDERS = {"report_id": "reports", "agency": "agencies", "check_code": "checks"}
# In the table of its own: the column that names it, and the one that holds its code.
NAMED = {("reports", "title"): "id", ("agencies", "name"): "code", ("checks", "name"): "code"}
UNTITLED = "（没有读到标题）"


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """A report, an agency or a check as a link to its page, under its name where Datasette knows it; 2.0 as 2."""
    if database != "portal":
        return None
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if table and (table, column) in NAMED:
        return _linked(datasette, f"{table}/{row[NAMED[table, column]]}", value or UNTITLED)
    if table and (said := words.coded(table, column, value)):
        return Markup(f'<span class="said">{escape(said)}</span> <small class="code">{escape(value)}</small>')
    folder = FOLDERS.get(column)
    code, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    if not folder or not code:
        return None
    return _linked(datasette, f"{folder}/{code}", label or code)


def _linked(datasette: Any, path: str, text: Any) -> Markup:
    return Markup(f'<a href="{escape(datasette.setting("base_url") + path)}">{escape(text)}</a>')
