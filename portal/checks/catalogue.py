"""The catalogue of checks, read from data/checks.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal.data import DATA, load

CHECKS = DATA / "checks.yml"
CATEGORIES = ("table", "text_tables", "text", "years", "agencies", "form", "sources")
SEVERITIES = ("error", "warning", "notice")


@dataclass(frozen=True)
class Check:
    """One entry of data/checks.yml, its SQL complete. `example` makes it fire, `sound` does not: rows by table.

    `sentence` says what is checked, `meaning` what a failure means and `innocent` how it may come about without fault;
    `nothing` is the reason, of `reasons`, given where a report has nothing of the kind. `of_figures`: what a finding sets side by side are
    figures that documents print, not dates, words, editions or a share that was worked out here. `category` is the group on the catalogue's page.
    """

    code: str
    name: str
    name_en: str
    category: str
    sentence: str
    sentence_en: str
    meaning: str
    meaning_en: str
    innocent: str
    innocent_en: str
    basis: str
    basis_en: str
    section: str | None
    severity: str
    nothing: str
    finding: str
    finding_en: str
    sql: str
    example: dict[str, list[dict[str, Any]]]
    sound: dict[str, list[dict[str, Any]]]
    of_figures: bool = True


@cache
def reasons(path: Path = CHECKS) -> dict[str, str]:
    """Why something could not be judged: each Chinese sentence that entries and their SQL give, with its English."""
    return dict(load(path)["reasons"])


def in_english(reason: str) -> str:
    """The English of a reason. Raises KeyError saying where it belongs if it has none."""
    if reason not in reasons():
        raise KeyError(f"data/checks.yml, `reasons`: the English of “{reason}” is missing")
    return reasons()[reason]


@cache
def load_checks(path: Path = CHECKS) -> tuple[Check, ...]:
    """The checks in the order of the file. Raises TypeError naming the field that an entry lacks or has too many, KeyError where
    what it says of a report that has `nothing` of the kind has no English."""
    catalogue = load(path)
    checks = []
    for entry in catalogue["checks"]:
        for name, fragment in catalogue["fragments"].items():
            entry["sql"] = entry["sql"].replace("{" + name + "}", fragment)
        checks.append(Check(**entry))
        in_english(checks[-1].nothing)
    return tuple(checks)
