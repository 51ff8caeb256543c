"""A narrative about a sound report contradicts nothing; changed in one number, it contradicts in one place."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest

from parsers.model import Claim
from portal.checks.catalogue import load_checks
from portal.checks.run import run_checks
from tests.support.examples import Figures, Place, new_database, result_rows, sound_figures, together, whole_report, write
from tests.support.sentences import claims_in

OWN = {check.code for check in load_checks() if check.category in ("text", "text_tables")}
REPORT = "sample-2023"
GROUPS = {
    "withheld": "withheld_", "unavailable": "unavailable_", "unprocessed": "unprocessed_", "other": "other",
    "disclosed": "disclosed", "partly_disclosed": "partly_disclosed",
}  # fmt: skip
SLOT = re.compile(r"\{(\w+)\}")


def stated(figures: Figures, edition: str) -> dict[str, int]:
    """The numbers that the narrative gives, by their slot."""

    def total(item: str) -> int:
        return int(figures["applications", item, "total"] or 0)

    def section_2(item: str, *measures: str) -> int:
        return int(next(figures["proactive_disclosure", item, m] for m in measures if ("proactive_disclosure", item, m) in figures) or 0)

    cases = {
        p: int(figures["review_litigation", p, "total"] or 0)
        for p in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    }
    numbers = {item: total(item) for item in ("received", "carried_in", "handled", "carried_out")}
    for group, prefix in GROUPS.items():
        numbers[group] = sum(total(item) for item in result_rows(edition) if item.startswith(prefix))
    numbers |= {"persons": int(figures["applications", "received", "natural_person"] or 0), "again": total("received")}
    numbers |= {"reconsideration": cases.pop("reconsideration"), "litigation": sum(cases.values())}
    numbers |= {"upheld": int(figures["review_litigation", "reconsideration", "upheld"] or 0)}
    numbers |= {"documents": section_2("normative_documents", "issued", "made"), "rules": section_2("rules", "issued", "made")}
    numbers |= {"licences": section_2("licensing", "decisions"), "penalties": section_2("penalties", "decisions")}
    numbers |= {"compulsion": section_2("compulsion", "decisions"), "first": 34, "second": 51, "rest": 15, "whole": 100, "share": 34}
    return numbers


NARRATIVE = """2023年，我局主动公开政府信息{whole}条，其中政策文件{first}条、工作动态{second}条、其他信息{rest}条。
全年制发公文100件，主动公开文件34件，占{share}%。
2023年共收到政府信息公开申请{received}件，上年结转{carried_in}件，办结{handled}件，结转下年度继续办理{carried_out}件。
办结的申请中予以公开{disclosed}件，部分公开{partly_disclosed}件，不予公开{withheld}件，无法提供{unavailable}件，不予处理{unprocessed}件，其他处理{other}件。
按申请人分，自然人{persons}件。
因政府信息公开被申请行政复议{reconsideration}件，结果维持{upheld}件；被提起行政诉讼{litigation}件。
2023年制定规章{rules}件，制定规范性文件{documents}件。
全年作出行政许可决定{licences}件，作出行政处罚决定{penalties}件，采取行政强制措施{compulsion}件。
以上共收到政府信息公开申请{again}件。
"""
# Which checks a number in a slot contradicts when it is changed there.
FIT = {
    "received": {"claim_received", "claim_repeated_differs"}, "again": {"claim_received", "claim_repeated_differs"},
    "persons": {"claim_received"}, "carried_in": {"claim_carried_in"}, "handled": {"claim_handled"}, "carried_out": {"claim_carried_out"},
    **{group: {"claim_outcome"} for group in GROUPS},
    "reconsideration": {"claim_reconsideration"}, "upheld": {"claim_reconsideration"}, "litigation": {"claim_litigation"},
    "rules": {"claim_rules"}, "documents": {"claim_normative_documents"},
    "licences": {"claim_decisions"}, "penalties": {"claim_decisions"}, "compulsion": {"claim_decisions"},
    **{slot: {"claim_parts_sum"} for slot in ("whole", "first", "second", "rest")}, "share": {"claim_percentage"},
}  # fmt: skip


def rows_of(claims: Sequence[Claim], text: str) -> list[dict[str, Any]]:
    fields = ("kind", "value", "unit", "percent", "change", "change_unit", "doubt", "section", "value_start", "value_end")
    return [
        {name: getattr(claim, name) for name in fields}
        | {"id": number, "report_id": REPORT, "approximate": int(claim.approximate), "absolute": int(claim.absolute)}
        | {"part_of": None if claim.part_of is None else claim.part_of + 1}
        | {"percent_of": None if claim.percent_of is None else claim.percent_of + 1}
        | {"sentence": text[claim.start : claim.end], "char_start": claim.start, "char_end": claim.end}
        for number, claim in enumerate(claims, start=1)
    ]


def judged(figures: Figures, edition: str, text: str, *more: dict[str, list[dict[str, Any]]]) -> sqlite3.Connection:
    db = new_database()
    write(db, together([whole_report(REPORT, edition, figures), {"claims": rows_of(claims_in(text), text)}, *more]))
    run_checks(db)
    return db


def found(db: sqlite3.Connection) -> set[str]:
    """The checks of the text that found something."""
    return {code for (code,) in db.execute("select check_code from findings") if code in OWN}


def a_report(seed: int) -> tuple[Figures, str, dict[str, int]]:
    pick = random.Random(seed)
    edition = pick.choice(["2019", "2021"])
    figures = sound_figures(edition, [pick.randint(1, 9) for _ in range(6)], lambda: pick.randint(1, 30))
    return figures, edition, stated(figures, edition)


def told(numbers: dict[str, int]) -> str:
    return SLOT.sub(lambda match: str(numbers[match[1]]), NARRATIVE)


@pytest.mark.parametrize("seed", range(6))
def test_a_sound_narrative_is_judged_and_contradicts_nothing(seed: int) -> None:
    figures, edition, numbers = a_report(seed)
    db = judged(figures, edition, told(numbers))
    assert found(db) == set()
    passed = {code for (code,) in db.execute("select check_code from check_results where outcome = 'pass'")}
    assert OWN - passed == {"claim_absolute", "claim_indicators"}


@pytest.mark.parametrize("slot", sorted(FIT))
def test_a_changed_number_of_the_narrative_is_found_by_the_fitting_checks_only(slot: str) -> None:
    for seed in range(4):
        figures, edition, numbers = a_report(seed)
        text = told(numbers | {slot: numbers[slot] + random.Random(seed).choice([1, 2, 40])})
        db = judged(figures, edition, text)
        assert found(db) == FIT[slot], text
        assert {verdict for (verdict,) in db.execute("select verdict from findings where check_code like 'claim%'")} <= {
            "report",
            "reading",
        }
        ranges = db.execute(
            "select finding_cells.section, char_start, char_end from finding_cells join findings on findings.id = finding_id"
            " where check_code like 'claim%' and finding_cells.section = 'overview'"
        ).fetchall()
        assert ranges and all(text[start:end].endswith("。") for _, start, end in ranges)


TABLE_CELLS: list[tuple[Place, set[str]]] = [
    (("applications", "received", "total"), {"claim_received"}),
    (("applications", "received", "natural_person"), {"claim_received"}),
    (("applications", "carried_in", "total"), {"claim_carried_in"}),
    (("applications", "handled", "total"), {"claim_handled"}),
    (("applications", "carried_out", "total"), {"claim_carried_out"}),
    (("applications", "withheld_process", "total"), {"claim_outcome"}),
    (("applications", "disclosed", "total"), {"claim_outcome"}),
    (("review_litigation", "reconsideration", "total"), {"claim_reconsideration"}),
    (("review_litigation", "litigation_direct", "total"), {"claim_litigation"}),
    (("proactive_disclosure", "licensing", "decisions"), {"claim_decisions"}),
]


@pytest.mark.parametrize(("place", "checks"), TABLE_CELLS, ids=["-".join(place) for place, _ in TABLE_CELLS])
def test_a_changed_cell_of_the_table_is_found_by_its_equations_and_by_the_claim_about_it(place: Place, checks: set[str]) -> None:
    for seed in range(3):
        figures, edition, numbers = a_report(seed)
        db = judged(figures | {place: (figures[place] or 0) + 3}, edition, told(numbers))
        assert found(db) == checks
        marked = db.execute("select count(*) from finding_cells where (section, item, measure) = (?, ?, ?)", place).fetchone()[0]
        assert marked >= len(checks)
        arithmetic = {code for (code,) in db.execute("select check_code from findings")} - OWN
        sums = {"applications_balance", "applications_handled_sum", "applications_row_total", "review_litigation_total"}
        assert bool(arithmetic & sums) == (place[0] != "proactive_disclosure")


@pytest.mark.parametrize("place", [place for place, _ in TABLE_CELLS[2:]], ids=lambda place: "-".join(place))
def test_a_blank_cell_is_no_contradiction_and_an_inferred_one_leaves_it_undecided(place: Place) -> None:
    section, item, measure = place
    figures, edition, numbers = a_report(1)
    assert found(judged(figures | {place: None}, edition, told(numbers))) == set()
    note = {"report_id": REPORT, "code": "inferred", "message": "applications_row_total"}
    note |= {"section": section, "item": item, "measure": measure}
    db = new_database()
    text = told(numbers)
    tables = whole_report(REPORT, edition, figures | {place: (figures[place] or 0) + 3})
    write(db, together([tables, {"claims": rows_of(claims_in(text), text), "reading_notes": [note]}]))
    name = {"applications": "item", "review_litigation": "procedure"}.get(section)
    if name:
        db.execute(f"update {section} set {measure}_status = 'inferred' where {name} = ?", [item])  # noqa: S608, the form's names
    else:
        db.execute("update proactive_disclosure set status = 'inferred' where (item, measure) = (?, ?)", [item, measure])
    run_checks(db)
    assert found(db)
    assert {verdict for (verdict,) in db.execute("select verdict from findings where check_code like 'claim%'")} == {"undecided"}


ABSOLUTES: list[tuple[str, Place]] = [
    ("2023年我局未收到政府信息公开申请。", ("applications", "received", "total")),
    ("2023年没有上年结转的政府信息公开申请。", ("applications", "carried_in", "total")),
    ("2023年收到政府信息公开申请7件，已全部办结。", ("applications", "carried_out", "total")),
    ("全年无结转下年度办理的申请。", ("applications", "carried_out", "total")),
    ("2023年未发生因政府信息公开引起的行政复议。", ("review_litigation", "reconsideration", "total")),
    ("2023年没有发生因政府信息公开引起的行政诉讼。", ("review_litigation", "litigation_after_reconsideration", "total")),
    ("因政府信息公开被申请行政复议2件，均获维持。", ("review_litigation", "reconsideration", "corrected")),
    ("2023年未制定规范性文件。", ("proactive_disclosure", "normative_documents", "issued")),
    ("2023年未实施行政强制措施。", ("proactive_disclosure", "compulsion", "decisions")),
]


@pytest.mark.parametrize(("text", "place"), ABSOLUTES, ids=[text for text, _ in ABSOLUTES])
def test_none_and_all_are_held_against_the_table(text: str, place: Place) -> None:
    zeros = sound_figures("2021", [0] * 6, lambda: 0)
    if "均获维持" in text:
        zeros |= {("review_litigation", "reconsideration", m): 2 for m in ("upheld", "total")}
    if "申请7件" in text:
        zeros |= {("applications", "received", "total"): 7}
    db = judged(zeros, "2021", text)
    assert found(db) == set()
    assert db.execute("select outcome from check_results where check_code = 'claim_absolute'").fetchone() == ("pass",)
    assert found(judged(zeros | {place: 3}, "2021", text)) == {"claim_absolute"}


def test_no_fee_and_a_fee_contradict() -> None:
    zeros = sound_figures("2021", [0] * 6, lambda: 0)
    assert found(judged(zeros, "2021", "2023年未收取信息处理费。\n全年收取信息处理费350元。")) == {"claim_absolute"}
    assert found(judged(zeros, "2021", "2023年未收取信息处理费。\n全年收取信息处理费0元。")) == set()


@pytest.mark.parametrize(
    ("text", "received", "verdict"),
    [
        ("2023年收到政府信息公开申请30余件。", 34, None),
        ("2023年收到政府信息公开申请约30件。", 28, None),
        ("2023年收到政府信息公开申请近30件。", 80, "reading"),
        ("通过网站收到政府信息公开申请3件。", 12, None),  # perhaps only some
        ("通过网站收到政府信息公开申请13件。", 12, "report"),  # some of them are more than all
        ("2023年收到政府信息公开申请13件。", 12, "report"),
        ("2023年收到政府信息公开申请15件。", 12, "reading"),  # with the three carried in
    ],
)
def test_what_is_about_or_perhaps_a_part_leaves_room(text: str, received: int, verdict: str | None) -> None:
    figures = sound_figures("2021", [3, 0, 0, 0, 0, 0], lambda: 0) | {("applications", "received", "total"): float(received)}
    db = judged(figures, "2021", text)
    assert [row[0] for row in db.execute("select verdict from findings where check_code = 'claim_received'")] == (
        [verdict] if verdict else []
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("主动公开信息60条，其中A类20条、B类30条、其他10条。", None),
        ("主动公开信息60条，其中A类20条、B类30条、其他9条。", "report"),
        ("主动公开信息60条，其中A类20条、B类41条。", "reading"),
        ("主动公开信息60条，其中A类20条、B类38条。", "reading"),  # 其中 need not list them all
        ("主动公开信息60条，其中A类2条、B类3条。", None),
        ("收到政府信息公开申请15件。自然人申请12件，其中予以公开8件、不予公开3件。", "reading"),  # and another result, perhaps
        ("主动公开信息60条，其中包括：A类2条，B类3条。", None),  # 包括 need not list them all
        ("主动公开信息60条，分为：A类2条，B类3条。", "report"),
        ("主动公开信息500条，其中网站300条、微信公众号250条。", "reading"),  # one item may be on both
        ("主动公开信息60条，其中A类20条，B类若干条，其他9条。", None),
        ("主动公开信息约60条，其中A类20条、其他9条。", None),
        ("收到政府信息公开申请16件，其中网上10件、信函6件；其中自然人9件、企业7件。", None),
    ],
)
def test_parts_are_added_up_where_they_are_said_to_be_all(text: str, verdict: str | None) -> None:
    db = judged(sound_figures("2021", [0] * 6, lambda: 0), "2021", text)
    assert [row[0] for row in db.execute("select verdict from findings where check_code = 'claim_parts_sum'")] == (
        [verdict] if verdict else []
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("收到政府信息公开申请18件，办结17件，办结率94.4%。", None),
        ("收到政府信息公开申请18件，办结17件，办结率95.4%。", "report"),
        ("收到政府信息公开申请18件，办结17件，办结率100%。", "reading"),  # of those that were due
        ("收到政府信息公开申请9件，予以公开6件，占66.6%。", None),  # cut, not rounded
        ("收到政府信息公开申请9件，予以公开6件，占69%；不予公开3件，占33.3%。", "report"),
        ("通过网站公开信息60条，通过微信公开信息40条，占40%。", None),  # of both together
    ],
)
def test_percentages_follow_from_the_counts(text: str, verdict: str | None) -> None:
    figures = dict.fromkeys(sound_figures("2021", [0] * 6, lambda: 0))
    db = judged(figures, "2021", text)
    assert [row[0] for row in db.execute("select verdict from findings where check_code = 'claim_percentage'")] == (
        [verdict] if verdict else []
    )


def test_a_rate_is_held_against_the_table() -> None:
    figures = sound_figures("2021", [0] * 6, lambda: 0)
    figures |= {("applications", "received", "total"): 20, ("applications", "handled", "total"): 19}
    text = "2023年政府信息公开申请办结率为{}%。"
    assert found(judged(figures, "2021", text.format(95))) == set()
    assert found(judged(figures, "2021", text.format(90))) == {"claim_percentage"}
