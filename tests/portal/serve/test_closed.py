"""The portal leads nowhere else, takes nothing but drafts, believes no Host, tells no path; and says what a typo should have been."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support.pages import DATASETTES, OWN, REPORT
from tests.support.paths import ROOT
from tests.support.server import serving

PUBLIC = "https://data.example.org"
AWAY = ["/\\host/", "//host/", "/%5Chost/", "/%5c%5chost/", "/.//host/", "/%09/host/", "/\\host/?x=1", "/findings//host/"]
TYPOS = {
    "/findings?pgae=2": "page",
    "/findings.csv?yaer=2020": "year",
    "/search?qq=x": "q",
    "/?lnag=en": "lang",
    "/portal/applications.json?yeer=2020": "year",
    "/portal/applications?_serach=x": "_search",
    "/portal/applications.json?_sort=yeer": "year",
    "/portal/applications.json?_facet=itm": "item",
    "/portal/applications.json?year__gtt=2020": "gt",
    "/portal/one_agency.json?agnecy=x": "agency",
    "/portal.json?sqll=select+1": "sql",
    "/portal.json?sql=select+:year&yaer=1": "year",
    "/portal.json?sql=select+yer+from+applications": "year",
    "/portal/applications.json?_where=yer=1": "year",
    "/portal/applications?_search_yer=1": "year",
    "/portal/applications.json?_shape=arry": "array",
    "/portal/reports/x?_shpae=array": "_shape",
    "/findings?sort=newst": "newest",
    "/reports?sort=-findngs": "-findings",
    "/agencies.csv?sort=naem": "name",
    "/years/2022?sort=recieved": "received",
}
NO_TABLE = {"/portal/aplications": "applications", "/portal/one_agncy.json": "one_agency", "/tables/aplications.csv": "applications"}


def _raw(url: str, path: str, method: str = "GET") -> http.client.HTTPResponse:
    """An answer to an address that httpx would tidy before it asks."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.putrequest(method, path)
    connection.endheaders()
    return connection.getresponse()


@pytest.mark.parametrize("path", AWAY)
def test_no_address_leads_to_another_host(portal_url: str, path: str) -> None:
    answer = _raw(portal_url, path)
    assert (answer.status, answer.getheader("location")) == (404, None)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/findings", "/findings.json", "/portal", "/portal/reports", "/nothing"])
def test_what_is_only_read_takes_nothing(site: httpx.Client, method: str, path: str) -> None:
    answer = site.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_no_page_takes_what_is_posted(site: httpx.Client) -> None:
    paths = [*OWN, *DATASETTES, "/tables/cells.csv", "/tables.json", "/findings.atom", "/sitemap.xml", "/-/versions", "/static/portal.css"]
    assert {path: site.post(path, data={"x": "y"}).status_code for path in paths if path != "/draft"} == {
        path: 405 for path in paths if path != "/draft"
    }


WATCH = (
    "window.broken = []; document.addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective + ' ' + e.blockedURI))"
)


