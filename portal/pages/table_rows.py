"""The rows of Datasette's table pages. Each figure's status and range stay in JSON and CSV; here the status marks its cell.

A page has up to a thousand rows of some forty columns, so they are written here and not in a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from datasette.utils import to_css_class
from markupsafe import Markup, escape

MARKED = {"blank": ("空白", "blank"), "inferred": ("推定", "inferred"), "unreadable": ("无法辨认", "unreadable")}

_OWN_LINK = re.compile(r'href="(/(?!/)[^"#]*)')


def is_apart(column: str) -> bool:
    """Whether a column says of another's figure how it was read and where it stands; such columns are shown where asked for.

    >>> is_apart("total_status"), is_apart("status"), is_apart("char_start")
    (True, False, False)
    """
    return column.endswith(("_status", "_start", "_end")) and not column.startswith(("char_", "heading_"))


def kept_within(cell: Any, english: bool) -> Markup:
    """A cell as Datasette and our plugins wrote it, its links to pages of this portal in the reader's language.

    >>> str(kept_within(Markup('<a href="/portal/items/a?x=1">甲</a>'), True)), str(kept_within(Markup('<a href="/agencies/b#c">'), True))
    ('<a href="/portal/items/a?x=1&amp;lang=en">甲</a>', '<a href="/agencies/b?lang=en#c">')
    >>> str(kept_within('<a href="/x">', True)), str(kept_within(Markup('<a href="//elsewhere">'), True))
    ('&lt;a href=&#34;/x&#34;&gt;', '<a href="//elsewhere">')
    """
    html = str(escape(cell))
    return Markup(_OWN_LINK.sub(lambda own: f"{own[0]}{'&amp;' if '?' in own[1] else '?'}lang=en", html) if english else html)


def table_rows(rows: Iterable[Any], all_columns: bool = False, english: bool = False) -> Markup:
    """The rows of a table's body as HTML, with the columns that `is_apart` tells or without."""
    opened: dict[str, str] = {}
    lines = []
    for row in rows:
        raw = {cell["column"]: cell["raw"] for cell in row}
        cells = []
        for cell in row:
            column = cell["column"]
            if column not in opened:
                opened[column] = "" if is_apart(column) and not all_columns else f'<td class="col-{to_css_class(column)} type-'
            if not opened[column]:
                continue
            status = raw.get(f"{column}_status") or (raw.get("status") if column == "value" else None)
            not_stated, mark = ("", "")
            if status in MARKED:
                not_stated, mark = " not-stated", f" <small>{MARKED[status][english]}</small>"
            cells.append(f'{opened[column]}{cell["value_type"]}{not_stated}">{kept_within(cell["value"], english)}{mark}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return Markup("".join(lines))
