"""Defects planted one at a time in sound reports, at places drawn by a seed: the check that each is for fires, no other accuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from examples import APPLICANTS, Figures, new_database, result_rows, sound_figures, together, whole_report, write

from portal.checks import run_checks

SEEDS = range(6)
Tables = dict[str, list[dict[str, Any]]]
Years = tuple[Figures, Figures, str]
STORY = (
    "{month}月在{place}整理了{count}份{thing}，由两位同志逐条核对后张贴出来。", "{place}的{thing}有{count}处过时，{month}月底全部改正。",
    "附近的居民在{place}试用了{thing}，提出{count}条意见，都已答复。", "{thing}的表格重新编排，印了{count}份放在{place}。",
)  # fmt: skip


def years(random: Random, form: str) -> Years:
    """Two sound years of one agency on one form, 2019 and 2020 or, on the newer form, 2021 and 2022."""
    before = sound_figures(form, [0] * 6, lambda: random.randint(0, 40))
    carried = [int(before["applications", "carried_out", applicant] or 0) for applicant in APPLICANTS]
    return before, sound_figures(form, carried, lambda: random.randint(0, 40), before), form


def written(random: Random, reports: Years) -> Tables:
    """Both reports with their words."""
    before, now, form = reports
    first = 2019 if form == "2019" else 2021
    tables = together(whole_report(f"sample-{first + n}", form, figures) for n, figures in enumerate((before, now)))
    for row in tables["problems"]:
        row["text"] = story(random)
    return tables


def story(random: Random) -> str:
    return "".join(
        random.choice(STORY).format(
            month=random.randint(1, 12), count=random.randint(2, 99), place=random.choice(["大厅", "集市", "学校", "图书馆", "村口", "车站"]),
            thing=random.choice(["办事指南", "收费标准", "补助名单", "招标公告", "值班电话", "地图标注", "报名须知"]) + random.choice("甲乙丙丁戊己庚辛"),
        )
        for _ in range(14)
    )  # fmt: skip


def report_of(tables: Tables, table: str) -> dict[str, Any]:
    """The row of this year's report in a table that has one."""
    return tables[table][-1]


def one_more(random: Random, reports: Years, places: list[tuple[str, str, str]]) -> None:
    place = random.choice(places)
    reports[1][place] = (reports[1][place] or 0) + random.randint(1, 9)


def applicants(*items: str) -> Callable[[Random, Years], None]:
    """A cell of one of these rows is printed too high."""
    return lambda random, reports: one_more(random, reports, [("applications", item, m) for item in items for m in (*APPLICANTS, "total")])


def change(place: tuple[str, str, str], by: Callable[[float], float | None]) -> Callable[[Random, Years], None]:
    def plant(random: Random, reports: Years) -> None:
        reports[1][place] = by(reports[1][place] or 0)

    return plant


def result_of_both(random: Random, reports: Years) -> None:
    row = random.choice(result_rows(reports[2]))
    column = random.choice(APPLICANTS)
    for measure in (column, "total"):
        reports[1]["applications", row, measure] = (reports[1]["applications", row, measure] or 0) + 3


def zero_table(random: Random, reports: Years) -> None:
    reports[1].update({place: 0 for place in reports[1] if place[0] == "review_litigation"})


def repeat(random: Random, reports: Years) -> None:
    section = random.choice(["proactive_disclosure", "review_litigation"])
    reports[1].update({place: value for place, value in reports[0].items() if place[0] == section})


def sources(tables: Tables) -> list[dict[str, Any]]:
    return tables["source_texts"]


def stated_year(tables: Tables, role: str) -> dict[str, Any]:
    """What this year's report states of its period or in its opening."""
    return [row for row in tables["stated_years"] if row["role"] == role][-1]


def other_year(random: Random, tables: Tables) -> None:
    stated_year(tables, "opening")["year"] = random.choice([2016, 2017, 2018])


def other_period(random: Random, tables: Tables) -> None:
    period = stated_year(tables, "period")
    period |= (
        {"ends": period["ends"].replace("12-31", "11-30")} if random.random() < 0.5 else {"begins": "2017-01-01", "ends": "2017-12-31"}
    )