def test_nothing_breaks_the_policy_in_a_browser(browser: Any, portal_url: str) -> None:
    """Pages that are worked with; the policy is that of the server. What runs against it is seen, as the last line shows."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    broken: dict[str, list[str]] = {}

    def visit(path: str, act: Callable[[], object] = lambda: None) -> None:
        page.goto(portal_url + path)
        act()
        page.wait_for_load_state()
        broken[path] = page.evaluate("window.broken")

    visit(REPORT, lambda: page.locator("a.cell").first.click())
    visit("/search?q=残疾", lambda: page.locator("#q").press_sequentially("公开"))
    visit("/compare?q=canlian")
    visit("/findings?verdict=report")
    visit("/portal?sql=select+1+as+x")
    visit("/portal/applications?_facet=year&_size=10")
    visit("/data")
    visit("/draft", lambda: (page.locator("textarea").fill("没有表格"), page.get_by_role("button", name="核对", exact=True).click()))
    for path in ("/-/versions", "/-/plugins", "/-/settings", "/nothing"):
        visit(path)
    assert {path: found for path, found in broken.items() if found} == {}
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"x()\">x</p>')")
    page.wait_for_function("window.broken.length > 0")
    page.close()


@pytest.mark.parametrize("name", ["threads", "permissions", "messages", "patterns", "allow-debug", "auth-token", "logout"])
def test_nothing_is_told_of_the_process(site: httpx.Client, name: str) -> None:
    assert site.get(f"/-/{name}").status_code == site.get(f"/-/{name}.json").status_code == 404


@pytest.mark.parametrize("name", ["databases", "settings", "versions", "plugins", "metadata", "actor"])
def test_no_path_is_told(site: httpx.Client, portal_database: Path, name: str) -> None:
    answer = site.get(f"/-/{name}.json")
    assert answer.status_code == 200
    assert not [path for path in ("portal.db", str(portal_database.parent), str(ROOT)) if path in answer.text]


@pytest.mark.parametrize("path", TYPOS)
def test_a_typo_is_answered_with_the_nearest_name(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 400
    assert f"是不是 {TYPOS[path]}？" in (answer.json()["error"] if ".json" in path else answer.text)


@pytest.mark.parametrize("path", NO_TABLE)
def test_a_table_that_there_is_not_is_answered_with_the_nearest(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, f"是不是 {NO_TABLE[path]}？" in (answer.json()["error"] if ".json" in path else answer.text)) == (404, True)


MISTAKES = {
    "select severity from findings": "没有叫 severity 的列，severity 在 checks 表里 (no such column: severity; ",
    "select f.severity from findings f": "没有叫 f.severity 的列，severity 在 ",
    "select 1 from aplications": "没有叫 aplications 的表，是不是 applications？(no such table: aplications; did you mean applications?)",
    "select none(1)": "没有叫 none 的函数 (no such function: none)",
    "select * form reports": '语法有错，在“form”附近 (near "form": syntax error)',
    "select * from": "SQL 没有写完 (incomplete input)",
    "select (1": "SQL 没有写完 (incomplete input)",
}


@pytest.mark.parametrize("sql", MISTAKES)
def test_a_mistake_in_a_readers_sql_is_told_in_chinese_first(site: httpx.Client, sql: str) -> None:
    answer = site.get("/portal.json", params={"sql": sql})
    assert answer.status_code == 400 and answer.json()["error"].startswith(MISTAKES[sql])
    assert "是不是 severity" not in answer.json()["error"]


@pytest.mark.parametrize("path", ["/portal/nothing", "/portal/select", "/portal/x]--", "/portal/a b", "/portal/reports/x/y"])
def test_a_name_that_is_a_word_of_sql_is_no_fault(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404


NO_FORMAT = ["/portal/applications.xlsx", "/portal/one_agency.xlsx", "/portal/applications.html", "/portal.xlsx", "/portal/reports/x.xlsx"]


@pytest.mark.parametrize("path", NO_FORMAT)
def test_a_format_that_there_is_not_is_not_answered_in_another(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404


ERRORS = [
    "/nothing",
    "/reports/nothing",
    "/portal/nothing",
    "/findings?verdict=x",
    "/findings?pgae=1",
    "/portal?sql=selec",
    "/portal/cells?yer=1",
]


@pytest.mark.parametrize("path", [*OWN, *DATASETTES, *ERRORS])
def test_every_page_is_english_on_request_errors_too(site: httpx.Client, path: str) -> None:
    query = "&" if "?" in path else "?"
    english, chinese = site.get(f"{path}{query}lang=en"), site.get(path)
    assert english.status_code == chinese.status_code
    assert '<html lang="en">' in english.text and '<html lang="zh-CN">' in chinese.text
    assert path in OWN + DATASETTES or english.status_code in (400, 404)


@pytest.mark.parametrize(
    "path", ["/portal/agencies", "/portal", "/portal/one_agency?agency=x", "/portal?sql=select+1", "/portal/checks/unknown"]
)
def test_datasettes_pages_are_english_on_request_with_the_same_rows(site: httpx.Client, path: str) -> None:
    chinese = site.get(path)
    english = site.get(path, params={**httpx.URL(path).params, "lang": "en"})
    assert chinese.status_code == english.status_code
    assert chinese.status_code == 404 or '<html lang="en">' in english.text
    assert chinese.text.count("<tr") == english.text.count("<tr")


@pytest.fixture(scope="module")
def signed(portal_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A portal whose publisher has stated its address."""
    folder = tmp_path_factory.mktemp("signed")
    (folder / "portal.db").write_bytes(portal_database.read_bytes())
    metadata = (ROOT / "metadata.yml").read_text(encoding="utf-8")
    (folder / "metadata.yml").write_text(metadata.replace('    address: ""', f"    address: {PUBLIC}"), encoding="utf-8")
    with serving(folder) as server, httpx.Client(base_url=server.address, timeout=30) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        REPORT,
        "/findings.csv",
        "/reports.csv",
        "/findings.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/llms.txt",
        "/dcat.jsonld",
        "/openapi.json",
        "/portal/agencies.json?_size=1",
        "/portal/agencies?_size=1",
    ],
)
def test_the_stated_address_is_believed_and_no_host(signed: httpx.Client, path: str) -> None:
    answer = signed.get(path, headers={"host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text + str(answer.headers)
    assert PUBLIC in answer.text or path.startswith("/portal/agencies?")
