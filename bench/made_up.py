"""Made-up documents in any number, the same each time: what a collection of so many would be like to read."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from bench.generator import new_story, sound_figures
from parsers.form.editions import editions
from parsers.printed.regions import regions
from tests.support import layouts
from tests.support.figures import Sample

YEARS = range(2021, 2025)
STEMS = "甲乙丙丁戊己庚辛壬癸"
MISTAKEN = 0.5  # of the reports: a total that is not the sum of its parts


def documents(number: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of made-up reports, four years an agency: sound but for a wrong total in some, every second a web page."""
    random = Random(1)
    form = editions()[-1]
    places = [region.name for region in regions() if len(region.name) > 2]
    stories: list[str] = []
    for count in range(number):
        agency, at = divmod(count, len(YEARS))
        if at == 0:
            kept: dict[str, Any] = {}
        figures = sound_figures(form, random, kept)
        if random.random() < MISTAKEN:
            figures["review_litigation", "reconsideration", "total"] += 1
        printed = {place: str(figure) for place, figure in figures.items()}
        words = {"overview": new_story(random, stories), "problems": new_story(random, stories, 3)}
        year = YEARS[at]
        name = f"{places[agency % len(places)]}样例{''.join(STEMS[int(digit)] for digit in str(agency))}局"
        sample = Sample("", name, year, "2021", printed, f"{year + 1}-01-18", f"{year + 1}-01-09", words)
        page = count % 2 and count != number - 1
        yield (f"{count}.html", layouts.page(sample)) if page else (f"{count}.txt", layouts.tabs(sample))
