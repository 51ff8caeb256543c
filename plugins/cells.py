"""In Datasette's tables, what has a page of its own here leads to it."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape

PAGES = {"report_id": "reports", "agency": "agencies", "check_code": "checks", "finding_id": None}


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, database: str, datasette: Any) -> Markup | None:
    """A report, an agency or a check as a link to its page, labelled by its name where Datasette knows it."""
    folder = PAGES.get(column) if database == "portal" else None
    code, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    if not folder or not code:
        return None
    address = datasette.urls.path(f"/{folder}/{code}")
    return Markup('<a href="{}">{}</a> <code>{}</code>').format(address, label or escape(code), code)
