"""What several tests of pages read: a few agencies in two provinces."""

from __future__ import annotations

import sqlite3

import pytest

from portal.build.spelling import spelled
from tests.support.examples import new_database, write

AGENCIES = [
    {
        "code": "350000-a",
        "name": "福建省人民政府",
        "other_names": "福建省政府",
        "level": "province",
        "kind": "government",
        "region": "350000",
    },
    {"code": "350128-b", "name": "平潭综合实验区管理委员会", "level": "prefecture", "kind": "government", "region": "350128"},
    {"code": "350128-c", "name": "平潭县残疾人联合会", "level": "county", "kind": "organisation", "region": "350128"},
    {"code": "350128-d", "name": "平潭县民政局", "level": "county", "kind": "department", "region": "350128"},
    {"code": "320813-e", "name": "淮安市洪泽区人民政府", "level": "county", "kind": "government", "region": "320813"},
]
REGIONS = [("350000", "福建省", None), ("350100", "福州市", "350000"), ("350128", "平潭县", "350100"), ("320813", "洪泽区", None)]


@pytest.fixture
def small() -> sqlite3.Connection:
    """A database of five agencies, spelled."""
    db = new_database()
    db.executemany("insert or ignore into regions (code, name, parent) values (?, ?, ?)", REGIONS)
    write(db, {"agencies": AGENCIES})
    for table, names in (("regions", "name"), ("agencies", "name || '；' || coalesce(other_names, '')")):
        for code, name in db.execute(f"select code, {names} from {table}").fetchall():  # noqa: S608 the names stand above
            db.execute(f"update {table} set pinyin = ? where code = ?", (spelled(name), code))  # noqa: S608
    return db
