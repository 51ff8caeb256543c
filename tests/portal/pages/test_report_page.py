"""The report's page: the form as printed, findings marked on all they involve, and the source text, over HTTP and in a browser."""

from __future__ import annotations

import sqlite3
from html import unescape
from typing import Any

import httpx
import pytest

from portal import words
from portal.pages import report
from tests.support.pages import REPORT, tree
from tests.support.site_rows import AGENCY, HOSTILE


def rows_of(db: sqlite3.Connection) -> Any:
    return lambda sql, values: [dict(row) for row in db.execute(sql, values)]


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
        proof = words.word("placed_by", cell["placed_by"]) if cell["placed_by"] else None
        assert proof is None or f"列的依据：{proof}（{words.word('layout', cell['layout'])}）" in unescape(shown.attributes["title"])
    assert {"geometry"} <= {cell["placed_by"] for cell in cells} <= {*words.WORDS["placed_by"], None}
    assert page.css_first("#c-applications-withheld_process-total").text() == "缺"
    assert [small.text() for small in page.css("small.read-as")] == ["= 256,553 元"]


def test_the_source_text_is_whole_and_a_place_cuts_what_is_printed(site: httpx.Client, database: sqlite3.Connection) -> None:
    page = tree(site, REPORT)
    text = database.execute("select text from source_texts where report_id = ?", (f"{AGENCY}-2022",)).fetchone()["text"]
    assert page.css_first(".source-text").text() == text
    assert HOSTILE in text
    assert page.css_first("#s-proactive_disclosure-fees-charged").text() == "25.6553万元"
    assert [a.text() for a in page.css("a.place") if "applications-handled-total" in a.attributes["data-keys"].split()] == ["14"]


def test_notes_are_of_the_document_shown_and_each_is_said_once(site: httpx.Client) -> None:
    page, notes = tree(site, REPORT), site.get(f"{REPORT}.json").json()["notes"]
    assert [note["source_id"].startswith("twin") for note in notes] == [False] * 3 + [True] * 2
    listed = next(section for section in page.css("section") if "读取说明" in (section.css_first("h2") or section).text())
    doubt, inferred = listed.css("ul.plain")[0].css("li")
    assert "样例说明" in doubt.text()
    assert inferred.text(strip=True).startswith("样例推定") and "2 处" in inferred.text() and len(inferred.css("a")) == 2
    assert "样例散行" not in listed.text() and not page.css("[data-keys~='note-3'], [data-keys~='note-4']")
    twin = page.css_first("#sources a[href*='source_id=twin']")
    assert "2 条" in twin.text() and "样例散行" in site.get(twin.attributes["href"]).raise_for_status().text


def test_findings_mark_their_cells_and_lead_to_other_reports(site: httpx.Client) -> None:
    page = tree(site, REPORT)
    listed = page.css("ol.findings > li")
    assert [item.attributes["class"].split()[1] for item in listed] == ["finding-" + v for v in ("reading", "confirmed", "undecided")]
    assert [bool(item.css(".caution")) for item in listed] == [True, False, True]
    cell = page.css_first("#c-applications-received-total")
    assert "found" in cell.attributes["class"].split()
    assert "印出 15，应为 16" in unescape(cell.attributes["title"])
    marks = [mark.attributes["href"] for mark in page.css("a.finding-number")]
    assert marks.count(f"#finding-{AGENCY}-2022-sample_check-report") == 2, "also the cell that the document has not"
    links = [link.attributes["href"] for link in listed[0].css("a")]
    assert f"/reports/{AGENCY}-2021#c-applications-handled-total" in links
    fragments = [link.attributes["href"][1:] for item in listed for link in item.css("a[href^='#']")]
    assert fragments
    assert all(page.css_first(f"[id='{fragment}']") for fragment in fragments)
    involved = tree(site, f"/reports/{AGENCY}-2021")
    assert "found" in involved.css_first("#c-applications-handled-total").attributes["class"].split()


def test_the_parts_of_a_sum_that_are_zero_are_told_and_not_marked(site: httpx.Client) -> None:
    path, of_sums = "/reports/350128-guanweihui-2020", 0
    data, page = site.get(f"{path}.json").json(), tree(site, path)
    values = {(cell["section"], cell["item"], cell["measure"]): cell["value"] for cell in data["cells"]}
    for finding in data["findings"]:
        if finding["check_code"] == "applications_handled_sum":
            places = [(cell["section"], cell["item"], cell["measure"]) for cell in finding["cells"]]
            own = finding["section"], finding["item"], finding["measure"]
            wanted = ["-".join(place) for place in places if values[place] != 0 or place == own]
            item = page.css_first(f"[id='finding-{finding['id']}']")
            assert item.attributes["data-marks"].split() == wanted and 2 < len(wanted) < len(places) - 5
            assert f"其余 {len(places) - len(wanted)} 格是 0" in item.text()
            of_sums += 1
    assert of_sums == 2
    boxed = {cell.attributes["id"] for cell in page.css("#form .cell.found")}
    assert "c-applications-handled-total" in boxed
    assert not {f"c-{'-'.join(place)}" for place, value in values.items() if value == 0 and place[0] == "applications"} & boxed


