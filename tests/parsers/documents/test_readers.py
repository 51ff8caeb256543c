"""Documents as office programs make them, read back; hostile and broken files get one clear sentence."""

from __future__ import annotations

import base64
import io
import json
import quopri
import re
import shutil
import subprocess
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from parsers import read_report
from parsers.documents.html.read import read_html
from parsers.documents.recognise import media_type
from tests.support import layouts
from tests.support.packages import W, package, word, workbook
from tests.support.paths import SHARED
from tests.support.readings import read, sample, truth

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (soffice)")


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("make", [word, workbook])
def test_every_cell_of_an_office_file(make: object, edition: str) -> None:
    made = sample(edition, 5)
    assert callable(make)
    assert read(make(made)) == truth(made)


def saved_page(page: bytes, transfer: str, charset: str, location: str = "http://www.example.gov.cn/nb/2021.html") -> MIMEText:
    part = MIMEText("", "html")
    del part["Content-Transfer-Encoding"], part["Content-Type"]
    part["Content-Type"] = f'text/html; charset="{charset}"'
    part["Content-Transfer-Encoding"] = transfer
    part["Content-Location"] = location
    part.set_payload((quopri.encodestring if transfer == "quoted-printable" else base64.encodebytes)(page).decode("ascii"))
    return part


def web_archive(*pages: MIMEText) -> bytes:
    whole = MIMEMultipart("related")
    whole.attach(MIMEText("a picture's place", "plain"))
    for page in pages:
        whole.attach(page)
    return b"From: <Saved by a browser>\r\n" + whole.as_bytes()


@pytest.mark.parametrize(("transfer", "charset"), [("quoted-printable", "utf-8"), ("base64", "gb2312")])
def test_a_page_saved_in_one_file(transfer: str, charset: str) -> None:
    made = sample("2021", 6)
    page = re.sub("<meta[^>]*charset[^>]*>", "", layouts.page(made).decode()).encode("gb18030" if charset == "gb2312" else charset)
    data = web_archive(saved_page(page, transfer, charset))
    assert read(data) == truth(made)
    assert read_report(data).identity.url == "http://www.example.gov.cn/nb/2021.html"
    assert "MHT" in str(read_report(b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nnothing").refused)


@pytest.mark.parametrize("before", [True, False])
def test_a_report_in_a_frame_of_the_page_that_was_saved(before: bool) -> None:
    made = sample("2021", 6)
    menu = "".join(f"<tr><td>{word}</td><td>{number}</td></tr>" for number, word in enumerate(["总体情况", "自然人", "规章"] * 80))
    frames = [("<p>样例网</p><iframe src='cid:2'></iframe>", "http://www.example.gov.cn/"), (f"<table>{menu}</table>", "cid:1")]
    around = [saved_page(page.encode(), "base64", "utf-8", location) for page, location in frames]
    broken = saved_page(b"<div>" * 30_000, "base64", "utf-8", "cid:3")
    report = saved_page(layouts.page(made), "base64", "utf-8", "cid:2")
    data = web_archive(*around, report, broken) if not before else web_archive(around[0], report, broken, around[1])
    assert read(data) == truth(made)
    assert read_report(data).identity.url == "http://www.example.gov.cn/"
    assert read_report(data).identity.agency == made.agency
    assert read_report(web_archive(broken)).refused


@needs_office
@pytest.mark.parametrize("target", ["docx", "doc", "rtf", "odt"])
def test_every_cell_of_what_an_office_program_makes_of_a_page(target: str, tmp_path: Path) -> None:
    made = sample("2021", 6)
    (tmp_path / "page.html").write_bytes(layouts.word_made(made))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", target, "page.html"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert read((tmp_path / f"page.{target}").read_bytes()) == truth(made)


@pytest.mark.skipif(not SHARED.exists(), reason="the collected documents (../shared) are not beside this repository")
def test_a_blank_form_is_refused() -> None:
    report = read_report((SHARED / "corpus" / "docs" / "blank_template_2021.docx").read_bytes())
    assert report.status == "refused" and not report.cells


def bomb() -> bytes:
    return package(word__document=f"<w:document {W}><w:body>{' ' * 80_000_000}</w:body></w:document>")


DEEP = f"<w:document {W}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>"
WIDE_CELL = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc>'
WIDE = f"<w:document {W}><w:body><w:tbl><w:tr>{WIDE_CELL * 3}</w:tr></w:tbl></w:body></w:document>"
ENTITY = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        package(word__document=DEEP),
        package(word__document=WIDE),
        package(word__document=ENTITY),
        package(word__document="<w:document"),
        word(sample("2021", 5))[:1500],
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"PK\x03\x04" + bytes(100),
    ],
    ids=["bomb", "deep", "wide", "entity", "broken xml", "cut short", "empty pdf", "pdf without pages", "doc", "zip"],
)
def test_a_hostile_or_broken_file_gets_one_sentence(data: bytes) -> None:
    report = read_report(data)
    assert report.status == "refused" and report.refused and "\n" not in report.refused
    assert "Traceback" not in report.refused and report.document.text.count("root") == 0


def test_the_type_is_told_from_the_content() -> None:
    assert media_type(word(sample("2021", 5))).endswith("wordprocessingml.document")
    assert media_type(workbook(sample("2021", 5))).endswith("spreadsheetml.sheet")
    both = io.BytesIO()
    with zipfile.ZipFile(both, "w") as archive:  # stored, so that the names inside the inner file are in the bytes
        archive.writestr("a.docx", word(sample("2021", 5)))
    assert media_type(both.getvalue()) == "application/zip"


def test_json_is_called_so_and_zeros_at_the_end_are_nothing() -> None:
    page = "<html><body><h1>样例市样例局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p></body></html>"
    assert "JSON" in str(read_report(json.dumps({"content": page}).encode()).refused)
    assert media_type(json.dumps({"content": page}, ensure_ascii=False).encode()) == "text/html"
    assert read_html(page.encode() + bytes(1000)).text == read_html(page.encode()).text
    assert media_type(page.encode() + bytes(1000)) == "text/html"
