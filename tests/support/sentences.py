"""tests/sentences.yml: sentences with the claims they make, and sentences held against one sound report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Any

import yaml

from parsers.model import Claim, Document, Identity, Paragraph, Section
from parsers.narrative.claims import read_claims
from parsers.narrative.prose import sentences
from tests.support.examples import Figures, result_rows, sound_figures
from tests.support.layouts import page
from tests.support.paths import ROOT
from tests.support.planted import NARRATIVE, Planted, body, found_in_each, story

CLAIMED, JUDGED = yaml.safe_load_all((ROOT / "tests" / "sentences.yml").read_text(encoding="utf-8"))
AGENCY, YEAR = "样例市样例区民政局", 2023
HARMLESS: list[tuple[str, str]] = [(group["agency"], text) for group in JUDGED["harmless"] for text in group["texts"]]
# agency, sentence, the check that it contradicts
CONTRADICTORY: list[tuple[str, str, str]] = [
    (group["agency"], text, check)
    for group in JUDGED["contradictory"]
    for check, texts in group.items()
    if check != "agency"
    for text in texts
]


def claims_in(text: str, agency: str | None = AGENCY, year: int = YEAR, section: str = "overview") -> tuple[Claim, ...]:
    """The claims of a text whose lines are paragraphs of one section."""
    lines = [match.span() for match in re.finditer(".+", text)]
    document = Document("text/plain", None, text, tuple(Paragraph(*line) for line in lines))
    prose = sentences(document, [Section(section, None, 0, len(text))])
    return read_claims(tuple(prose), Identity(agency, year, None, None, None))


def figures() -> Figures:
    """Every cell of the report that the sentences are held against: what the file gives, sums, and zeros."""
    cells: Figures = dict.fromkeys(sound_figures("2021", [0] * 6, lambda: 0), 0.0)
    given = JUDGED["report"]
    results = [item for item in result_rows("2021") if item in given]
    for section, item, measure in cells:
        row = given.get(item, {})
        if section == "applications" and item == "handled":
            row = {who: sum(given[result].get(who, 0) for result in results) for who in given["received"]}
        cells[section, item, measure] = float(sum(row.values()) if measure == "total" else row.get(measure, 0))
    return cells


def verdicts(said: Sequence[tuple[str, str]]) -> list[set[tuple[str, str]]]:
    """What is found in the report of each (agency, sentence): (check, verdict)."""
    cells = figures()
    reports = []
    for number, (agency, text) in enumerate(said):
        place = "样" + body(number)[6:9]  # 样例 by another name, so that each is a body of its own
        words: dict[str, Any] = {section: story(Random(f"{number}{section}")) for section in NARRATIVE}
        report = Planted(YEAR, "2021", cells, words, agency.replace("样例", place)).saying("overview", text.replace("样例", place))
        reports.append([report.printed(page)])
    return [found - {("copied_narrative", verdict) for verdict in ("report", "reading", "undecided")} for found in found_in_each(reports)]
