"""Charts: what they draw, what they leave out, and that their figures stand beside them."""

from __future__ import annotations

import re
import sqlite3

import httpx
import pytest

from portal.pages import outcomes, queries
from portal.pages.charts import over_years, spark
from tests.support.examples import new_database, write
from tests.support.pages import tree

PINGTAN = "350128-guanweihui"


@pytest.fixture
def small() -> sqlite3.Connection:
    """One agency's four years: only the first and the last print every outcome and add up."""
    db = new_database()
    totals = {
        2019: {"disclosed": 1, "withheld_internal": 1, "handled": 2},
        2020: {"disclosed": 1, "withheld_internal": 2, "handled": 2},
        2021: {"disclosed": 1, "withheld_internal": None, "handled": 1},
        2022: {"disclosed": 4, "withheld_internal": 2, "withheld_by_law": 1, "other_misc": 1, "handled": 8},
    }
    reports = [{"id": f"350128-p0-{year}", "agency": "350128-p0", "year": year, "level": "county"} for year in totals]
    cells = [
        {
            "report_id": f"350128-p0-{year}",
            "agency": "350128-p0",
            "year": year,
            "edition": "2021",
            "item": item,
            "total": total,
            "total_status": "blank" if total is None else "stated",
        }
        for year, items in totals.items()
        for item, total in items.items()
    ]
    write(
        db,
        {
            "agencies": [{"code": "350128-p0", "name": "p0", "level": "county", "kind": "department"}],
            "reports": reports,
            "applications": cells,
        },
    )
    return db


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


def test_bars_are_of_reports_that_add_up_and_the_rest_is_left_blank(small: sqlite3.Connection) -> None:
    found = {row["year"]: row for row in outcomes.of_agency(queries.rows_of(small), "350128-p0")}
    assert set(found) == {2019, 2022}  # 2020 does not add up, 2021 prints a blank
    assert outcomes.shares(found[2022]) == {
        **dict.fromkeys(outcomes.OUTCOMES, 0.0),
        "disclosed": 50.0,
        "withheld": 37.5,
        "other": 12.5,
    }
    rows = outcomes.in_years(list(found.values()))
    assert [(row["year"], bool(row["shares"])) for row in rows] == [(2022, True), (2021, False), (2020, False), (2019, True)]
    assert (rows[0]["bar"] or "").count("<rect") == 3
    assert outcomes.largest(outcomes.of_groups(queries.rows_of(small), "true", {})) == []  # one report is no group


def test_the_median_of_its_peers_stands_beside_an_agencys_line_as_a_dotted_one() -> None:
    drawn = over_years([(2021, 1), (2022, 2), (2023, 3)], [(2021, None), (2022, 40), (2023, 30)]) or ""
    assert [path for path in paths(drawn) if 'stroke-dasharray="1 5"' in path] and ">40<" in drawn  # the scale holds both
    assert 'stroke-dasharray="1 5"' not in (over_years([(2021, 1), (2022, 2)], [(2022, 40)]) or "")  # one median is no line


def test_a_spark_breaks_where_a_year_is_missing() -> None:
    assert (spark([(2020, 1), (2022, 3), (2023, 2)]) or "").count("M") == 2
    assert spark([(2020, 1)]) is None
    assert (spark([(2017, 1), (2018, 3), (2019, 2), (2020, 2), (2021, 1)]) or "").count("M") == 3  # and where the form changed


def test_groups_are_those_with_five_reports_and_more_of_the_level_and_kind_that_most_have() -> None:
    sizes = [(2022, "department", 5), (2022, "government", 4), (2021, "department", 6), (2021, "government", 10), (2020, "department", 4)]
    rows = [{"year": year, "level": "county", "kind": kind, "reports": reports} for year, kind, reports in sizes]
    assert outcomes.largest(rows) == [rows[0], rows[2]]


def test_an_agencys_chart_has_its_figures_in_a_table_and_says_what_it_shows(site: httpx.Client) -> None:
    page = tree(site, f"/agencies/{PINGTAN}")
    figure = page.css_first("figure.chart")
    assert len(page.css("figure.chart details table")) == len(page.css("figure.chart")) == 4
    assert "2014 年 1 件，2022 年 74 件" in (figure.css_first("[role=img]").attributes["aria-label"] or "")
    years = [row.text() for row in figure.css("details tbody th")]
    assert years == ["2014", "2015", "2017", "2018", "2019", "2020", "2021", "2022"]
    assert len(figure.css("svg circle")) == len(years)
    assert not re.search(r"<style|style=|Unnamed", figure.html or "")
    assert not tree(site, "/agencies/340603-canlian").css("figure.chart")  # a single report
