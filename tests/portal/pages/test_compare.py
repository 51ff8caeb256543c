"""The form of several reports side by side: agencies chosen by typing, editions mapped, what differs and what cannot be compared."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.support.pages import tree
from tests.support.site_rows import AGENCY

PINGTAN = "350128-guanweihui"


@pytest.fixture(scope="module")
def compared(site: httpx.Client) -> dict[str, Any]:
    data: dict[str, Any] = site.get(f"/compare.json?agency={PINGTAN}").raise_for_status().json()
    return data


def line(data: dict[str, Any], item: str, measure: str) -> list[tuple[Any, str]]:
    (found,) = (line for line in data["lines"] if (line["item"], line["measure"]) == (item, measure))
    return [(cell["value"], cell["status"]) for cell in found["cells"]]


def test_columns_that_mean_the_same_stand_in_one_line(compared: dict[str, Any]) -> None:
    assert [row["year"] for row in compared["reports"]] == [2019, 2020, 2021, 2022]
    assert line(compared, "rules", "issued") == [(0, "stated")] * 4
    made = next(one for one in compared["lines"] if (one["item"], one["measure"]) == ("rules", "issued"))["cells"]
    assert [cell["measure"] for cell in made] == ["made", "made", "issued", "issued"]
    assert not any(one["measure"] == "made" for one in compared["lines"])


def test_what_a_form_lacks_is_not_comparable_and_parts_are_added_up(compared: dict[str, Any]) -> None:
    assert [status for _, status in line(compared, "fees", "charged")] == ["not_comparable", "not_comparable", "stated", "stated"]
    assert line(compared, "other", "total") == [(0, "stated"), (4, "stated"), (1, "added"), (4, "added")]
    differs = {(one["item"], one["measure"]): one["differs"] for one in compared["lines"]}
    assert differs["received", "total"] and not differs["rules", "issued"] and not differs["normative_documents", "in_force"]


def test_a_row_is_marked_where_some_print_a_figure_and_others_none_and_not_where_figures_differ(site: httpx.Client) -> None:
    asked = f"agency={AGENCY}&agency={PINGTAN}&year=2022"
    lines = site.get(f"/compare.json?{asked}").json()["lines"]
    uneven = {(one["item"], one["measure"]) for one in lines if one["uneven"]}
    assert {("received", "business"), ("received", "legal_service")} <= uneven
    assert not {("received", "total"), ("received", "public_interest_org"), ("withheld_process", "total")} & uneven
    page = tree(site, f"/compare?{asked}")
    marked = page.css("table.beside tr.uneven")
    assert len(marked) == len(uneven) < len([one for one in lines if one["differs"]])
    assert all("有的没有印数" in row.text() for row in marked) and page.text().count("有的没有印数") == len(marked)


def test_only_rows_that_differ_are_shown_where_asked(site: httpx.Client, compared: dict[str, Any]) -> None:
    path = f"agency={PINGTAN}&differing=on"
    data = site.get(f"/compare.json?{path}").json()
    assert data["lines"] == [one for one in compared["lines"] if one["differs"] or one["uneven"]]
    assert data["lines_alike"] == len(compared["lines"]) - len(data["lines"]) > 0
    page = tree(site, f"/compare?{path}")
    assert f"各份一样的 {data['lines_alike']} 行没有列出" in page.css_first("main").text()
    kept = [link.attributes["href"] or "" for link in page.css("main a[href*='/compare?agency'], main a[href*='compare.csv']")]
    assert [href for href in kept if "differing=on" not in href] == [f"/compare?agency={PINGTAN}"]  # to all rows


def test_a_figure_that_a_finding_disputes_says_so_and_leads_there(site: httpx.Client, compared: dict[str, Any]) -> None:
    report = next(row["id"] for row in compared["reports"] if row["year"] == 2020)
    findings = site.get(f"/reports/{report}.json").json()["findings"]
    about = {finding["id"] for finding in findings for cell in finding["cells"] if (cell["item"], cell["measure"]) == ("handled", "total")}
    cells = {(one["item"], one["measure"]): one["cells"] for one in compared["lines"]}
    disputed = cells["handled", "total"][1]["disputed_by"]
    assert disputed in about and cells["received", "total"][0]["disputed_by"] is None
    parts = [one["cells"][1] for one in compared["lines"] if one["section"] == "applications" and one["measure"] == "total"]
    assert {cell["value"] == 0 for cell in parts if cell["disputed_by"]} == {False}  # of parts that are 0 it is not said
    links = [link for link in tree(site, f"/compare?agency={PINGTAN}").css("table.beside td a") if link.text() == "有争议"]
    assert f"/reports/{report}#finding-{disputed}" in {link.attributes["href"] for link in links}


def test_an_agency_is_added_by_typing_and_the_page_needs_no_script(site: httpx.Client) -> None:
    page = tree(site, f"/compare{site.get(f'/compare?agency={PINGTAN}&q=牡丹江市残联').headers['location']}")
    assert [link.text(strip=True)[:4] for link in page.css("ul.filters a.filter")][:1] == ["去掉牡丹"]
    assert len(page.css("table.beside thead th")) > 2
    several = tree(site, "/compare?q=canlian")
    assert len(several.css("section ul.plain a")) >= 3 and not several.css("table.beside")
    assert "没有叫这个名称" in tree(site, "/compare?q=没有的机关名").css_first("main").text()


def test_a_typed_agency_stands_in_the_address_and_only_a_seventh_is_too_many(site: httpx.Client) -> None:
    codes = [row["code"] for row in site.get("/agencies.json").json()["agencies"] if row["code"] != PINGTAN][:6]
    five = "&".join(f"agency={code}" for code in codes[:5])
    sixth = site.get(f"/compare?{five}&q=平潭综合实验区管理委员会&year=2022&lang=en")
    assert sixth.status_code == 302
    address = str(httpx.URL("/compare").join(sixth.headers["location"]))
    assert sorted(parse_qsl(urlsplit(address).query)) == sorted(
        [*(("agency", code) for code in (PINGTAN, *codes[:5])), ("lang", "en"), ("year", "2022")]
    )
    assert not tree(site, address).css("[role=status].caution")
    assert site.get(f"/compare.json?{five}&q=平潭综合实验区管理委员会").json()["added"] == PINGTAN
    seventh = tree(site, f"/compare?{five}&agency={codes[5]}&q=平潭综合实验区管理委员会")
    assert "已经有六个机关" in seventh.css_first("[role=status].caution").text()


def test_rows_are_called_as_the_only_edition_compared_calls_them(site: httpx.Client) -> None:
    def first(years: str) -> list[str]:
        table = tree(site, f"/compare?agency={PINGTAN}&{years}").css_first("table.beside")
        return [row.css_first("th").text().removesuffix(" 有的没有印数") for row in table.css("tbody tr")][:1] + [
            small.text() for small in table.css("td small")
        ][:1]

    assert first("year=2019&year=2020")[0] == "规章 · 本年新制作数量"
    assert first("year=2021&year=2022")[0] == "规章 · 本年制发件数"
    assert first("year=2020&year=2021") == ["规章 · 本年制发件数", "本年新制作数量"]


def test_agencies_without_a_year_in_common_stand_with_their_latest(site: httpx.Client) -> None:
    data = site.get(f"/compare.json?agency={PINGTAN}&agency=320813-zhengfu").json()
    assert [(row["agency"], row["year"]) for row in data["reports"]] == [("320813-zhengfu", 2023), (PINGTAN, 2022)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (f"agency={PINGTAN}&agency=320813-zhengfu", ["没有同一年的报告"]),
        (f"agency={PINGTAN}&agency=320813-zhengfu&year=2022", ["没有收集到淮安市洪泽区人民政府 2022 年的报告"]),
        (f"agency={PINGTAN}&year=2020&year=2022", []),
        ("agency=320813-zhengfu&year=2014", ["没有收集到淮安市洪泽区人民政府 2014 年的报告"]),
        (f"agency={PINGTAN}&year=2014", ["2019 年以前的报告没有这些表"]),
    ],
)
def test_other_years_and_a_year_that_was_not_collected_are_said(site: httpx.Client, asked: str, said: list[str]) -> None:
    cautions = [caution.text() for caution in tree(site, f"/compare?{asked}").css("main .caution")]
    years = [link.text()[:4] for link in tree(site, f"/compare?{asked}").css("a.filter[aria-current]")]
    chosen = [value for name, value in parse_qsl(asked) if name == "year"] or [
        "2022",
        "2023",
    ]  # of those who have no year in common the last
    assert sorted(years) == sorted(chosen)  # each can be taken away
    assert len(cautions) == len(said) and all(words in caution for words, caution in zip(said, cautions, strict=True))


def test_several_stand_with_the_last_years_that_all_have_and_a_year_is_added_to_these(site: httpx.Client) -> None:
    asked = f"agency={PINGTAN}&agency={AGENCY}"
    data, page = site.get(f"/compare.json?{asked}").json(), tree(site, f"/compare?{asked}")
    assert [row["id"] for row in data["reports"]] == [f"{code}-{year}" for code in (PINGTAN, AGENCY) for year in (2021, 2022)]
    assert (data["left_out"], data["left_out_years"]) == (2, [2019, 2020]) and not page.css("main .caution:not(small):not(span)")
    chips = {chip.text()[:4]: chip for chip in page.css(".filters.years a")}
    assert [year for year, chip in chips.items() if chip.attributes.get("aria-current")] == ["2021", "2022"]
    more = site.get(chips["2020"].attributes["href"].replace("/compare?", "/compare.json?")).json()
    assert ({row["year"] for row in more["reports"]}, more["left_out"]) == ({2020, 2021, 2022}, 0)
    fewer = site.get(chips["2021"].attributes["href"].replace("/compare?", "/compare.json?")).json()
    assert {row["year"] for row in fewer["reports"]} == {2022}


def test_of_more_than_there_is_room_for_the_years_chosen_last_are_shown_and_the_rest_is_said(site: httpx.Client) -> None:
    asked = f"agency={PINGTAN}&agency={AGENCY}&agency=350582-canlian&year=2021&year=2022&year=2019&year=2020"
    data, page = site.get(f"/compare.json?{asked}").json(), tree(site, f"/compare?{asked}")
    assert (sorted({row["year"] for row in data["reports"]}), data["left_out"], data["left_out_years"]) == ([2019, 2020, 2022], 2, [2021])
    assert any("2 份没有列出（2021 年）" in caution.text() for caution in page.css("main p.caution"))
    (waiting,) = [chip for chip in page.css(".filters.years a") if "没有列出" in chip.text()]
    assert parse_qsl(urlsplit(waiting.attributes["href"] or "").query)[-1] == ("year", "2021")
    rows = csv.DictReader(io.StringIO(site.get(f"/compare.csv?{asked}&_bom=off").text))
    assert {row["left_out"] for row in rows} == {"2"}


def test_the_figures_of_all_years_come_first_and_a_part_names_its_whole(site: httpx.Client) -> None:
    text = site.get(f"/compare?agency={PINGTAN}&agency={AGENCY}").text
    assert 0 < text.index('class="chart small"') < text.index("list figures") < text.index("grid beside")
    rows = [row.text() for row in tree(site, f"/compare?agency={PINGTAN}").css("table.beside tbody th")]
    assert {"不予公开 · 属于国家秘密", "无法提供 · 本机关不掌握相关政府信息", "部分公开"} <= set(rows)
    assert "Withheld: state secret" in {row.text() for row in tree(site, f"/compare?agency={PINGTAN}&lang=en").css("table.beside tbody th")}


def test_years_are_chosen_and_wrong_ones_are_said(site: httpx.Client) -> None:
    data = site.get(f"/compare.json?agency={PINGTAN}&year=2020&year=2022").json()
    assert [row["year"] for row in data["reports"]] == [2020, 2022] and data["chosen_years"] == [2020, 2022]
    assert site.get("/compare?year=abc").status_code == 400


def test_the_table_holds_what_the_page_shows(site: httpx.Client, compared: dict[str, Any]) -> None:
    text = site.get(f"/compare.csv?agency={PINGTAN}&_bom=off").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(compared["lines"]) * len(compared["reports"])
    assert {(row["year"], row["value"]) for row in rows if (row["item"], row["measure"]) == ("received", "total")} >= {("2021", "70")}
    link = tree(site, f"/compare?agency={PINGTAN}&lang=en").css_first("main a[href*='compare.csv']").attributes["href"]
    assert site.get(link).status_code == 200


def test_a_figure_leads_to_its_cell_under_its_own_forms_code(site: httpx.Client) -> None:
    page = tree(site, f"/compare?agency={PINGTAN}")
    targets = [link.attributes["href"] for link in page.css("table.beside a.printed")]
    assert f"/reports/{PINGTAN}-2020#c-proactive_disclosure-normative_documents-made" in targets
    assert tree(site, f"/reports/{PINGTAN}-2020").css_first("#c-proactive_disclosure-normative_documents-made")


def test_an_agencys_page_leads_to_its_years_side_by_side_their_csv_and_its_feed(site: httpx.Client) -> None:
    links = {link.attributes["href"] or "" for link in tree(site, f"/agencies/{PINGTAN}?lang=en").css("ul.filters a")}
    assert links == {f"/compare?agency={PINGTAN}&lang=en", f"/compare.csv?agency={PINGTAN}", f"/agencies/{PINGTAN}.atom"}
    assert all(site.get(link).status_code == 200 for link in links)


def test_of_nothing_chosen_those_with_the_most_reports_are_offered(site: httpx.Client) -> None:
    page = tree(site, "/compare")
    first = page.css_first("main section .plain a")
    assert first.text() == "平潭综合实验区管理委员会" and first.attributes["href"] == "/compare?agency=350128-guanweihui"
    assert "选一个机关" in page.css_first("main").text() and not tree(site, "/compare?agency=350128-guanweihui").css(
        "main section .plain a"
    )
