"""The checks fire on what they should and on nothing else, and a blank is never a pass."""

from __future__ import annotations

import re

import pytest

from portal.checks.catalogue import CATEGORIES, SEVERITIES, Check, in_english, load_checks, reasons
from portal.checks.run import run_checks
from tests.support.examples import (
    PROCEDURES,
    as_rows,
    sound_figures,
    together,
    whole_report,
)
from tests.support.judged import BEFORE, NOW, found, judged, outcome, verdicts
from tests.support.paths import ROOT


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


def test_a_share_is_held_against_its_group_only_where_every_row_of_it_was_read() -> None:
    """不予公开的占90%, where one of the reasons' rows is no row of the database."""
    whole = whole_report(NOW, "2021", sound_figures("2021", [0] * 6, lambda: 1))
    share = {"claims": [{"report_id": NOW, "kind": "withheld", "value": None, "percent": 90.0}]}
    assert (NOW, "claim_percentage", "table-share-withheld-90") in found(judged(together([whole, share])))
    lacking = whole | {"applications": [row for row in whole["applications"] if row["item"] != "withheld_process"]}
    db = judged(together([lacking, share]))
    assert "claim_percentage" not in {check for _, check, _ in found(db)} and outcome(db, "claim_percentage") == "not_assessable"


@pytest.mark.parametrize(("percent", "named"), [(100.0 * 5 / 29, None), (30.0, "table-share-received_natural_person-30")])
def test_a_share_of_applicants_may_count_those_carried_in(percent: float, named: str | None) -> None:
    rows = [{"item": "received", "natural_person": 4, "total": 20}, {"item": "carried_in", "natural_person": 1, "total": 9}]
    rows += [{"item": "handled", "natural_person": 5, "total": 29}]
    claim = {"kind": "received_natural_person", "value": None, "percent": round(percent, 2)}
    groups = {group for _, check, group in found(judged({"claims": [claim], "applications": rows})) if check == "claim_percentage"}
    assert groups == ({named} if named else set())
