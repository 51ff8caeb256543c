"""What a database holds, to be compared with another one's: rows without their order, words of the search index by document."""

from __future__ import annotations

import sqlite3


def dump(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows but for their numbers, which have no meaning; the search index by what each document's words are."""
    named = db.execute("select name, sql from sqlite_master where type = 'table' and name not like '%\\_fts%' escape '\\'").fetchall()
    rows = {name: sorted(db.execute(f"select * from [{name}]").fetchall(), key=repr) for name, _ in named}  # noqa: S608
    for table, of in (("reports_fts", "reports"), ("source_texts_fts", "source_texts")):
        db.execute(f"create virtual table temp.words_{table} using fts5vocab(main, {table}, instance)")
        sql = f"select term, {of}.id, col, offset from temp.words_{table} left join {of} on {of}.rowid = doc"  # noqa: S608
        rows[table] = sorted(db.execute(sql).fetchall(), key=repr)
        db.execute(f"drop table temp.words_{table}")
    sql = """select source_texts.id, reports.id from source_texts_fts_reports
               left join source_texts on source_texts.rowid = source left join reports on reports.rowid = report"""
    rows["source_texts_fts_reports"] = sorted(db.execute(sql).fetchall(), key=repr)
    return rows | {"schema": sorted(db.execute("select type, name, sql from sqlite_master").fetchall(), key=repr)}


def differing(one: dict[str, list[tuple[object, ...]]], other: dict[str, list[tuple[object, ...]]]) -> dict[str, object]:
    """The rows that one of two databases has and the other has not, by table."""
    return {name: (set(one[name]) ^ set(other[name])) for name in one if one[name] != other[name]}
