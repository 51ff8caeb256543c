"""The rows of Datasette's table pages. Each figure's status and range stay in JSON and CSV; here the status marks its cell.

A page has up to a thousand rows of some forty columns, so they are written here and not in a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from datasette.utils import to_css_class
from markupsafe import Markup, escape

from portal import words
from portal.checks.catalogue import load_checks

NAMES = {
    "item": "items",
    "procedure": "items",
    "measure": "measures",
    "section": "sections",
    "edition": "editions",
}  # column: whose codes it holds
CLAIMS = ("claims", "stated_years")  # the tables whose kind is that of a claim
MARKED = {"blank": ("空白", "blank"), "inferred": ("推定", "inferred"), "unreadable": ("无法辨认", "unreadable")}

Names = Mapping[str, Mapping[str, Mapping[str, Any]]]  # the names of codes: portal.pages.queries.names
_LINK = re.compile("<a [^>]*>")
_OWN_LINK = re.compile(r'href="(/(?!/)[^"#]*)')


def is_apart(column: str) -> bool:
    """Whether a column says of another's figure how it was read and where it stands, or is a checksum: such are shown where asked for.

    >>> is_apart("total_status"), is_apart("source_id"), is_apart("status"), is_apart("char_start")
    (True, True, False, False)
    """
    return column == "source_id" or (column.endswith(("_status", "_start", "_end")) and not column.startswith(("char_", "heading_")))


def kept_within(cell: Any, english: bool) -> Markup:
    """A cell as Datasette and our plugins wrote it, its links to pages of this portal in the reader's language.

    >>> str(kept_within(Markup('<a href="/portal/items/a?x=1">甲</a>'), True)), str(kept_within(Markup('<a href="/agencies/b#c">'), True))
    ('<a href="/portal/items/a?x=1&amp;lang=en">甲</a>', '<a href="/agencies/b?lang=en#c">')
    >>> str(kept_within('<a href="/x">', True)), str(kept_within(Markup('<a href="//elsewhere">'), True))
    ('&lt;a href=&#34;/x&#34;&gt;', '<a href="//elsewhere">')
    """
    html = str(escape(cell))
    return Markup(_OWN_LINK.sub(lambda own: f"{own[0]}{'&amp;' if '?' in own[1] else '?'}lang=en", html) if english else html)


def meaning(table: str, column: str, code: Any, names: Names, english: bool = False) -> str | None:
    """The word for a code that stands in a column, in one language; None where it is no code or has no word."""
    if not isinstance(code, str):
        return None
    if column == "kind" and table in CLAIMS:
        return words.claim_kind(code, english)
    if column == "check_code":
        return next((check.name_en if english else check.name for check in load_checks() if check.code == code), None)
    named = names.get(NAMES.get(column, ""), {}).get(code)
    return words.coded(table, column, code, english) or (named["name_en" if english else "name"] if named else None)


def told(table: str, cell: Any, names: Names, english: bool = False, label: str | None = None) -> Markup:
    """A cell with the word for its code before it, in the reader's language; as Datasette wrote it where it is no code. `label` is the name
    of what it leads to.

    >>> str(told("cells", {"column": "item", "raw": "fees", "value": "fees"}, {"items": {"fees": {"name": "收费", "name_en": "Fees"}}}))
    '<span class="said">收费</span> <small class="code">fees</small>'
    >>> str(told("reports", {"column": "status", "raw": "read", "value": "read"}, {}, english=True))
    '<span class="said">read in full</span> <small class="code">read</small>'
    """
    column, code, shown = cell["column"], cell["raw"], kept_within(cell["value"], english)
    code = code["value"] if isinstance(code, dict) else code  # Datasette names it beside its label
    said = meaning(table, column, code, names, english) or label
    if not said or said == str(code):
        return shown
    link = _LINK.match(shown)
    told = f"{link[0]}{escape(said)}</a>" if link else f'<span class="said">{escape(said)}</span>'
    return Markup(f'{told} <small class="code">{escape(code)}</small>')


def table_rows(rows: Iterable[Any], table: str, names: Names, all_columns: bool = False, english: bool = False) -> Markup:
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
            cells.append(f'{opened[column]}{cell["value_type"]}{not_stated}">{told(table, cell, names, english)}{mark}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return Markup("".join(lines))
