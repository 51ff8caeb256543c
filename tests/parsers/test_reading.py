"""What is read from documents: the repository's samples, and the real ones beside it where they are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from pytest_regressions.file_regression import FileRegressionFixture

from parsers import read_report
from parsers.model import Report
from tests.support.paths import SAMPLES, SHARED
from tests.support.readings import values

EXPECTED = sorted(SAMPLES.glob("*.expected.csv"))
GOLD = sorted([*SHARED.glob("seeds/gold/*.json"), *SHARED.glob("corpus/gold/*.json")])
# The gold states 0 where the document prints nothing between the bars: “行政许可 | 0 | 0 |” and a bar on the next line.
PRINTED_BLANK = {("001_e5c4bfe1850351fa.txt", "licensing", "decisions")}
needs_shared = pytest.mark.skipif(not GOLD, reason="the collected documents (../shared) are not beside this repository")


def report_at(path: Path) -> Report:
    return read_report(path.read_bytes())


def text_of(report: Report, start: int, end: int) -> str:
    return report.document.text[start:end]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.csv"))
def test_a_sample_is_read_cell_by_cell(expected: Path) -> None:
    report = report_at(expected.with_name(expected.name.removesuffix(".expected.csv")))
    found = {(c.section, c.item, c.measure): (text_of(report, c.start, c.end), c.value) for c in report.cells}
    with expected.open(encoding="utf-8", newline="") as file:
        wanted = {
            (row["section"], row["item"], row["measure"]): (row["printed"], float(row["value"]) if row["value"] else None)
            for row in csv.DictReader(file)
        }
    assert found == wanted


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.csv"))
def test_a_sample_reads_like_the_form(expected: Path, file_regression: FileRegressionFixture) -> None:
    report = report_at(expected.with_name(expected.name.removesuffix(".expected.csv")))
    file_regression.check(as_form(report), extension=".txt", encoding="utf-8")


def as_form(report: Report) -> str:
    """The report as a reader would copy it out: identity, headings, a line for each row with the cells as printed."""
    who = report.identity
    lines = [f"{who.title}", f"{who.agency} {who.year} · published {who.published_on} · signed {who.signed_on} · {report.status}", ""]
    rows: dict[tuple[str, str, str], list[str]] = {}
    for cell in report.cells:
        mark = {"stated": "", "blank": "▢", "inferred": "≈", "unreadable": "?"}[cell.status]
        rows.setdefault((cell.section, cell.edition, cell.item), []).append(mark + text_of(report, cell.start, cell.end))
    lines += [f"{section} {edition} {item}: {' | '.join(cells)}" for (section, edition, item), cells in rows.items()]
    for section in report.sections:
        text = text_of(report, section.start, section.end) if section.code in ("overview", "problems", "other_matters") else ""
        heading = text_of(report, section.heading.start, section.heading.end) if section.heading else ""
        lines += [
            "",
            f"[{section.code}] {heading}",
            *([text[:60] + (" … " + text[-40:] if len(text) > 100 else text[60:])] if text else []),
        ]
    lines += ["", *(f"note {note.code}: {note.message}" for note in report.notes)]
    return "\n".join(lines) + "\n"


@needs_shared
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_a_real_document_states_no_other_number_than_it_prints(gold: Path) -> None:
    truth = json.loads(gold.read_text(encoding="utf-8"))
    report = report_at(gold.parent.parent / "docs" / gold.stem)
    undecidable = set(truth.get("undecidable", []))
    found = values(report)
    for section, item, measure, _, value in truth.get("cells", []):
        number = found.pop((section, item, measure), None)
        assert number is None or number == pytest.approx(value), (section, item, measure)
    extra = {key for key, number in found.items() if number is not None and f"{key[0]}/{key[1]}" not in undecidable}
    assert truth.get("expect") == "partial" or not extra


@needs_shared
@pytest.mark.parametrize("gold", [g for g in GOLD if "seeds" in g.parts or g.stem.endswith(".html")], ids=lambda path: path.stem)
def test_seeds_and_pages_are_read_whole(gold: Path) -> None:
    truth = json.loads(gold.read_text(encoding="utf-8"))
    report = report_at(gold.parent.parent / "docs" / gold.stem)
    found = {(c.section, c.item, c.measure): c for c in report.cells}
    for section, item, measure, _, value in truth["cells"]:
        cell = found[section, item, measure]
        if (gold.stem, item, measure) in PRINTED_BLANK:
            assert cell.status == "blank" and cell.value is None
        else:
            assert cell.value == (None if value is None else pytest.approx(value)), (section, item, measure)
    for name in ("agency", "year", "published_on", "signed_on", "title"):
        if name in truth and not (gold.stem.startswith("pingtan") and name == "agency"):
            assert getattr(report.identity, name) == truth[name]


@needs_shared
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_the_range_of_every_stated_cell_gives_what_is_printed(gold: Path) -> None:
    truth = json.loads(gold.read_text(encoding="utf-8"))
    report = report_at(gold.parent.parent / "docs" / gold.stem)
    wanted = {(section, item, measure): text for section, item, measure, text, _ in truth.get("cells", [])}
    for cell in report.cells:
        if cell.status == "stated" and (cell.section, cell.item, cell.measure) in wanted:
            cut = text_of(report, cell.start, cell.end)
            assert cut == cut.strip()
            assert cut == wanted[cell.section, cell.item, cell.measure].strip()


@needs_shared
def test_narrative_holds_no_lines_of_the_page_around_it() -> None:
    for path in sorted((SHARED / "seeds" / "docs").glob("*.txt")):
        report = report_at(path)
        texts = {s.code: text_of(report, s.start, s.end) for s in report.sections}
        assert set(texts) == {"overview", "proactive_disclosure", "applications", "review_litigation", "problems", "other_matters"}
        for code in ("overview", "problems", "other_matters"):
            assert not [w for w in ("来源:", "撰稿:", "校对:", "一审:", "扫一扫", "系列 1", "相关附件", "2020年1月9日") if w in texts[code]]
    ends = {
        p.name[:3]: text_of(r := report_at(p), r.sections[-1].start, r.sections[-1].end) for p in (SHARED / "seeds" / "docs").glob("*.txt")
    }
    assert {name: len(text) for name, text in sorted(ends.items())} == {"000": 0, "001": 2, "002": 1, "003": 13, "004": 2}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP", "PDF"])
def test_a_picture_is_called_a_picture(kind: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, kind)
    refused = read_report(file.getvalue()).refused
    assert refused and "图片" in refused and ("请用文字版" in refused or "照印抄录" in refused)


@pytest.mark.parametrize("name", ["binary.bin", "empty.txt", "not_a_report.html", "tables_missing.html", "lines_dropped.txt"])
def test_what_is_no_report_is_refused_with_a_sentence(name: str, file_regression: FileRegressionFixture) -> None:
    report = report_at(SAMPLES / name)
    assert report.status == "refused" and not [c for c in report.cells if c.value is not None]
    file_regression.check(f"{report.refused}\n", extension=".txt", encoding="utf-8")
