"""PDF: what a browser and an office program print of a report is read whole or not at all."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from parsers import read_report
from tests.support.drafts import LAYOUTS, Draft, draft, judge
from tests.support.figures import Sample, figures
from tests.support.office import PRINTED_OTHERWISE, SHAPES, word
from tests.support.paper import PAPERS, STYLES


def page_of(made: Draft, pick: random.Random) -> str:
    """A web page of a draft in one of the styles of tables and sizes of print."""
    style = f"<style>body{{font-size:{pick.randint(9, 17)}px}}table[border]{{width:100%}}{pick.choice(STYLES)}</style>"
    return LAYOUTS["word_made"](made).decode().replace("</head>", style + "</head>")


def test_what_a_browser_prints_is_read_whole_or_not_at_all(browser: Any) -> None:
    """Never another number; and whole, but for one page end that cuts the words of a header."""
    whole = 0
    page = browser.new_page()
    for seed in range(9):
        made, pick = draft(seed, "word_made"), random.Random(seed)
        page.set_content(page_of(made, pick))
        found, wrong = judge(made, read_report(page.pdf(**PAPERS[seed % len(PAPERS)])))
        assert not wrong, seed
        whole += not found["abstained"]
    page.close()
    assert whole >= 8


EFFECTS = {  # how a style changes what a browser writes into the file
    "shadow": "body{text-shadow:1px 1px 2px #999}",  # 一 twice
    "opacity": "td,h1{opacity:.8}",  # a form, in which 行 has its place
    "transform": "body{transform:scale(.8);transform-origin:0 0}",
    "thick": "table[border] td{border:5px solid!important}",
    "header over a page end": "td{line-height:2.4;font-size:15px}body{padding-top:9px}",  # 自然 / 人
}


@pytest.mark.parametrize("effect", EFFECTS)
def test_what_a_style_does_to_print_changes_no_figure(browser: Any, effect: str) -> None:
    page = browser.new_page()
    made = draft(6, "word_made")
    style = f"<style>{STYLES[1]}{EFFECTS[effect]}</style></head>"
    page.set_content(LAYOUTS["word_made"](made).decode().replace("</head>", style))
    report = read_report(page.pdf(format="A4"))
    page.close()
    found, wrong = judge(made, report)
    assert not wrong and not found["abstained"]
    assert report.identity.title == made.sample.title  # a line of its own, though it ends where the lines below it end


def test_between_two_rows_a_page_end_may_have_no_line(browser: Any) -> None:
    """A browser draws none there where a merged cell reaches over it and the lines of neighbouring cells are one."""
    page = browser.new_page()
    style = "@page{margin:15mm}table[border]{width:100%;border-collapse:collapse}td{border:1px solid;padding:4px;text-align:center}"
    for seed in (0, 3, 4, 5):
        made = draft(seed, "word_made")
        page.set_content(LAYOUTS["word_made"](made).decode().replace("</head>", f"<style>{style}</style></head>"))
        found, wrong = judge(made, read_report(page.pdf(format="A4")))
        assert not wrong and not found["abstained"], seed
    page.close()


def test_what_a_browser_prints_without_lines_gives_no_other_number(browser: Any, tmp_path: Path) -> None:
    """Tables without a line, as PDF and as pdftotext prints it, in columns or one block after the other; some are read whole."""
    whole = 0
    page = browser.new_page()
    for seed in range(6):
        made = draft(seed, "word_made")
        page.set_content(page_of(made, random.Random(seed)).replace("border:1px", "border:0").replace('<table border="1">', "<table>"))
        (tmp_path / "page.pdf").write_bytes(page.pdf(**PAPERS[seed % len(PAPERS)]))
        found, wrong = judge(made, read_report((tmp_path / "page.pdf").read_bytes()))
        assert not wrong, seed
        whole += not found["abstained"]
        for layout in (["-layout"], []) if shutil.which("pdftotext") else ():
            text = subprocess.run(["pdftotext", *layout, "page.pdf", "-"], cwd=tmp_path, check=True, capture_output=True).stdout
            _, wrong = judge(made, read_report(text))
            assert not wrong, (seed, layout)
    page.close()
    assert whole >= 2


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (soffice)")
def test_what_an_office_program_prints_of_a_page_gives_no_other_number(tmp_path: Path) -> None:
    drafts = {f"report{seed}": draft(seed, "word_made") for seed in range(20, 24)}
    for name, made in drafts.items():
        page = LAYOUTS["word_made"](made).decode().replace("<table border", '<table width="100%" border')
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=HTML (StarWriter)"]
    command = [*office, "--convert-to", "pdf:writer_pdf_Export", *(f"{name}.html" for name in drafts)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    for name, made in drafts.items():
        found, wrong = judge(made, read_report((tmp_path / f"{name}.pdf").read_bytes()))
        assert wrong == [] and found["right"] + found["abstained"] > 100, name  # a table wider than the paper is cut off


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (soffice)")
def test_what_an_office_program_prints_of_a_word_file_is_read_whole(tmp_path: Path) -> None:
    printed = {name: shape for name, shape in SHAPES.items() if name not in PRINTED_OTHERWISE}
    samples = {name: Sample("", "样例市样例局", 2022, "2021", figures(seed, "2021")) for seed, name in enumerate(printed)}
    for name, made in samples.items():
        (tmp_path / f"{name}.docx").write_bytes(word(made, SHAPES[name]))
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command = [*office, "--convert-to", "pdf", *(f"{name}.docx" for name in samples)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    for name, made in samples.items():
        report = read_report((tmp_path / f"{name}.pdf").read_bytes())
        found = {(c.section, c.item, c.measure): report.document.text[c.start : c.end] for c in report.cells if c.status == "stated"}
        assert found == dict(made.printed), name
