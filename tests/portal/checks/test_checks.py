"""The checks fire on what they should and on nothing else, and a blank is never a pass."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.checks.catalogue import CATEGORIES, SEVERITIES, Check, in_english, load_checks, reasons
from portal.checks.run import run_checks
from tests.support.examples import (
    APPLICANTS,
    PROCEDURES,
    Figures,
    Place,
    as_rows,
    new_database,
    result_rows,
    sound_figures,
    together,
    whole_report,
    write,
)
from tests.support.paths import ROOT, SHARED

CODES = [
    check.code for check in load_checks() if check.category not in ("text", "text_tables")
]  # tests/parsers/narrative/test_claims.py has the others
BEFORE, NOW = "sample-2019", "sample-2020"
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


def judged(tables: dict[str, list[dict[str, Any]]]) -> sqlite3.Connection:
    db = new_database()
    write(db, tables)
    run_checks(db)
    return db


def found(db: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """(report, check, group) of every finding."""
    ids = [row[0] for row in db.execute("select id from findings")]
    return {(id_[:11], *id_[12:].split("-", 1)) for id_ in ids}  # type: ignore[misc]


def outcome(db: sqlite3.Connection, code: str, report_id: str = NOW) -> str:
    sql = "select outcome from check_results where report_id = ? and check_code = ?"
    return str(db.execute(sql, (report_id, code)).fetchone()[0])


def verdicts(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("select verdict from findings")}


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


@pytest.mark.parametrize(
    "kind, applicant, whose, name", [("received", "total", "", "总计"), ("received_natural_person", "natural_person", "自然人的", "自然人")]
)
def test_a_finding_says_whose_applications_it_counts(kind: str, applicant: str, whose: str, name: str) -> None:
    db = judged({"claims": [{"kind": kind, "value": 72}], "applications": [{"item": "received", applicant: 71}]})
    (message,) = db.execute("select message from findings where check_code = 'claim_received'").fetchone()
    assert f"收到{whose}申请 72 件" in message and f"的“{name}”印的是 71" in message


def test_checks_count_the_reports_that_were_read() -> None:
    db = judged({"reports": [{"id": "a-2021"}, {"id": "b-2021", "status": "refused"}]})
    assert db.execute("select distinct passed + failed + not_assessable from checks").fetchall() == [(1,)]


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.code)
def test_example_fires_and_sound_does_not(check: Check) -> None:
    db = judged(check.example)
    rows = db.execute("select message, message_en, verdict from findings where check_code = ?", [check.code]).fetchall()
    assert len(rows) == 1 and rows[0][2] == ("undecided" if " 1 as unsure" in check.sql else "report")
    assert not re.search(r"[{}]|None|\.0\b", rows[0][0] + rows[0][1])
    db = judged(check.sound)
    assert db.execute("select count(*) from findings where check_code = ?", [check.code]).fetchone() == (0,)
    assert db.execute("select max(judged) from check_results where check_code = ?", [check.code]).fetchone()[0] > 0


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


def test_a_doubt_without_a_cell_is_about_what_stands_in_its_range() -> None:
    heading = {"section": None, "expected": "applications", "printed": "三、本年度办理结果", "char_start": 50, "char_end": 59}
    for start, source, verdict in (
        (55, "text-sample-2021", "reading"),
        (59, "text-sample-2021", "report"),
        (55, "another-rendering", "report"),
    ):
        place = {"char_start": start, "char_end": start + 4, "source_id": source}
        note = {"report_id": "sample-2021", "code": "doubt"} | place
        db = judged({"headings": [heading], "reading_notes": [note]})
        assert db.execute("select verdict from findings where check_code = 'section_heading_wrong'").fetchall() == [(verdict,)]


def test_other_results_in_one_row_on_a_2021_form_are_a_whole_table() -> None:
    """As 洪泽 2023 prints them."""
    older, newer = sound_figures("2019", [0] * 6, lambda: 1), sound_figures("2021", [0] * 6, lambda: 1)
    older = {place: value for place, value in older.items() if place[0] != "proactive_disclosure"}
    section_2 = {place: value for place, value in newer.items() if place[0] == "proactive_disclosure"}
    tables = whole_report(NOW, "2021", older | section_2)
    tables["applications"] = [row | {"edition": "2019"} for row in tables["applications"]]
    db = judged(tables)
    assert outcome(db, "applications_handled_sum") == outcome(db, "applications_row_total") == "pass"
    three_more = as_rows(NOW, "2021", {place: value for place, value in newer.items() if place[1].startswith("other_m")})
    assert outcome(judged(together([tables, three_more])), "applications_handled_sum") == "not_assessable"


def test_a_guess_is_offered_only_where_one_cell_would_do() -> None:
    now = sound_figures("2021", [0] * 6, lambda: 2)
    cell, elsewhere = ("applications", "disclosed", "business"), ("applications", "received", "legal_service")
    for wrong in ({cell: 3.0, elsewhere: None}, {cell: 3.0, elsewhere: 99.0}, {cell: 1.5}):
        db = judged(whole_report(NOW, "2021", now | wrong))
        guesses = [row[0] for row in db.execute("select hypothesis from findings where section = 'applications'")]
        assert guesses and ([guess is None for guess in guesses] == [True] * len(guesses)) == (elsewhere in wrong)
    noted = {"reading_notes": [{"report_id": NOW, "code": "doubt", "section": "applications", "item": "disclosed"}]}
    doubted = judged(together([whole_report(NOW, "2021", now | {cell: 3.0}), noted]))
    assert doubted.execute("select count(*), count(hypothesis) from findings").fetchone() == (2, 0)


def test_a_quoted_sentence_is_cut_within_no_number_and_says_that_it_is_cut() -> None:
    sentence = "2020年" + "样" * 53 + "120条。"  # the sixtieth character is the 2
    whole = {"id": 1, "kind": "items_disclosed", "value": 158, "sentence": sentence}
    parts = [{"id": n, "kind": "items_disclosed_part", "value": 50, "part_of": 1} for n in (2, 3)]
    year = {"role": "self", "year": 2020, "char_start": 0, "char_end": len(sentence)}
    document = {"reports": [{"year": 2021}], "source_texts": [{"text": sentence}], "claims": [whole, *parts], "stated_years": [year]}
    messages = dict(judged(document).execute("select check_code, message from findings").fetchall())
    for code in ("claim_parts_sum", "wrong_year_in_text"):
        assert messages[code].endswith("样……”。"), messages[code]


def test_a_failed_check_says_why_the_rest_of_it_was_not_judged() -> None:
    now = sound_figures("2021", [0] * 6, lambda: 2)
    rows = {("review_litigation", "reconsideration", "total"): 5.0, ("review_litigation", "litigation_direct", "pending"): None}
    db = judged(whole_report(NOW, "2021", now | rows))
    sql = "select outcome, judged, not_judged, reason from check_results where check_code = 'review_litigation_total'"
    *counts, reason = db.execute(sql).fetchone()
    assert counts == ["fail", 2, 1] and "3 处里，有 1 处" in reason
    assert db.execute("select difference from findings where check_code = 'review_litigation_total'").fetchall() == [(-3.0,)]


def test_a_missing_section_is_the_reports_fault_only_where_all_was_read() -> None:
    whole = whole_report(NOW, "2021", sound_figures("2021", [0] * 6, lambda: 1))
    lacking = whole | {"other_matters": [], "headings": whole["headings"][:5]}
    stray = {"headings": [{"report_id": NOW, "section": None, "printed": "六、结语", "position": 9}]}
    note = {"reading_notes": [{"report_id": NOW, "code": "unplaced"}]}
    assert found(judged(lacking)) == {(NOW, "section_missing", "other_matters")}
    assert verdicts(judged(lacking)) == {"report"}
    assert verdicts(judged(together([lacking, stray]))) == verdicts(judged(together([lacking, note]))) == {"reading"}
    partial = judged(lacking | {"reports": [whole["reports"][0] | {"status": "partial"}]})
    assert found(partial) == set() and outcome(partial, "section_missing") == "not_assessable"


def test_a_document_that_may_be_cut_off_or_misread_lacks_no_section() -> None:
    """As a page that begins with section 2, one that ends with section 5, and one whose heading was not made out."""
    whole = whole_report(NOW, "2021", sound_figures("2021", [0] * 6, lambda: 1))
    begun = whole | {"overview": [], "headings": [row | {"char_start": place * 9} for place, row in enumerate(whole["headings"][1:])]}
    ended = whole | {"other_matters": [], "headings": whole["headings"][:5]}
    unsigned = {"reports": [whole["reports"][0] | {"signed_on": None}]}
    unread = {"source_texts": [{"report_id": NOW, "text": "前面一段话\n⼆ 、主动公开情况\n六、 其他需要报告事项"}]}
    for lacking in (begun, ended | unsigned, ended | unread):
        db = judged(lacking)
        assert found(db) == set() and outcome(db, "section_missing") == "not_assessable"
    assert verdicts(judged(ended)) == {"report"}


def test_a_report_of_2014_or_an_unread_one_is_not_assessable() -> None:
    db = judged({"reports": [{"id": BEFORE, "edition": "2014"}, {"id": NOW, "status": "refused", "edition": None}]})
    rows = db.execute("select outcome, reason, reason_en from check_results").fetchall()
    assert len(rows) == 2 * len(load_checks())
    assert all(outcome == "not_assessable" and re.search("[一-龥]", reason) for outcome, reason, _ in rows)
    assert not [english for *_, english in rows if not english or re.search("[一-龥]", english)]


def test_headings_of_a_document_that_was_not_read_are_not_judged() -> None:
    wrong = {"report_id": NOW, "section": "applications", "position": 0, "printed": "四、其他", "number": 4, "expected": "problems"}
    both_ways = [("refused", {("not_assessable", 0)}), ("read", {("fail", 1)})]
    for status, expected in both_ways:
        db = judged({"reports": [{"id": NOW, "status": status}], "headings": [wrong]})
        assert set(db.execute("select outcome, judged from check_results where check_code = 'section_heading_wrong'")) == expected
        assert db.execute("select count(*) from findings where check_code = 'section_heading_wrong'").fetchone()[0] == (status == "read")


def test_every_reason_has_its_english_and_every_english_a_use() -> None:
    given = {check.nothing for check in load_checks()}
    given |= {sentence for check in load_checks() for sentence in re.findall("'([^']*。)'", check.sql)}
    runner = (ROOT / "portal" / "checks" / "run.py").read_text(encoding="utf-8")
    assert given == {sentence for sentence in reasons() if f'"{sentence}"' not in runner}


def test_a_reason_without_english_is_named_with_its_place() -> None:
    with pytest.raises(KeyError, match=r"data/checks\.yml.*reasons.*“样例原因。”"):
        in_english("样例原因。")


def test_the_place_of_a_signature_is_marked_where_the_text_has_it_once() -> None:
    report = {"reports": [{"signed_on": "2021-02-03", "edition": "2014"}]}
    once = judged(report | {"source_texts": [{"text": "样例局\n2021年2月3日"}]})
    assert once.execute("select char_start, char_end from finding_cells").fetchall() == [(4, 13)]
    twice = judged(report | {"source_texts": [{"text": "2021年2月3日\n2021年2月3日"}]})
    assert found(twice) == {("sample-2021", "signed_before_period_end", "signed_on")}
    assert twice.execute("select char_start from finding_cells").fetchall() == []


def test_running_again_changes_nothing_and_the_published_sql_runs_by_itself() -> None:
    db = judged(together([load_checks()[0].example, {"reports": [{}]}]))
    dump = list(db.iterdump())
    run_checks(db)
    assert list(db.iterdump()) == dump
    for code, sql in db.execute("select code, sql from checks").fetchall():
        columns = {column[0] for column in db.execute(sql).description}
        contract = {"report_id", "group_key", "section", "item", "measure", "printed", "expected", "state", "holds", "cells"}
        assert contract <= columns, code


def test_no_basis_names_an_article_beyond_those_that_speak_of_the_report() -> None:
    for check in load_checks():
        assert set(re.findall(r"第[一二三四五六七八九十]+条", check.basis)) <= {
            "第六条",
            "第四十九条",
            "第五十条",
            "第九十一条",
            "第九十三条",
        }
        assert check.severity in SEVERITIES and check.category in CATEGORIES
        assert all(re.search("[一-龥].*。$", text) for text in (check.sentence, check.meaning, check.innocent))
        assert all(re.search(r"[a-z].*\.$", text) for text in (check.sentence_en, check.meaning_en, check.innocent_en))


GOLD_FINDINGS = {
    ("seeds/gold/004_7757501a506af049.txt.json", "signed_before_period_end", "signed_on", "2020-01-09", "2020-12-31"),
    ("corpus/gold/hongze_2023.pdf.json", "edition_out_of_date", "applications", "2019", "2021"),
    ("corpus/gold/hongze_2023.pdf.json", "review_litigation_total", "reconsideration", "0", "11"),
    ("corpus/gold/hongze_2023.pdf.json", "review_litigation_total", "litigation_after_reconsideration", "0", "5"),
    ("corpus/gold/pingtan_2020.html.json", "applications_handled_sum", "natural_person", "20", "26"),
    ("corpus/gold/pingtan_2020.html.json", "applications_handled_sum", "total", "21", "27"),
}


def test_the_figures_read_by_hand_contradict_themselves_where_people_saw_it() -> None:
    """Headings are not part of the hand-read figures, so 牡丹江市政府办 2019 has its finding only in the built portal."""
    if not SHARED.exists():
        pytest.skip("../shared with the hand-read figures is not here")
    corpus = ("hongze_2023.pdf", "pingtan_2019.html", "pingtan_2020.html", "pingtan_2021.txt", "pingtan_2022.txt")
    names = [f"corpus/gold/{name}.json" for name in (*corpus, "hangzhou_2025.html", "shanghai_stcsm_2024.md")]
    names += [f"seeds/gold/{path.name}" for path in sorted((SHARED / "seeds/gold").glob("*.json"))]
    parts, source = [], {}
    for number, name in enumerate(names):
        gold = json.loads((SHARED / name).read_text(encoding="utf-8"))
        report_id = f"gold{number:02}-{gold['year']}"
        source[report_id] = name
        figures = {(section, item, measure): value for section, item, measure, _, value in gold["cells"]}
        about = {"agency": gold["agency"], "year": gold["year"]} | ({"signed_on": s} if (s := gold.get("signed_on")) else {})
        parts.append(whole_report(report_id, gold["edition"], figures, **about))
    db = judged(together(parts))
    figures_of = dict(db.execute("select id, printed || ' ' || expected from findings where verdict = 'report'").fetchall())
    assert {(source[id_[:11]], *id_[12:].split("-", 1), *shown.split(" ")) for id_, shown in figures_of.items()} == GOLD_FINDINGS
    xiangzhou = next(id_ for id_, name in source.items() if "001_e5c4" in name)
    assert {outcome(db, code, xiangzhou) for code in CODES[:2] + CODES[4:6]} == {"not_assessable"}
    assert outcome(db, "applications_row_total", xiangzhou) == "not_assessable"
    pairs = db.execute("select outcome, count(*) from check_results where check_code = 'carried_over_between_years' group by 1")
    assert dict(pairs.fetchall()) == {"pass": 3, "not_assessable": 9}


SEED_FINDINGS = {
    ("350582-canlian-2020", "signed_before_period_end", None, None, "2020-01-09", "report"),
    ("231000-zhengfuban-2019", "section_heading_wrong", None, None, "三、本年度办理结果", "report"),
    ("231000-zhengfuban-2019", "claim_handled", "handled", "total", "19", "report"),
    ("340603-canlian-2020", "claim_parts_sum", None, None, "158", "report"),
}
COLLECTION_FINDINGS = SEED_FINDINGS | {
    ("320813-zhengfu-2023", "edition_out_of_date", None, None, "2019", "report"),  # 其他处理 in one row
    ("350128-guanweihui-2020", "jump", "licensing", "decisions", "2278", "undecided"),  # 181 the year before
    ("320813-zhengfu-2023", "review_litigation_total", "reconsideration", "total", "0", "report"),
    ("320813-zhengfu-2023", "review_litigation_total", "litigation_after_reconsideration", "total", "0", "report"),
    ("350128-guanweihui-2020", "applications_handled_sum", "handled", "natural_person", "20", "report"),
    ("350128-guanweihui-2020", "applications_handled_sum", "handled", "total", "21", "report"),
    ("310000-kewei-2024", "claim_parts_sum", None, None, "2139", "reading"),
    ("350128-guanweihui-2022", "claim_received", "received", "total", "75", "reading"),  # with the one carried in
    ("350128-guanweihui-2022", "claim_received", "received", "natural_person", "72", "reading"),
}


@pytest.mark.parametrize(
    ("folder", "expected"),
    [(SHARED / "seeds/docs", SEED_FINDINGS), (ROOT / "data/reports", COLLECTION_FINDINGS)],
    ids=["seeds", "collection"],
)
def test_the_built_portal_finds_what_is_wrong_and_nothing_else(folder: Path, expected: set[Any], tmp_path: Path) -> None:
    for needed in (folder, ROOT / "build.py"):
        if not needed.exists():
            pytest.skip(f"{needed.name} is not here")
    path = tmp_path / "portal.db"
    subprocess.run([sys.executable, "build.py", str(folder), "--db", str(path)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(path)
    assert set(db.execute("select report_id, check_code, item, measure, printed, verdict from findings")) == expected
    blank = "420607-minzhengju-2020"
    assert {outcome(db, code, blank) for code in CODES[:3]} == {"not_assessable"}


def test_one_contradiction_is_one_finding() -> None:
    """A count in the text beside a table of zeros: two checks see the same two numbers, one tells them, the other says that it was told."""
    zeros = dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0)
    claim = {"kind": "reconsideration", "value": 2, "unit": "件", "sentence": "全年被申请行政复议2件", "char_start": 5, "char_end": 16}
    rows = [{"procedure": procedure, **zeros} for procedure in PROCEDURES]
    db = judged({"review_litigation": rows, "claims": [claim | {"value_start": 14, "value_end": 15}]})
    found = db.execute("select check_code from findings where printed = '2' and expected in ('0', '0.0')").fetchall()
    assert found == [("all_zero_but_narrative_counts",)]
    assert outcome(db, "claim_reconsideration", "sample-2021") == "not_assessable"


def test_a_message_quotes_both_sentences_that_contradict_each_other() -> None:
    said = ["办理行政复议案件1宗。", "本年没有行政复议。"]
    claims = [
        {"kind": "reconsideration", "value": value, "sentence": sentence, "char_start": start, "char_end": start + len(sentence)}
        for value, sentence, start in zip((1, 0), said, (5, 90), strict=True)
    ]
    (message,) = judged({"claims": claims}).execute("select message from findings where check_code = 'claim_repeated_differs'").fetchone()
    assert all(sentence in message for sentence in said)
