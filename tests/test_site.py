"""The portal over HTTP, served by a real Datasette: every page and its JSON, nothing of a document run as markup."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser
from site_rows import AGENCY, HOSTILE

from portal import report
from portal.search import bigrams, match_query

ROOT = Path(__file__).resolve().parent.parent
REPORT = f"/reports/{AGENCY}-2022"
PAGES = {
    "/": "/index.json",
    f"/agencies/{AGENCY}": f"/agencies/{AGENCY}.json",
    "/years/2022": "/years/2022.json",
    REPORT: f"{REPORT}.json",
    f"/reports/{AGENCY}-2014": f"/reports/{AGENCY}-2014.json",
    "/reports/source-000000000000": "/reports/source-000000000000.json",
    "/checks": "/checks.json",
    "/checks/sample_check": "/checks/sample_check.json",
    "/search?q=残疾": "/search.json?q=残疾",
    f"/compare?agency={AGENCY}": f"/compare.json?agency={AGENCY}",
}
OWN = [*PAGES, "/api", "/search", "/compare"]
DATASETTES = ["/portal", "/portal/applications", "/portal/reports", "/portal/source_texts", f"/portal/reports/{AGENCY}-2022"]


@pytest.fixture(scope="session")
def site(portal_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=portal_url, timeout=20) as client:
        yield client


@pytest.fixture
def database(portal_database: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(portal_database)
    db.row_factory = sqlite3.Row
    yield db
    db.close()


def tree(site: httpx.Client, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site.get(path).raise_for_status().text)


def rows_of(db: sqlite3.Connection) -> Any:
    return lambda sql, values: [dict(row) for row in db.execute(sql, values)]


@pytest.mark.parametrize("path", [*OWN, *DATASETTES])
def test_every_page_answers_in_chinese_and_runs_nothing_of_a_document(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert re.search("<h1[^>]*>[^<]*[\u4e00-\u9fff]|<h1[^>]*>portal|<h1", answer.text)
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert 'href="javascript:' not in answer.text
    assert not re.search("<[bi]>(1？|斜)", answer.text)


@pytest.mark.parametrize(("path", "sibling"), PAGES.items())
def test_every_data_page_names_its_json_sibling(site: httpx.Client, path: str, sibling: str) -> None:
    assert site.get(sibling).raise_for_status().headers["content-type"].startswith("application/json")
    linked = tree(site, path).css_first("link[rel=alternate][type='application/json']").attributes["href"]
    assert site.get(linked).json() == site.get(sibling).json()


@pytest.mark.parametrize("sibling", PAGES.values())
def test_every_key_of_the_json_is_documented(site: httpx.Client, sibling: str) -> None:
    documented = set(re.findall(r"`(\w+)(?:\[\])?`", (ROOT / "docs/api.md").read_text(encoding="utf-8")))

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for inner in value.values() for key in keys(inner)}
        return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()

    parts = {f"{name}{part}" for name in ("value", "cumulative") for part in ("_status", "_start", "_end")}
    assert keys(site.get(sibling).json()) - parts <= documented


@pytest.mark.parametrize(
    "path", ["/reports/none", "/agencies/none", "/years/1901", "/checks/none", "/none/none/none/none", "/reports/none.json"]
)
def test_what_does_not_exist_answers_404(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/years/2022?page=999999999", "/checks/sample_check?page=-1", "/search?q=%22%27*(", "/compare?agency=';--"]
)
def test_odd_parameters_are_answered(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 200


def test_english_on_request_and_in_the_links_of_the_page(site: httpx.Client) -> None:
    page = tree(site, f"{REPORT}?lang=en")
    assert page.css_first("html").attributes["lang"] == "en"
    assert "Findings" in page.css_first("#findings-heading").text()
    assert all("lang=en" in (link.attributes["href"] or "") for link in page.css("main .up a"))
    assert "lang=" not in (tree(site, REPORT).css_first("main .up a").attributes["href"] or "")


def test_headers_keep_scripts_to_our_own_file(site: httpx.Client) -> None:
    for path in OWN:
        headers = site.get(path).headers
        assert "'unsafe-inline'" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=\"", site.get(path).text)
    assert "'unsafe-inline'" in site.get("/portal").headers["content-security-policy"]


def test_the_form_shows_every_cell_as_printed_and_each_kind_apart(site: httpx.Client, database: sqlite3.Connection) -> None:
    page = tree(site, REPORT)
    cells = database.execute("select * from cells where report_id = ?", (f"{AGENCY}-2022",)).fetchall()
    assert len(cells) > 180
    for cell in cells:
        shown = page.css_first(f"[id='c-{cell['section']}-{cell['item']}-{cell['measure']}']")
        assert cell["status"] in shown.attributes["class"].split()
        label = {"blank": "" if cell["printed"] else "空白", "inferred": "推", "unreadable": "疑", "stated": ""}[cell["status"]]
        assert shown.text(strip=True) == cell["printed"] + label
        assert page.css_first(f"[id='s-{cell['section']}-{cell['item']}-{cell['measure']}']") is not None
    assert page.css_first("#c-applications-withheld_process-total").text() == "缺"
    assert [small.text() for small in page.css("small.read-as")] == ["= 256,553 元"]


def test_the_source_text_is_whole_and_a_place_cuts_what_is_printed(site: httpx.Client, database: sqlite3.Connection) -> None:
    page = tree(site, REPORT)
    text = database.execute("select text from source_texts where report_id = ?", (f"{AGENCY}-2022",)).fetchone()["text"]
    assert page.css_first(".source-text").text() == text
    assert HOSTILE in text
    assert page.css_first("#s-proactive_disclosure-fees-charged").text() == "25.6553万元"
    assert [a.text() for a in page.css("a.place") if "applications-handled-total" in a.attributes["data-keys"].split()] == ["14"]


def test_findings_mark_their_cells_and_lead_to_other_reports(site: httpx.Client) -> None:
    page = tree(site, REPORT)
    listed = page.css("ol.findings > li")
    assert [item.attributes["class"].split()[1] for item in listed] == ["finding-" + v for v in ("reading", "report", "undecided")]
    assert [bool(item.css(".caution")) for item in listed] == [True, False, True]
    cell = page.css_first("#c-applications-received-total")
    assert "found" in cell.attributes["class"].split()
    assert "印出 15，应为 16" in unescape(cell.attributes["title"])
    marks = [mark.attributes["href"] for mark in page.css("a.finding-number")]
    assert marks.count(f"#f-{AGENCY}-2022-sample_check-report") == 2, "also the cell that the document has not"
    links = [link.attributes["href"] for link in listed[0].css("a")]
    assert f"/reports/{AGENCY}-2021#c-applications-handled-total" in links
    fragments = [link.attributes["href"][1:] for item in listed for link in item.css("a[href^='#']")]
    assert fragments
    assert all(page.css_first(f"[id='{fragment}']") for fragment in fragments)
    involved = tree(site, f"/reports/{AGENCY}-2021")
    assert "found" in involved.css_first("#c-applications-handled-total").attributes["class"].split()


def test_every_link_within_a_report_has_its_target(site: httpx.Client) -> None:
    for path in (REPORT, f"/reports/{AGENCY}-2014", "/reports/source-000000000000"):
        page = tree(site, path)
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids))
        assert {unescape(a.attributes["href"][1:]) for a in page.css("main a[href^='#']")} <= set(ids)


def test_a_wrong_heading_an_indicator_table_and_a_refused_document(site: httpx.Client) -> None:
    assert "三、本年度办理结果" in tree(site, REPORT).css_first("#section-applications").text()
    assert tree(site, f"/reports/{AGENCY}-2014").css_first("table.statistics a.cell").text() == "88"
    assert "样例：没有表格" in tree(site, "/reports/source-000000000000").css_first(".caution").text()


def test_a_report_takes_the_same_number_of_statements_however_long(database: sqlite3.Connection) -> None:
    counts = []
    for id in (f"{AGENCY}-2022", "source-000000000000"):
        statements: list[str] = []
        database.set_trace_callback(statements.append)
        report.report(rows_of(database), id)
        database.set_trace_callback(None)
        counts.append(len(statements))
    assert counts[0] == counts[1] < 15


def test_a_check_runs_its_sql_with_one_click(site: httpx.Client) -> None:
    link = tree(site, "/checks/sample_check").css_first("a.button").attributes["href"]
    assert "select report_id" in site.get(unescape(link)).raise_for_status().text


def test_datasettes_tables_hide_ranges_and_tell_a_blank_from_a_zero(site: httpx.Client) -> None:
    page = tree(site, f"/portal/applications?report_id={AGENCY}-2022&item=received")
    assert page.css_first("td.col-business").text(strip=True) == "空白"
    assert page.css_first("td.col-other_org").text(strip=True) == "0"
    hidden = {node.attributes["data-column"] for node in page.css("th[hidden]")}
    assert hidden == {
        f"{m}_{part}"
        for m in (
            "natural_person",
            "business",
            "research_institution",
            "public_interest_org",
            "legal_service",
            "other_org",
            "total",
        )
        for part in ("status", "start", "end")
    }
    assert page.css_first("td.col-agency a").attributes["href"] == f"/agencies/{AGENCY}"
    assert page.css_first("td.col-agency a").text() == "样例市民政局"
    row = site.get(f"/portal/applications.json?report_id={AGENCY}-2022&item=received&_shape=array").json()[0]
    assert row["business_status"] == "blank"


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


def test_search_page_shows_the_words_in_their_context(site: httpx.Client) -> None:
    page = tree(site, "/search?q=残疾人 复议")
    assert f"/reports/{AGENCY}-2022" in [link.attributes["href"] for link in page.css(".results a")]
    assert {mark.text() for mark in page.css("mark")} == {"残疾人", "复议"}


@pytest.mark.parametrize("path", [*OWN, *DATASETTES, "/none"])
def test_pages_run_without_a_complaint_and_fit_a_phone(browser: Any, portal_url: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(portal_url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [text for text in complaints if "404" not in text] == []
    page.close()


def in_view(page: Any, selector: str) -> bool:
    """Whether an element lies within the window and within the box that scrolls it."""
    return bool(
        page.locator(selector).evaluate(
            """element => {
                const box = element.getBoundingClientRect();
                const frame = element.closest(".source-text")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
                return box.top >= Math.max(0, frame.top - 1) && box.bottom <= Math.min(innerHeight, frame.bottom + 1);
            }"""
        )
    )


def settled(page: Any, selector: str) -> bool:
    """Whether an element comes into view; scrolling may take its time."""
    for _ in range(30):
        if in_view(page, selector):
            return True
        page.wait_for_timeout(100)
    return False


CELL, PLACE = "#c-review_litigation-reconsideration-total", "#s-review_litigation-reconsideration-total"


@pytest.mark.parametrize("width", [1360, 390])
def test_a_cell_and_its_place_in_the_source_mark_each_other(browser: Any, portal_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(portal_url + REPORT)
    page.locator(CELL).click()
    assert "chosen" in page.locator(PLACE).get_attribute("class")
    assert "chosen" in page.locator(CELL).get_attribute("class")
    assert settled(page, PLACE)
    assert "原文印出“0”" in page.locator("#inspector").inner_text()

    page.locator("#s-applications-handled-total").click()
    assert page.locator(".chosen").count() == 2
    assert "chosen" in page.locator("#c-applications-handled-total").get_attribute("class")
    assert settled(page, "#c-applications-handled-total")
    page.close()


def test_the_same_by_keyboard_and_by_address(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(f"{portal_url}{REPORT}#s-applications-handled-total")
    assert settled(page, "#s-applications-handled-total")
    page.locator("#c-applications-received-natural_person").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "c-applications-carried_in-business"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "s-applications-carried_in-business"
    assert settled(page, "#s-applications-carried_in-business")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "c-applications-carried_in-business"
    assert page.evaluate("location.hash") == "#c-applications-carried_in-business"
    page.close()


def test_several_blank_cells_at_one_place_lead_there(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(portal_url + REPORT)
    page.locator("#c-applications-received-business").click()
    assert page.locator("a.place.chosen.empty").count() == 1
    assert "空白" in page.locator("#inspector").inner_text()
    page.close()


def test_a_finding_without_a_cell_leads_to_its_sentence(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(portal_url + REPORT)
    page.locator("a[data-key^='finding-']").first.click()
    assert page.locator("a.place.chosen").inner_text().startswith("样例叙述")
    page.close()


def test_without_scripts_the_links_still_lead_there(browser: Any, portal_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1360, "height": 800})
    page = context.new_page()
    page.goto(portal_url + REPORT)
    page.locator(CELL).click()
    assert page.url.endswith(PLACE)
    context.close()
