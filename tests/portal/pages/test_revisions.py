"""Where a report comes from, and what changed after it was published: both retrievals, the cells, the sentences, when."""

from __future__ import annotations

import httpx
import pytest

from parsers import read_report
from portal.build.agencies import Agencies
from portal.build.source import Source, source_of
from portal.build.write import create, source_id, write_sources
from portal.pages import queries, report
from tests.support import layouts
from tests.support.figures import Sample, figures
from tests.support.pages import tree
from tests.support.site_rows import AGENCY

ADDRESS = "https://www.example.gov.cn/2023.html"
TOTAL = ("applications", "received", "total")


def retrieved(day: str | None, more: int = 0, words: str = "目录更新慢，下一年改为每月核对一次。", url: str = ADDRESS) -> Source:
    printed = figures(8, "2021")
    printed[TOTAL] = str(int(printed[TOTAL]) + more)
    data = layouts.page(Sample("", "晋江市样例局", 2023, "2021", printed, "2024-01-18", words={"problems": words}))
    return source_of(source_id(data), f"{day}.html", read_report(data), url=url, retrieved_on=day)


def shown(*sources: Source) -> queries.Row:
    db = create(":memory:")
    write_sources(db, sources, Agencies())
    (id,) = db.execute("select id from reports").fetchone()
    found = report.report(queries.rows_of(db), id)
    assert found
    return found


def test_a_report_that_changed_shows_both_retrievals_and_what_differs() -> None:
    data = shown(retrieved("2024-02-01"), retrieved("2024-06-01", 7, "目录更新慢，已经改正。"))
    (again,) = data["retrievals"]
    assert (again["url"], [row["retrieved_on"] for row in again["documents"]]) == (ADDRESS, ["2024-02-01", "2024-06-01"])
    assert any("每月核对一次" in said for said in again["went"]) and "目录更新慢，已经改正。" in again["came"]
    (cell,) = data["differences"]
    by_day = {row["retrieved_on"]: int(cell["printed"][row["id"]]) for row in data["sources"]}
    assert (cell["section"], cell["item"], cell["measure"]) == TOTAL
    assert by_day["2024-06-01"] - by_day["2024-02-01"] == 7


def test_a_page_and_its_copy_elsewhere_are_no_revision() -> None:
    elsewhere = shown(retrieved("2024-02-01"), retrieved("2024-06-01", 7, url="https://www.example.gov.cn/copy.html"))
    assert elsewhere["retrievals"] == [] and len(elsewhere["differences"]) == 1
    assert shown(retrieved("2024-02-01"))["retrievals"] == []


@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_a_report_says_what_its_source_is_where_the_original_lies_when_it_was_had_and_its_checksum(site: httpx.Client, lang: str) -> None:
    page = tree(site, f"/reports/350128-guanweihui-2020{lang}")
    section = page.css_first("#sources")
    (source,) = site.get("/reports/350128-guanweihui-2020.json").json()["sources"]
    assert section.css_first("code.checksum").text() == source["id"] and len(source["id"]) == 64
    assert section.css_first(f"a[href='{source['url']}']")
    assert ("transcription" if lang else "转录稿") in section.text()
    assert ("no date given" if lang else "没有记下") in section.text()  # when it was retrieved


def test_an_address_that_is_none_of_the_web_is_no_link(site: httpx.Client) -> None:
    section = tree(site, f"/reports/{AGENCY}-2022").css_first("#sources")
    assert not [link for link in section.css("a") if (link.attributes["href"] or "").startswith("javascript:")]
