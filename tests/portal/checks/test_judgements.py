"""What was found in real documents was looked at by hand, and docs/checks.md counts what came of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bench import catalogue
from parsers import read_report
from portal.build.agencies import Agencies
from portal.build.source import source_of
from portal.build.write import create, write_sources
from portal.checks import judgements, run
from portal.checks.counts import count_findings
from portal.checks.run import run_checks
from tests.support.examples import PROCEDURES, new_database, write
from tests.support.paths import ROOT, SHARED

FOLDERS = {
    "corpus": SHARED / "corpus/docs",
    "seeds": SHARED / "seeds/docs",
    "collection": ROOT / "data/reports",
    "samples": ROOT / "tests/samples",
}


def test_the_page_is_in_step_with_the_catalogue_and_the_judgements() -> None:
    assert catalogue.PAGE.read_text(encoding="utf-8") == catalogue.page(), "run: python -m bench catalogue"


def test_no_finding_without_a_caution_was_false() -> None:
    rows = judgements.judgements()
    assert {row["true"] for row in rows} == {"true", "false"} and all(row["why"] and row["why_en"] for row in rows)
    assert [row for row in rows if row["verdict"] == "report" and row["true"] == "false"] == []


@pytest.mark.parametrize("documents", sorted(FOLDERS))
def test_every_finding_without_a_caution_was_looked_at(documents: str, tmp_path: Path) -> None:
    """A new finding of verdict report: open the document, and add its line to data/judgements.csv with what you saw."""
    if not FOLDERS[documents].exists():
        pytest.skip("../shared with the collected documents is not here")
    path = tmp_path / "portal.db"
    build = [sys.executable, "build.py", str(FOLDERS[documents]), "--db", str(path)]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    found = sqlite3.connect(path).execute(
        "select check_code, coalesce(section, ''), coalesce(item, ''), coalesce(measure, ''), coalesce(printed, '') from findings"
        " where verdict = 'report'"
    )
    columns = ("check", "section", "item", "measure", "printed")
    known = {tuple(row[column] for column in columns) for row in judgements.judgements() if row["documents"] == documents}
    assert set(found) <= known


@pytest.mark.parametrize(("report", "check"), [("231000-zhengfuban-2019", "claim_handled")])
def test_a_transcribers_sentence_accuses_only_once_compared_with_the_original(
    report: str, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was held against the seeds; without that line the same finding is one of our reading, and findings of the tables stay."""
    data = (ROOT / f"data/reports/{report}.md").read_bytes()
    db = create(":memory:")
    write_sources(db, [source_of("1" * 64, "a.md", read_report(data))], Agencies())
    run_checks(db)
    verdicts = dict(db.execute("select check_code, verdict from findings"))
    assert verdicts[check] == "report"
    monkeypatch.setattr(run, "compared_with_original", frozenset)
    run_checks(db)
    assert dict(db.execute("select check_code, verdict from findings")) == verdicts | {check: "reading"}


def test_what_was_refuted_stays_and_leaves_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    db = new_database()
    row = {"upheld": 2, "corrected": 1, "other": 0, "pending": 0, "total": 0}
    write(db, {"review_litigation": [{"procedure": procedure, **row} for procedure in PROCEDURES]})
    counts = (
        "select findings, failed, outcome from reports, checks, check_results where code = check_code and code = 'review_litigation_total'"
    )
    place = {
        "report": "sample-2021",
        "check": "review_litigation_total",
        "section": "review_litigation",
        "measure": "total",
        "printed": "0",
    }
    lines = [{**place, "item": item, "true": "false", "why": "样例", "why_en": "", "original": "", "answer": ""} for item in PROCEDURES]
    lines = [{**line, "answered_on": "", "answer_url": "", "judged_by": "", "judged_on": ""} for line in lines]
    run_checks(db)
    assert db.execute(counts).fetchall() == [(8, 1, "fail")]
    for many, counted in ((1, (7, 1, "fail")), (3, (5, 0, "pass"))):
        monkeypatch.setattr(judgements, "judgements", lambda many=many: tuple(lines[:many]))
        run_checks(db)
        assert db.execute(counts).fetchall() == [counted]
        assert db.execute("select count(*) from findings where check_code = 'review_litigation_total'").fetchone() == (3,)
        assert db.execute("select count(*) from judgements where conclusion = 'refuted'").fetchone() == (many,)


def test_what_a_person_left_open_is_in_doubt_as_before() -> None:
    db = new_database()
    row = {"upheld": 2, "corrected": 1, "other": 0, "pending": 0, "total": 0}
    write(db, {"review_litigation": [{"procedure": procedure, **row} for procedure in PROCEDURES]})
    run_checks(db)
    counts = "select findings, in_doubt from reports"
    (findings, _) = db.execute(counts).fetchone()
    for conclusion, in_doubt in (("open", findings), ("confirmed", 0)):
        db.execute("insert or replace into judgements (finding_id, conclusion, why) select id, ?, '' from findings", [conclusion])
        count_findings(db)
        assert db.execute(counts).fetchone() == (findings, in_doubt)


@pytest.mark.parametrize(
    ("line", "why"),
    [("maybe,,,", "line 2: `true` is true or false"), ("true,一句答复,,", "line 2: an answer has its words, its date and its link")],
)
def test_a_line_that_says_too_little_is_named(line: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text("true,answer,answered_on,answer_url\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=why):
        judgements.judgements(path)


@pytest.mark.parametrize("code", ["encoding_restored", "character_lost"])
def test_what_was_repaired_in_the_document_accuses_nobody(code: str) -> None:
    db = new_database()
    row = {"upheld": 2, "corrected": 1, "other": 0, "pending": 0, "total": 0}
    write(db, {"review_litigation": [{"procedure": procedure, **row} for procedure in PROCEDURES]})
    run_checks(db)
    assert set(db.execute("select distinct verdict from findings where check_code = 'review_litigation_total'")) == {("report",)}
    db.execute("insert into reading_notes (report_id, source_id, code, message) values ('sample-2021', 'text-sample-2021', ?, '')", [code])
    run_checks(db)
    assert set(db.execute("select distinct verdict from findings where check_code = 'review_litigation_total'")) == {("reading",)}
