"""Two sound reports of one agency pass every check, and what is changed in one cell is found where it counts and nowhere else."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.checks.run import run_checks
from tests.support.examples import (
    APPLICANTS,
    Figures,
    Place,
    new_database,
    result_rows,
    sound_figures,
    together,
    whole_report,
    write,
)
from tests.support.judged import BEFORE, CODES, NOW, found, judged, outcome, verdicts

BALANCE = ("received", "carried_in", "handled", "carried_out")
TOTALS = ("applications", "review_litigation")
STOCKS = {"2019": "prior_items_between_years", "2021": "in_force_between_years"}
JUDGED = {  # what the two sound years let be judged whatever the figures; the form's edition adds one of STOCKS
    "applications_balance", "applications_handled_sum", "applications_row_total", "review_litigation_total", "total_not_published",
    "negative_or_fraction", "rules_beyond_power", "all_zero_but_narrative_counts", "carried_over_between_years", "identical_to_last_year",
    "jump", "section_missing", "section_heading_wrong", "period_not_the_year", "wrong_year_in_text", "signed_before_period_end",
    "published_late", "problems_empty",
}  # fmt: skip
FLOWS = ("decisions", "charged", "amount", "issued", "made")

a_form = st.sampled_from(["2019", "2021"])
quick = settings(max_examples=25, deadline=None)


def a_place(data: st.DataObject, figures: Figures) -> Place:
    """A cell, each section's as likely as another's."""
    section = data.draw(st.sampled_from(["proactive_disclosure", *TOTALS]))
    return data.draw(st.sampled_from(sorted(place for place in figures if place[0] == section)))


@st.composite
def two_years(draw: st.DrawFn) -> tuple[Figures, Figures, str]:
    """Two reports of one agency on the same form, sound together."""
    form = draw(a_form)
    numbers = draw(st.lists(st.integers(0, 40), min_size=400, max_size=400))
    before = sound_figures(form, [0] * 6, numbers.pop)
    carried = [int(before["applications", "carried_out", applicant] or 0) for applicant in APPLICANTS]
    return before, sound_figures(form, carried, numbers.pop, before), form


def both(before: Figures, now: Figures, form: str, *notes: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    noted = [{"report_id": NOW, "code": "doubt"} | note for note in notes]
    return together([whole_report(BEFORE, form, before), whole_report(NOW, form, now), {"reading_notes": noted}])


def groups_of(place: Place) -> set[tuple[str, str, str]]:
    """Every equation in which a cell of this year's report stands: row, column, and the year before."""
    section, item, measure = place
    if section == "review_litigation":
        return {(NOW, "review_litigation_total", item)}
    if section != "applications":
        code = {"prior_items": STOCKS["2019"], **dict.fromkeys(("in_force", "issued", "repealed"), STOCKS["2021"])}.get(measure)
        return {(NOW, code, item)} if code else set()
    groups = {(NOW, "applications_row_total", item)}
    if item in BALANCE:
        groups.add((NOW, "applications_balance", measure))
    if item not in ("received", "carried_in", "carried_out"):
        groups.add((NOW, "applications_handled_sum", measure))
    if item == "carried_in":
        groups.add((NOW, "carried_over_between_years", measure))
    return groups


def blind_without(place: Place) -> set[str]:
    """The checks that can no longer judge all of this year's report when this cell is not known."""
    _, item, measure = place
    codes = {code for _, code, _ in groups_of(place)} | {"negative_or_fraction"}
    codes |= {"rules_beyond_power"} if item == "rules" else set()
    return codes | ({"jump"} if measure in FLOWS or place == ("applications", "received", "total") else set())


def steady(form: str) -> dict[str, str]:
    """Every check's outcome on this year's sound report."""
    return {code: "pass" if code in JUDGED | {STOCKS[form]} else "not_assessable" for code in CODES}


