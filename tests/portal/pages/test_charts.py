"""Charts: what they draw, what they leave out, and that their figures stand beside them."""

from __future__ import annotations

import re

import httpx

from portal.pages.charts import over_years
from tests.support.pages import tree

PINGTAN = "350128-guanweihui"


def paths(drawn: str | None) -> list[str]:
    return re.findall(r"<path[^>]*>", drawn or "")


def test_a_missing_year_is_a_gap_and_a_change_of_form_is_drawn() -> None:
    whole, gap = over_years([(2014, 1), (2015, 2), (2016, 3)]), over_years([(2013, 1), (2014, 2), (2016, 3), (2017, 3)])
    assert len(paths(whole)) == 1 and len(paths(gap)) == 2
    assert (gap or "").count("<circle") == 4  # none for the year that is missing
    changed = paths(over_years([(2018, 1), (2019, 2), (2020, 3), (2021, 4), (2022, 5)]))
    assert sum("stroke-dasharray" in path for path in changed) == 2
    assert not any(path.count("L") > 1 for path in changed)  # no line leads over a change


def test_zero_is_drawn_and_no_figure_is_not() -> None:
    assert (over_years([(2021, 0), (2022, 0)]) or "").count("<circle") == 2
    assert over_years([(2021, None), (2022, 5)]) is None


def test_an_agencys_chart_has_its_figures_in_a_table_and_says_what_it_shows(site: httpx.Client) -> None:
    page = tree(site, f"/agencies/{PINGTAN}")
    figure = page.css_first("figure.chart")
    assert "2014 年 1 件，2022 年 74 件" in (figure.css_first("[role=img]").attributes["aria-label"] or "")
    years = [row.text() for row in figure.css("details tbody th")]
    assert years == ["2014", "2015", "2017", "2018", "2019", "2020", "2021", "2022"]
    assert len(figure.css("svg circle")) == len(years)
    assert not re.search(r"<style|style=|Unnamed", figure.html or "")
    assert not tree(site, "/agencies/340603-canlian").css("figure.chart")  # a single report
