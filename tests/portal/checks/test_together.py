"""Findings that may come of one mistake are told so, and stay as many as they are; those of several mistakes are not."""

from __future__ import annotations

from tests.support.examples import Place, sound_figures, whole_report
from tests.support.judged import NOW, judged


def cards(*changes: tuple[Place, int]) -> list[list[str]]:
    """The checks of the findings of a sound report with these figures changed, those together that may come of one mistake."""
    figures = sound_figures("2021", [0] * 6, lambda: 1)
    for place, by in changes:
        figures[place] = (figures[place] or 0) + by
    db = judged(whole_report(NOW, "2021", figures))
    found: dict[str, list[str]] = {}
    for first, check in db.execute("select coalesce(together, id), check_code from findings order by rowid"):
        found.setdefault(first, []).append(check.removeprefix("applications_").removeprefix("review_litigation_"))
    return sorted(found.values())


def applications(item: str, *measures: str) -> list[Place]:
    return [("applications", item, measure) for measure in measures]


def test_a_wrong_figure_spoils_its_column_and_its_row_and_is_one_mistake() -> None:
    (place,) = applications("disclosed", "natural_person")
    assert cards((place, 3)) == [["handled_sum", "row_total"]]
    (place,) = applications("handled", "total")
    assert cards((place, 3)) == [["balance", "handled_sum", "row_total"]]


def test_a_row_that_is_wrong_in_several_columns_is_one_mistake() -> None:
    person, total = applications("disclosed", "natural_person", "total")
    assert cards((person, 3), (total, 3)) == [["handled_sum", "handled_sum"]]


def test_several_mistakes_stay_apart() -> None:
    person, business = (*applications("disclosed", "natural_person"), *applications("received", "business"))
    assert cards((person, 3), (business, 5)) == [["balance", "row_total"], ["handled_sum", "row_total"]]
    others = applications("disclosed", "natural_person", "total") + applications("partly_disclosed", "business", "total")
    assert len(cards(*zip(others, (3, 8, 5, 5), strict=True))) > 1  # each column's sum is off by another amount
    totals: list[Place] = [("review_litigation", procedure, "total") for procedure in ("reconsideration", "litigation_direct")]
    assert cards(*((place, 2) for place in totals)) == [["total"], ["total"]]
