"""Tables pasted as pictures into web pages, and OFD pages that are pictures: found where they were saved, read as scans are."""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from selectolax.lexbor import LexborHTMLParser

from parsers import read_report
from parsers.documents.html.pictures import MOST_DOTS, Find, beside_a_page, pictures_of, read_together
from parsers.documents.mht import read_mht
from parsers.documents.pages.ofd import scans_in
from parsers.documents.pictures import extra
from parsers.model import FROM_PICTURES, Report
from parsers.printed.decode import Undecodable
from portal.build.collection import collect
from portal.build.page_pictures import page_pictures
from portal.build.worker import report_in
from tests.support.chromium import chromium
from tests.support.ofd import NAMESPACE, area, line, ofd, page, words
from tests.support.readings import sample, truth, values
from tests.support.scans import picture, web_page

needs_extra = pytest.mark.skipif(not extra.is_installed(), reason="what reads pictures is not installed here: make setup-ocr installs it")
MADE = sample("2019", 12)
SECTION = "review_litigation"
DOTS = picture("PNG", Image.effect_noise((400, 300), 90))
HEADINGS = (
    "<title>样例市样例局2023年政府信息公开工作年度报告</title><h3>一、总体情况</h3><p>无。</p><h3>三、收到和处理政府信息公开申请情况</h3>"
)


@cache
def page_with_tables_as_pictures() -> tuple[str, bytes]:
    """A sample as a web page without its tables; where the last one was stands TABLE. And the picture of that table."""
    with chromium() as browser:
        shown = browser.new_context(device_scale_factor=2).new_page()
        shown.set_content(web_page(MADE))
        table = shown.locator("table[border]").nth(2).screenshot()
    first, second, third = (found.span() for found in re.finditer("(?s)<table border.*?</table>", web_page(MADE)))
    html = web_page(MADE)
    return html[: first[0]] + html[first[1] : second[0]] + html[second[1] : third[0]] + "<p>TABLE</p>" + html[third[1] :], table


def is_read(report: Report) -> None:
    read, printed = values(report, SECTION), truth(MADE, SECTION)
    assert not {key: value for key, value in read.items() if value is not None and value != printed[key]}
    assert sum(read.get(key) == value for key, value in printed.items()) >= 0.85 * len(printed)
    assert FROM_PICTURES in {note.code for note in report.notes}


@needs_extra
def test_a_table_pasted_as_a_picture_into_a_page_that_was_saved_is_read(tmp_path: Path) -> None:
    html, table = page_with_tables_as_pictures()
    folder = tmp_path / "年报_files"
    folder.mkdir()
    (folder / "表 3.png").write_bytes(table)
    (folder / "logo.png").write_bytes(DOTS)
    (tmp_path / "年报.html").write_text(
        html.replace("TABLE", '<img src="logo.png"></p><p><img src="./%E5%B9%B4%E6%8A%A5_files/表%203.png">')
    )
    (entry,), _ = collect([tmp_path], tmp_path)
    is_read(report_in(entry.path.read_bytes(), [(name, path.read_bytes()) for name, path in entry.beside]))