def test_a_row_of_the_sources_table_reads_as_a_row(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{portal_url}/reports/350128-guanweihui-2020#c-applications-received-total")
    row, place = page.locator(".words .row:has(#s-applications-received-total)"), page.locator("#s-applications-received-total")
    assert "新收" in row.inner_text() and row.locator("a.place").count() == 7
    assert "chosen" in place.get_attribute("class") and row.locator(".rule").count() >= 7
    rules = row.locator(".rule").evaluate_all(
        "rules => rules.map(rule => rule.getBoundingClientRect()).filter(box => box.width && box.height).length"
    )
    assert rules == row.locator(".rule").count()
    above, below = page.locator(".words .row").evaluate_all("rows => rows.slice(0, 2).map(row => row.getBoundingClientRect().toJSON())")
    assert below["y"] >= above["y"] + above["height"] - 1 and below["y"] - above["y"] - above["height"] < 4  # no empty line between
    page.close()


def test_a_cell_that_only_cautioned_findings_involve_looks_so(site: httpx.Client) -> None:
    data = site.get(f"{REPORT}.json").json()
    involving: dict[str, set[str]] = {}
    for finding in data["findings"]:
        for cell in finding["cells"]:
            if cell["report_id"] == data["report"]["id"] and cell["measure"]:
                involving.setdefault("c-" + "-".join((cell["section"], cell["item"], cell["measure"])), set()).add(finding["verdict"])
    page = tree(site, REPORT)
    shown = {id: page.css_first(f"[id='{id}'].cell") for id in involving}
    cautious = {id: "cautious" in cell.attributes["class"].split() for id, cell in shown.items() if cell is not None}
    assert cautious == {id: "report" not in involving[id] for id in cautious}
    assert set(cautious.values()) == {True, False}
    numbers = {mark.text(strip=True)[2:]: "cautious" in mark.attributes["class"].split() for mark in page.css("a.finding-number")}
    assert numbers == {str(n): f["verdict"] != "report" for n, f in enumerate(data["findings"], start=1) if str(n) in numbers}


def test_a_cautioned_finding_marks_in_another_colour_and_the_form_fits_the_page(portal_url: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    colours = {}
    for standing in ("confirmed", "undecided"):
        page.goto(portal_url + REPORT)
        page.locator(f".finding-{standing} .finding-label").first.click()
        colours[standing] = page.locator(".place.involved").first.evaluate("element => getComputedStyle(element).boxShadow")
    assert colours["confirmed"] != colours["undecided"]
    for language in ("zh", "en"):
        page.goto(f"{portal_url}/reports/350128-guanweihui-2022?lang={language}")
        wide = page.evaluate("[...document.querySelectorAll('.scroll.paper')].filter(box => box.scrollWidth > box.clientWidth).length")
        assert wide == 0, language
    page.close()


def test_a_transcription_is_not_passed_off_as_the_reports_own_words(site: httpx.Client) -> None:
    path = "/reports/340603-canlian-2020"
    page = tree(site, path)
    assert page.css_first("#source-heading").text() == "转录稿" and "不是原件" in page.css_first(".source-head .transcribed").text()
    cells = [cell.attributes["title"] for cell in page.css("#form a.cell")]
    assert any("转录稿写作“" in said for said in cells) and "原文印" not in " ".join(cells) + page.css_first("main").text()
    assert all("摘要" in page.css_first(f"#section-{part['section']}").text() for part in site.get(f"{path}.json").json()["narrative"])
    for listed in (page, tree(site, "/findings?agency=340603-canlian"), tree(site, "/agencies/340603-canlian")):
        assert "不是报告原话" in listed.css_first(".finding").text()
    assert "不是报告原话" in site.get("/findings.atom?agency=340603-canlian").text
    assert "不是报告原话" not in site.get(f"/findings.atom?agency={AGENCY}").text
    collected = tree(site, REPORT).css_first("main").text()
    assert "原文" in collected and "转录" not in collected and "摘要" not in collected
    figures = tree(site, "/findings?check=applications_handled_sum&agency=350128-guanweihui").css(".finding")
    assert figures and not any("原话" in item.text() for item in figures), "of the tables, which are copied as printed"


BROKEN = """[...document.querySelectorAll("a.cell")].filter(cell => {
    const text = document.createRange();
    text.selectNodeContents(cell);
    return /^[\\d.]+$/.test(cell.textContent) && new Set([...text.getClientRects()].map(box => Math.round(box.top))).size > 1;
}).map(cell => cell.id)"""


def test_on_a_phone_the_labels_stay_when_the_form_is_scrolled_sideways(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(portal_url + REPORT)
    label = "document.querySelector('.form-applications th.label').getBoundingClientRect()"
    page.evaluate("document.querySelector('.form-applications').parentElement.scrollLeft = 1000")
    total = page.locator("#c-applications-received-total").bounding_box()
    assert page.evaluate(f"{label}.left") >= 0
    assert page.evaluate(f"{label}.right") < total["x"] < total["x"] + total["width"] < 390
    page.close()


@pytest.mark.parametrize(("media", "width"), [("screen", 390), ("print", 690)])  # A4 within its margins
def test_no_figure_is_broken_over_two_lines(browser: Any, portal_url: str, media: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)
    page.goto(portal_url + "/reports/350128-guanweihui-2020")
    assert page.evaluate(BROKEN) == []
    page.evaluate("document.querySelectorAll('a.cell').forEach(cell => cell.textContent = '2543887')")
    assert page.evaluate(BROKEN) == []
    page.close()


def test_on_paper_nothing_is_marked_but_what_is_marked_on_the_screen(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 690, "height": 900})
    page.emulate_media(media="print")
    page.goto(portal_url + "/reports/350128-guanweihui-2020")
    shadows = page.evaluate("['body', '.form', '.paper'].map(name => getComputedStyle(document.querySelector(name)).boxShadow)")
    assert shadows == ["none"] * 3
    covered = page.evaluate("""[...document.querySelectorAll("td:has(> .marks) > a.cell")].map(cell =>
        [cell.getBoundingClientRect(), cell.nextElementSibling.firstElementChild.getBoundingClientRect()]).filter(([figure, number]) =>
        Math.min(figure.bottom, number.bottom) - Math.max(figure.top, number.top) > 3
        && Math.min(figure.right, number.right) - Math.max(figure.left, number.left) > 1).length""")
    assert covered == 0
    page.close()


def test_every_link_within_a_report_has_its_target(site: httpx.Client) -> None:
    for path in (REPORT, f"/reports/{AGENCY}-2014", "/reports/source-000000000000"):
        page = tree(site, path)
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids))
        assert {unescape(a.attributes["href"][1:]) for a in page.css("main a[href^='#']")} <= set(ids)


