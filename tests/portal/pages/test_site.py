"""The portal over HTTP, served by a real Datasette: every page and its JSON, nothing of a document run as markup."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import subprocess
import sys
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from portal.pages import queries
from tests.support.examples import PROCEDURES, new_database, write
from tests.support.pages import DATASETTES, OWN, PAGES, REPORT, tree
from tests.support.paths import ROOT, SERVED
from tests.support.site_rows import AGENCY


@pytest.mark.parametrize("path", [*OWN, *DATASETTES])
def test_every_page_answers_in_chinese_and_runs_nothing_of_a_document(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert re.search("<h1[^>]*>[^<]*[\u4e00-\u9fff]|<h1[^>]*>portal|<h1", answer.text)
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert 'href="javascript:' not in answer.text
    assert not re.search("<[bi]>(1？|斜)", answer.text)


@pytest.mark.parametrize("path", [*OWN, *DATASETTES])
def test_headings_tables_and_fields_say_what_they_are(site: httpx.Client, path: str) -> None:
    page = tree(site, path)
    levels = [int(heading.tag[1]) for heading in page.css("h1, h2, h3, h4")]
    assert levels.count(1) == 1 and all(below <= above + 1 for above, below in pairwise(levels))
    assert all(header.attributes.get("scope") for header in page.css("th"))
    labelled = {label.attributes.get("for") for label in page.css("label")}
    for field in page.css("input:not([type=hidden]), select, textarea"):
        named = field.attributes.get("aria-label") or field.attributes.get("id") in labelled
        assert named or field.parent.tag == "label", field.html
    ids = [element.attributes["id"] for element in page.css("[id]")]
    assert len(ids) == len(set(ids))
    leading = [link.attributes["href"] or "" for link in page.css("a[href^='#']")]
    assert {link[1:] for link in leading if len(link) > 1} <= set(ids)


@pytest.mark.parametrize(("path", "sibling", "rows"), [("/", "/index.json", "newest"), ("/reports", "/reports.json", "reports")])
def test_a_date_beside_a_report_says_what_it_is(site: httpx.Client, path: str, sibling: str, rows: str) -> None:
    of_report = {f"/reports/{row['id']}": row for row in site.get(sibling).json()[rows]}
    dated = {
        link.attributes["href"]: re.findall(r"(公布|落款) (\d{4}-\d\d-\d\d)", item.text())
        for item in tree(site, path).css("ul.plain > li, tbody tr")
        if (link := item.css_first("a[href^='/reports/']"))
    }
    for address, row in of_report.items():
        published = [("公布", row["published_on"])] if row["published_on"] else []
        signed = [("落款", row["signed_on"])] if row["signed_on"] else []
        assert dated[address] == (published or signed)
    assert {kind for found in dated.values() for kind, _ in found} == {"公布", "落款"}


@pytest.mark.parametrize(("status", "shown"), [("stated", 7), ("inferred", None)])
def test_the_main_figures_are_printed_ones(status: str, shown: int | None) -> None:
    cell = {"total": 7, "total_status": status}
    db = new_database()
    write(db, {"applications": [{"item": "received", **cell}], "review_litigation": [{"procedure": name, **cell} for name in PROCEDURES]})
    (row,) = queries.rows_of(db)(queries.FIGURES + " group by reports.id", {})
    assert {row[name] for name in ("received", *PROCEDURES)} == {shown}
    assert row["year"] == 2021


def test_what_was_refused_is_counted_nowhere_as_a_report_and_told_apart() -> None:
    db = new_database()
    agencies = [{"code": code, "name": code, "level": "county", "kind": "department"} for code in "ab"]
    read, refused = {"id": "a-2021", "agency": "a"}, {"id": "b-2021", "agency": "b", "status": "refused"}
    write(db, {"agencies": agencies, "reports": [read, refused]})
    home = queries.home(queries.rows_of(db))
    for counts in (home["counts"], *home["years"]):
        assert (counts["reports"], counts["agencies"]) == (1, 1)
    assert [row["code"] for row in home["agencies"]] == ["a"]
    year = queries.year(queries.rows_of(db), 2021)
    assert year and [row["status"] for row in year["figures"]] == ["read", "refused"]


def test_prose_offers_no_json_that_is_not_there_and_shows_no_markup(site: httpx.Client) -> None:
    for path in ("/api", "/accuracy"):
        page = tree(site, path)
        assert not page.css(".as-data a, link[type='application/json']")
        assert page.body and not re.search(r"</?(?:br|p|td|li)\b", page.body.text())


def test_the_examples_are_led_to_within_the_section_that_opens(site: httpx.Client) -> None:
    (link,) = [link.attributes["href"] for link in tree(site, "/data").css("main p.lead a") if "pandas" in link.text()]
    path, _, name = (link or "").partition("#")
    page = tree(site, path)
    assert "pandas" in page.css_first(f"details > #{name}").text()  # to what lies in it a browser unfolds it; itself it would not
    for one in (page, tree(site, "/accuracy")):
        names = [section.attributes["id"] for section in one.css("details > .unfolds")]
        assert len(set(names)) == len(names) > 3 and all(names)


@pytest.mark.parametrize(
    "path", ["/reports/none", "/agencies/none", "/years/1901", "/checks/none", "/none/none/none/none", "/reports/none.json"]
)
def test_what_does_not_exist_answers_404(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/none", "/years/x", "/reports/none", "/portal/none", "/portal/reports/none"])
def test_what_is_not_there_says_so_in_chinese_first_and_names_no_database(site: httpx.Client, path: str) -> None:
    error = site.get(f"{path}.json").json()["error"]
    assert re.match("没有这|没有叫", error) and re.search("no such|there is no", error)
    assert error in LexborHTMLParser(site.get(path).text).css_first("main").text()


@pytest.mark.parametrize(
    ("path", "near"),
    [
        (
            "/reports/350128-guanweihui-2016",
            ["/agencies/350128-guanweihui", *(f"/reports/350128-guanweihui-{year}" for year in (2017, 2015, 2018))],
        ),
        ("/reports/350128-x-2016", ["/agencies/350128-guanweihui"]),
        ("/Reports/350128-GUANWEIHUI-2015.json", ["/reports/350128-guanweihui-2015.json"]),
        ("/years/2016", ["/years/2017", "/years/2015", "/years/2018"]),
        ("/agencies/pingtan", ["/regions/350128", "/agencies/350128-guanweihui"]),
        ("/regions/平潭", ["/regions/350128"]),
        ("/REPORTS", ["/reports"]),
        ("/checks/copied_narative", ["/checks/copied_narrative"]),
        ("/findings?region=平潭&year=2020", ["/findings?region=350128&year=2020"]),
        ("/compare.json?agency=平潭", ["/compare.json?agency=350128-guanweihui"]),
        ("/reports?pgae=1&q=x&lang=en", ["/reports?page=1&q=x"]),
        ("/reports.json?sort=-findngs", ["/reports.json?sort=-findings"]),
        ("/portal/aplications.json", ["/portal/applications.json"]),
        ("/none", []),
    ],
)
def test_what_is_near_to_an_address_that_is_not_there_can_be_followed(site: httpx.Client, path: str, near: list[str]) -> None:
    answer = site.get(path)
    assert answer.status_code in (400, 404)
    if ".json" in path:
        found = [row["address"] for row in answer.json()["near"]]
    else:
        found = [link.attributes["href"] for link in LexborHTMLParser(answer.text).css("main .near a")]
        assert all(address.endswith("lang=en") == ("lang=en" in path) for address in found)
    assert [re.sub("[?&]lang=en", "", address) for address in found] == near
    assert {site.get(address).status_code for address in found} <= {200}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("/portal/applications{}?_sort=yeer", "year"),
        ("/portal/applications/x{}", "binding"),
        ("/portal{}?sql=selec", "SELECT"),
        ("/portal{}?sql=</textarea><b>", "SELECT"),
        ("/portal{}?sql=with recursive a(x) as (select 1 union all select x %2B 1 from a) select count(*) from a", "用时太久"),
    ],
)
def test_what_cannot_be_asked_is_the_askers_fault_and_one_sentence(site: httpx.Client, query: str, said: str) -> None:
    answer = site.get(query.format(".json"))
    assert answer.status_code == 400 and said in answer.json()["error"] and re.match("[\u4e00-\u9fff]", answer.json()["error"])
    page = site.get(query.format(""))
    main = LexborHTMLParser(page.text).css_first("main")
    assert page.status_code == 400 and said in main.text()
    sql = [unquote(query.partition("sql=")[2])] if "sql=" in query else []  # it stands there again, to be mended
    assert [box.text() for box in main.css("textarea[name=sql]")] == sql


def test_data_may_be_read_from_any_origin_errors_too(site: httpx.Client) -> None:
    own = [*PAGES.values(), "/findings.csv", "/findings.atom", "/draft.json", "/none.json"]
    for path in [*own, "/portal/applications.json?_shape=array", "/portal.json?sql=select+1", "/portal/applications.csv"]:
        assert site.get(path).headers.get_list("access-control-allow-origin") == ["*"], path
    assert "access-control-allow-origin" not in site.get("/").headers


def test_a_comparison_names_the_codes_that_it_does_not_know(site: httpx.Client) -> None:
    path = f"/compare?agency=none&agency={AGENCY}"
    assert site.get(path.replace("?", ".json?")).json()["unknown"] == ["none"]
    assert "没有这样的机关：none" in tree(site, path).css_first("main").text()
    assert "没有这样的机关" not in tree(site, f"/compare?agency={AGENCY}").css_first("main").text()


@pytest.mark.parametrize(
    "path", ["/years/2022?page=999999999", "/checks/sample_check?page=0002", "/search?q=%22%27*(", f"/compare?agency=';--&agency={AGENCY}"]
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
    for path in [*OWN, *DATASETTES, "/portal?sql=select+1", "/portal/applications_by_year", "/none"]:
        answer = site.get(path)
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
        assert not re.search(r"<script(?! type=\"application/ld\+json\"|[^>]*\bsrc=)|<style|\sstyle=|\son\w+=\"", answer.text), path


def test_the_examples_of_the_checks_name_tables_and_columns_in_the_readers_language(site: httpx.Client) -> None:
    for check in site.get("/checks.json").json()["checks"]:
        for language, letters in (("zh", ".*[\u4e00-\u9fff]"), ("en", "[A-Z]")):
            page = tree(site, f"/checks/{check['code']}?lang={language}")
            for head in page.css(".example caption, .example thead th"):
                assert re.match(letters, head.text()) and head.css_first("code"), (check["code"], head.text())


def test_a_check_runs_its_sql_with_one_click(site: httpx.Client) -> None:
    link = tree(site, "/checks/sample_check").css_first("a.button").attributes["href"]
    assert "select report_id" in site.get(unescape(link)).raise_for_status().text


def test_datasettes_tables_hide_ranges_and_tell_a_blank_from_a_zero(site: httpx.Client) -> None:
    page = tree(site, f"/portal/applications?report_id={AGENCY}-2022&item=received")
    assert page.css_first("td.col-business").text(strip=True) == "空白"
    assert page.css_first("td.col-other_org").text(strip=True) == "0"
    asked = tree(site, f"/portal/applications?report_id={AGENCY}-2022&item=received&_codes=on")
    columns, all_columns = ({node.attributes["data-column"] for node in table.css("th[data-column]")} for table in (page, asked))
    assert columns < all_columns and all_columns - columns == {
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


def test_codes_in_the_tables_have_their_chinese_word(site: httpx.Client) -> None:
    reports, cells, findings = (tree(site, f"/portal/{path}") for path in ("reports?status=refused", "cells?status=blank", "findings"))
    assert reports.css_first("td.col-status").text() == "无法读取 refused"
    assert (
        "无法读取 2" in reports.css_first("#facet-status").text()
        and "县级" in tree(site, "/portal/reports").css_first("#facet-level").text()
    )
    assert cells.css_first("td.col-status").text() == "原文空白，不等于零 blank"
    assert "报告如此" in findings.css_first("#facet-verdict").text()
    assert site.get("/portal/reports.json?status=refused&_shape=array").json()[0]["status"] == "refused"


@pytest.mark.parametrize("path", ["/portal/findings", "/portal/reports", "/portal/cells", f"/portal/reports/{AGENCY}-2022"])
def test_a_column_is_called_by_its_word_first_in_the_readers_language(site: httpx.Client, path: str) -> None:
    for language, letters in (("", "[\u4e00-\u9fff]"), ("?lang=en", "[A-Za-z]")):
        heads = [head for head in tree(site, path + language).css("main table th") if head.css_first("code")]
        assert heads and [head.text() for head in heads if not re.match(letters, head.text().strip())] == []
        assert not language or not re.search("[\u4e00-\u9fff]", "".join(head.text() for head in heads))


def test_the_columns_of_a_query_are_called_as_all_tables_call_them(site: httpx.Client) -> None:
    for language, said in (
        ("", ["所属报告", "agency_name", "核对发现的处数"]),
        ("?lang=en", ["The report", "agency_name", "Number of findings"]),
    ):
        heads = [head.text(deep=False) or head.text() for head in tree(site, f"/portal/reports_with_findings{language}").css("thead th")]
        assert [heads[n] for n in (0, 1, 3)] == said


ENGLISH = ["thead th", "dt", "summary", "button", "label", "option", "legend", ".facets a", ".tag"]


@pytest.mark.parametrize("path", [*OWN, *DATASETTES, "/portal/findings", "/checks/applications_handled_sum", "/leads/jumps"])
def test_what_a_page_calls_its_parts_is_english_but_for_names(site: httpx.Client, database: sqlite3.Connection, path: str) -> None:
    named = [name for (name,) in database.execute("select name from agencies union select name from regions")] + ["样例"]
    page = tree(site, f"{path}{'&' if '?' in path else '?'}lang=en")
    for other in page.css("main [lang=zh-CN], main.prose"):  # documents in both languages
        other.decompose()
    said = {node.text() for node in page.css(", ".join(f"main {part}" for part in ENGLISH))}
    said |= {node.attributes["aria-label"] or "" for node in page.css("main [aria-label]")}
    assert [text for text in said if re.search("[\u4e00-\u9fff]", text) and not any(name in text for name in named)] == []


def test_codes_stand_behind_their_words_in_tables_rows_and_choices(site: httpx.Client) -> None:
    cells = f"/portal/cells?report_id={AGENCY}-2022&item=fees"
    for path, column, chinese, in_english in (
        (cells, "section", "主动公开政府信息情况", "Proactive disclosure"),
        (cells, "measure", "本年收费金额", "Charged this year (yuan)"),
        ("/portal/reports/350128-guanweihui-2020", "region", "平潭县", "平潭县"),
        ("/portal/reports/350128-guanweihui-2020", "agency", "平潭综合实验区管理委员会", "平潭综合实验区管理委员会"),
    ):
        for language, said in (("", chinese), ("lang=en", in_english)):
            page = tree(site, f"{path}{'&' if '?' in path else '?'}{language}")
            rows = page.css(f"td.col-{column}") or [
                row for row in page.css(".one-row tr") if row.css_first(f"th code:lexbor-contains('{column}')")
            ]
            assert rows[0].css_first("td, *").text().strip() and said in rows[0].text() and rows[0].css_first("small.code"), path
    assert "Proactive disclosure" in tree(site, "/portal/cells?lang=en").css_first("#facet-section").text()
    checks = {cell.css_first("a").text() for cell in tree(site, "/portal/findings?lang=en").css("td.col-check_code")}
    assert "Results add up" in checks and [name for name in checks if name != "样例核对" and not name.isascii()] == []


def test_the_tables_lead_to_the_pages_of_reports_agencies_and_checks(site: httpx.Client) -> None:
    for path, address in {
        "/portal/reports?id=source-000000000000": "/reports/source-000000000000",
        "/portal/reports?_col=title&year=2022&agency=" + AGENCY: REPORT,
        f"/portal/reports/{AGENCY}-2014": f"/reports/{AGENCY}-2014",
        f"/portal/agencies?code={AGENCY}": f"/agencies/{AGENCY}",
        "/portal/checks?code=sample_check": "/checks/sample_check",
    }.items():
        assert tree(site, path).css_first(f"td a[href='{address}']").text(), path


@pytest.mark.parametrize("path", ["/portal/reports", "/portal/applications?_size=5", f"/portal/reports/{AGENCY}-2022", "/portal/findings"])
def test_rows_of_tables_lead_on_in_english(site: httpx.Client, path: str) -> None:
    page = tree(site, f"{path}{'&' if '?' in path else '?'}lang=en")
    links = [link.attributes["href"] or "" for link in page.css("main tbody a[href^='/']")]
    assert links and [href for href in links if "lang=en" not in href] == []
    assert not any("lang=en" in (link.attributes["href"] or "") for link in tree(site, path).css("main tbody a"))


@pytest.mark.parametrize("path", [*OWN, *DATASETTES, "/none"])
def test_pages_can_be_read_aloud_and_operated_by_keyboard(site: httpx.Client, path: str) -> None:
    page = LexborHTMLParser(site.get(path).text)
    assert page.css_first("html").attributes["lang"] == "zh-CN"
    levels = [int(heading.tag[1]) for heading in page.css("main h1, main h2, main h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), "no level of heading is left out"
    assert [
        cell.html
        for cell in page.css("main th")
        if "scope" not in cell.attributes and "prose" not in page.css_first("main").attributes.get("class", "")
    ] == []
    named = {label.attributes.get("for") for label in page.css("label")}
    fields = page.css("main input:not([type=hidden]), main select, main textarea")
    assert [
        f.html for f in fields if f.attributes.get("id") not in named and "aria-label" not in f.attributes and f.parent.tag != "label"
    ] == []
    assert page.css_first("a.skip").attributes["href"] == "#content"
    assert page.css_first("#content") is not None
    assert [
        link.html for link in page.css("main a") if not link.text(strip=True) and "place" not in (link.attributes.get("class") or "")
    ] == []


def test_no_csv_holds_a_formula_and_json_is_as_stored(site: httpx.Client) -> None:
    words = ["=1+1", "-417", "@x", "-", "+5", '=a\n"=b",=c', "三、"]
    columns = ", ".join(f"'{word}' as w{n}" for n, word in enumerate(words))
    sql = {"sql": f"select {columns} union all select {columns}", "_shape": "arrays"}
    assert site.get("/portal.json", params=sql).json()["rows"] == [words, words]
    for encoding in ("gzip", "identity"):
        answer = site.get("/portal.csv", params=sql, headers={"accept-encoding": encoding})
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        assert rows[1:] == [["'=1+1", "-417", "'@x", "-", "+5", '\'=a\n"=b",=c', "三、"]] * 2


def test_a_csv_has_every_value_of_the_json(site: httpx.Client) -> None:
    stored = site.get("/portal/source_texts.json?_shape=array&_size=max").json()
    listed = list(csv.DictReader(io.StringIO(site.get("/portal/source_texts.csv?_stream=on").content.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in listed] == [row["id"] for row in stored]
    assert all(row["text"].removeprefix("'") == before["text"] for row, before in zip(listed, stored, strict=True))


@pytest.mark.parametrize("made", ["none", "unfinished", "older", "no database"])
def test_a_portal_without_a_whole_database_does_not_start(tmp_path: Path, made: str) -> None:
    for name in SERVED:
        (tmp_path / name).symlink_to(ROOT / name)
    if made == "no database":
        (tmp_path / "portal.db").write_text("样例" * 1000, encoding="utf-8")
    elif made != "none":
        with sqlite3.connect(tmp_path / "portal.db") as db:
            db.executescript("create table builds (id integer)" + ("; pragma user_version = 1" if made == "older" else ""))
    program = Path(sys.executable).with_name("datasette")
    ended = subprocess.run([program, ".", "--port", "0"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "build.py" in ended.stderr and "Traceback" not in ended.stderr
