"""Every CSV opens in a spreadsheet and is plain for programs; a whole table is given whole, and its page says how many rows it has."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from codecs import BOM_UTF8
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from portal.build.inspect_data import speaks_of, write_inspect_data
from tests.support.pages import tree

CSVS = {
    "/portal/applications.csv": ("applications", "收到和处理申请"),
    "/portal/applications.csv?_stream=on&_labels=on": ("applications", "收到和处理申请"),
    "/portal/applications_by_year.csv": ("applications_by_year", "历年收到的申请"),
    "/portal.csv?sql=select+1": ("portal", "查询结果"),
    "/findings.csv": ("findings", "核对发现"),
    "/tables/cells.csv": ("cells", "全部格子"),
}


@pytest.mark.parametrize("path", CSVS)
def test_every_csv_opens_in_a_spreadsheet_and_is_plain_for_programs(site: httpx.Client, path: str) -> None:
    marked = site.get(path)
    plain = site.get(path + ("&" if "?" in path else "?") + "_bom=off")
    assert marked.content == BOM_UTF8 + plain.content
    assert not plain.content.startswith(BOM_UTF8)
    name, chinese = CSVS[path]
    for answer in (marked, plain):
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        expected = f"attachment; filename=\"{name}.csv\"; filename*=UTF-8''{quote(chinese + '.csv')}"
        assert answer.headers["content-disposition"] == expected


@pytest.mark.parametrize("table", ["cells", "applications", "reports", "checks", "findings"])
def test_a_whole_table_has_every_row_and_its_page_says_how_many(site: httpx.Client, database: sqlite3.Connection, table: str) -> None:
    read = list(csv.reader(io.StringIO(site.get(f"/tables/{table}.csv?_bom=off").text, newline="")))
    stored = database.execute(f"select * from {table}").fetchall()  # noqa: S608  # one of the names above
    assert read[0] == list(stored[0].keys())
    assert len(read) - 1 == len(stored)
    links = [link for link in tree(site, f"/portal/{table}").css("a") if link.attributes["href"] == f"/tables/{table}.csv"]
    assert f"{len(stored):,} 行" in links[0].text()
    assert site.get("/portal?lang=en").status_code == 200  # what was counted is no table among the tables


def test_counts_are_whole_numbers_wherever_they_are_given(site: httpx.Client) -> None:
    sql = "select total, 2.5 as part, '4.0' as said from applications where total is not null limit 3"
    rows = site.get("/portal.json", params={"sql": sql, "_shape": "array"}).json()
    assert {type(row["total"]) for row in rows} == {int}
    assert {(row["part"], row["said"]) for row in rows} == {(2.5, "4.0")}
    for path in ("/portal/applications.csv?_bom=off", "/tables/applications.csv?_bom=off"):
        table = csv.DictReader(io.StringIO(site.get(path).text, newline=""))
        assert not [row for row in table if ".0" in row["total"]]


@pytest.mark.parametrize("path", ["/tables/nothing.csv", "/tables/sqlite_master.csv", "/tables/reports_fts.csv", "/tables/reports.json"])
def test_what_is_no_table_is_not_there(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404


def test_the_rows_of_views_are_counted_by_the_build(site: httpx.Client, database: sqlite3.Connection, tmp_path: Path) -> None:
    file = Path(database.execute("pragma database_list").fetchone()["file"])
    said = json.loads(write_inspect_data(file, tmp_path / "portal.db").read_text(encoding="utf-8"))["portal"]
    assert speaks_of(said, file)
    for kind in ("tables", "views"):
        for name, found in said[kind].items():
            assert found["count"] == database.execute(f"select count(*) from [{name}]").fetchone()[0]  # noqa: S608  # the schema's own
    assert {"cells", "sums"} <= set(said["views"]) and not set(said["views"]) & set(said["tables"])
