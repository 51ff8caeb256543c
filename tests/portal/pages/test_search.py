"""Search finds exactly the texts that hold the words, and shows them in their context."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from parsers.printed.normalise import comparable
from portal.pages import found, queries
from portal.pages.passage import sentences
from portal.pages.search import bigrams, marked, match_query
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
    pieces = marked(f"样例市{printed}2020年", typed)
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


def test_a_sentence_of_a_transcribers_summary_says_that_it_is_one(site: httpx.Client) -> None:
    path = "/search{}?q=残疾"
    rows = {row["id"]: row for row in site.get(path.format(".json")).json()["results"]}
    shown = {
        item.css_first("a").attributes["href"].removeprefix("/reports/"): item for item in tree(site, path.format("")).css(".results li")
    }
    assert {row["fidelity"] == "as collected" for row in rows.values()} == {True, False}
    for id, item in shown.items():
        told = [tag.text() for tag in item.css(".excerpt .tag")]
        written = [("转录", "摘要")[passage["section"] is not None] for passage in rows[id]["passages"]]
        assert told == ([] if rows[id]["fidelity"] == "as collected" else written), id


@pytest.mark.parametrize("word", ["公开", "样例", "残疾", "无此词语"])
def test_the_pages_of_a_search_hold_each_report_once_and_tell_how_many(
    database: sqlite3.Connection, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "PAGE_SIZE", 3)
    rows = queries.rows_of(database)
    titles, texts = titled(database, word), told(database, word)
    first = found.page(rows, word, 1)
    pages = [found.page(rows, word, number) for number in range(1, first["pages"] + 1)]
    ids = [row["id"] for page in pages for row in page["results"]]
    assert (sorted(ids), first["total"]) == (sorted(titles | texts), len(titles | texts))
    assert set(ids[: len(titles)]) == titles  # those first whose title or agency has it
    beyond = found.page(rows, word, first["pages"] + 1)
    assert (beyond["total"], beyond["results"]) == (first["total"], [])


def titled(database: sqlite3.Connection, word: str) -> set[str]:
    sql = "select reports.id from reports left join agencies on code = agency where instr(ifnull(title, '') || '，' || ifnull(name, ''), ?)"
    return {row["id"] for row in database.execute(sql, (word,))}


def told(database: sqlite3.Connection, word: str) -> set[str]:
    sql = "select reports.id from reports join source_texts on source_texts.id = source_id where instr(text, ?)"
    return {row["id"] for row in database.execute(sql, (word,))}


@pytest.mark.parametrize("chosen", [{}, {"year": "2020"}, {"region": "350000"}, {"level": "county", "year": "2020"}])
@pytest.mark.parametrize("word", ["申请", "残疾"])
def test_a_search_is_narrowed_and_each_choice_says_how_many_it_would_leave(
    database: sqlite3.Connection, word: str, chosen: dict[str, str]
) -> None:
    rows = queries.rows_of(database)
    fitting = titled(database, word) | told(database, word)
    of = {row["id"]: row for row in database.execute("select id, year, region, level from reports")}

    def fits(id: str, **choices: str) -> bool:
        row = of[id]
        region = choices.get("region", "").rstrip("0")
        others = all(str(row[name]) == value for name, value in choices.items() if name != "region")
        return others and (row["region"] or "").startswith(region)

    page = found.page(rows, word, 1, chosen)
    assert page["total"] == len([id for id in fitting if fits(id, **chosen)]) == len(page["results"])
    for name in ("year", "level", "region"):
        for row in page["facets"][name]:
            count = len([id for id in fitting if fits(id, **{**chosen, name: str(row["value"])})])
            assert row["count"] == count > 0, (name, row)


def test_a_section_is_searched_alone(database: sqlite3.Connection) -> None:
    rows, word = queries.rows_of(database), "申请"
    whole = found.page(rows, word, 1)
    for row in whole["facets"]["section"]:
        page = found.page(rows, word, 1, {"section": row["value"]})
        assert page["total"] == row["count"] == len(page["results"])
        for result in page["results"]:
            assert {said["section"] or "elsewhere" for said in result["passages"]} == {row["value"]}
    (problems,) = (row["count"] for row in whole["facets"]["section"] if row["value"] == "problems")
    assert problems == database.execute("select count(*) from problems where instr(text, ?)", (word,)).fetchone()[0] > 0


@pytest.mark.parametrize("query", ["申请 残疾", "复议 残疾 申请", "公开 无此词语", "申请 申请"])
def test_words_are_looked_for_together_in_the_text_and_in_each_section(database: sqlite3.Connection, query: str) -> None:
    rows, words = queries.rows_of(database), query.split()
    together = set.intersection(*(told(database, word) for word in words)) | set.intersection(*(titled(database, word) for word in words))
    whole = found.page(rows, query, 1)
    assert whole["total"] == len(together)
    counts = {row["value"]: row["count"] for row in whole["facets"]["section"]}
    for section in ("overview", "problems", "other_matters"):
        texts = [row["text"] or "" for row in database.execute(f"select text from {section}")]  # noqa: S608 the names stand above
        assert counts.get(section, 0) == len([text for text in texts if all(word in text for word in words)]), section
    outside = [left for left in map(partial(left_over, database), database.execute("select id, source_id from reports")) if left]
    assert counts.get("elsewhere", 0) == len([text for text in outside if all(word in text for word in words)])


def left_over(database: sqlite3.Connection, report: sqlite3.Row) -> str:
    """What of a report's text stands in none of the sections that are searched."""
    (text,) = (row["text"] or "" for row in database.execute("select text from source_texts where id = ?", (report["source_id"],)))
    places = [
        (row["char_start"], row["char_end"])
        for section in ("overview", "problems", "other_matters")
        for row in database.execute(f"select char_start, char_end from {section} where report_id = ?", (report["id"],))  # noqa: S608 the names stand above
        if row["char_start"] is not None
    ]
    for start, end in places:
        text = f"{text[:start]}{chr(10) * (end - start)}{text[end:]}"
    return text


