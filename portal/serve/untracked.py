"""An address without what others put into it to know how it went round (?from=timeline, utm_source): it is the same page."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote_plus

from portal.data import DATA, load
from portal.pages.parameters import NAMED

TRACKING = DATA / "tracking.yml"


def untracked(scope: dict[str, Any]) -> dict[str, Any]:
    """The request without them."""
    query = scope.get("query_string") or b""
    left = without_tracking(query.decode("latin-1")).encode("latin-1")
    return scope if left == query else {**scope, "query_string": left}


def without_tracking(query: str) -> str:
    """The rest of a query, as it was written. A value that its SQL has a place for stays.

    >>> without_tracking("from=timeline&q=%E6%AE%8B&isappinstalled=0&utm_source=x"), without_tracking("form=1&q=")
    ('q=%E6%AE%8B', 'form=1&q=')
    >>> without_tracking("sql=select+:from&from=2020&_t=1")
    'sql=select+:from&from=2020'
    """
    names, prefixes = _tracking()
    pairs = [(unquote_plus(pair.partition("=")[0]), pair) for pair in query.split("&")]
    tracked = {name for name, _ in pairs if name in names or name.startswith(prefixes)}
    if tracked:
        tracked -= {name for sql in parse_qs(query).get("sql", ()) for name in NAMED.findall(sql)}
    return "&".join(pair for name, pair in pairs if name not in tracked)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    listed = load(TRACKING)
    return frozenset(listed["names"]), tuple(listed["prefixes"])