def test_no_picture_is_read_where_the_page_prints_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be of another report."""
    monkeypatch.setattr(extra, "is_installed", lambda: False)
    figures = f"<table>{'<tr><td>规章<td>1<td>2<td>3' * 4}</table>"
    report = read_report(f"<html><body>{HEADINGS}{figures}<img src='a.png'></body></html>".encode(), lambda _: DOTS)
    assert not {FROM_PICTURES, "pictures_not_read"} & {note.code for note in report.notes}


def test_without_what_reads_it_a_picture_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "is_installed", lambda: False)
    html = f"<html><body>{HEADINGS}<img src='a.png'></body></html>".encode()
    without, told = read_report(html).refused, read_report(html, lambda _: DOTS).refused
    assert without and told and told.startswith(without) and "make setup-ocr" in told and "make setup-ocr" not in without


def names(html: str, find: Find) -> list[bytes]:
    return list(pictures_of(LexborHTMLParser(html), find).values())


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("./年报_files/a%20b.png", True),
        ("a b.png", True),
        ("https://example.org/年报_files/a%20b.png", False),
        ("//example.org/a%20b.png", False),
        ("file:///年报_files/a%20b.png", False),
        ("/etc/a%20b.png", False),
        ("年报_files/c.png", False),
    ],
)
def test_only_what_was_saved_with_the_page_is_opened(address: str, found: bool) -> None:
    assert names(f'<img src="{address}">', beside_a_page({"a b.png": DOTS})) == [DOTS] * found


def test_a_picture_may_stand_in_its_address() -> None:
    assert names(f'<img src="data:image/png;base64,{base64.b64encode(DOTS).decode()}">', lambda _: None) == [DOTS]


@pytest.mark.parametrize("shown", ['width="16"', 'height="8px"'])
def test_small_pictures_are_left_alone(shown: str) -> None:
    assert names(f"<img src='a.png' {shown}>", lambda _: DOTS) == names("<img src='a.png'>", lambda _: b"\x89PNG") == []


def test_pictures_of_a_web_archive_are_found_by_their_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "is_installed", lambda: False)
    for address in ("cid:one@page", "https://example.org/a/b.png", "../a/b.png"):
        whole, text, shown = EmailMessage(), EmailMessage(), EmailMessage()
        text.set_content(f"<body>{HEADINGS}<img src='{address}'></body>", subtype="html")
        text["Content-Location"] = "https://example.org/c/page.html"
        shown.set_content(DOTS, "image", "png", cid="<one@page>")
        shown["Content-Location"] = "https://example.org/a/b.png"
        whole.make_related()
        whole.attach(text)
        whole.attach(shown)
        (document,) = read_mht(whole.as_bytes())
        assert [note.code for note in document.notes] == ["pictures_not_read"], address


@needs_extra
def test_a_picture_of_too_many_dots_costs_the_page_nothing() -> None:
    from parsers.documents.pictures.read import pictures_in

    large = picture("PNG", Image.new("1", (6000, 5000), "white"))
    with pytest.raises(Undecodable):
        next(pictures_in(large, MOST_DOTS))
    assert read_together([large, b"\x89PNG"]) is None


# -- OFD ---------------------------------------------------------------------------------------------------------------------

# A picture of the whole page; and one of a page on its side, which is turned to the right to be upright.
SHOWN = '<ofd:ImageObject ID="9" ResourceID="7" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
TURNED = '<ofd:ImageObject ID="9" ResourceID="7" Boundary="0 0 210 297" CTM="0 297 -210 0 210 0"/>'


def ofd_of(content: str, shown: bytes) -> bytes:
    media = '<ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia>'
    parts = {"Doc_0/Res.xml": f"<ofd:Res {NAMESPACE}>{media}</ofd:Res>", "Doc_0/a.jpg": shown}
    return ofd(page(content), common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>", parts=parts)


def paper_with_table() -> bytes:
    """An A4 page with the picture of a table."""
    table = Image.open(BytesIO(page_with_tables_as_pictures()[1])).convert("RGB")
    paper = Image.new("RGB", (1240, 1754), "white")
    paper.paste(table.resize((1080, round(1080 * table.height / table.width))), (80, 300))
    return picture("JPEG", paper, quality=85)


@needs_extra
def test_an_ofd_page_that_is_a_picture_is_read_and_shown() -> None:
    data = ofd_of(SHOWN, paper_with_table())
    report = read_report(data)
    read, printed = values(report, SECTION), truth(MADE, SECTION)
    assert not {key: value for key, value in read.items() if value is not None and value != printed[key]}
    assert sum(read.get(key) == value for key, value in printed.items()) >= 0.85 * len(printed)
    assert [sheet.recognised for sheet in report.document.sheets] == [True] and report.document.places
    (shown,) = page_pictures(data, report.document)
    assert Image.open(BytesIO(shown)).width == 1000


OVER = {
    "a figure": words(30, 120, "99"),
    "a box": area(30, 100, 20, 5),
    "a line": line(30, 100, 90, 100),
    "what the file does not have": '<ofd:ImageObject ID="9" ResourceID="8" Boundary="30 100 20 5" CTM="20 0 0 5 0 0"/>',
    "what is seen through": SHOWN.replace("/>", ' Alpha="90"/>'),
}


@needs_extra
@pytest.mark.parametrize("over", OVER)
def test_a_picture_with_something_over_it_is_not_recognised(over: str) -> None:
    """What is drawn over it may be the figure that is printed."""
    assert list(scans_in(ofd_of(SHOWN, DOTS))) and not list(scans_in(ofd_of(SHOWN + OVER[over], DOTS)))


@needs_extra
def test_a_picture_lies_on_the_page_as_the_file_says() -> None:
    upright = Image.new("L", (400, 560), "white")
    upright.paste(0, (40, 60, 160, 150))
    on_its_side = upright.rotate(90, expand=True)
    shown, turned = (next(scans_in(ofd_of(*given)))[:, :, 0] for given in ((SHOWN, png(upright)), (TURNED, png(on_its_side))))
    assert ImageStat.Stat(ImageChops.difference(Image.fromarray(shown), Image.fromarray(turned))).mean[0] < 2
    assert shown[:200].mean() > 254 > shown[250:550, 170:620].mean()  # a tenth of the page from its left, and from its top


def png(shown: Image.Image) -> bytes:
    return picture("PNG", shown)