def test_what_was_found_stands_in_its_sentence_and_the_places_are_the_texts() -> None:
    text = "一、总体情况\n样例局很忙。收到复議申请3件，其中残疾人2件；无诉讼！\n三、表\n复议\t12\t残疾"
    places = [{"section": "overview", "char_start": 7, "char_end": 37}]
    shown = sentences(text, "复议 残疾", places)
    assert shown["hits"] == 3
    said = ["".join(piece["text"] for piece in passage["pieces"]) for passage in shown["passages"]]
    assert said == ["收到复議申请3件，其中残疾人2件；", "复议 ", "残疾"]
    assert [text[row["char_start"] : row["char_end"]] for row in shown["passages"]] == ["复議", "复议", "残疾"]
    assert [row["section"] for row in shown["passages"]] == ["overview", None, None]
    assert shown["passages"][0]["fragment"] == "section-overview:~:text=" + quote("收到复議申请3件")
    assert shown["passages"][1]["fragment"] == "source:~:text=" + quote("复议")


def test_words_that_no_report_has_together_are_counted_alone(site: httpx.Client) -> None:
    data = site.get("/search.json", params={"q": "残疾人 无此词语"}).json()
    assert data["total"] == 0 and [row["word"] for row in data["alone"] if row["total"]] == ["残疾人"]
    assert "没有一份报告同时有这些词" in tree(site, "/search?q=残疾人 无此词语").css_first("main").text()


def test_a_hit_leads_to_its_place_in_the_report(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(f"{portal_url}/search?q=补助&section=overview")
    page.locator(".excerpt a").first.click()
    page.wait_for_url("**/reports/**")
    page.wait_for_function("scrollY > 0 && document.querySelector('#section-overview').getBoundingClientRect().top < innerHeight")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_suggestions_are_chosen_by_keys_and_by_touch(browser: Any, portal_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto(portal_url)
    box = page.get_by_role("combobox")
    box.press_sequentially("pingt")
    page.wait_for_selector("#suggestions [role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("Escape")
    assert not page.locator("#suggestions").is_visible()
    box.press_sequentially("an")
    page.wait_for_selector("#suggestions [role=option]")
    box.press("ArrowDown")
    assert page.locator("[aria-selected=true]").get_attribute("id") == box.get_attribute("aria-activedescendant")
    box.press("Enter")
    page.wait_for_url("**/regions/350128")
    page.goto(f"{portal_url}/search?lang=en")
    box = page.get_by_role("combobox")
    box.press_sequentially("平谭")  # of another character with the same sound
    page.wait_for_selector("[role=option]:has-text('sounds so: ping tan')")
    box.fill("")
    box.press_sequentially("平潭管委会")
    page.wait_for_selector("[role=option]:has-text('平潭综合实验区管理委员会'):not(:has-text('sounds so'))")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/agencies/350128-guanweihui?lang=en")
    page.close()


def test_without_a_script_the_box_searches(browser: Any, portal_url: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(portal_url)
    page.fill("#q", "平潭县")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("main a[href='/regions/350128']").count() and page.locator("main a[href='/reports/350128-guanweihui-2020']").count()
    page.close()


def test_a_search_that_is_cut_says_so(site: httpx.Client) -> None:
    query = "残" * 90 + "复" * 30
    assert site.get("/search.json", params={"q": query}).json()["left_out"] == 20
    assert site.get("/search.json", params={"q": query[:100]}).json()["left_out"] == 0
    page = LexborHTMLParser(site.get("/search", params={"q": query}).text)
    assert "后面的 20 个没有用上" in page.css_first("main .caution").text()
    assert page.css_first("main input[type=search]").attributes.get("maxlength") is None  # by which a browser cuts without a word
    refused = site.get("/agencies.json", params={"q": query})
    assert refused.status_code == 400 and "100 个字" in refused.json()["error"]


@pytest.mark.parametrize(("query", "said"), [("pingtan", "文字里没有这几个字的报告"), ("无此词语", "没有找到“无此词语”")])
def test_what_was_found_by_name_alone_and_what_not_at_all_is_said(site: httpx.Client, query: str, said: str) -> None:
    page = tree(site, f"/search?q={query}")
    status = page.css("main section [role=status]")[-1].text()
    assert said in status and "0 份" not in status
    assert ("拼音或首字母" in status) == (not site.get(f"/search.json?q={query}").json()["named_agencies"]["total"])
