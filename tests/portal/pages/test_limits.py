"""What a reader's SQL may not do: write, read other files, or hold a thread beyond the time limit."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import httpx
import pytest

from plugins import limits
from portal.pages import queries

HELD = {
    "one call over two long values": "select instr(zeroblob(9000000), zeroblob(4500000) || x'01')",
    "one call that replaces": "select length(replace(zeroblob(9000000), zeroblob(4500000) || x'01', 'x'))",
    "a value that grows": "select length(replace(replace(printf('%.*c', 9000000, 'x'), 'x', 'xxxxxxxxxx'), 'x', 'xxxxxxxxxx'))",
    "a blob too long": "select length(zeroblob(30000000))",
    "a pattern too long": "select 'a' like replace(printf('%.*c', 2000, 'x'), 'x', '%a')",
    "long values in many rows": "select randomblob(9000000) from items, measures",
    "long values in many columns": "select " + ", ".join(["randomblob(19000000)"] * 60),
    "no end": "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t",
}


@pytest.mark.parametrize("name", HELD)
def test_no_query_holds_the_portal(site: httpx.Client, name: str) -> None:
    answer = site.get("/portal.json", params={"sql": HELD[name], "_shape": "array"}, timeout=30)
    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or not name.startswith("long values")
    assert site.get("/checks.json").status_code == 200


@pytest.mark.parametrize(
    "sql",
    [
        "insert into builds (version) values ('x')",
        "with x as (select 1) delete from findings",
        "update reports set year = 1",
        "pragma journal_mode = wal",
        "attach 'other.db' as other",
        "select load_extension('x')",
        "select writefile('x', 'y')",
        "vacuum into 'other.db'",
    ],
)
def test_the_database_is_only_read(site: httpx.Client, portal_database: Path, sql: str) -> None:
    before = hashlib.sha256(portal_database.read_bytes()).digest()
    assert site.get("/portal.json", params={"sql": sql}).status_code == 400
    assert hashlib.sha256(portal_database.read_bytes()).digest() == before
    assert not (portal_database.parent / "other.db").exists()


def test_the_checks_run_as_they_stand(site: httpx.Client) -> None:
    for check in site.get("/checks.json").json()["checks"]:
        sql = site.get(f"/checks/{check['code']}.json").json()["check"]["sql"]
        assert site.get("/portal.json", params={"sql": sql, "_shape": "array"}).status_code == 200, check["code"]


def test_what_is_counted_is_readers_sql_and_not_the_portals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANSWER", 5)
    monkeypatch.setattr(limits, "HEAP", 0)  # else it would hold for all that comes in this process
    db = sqlite3.connect(":memory:")
    limits.prepare_connection(db, "portal")
    values = "select 'abc' as x union all select 'def'"
    assert db.execute(values + " limit 1").fetchall()[0]["x"] == db.execute(values + " limit 1").fetchall()[0]["x"] == "abc"
    with pytest.raises(sqlite3.OperationalError, match="结果太大"):
        db.execute(values).fetchall()
    assert [row["x"] for row in queries.rows_of(db)(values, {})] == ["abc", "def"]
