"""Whether a document that names no agency or no year is another document of a named report: only on evidence that chance cannot give.

A page of another city's bureau with the same few small figures is another report, and its contradictions are not the named bureau's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from parsers.model import Report
from parsers.printed.normalise import normalise
from parsers.printed.regions import regions

DIFFERENT = 5  # so many different figures must agree
RARE = 8.0  # and so unlikely must they be together: the sum of their decimal logarithms, 1 for 10, 3 for 1000; a 1 or a 0 tells nothing
OWN_YEAR = ("period", "heading", "opening", "self")  # roles of stated years that say which year a report is on
NARRATIVE = ("overview", "problems", "other_matters")


def telling(figures: Mapping[Any, float]) -> bool:
    """Are there so many different figures that two reports do not share them all by chance? The same figure in many cells is one.

    >>> telling({n: 2 for n in range(60)}), telling(dict(enumerate((31, 7, 96, 412, 25, 1068))))
    (False, True)
    """
    different = {abs(value) for value in figures.values() if abs(value) > 1}
    return len(different) >= DIFFERENT and sum(map(math.log10, different)) >= RARE


def contradicts(unnamed: Report, named: Report, agency: str, year: int) -> bool:
    """Does a document say that it is not the report of this agency and year that the named document is?"""
    return (
        another_year(unnamed, named, year)
        or _other_edition(unnamed, named)
        or _other_figures_in_prose(unnamed, named)
        or _other_places(unnamed, named, agency)
        or _other_sentences(unnamed, named)
    )


def another_year(unnamed: Report, named: Report, year: int) -> bool:
    """Does a document say that it is on another year, by what it says of itself, its signature or its day of publication?"""
    if unnamed.identity.year not in (None, year):
        return True
    stated = {
        int(stated.begins[:4]) if stated.begins else stated.year
        for stated in unnamed.years
        if stated.role in OWN_YEAR and (stated.year or stated.begins)
    }
    if stated - {year}:
        return True
    signed, published = unnamed.identity.signed_on, unnamed.identity.published_on
    if signed and signed != named.identity.signed_on and (named.identity.signed_on or not signed.startswith(str(year + 1))):
        return True
    return published is not None and published < f"{year}-12-31"


def _other_edition(unnamed: Report, named: Report) -> bool:
    """Is a table of one edition in the one document and of another in the other?"""
    editions: list[dict[str, set[str]]] = [{}, {}]
    for found, report in zip(editions, (unnamed, named), strict=True):
        for cell in report.cells:
            if cell.edition:
                found.setdefault(cell.section, set()).add(cell.edition)
    one, other = editions
    return any(one[section] != other[section] for section in one.keys() & other.keys())


def _other_figures_in_prose(unnamed: Report, named: Report) -> bool:
    """Does the text state another number of a kind than the named document's text, which states it too?"""
    said: list[dict[str, set[float]]] = [{}, {}]
    for found, report in zip(said, (unnamed, named), strict=True):
        for claim in report.claims:
            if claim.value is not None and not claim.approximate:
                found.setdefault(claim.kind, set()).add(claim.value)
    one, other = said
    return any(not one[kind] & other[kind] for kind in one.keys() & other.keys())


def _other_places(unnamed: Report, named: Report, agency: str) -> bool:
    """Is a place named that the named document does not name?"""
    known = agency + named.document.text
    return any(region.name in unnamed.document.text and region.name not in known for region in regions() if len(region.name) > 2)


def _other_sentences(unnamed: Report, named: Report) -> bool:
    """Has its narrative a sentence that the named document, which has a narrative too, does not have?"""
    ours, theirs = sentences(unnamed), sentences(named)
    text = normalise(named.document.text)
    return bool(theirs) and any(sentence not in text for sentence in ours)


def sentences(report: Report) -> set[str]:
    """The normalised sentences of a report's narrative, the short ones left out."""
    texts = (report.document.text[s.start : s.end] for s in report.sections if s.code in NARRATIVE)
    return {normalised for text in texts for sentence in re.split("[。！？；]", text) if len(normalised := normalise(sentence)) >= 12}