def test_a_wrong_heading_an_indicator_table_and_a_refused_document(site: httpx.Client) -> None:
    assert "三、本年度办理结果" in tree(site, REPORT).css_first("#section-applications").text()
    assert tree(site, f"/reports/{AGENCY}-2014").css_first("table.statistics a.cell").text() == "88"
    refused = tree(site, "/reports/source-000000000000")
    assert "样例：没有表格" in refused.css_first(".caution").text()
    assert refused.css_first(".legend") is None and "没有读到这一部分" not in refused.css_first("main").text()
    assert refused.css_first("#source") and "点表格里的数" not in refused.css_first("main").text()
    wordless = tree(site, "/reports/source-111111111111")
    assert "样例：没有文字" in wordless.css_first(".caution").text() and not wordless.css_first("#source")


def test_a_report_takes_the_same_number_of_statements_however_long(database: sqlite3.Connection) -> None:
    counts = []
    for id in (f"{AGENCY}-2022", "source-000000000000"):
        statements: list[str] = []
        database.set_trace_callback(statements.append)
        report.report(rows_of(database), id)
        database.set_trace_callback(None)
        counts.append(len(statements))
    assert counts[0] == counts[1] < 17


def test_what_could_not_be_judged_is_folded_with_its_reason(site: httpx.Client) -> None:
    aside = tree(site, f"/reports/{AGENCY}-2021").css_first("details.aside")
    assert "样例：有空白格" in aside.text()
    assert "若空白算作零，则相符" in aside.text()


def test_what_the_text_says_is_listed_beside_it(site: httpx.Client) -> None:
    claims = tree(site, REPORT).css_first("#section-overview").parent.css_first("details.claims")
    assert claims.css_first("tbody a").text() == "收到的申请"
    assert "12 件" in claims.css_first("tbody td").text()


def test_the_forms_heads_in_english_name_the_unit_that_is_printed(site: httpx.Client) -> None:
    report = "/reports/350128-guanweihui-{}?lang=en"
    heads = {year: {head.text() for head in tree(site, report.format(year)).css(".form th.head")} for year in (2020, 2022)}
    assert "Charged this year (10,000 yuan)" in heads[2022] and "Amount" in heads[2020]
    assert not [head for of_year in heads.values() for head in of_year if "(yuan)" in head]


def test_what_was_not_read_is_not_said_to_be_missing_from_the_document(site: httpx.Client) -> None:
    for path in ("/reports/source-000000000000", f"/reports/{AGENCY}-2014", f"{REPORT}?lang=en"):
        shown = tree(site, path).css_first("main").text()
        assert not [word for word in ("原文未载", "原文无", "原文没有", "not stated", "no title printed") if word in shown], path
