"""Charts as SVG made on the server: a series of years, in which a missing year is a gap and never zero.

Colours are `currentColor`, so that they follow the page's in print and in the dark; the words of a chart stand around it in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import leather
from leather import theme

WIDTH, HEIGHT = 640, 220
CHANGES = (2019, 2021)  # the first years of a new form
theme.background_color = "none"
theme.tick_color = theme.zero_color = "currentColor"
theme.label_color = "currentColor"
theme.tick_font_family = theme.label_font_family = theme.title_font_family = "inherit"
_SIZE = re.compile(r'<svg width="\d+" height="\d+"')
_DECIMALS = re.compile(r"(\d+\.\d{2})\d+")


class _Line(leather.Line):  # type: ignore[misc]
    """A line that no legend names: the page does."""

    def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:
        return []


class _Dots(leather.Dots):  # type: ignore[misc]
    """Dots that no legend names."""

    def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:
        return []


def over_years(values: Iterable[tuple[int, float | None]], changes: Sequence[int] = CHANGES) -> str | None:
    """A line over the years with a dot a year; None with fewer than two figures.

    A year without a figure is a gap, and between two forms the line is broken and a dashed line stands there.

    >>> over_years([(2020, 3)]) is None
    True
    """
    known = {year: value for year, value in values if value is not None}
    if len(known) < 2:
        return None
    years = range(min(known), max(known) + 1)
    within = [change - 0.5 for change in changes if years[0] < change <= years[-1]]
    top = max(known.values()) * 1.1 or 1
    points = sorted([*((float(year), known.get(year)) for year in years), *((change, None) for change in within)])
    chart = leather.Chart()
    chart.add_x_scale(years[0] - 0.5, years[-1] + 0.5)
    chart.add_y_scale(0, top)
    chart.add_x_axis(ticks=list(years), tick_formatter=lambda year, *_: str(year))
    chart.add_y_axis(tick_formatter=lambda value, *_: f"{float(value):,.0f}")
    chart.add_series(leather.Series(points), _Line("currentColor"))
    chart.add_series(leather.Series([point for point in points if point[1] is not None]), _Dots("currentColor"))
    for change in within:
        chart.add_series(leather.Series([(change, 0), (change, top)]), _Line("currentColor", 1, "4 4"))
    drawn = _SIZE.sub(f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"', chart.to_svg(width=WIDTH, height=HEIGHT), count=1)
    return _DECIMALS.sub(r"\1", drawn)
