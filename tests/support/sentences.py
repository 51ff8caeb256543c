"""tests/sentences.yml: sentences with the claims they make, and sentences held against one sound report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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

CLAIMED, *_HELD = yaml.load_all((ROOT / "tests" / "sentences.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
AGENCY, YEAR = "样例市样例区民政局", 2023
_EDITION = "2021"
Rows = dict[str, dict[str, float]]  # what a table prints: item, measure, value; what is not given is zero


@dataclass(frozen=True)
class Held:
    """Sentences held against one sound report, and that of the year before where it is given.

    `harmless`: agency and sentence; `contradictory`: agency, sentence and the check that it contradicts.
    """

    report: Rows
    before: Rows | None
    harmless: list[tuple[str, str]]
    contradictory: list[tuple[str, str, str]]


def _held(entry: dict[str, Any]) -> Held:
    return Held(
        entry["report"],
        entry.get("before"),
        [(group["agency"], text) for group in entry["harmless"] for text in group["texts"]],
        [
            (group["agency"], text, check)
            for group in entry["contradictory"]
            for check, texts in group.items()
            if check != "agency"
            for text in texts
        ],
    )


HELD = [_held(entry) for entry in _HELD]


def claims_in(text: str, agency: str | None = AGENCY, year: int = YEAR, section: str = "overview") -> tuple[Claim, ...]:
    """The claims of a text whose lines are paragraphs of one section."""
    lines = [match.span() for match in re.finditer(".+", text)]
    document = Document("text/plain", None, text, tuple(Paragraph(*line) for line in lines))
    prose = sentences(document, [Section(section, None, 0, len(text))])
    return read_claims(tuple(prose), Identity(agency, year, None, None, None))


def figures(given: Rows) -> Figures:
    """Every cell of a report of which some rows are given: these, sums, and zeros."""
    cells: Figures = dict.fromkeys(sound_figures(_EDITION, [0] * 6, lambda: 0), 0.0)
    results = [item for item in result_rows(_EDITION) if item in given]
    for section, item, measure in cells:
        row = given.get(item, {})
        if section == "applications" and item == "handled":
            row = {who: sum(given[result].get(who, 0) for result in results) for who in given["received"]}
        cells[section, item, measure] = float(sum(row.values()) if measure == "total" else row.get(measure, 0))
    return cells


def verdicts(held: Held, said: Sequence[tuple[str, str]], behind: str | None = None) -> list[set[tuple[str, str]]]:
    """What is found in the report of each (agency, sentence), and in the one before it: (check, verdict). The sentence stands `behind`
    this one, else behind made-up work of other business, drawn anew for each sentence and the same whatever stands beside it."""
    cells, before = figures(held.report), held.before and figures(held.before)
    reports = []
    for number, (agency, text) in enumerate(said):
        place = "样" + body(number)[6:9]  # 样例 by another name, so that each is a body of its own
        words = _words(text) | ({"overview": behind} if behind else {})
        agency, text = agency.replace("样例", place), text.replace("样例", place)
        report = Planted(YEAR, _EDITION, cells, words, agency).saying("overview", text)
        years = [Planted(YEAR - 1, _EDITION, before, _words(f"before {said[number][1]}"), agency)] if before else []
        reports.append([one.printed(page) for one in (*years, report)])
    return [found - {("copied_narrative", verdict) for verdict in ("report", "reading", "undecided")} for found in found_in_each(reports)]


def _words(seed: str) -> dict[str, Any]:
    return {section: story(Random(f"{seed}{section}")) for section in NARRATIVE}
