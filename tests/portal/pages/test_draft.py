"""The page that checks a draft: it says what `build.py check` says, keeps nothing, and answers whatever is sent in a sentence."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins import draft
from portal.draft import check
from tests.support.pages import settled
from tests.support.paths import ROOT, SAMPLES, SHARED
from tests.support.site_rows import HOSTILE

SEEDS = SHARED / "seeds/docs"
PINGTAN = (ROOT / "data/reports/350128-guanweihui-2022.md").read_text(encoding="utf-8")
CARRIED_IN = "| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"
MARK = "样例标记qzx7719"


def post(site: httpx.Client, data: bytes | str, name: str = "draft.txt", path: str = "/draft.json", **more: Any) -> httpx.Response:
    """Send a draft as the page does: a str pasted, bytes as a file."""
    if isinstance(data, str):
        return site.post(path, files={"text": (None, data)}, timeout=90, **more)
    return site.post(path, files={"file": (name, data)}, timeout=90, **more)


def wrong_page() -> bytes:
    """A sound sample with a total that does not add up."""
    page = (SAMPLES / "page_2021.html").read_text(encoding="utf-8")
    assert ">2599<" in page
    return page.replace(">2599<", ">2600<").encode()


DOCUMENTS = {
    "wrong.html": wrong_page,
    "tables_missing.html": (SAMPLES / "tables_missing.html").read_bytes,
    "seed.txt": lambda: next(iter(sorted(SEEDS.glob("*"))[1:2]), SAMPLES / "plain_tabs.txt").read_bytes(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_says_what_build_check_says(site: httpx.Client, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(DOCUMENTS[name]())
    command = [sys.executable, "build.py", "check", str(path)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    data = post(site, path.read_bytes(), name).json()["data"]
    lines = {f"finding ({f['verdict']})  {f['message']}" for f in data["findings"]}
    assert set(re.findall(r"^finding .*$", said, re.MULTILINE)) == lines
    assert lines or name != "wrong.html"
    for status in ("stated", "blank", "inferred", "unreadable"):
        counted = sum(map(int, re.findall(rf"\b{status} (\d+)", said)))
        assert counted == sum(cell["status"] == status for cell in data["cells"])
    assert data["report"]["status"] in said


def test_a_form_in_either_encoding_is_the_same_draft(site: httpx.Client) -> None:
    text = (SAMPLES / "page_2021.html").read_text(encoding="utf-8")
    encoded = site.post("/draft.json", data={"text": text}, timeout=90)
    assert encoded.status_code == 200 and encoded.json() == post(site, text).json()


@pytest.mark.parametrize("name", ["not_a_report.html", "tables_missing.html", "binary.bin"])
def test_what_is_no_report_was_not_checked(site: httpx.Client, name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    answer = post(site, data, name)
    assert answer.status_code == 422
    refused = answer.json()["refused"]
    assert refused == answer.json()["data"]["sources"][0]["refused_because"]
    page = LexborHTMLParser(post(site, data, name, path="/draft").text)
    assert refused in page.css_first("[role=alert]").text()
    assert page.css_first(".outcomes, .legend, .draft-banner") is None


def test_a_draft_of_nobody_is_not_said_to_have_no_year_before_and_names_what_it_lacks(site: httpx.Client) -> None:
    text = (SAMPLES / "page_2021.html").read_text(encoding="utf-8").replace("样例市样例区人民政府", "我们")
    text = re.sub("<p>五、.*?(?=<p>六、)", "", text, flags=re.DOTALL)
    page = LexborHTMLParser(post(site, text.encode(), "page.html", path="/draft").text)
    assert "认不出" in page.css_first(".draft-banner").text()
    lacking = next(caution for caution in page.css("p.caution") if "没有读到这几部分" in caution.text())
    assert [link.attributes["href"] for link in lacking.css("a")] == ["#section-problems"] and page.css_first("#section-problems")


def folder_of(path: Path) -> dict[str, bytes]:
    """What stands in a folder, by content; logs and what is linked from the project apart."""
    files = (p for p in path.rglob("*") if p.is_file() and not p.is_symlink() and p.name != "log")
    return {str(p): hashlib.sha256(p.read_bytes()).digest() for p in files}


@pytest.mark.parametrize("way", ["pasted", "page", "word", "cut"])
def test_nothing_is_stored(site: httpx.Client, portal_database: Path, way: str) -> None:
    folder = portal_database.parent
    before = folder_of(folder)
    assert str(portal_database) in before
    text = (SAMPLES / "plain_tabs.txt").read_text(encoding="utf-8").replace("一、", f"{MARK}\n一、", 1)
    if way == "pasted":
        assert MARK in post(site, text).json()["pasted"]
    elif way == "page":
        assert MARK in post(site, text.encode(), f"{MARK}.txt", path="/draft").text
    elif way == "word":
        assert post(site, b"\xd0\xcf\x11\xe0" + MARK.encode() * 99, f"{MARK}.doc").status_code in (200, 422)
    else:
        assert (
            site.post(
                "/draft.json", content=b"--x\r\n" + MARK.encode(), headers={"content-type": "multipart/form-data; boundary=x"}
            ).status_code
            == 422
        )
    assert folder_of(folder) == before
    assert [path for path in (folder / "temporary").rglob("*") if path.is_file()] == []
    assert MARK not in (folder / "log").read_text(encoding="utf-8")
    assert MARK.encode() not in portal_database.read_bytes()
    assert (
        sum(site.get("/findings.json").json()[key] for key in ("total", "refuted"))
        == site.get("/portal/findings.json?_shape=objects").json()["filtered_table_rows_count"]
    )


def test_the_answer_is_not_kept_by_anyone_on_the_way(site: httpx.Client) -> None:
    for answer in (site.get("/draft"), post(site, "x"), post(site, "x", path="/draft")):
        assert answer.headers["cache-control"] == "no-store"
    assert site.get("/draft.json").status_code == 405


def test_a_draft_is_compared_with_the_published_report_of_the_year_before(site: httpx.Client) -> None:
    same = post(site, PINGTAN).json()
    assert same["compared"] == "350128-guanweihui-2021"
    outcomes = {row["code"]: row["outcome"] for row in same["data"]["checks"]}
    assert outcomes["carried_over_between_years"] == "pass"
    assert CARRIED_IN in PINGTAN
    other = post(site, PINGTAN.replace(CARRIED_IN, CARRIED_IN.replace("1", "2"))).json()
    found = [row for row in other["data"]["findings"] if row["check_code"] == "carried_over_between_years"]
    assert {(row["printed"], row["expected"]) for row in found} == {("2", "1")}
    assert {cell["report_id"] for row in found for cell in row["cells"]} == {"350128-guanweihui-2021", "350128-guanweihui-2022"}
    alone = post(site, (SAMPLES / "page_2021.html").read_bytes()).json()
    assert alone["compared"] is None


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


HOSTILE_FILES = {
    "empty": b"",
    "archive": zipped(report_xml=b"x"),
    "bomb": zipped(word__document_xml=b"<a>" + b" " * 200_000_000),
    "damaged PDF": b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R/Prev 9>>",
    "damaged Word": b"\xd0\xcf\x11\xe0" + b"x" * 5000,
    "deep page": b"<div>" * 400_000 + "<p>一、总体情况</p>".encode(),
    "markup": f"<html><body><h1>{HOSTILE}</h1></body></html>".encode(),
    "marks": b"a_b*c" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_whatever_is_sent_is_answered_in_a_sentence(site: httpx.Client, name: str) -> None:
    answer = post(site, HOSTILE_FILES[name], HOSTILE, path="/draft")
    assert answer.status_code in (200, 422)
    assert "caution" in answer.text
    assert "Traceback" not in answer.text
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 65536 + 1):
        yield b"x" * 65536


@pytest.mark.parametrize("counted", [True, False])
def test_what_is_too_large_never_arrives(site: httpx.Client, counted: bool) -> None:
    size = draft.LARGEST + 1_000_000
    headers = {"content-type": "multipart/form-data; boundary=x", **({"content-length": str(size)} if counted else {})}
    answer = site.post("/draft", content=b"x" * size if counted else chunks(size), headers=headers, timeout=90)
    assert answer.status_code == 413
    assert "超过 10 MB" in answer.text
    assert site.post("/portal", content=b"x" * size, headers={"cookie": "ds_csrftoken=x"}).status_code == 405


def test_a_cookie_of_datasettes_does_no_harm(site: httpx.Client) -> None:
    answer = post(site, (SAMPLES / "page_2021.html").read_bytes(), headers={"cookie": "ds_csrftoken=x"})
    assert answer.status_code == 200


def in_a_thread(answer: Coroutine[Any, Any, tuple[int, dict[str, Any]]]) -> tuple[int, dict[str, Any]]:
    """Awaited in a thread of its own: the browser of other tests keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answer).result()


