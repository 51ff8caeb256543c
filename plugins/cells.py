"""In Datasette's tables, what has a page of its own here leads to it, and whole numbers look it; a row's codes have the names of what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape

from portal.pages import queries

FOLDERS = {"report_id": "reports", "agency": "agencies", "check_code": "checks"}
# In the table of its own: the column that names it, and the one that holds its code.
NAMED = {("reports", "title"): "id", ("agencies", "name"): "code", ("checks", "name"): "code"}
UNTITLED = "（没有读到标题） (no title found)"


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """A report, an agency or a check as a link to its page, under its name where Datasette knows it; 2.0 as 2."""
    if database != "portal":
        return None
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if table and (table, column) in NAMED:
        return _linked(datasette, f"{table}/{row[NAMED[table, column]]}", value or UNTITLED)
    folder = FOLDERS.get(column)
    code, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    if not folder or not code:
        return None
    return _linked(datasette, f"{folder}/{code}", label or code)


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(view_name: str | None, datasette: Any) -> Any:
    """For tables and rows `names`, what the codes of the form mean; `labels_of`, the names of the rows of other tables that a row names."""

    async def labels_of(table: str, cells: Iterable[Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for cell in cells:
            if cell["raw"] is not None:
                labels = await datasette.expand_foreign_keys("portal", table, cell["column"], [cell["raw"]])
                found |= {column: label for (column, _), label in labels.items() if label}
        return found

    async def variables() -> dict[str, Any]:
        names = await datasette.get_database("portal").execute_fn(lambda connection: queries.names(queries.rows_of(connection)))
        return {"names": names, "labels_of": labels_of}

    return variables if view_name in ("table", "row") else {}


def _linked(datasette: Any, path: str, text: Any) -> Markup:
    return Markup(f'<a href="{escape(datasette.setting("base_url") + path)}">{escape(text)}</a>')
