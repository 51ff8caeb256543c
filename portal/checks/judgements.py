"""What people concluded of findings (data/judgements.csv): which rest on a sentence compared with the original, and what each page says.

A line names a finding by report, check, section, item, measure and what is printed. `true` says whether the finding is right, `why` what
was seen, `why_en` the same in English; `judged_by` and `judged_on` are who looked and when, empty where that was not recorded; `answer` is what the
agency said, with its date (`answered_on`) and link (`answer_url`).
"""

from __future__ import annotations

import csv
import sqlite3
from functools import cache
from pathlib import Path

from portal.data import DATA

JUDGEMENTS = DATA / "judgements.csv"
Named = tuple[str, ...]
NAMED = ("report", "check", "section", "item", "measure", "printed")
JUDGED = ("judged_by", "judged_on")
ANSWER = ("answer", "answered_on", "answer_url")
CONCLUSIONS = {"true": "confirmed", "false": "refuted"}
OPEN = "open"  # of an undecided finding a person can say that the figures are so, not that they contradict each other


@cache
def judgements(path: Path = JUDGEMENTS) -> tuple[dict[str, str], ...]:
    """The lines of the file. Raises ValueError naming a line that concludes nothing, or of whose answer date or link is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    for number, row in enumerate(rows, start=2):
        if row["true"] not in CONCLUSIONS:
            raise ValueError(f"{path.name}, line {number}: `true` is true or false, not “{row['true']}”")
        if len({bool(row[name]) for name in ANSWER}) > 1:
            raise ValueError(f"{path.name}, line {number}: an answer has its words, its date and its link; fill in {', '.join(ANSWER)}")
    return rows


def named(row: dict[str, str]) -> Named:
    """What a line names its finding by."""
    return tuple(row[name] for name in NAMED)


def compared_with_original() -> frozenset[Named]:
    """The findings in transcriptions for which a person held the sentence against the original and found it there."""
    return frozenset(named(row) for row in judgements() if row["original"] and row["true"] == "true")


def write_judgements(db: sqlite3.Connection) -> None:
    """Fill `judgements`: a row for each finding that a line names; of several lines on one finding the last counts. A check of which
    all findings in a report were refuted has found nothing there."""
    sql = """select report_id, check_code, coalesce(section, ''), coalesce(item, ''), coalesce(measure, ''), coalesce(printed, ''),
                    id, verdict from findings"""
    found: dict[Named, list[tuple[str, str]]] = {}
    for *place, finding, verdict in db.execute(sql):
        found.setdefault(tuple(place), []).append((finding, verdict))
    rows = [
        (finding, _conclusion(row, verdict), row["why"], row["why_en"] or None, *(row[name] or None for name in (*JUDGED, *ANSWER)))
        for row in judgements()
        for finding, verdict in found.get(named(row), ())
    ]
    db.executemany("insert or replace into judgements values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.execute(
        """update check_results set outcome = iif(not_judged, 'not_assessable', 'pass')
            where outcome = 'fail' and (report_id, check_code) not in (
              select report_id, check_code from findings where id not in (select finding_id from judgements where conclusion = 'refuted'))"""
    )


def _conclusion(row: dict[str, str], verdict: str) -> str:
    concluded = CONCLUSIONS[row["true"]]
    return OPEN if concluded == "confirmed" and verdict == "undecided" else concluded
