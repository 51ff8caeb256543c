"""Search finds exactly the texts that hold the words, and shows them in their context."""

from __future__ import annotations

import sqlite3

import httpx
import pytest

from parsers.printed.normalise import comparable
from portal.pages import found, queries
from portal.pages.search import bigrams, excerpt, match_query
from tests.support.pages import tree
from tests.support.site_rows import AGENCY

WORDS = ["残疾", "复议", "公开", "残疾人", "查询复议", "样例", "民政", "人查", "疾人", "件", "议事项", "无此词语"]


@pytest.mark.parametrize("word", WORDS)
def test_search_finds_exactly_the_texts_that_hold_the_word(site: httpx.Client, database: sqlite3.Connection, word: str) -> None:
    holding = {row["path"] for row in database.execute("select path from source_texts where instr(text, ?) > 0", (word,))}
    found = site.get("/portal/source_texts.json", params={"_search": word, "_col": "path", "_shape": "array", "_size": "max"}).json()
    assert {row["path"] for row in found} == holding
    assert bool(holding) == (word != "无此词语")


@pytest.mark.parametrize("word", ["样例", "民政", "文件", "无此词语"])
def test_search_finds_reports_by_title_and_agency(site: httpx.Client, database: sqlite3.Connection, word: str) -> None:
    sql = "select reports.id from reports left join agencies on code = agency where instr(ifnull(title, '') || '，' || ifnull(name, ''), ?)"
    found = site.get("/portal/reports.json", params={"_search": word, "_col": "id", "_shape": "array", "_size": "max"}).json()
    assert {row["id"] for row in found} == {row["id"] for row in database.execute(sql, (word,))}


def test_words_across_punctuation_are_not_one_word() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table texts using fts5(text)")
    db.executemany("insert into texts values (?)", [(bigrams("残疾，人"),), (bigrams("残疾人"),), (bigrams("⾏政A股"),)])
    count = "select count(*) from texts where texts match ?"
    for word, expected in {"残疾人": 1, "残疾": 2, "行政": 1, "A股": 1, "人": 2, "残疾 人": 2, '" OR *': 0, "": 0}.items():
        assert db.execute(count, (match_query(word),)).fetchone()[0] == expected, word


def test_search_folds_each_character_as_the_parsers_do() -> None:
    """data/characters.txt says what the parsers find out; a line that is missing or wrong is found here."""
    every = [chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    assert [char for char in every if bigrams(char).strip() != bigrams(comparable(char)).strip()] == []


@pytest.mark.parametrize("printed", ["残疾人聯合會", "殘\u200b疾\u00ad人联合会", "残疾⼈联合会", "残疾人联合会"])
@pytest.mark.parametrize("typed", ["残疾人联合会", "殘疾人聯合會", "残疾\u200b人", "疾⼈"])
def test_other_forms_of_characters_and_what_prints_nothing_make_no_other_word(printed: str, typed: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table texts using fts5(text)")
    db.execute("insert into texts values (?)", (bigrams(f"样例市{printed}2020年"),))
    assert db.execute("select count(*) from texts where texts match ?", (match_query(typed),)).fetchone()[0] == 1
    pieces = excerpt(f"样例市{printed}2020年", typed)
    assert "".join(str(piece["text"]) for piece in pieces) == f"样例市{printed}2020年"
    assert [comparable(str(piece["text"])) for piece in pieces if piece["hit"]] == [comparable(typed)]


@pytest.mark.parametrize("typed", ["“残疾人”", "残疾人、复议", "《残疾人》（复议）", '"残疾人" 复议。'])
def test_punctuation_in_a_query_sets_words_apart_and_is_not_looked_for(site: httpx.Client, typed: str) -> None:
    page = tree(site, f"/search?q={typed}")
    assert f"/reports/{AGENCY}-2022" in [link.attributes["href"] for link in page.css(".results a")]
    assert "残疾人" in {mark.text() for mark in page.css("mark")}


def test_a_document_that_was_not_read_is_marked_among_what_was_found(site: httpx.Client) -> None:
    found = {item.css_first("a").attributes["href"]: item for item in tree(site, "/search?q=样例").css(".results li")}
    assert [address for address, item in found.items() if item.css_first(".tag-refused")] == ["/reports/source-000000000000"]


def test_search_page_shows_the_words_in_their_context(site: httpx.Client) -> None:
    page = tree(site, "/search?q=残疾人 复议")
    assert f"/reports/{AGENCY}-2022" in [link.attributes["href"] for link in page.css(".results a")]
    assert {mark.text() for mark in page.css("mark")} == {"残疾人", "复议"}


@pytest.mark.parametrize("word", ["公开", "样例", "残疾", "无此词语"])
def test_the_pages_of_a_search_hold_each_report_once_and_tell_how_many(
    database: sqlite3.Connection, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "PAGE_SIZE", 3)
    rows = queries.rows_of(database)
    named = (
        "select reports.id from reports left join agencies on code = agency where instr(ifnull(title, '') || '，' || ifnull(name, ''), ?)"
    )
    told = "select reports.id from reports join source_texts on source_texts.id = source_id where instr(text, ?)"
    titles, texts = ({row["id"] for row in database.execute(sql, (word,))} for sql in (named, told))
    first = found.found(rows, word, match_query(word))
    pages = [found.found(rows, word, match_query(word), number) for number in range(1, first["pages"] + 1)]
    ids = [row["id"] for page in pages for row in page["results"]]
    assert (sorted(ids), first["total"]) == (sorted(titles | texts), len(titles | texts))
    assert set(ids[: len(titles)]) == titles  # those first whose title or agency has it
    beyond = found.found(rows, word, match_query(word), first["pages"] + 1)
    assert (beyond["total"], beyond["results"]) == (first["total"], [])