@quick
@given(two_years())
def test_sound_reports_pass_every_check(years: tuple[Figures, Figures, str]) -> None:
    db = judged(both(*years))
    assert found(db) == set()
    assert {code: outcome(db, code) for code in CODES} == steady(years[2])


@quick
@given(two_years(), st.data())
def test_one_wrong_number_is_found_in_its_own_equations_only(years: tuple[Figures, Figures, str], data: st.DataObject) -> None:
    before, now, form = years
    place = a_place(data, now)
    db = judged(both(before, now | {place: (now[place] or 0) + data.draw(st.integers(1, 9))}, form))
    assert found(db) == groups_of(place)
    sql = "select finding_id from finding_cells where (report_id, section, item, measure) = (?, ?, ?, ?) and char_end > 0"
    marked = {row[0] for row in db.execute(sql, (NOW, *place))}
    assert marked == {"-".join(finding) for finding in groups_of(place)}
    assert verdicts(db) <= {"report"}
    count = db.execute("select findings from reports where id = ?", [NOW]).fetchone()[0]
    assert count == len(groups_of(place))
    sound = f"印作 {now[place]} 而不是 "
    guesses = [row[0] for row in db.execute("select hypothesis from findings where check_code not like '%between_years'")]
    assert all(sound in guess and ("任改一格" in guess) == (place[0] == "review_litigation") for guess in guesses)


@quick
@given(two_years(), st.data())
def test_a_negative_or_broken_count_is_found_too(years: tuple[Figures, Figures, str], data: st.DataObject) -> None:
    before, now, form = years
    place = a_place(data, now)
    measure = place[2]
    wrong = data.draw(st.sampled_from([-3.0, -0.5, (now[place] or 0) + 0.5]))
    fault = wrong < 0 if measure in ("charged", "amount") else wrong != round(wrong) or measure != "change"
    own = {(NOW, "negative_or_fraction", "-".join(place))} if fault else set()
    assert found(judged(both(before, now | {place: wrong}, form))) == groups_of(place) | own


@quick
@given(two_years(), st.data())
def test_a_blank_cell_is_not_a_pass_and_no_zero(years: tuple[Figures, Figures, str], data: st.DataObject) -> None:
    before, now, form = years
    place = a_place(data, now)
    section, item, measure = place
    db = judged(both(before, now | {place: None}, form))
    # a total that is blank beside a number is the one thing a blank can be wrong about
    if section in TOTALS and measure == "total" and item != "handled":
        totals = {f"{item}": [p for p in now if p[:2] == place[:2] and p != place]}
    elif section == "applications" and item == "handled":
        totals = {f"handled-{measure}": [(section, row, measure) for row in result_rows(form)]}
    else:
        totals = {}
    unpublished = {group for group, parts in totals.items() if any(now[part] for part in parts)}
    assert found(db) == {(NOW, "total_not_published", group) for group in unpublished}
    blind = blind_without(place)
    expected = steady(form) | dict.fromkeys(blind, "not_assessable")
    if totals:
        expected["total_not_published"] = "fail" if unpublished else "not_assessable"
    assert {code: outcome(db, code) for code in CODES} == expected
    equations = {code for _, code, _ in groups_of(place)}
    noted = db.execute("select check_code, holds_if_blank_is_zero from check_results where report_id = ?", [NOW])
    assert {code: holds for code, holds in noted if code in equations} == dict.fromkeys(equations, int(not now[place]))


@quick
@given(two_years(), st.data())
def test_an_unreadable_cell_is_not_a_pass_and_says_nothing_of_zero(years: tuple[Figures, Figures, str], data: st.DataObject) -> None:
    before, now, form = years
    section, item, measure = data.draw(st.sampled_from(sorted(place for place in now if place[0] in TOTALS)))
    db = new_database()
    write(db, both(before, now | {(section, item, measure): None}, form))
    row = "procedure" if section == "review_litigation" else "item"
    db.execute(f"update {section} set {measure}_status = 'unreadable' where report_id = ? and {row} = ?", [NOW, item])  # noqa: S608
    run_checks(db)
    assert found(db) == set()
    blind = blind_without((section, item, measure)) | ({"total_not_published"} if measure == "total" or item == "handled" else set())
    rest = db.execute("select check_code, holds_if_blank_is_zero from check_results where report_id = ? and outcome <> 'pass'", [NOW])
    assert {code: holds for code, holds in rest if steady(form).get(code) == "pass"} == dict.fromkeys(blind)


