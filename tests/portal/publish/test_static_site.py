"""The portal as files of a plain host: walked in a real browser, with Range and without, at the root and below a path."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from portal.publish import shipped, static_site
from tests.support.hosts import Plain, WithRange, host
from tests.support.pages import REPORT
from tests.support.paths import ROOT
from tests.support.site_rows import AGENCY
from tests.support.small_release import add_release

HOME = "https://example.org/below"  # where a site is read whose publisher has said so
DATASETTE = Path(sys.executable).with_name("datasette")


def publish(database: Path, out: Path) -> str:
    """What `datasette publish static` says."""
    done = subprocess.run([DATASETTE, "publish", "static", database, out], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def site_files(portal_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tests' database, in a folder within the one that is served below a path."""
    if not shutil.which("npm"):
        pytest.skip("no npm on this machine: it fetches the Python that runs in the browser")
    out = tmp_path_factory.mktemp("host") / "below" / "path"
    publish(portal_database, out)
    return out


@pytest.mark.parametrize(("handler", "path"), [(WithRange, "/below/path"), (Plain, "")], ids=["range, below a path", "plain, at the root"])
def test_a_reader_walks_through_it(site_files: Path, browser: Any, handler: type[Plain], path: str) -> None:
    with host(site_files.parents[1] if path else site_files, handler) as address:
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []
        failed: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 and "favicon" not in answer.url else None)
        home = address + path + "/"

        page.goto(home)
        page.fill("#q", "残疾")
        page.click("form.search button")
        before = WithRange.sent
        page.wait_for_selector("body[data-shown]", timeout=60_000)
        assert "残疾" in page.title()
        if handler is WithRange:  # an answer takes the parts of the database that it needs
            assert 0 < WithRange.sent - before < (site_files / "portal.db").stat().st_size
        assert page.locator("main a[href*='reports/']").count()
        page.locator("main a[href*='reports/']").first.click()
        page.wait_for_selector(".source-text")
        assert page.url.startswith(f"{home}reports/")

        page.goto(f"{home}{REPORT[1:]}/")
        page.locator("a.cell[data-keys]").first.click()
        assert page.locator(".source-text .chosen").count()

        page.goto(f"{home}findings/")
        page.locator("main a[href*='check%3D']").first.click()  # a facet
        page.wait_for_selector("body[data-shown]", timeout=60_000)
        assert "check=" in page.evaluate("document.body.dataset.shown")
        permalink = page.locator("main a[href*='#finding-']").first.get_attribute("href")

        page.goto(f"{home}leads/carried_over/")
        page.locator("details.facets a").first.click()
        page.wait_for_selector("body[data-shown]", timeout=60_000)
        assert "/leads/carried_over?" in page.evaluate("document.body.dataset.shown") and page.locator("main tbody tr").count()

        page.goto(f"{home}reports/")
        page.locator("main thead a", has_text="核对").click()  # a head, by which there is no file
        page.wait_for_function("document.body.dataset.shown === '/reports?sort=-findings'", timeout=60_000)
        assert page.locator("th[aria-sort=descending]").inner_text().startswith("核对")

        page.locator("footer a[href*='at=%2Fportal']").click()
        page.wait_for_selector("#sql-editor", timeout=60_000)
        page.fill("#sql-editor", "select 6 * 7 as answer")
        page.click("form.sql-form button")
        page.wait_for_function("document.body.dataset.shown.includes('sql=')", timeout=60_000)
        assert "42" in page.inner_text("main")

        page.goto(f"{home}app/{permalink}")
        page.wait_for_selector("li.finding.involved")

        page.goto(f"{home}agencies/{AGENCY}/?lang=en")  # the other language has a file of its own
        page.wait_for_url(f"{home}en/agencies/{AGENCY}/")
        if handler is WithRange:  # which shows what leads on where there is no file
            page.goto(f"{home}portal/reports/{AGENCY}-2022")
            page.wait_for_selector("body[data-shown]", timeout=60_000)
            assert f"{AGENCY}-2022" in page.inner_text("h1")
            failed[:] = [url for url in failed if not url.endswith(("/app/kinds.json", f"/portal/reports/{AGENCY}-2022"))]
            page.goto(f"{home}findings/?check=sample_check&verdict=report#content")  # a file that is asked a question
            page.wait_for_selector("body[data-shown]", timeout=60_000)
            assert page.evaluate("document.body.dataset.shown") == "/findings?check=sample_check&verdict=report"
            doubtful = page.locator("li.finding:is(.finding-reading, .finding-undecided, .finding-open)")
            assert page.url.endswith("#content") and page.locator("li.finding").count() > doubtful.count() == 0
        else:
            page.goto(f"{home}portal/reports/?year=2022")  # an address of the server's that asks
            page.wait_for_selector("body[data-shown]", timeout=60_000)
            assert page.evaluate("document.body.dataset.shown") == "/portal/reports?year=2022"
            page.wait_for_function("/\\[\\d{4}-/.test(document.querySelector('p.citation').textContent)")  # its scripts run there too
        assert [url for url in asked if not url.startswith(address) and not url.startswith("blob:")] == []
        assert failed == []
        context.close()


