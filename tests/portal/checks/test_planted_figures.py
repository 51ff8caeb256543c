"""One figure of a sound table changed, cell by cell and in both editions: its own equations find it and no other check accuses."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.support.examples import APPLICANTS, OUTCOMES, PROCEDURES, Place, result_rows
from tests.support.planted import LAYOUTS, Planted, changed, codes, found_each, off, sound_report, two_years

EDITIONS = ("2019", "2021")
FLOWS = ("received", "carried_in", "handled", "carried_out")


def added(report: Planted, by: float, *places: Place) -> Planted:
    return changed(report, *((place, (report.figures[place] or 0) + by) for place in places))


def column(item: str, *measures: str) -> list[Place]:
    return [("applications", item, measure) for measure in measures]


# -- inside a table


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_of_section_3(edition: str) -> None:
    random = Random(edition)
    cells = [(item, m) for item in (*result_rows(edition), *FLOWS) for m in (*APPLICANTS, "total")]
    reports = [off(random, sound_report(random, edition, 1), ("applications", *cell)) for cell in cells]
    for (item, _), found in zip(cells, found_each(random, reports), strict=True):
        due = {"applications_row_total"}
        due |= {"applications_balance"} if item in FLOWS else set()
        due |= {"applications_handled_sum"} if item == "handled" or item not in FLOWS else set()
        assert found == {(check, "report") for check in due}, item


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_equation_of_section_3_alone(edition: str) -> None:
    random, reports, due = Random(edition), [], []
    for applicant in APPLICANTS:
        report = sound_report(random, edition, 1)
        row = random.choice(result_rows(edition))
        k = random.randint(1, 9)
        reports.append(added(report, k, *column(random.choice(FLOWS[:2] + FLOWS[3:]), applicant, "total")))
        reports.append(added(report, k, *column(row, applicant, "total")))
        reports.append(added(added(report, k, *column(row, "total")), k, *column("handled", "total"), *column("received", "total")))
        due += ["applications_balance", "applications_handled_sum", "applications_row_total"]
    assert found_each(random, reports) == [{(check, "report")} for check in due]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_of_section_4(edition: str) -> None:
    random = Random(edition)
    places = [("review_litigation", procedure, m) for procedure in PROCEDURES for m in (*OUTCOMES, "total")]
    reports = [off(random, sound_report(random, edition, 1), place) for place in places]
    assert found_each(random, reports) == [{("review_litigation_total", "report")}] * len(places)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_total_left_blank(edition: str) -> None:
    random = Random(edition)
    places = [("applications", item, "total") for item in (*result_rows(edition), *FLOWS)]
    places += [("applications", "handled", applicant) for applicant in APPLICANTS]
    places += [("review_litigation", procedure, "total") for procedure in PROCEDURES]
    reports = [changed(sound_report(random, edition, 1), (place, None)) for place in places]
    drawn = LAYOUTS[:2]  # elsewhere a blank cell is not seen
    for place, found in zip(places, found_each(random, reports, drawn), strict=True):
        assert found == {("total_not_published", "report")}, place


@pytest.mark.parametrize("edition", EDITIONS)
def test_numbers_that_are_no_counts(edition: str) -> None:
    """Below zero or in part, in every row, with the sums led on so that nothing else is wrong."""
    random, reports = Random(edition), []
    results = result_rows(edition)
    for place in sound_report(random, edition).figures:
        section, item, measure = place
        if section == "proactive_disclosure":
            along = [place] if measure not in ("change", "charged", "amount") else []
        elif section == "review_litigation":
            along = [place, (section, item, "total")] if measure != "total" else []
        else:
            sums = column("handled", measure, "total") + column("received", measure, "total")
            along = [place, (section, item, "total"), *sums] if item in results and measure == random.choice(APPLICANTS) else []
        if along:
            report = sound_report(random, edition, 12)
            reports.append(added(report, random.choice([0.5, -(report.figures[place] or 0) - random.randint(1, 7)]), *along))
    found = found_each(random, reports)
    assert len(found) > 40 and all(one == {("negative_or_fraction", "report")} for one in found)


def test_a_negative_change_and_a_sum_of_money_in_part_are_no_fault() -> None:
    random, reports = Random(0), []
    for edition in EDITIONS:
        for place in sound_report(random, edition).figures:
            if place[2] in ("change", "charged", "amount"):
                reports.append(changed(sound_report(random, edition, 1), (place, -7 if place[2] == "change" else 1234.56)))
    assert found_each(random, reports) == [set()] * 7


# -- between two years of one body


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_was_carried_over_follows_in_every_column(edition: str) -> None:
    random, pairs = Random(edition), []
    for applicant in APPLICANTS:
        before, now = two_years(random, edition)
        k = random.randint(1, 9)
        slip = added(now, k, *column("carried_in", applicant, "total"))
        pairs += [(before, now), (before, added(slip, -k, *column("received", applicant, "total")))]
    results = found_each(random, pairs)
    assert results[::2] == [set()] * 6
    assert results[1::2] == [{("carried_over_between_years", "report")}] * 6


STOCKS = [("2021", item, m) for item in ("rules", "normative_documents") for m in ("issued", "repealed", "in_force")]
STOCKS += [("2019", item, "prior_items") for item in ("licensing", "other_services", "penalties", "compulsion", "fees")]


@pytest.mark.parametrize(("edition", "item", "measure"), STOCKS)
def test_stocks_follow_from_the_year_before(edition: str, item: str, measure: str) -> None:
    random = Random(item + measure)
    pairs = [two_years(random, edition) for _ in range(3)]
    slips = [(before, off(random, now, ("proactive_disclosure", item, measure))) for before, now in pairs]
    results = found_each(random, [*pairs, *slips])
    check = "in_force_between_years" if edition == "2021" else "prior_items_between_years"
    assert results[:3] == [set()] * 3
    assert [codes(found) for found in results[3:]] == [{check}] * 3


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("section", ["proactive_disclosure", "applications", "review_litigation"])
def test_a_table_taken_over_from_last_year(section: str, edition: str) -> None:
    random = Random(section + edition)
    before, now = two_years(random, edition)
    same = {place: value for place, value in before.figures.items() if place[0] == section}
    found = codes(found_each(random, [(before, replace(now, figures=now.figures | same))])[0])
    follows = {"carried_over_between_years", "in_force_between_years", "prior_items_between_years"}
    assert "identical_to_last_year" in found and found <= {"identical_to_last_year"} | follows


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_jump_of_every_kind_up_and_down(edition: str) -> None:
    random = Random(edition)
    pairs: list[tuple[Planted, ...]] = []
    counted = ("decisions", "charged", "amount", "issued", "made")
    for place in [p for p in two_years(random, edition)[0].figures if p[2] in counted]:
        few, many = 30, 2_000_000 if place[2] in ("charged", "amount") else 4_000
        for numbers in ((few, many), (many, few)):
            pairs.append(tuple(changed(report, (place, n)) for report, n in zip(two_years(random, edition), numbers, strict=True)))
    assert len(pairs) >= 10
    for found in found_each(random, pairs):
        assert ("jump", "undecided") in found and codes(found) <= {"jump", "in_force_between_years"}
