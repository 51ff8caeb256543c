"""Defects that take what a database knows of bodies and retrievals, planted in sound reports at places drawn by a seed.

The others go through documents: test_planted_*.py.
"""

from __future__ import annotations

from contextlib import closing
from random import Random
from typing import Any

import pytest

from portal.checks.run import run_checks
from tests.support.examples import APPLICANTS, Figures, new_database, sound_figures, together, whole_report, write

SEEDS = range(6)
Tables = dict[str, list[dict[str, Any]]]


def two_years(random: Random, form: str) -> Tables:
    """Two sound years of one agency on one form, 2019 and 2020 or, on the newer form, 2021 and 2022."""
    before = sound_figures(form, [0] * 6, lambda: random.randint(4, 40))
    carried = [int(before["applications", "carried_out", applicant] or 0) for applicant in APPLICANTS]
    now: Figures = sound_figures(form, carried, lambda: random.randint(4, 40), before)
    first = 2019 if form == "2019" else 2021
    tables = together(whole_report(f"sample-{first + n}", form, figures) for n, figures in enumerate((before, now)))
    for n, row in enumerate(tables["reports"]):
        row["published_on"] = f"{first + n + 1}-01-21"
    return tables


def fired(tables: Tables) -> set[tuple[str, str]]:
    """(check, verdict) of every finding."""
    with closing(new_database()) as db:
        write(db, tables)
        run_checks(db)
        return set(db.execute("select check_code, verdict from findings").fetchall())


def body(tables: Tables, **about: Any) -> Tables:
    for row in tables["agencies"]:
        row.update(about)
    return tables


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_nothing_is_found_in_the_sound_reports(form: str, seed: int) -> None:
    assert fired(two_years(Random(seed), form)) == set()


# -- who may make rules, and by when a report is due

NO_RULES = [
    {"level": "county", "kind": "government", "name": "样例县人民政府"}, {"level": "township", "kind": "government", "name": "样例镇人民政府"},
    {"level": "county", "kind": "department", "name": "样例县样例局"}, {"level": "prefecture", "kind": "department", "name": "样例市样例局"},
    {"level": "province", "kind": "department", "name": "样例省样例厅"}, {"level": "prefecture", "kind": "organisation", "name": "样例市样例会"},
]  # fmt: skip
MAY = [
    {"level": "prefecture", "kind": "government", "name": "样例市人民政府"}, {"level": "prefecture", "kind": "government", "name": "样例自治州人民政府"},
    {"level": "province", "kind": "government", "name": "样例省人民政府"}, {"level": "national", "kind": "department", "name": "样例部"},
]  # fmt: skip


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("about", NO_RULES + MAY, ids=lambda about: f"{about['name']}")
def test_rules_of_bodies_that_may_make_none(about: dict[str, str], form: str) -> None:
    found = fired(body(two_years(Random(form), form), **about))
    verdicts = {verdict for code, verdict in found if code == "rules_beyond_power"}
    assert {code for code, _ in found} <= {"rules_beyond_power"}
    assert verdicts == (set() if about in MAY else {"report", "undecided"})  # 公开 and 废止 may be of others' rules


@pytest.mark.parametrize("level", ["province", "prefecture", "county"])
@pytest.mark.parametrize(("kind", "name", "last", "late"), [
    ("department", "样例样例局", "01-31", "02-01"), ("government", "样例人民政府", "03-31", "04-01"), ("department", "样例人民政府办公室", "03-31", "04-01"),
])  # fmt: skip
def test_a_day_after_the_deadline(kind: str, name: str, last: str, late: str, level: str) -> None:
    random = Random(name + level)
    for published, found in ((last, False), (late, True), (f"{random.randint(4, 12):02}-{random.randint(2, 28):02}", True)):
        tables = body(two_years(random, random.choice(["2019", "2021"])), kind=kind, level=level, name=name)
        row = tables["reports"][-1]
        row["published_on"] = f"{int(row['id'][-4:]) + 1}-{published}"
        assert fired(tables) - {("rules_beyond_power", "report"), ("rules_beyond_power", "undecided")} == (
            {("published_late", "report")} if found else set()
        )


# -- bodies below


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("item", ["received", "carried_in", "handled", "carried_out"])
def test_bodies_below_that_do_not_add_up(item: str, seed: int) -> None:
    """Whose report says that it sums them up."""
    random = Random(f"{item}{seed}")
    for off in (0, random.choice([-2, -1, 1, 9])):
        tables = two_years(random, random.choice(["2019", "2021"]))
        report = tables["reports"][-1]
        tables["source_texts"][-1]["text"] += "本报告汇总各部门的报告编成。"
        total = next(r["total"] for r in tables["applications"] if r["report_id"] == report["id"] and r["item"] == item)
        first = random.randint(0, int(total))
        for number, share in enumerate((first, total - first + off)):
            code = f"below{number}"
            tables["agencies"].append({"code": code, "name": code, "kind": "department", "level": "prefecture", "parent": "sample"})
            below_id = f"{code}-{report['id'][-4:]}"
            tables["reports"].insert(0, {"id": below_id, "agency": code, "edition": report["edition"], "status": "partial"})
            tables["applications"].insert(0, {"report_id": below_id, "item": item, "total": share})
        found = {one for one in fired(tables) if one[0] == "children_sum"}
        assert found == ({("children_sum", "undecided")} if off else set())


# -- several documents of one report


def second_document(random: Random, tables: Tables, address: str | None) -> None:
    """Another document with one figure otherwise."""
    report_id = tables["reports"][-1]["id"]
    tables["source_texts"][-1] |= {"url": address, "retrieved_on": "2021-02-01"}
    other = {"id": "second", "report_id": report_id, "text": "另一份", "url": address, "retrieved_on": "2022-02-01"}
    tables["source_texts"].append(other)
    section = random.choice(["applications", "review_litigation"])
    item = random.choice(["received", "handled", "carried_out"] if section == "applications" else ["reconsideration", "litigation_direct"])
    about = {"report_id": report_id, "code": "sources_differ", "section": section, "item": item, "measure": "total"}
    ends = {"char_start": 0, "char_end": 2}
    tables["reading_notes"] = [about | ends, about | ends | {"source_id": "second"}]


SECOND: list[tuple[str | None, set[str]]] = [(None, set()), ("https://example.org/a", {"revised_after_publication"})]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("address", "besides"), SECOND, ids=["elsewhere", "one address"])
def test_a_second_document_with_another_figure(address: str | None, besides: set[str], seed: int) -> None:
    random = Random(seed)
    tables = two_years(random, random.choice(["2019", "2021"]))
    second_document(random, tables, address)
    assert {code for code, _ in fired(tables)} == {"sources_disagree"} | besides
