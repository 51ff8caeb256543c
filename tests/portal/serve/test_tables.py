"""Every CSV opens in a spreadsheet and is plain for programs; a whole table is given whole, and its page says how many rows it has."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from base64 import b64encode
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import httpx
import pytest

from portal.build.inspect_data import speaks_of, write_inspect_data
from portal.serve import table_files
from portal.serve.table_files import NoRoom, write
from portal.serve.tables import folder_name
from portal.words import size
from tests.support.pages import tree
from tests.support.paths import ROOT

CSVS = {
    "/portal/applications.csv": ("applications", "收到和处理申请"),
    "/portal/applications.csv?_stream=on&_labels=on": ("applications", "收到和处理申请"),
    "/portal/applications_by_year.csv": ("applications_by_year", "历年收到的申请"),
    "/portal.csv?sql=select+1": ("portal", "查询结果"),
    "/findings.csv": ("findings", "核对发现"),
    "/tables/cells.csv": ("table-cells", "全部格子（整张表）"),
    "/tables/findings.csv": ("table-findings", "核对发现（整张表）"),
    "/findings.csv?year=2020&standing=confirmed": ("findings-2020", "核对发现-2020"),
    "/reports.csv?year=2020&sort=-findings": ("reports-2020", "报告-2020"),
    "/agencies.csv": ("agencies", "机关"),
    "/compare.csv?agency=350128-guanweihui&year=2020&year=2021": ("compare", "对比"),
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


@pytest.fixture(scope="module")
def listed(site: httpx.Client) -> dict[str, dict[str, Any]]:
    """What /tables.json says of each table, once all are written."""
    for _ in range(600):
        tables = {row["table"]: row for row in site.get("/tables.json").raise_for_status().json()["tables"]}
        if all(row["plain"]["bytes"] for row in tables.values()):
            return tables
        time.sleep(0.1)
    raise AssertionError("tables are not written")


def test_every_table_is_listed(listed: dict[str, dict[str, Any]], database: sqlite3.Connection) -> None:
    named = {name for (name,) in database.execute("select name from sqlite_master where type in ('table', 'view')")}
    assert set(listed) == {name for name in named if "_fts" not in name and not name.startswith("sqlite")}


@pytest.mark.parametrize("table", ["cells", "applications", "reports", "checks", "findings", "source_texts"])
def test_a_whole_table_has_every_row_and_is_as_long_as_was_said(
    site: httpx.Client, database: sqlite3.Connection, listed: dict[str, dict[str, Any]], table: str
) -> None:
    answers = {"marked": site.get(f"/tables/{table}.csv"), "plain": site.get(f"/tables/{table}.csv?_bom=off")}
    for kind, answer in answers.items():
        said, sha256 = listed[table][kind], hashlib.sha256(answer.content)
        assert (said["bytes"], said["sha256"]) == (len(answer.content), sha256.hexdigest())
        assert int(answer.headers["content-length"]) == said["bytes"]
        assert answer.headers["repr-digest"] == f"sha-256=:{b64encode(sha256.digest()).decode()}:"
    read = list(csv.reader(io.StringIO(answers["plain"].text, newline="")))
    stored = database.execute(f"select * from {table}").fetchall()  # noqa: S608  # one of the names above
    assert read[0] == list(stored[0].keys())
    assert len(read) - 1 == len(stored) == listed[table]["rows"]
    for row, held in zip(read[1:], stored, strict=True):
        assert [value.removeprefix("'") for value in row] == [_written(value).removeprefix("'") for value in held]


def _written(value: Any) -> str:
    """A value as a CSV has it, but for the sign before what would be a formula."""
    return "" if value is None else str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_pages_say_how_large_a_table_is(site: httpx.Client, listed: dict[str, dict[str, Any]]) -> None:
    said = listed["applications"]
    for _ in range(100):  # a page that was kept from before is given for a second more
        page = tree(site, "/portal/applications")
        links = page.css_first("a[href='/tables/applications.csv']").parent.text()
        if " kB" in links:
            break
        time.sleep(0.1)
    assert f"{said['rows']:,} 行" in links and size(said["plain"]["bytes"]) in links
    for path in ("/data", "/data?lang=en"):
        text = tree(site, path).css_first("[aria-labelledby=tables]").text()
        assert said["plain"]["sha256"] in text and said["marked"]["sha256"] in text
    assert site.get("/portal?lang=en").status_code == 200


def test_the_downloads_promise_what_is_there_and_the_findings_for_people_come_first(site: httpx.Client) -> None:
    page = tree(site, "/data")
    packed = bool(site.get("/data.json").json()["releases"])
    assert ("Parquet" in page.css_first("p.lead").text()) == packed
    tables = [link.attributes["href"] for link in page.css("main a") if "findings" in (link.attributes["href"] or "")]
    assert tables.index("/findings.csv") < tables.index("/tables/findings.csv")


def test_a_download_that_broke_off_is_gone_on_with(site: httpx.Client) -> None:
    for path in ("/tables/cells.csv", "/tables/cells.csv?_bom=off"):
        whole = site.get(path)
        etag, length = whole.headers["etag"], len(whole.content)
        for first in (0, 1, 2, 3, 5, 70_000, length - 1):
            part = site.get(path, headers={"range": f"bytes={first}-", "if-range": etag})
            assert (part.status_code, part.content) == (206, whole.content[first:])
            assert part.headers["content-range"] == f"bytes {first}-{length - 1}/{length}"
        assert site.get(path, headers={"range": "bytes=1-4"}).content == whole.content[1:5]
        assert site.get(path, headers={"range": f"bytes={length}-"}).status_code == 416
        assert site.get(path, headers={"range": "bytes=9-", "if-range": '"other"'}).content == whole.content
        assert site.get(path, headers={"if-none-match": etag}).status_code == 304
        head = site.head(path)
        assert (head.content, int(head.headers["content-length"])) == (b"", length)


def test_all_tables_are_one_archive_as_long_as_was_said(site: httpx.Client, listed: dict[str, dict[str, Any]]) -> None:
    whole = site.get("/tables/all.zip").raise_for_status()
    said = site.get("/tables.json").json()["archive"]
    assert (len(whole.content), hashlib.sha256(whole.content).hexdigest()) == (said["bytes"], said["sha256"])
    assert whole.headers["content-type"] == "application/zip" and int(whole.headers["content-length"]) == said["bytes"]
    with ZipFile(io.BytesIO(whole.content)) as archive:
        beside = ["README.txt", "LICENSE.txt", "dictionary.csv", "datapackage.json"]
        assert archive.namelist() == beside + [f"{name}.csv" for name in sorted(listed)]
        readme, licence, dictionary = (archive.read(name).decode("utf-8-sig") for name in beside[:3])
        assert readme.startswith("政府信息公开年报") and all(f"  {name}.csv  " in readme for name in listed)
        assert "许可" in licence and "creativecommons.org/licenses/by/4.0" in licence
        described = {(row["table"], row["column"]) for row in csv.DictReader(io.StringIO(dictionary))}
        package = json.loads(archive.read("datapackage.json"))
        for resource in package["resources"]:
            held, name = archive.read(resource["path"]), resource["path"].removesuffix(".csv")
            assert (resource["bytes"], resource["hash"]) == (len(held), f"sha256:{hashlib.sha256(held).hexdigest()}")
            head = next(csv.reader(io.StringIO(held.decode("utf-8-sig"))))
            assert [field["name"] for field in resource["schema"]["fields"]] == head
            assert {(name, column) for column in head} <= described
        for name, row in listed.items():
            assert hashlib.sha256(archive.read(f"{name}.csv")).hexdigest() == row["marked"]["sha256"]
    part = site.get("/tables/all.zip", headers={"range": "bytes=1000-", "if-range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, whole.content[1000:])
    for _ in range(100):  # a page that was kept from before is given for a second more
        page = tree(site, "/data")
        if said["sha256"] in (text := page.css_first("a[href='/tables/all.zip']").parent.text()):
            break
        time.sleep(0.1)
    assert said["sha256"] in text and size(said["bytes"]) in text


def test_a_writer_that_is_begun_twice_writes_once_and_files_of_builds_before_go(portal_database: Path, tmp_path: Path) -> None:
    database = tmp_path / "portal.db"
    shutil.copy(portal_database, database)
    folder = tmp_path / "tables" / folder_name(database.stat())
    other = folder.with_name("1f-2f-1")
    other.mkdir(parents=True)
    foreign = folder.with_name("what is no build's")
    foreign.mkdir()
    command = [sys.executable, "-m", "portal.serve.table_files", database, folder]
    for process in [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]:
        assert process.wait() == 0
    assert not other.exists() and foreign.exists()
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert len(before) == len(json.loads((folder / "sums.json").read_text(encoding="utf-8"))) + 1
    subprocess.run(command, cwd=ROOT, check=True)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    database.touch()  # as another build, for which this folder is none
    (folder / "checks.csv.gz").unlink()
    subprocess.run(command, cwd=ROOT, check=True)
    assert {file.name for file in folder.iterdir()} == before.keys() - {"checks.csv.gz"}


def test_a_table_that_would_fill_the_disk_is_not_written(portal_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = sqlite3.connect(portal_database)
    with pytest.raises(NoRoom):
        write(db, "cells", tmp_path / "cells.csv.gz", 1000)
    table_files._write_all(db, ["checks"], tmp_path, 10**9)
    with pytest.raises(NoRoom):  # with what is there already it would be more
        table_files._write_all(db, ["checks", "editions"], tmp_path, (tmp_path / "checks.csv.gz").stat().st_size + 1)
    monkeypatch.setattr(table_files, "FREE", 10**30)
    with pytest.raises(NoRoom):
        write(db, "editions", tmp_path / "editions.csv.gz", 10**9)


def test_text_of_a_whole_table_is_no_formula(tmp_path: Path) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create table said as select '=1+1' as x, 3.0 as y, null as z")
    sums = write(db, "said", tmp_path / "said.csv.gz", 10**6)
    data = gzip.decompress((tmp_path / "said.csv.gz").read_bytes())
    assert data == b"x,y,z\r\n'=1+1,3,\r\n"
    assert sums["plain"] == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert sums["rows"] == 1


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
