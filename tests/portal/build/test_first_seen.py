"""A finding keeps the day on which it was first found, from build to build."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from portal.build.first_seen import date_findings
from tests.support.examples import new_database, write


def built(*findings: str, retrieved: str | None = None) -> sqlite3.Connection:
    db = new_database()
    write(db, {"agencies": [{"code": "sample", "name": "样例局"}], "reports": [{"id": "sample-2021", "agency": "sample"}]})
    db.execute("update source_texts set retrieved_on = ?", [retrieved])
    if retrieved:  # and once more, later
        db.execute("insert into source_texts (id, report_id, path, retrieved_on) values ('again', 'sample-2021', 'again', '2022-12-31')")
    db.execute("pragma foreign_keys = off")
    sql = "insert into findings (id, report_id, check_code, verdict, message, message_en) values (?, 'sample-2021', 'jump', 'report', 'x', 'x')"
    db.executemany(sql, [(finding,) for finding in findings])
    return db


def days(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("select id, first_seen from findings"))


def kept(db: sqlite3.Connection, path: Path) -> Path:
    db.commit()
    with sqlite3.connect(path) as file:
        db.backup(file)
    file.close()
    return path


def test_a_finding_keeps_its_day_and_a_new_one_has_the_builds(tmp_path: Path) -> None:
    first = built("a", "b", retrieved="2022-02-03")
    date_findings(first, "2023-01-01T00:00:00+00:00", tmp_path / "nothing.db")
    assert days(first) == {"a": "2022-02-03", "b": "2022-02-03"}
    second = built("b", "c", retrieved="2022-02-03")
    date_findings(second, "2024-05-06T00:00:00+00:00", kept(first, tmp_path / "portal.db"))
    assert days(second) == {"b": "2022-02-03", "c": "2024-05-06"}
    third = built("b", "c", retrieved="2022-02-03")
    date_findings(third, "2025-05-06T00:00:00+00:00", kept(second, tmp_path / "portal2.db"))
    assert days(third) == days(second)


def test_without_a_day_of_retrieval_a_first_build_dates_by_itself(tmp_path: Path) -> None:
    for published in (None, tmp_path / "none.db"):
        db = built("a")
        date_findings(db, "2023-01-01T00:00:00+00:00", published)
        assert days(db) == {"a": "2023-01-01"}
    damaged = tmp_path / "damaged.db"
    damaged.write_text("no database", encoding="utf-8")
    for retrieved, day in ((None, "2023-01-01"), ("2022-02-03", "2022-02-03")):  # it is as if nothing had been published
        db = built("a", retrieved=retrieved)
        date_findings(db, "2023-01-01T00:00:00+00:00", damaged)
        assert days(db) == {"a": day}
