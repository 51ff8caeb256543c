"""The data pages for programs: every address, key and example of docs/api.md holds, and nothing is said that is not there."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from parsers.form.editions import editions
from plugins import draft as draft_plugin
from plugins import pages as pages_plugin
from portal.pages import leads
from tests.support.pages import PAGES, REPORT, tree
from tests.support.paths import ROOT


@pytest.mark.parametrize(("path", "sibling"), PAGES.items())
def test_every_data_page_names_its_json_sibling(site: httpx.Client, path: str, sibling: str) -> None:
    assert site.get(sibling).raise_for_status().headers["content-type"].startswith("application/json")
    linked = tree(site, path).css_first("link[rel=alternate][type='application/json']").attributes["href"]
    assert site.get(linked).json() == site.get(sibling).json()


API = (ROOT / "docs/api.md").read_text(encoding="utf-8")
FORM = {form.code for form in editions()} | {code for form in editions() for grid in form.grids for code in (grid.section, *grid.measures)}
PARTS = {f"{name}{part}" for name in ("value", "cumulative") for part in ("_status", "_start", "_end")}


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()


@pytest.mark.parametrize("sibling", PAGES.values())
def test_every_key_of_the_json_is_documented(site: httpx.Client, sibling: str) -> None:
    assert keys(site.get(sibling).json()) - PARTS - FORM <= set(re.findall(r"`(\w+)(?:\[\])?`", API))


EXAMPLES = re.findall(r"\| `(/portal[^`]*)` \|", API)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(site: httpx.Client, example: str) -> None:
    address = example.replace("<id>", REPORT.rpartition("/")[2]).replace("select …", "select 1")
    assert site.get(address).raise_for_status().text.strip() not in ("", "[]")


def test_the_example_for_every_cell_gives_every_cell(site: httpx.Client, database: sqlite3.Connection) -> None:
    (example,) = (address for address in EXAMPLES if "/cells.json" in address)
    id, count = database.execute("select report_id, count(*) from cells group by 1 order by 2 desc").fetchone()
    assert len(site.get(example.replace("<id>", id)).json()) == count > 100


def test_every_cell_says_whose_and_of_which_year_it_is(database: sqlite3.Connection) -> None:
    wrong = "from cells join reports on reports.id = report_id where cells.agency is not reports.agency or cells.year is not reports.year"
    assert database.execute(f"select count(*) {wrong}").fetchone()[0] == 0
    assert database.execute("select count(distinct agency) from cells where year = 2020").fetchone()[0] > 2


def test_the_next_page_of_an_array_is_named_where_other_origins_may_read_it(site: httpx.Client) -> None:
    answer = site.get("/portal/cells.json?_shape=array")
    assert 'rel="next"' in answer.headers["link"] and answer.headers["access-control-expose-headers"] == "Link, Repr-Digest"
    assert site.get("/portal/cells.json?_shape=objects").json()["next_url"]
    query = "/portal.json?sql=select+1+from+cells,+items&_shape="
    assert site.get(query + "objects").json()["truncated"] is True and len(site.get(query + "array").json()) == 1000


def test_every_documented_key_exists(site: httpx.Client) -> None:
    shapes = API[API.index("### `/index.json`") : API.index("## 按条件取数")]
    values = {"read", "partial", "refused", "mixed", "reading", "undecided", "null", "address", "newest", "pass", "fail", "confirmed"}
    values |= {
        "open",
        "missing",
        "not_due",
        "not_comparable",
        "added",
        "not_added",
        "overview",
        "problems",
        "other_matters",
        "elsewhere",
        "section",
    }
    values |= set(leads.leads()) | {"went", "came"}  # which no report of the site has: tests/portal/pages/test_revisions.py
    values |= {"true", "width", "height"} | {"recognised", "pictured", "read_from_picture"}  # of pages: test_page_pictures.py
    existing = {key for sibling in PAGES.values() for key in keys(site.get(sibling).json())}
    for path in ("/draft.json", "/tables.json", "/suggest.json?q=pingtan"):
        existing |= keys(site.get(path).json())
    assert set(re.findall(r"`([a-z]\w+)(?:\[\])?`", shapes)) - values <= existing


def test_every_address_is_documented() -> None:
    documented = {re.sub(r"[?#].*", "", address).replace("<id>", "<code>") for address in re.findall(r"`(/[^`]*)`", API)}
    named = [
        re.sub(r"<(agency|region|check)>", "<code>", re.sub(r"\(\?P<(?!json)(\w+)>.*?\)(?=$|/|\(|\\\.)", r"<\1>", pattern))
        for routes in (pages_plugin.register_routes(Datasette(memory=True)), draft_plugin.register_routes())
        for pattern, _ in routes
    ]
    assert {re.sub(r"\(\?P<json>(.*?)\)\??|[\\^$]", r"\1", address).replace("\\", "") for address in named} <= documented


def test_the_examples_of_the_page_ask_the_portal_that_shows_them(site: httpx.Client) -> None:
    page = site.get("/api").text
    assert f"curl -F file=@draft.docx {str(site.base_url).rstrip('/')}/draft.json" in page and "127.0.0.1:8001" not in page
