"""Charts as SVG made on the server: series of years by leather, in which a missing year is a gap and never zero, and bars of shares.

Colours are `currentColor` and the style sheet's variables, so that they follow the page's in print and in the dark; the words of a chart
stand around it in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

import leather
from leather import theme

WIDTH, HEIGHT = 440, 190  # on a phone it is drawn a little smaller, on a wide screen a little larger
CHANGES = (2019, 2021)  # the first years of a new form
theme.background_color = "none"
theme.tick_color = theme.zero_color = "currentColor"
theme.label_color = "currentColor"
theme.tick_font_family = theme.label_font_family = theme.title_font_family = "inherit"
theme.tick_font_size = 12
_SIZE = re.compile(r'<svg width="\d+" height="\d+"')
_DECIMALS = re.compile(r"(?<!\d)(\d++\.\d{2})\d+")
Points = Iterable[tuple[int, float | None]]


class _Line(leather.Line):  # type: ignore[misc]
    """A line that no legend names: the page does."""

    def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:
        return []


class _Dots(leather.Dots):  # type: ignore[misc]
    """Dots that no legend names."""

    def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:
        return []


class _Scale(leather.Linear):  # type: ignore[misc]
    """From a least to a greatest, whose ticks are given: leather's own looks for some, which takes half of all its time."""

    def __init__(self, least: float, greatest: float) -> None:
        self.least, self.span = least, greatest - least

    def contains(self, v: float) -> bool:
        return True

    def project(self, value: float, range_min: float, range_max: float) -> float:
        return (float(value) - self.least) / self.span * (range_max - range_min) + range_min


def over_years(values: Points, beside: Points = (), height: int = HEIGHT, years: Sequence[int] = ()) -> str | None:
    """A line over the years with a dot a year, and a dotted line `beside` it; None with fewer than two figures.

    A year without a figure is a gap, and between two forms the line is broken and a dashed line stands there. `years` are those from
    which and to which it is drawn at least.

    >>> over_years([(2020, 3)]) is None
    True
    """
    known = {year: value for year, value in values if value is not None}
    others = {year: value for year, value in beside if value is not None}
    if len(known) < 2 or min(*known.values(), *others.values()) < 0:  # a count below zero is misprinted: there is a finding of it
        return None
    drawn = range(min(known.keys() | others.keys() | set(years)), max(known.keys() | others.keys() | set(years)) + 1)
    within = [change - 0.5 for change in CHANGES if drawn[0] < change <= drawn[-1]]
    ticks = _ticks(max([*known.values(), *others.values()]), steps=4 if height >= HEIGHT else 1)
    chart = leather.Chart()
    chart._scales = [_Scale(drawn[0] - 0.5, drawn[-1] + 0.5), _Scale(0, ticks[-1])]
    chart.add_x_axis(ticks=_some(drawn), tick_formatter=lambda year, *_: str(year))
    chart.add_y_axis(ticks=ticks, tick_formatter=lambda value, *_: f"{float(value):,g}")
    if len(others) > 1:
        chart.add_series(leather.Series(_broken(others, drawn, within)), _Line("currentColor", 2, "1 5"))
    chart.add_series(leather.Series(_broken(known, drawn, within)), _Line("currentColor"))
    chart.add_series(leather.Series(sorted(known.items())), _Dots("currentColor"))
    for change in within:
        chart.add_series(leather.Series([(change, 0), (change, ticks[-1])]), _Line("currentColor", 1, "4 4"))
    svg = _SIZE.sub(f'<svg viewBox="0 0 {WIDTH} {height}" aria-hidden="true"', chart.to_svg(width=WIDTH, height=height), count=1)
    return _DECIMALS.sub(r"\1", svg)


def _broken(values: dict[int, float], years: Iterable[int], within: Iterable[float]) -> list[tuple[float, float | None]]:
    """The points of a line that is broken at each year without a value and at each change."""
    return sorted([*((float(year), values.get(year)) for year in years), *((change, None) for change in within)])


def _ticks(greatest: float, steps: int = 4) -> list[float]:
    """From zero in so many even steps at most to the greatest value or above.

    >>> _ticks(74), _ticks(0), _ticks(3), _ticks(74, steps=1)
    ([0, 20, 40, 60, 80], [0, 1], [0, 1, 2, 3], [0, 100])
    """
    step = next(digit * 10**power for power in count() for digit in (1, 2, 5) if digit * 10**power * steps >= greatest)
    return [step * n for n in range(int(-(-greatest // step) or 1) + 1)]


def _some(years: Sequence[int]) -> list[int]:
    """As many of the years as there is room for, the last among them."""
    return list(years[:: -max(1, -(-len(years) // 9))])[::-1]


def bar(parts: Sequence[float]) -> str:
    """A bar as wide as its parts in per cent, one after the other, in the colours --part-1 and following.

    >>> bar([25])
    '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect x="0" width="25" height="6" fill="var(--part-1)"/></svg>'
    """
    drawn, at = "", 0.0
    for number, part in enumerate(parts, start=1):
        if part > 0:
            drawn += f'<rect x="{at:g}" width="{part:g}" height="6" fill="var(--part-{number})"/>'
        at = round(at + part, 2)
    return f'<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'


def spark(values: Points) -> str | None:
    """A small line over the years without an axis, for a row of a list; None with fewer than two figures.

    >>> spark([(2020, 1), (2022, 3)])
    '<svg class="spark" viewBox="0 0 64 20" aria-hidden="true"><path d="M4.0 12.7h0M60.0 4.0h0"/></svg>'
    """
    known = {year: value for year, value in values if value is not None}
    if len(known) < 2 or min(known.values()) < 0:
        return None
    first, last, top = min(known), max(known), max(known.values()) or 1
    path, before = "", None
    for year, value in sorted(known.items()):
        at = f"{4 + 56 * (year - first) / (last - first):.1f} {17 - 13 * value / top:.1f}"
        path += f"L{at}" if before == year - 1 and year not in CHANGES else f"M{at}h0"
        before = year
    return f'<svg class="spark" viewBox="0 0 64 20" aria-hidden="true"><path d="{path}"/></svg>'