def test_every_link_of_every_page_leads_to_a_file_or_into_the_app(site_files: Path) -> None:
    for page in site_files.rglob("*.html"):
        for link in re.findall(r'\b(?:href|src|action)="([^"#?]*)', page.read_text(encoding="utf-8")):
            if link and not re.match(r"[a-z]+:", link):
                file = (page.parent / link).resolve()
                assert file.is_file() or (file / "index.html").is_file(), f"{page.relative_to(site_files)}: {link}"
                assert site_files in file.parents or file == site_files


def test_files_are_what_the_server_answers(site_files: Path, site: Any) -> None:
    for address in ("/index.json", f"{REPORT}.json", f"/agencies/{AGENCY}.json", "/years/2022.json", "/checks.json", "/findings.json"):
        assert (site_files / address[1:]).read_bytes() == site.get(address).content, address
    served, written = (
        LexborHTMLParser(page) for page in (site.get(REPORT).text, (site_files / REPORT[1:] / "index.html").read_text(encoding="utf-8"))
    )
    for part in ("div.report", "section#findings", "header.report-head"):
        said = [re.sub(r'(href|src|action)="[^"#]*', "", str(page.css_first(part).html)) for page in (written, served)]
        assert said[0] == said[1]


@pytest.mark.parametrize("path", ["reports", "agencies"])
def test_a_list_is_a_table_of_the_site(site_files: Path, site: Any, path: str) -> None:
    page = LexborHTMLParser((site_files / path / "index.html").read_text(encoding="utf-8"))
    assert page.css_first(f"main a[href='../{path}.csv']")
    written, served = (body.decode("utf-8") for body in ((site_files / f"{path}.csv").read_bytes(), site.get(f"/{path}.csv").content))
    assert written.replace(f",./{path}/", f",/{path}/") == served.replace(f",{str(site.base_url).rstrip('/')}/", ",/")


def test_a_site_that_does_not_know_where_it_is_names_no_host(site_files: Path) -> None:
    for file in site_files.rglob("*"):
        if file.suffix in (".html", ".json", ".csv", ".atom") and file.relative_to(site_files).parts[0] != "-":
            assert b"http://localhost" not in file.read_bytes(), file
    assert not (site_files / "sitemap.xml").exists()


