"""Real narratives: how much of them is certain, whom they accuse over their own tables, and what they tell of a cell that was altered.

Nothing here is about how a document is read: the tables are as read, and then one cell that the narrative states is changed.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.documents import COLLECTED, ROOT
from bench.measure import table
from parsers import read_report
from parsers.model import Document, Identity, Paragraph, Section
from parsers.narrative.certain_claims import understand
from parsers.narrative.numerals import COUNT, MONEY
from parsers.narrative.prose import Stretch, sentences
from parsers.narrative.scope import Scope
from portal.build.agencies import Agencies
from portal.build.source import source_of
from portal.build.write import create, source_id, write_sources
from portal.checks.run import run_checks
from tests.support.sentences import CLAIMED, HELD, YEAR

# Claims of one row's total, and the cell that says the same.
_CELLS = {
    "received": ("applications", "item", "received", "total"), "received_natural_person": ("applications", "item", "received", "natural_person"),
    "received_business": ("applications", "item", "received", "business"), "carried_in": ("applications", "item", "carried_in", "total"),
    "handled": ("applications", "item", "handled", "total"), "carried_out": ("applications", "item", "carried_out", "total"),
    "disclosed": ("applications", "item", "disclosed", "total"), "partly_disclosed": ("applications", "item", "partly_disclosed", "total"),
    "reconsideration": ("review_litigation", "procedure", "reconsideration", "total"),
    "litigation": ("review_litigation", "procedure", "litigation_direct", "total"),
}  # fmt: skip


def run() -> None:
    """Print the shares of certain clauses, and what is found of altered cells."""
    rows = [[name, str(certain), str(figures)] for name, (certain, figures) in counted().items()]
    table(["narratives", "certain clauses with figures", "clauses with figures"], rows)
    if not _documents():
        print("the collected documents (../shared) are not beside this repository")
        return
    db = _database()
    accused = db.execute(
        "select report_id, check_code from findings where verdict = 'report' and check_code like 'claim%' order by 1"
    ).fetchall()
    print(f"accused over their own tables, by a claim: {len(accused)}", *(f"{report} {check}" for report, check in accused), sep="\n  ")
    altered, named, besides = 0, 0, 0
    for report, kind, cell in list(_stated_cells(db)):
        altered += 1
        before = _found(db, report)
        _add(db, report, cell, 3)
        run_checks(db)
        new = _found(db, report) - before
        named += bool(new)
        besides += any(verdict == "report" and check.startswith("claim") and not key.startswith(kind) for check, key, verdict in new)
        _add(db, report, cell, -3)
    print(f"cells altered that the narrative states: {altered}; named by any finding: {named}; accused of something else: {besides}")


def counted() -> dict[str, tuple[int, int]]:
    """How many figures of the prose stand in clauses that are certain, and how many there are, by where the prose is from."""
    found = {}
    if _documents():
        found["../shared, 收集到的文件 · the collected documents"] = _count(_of_files(_documents()))
    found["data/reports, 录入的报告 · the transcribed reports"] = _count(_of_files(sorted((ROOT / "data" / "reports").glob("*.md"))))
    found["tests/sentences.yml, 编写的句子 · made-up sentences"] = _count(_of_sentences())
    return found


def _documents() -> list[Path]:
    return [path for folder in COLLECTED if folder.exists() for path in sorted(folder.iterdir())]


def _of_files(paths: Iterable[Path]) -> Iterator[tuple[Identity, list[Stretch]]]:
    for path in paths:
        report = read_report(path.read_bytes())
        yield report.identity, list(sentences(report.document, report.sections))


def _of_sentences() -> Iterator[tuple[Identity, list[Stretch]]]:
    said = [(group["agency"], group["year"], one["text"]) for group in CLAIMED for one in group["sentences"]]
    said += [(agency, YEAR, text) for held in HELD for agency, text, *_ in (*held.harmless, *held.contradictory)]
    for agency, year, text in said:
        document = Document("text/plain", None, text, (Paragraph(0, len(text)),))
        yield Identity(agency, year, None, None, None), list(sentences(document, [Section("overview", None, 0, len(text))]))


def _count(said: Iterable[tuple[Identity, list[Stretch]]]) -> tuple[int, int]:
    certain = clauses = 0
    for identity, prose in said:
        for section, stretch in prose:
            for sentence in understand(stretch, section, Scope(identity)):
                for at in {
                    _clause(sentence.marked.text, figure.at)
                    for figure in sentence.marked.figures
                    if sentence.marked.text[figure.at] in (COUNT, MONEY)
                }:
                    clauses += 1
                    certain += any(one.start <= at < one.end and one.lost is None for one in sentence.statements)
    return certain, clauses


def _clause(text: str, at: int) -> int:
    """The place of the first figure of the clause that a figure stands in."""
    begin = max(text.rfind(sign, 0, at) for sign in "，,;。:、") + 1
    found = re.compile(r"[#$]").search(text, begin)
    return found.start() if found else at


def _database() -> sqlite3.Connection:
    db = create(":memory:")
    db.row_factory = sqlite3.Row
    files = [(path, path.read_bytes()) for path in _documents()]
    write_sources(db, [source_of(source_id(data), path.name, read_report(data)) for path, data in files], Agencies())
    run_checks(db)
    return db


def _stated_cells(db: sqlite3.Connection) -> Iterator[tuple[str, str, tuple[str, str, str, str]]]:
    """The stated cells that the narrative states with the same number."""
    for kind, cell in _CELLS.items():
        name, column, item, measure = cell
        sql = f"""select distinct claims.report_id from claims join {name} as cells on cells.report_id = claims.report_id and {column} = ?
                   where claims.kind = ? and {measure}_status = 'stated' and {measure} = claims.value and not absolute"""  # noqa: S608, names of the form
        for (report,) in db.execute(sql, [item, kind]).fetchall():
            yield report, kind, cell


def _add(db: sqlite3.Connection, report: str, cell: tuple[str, str, str, str], more: int) -> None:
    name, column, item, measure = cell
    db.execute(f"update {name} set {measure} = {measure} + ? where report_id = ? and {column} = ?", [more, report, item])  # noqa: S608, as above


def _found(db: sqlite3.Connection, report: str) -> set[tuple[str, str, str]]:
    sql = "select check_code, substr(id, length(report_id) + length(check_code) + 3), verdict from findings where report_id = ?"
    return {tuple(row) for row in db.execute(sql, [report])}
