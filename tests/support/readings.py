"""A sample and what is read of it: the figures that a document should give, and those that it gives, each by its place on the form."""

from __future__ import annotations

from collections.abc import Iterable

from parsers import read_report
from parsers.documents.set_tables.boxes import Box
from parsers.model import Report
from tests.support.figures import Key, Sample, expected, figures

Values = dict[Key, float | None]  # None where nothing is printed, or nothing was read


def sample(edition: str = "2021", seed: int = 11, **texts: str) -> Sample:
    """A report of made-up figures; `texts` replaces those of a measure of section 2."""
    found = figures(seed, edition)
    found = {key: texts.get(key[2], text) if key[0] == "proactive_disclosure" else text for key, text in found.items()}
    return Sample("", "样例市样例区样例局", 2023 if edition == "2021" else 2020, edition, found, "2024-01-18", "2024-01-15")


def truth(of: Sample, *sections: str) -> Values:
    """What a sample prints, of some sections or of all: by the figures alone, our readers have no part in it."""
    wanted = {(s, i, m): float(number) if number else None for s, i, m, _, number in expected(of)}
    return {key: value for key, value in wanted.items() if not sections or key[0] in sections}


def values(report: Report, *sections: str) -> Values:
    """What a report gives, of some sections or of all. A stated cell has something printed at its place."""
    for cell in report.cells:
        assert cell.status != "stated" or report.document.text[cell.start : cell.end].strip()
    return {(c.section, c.item, c.measure): c.value for c in report.cells if not sections or c.section in sections}


def read(data: bytes) -> Values:
    """What a document gives that is read as a whole report."""
    report = read_report(data)
    assert report.status == "read", (report.refused, [note for note in report.notes if note.code != "place_open"])
    return values(report)


def cells(tables: Iterable[Box]) -> list[list[list[str]]]:
    """The texts of tables set without lines, by table and row."""
    return [[[cell.text for cell in row] for row in table.rows] for table in tables]
