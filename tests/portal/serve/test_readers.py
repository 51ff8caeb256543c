"""Readers' SQL stalls nobody, holds little, only reads, and is told nothing of the process."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from portal.serve import reader, readers
from portal.serve.authorizer import DATASETTES, reading_alone
from tests.support.probes import CLOSED, PROBES
from tests.support.server import serving

HANGS = 60  # seconds, for a statement that nothing ends
WITHOUT_END = PROBES["recursion without end"]
ANSWERED = {  # what is quick and small enough on a small portal; of these alone the answer may be rows
    "replace, no hit", "replace, within the bound", "replace, a chain", "like, many %", "glob, many *", "glob, sets", "upper and lower", "hex",
    "hex, a chain", "quote", "printf, wide", "printf, precise", "strftime, a long format", "json, deep", "search, every pair", "brackets",
    "escape_fts of much", "instr", "group_concat, a chain", "group_concat over a window", "trim, a set of many",
    "an exists in an exists", "search, a long query", "a list of many",
}  # fmt: skip
TELLS = re.compile(r"0x[0-9a-fA-F]{6,}|vtab:|Traceback|/(?:tmp|work|home|root|usr)/\w")


def _asked(site: httpx.Client, sql: str) -> httpx.Response:
    return site.get("/portal.json", params={"sql": sql, "_shape": "array"}, timeout=HANGS)


@pytest.fixture(scope="module")
def answers(site: httpx.Client) -> dict[str, httpx.Response]:
    """What each probe is answered, asked as many together as there are readers."""
    with ThreadPoolExecutor(readers.AT_ONCE) as threads:
        return dict(zip(PROBES, threads.map(lambda sql: _asked(site, sql), PROBES.values()), strict=True))


@pytest.mark.parametrize("name", PROBES)
def test_what_stalls_or_fills_is_ended_and_the_portal_answers(site: httpx.Client, answers: dict[str, httpx.Response], name: str) -> None:
    assert answers[name].status_code == 400 or name in ANSWERED
    assert not TELLS.search(answers[name].text)
    assert _asked(site, "select 1 as x").json() == [{"x": 1}]


def test_what_takes_too_long_is_told_so(site: httpx.Client) -> None:
    for name in ("rtrim", "instr, a chain", "recursion without end"):  # which hold little: others are ended for one or the other
        assert "查询用时太久" in _asked(site, PROBES[name] + " --").json()["error"]


@pytest.mark.parametrize("sql", CLOSED)
def test_nothing_is_told_of_the_process(site: httpx.Client, sql: str, portal_database: Path) -> None:
    answer = _asked(site, sql)
    assert answer.status_code == 400
    assert str(portal_database.parent) not in answer.text and not TELLS.search(answer.text)


def test_how_a_query_is_planned_may_be_asked(site: httpx.Client) -> None:
    assert "SCAN" in _asked(site, "explain query plan select * from cells").text


def test_pages_are_answered_beside_statements_that_never_end(site: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as threads:
        slow = [threads.submit(_asked, site, WITHOUT_END + f" -- {number}") for number in range(6)]
        pages = [site.get(path).status_code for path in ("/checks?lang=en", "/portal/agencies?_size=7")]
        waiting = [answer for answer in slow if not answer.done()]
    assert pages == [200, 200]
    assert waiting  # six run one after the other in three processes, and no page waited for all of them
    assert {answer.result().status_code for answer in slow} == {400}


def test_a_process_that_died_is_replaced(portal_database: Path) -> None:
    of = readers.Readers(portal_database, readers.identity(portal_database.stat()))
    try:
        statement = ("select 1", [], 0, 1.0)
        for _ in range(readers.AT_ONCE):
            process = of.processes.get()
            assert process
            process.send_signal(signal.SIGKILL)
            process.wait()
            of.processes.put(process)
        told = [of._ask(statement)[0][0] for _ in range(2 * readers.AT_ONCE)]
        assert told == ["error"] * readers.AT_ONCE + ["rows"] * readers.AT_ONCE
    finally:
        of.close()


def test_rows_have_names_and_numbers_and_no_more_of_them_than_asked(portal_database: Path) -> None:
    db = sqlite3.connect(portal_database)
    kind, columns, rows, more = reader.run(db, 'select 1 as "a ""b""" union all select 2', {}, 1, 1.0)
    row = readers._results(columns, rows, more).rows[0]
    assert (kind, row['a "b"'], row[0], len(rows), more) == ("rows", 1, 1, 1, True)


@pytest.mark.parametrize(
    "sql", ["delete from checks", "create table x (y)", "pragma writable_schema = on", "attach ':memory:' as x", "begin"]
)
def test_a_connection_of_the_pages_reads_alone(portal_database: Path, sql: str) -> None:
    db = sqlite3.connect(f"file:{portal_database}?mode=ro", uri=True)
    db.set_authorizer(reading_alone(DATASETTES))
    with pytest.raises(sqlite3.DatabaseError):
        db.execute(sql)


def test_sigterm_is_obeyed_while_a_statement_runs_and_leaves_no_process(portal_database: Path, tmp_path: Path) -> None:
    (tmp_path / "portal.db").write_bytes(portal_database.read_bytes())
    with serving(tmp_path) as server, ThreadPoolExecutor(1) as thread:
        asked = thread.submit(httpx.get, server.address + "/portal.json", params={"sql": PROBES["instr, a chain"]}, timeout=HANGS)
        server.process.terminate()
        assert server.process.wait(HANGS) is not None
        asked.exception()
    for _ in range(100):  # the readers end with the server, in their own time on a busy machine
        listed = subprocess.run(["ps", "-wweo", "args"], capture_output=True, text=True, check=False).stdout
        if f"portal.serve.reader {tmp_path}" not in listed:
            break
        sleep(0.1)
    else:
        pytest.fail("a reader outlived its server by ten seconds")


def test_a_facet_that_took_too_long_says_so(site: httpx.Client) -> None:
    slow = {"_size": "1", "_facet": "status", "_where": "instr(zeroblob(20000 + length(item)), zeroblob(10000) || x'01') = 0"}
    page = LexborHTMLParser(site.get("/portal/cells", params=slow).raise_for_status().text)
    assert [said.text() for said in page.css(".caution") if "来不及统计" in said.text() and "status" in said.text()]
    assert "status" not in site.get("/portal/cells.json", params=slow).json()["facet_results"]
    quick = site.get("/portal/cells", params={"_size": "1", "_facet": "status"}).text
    assert "来不及统计" not in quick and 'id="facet-status' in quick