def test_a_blank_total_beside_zeros_is_neither_a_fault_nor_a_pass() -> None:
    now = sound_figures("2021", [0] * 6, lambda: 0)
    for place in (
        ("applications", "received", "total"),
        ("applications", "handled", "business"),
        ("review_litigation", "reconsideration", "total"),
    ):
        db = judged(whole_report(NOW, "2021", now | {place: None}))
        assert found(db) == set() and outcome(db, "total_not_published") == "not_assessable"


@quick
@given(two_years(), st.data())
def test_a_row_that_is_not_there_is_not_a_pass(years: tuple[Figures, Figures, str], data: st.DataObject) -> None:
    before, now, form = years
    section, item, _ = a_place(data, now)
    db = judged(both(before, {place: value for place, value in now.items() if place[:2] != (section, item)}, form))
    assert found(db) == set()
    if section == "proactive_disclosure":  # a row that is not there is one group less in what is judged row by row
        blind = {"negative_or_fraction"}
    else:
        blind = blind_without((section, item, "total")) - {"jump"} | {"total_not_published"}
    assert {code for code in CODES if outcome(db, code) != steady(form)[code]} - {STOCKS[form], "rules_beyond_power"} == blind


@quick
@given(two_years(), st.data())
def test_an_inferred_number_never_accuses(years: tuple[Figures, Figures, str], data: st.DataObject) -> None:
    """Cut from a run of digits by its row: the row judges nothing, what the column finds stays undecided."""
    before, now, form = years
    item = data.draw(st.sampled_from(result_rows(form)))
    place = ("applications", item, data.draw(st.sampled_from(APPLICANTS)))
    note = {"code": "inferred", **dict(zip(("section", "item", "measure"), place, strict=True))}
    wrong = now | {place: (now[place] or 0) + 1}
    for message, undecided in (
        ("applications_row_total: the only cut that adds up", {(NOW, "applications_handled_sum", place[2])}),
        ("applications_row_total,applications_handled_sum the only cut", set()),
        ("", set()),
    ):
        db = new_database()
        write(db, both(before, wrong, form, note | {"message": message}))
        db.execute(f"update applications set {place[2]}_status = 'inferred' where report_id = ? and item = ?", [NOW, item])  # noqa: S608
        run_checks(db)
        assert found(db) == undecided and verdicts(db) <= {"undecided"}
        assert outcome(db, "applications_row_total") == "not_assessable"
        assert outcome(db, "applications_handled_sum") == ("fail" if undecided else "not_assessable")


@quick
@given(two_years(), st.data())
def test_a_doubt_about_a_cell_makes_its_findings_ours(years: tuple[Figures, Figures, str], data: st.DataObject) -> None:
    before, now, form = years
    places = [place for place in sorted(now) if place[0] in TOTALS and place[1:] != ("carried_in", "total")]
    section, item, measure = data.draw(st.sampled_from(places))
    wrong = now | {(section, item, measure): (now[section, item, measure] or 0) + 1}
    about = {"section": section, "item": item, "measure": measure}
    named = ("section", *data.draw(st.sampled_from([(), ("item",), ("measure",), ("item", "measure")])))
    assert verdicts(judged(both(before, wrong, form, {name: about[name] for name in named}))) == {"reading"}
    elsewhere = {"section": "proactive_disclosure", "item": "licensing", "measure": "decisions"}
    assert verdicts(judged(both(before, wrong, form, elsewhere))) == {"report"}