def copied(random: Random, tables: Tables) -> None:
    """From the year before, with other figures."""
    twin = tables["problems"][-2]["text"]
    tables["problems"][-1]["text"] = "".join(str(random.randint(1, 9)) if c.isdigit() else c for c in twin)


def renumbered(random: Random, tables: Tables) -> None:
    headings = tables["headings"][-6:]
    for place, row in enumerate(headings, start=1):
        row |= {
            "number": place,
            "printed": f"{'一二三四五六'[place - 1]}、样例",
            "char_start": 10**7 + place * 10,
            "char_end": 10**7 + place * 10 + 4,
        }
    headings[5] |= {"number": 5, "printed": "五、样例"}


def without(section: str) -> Callable[[Random, Tables], None]:
    def plant(random: Random, tables: Tables) -> None:
        report_id = tables["reports"][-1]["id"]
        for table in (section, "headings"):
            tables[table] = [r for r in tables[table] if r["report_id"] != report_id or (table == "headings" and r["section"] != section)]

    return plant


def change_row(table: str, **new: Any) -> Callable[[Random, Tables], None]:
    return lambda random, tables: report_of(tables, table).update(new)


def claim(kind: str, value: float, section: str = "overview", **more: Any) -> dict[str, Any]:
    place = {"char_start": 3, "char_end": 9, "value_start": 4, "value_end": 5}
    return {"kind": kind, "value": value, "unit": "件", "section": section, "sentence": "样例说到若干件"} | place | more


def says(*claims: dict[str, Any]) -> Callable[[Random, Tables], None]:
    def plant(random: Random, tables: Tables) -> None:
        tables["claims"] = [{"report_id": tables["reports"][-1]["id"]} | row for row in claims]

    return plant


def wrong_change(random: Random, tables: Tables) -> None:
    rows = {row["report_id"]: row for row in tables["applications"] if row["item"] == "received"}
    before, now = (rows[report["id"]]["total"] for report in tables["reports"][-2:])
    says(claim("received", now, change=now - before + random.randint(1, 9), change_unit="件"))(random, tables)


def second_document(address: str | None) -> Callable[[Random, Tables], None]:
    def plant(random: Random, tables: Tables) -> None:
        report_id = tables["reports"][-1]["id"]
        sources(tables)[-1] |= {"url": address, "retrieved_on": "2021-02-01"}
        sources(tables).append({"id": "second", "report_id": report_id, "text": "另一份", "url": address, "retrieved_on": "2022-02-01"})
        item = random.choice(["received", "handled", "carried_out"])
        about = {"report_id": report_id, "code": "sources_differ", "section": "applications", "item": item, "measure": "total"}
        ends = {"char_start": 0, "char_end": 2}
        tables["reading_notes"] = [about | ends, about | ends | {"source_id": "second"}]

    return plant


def below(random: Random, tables: Tables) -> None:
    """Two bodies below, whose reports do not add up to the one that says it sums them up."""
    report = tables["reports"][-1]
    sources(tables)[-1]["text"] += "本报告汇总各部门的报告编成。"
    received = next(r["total"] for r in tables["applications"] if r["report_id"] == report["id"] and r["item"] == "received")
    for number, share in enumerate((received, random.randint(1, 9))):
        code = f"below{number}"
        tables["agencies"].append({"code": code, "name": code, "kind": "department", "level": "prefecture", "parent": "sample"})
        below_id = f"{code}-{report['id'][-4:]}"
        tables["reports"].insert(0, {"id": below_id, "agency": code, "edition": report["edition"], "status": "partial"})
        tables["applications"].insert(0, {"report_id": below_id, "item": "received", "total": share})


def body(**about: Any) -> Callable[[Random, Tables], None]:
    return lambda random, tables: [row.update(about) for row in tables["agencies"]] and None


