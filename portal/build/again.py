"""Some reports of a database are made anew: their rows are removed, and those are judged again whose judgement may be another one.

The checks are SQL over whole tables. So that they read no more than they must, they are run on an excerpt: a database in memory that has
the reports to be judged, and with them all that their judgement looks at. The outcome of the former is taken over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from portal.build.write import create
from portal.checks.counts import count_outcomes
from portal.checks.run import judge

_LISTED = "(select value from json_each(?))"
# What may be judged otherwise when reports come, change or go: they, the same agencies' reports of the year after, those of the agencies
# above, and those that share sentences with them.
_CONCERNED = """
select id from reports where id in (select id from changed)
union select after.id from changed join reports as after on after.agency = changed.agency and after.year = changed.year + 1
union select above.id from changed join agencies on agencies.code = changed.agency
        join reports as above on above.agency = agencies.parent and above.year = changed.year
union select report_id from shared_passages where other_report in (select id from changed)
"""
# What judging a report looks at: the report, that of the year before, those of the agencies below, and those it shares sentences with.
_LOOKED_AT = """
select value as id from json_each(:judged)
union select before.id from whole.reports as own join whole.reports as before on before.agency = own.agency and before.year = own.year - 1
       where own.id in (select value from json_each(:judged))
union select below.id from whole.reports as own join whole.agencies as child on child.parent = own.agency
        join whole.reports as below on below.agency = child.code and below.year = own.year
       where own.id in (select value from json_each(:judged))
union select other_report from whole.shared_passages where report_id in (select value from json_each(:judged))
"""
_COUNTED = """
update whole.reports as there set (findings, in_doubt, mistakes) = (select findings, in_doubt, mistakes from main.reports as here where here.id = there.id)
"""
_FOUND = ("finding_cells", "judgements")  # of a finding
_JUDGED = ("check_results", "findings", "lacking_cells")  # of a report; with those of its findings what judging writes
_COMMON = ("regions", "agencies")


def places(db: sqlite3.Connection, reports: Collection[str]) -> list[tuple[str, str | None, int | None]]:
    """The id, agency and year of those of these reports that are there."""
    return db.execute(f"select id, agency, year from reports where id in {_LISTED}", _ids(reports)).fetchall()  # noqa: S608 our own text


def years(db: sqlite3.Connection, reports: Collection[str]) -> set[int]:
    """The years of these reports that are known."""
    sql = f"select distinct year from reports where year is not null and id in {_LISTED}"  # noqa: S608 our own text
    return {year for (year,) in db.execute(sql, _ids(reports))}


def remove(db: sqlite3.Connection, reports: Collection[str]) -> None:
    """Remove all rows of reports, but for the search index's."""
    _remove_judgement(db, "main", reports)
    for table in _tables(db):
        db.execute(f"delete from {table} where report_id in {_LISTED}", _ids(reports))  # noqa: S608 our own tables
    db.execute(f"delete from reports where id in {_LISTED}", _ids(reports))  # noqa: S608 our own text


def concerned(db: sqlite3.Connection, changed: Collection[tuple[str, str | None, int | None]]) -> set[str]:
    """The reports whose judgement may be another one since reports of these ids, agencies and years have come, changed or gone."""
    db.execute("create temp table changed (id text, agency text, year integer)")
    db.executemany("insert into changed values (?, ?, ?)", changed)
    found = {id for (id,) in db.execute(_CONCERNED)}
    db.execute("drop table changed")
    return found


def judge_again(db: sqlite3.Connection, reports: Collection[str]) -> None:
    """Judge reports of a database in a file; all others are as they were judged before."""
    db.commit()
    (file,) = (path for _, name, path in db.execute("pragma database_list") if name == "main")
    excerpt = create(":memory:")
    excerpt.commit()
    excerpt.execute("attach ? as whole", (file,))
    excerpt.executescript("pragma whole.journal_mode = memory; pragma whole.synchronous = off;")
    looked_at = [id for (id,) in excerpt.execute(_LOOKED_AT, {"judged": json.dumps([*reports])})]
    for table in _COMMON:
        excerpt.execute(f"insert into {table} select * from whole.{table}")  # noqa: S608 our own tables
    for table, key in [("reports", "id"), *((table, "report_id") for table in _tables(excerpt) if table not in _JUDGED)]:
        sql = f"insert into {table} select * from whole.{table} where {key} in {_LISTED} order by rowid"  # noqa: S608 our own tables
        excerpt.execute(sql, _ids(looked_at))
    judge(excerpt)
    _remove_judgement(excerpt, "whole", reports)
    for table in _JUDGED:
        excerpt.execute(f"insert into whole.{table} select * from {table} where report_id in {_LISTED} order by rowid", _ids(reports))  # noqa: S608
    for table in _FOUND:
        sql = f"insert into whole.{table} select * from {table} where finding_id in (select id from findings where report_id in {_LISTED}) order by rowid"  # noqa: S608
        excerpt.execute(sql, _ids(reports))
    excerpt.execute(f"{_COUNTED} where id in {_LISTED}", _ids(reports))
    excerpt.commit()
    excerpt.close()
    count_outcomes(db)


def _remove_judgement(db: sqlite3.Connection, of: str, reports: Collection[str]) -> None:
    for table in _FOUND:
        sql = f"delete from {of}.{table} where finding_id in (select id from {of}.findings where report_id in {_LISTED})"  # noqa: S608
        db.execute(sql, _ids(reports))
    for table in _JUDGED:
        db.execute(f"delete from {of}.{table} where report_id in {_LISTED}", _ids(reports))  # noqa: S608 our own tables


def _tables(db: sqlite3.Connection) -> list[str]:
    """The tables whose rows are each of one report."""
    sql = "select m.name from main.sqlite_master as m, pragma_table_info(m.name) as c where m.type = 'table' and c.name = 'report_id' order by 1"
    return [name for (name,) in db.execute(sql) if name not in _FOUND]


def _ids(reports: Collection[str]) -> tuple[str]:
    return (json.dumps([*reports]),)
