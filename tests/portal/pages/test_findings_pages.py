"""The findings page, its facets, and the same findings as JSON, as a table for spreadsheets and as a feed."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from portal.pages import findings, queries
from portal.pages.export import Feed, as_atom
from portal.words import WORDS, word
from tests.support.pages import REPORT, settled, tree
from tests.support.site_rows import AGENCY, HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"


def of(site: httpx.Client, **choices: Any) -> dict[str, Any]:
    found: dict[str, Any] = site.get("/findings.json", params=choices).raise_for_status().json()
    return found


@pytest.mark.parametrize("facet", findings.FACETS)
def test_a_facet_counts_what_choosing_it_gives(site: httpx.Client, facet: str) -> None:
    values = of(site)["facets"][facet]
    assert values
    assert len({row["value"] for row in values}) == len(values)
    for row in values:
        chosen = of(site, **{facet: row["value"]})
        assert chosen["total"] == row["findings"] and chosen["total"] + chosen["refuted"] > 0


def test_choices_are_joined_and_each_can_be_changed(site: httpx.Client, database: sqlite3.Connection) -> None:
    both = of(site, standing="confirmed", agency=AGENCY)
    assert [row["id"] for row in both["findings"]] == [f"{AGENCY}-2022-sample_check-report"]
    counted = {row["value"]: row["findings"] for row in both["facets"]["standing"]}
    sql = "select coalesce(conclusion, verdict), count(*) from findings left join judgements on finding_id = id where agency = ? and conclusion is not 'refuted' group by 1"
    assert counted == dict(database.execute(sql, (AGENCY,)).fetchall())


def test_a_region_holds_those_within_it(site: httpx.Client) -> None:
    province = of(site, region="350000")
    assert province["total"] == sum(row["findings"] for row in province["facets"]["region"]) > 0
    assert {row["value"][:2] for row in province["facets"]["region"]} == {"35"}
    assert {row["region"][:2] for row in province["findings"]} == {"35"}
    assert [row["value"] for row in of(site, region="350100")["facets"]["region"]] == ["350128"]


def test_each_sort_lists_the_same_findings(site: httpx.Client) -> None:
    lists = [[row["id"] for row in of(site, sort=sort)["findings"]] for sort in findings.SORTS]
    assert len({tuple(sorted(ids)) for ids in lists}) == 1
    assert len({tuple(ids) for ids in lists}) > 1


@pytest.mark.parametrize("query", ["page=99999", "page=" + "9" * 30, "page=", "year=", f"agency={AGENCY}&year=1999"])
def test_odd_choices_are_answered(site: httpx.Client, query: str) -> None:
    assert site.get(f"/findings?{query}").status_code == 200


@pytest.mark.parametrize(
    "choice",
    [
        "year=x",
        "year=99",
        "region='",
        "region=35",
        "verdict=%22",
        "verdict=Report",
        "standing=x",
        "check=%00",
        "agency=none",
        "level=" + "x" * 500,
    ],
)
def test_a_choice_that_can_be_no_such_thing_is_not_taken_for_nothing_found(site: httpx.Client, choice: str) -> None:
    for address in ("/findings", "/findings.json", "/findings.csv", "/findings.atom"):
        answer = site.get(f"{address}?{choice}&sort=year")
        assert answer.status_code == 400, address
        assert "没有这样的" in answer.text or "没有这样的" in answer.json()["error"]


def test_a_sort_that_there_is_not_is_no_answer(site: httpx.Client) -> None:
    assert site.get("/findings?sort=drop").status_code == 400


def test_beyond_the_last_page_the_first_is_offered(site: httpx.Client) -> None:
    main = tree(site, "/findings?page=99999").css_first("main")
    assert "没有符合" not in main.text() and main.css_first("a[href$='/findings']")
    for path in ("/years/2022", "/checks/sample_check"):
        beyond = tree(site, f"{path}?page=99").css_first("main")
        assert "没有第 99 页，只有 1 页" in beyond.text() and beyond.css_first(f"a[href='{path}']"), path
        assert "没有第" not in tree(site, path).css_first("main").text()


def test_what_is_chosen_can_be_taken_away_and_links_keep_the_rest(site: httpx.Client) -> None:
    page = tree(site, f"/findings?verdict=undecided&agency={AGENCY}&lang=en")
    removing = [link.attributes["href"] for link in page.css("a.filter")]
    assert removing == [f"/findings?agency={AGENCY}&lang=en", "/findings?verdict=undecided&lang=en"]
    assert all("agency=" in (link.attributes["href"] or "") for link in page.css(".facets a"))


def test_all_but_a_reports_own_contradiction_carry_a_caution(site: httpx.Client) -> None:
    for path in ("/findings", f"/agencies/{AGENCY}", "/years/2022", "/checks/sample_check"):
        listed = tree(site, path).css(".finding")
        assert {"finding-confirmed", "finding-reading", "finding-undecided"} <= {item.attributes["class"].split()[1] for item in listed}
        for item in listed:  # a person's conclusion stands in the place of our doubt
            standing = item.attributes["class"].split()[1].removeprefix("finding-")
            assert bool(item.css(".caution")) == (standing in ("reading", "undecided")), item.text()
            assert bool(item.css(".judged-" + standing)) == (standing in WORDS["conclusion"])
            assert word("standing", standing) in item.text() and re.search("轻重：(较重|一般|轻微)", item.text())
            assert sum(item.text().count(word("standing", other)) for other in WORDS["standing"]) == 1


def test_what_a_person_concluded_is_said_alike_everywhere_and_in_the_place_of_our_doubt(site: httpx.Client) -> None:
    """Of an undecided finding a person can say that the figures are so, and not that they contradict each other."""
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(site.get("/findings.csv").content.decode("utf-8-sig")))}
    concluded = {id: row for id, row in rows.items() if row["conclusion"]}
    assert {(row["verdict"], row["conclusion"]) for row in concluded.values()} >= {
        ("undecided", "open"), ("reading", "confirmed"), ("reading", "refuted"), ("report", "confirmed"),
    }  # fmt: skip
    entries = {entry.find(f"{ATOM}link").attrib["href"].partition("#finding-")[2]: entry  # type: ignore[union-attr]
               for entry in ElementTree.fromstring(site.get("/findings.atom").content).iter(f"{ATOM}entry")}  # fmt: skip
    for id, row in rows.items():
        assert row["standing"] == (row["conclusion"] or row["verdict"])
        said = [entries[id].findtext(f"{ATOM}{name}") or "" for name in ("title", "summary")]
        page = tree(site, f"/reports/{row['report_id']}").css_first(f"[id='finding-{id}']").text()
        for text in (*said, page):
            told = [code for code in WORDS["standing"] if word("standing", code) in text]
            assert told == ([] if row["standing"] == "report" and text is not page else [row["standing"]]), (id, text)
    assert of(site, standing="open")["total"] == sum(row["conclusion"] == "open" for row in rows.values())
    assert {row["conclusion"] for row in of(site, verdict="undecided", standing="undecided")["findings"]} == {None}


def test_who_compared_is_named_and_where_that_was_not_recorded_it_is_said(site: httpx.Client) -> None:
    for path, named, unnamed in (
        ("", "（对照：样例核对人，2023-04-05）", "（对照的人未署名，日期未记）"),
        ("?lang=en", "(compared by: 样例核对人, 2023-04-05)", "(by whom and when was not recorded)"),
    ):
        assert named in tree(site, REPORT + path).css_first(".finding-confirmed .judged").text()
        assert unnamed in tree(site, f"/reports/{AGENCY}-2021{path}").css_first(".finding-refuted .judged").text()


def test_findings_of_one_mistake_are_one_card_and_each_is_counted(site: httpx.Client, database: sqlite3.Connection) -> None:
    sql = "select id, together from findings where report_id = '350128-guanweihui-2020' and check_code = 'applications_handled_sum' order by id"
    (first, none), (other, together) = map(tuple, database.execute(sql).fetchall())
    assert none is None and together == first
    for path in ("/findings?agency=350128-guanweihui&year=2020", "/agencies/350128-guanweihui"):
        page = tree(site, path)
        card = next(card for card in page.css(".together") if f"#finding-{first}" in (card.html or ""))
        shown, folded = card.css_first("ul"), card.css_first("details ul")
        assert [f"#finding-{id}" in (part.html or "") for part in (shown, folded) for id in (first, other)] == [True, False, False, True]
        assert "另外 1 处" in card.css_first("summary").text()
    assert of(site, agency="350128-guanweihui", year=2020)["total"] == len(
        tree(site, "/findings?agency=350128-guanweihui&year=2020").css(".finding")
    )
    assert database.execute("select findings, mistakes from reports where id = '350128-guanweihui-2020'").fetchone()[:] == (3, 2)
    for path in ("/years/2020", "/agencies/350128-guanweihui", "/reports?q=平潭综合实验区管理委员会&year=2020"):
        assert "可能 2 个差错" in next(tag.parent.parent.text() for tag in tree(site, path).css(".tag-found") if "发现 3" in tag.text()), (
            path
        )
    of_report = tree(site, "/reports/350128-guanweihui-2020")
    assert of_report.css_first(f"[id='finding-{other}'] a[href='#finding-{first}']").text().startswith("发现")


def test_what_a_person_refuted_is_not_the_first_of_its_card() -> None:
    rows = [{"id": "a", "together": None, "standing": "refuted"}, {"id": "b", "together": "a", "standing": "report"}]
    rows += [{"id": "c", "together": None, "standing": "report"}]
    assert [[row["id"] for row in card] for card in findings.by_mistake(rows)] == [["b", "a"], ["c"]]


def test_what_a_person_saw_is_said_in_the_readers_language(site: httpx.Client) -> None:
    path = "/reports/350128-guanweihui-2020"
    chinese, english = (tree(site, f"{path}{lang}").css_first(".judged").text() for lang in ("", "?lang=en"))
    assert "办理结果各行与总计逐格看过原文" in chinese and "Every cell of the outcomes and the total" in english
    assert "样例：看过原文" in tree(site, f"{REPORT}?lang=en").css_first(".judged [lang=zh-CN]").text()  # in no other language


def test_what_a_person_concluded_is_shown_and_what_was_refuted_is_counted_nowhere(site: httpx.Client) -> None:
    confirmed, refuted = f"{AGENCY}-2022-sample_check-report", f"{AGENCY}-2021-sample_check-refuted"
    listed = of(site, agency=AGENCY)
    assert (listed["total"], listed["refuted"], len(listed["findings"])) == (3, 1, 4)
    concluded = {row["id"]: (row["conclusion"], row["answered_on"], row["answer_url"]) for row in listed["findings"]}
    assert concluded[confirmed] == ("confirmed", "2023-05-06", "https://example.org/answer")
    assert concluded[refuted] == ("refuted", None, None) and concluded[f"{AGENCY}-2022-sample_check-reading"][0] is None
    assert of(site, agency=AGENCY, year="2021")["total"] == 0
    assert "另有 1 处经人核对不成立" in tree(site, f"/findings?agency={AGENCY}").css_first(".toolbar").text()
    for path in (REPORT, f"/findings?agency={AGENCY}&verdict=report"):
        finding = next(item for item in tree(site, path).css(".finding") if item.css(".judged"))
        assert "属实" in finding.text() and "样例：看过原文" in finding.text() and not finding.css("script")
        assert "2023-05-06" in finding.text() and finding.css_first("a[href='https://example.org/answer']")
    for path in (f"/reports/{AGENCY}-2021", f"/agencies/{AGENCY}", "/checks/sample_check"):
        finding = tree(site, path).css_first(".finding.finding-refuted")
        assert "不成立" in finding.text() and "样例：原文并非如此" in finding.text(), path
    assert "（经人对照原文，属实）" in site.get(f"/findings.atom?agency={AGENCY}").text
    years = {row["year"]: row["findings"] for row in site.get("/index.json").json()["years"]}
    assert years[2021] == sum(row["findings"] for row in site.get("/years/2021.json").json()["figures"])


def test_an_outcome_that_may_be_our_misreading_says_so_too(site: httpx.Client) -> None:
    failed = tree(site, REPORT).css_first(".outcome-fail")
    assert "误读" in failed.css_first(".caution").text()
    assert "待核 2" in tree(site, f"/agencies/{AGENCY}").css_first(".matrix").text()


def test_only_figures_that_are_printed_are_set_side_by_side(site: httpx.Client) -> None:
    found = site.get("/findings.json").json()["findings"]
    for check, figures in (("applications_handled_sum", True), ("claim_handled", True), ("signed_before_period_end", False)):
        finding = next(row for row in found if row["check_code"] == check)
        assert finding["printed"] and bool(finding["of_figures"]) == figures
        for path in (f"/reports/{finding['report_id']}", f"/findings?check={check}"):
            item = next(item for item in tree(site, path).css("li.finding") if finding["message"] in item.text())
            assert bool(item.css(".compared")) == figures, path


def test_one_is_said_in_the_singular(site: httpx.Client) -> None:
    agency = next(row for row in site.get("/agencies.json").json()["agencies"] if row["reports"] == row["findings"] == 1)
    assert re.search(r"\b1 report · 1 finding\b", tree(site, f"/agencies/{agency['code']}?lang=en").css_first("main").text())


def test_a_count_of_findings_says_how_many_are_in_doubt(site: httpx.Client) -> None:
    for path in ("/", "/years/2022", f"/agencies/{AGENCY}", f"/compare?agency={AGENCY}"):
        main = tree(site, path).css_first("main")
        counts = {tag.parent.text().strip(): tag.attributes["class"] for tag in main.css(".tag-found")}
        assert counts.get("发现 3（其中待核 2）") == "tag tag-found", path
        assert "“待核”：" in main.text(), path
    assert "5 处发现，其中待核 2。" in tree(site, "/years/2022").css_first(".lead").text()


def test_the_counts_in_doubt_are_those_of_the_findings_and_red_is_for_what_is_sure(
    site: httpx.Client, database: sqlite3.Connection
) -> None:
    sql = (
        "select in_doubt, count(*) filter (where coalesce(conclusion, verdict) not in ('report', 'confirmed')) from reports join findings on report_id = reports.id"
        " left join judgements on finding_id = findings.id where conclusion is not 'refuted' group by reports.id"
    )
    assert all(row[0] == row[1] for row in database.execute(sql))
    doubted = "select count(*) from reports where agency = '350128-guanweihui' and findings = in_doubt and findings > 0"
    assert database.execute(doubted).fetchone()[0] == 1
    assert len(tree(site, "/compare?agency=350128-guanweihui").css(".tag-found.unsure")) == 1


def test_no_check_is_said_to_hold_that_is_named_for_a_fault(site: httpx.Client) -> None:
    assert "相符" not in {tag.text() for tag in tree(site, REPORT).css(".outcome .tag")}
    assert "holds" not in {tag.text() for tag in tree(site, f"{REPORT}?lang=en").css(".outcome .tag")}


def test_why_a_check_was_not_assessed_counts_only_reports_that_were_read(site: httpx.Client) -> None:
    assert [(row["reason"], row["reports"]) for row in site.get("/checks/sample_check.json").json()["reasons"]] == [("样例：有空白格", 1)]


def test_every_finding_leads_to_its_place_on_the_reports_page(site: httpx.Client) -> None:
    links = [item.css_first("a").attributes["href"] for item in tree(site, "/findings").css(".finding")]
    assert links
    for link in links:
        path, _, fragment = link.partition("#")
        assert tree(site, path).css_first(f"[id='{fragment}']").tag == "li"


def test_the_table_for_spreadsheets_is_whole_and_holds_no_formula(site: httpx.Client) -> None:
    answer = site.get("/findings.csv").raise_for_status()
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == of(site)["total"] + of(site)["refuted"]
    ours = {row["id"]: row for row in rows if row["agency"] == AGENCY}
    assert ours[f"{AGENCY}-2022-sample_check-reading"]["printed"] == "'=HYPERLINK(1)"
    assert ours[f"{AGENCY}-2022-sample_check-report"]["address"].endswith(f"{REPORT}#finding-{AGENCY}-2022-sample_check-report")
    assert len(list(csv.DictReader(io.StringIO(site.get(f"/findings.csv?verdict=undecided&agency={AGENCY}").text)))) == 1
    none = site.get("/findings.csv?year=1999").raise_for_status().text
    assert none.splitlines() == site.get("/findings.csv").text.splitlines()[:1]


def test_the_feed_has_lasting_ids_dates_and_escaped_text(site: httpx.Client) -> None:
    answer = site.get(f"/agencies/{AGENCY}.atom").raise_for_status()
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    assert len(entries) == 4
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 4
    again = ElementTree.fromstring(site.get("/findings.atom").content)
    assert set(ids) <= {entry.findtext(f"{ATOM}id") for entry in again.findall(f"{ATOM}entry")}
    assert {entry.findtext(f"{ATOM}updated") for entry in entries} == {"2022-01-01T00:00:00Z", "2023-01-01T00:00:00Z"}
    assert all(HOSTILE in (entry.findtext(f"{ATOM}summary") or "") for entry in entries)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    assert sorted("误读" in title for title in titles) == [False, False, False, True]
    assert sum("不成立" in title for title in titles) == 1
    assert tree(site, "/findings?year=2022").css_first("link[type='application/atom+xml']").attributes["href"] == "/years/2022.atom"
    many = tree(site, "/findings?year=2022&verdict=report").css_first("link[type='application/atom+xml']").attributes["href"]
    assert many == "/findings.atom?verdict=report&year=2022" and site.get("/agencies/nobody.atom").status_code == 404


def test_a_feed_is_named_for_what_it_holds_and_goes_on(site: httpx.Client) -> None:
    def titled(address: str) -> str:
        return ElementTree.fromstring(site.get(address).raise_for_status().content).findtext(f"{ATOM}title") or ""

    assert titled("/findings.atom") == "核对发现：政府信息公开年报"
    assert titled("/findings.atom?region=350128&year=2020") == "核对发现：平潭县 2020"
    assert titled(f"/findings.atom?agency={AGENCY}&check=sample_check&verdict=report") == "核对发现：样例市民政局 样例核对 报告如此"
    pages = {"first": "https://example.org/f", "next": "https://example.org/f?page=2"}
    about = Feed("样例", "2024-01-01T00:00:00Z", "https://example.org/", "https://example.org/f", "https://example.org/f", pages)
    links = ElementTree.fromstring(as_atom([], about, str)).findall(f"{ATOM}link")
    assert pages.items() <= {(link.get("rel"), link.get("href")) for link in links}
    beyond = ElementTree.fromstring(site.get("/findings.atom?page=9").raise_for_status().content)
    assert not beyond.findall(f"{ATOM}entry")


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        (f"/agencies/{AGENCY}", f"agency={AGENCY}"),
        ("/regions/350128", "region=350128"),
        ("/regions/140400", "region=140400"),  # of which nothing was collected yet
        ("/checks/sample_check", "check=sample_check"),
        ("/years/2022", "year=2022"),
    ],
)
def test_agencies_regions_checks_and_years_lead_to_their_own_feeds(site: httpx.Client, page: str, asked: str) -> None:
    shown = tree(site, page)
    assert shown.css_first("link[type='application/atom+xml']").attributes["href"] == f"{page}.atom"
    assert shown.css_first(f"main a[href='{page}.atom']")
    own, same = (ElementTree.fromstring(site.get(path).raise_for_status().content) for path in (f"{page}.atom", f"/findings.atom?{asked}"))
    assert [entry.findtext(f"{ATOM}id") for entry in own.iter(f"{ATOM}entry")] == [
        e.findtext(f"{ATOM}id") for e in same.iter(f"{ATOM}entry")
    ]
    assert site.get(own.find(f"{ATOM}link[@rel='alternate']").attrib["href"]).text == site.get(page).text  # type: ignore[union-attr]


def test_the_pages_of_a_feed_hold_each_finding_once(database: sqlite3.Connection) -> None:
    rows = queries.rows_of(database)
    total = findings.count(rows, {})
    pages = [findings.listed(rows, {}, size=3, skip=skip) for skip in range(0, total, 3)]
    ids = [row["id"] for page in pages for row in page]
    assert len(ids) == len(set(ids)) == total
    assert [row["date"] for page in pages for row in page] == sorted((row["date"] for page in pages for row in page), reverse=True)


def test_a_finding_from_the_list_arrives_with_all_it_involves_marked(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(f"{portal_url}/findings?verdict=report&agency={AGENCY}")
    page.locator(".finding a").first.click()
    page.wait_for_selector(".banner")  # its message, at the foot of the window
    assert settled(page, ".banner") and settled(page, "#c-applications-received-total")
    assert "involved" in page.locator("#c-applications-received-total").get_attribute("class")
    page.close()


def test_the_facets_are_folded_on_a_phone(browser: Any, portal_url: str) -> None:
    for width, is_open in ((390, False), (1280, True)):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{portal_url}/findings")
        assert page.locator("details.facets").evaluate("box => box.open") == is_open
        page.close()


def test_what_a_finding_says_of_itself_accuses_nobody_and_cannot_be_read_otherwise(
    site: httpx.Client, database: sqlite3.Connection
) -> None:
    slip = "350128-guanweihui-2020-applications_handled_sum-total"
    row = tree(site, f"/portal/findings/{slip}").css_first("main").text()
    assert "对照的数" in row and "应有" not in row  # either of the two numbers may be wrong
    for path in ("/reports/350128-guanweihui-2020", "/checks/applications_handled_sum"):  # the check names a slip, which is a mistake
        assert "可能是怎么来的" in tree(site, path).text() and "未必是差错" not in tree(site, path).text()
    rules = {f"/checks/{code}": (name, sentence) for code, name, sentence in database.execute("select code, name, sentence from checks")}
    told = tree(site, "/reports/350128-guanweihui-2020").css(".outcome")
    assert {item.attributes["class"].split()[1] for item in told} == {"outcome-pass", "outcome-fail", "outcome-not_assessable"}
    for item in told:  # “nothing found” beside the name 总计空着 reads as if the total were blank
        link = item.css_first("a")
        assert link.text() == rules[link.attributes["href"]][0 if "outcome-fail" in item.attributes["class"] else 1]
    unread = tree(site, "/reports/310000-kewei-2024").css_first(".finding .message").text()
    assert unread.endswith("（句中“…网站”等词本站没有读懂，可能改变意思）")
    assert "We did not understand “" in tree(site, "/reports/310000-kewei-2024?lang=en").css_first(".finding .message").text()


def test_a_download_says_how_much_of_the_list_it_holds(site: httpx.Client) -> None:
    listed, page = of(site), tree(site, "/findings")
    assert (
        f"CSV（全部 {listed['total'] + listed['refuted']}） · JSON（本页 {len(listed['findings'])}）" in page.css_first(".toolbar").text()
    )
    assert re.search(
        r"CSV \(all \d+\) · JSON \(this page’s \d+\)", tree(site, "/leads/identical_years?lang=en").css_first(".toolbar").text()
    )


def test_a_long_list_of_choices_is_cut_between_two_lines_and_unfolds(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    for path in ("/findings", "/portal/applications"):
        page.goto(portal_url + path)
        lists = page.locator(".facets ul").all()
        assert all(one.evaluate("list => list.scrollHeight <= list.clientHeight + 1") for one in lists)
        more = page.locator(".facets details.rest").first
        last = more.locator("a").last
        assert not last.is_visible()
        more.locator("summary").click()
        assert last.is_visible()
    page.close()
