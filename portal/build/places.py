"""Where on the pages of its document each cell of a report is printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from parsers.model import Place, Report


def cell_places(report: Report) -> Iterator[dict[str, Any]]:
    """A row for each cell that stands in a drawn cell of a page: what it is of, the page, and the box in thousandths of the page."""
    places = sorted(report.document.places)
    starts = [place.start for place in places]
    named = [(cell.section, cell.item, cell.measure, cell.start, cell.end) for cell in report.cells]
    named += [("statistics", cell.item, cell.measure, cell.start, cell.end) for cell in report.statistics]
    for section, item, measure, start, end in named:
        if place := _around(places, starts, start, end):
            box = zip(("box_left", "box_top", "box_right", "box_bottom"), place[3:], strict=True)
            yield {
                "section": section,
                "item": item,
                "measure": measure,
                "page": place.page,
                **{name: round(1000 * edge, 1) for name, edge in box},
            }


def _around(places: list[Place], starts: list[int], start: int, end: int) -> Place | None:
    """The drawn cell whose text holds this range."""
    at = bisect_right(starts, start) - 1
    return places[at] if at >= 0 and places[at].end >= end else None
