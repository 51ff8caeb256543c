"""Checks that need two reports or two documents, on collected ones: a copy with one thing changed, beside what it was copied from."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT, SHARED

CORPUS, SEEDS = SHARED / "corpus/docs", SHARED / "seeds/docs"
PINGTAN, OFFICE, FEDERATION = CORPUS / "pingtan_2019.html", SEEDS / "002_a78cc7a962d3243c.txt", SEEDS / "000_7eaad238c547426a.txt"
BEFORE, NOW = (ROOT / f"data/reports/350128-guanweihui-{year}.md" for year in (2021, 2022))
Found = list[tuple[str, str, str, str, str]]

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="../shared with the collected documents is not here")


def changed(path: Path, *changes: tuple[str, str]) -> str:
    """A collected document with words replaced; each of them must be there."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def findings(folder: Path, documents: dict[str, str], sources: str, *checks: str) -> Found:
    """(report, check, printed, expected, verdict) of these checks' findings; `sources` are the lines of sources.csv."""
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources.csv").write_text("file,url,agency,year,retrieved_on\n" + sources, encoding="utf-8")
    build = [sys.executable, "build.py", str(folder), "--db", str(folder / "portal.db")]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(folder / "portal.db")
    sql = "select report_id, check_code, printed, expected, verdict from findings order by check_code, report_id"
    return [row for row in db.execute(sql) if row[1] in checks]


def test_two_documents_of_one_report_that_print_different_figures(tmp_path: Path) -> None:
    page, attachment = changed(PINGTAN), changed(PINGTAN, (">430<", ">403<"))
    assert findings(tmp_path, {"page.html": page, "again.html": page + "\n"}, "", "sources_disagree") == []
    found = findings(tmp_path, {"page.html": page, "again.html": attachment}, "", "sources_disagree")
    assert [(check, {printed, expected}, verdict) for _, check, printed, expected, verdict in found] == [
        ("sources_disagree", {"430", "403"}, "undecided")
    ]


def test_two_retrievals_of_one_address_that_print_different_figures(tmp_path: Path) -> None:
    address = "https://example.org/2019.html"
    sources = f"first.html,{address},,,2020-02-01\nsecond.html,{address},,,2021-02-01\n"
    documents = {"first.html": changed(PINGTAN), "second.html": changed(PINGTAN, (">430<", ">403<"), (">181<", ">118<"))}
    found = findings(tmp_path, documents, sources, "revised_after_publication", "sources_disagree")
    assert [(check, verdict) for _, check, _, _, verdict in found] == [
        ("revised_after_publication", "undecided"), ("sources_disagree", "undecided"), ("sources_disagree", "undecided"),
    ]  # fmt: skip
    assert found[0][2] == "2"
    documents["second.html"] = documents["first.html"].replace("</body>", "<p>浏览次数：2</p></body>")
    assert findings(tmp_path, documents, sources, "revised_after_publication", "sources_disagree") == []


@pytest.mark.parametrize(("said", "found"), [("增加5件", []), ("增长7.1%", []), ("增加9件", [("9", "5")]), ("减少5件", [("-5", "5")])])
def test_a_stated_change_is_held_against_the_report_of_the_year_before(tmp_path: Path, said: str, found: list[tuple[str, str]]) -> None:
    documents = {"2021.md": changed(BEFORE), "2022.md": changed(NOW, ("收到申请75件", f"收到申请75件，比上年{said}"))}
    stated = findings(tmp_path, documents, "", "claim_year_on_year")
    assert [(printed, expected) for _, _, printed, expected, _ in stated] == found


def test_the_narrative_of_the_year_before_with_other_figures(tmp_path: Path) -> None:
    digits = str.maketrans("3456789", "4567893")
    text = changed(OFFICE)
    head, body = text.split("一、总体情况", 1)
    later = head.replace("2019", "2020") + "一、总体情况" + body.replace("2019", "2020").translate(digits)
    found = findings(tmp_path, {"2019.txt": text, "2020.txt": later}, "", "copied_narrative")
    assert [(report, verdict) for report, _, _, _, verdict in found] == [("231000-zhengfuban-2020", "report")]
    assert int(found[0][2]) > 90
    assert findings(tmp_path, {"2020.txt": changed(FEDERATION)}, "", "copied_narrative") == []


@pytest.mark.parametrize(("received", "found"), [("20", []), ("27", [("27", "20")])])
def test_a_report_that_sums_up_the_bodies_below(tmp_path: Path, received: str, found: list[tuple[str, str]]) -> None:
    """A made report of the city above its office's and its federation's, whose reports give 20 and 0 applications."""
    summing = ("具体要求,", "具体要求,汇总各部门的报告,")
    city = changed(OFFICE, ("牡丹江市人民政府办公室2019年", "牡丹江市人民政府2019年"), summing)
    rows = city.split("\n")
    at = [n for n, row in enumerate(rows) if row.strip(" |") == "20"]
    assert len(at) == 2  # the total of those received, and one more
    rows[at[0]] = rows[at[0]].replace("20", received)
    documents = {"city.txt": "\n".join(rows), "office.txt": changed(OFFICE), "federation.txt": changed(FEDERATION, ("2020年", "2019年"))}
    sources = "city.txt,,牡丹江市人民政府,2019,\noffice.txt,,牡丹江市人民政府办公室,2019,\nfederation.txt,,牡丹江市残疾人联合会,2019,\n"
    stated = [row for row in findings(tmp_path, documents, sources, "children_sum") if row[0] == "231000-zhengfu-2019"]
    assert [(printed, expected) for _, _, printed, expected, _ in stated] == found
