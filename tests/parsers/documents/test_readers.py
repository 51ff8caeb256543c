"""Documents as office programs make them, read back; hostile and broken files get one clear sentence."""

from __future__ import annotations

import base64
import io
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
from parsers.documents.recognise import media_type
from parsers.form.editions import editions
from parsers.printed.values import parse_value
from tests.support import layouts
from tests.support.figures import Sample, figures, tables
from tests.support.paths import SHARED

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (soffice)")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def sample(edition: str, seed: int) -> Sample:
    return Sample("sample", "样例市样例局", 2022 if edition == "2021" else 2020, edition, figures(seed, edition))


def printed_values(made: Sample) -> dict[tuple[str, str, str], float | None]:
    grids = next(e for e in editions() if e.code == made.edition).of("proactive_disclosure")
    money = {(g.section, row.item, m): unit for g in grids for row in g.rows for m, unit in (g.money or {}).items()}
    values = {key: parse_value(text, money.get(key)) for key, text in made.printed.items()}
    return {key: value.number if value else None for key, value in values.items()}


def read_values(data: bytes) -> dict[tuple[str, str, str], float | None]:
    report = read_report(data)
    assert not report.refused, report.refused
    for cell in report.cells:
        assert cell.status != "stated" or report.document.text[cell.start : cell.end].strip()
    return {(cell.section, cell.item, cell.measure): cell.value for cell in report.cells}


def package(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return file.getvalue()


def word(made: Sample) -> bytes:
    """A Word file by hand: merged cells by gridSpan and vMerge."""
    body = f"<w:p><w:r><w:t>{made.title}</w:t></w:r></w:p>"
    for grid in tables(made).values():
        body += f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * sum(width for _, width, _ in grid[0])}</w:tblGrid>"
        hanging: dict[int, tuple[int, int]] = {}
        for row in grid:
            cells, column, xml = list(row), 0, ""
            while cells or column in hanging:
                if column in hanging:
                    width, left = hanging.pop(column)
                    xml += f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
                else:
                    text, width, left = cells.pop(0)
                    merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
                    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (text[:1], text[1:]))
                    xml += f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr><w:p>{runs}</w:p></w:tc>'
                if left > 1:
                    hanging[column] = (width, left - 1)
                column += width
            body += f"<w:tr>{xml}</w:tr>"
        body += "</w:tbl>"
    return package(word__document=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def workbook(made: Sample) -> bytes:
    """A workbook by hand: inline strings, merged ranges."""
    rows, merges, number = "", "", 0
    for grid in tables(made).values():
        taken: dict[int, int] = {}
        for row in grid:
            number += 1
            column, xml = 0, ""
            for text, width, height in row:
                while taken.get(column, 0) >= number:
                    column += 1
                name = chr(65 + column)
                xml += f'<c r="{name}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
                if width > 1 or height > 1:
                    merges += f'<mergeCell ref="{name}{number}:{chr(65 + column + width - 1)}{number + height - 1}"/>'
                for covered in range(column, column + width):
                    taken[covered] = number + height - 1
                column += width
            rows += f'<row r="{number}">{xml}</row>'
    sheet = f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return package(xl__workbook="<workbook/>", xl__worksheets__sheet1=f'<worksheet xmlns="{main}">{sheet}</worksheet>')


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("make", [word, workbook])
def test_every_cell_of_an_office_file(make: object, edition: str) -> None:
    made = sample(edition, 5)
    assert callable(make)
    assert read_values(make(made)) == printed_values(made)


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
    assert read_values(data) == printed_values(made)
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
    assert read_values(data) == printed_values(made)
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
    assert read_values((tmp_path / f"page.{target}").read_bytes()) == printed_values(made)


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