@pytest.fixture
def signed(portal_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some pages of the site of a portal whose publisher has said who and where they are, with a release beside it."""
    root = tmp_path / "root"
    root.mkdir()
    for name in {*shipped.CONFIGURATION, "docs"} - {"metadata.yml"}:
        (root / name).symlink_to(ROOT / name)
    metadata = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    metadata["plugins"]["portal"].update(publisher="样例大学", contact="data@example.org", address=HOME)
    (root / "metadata.yml").write_text(yaml.safe_dump(metadata, allow_unicode=True), encoding="utf-8")
    add_release(root)
    monkeypatch.setattr(static_site, "ROOT", root)
    (served := tmp_path / "served").mkdir()
    static_site.configure(served, portal_database)
    pages = list(static_site.addresses_of(portal_database))
    written = [
        REPORT,
        f"{REPORT}?lang=en",
        "/findings",
        "/data",
        "/sitemap.xml",
        "/llms.txt",
        "/robots.txt",
        "/dcat.jsonld",
        "/findings.atom",
    ]
    assert set(written) <= set(pages)
    files = {str(static_site.file_of(page)) for page in pages}
    site = static_site.Site(frozenset(map(static_site.kind, files)), HOME)
    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        apart.submit(static_site.write_pages, served, [*written, f"/agencies/{AGENCY}.atom"], site, tmp_path / "site").result()
    (tmp_path / "site" / "files.txt").write_text("\n".join(files), encoding="utf-8")
    return tmp_path / "site"


def test_a_site_that_knows_where_it_is_names_its_own_files(signed: Path) -> None:
    files = set((signed / "files.txt").read_text(encoding="utf-8").splitlines())

    def of(address: str) -> str:
        path = address.removeprefix(f"{HOME}/").partition("#")[0]
        return f"{path}index.html" if path.endswith("/") or not path else path

    feeds = [(signed / name).read_text(encoding="utf-8") for name in ("findings.atom", f"agencies/{AGENCY}.atom")]
    named = re.findall(r"<loc>([^<]*)", (signed / "sitemap.xml").read_text(encoding="utf-8"))
    named += [address for feed in feeds for address in re.findall(r'<link href="([^"]*)"', feed)]
    assert len(named) > 50 and [address for address in named if not address.startswith(HOME) or of(address) not in files] == []
    for name, canonical in ((f"{REPORT[1:]}/index.html", REPORT), (f"en{REPORT}/index.html", f"/en{REPORT}")):
        page = LexborHTMLParser((signed / name).read_text(encoding="utf-8"))
        links = {link.attributes.get("hreflang"): link.attributes["href"] for link in page.css("link[rel=canonical], link[hreflang]")}
        assert links == {
            None: f"{HOME}{canonical}/",
            "zh-CN": f"{HOME}{REPORT}/",
            "en": f"{HOME}/en{REPORT}/",
            "x-default": f"{HOME}{REPORT}/",
        }
    said = {name: (signed / name).read_text(encoding="utf-8") for name in ("llms.txt", "robots.txt", "dcat.jsonld")}
    assert "sql=" not in said["llms.txt"] and f"{HOME}/portal.db" in said["llms.txt"] and f"{HOME}/portal.db" in said["dcat.jsonld"]
    assert "Disallow: /below/app/\n" in said["robots.txt"]
    assert "2024-05-01" in (signed / "data" / "index.html").read_text(encoding="utf-8")


def test_a_mistake_in_a_finding_is_told_with_its_permalink(signed: Path) -> None:
    page = LexborHTMLParser((signed / REPORT[1:] / "index.html").read_text(encoding="utf-8"))
    findings = page.css("li.finding")
    assert findings
    for finding in findings:
        body = parse_qs(urlsplit(str(finding.css_first(".mistake a").attributes["href"])).query)["body"]
        assert body == [f"{HOME}{REPORT}#{finding.attributes['id']}"]


def test_the_draft_page_says_where_a_draft_is_checked(site_files: Path) -> None:
    page = (site_files / "draft" / "index.html").read_text(encoding="utf-8")
    assert "build.py check" in page and "<form" not in page


def test_a_second_publish_writes_what_changed(site_files: Path, portal_database: Path, tmp_path: Path) -> None:
    out, changed = tmp_path / "site", tmp_path / "portal.db"
    shutil.copytree(site_files, out)
    shutil.copy(portal_database, changed)
    with sqlite3.connect(changed) as db:
        db.execute("update reports set title = '另一个标题' where id = ?", (REPORT.rpartition("/")[2],))
    assert "0 of them new or changed" in publish(portal_database, out)
    said = publish(changed, out)
    count = int(re.search(r"(\d+) of them", said)[1])  # type: ignore[index]
    assert 0 < count < len((out / "files.txt").read_text().splitlines()) / 4
    assert "另一个标题" in (out / REPORT[1:] / "index.html").read_text(encoding="utf-8")


def test_a_folder_with_something_else_is_left_alone(portal_database: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    done = subprocess.run([DATASETTE, "publish", "static", portal_database, tmp_path], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode and "mine" not in done.stdout and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