def test_a_draft_that_takes_too_long_is_given_up_with_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def noted(*command: Any, **options: Any) -> asyncio.subprocess.Process:
        started.append(await start(*command, **options))
        return started[-1]

    monkeypatch.setattr(draft, "SECONDS", 0.01)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    status, result = in_a_thread(draft._checked(b"", "multipart/form-data; boundary=x", "none.db"))
    assert (status, result) == (422, {"refused": draft.GIVEN_UP})
    assert [child.returncode for child in started] == [-9]
    assert [path for path in tmp_path.rglob("*") if path.name not in (str(os.getpid()), f"portal-drafts-{os.geteuid()}")] == []


def test_more_than_a_few_at_once_are_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    async def when_all_are_taken() -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr(draft, "queue", asyncio.Semaphore(0))
        return await draft._checked(b"", "", "none.db")

    assert in_a_thread(when_all_are_taken()) == (503, {"refused": draft.BUSY})


@pytest.mark.parametrize("width", [1280, 390])
def test_a_file_is_chosen_and_its_findings_lead_to_their_cells(browser: Any, portal_url: str, tmp_path: Path, width: int) -> None:
    wrong = tmp_path / "draft.md"
    wrong.write_text(PINGTAN.replace(CARRIED_IN, CARRIED_IN.replace("1", "2")), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(portal_url + "/draft")
    page.get_by_label("或者选一个文件").set_input_files(str(wrong))
    page.get_by_role("button", name="核对").click()
    page.wait_for_selector(".draft-banner")
    assert "草稿" in page.locator(".draft-banner").inner_text()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.locator(".finding-label").first.click()
    assert page.locator(".cell.involved").count() >= 1
    page.locator("#c-applications-carried_in-total").click()
    assert settled(page, "#s-applications-carried_in-total")
    assert complaints == []
    page.close()


def test_pasted_text_stays_to_be_changed(browser: Any, portal_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(portal_url + "/draft?lang=en")
    page.get_by_label("Paste the whole report").fill(PINGTAN)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector(".draft-banner")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_label("Paste the whole report").input_value() == PINGTAN
    page.close()


def test_the_shape_is_that_of_a_published_report(site: httpx.Client) -> None:
    published = site.get("/reports/350128-guanweihui-2022.json").json()
    assert set(json.loads(post(site, PINGTAN).text)["data"]) == set(published)


def test_nobody_has_compared_a_draft_with_an_original() -> None:
    """A published report's finding that a person confirmed is one of the same words in a draft, which that person never saw."""
    shown, _ = check(next((ROOT / "data" / "reports").glob("340603-canlian-2020*")).read_bytes(), "draft.md")
    assert [(row["check_code"], row["conclusion"]) for row in shown["findings"]] == [("claim_parts_sum", None)]
