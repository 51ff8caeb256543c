"""A document of the build, light: what decides which documents are one report is in memory, the report itself is asked for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from parsers import refused_report
from parsers.model import Note, Report, Status
from portal.build.unnamed import telling

Key = tuple[str, str, str]  # section, item, measure


class Facts(NamedTuple):
    """Of a report what the whole build must know at once: how it was read, whose it says it is, and what its figures are.

    `stated` counts the cells that are read as printed; `figures` is a digest of those that are not zero, None where they are too few
    to tell one report from another; `transcribed`: the document is no original.
    """

    status: str
    refused: str | None
    agency: str | None
    year: int | None
    url: str | None
    stated: int
    figures: str | None
    transcribed: bool


class Kept(Protocol):
    """Where readings are, by their keys."""

    def report(self, key: str) -> Report: ...

    def pictured(self, key: str) -> int: ...

    def pictures(self, key: str) -> Sequence[bytes]: ...


class Held(NamedTuple):
    """A reading that is in memory."""

    one: Report

    def report(self, key: str) -> Report:
        return self.one

    def pictured(self, key: str) -> int:
        return 0

    def pictures(self, key: str) -> Sequence[bytes]:
        return ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the build: its bytes' SHA-256, what it is called where it is published, what sources.csv says of it, the report read from it.

    `kept` has its reading, by its `key`; `added` are the notes that the build adds to the reader's.
    """

    id: str
    path: str
    facts: Facts
    kept: Kept
    url: str | None = None
    agency: str | None = None
    year: int | None = None
    retrieved_on: str | None = None
    added: tuple[Note, ...] = ()
    key: str = ""

    @property
    def report(self) -> Report:
        """The report with the notes of the build; read from where it is kept each time."""
        report = self.kept.report(self.key)
        return replace(report, notes=(*report.notes, *self.added)) if self.added else report

    @property
    def pictured(self) -> int:
        """Of how many of its pages there are pictures, from the first."""
        return 0 if self.facts.refused else self.kept.pictured(self.key)

    @property
    def pictures(self) -> Sequence[bytes]:
        """The pictures of its pages; read from where they are kept each time."""
        return self.kept.pictures(self.key)

    @property
    def address(self) -> str | None:
        """Where it comes from, without the scheme and what follows #."""
        url = self.url or self.facts.url
        return re.sub(r"^https?://|#.*$|/$", "", url) if url else None

    @property
    def agency_name(self) -> str | None:
        return self.agency or self.facts.agency

    @property
    def report_year(self) -> int | None:
        return self.year or self.facts.year

    def refuse(self, reason: str) -> Source:
        """The same document, refused for this reason; nothing else of it is kept that could not be written."""
        report = refused_report(reason)
        return replace(self, facts=facts_of(report), kept=Held(report), url=None, added=())


def source_of(id: str, path: str, report: Report, **stated: Any) -> Source:
    """A document whose report is in memory, with what sources.csv states of it."""
    return Source(id, path, facts_of(report), Held(report), **stated)


def figures(report: Report) -> dict[Key, tuple[float | None, Status, int, int]]:
    """Every cell of a report, of the form and of the indicator table: its value, status and range."""
    cells = {(c.section, c.item, c.measure): (c.value, c.status, c.start, c.end) for c in report.cells}
    return cells | {("statistics", s.item, s.measure): (s.value, s.status, s.start, s.end) for s in report.statistics}


def facts_of(report: Report) -> Facts:
    """The light part of a report."""
    of_cells, who = figures(report), report.identity
    stated = sum(status == "stated" for _, status, _, _ in of_cells.values())
    counted = {key: value for key, (value, status, _, _) in of_cells.items() if value and status == "stated"}
    digest = hashlib.sha256(repr(sorted(counted.items())).encode()).hexdigest() if telling(counted) else None
    return Facts(report.status, report.refused, who.agency, who.year, who.url, stated, digest, "fidelity" in report.document.stated)