# check → what is done to the figures, or to the written tables; which other checks rightly fire too
FIGURES: dict[str, tuple[Callable[[Random, Years], None], set[str]]] = {
    "applications_balance": (applicants("received"), {"applications_row_total"}),
    "applications_handled_sum": (result_of_both, set()),
    "applications_row_total": (applicants("carried_out"), {"applications_balance"}),
    "review_litigation_total": (change(("review_litigation", "litigation_direct", "total"), lambda v: v + 2), set()),
    "total_not_published": (change(("review_litigation", "reconsideration", "total"), lambda v: None), set()),
    "negative_or_fraction": (change(("proactive_disclosure", "penalties", "decisions"), lambda v: v + 0.5), set()),
    "carried_over_between_years": (applicants("carried_in"), {"applications_balance", "applications_row_total"}),
    "identical_to_last_year": (repeat, {"in_force_between_years", "prior_items_between_years"}),
    "jump": (change(("proactive_disclosure", "licensing", "decisions"), lambda v: v * 10000 + 9000), set()),
}
FORMS = {
    "in_force_between_years": ("2021", change(("proactive_disclosure", "normative_documents", "in_force"), lambda v: v + 1)),
    "prior_items_between_years": ("2019", change(("proactive_disclosure", "penalties", "prior_items"), lambda v: v + 1)),
}
WORDS: dict[str, tuple[Callable[[Random, Tables], None], set[str]]] = {
    "rules_beyond_power": (body(level="county", name="样例县人民政府"), set()),
    "claim_year_on_year": (wrong_change, set()),
    "children_sum": (below, set()),
    "copied_narrative": (copied, set()),
    "section_missing": (without("other_matters"), set()),
    "section_heading_wrong": (change_row("headings", section=None, expected="other_matters"), set()),
    "section_misnumbered": (renumbered, set()),
    "period_not_the_year": (other_period, set()),
    "wrong_year_in_text": (other_year, set()),
    "signed_before_period_end": (change_row("reports", signed_on="2018-01-09"), set()),
    "published_late": (lambda random, t: t["reports"][-1].update(published_on=f"{int(t['reports'][-1]['id'][-4:]) + 1}-04-02"), set()),
    "problems_empty": (change_row("problems", text="无"), set()),
    "other_matters_fee_conflict": (
        says(claim("fees_charged", 30), claim("fees_charged", 40, "other_matters")), {"claim_repeated_differs"},
    ),
    "sources_disagree": (second_document(None), set()),
    "revised_after_publication": (second_document("https://example.org/a"), {"sources_disagree"}),
}  # fmt: skip


def fired(tables: Tables) -> set[tuple[str, str]]:
    """(check, verdict) of every finding."""
    db: sqlite3.Connection = new_database()
    write(db, tables)
    run_checks(db)
    return set(db.execute("select check_code, verdict from findings").fetchall())


def outdated(found: set[tuple[str, str]]) -> set[str]:
    return {code for code, _ in found}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_nothing_is_found_in_the_sound_reports(form: str, seed: int) -> None:
    random = Random(seed)
    assert fired(written(random, years(random, form))) == set()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", sorted(FIGURES))
def test_a_wrong_figure_is_found_by_its_check_and_no_other_accuses(code: str, seed: int) -> None:
    random = Random(f"{code}{seed}")
    reports = years(random, random.choice(["2019", "2021"]))
    plant, others = FIGURES[code]
    plant(random, reports)
    found = {found_code for found_code, _ in fired(written(random, reports))}
    assert code in found and found <= {code} | others


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_stock_that_does_not_follow_is_found(code: str, seed: int) -> None:
    random = Random(f"{code}{seed}")
    form, plant = FORMS[code]
    reports = years(random, form)
    plant(random, reports)
    assert fired(written(random, reports)) == {(code, "report")}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", sorted(WORDS))
def test_a_wrong_word_is_found_by_its_check_and_no_other_accuses(code: str, seed: int) -> None:
    random = Random(f"{code}{seed}")
    tables = written(random, years(random, random.choice(["2019", "2021"])))
    plant, others = WORDS[code]
    plant(random, tables)
    found = {found_code for found_code, _ in fired(tables)}
    assert code in found and found <= {code} | others


@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_of_zeros_beside_a_count_is_found(seed: int) -> None:
    random = Random(seed)
    reports = years(random, "2021")
    zero_table(random, reports)
    tables = written(random, reports)
    says(claim("reconsideration", random.randint(1, 9)))(random, tables)
    found = {code for code, _ in fired(tables)}
    assert found == {"all_zero_but_narrative_counts", "claim_reconsideration"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_old_form_is_found_in_a_report_after_it(seed: int) -> None:
    random = Random(seed)
    tables = whole_report(f"sample-{random.randint(2021, 2024)}", "2019", years(random, "2019")[0])
    assert fired(tables) == {("edition_out_of_date", "report")}
