"""What an address asks, as it is understood; BadRequest with a sentence for what can be no such thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from datasette.utils.asgi import BadRequest

from portal.pages import catalogue, findings
from portal.pages.queries import Rows

LONGEST = 100  # characters of what is looked for
LARGEST = 10**6  # a page number beyond it is nobody's


def page(request: Any) -> int:
    """The page that was asked for, which may be beyond the last; BadRequest for what counts no pages."""
    asked = request.args.get("page") or "1"
    if not (asked.isascii() and asked.isdigit() and asked.strip("0")):
        raise BadRequest(f"没有这样的页码：“{asked[:50]}”，应为从 1 起的整数 (no such page; it is a whole number from 1)")
    return min(int(asked.lstrip("0")[:8]), LARGEST)


def sort(request: Any) -> str | None:
    """The order that was asked for, one of those that there are (plugins/parameters.py); None where none was."""
    return request.args.get("sort") or None


def of_findings(rows: Rows, request: Any) -> dict[str, str]:
    """What the reader asks of findings, by the names that there are; BadRequest for what can be no such thing."""
    asked = {name: (request.args.get(name) or "")[:LONGEST] for name in findings.ASKED}
    chosen = {name: value for name, value in asked.items() if value}
    if sentence := findings.misunderstood(rows, chosen):
        raise BadRequest(sentence)
    return chosen


def typed(request: Any) -> str:
    return (request.args.get("q") or "").strip()


def query(request: Any) -> str:
    """A name that was typed; BadRequest for what is longer than any."""
    name = typed(request)
    if len(name) > LONGEST:
        raise BadRequest(f"名称最长 {LONGEST} 个字，这里有 {len(name)} 个 (a name has {LONGEST} characters at most, this has {len(name)})")
    return name


def choices(rows: Rows, request: Any, names: Iterable[str], unknown: bool = False) -> dict[str, str]:
    """What of a list was chosen; BadRequest for what can be no such thing. `unknown`: of what has a value or none, none may be chosen."""
    asked = {name: (request.args.get(name) or "")[:LONGEST] for name in names}
    chosen = {name: value for name, value in asked.items() if value}
    may_be_unknown = catalogue.MAY_BE_UNKNOWN if unknown else ()
    told = {name: value for name, value in chosen.items() if not (value == catalogue.UNKNOWN and name in may_be_unknown)}
    if sentence := catalogue.misunderstood(rows, told):
        raise BadRequest(sentence)
    return chosen
