"""The rows of Datasette's table pages. Each figure's status and range stay in JSON and CSV; here the status marks its cell.

A page has up to a thousand rows of some forty columns, so they are written here and not in a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from datasette.utils import to_css_class
from markupsafe import Markup, escape

MARKED = {"blank": "空白", "inferred": "推定", "unreadable": "无法辨认"}
LINK = "Link"  # what Datasette calls the column that leads to a row


def is_apart(column: str) -> bool:
    """Whether a column says of another's figure how it was read and where it stands; such columns are not shown.

    >>> is_apart("total_status"), is_apart("status"), is_apart("char_start")
    (True, False, False)
    """
    return column.endswith(("_status", "_start", "_end")) and not column.startswith(("char_", "heading_"))


def table_rows(rows: Iterable[Any], titles: Mapping[str, str] | None) -> Markup:
    """The rows of a table's body as HTML; `titles` say what each column is, in Chinese first."""
    opened: dict[str, str] = {}
    lines = []
    for row in rows:
        raw = {cell["column"]: cell["raw"] for cell in row}
        cells = []
        for cell in row:
            column = cell["column"]
            if column not in opened:
                opened[column] = _opened(column, (titles or {}).get(column, column))
            status = raw.get(f"{column}_status") or (raw.get("status") if column == "value" else None)
            not_stated, mark = ("", "")
            if status in MARKED:
                not_stated, mark = " not-stated", f" <small>{MARKED[status]}</small>"
            hidden = " hidden" if is_apart(column) else ""
            cells.append(f'{opened[column]}{cell["value_type"]}{not_stated}"{hidden}>{escape(cell["value"])}{mark}</td>')
        lines.append(f"<tr>\n{''.join(cells)}</tr>\n")
    return Markup("".join(lines))


def _opened(column: str, title: str) -> str:
    """The beginning of a column's cells, up to the type of its value."""
    label = "本行" if column == LINK else title.partition("·")[0].partition("：")[0].partition("，")[0].strip()
    return f'<td data-label="{escape(label)}" class="col-{to_css_class(column)} type-'
