"""From the bytes of one document to the report in it. Pure functions: nothing here knows a file, a database or a log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.documents.html.pictures import Find
from parsers.documents.read import read_documents
from parsers.form.misprints import find_misprints
from parsers.identity.read import identify
from parsers.indicators.read import read_statistics
from parsers.model import Document, Heading, Report, Table
from parsers.narrative.claims import read_claims
from parsers.narrative.prose import sentences
from parsers.narrative.sections import find_headings, narrative, with_wrong_headings
from parsers.narrative.years import read_years
from parsers.printed.decode import Undecodable
from parsers.refusal import refusal, refused_report
from parsers.tables.cells import form_cells, torn_cells, torn_note
from parsers.tables.misread import without_misread
from parsers.tables.read import read_tables
from parsers.tables.rows import TableRows, printed_rows
from parsers.tables.sums import balance
from parsers.tables.without_misprints import Corrected


def read_report(data: bytes, find: Find = lambda _: None) -> Report:
    """Read one document: bytes → text → blocks → headings → rows → cells → identity → claims → balance → years. `find` has what was saved
    with a web page, by the addresses that it names."""
    try:
        document = _with_most_of_a_report(read_documents(data, find))
    except Undecodable as error:
        return refused_report(str(error))
    document, headings, found = _rows(document)
    cells, torn, notes = form_cells(document, found)
    cells, doubted = without_misread(cells, document.notes)
    notes += doubted
    printed = cells + tuple(cell for row in torn for cell in torn_cells(row))  # for their places
    headings = with_wrong_headings(document, headings, printed)
    sections = narrative(document, headings, printed)
    identity, open_questions = identify(document, headings, sections)
    prose = tuple(sentences(document, sections))
    claims = read_claims(prose, identity)
    balanced = balance(document.text, cells, torn)
    cells += balanced.cells + tuple(cell for row in balanced.torn for cell in torn_cells(row))
    notes += document.notes + balanced.notes + tuple(map(torn_note, balanced.torn))
    statistics, indicator_notes = ((), ()) if cells else read_statistics(document, identity.year)
    report = Report(document, identity, sections, headings, cells, statistics, notes=notes + indicator_notes + open_questions)
    if reason := refusal(report):
        return replace(report, refused=reason, cells=(), statistics=(), sections=())
    return replace(report, claims=claims, years=read_years(document, headings, sections, prose, identity))


def _with_most_of_a_report(pages: Sequence[Document]) -> Document:
    return pages[0] if len(pages) == 1 else max(pages, key=_share_of_report)


def _share_of_report(document: Document) -> tuple[int, int]:
    """How many headings of the report's sections a page has, and how many cells in tables."""
    headings = sum(heading.section is not None for heading in find_headings(document))
    return headings, sum(len(block.cells) for block in document.blocks if isinstance(block, Table))


def _rows(document: Document) -> tuple[Document, tuple[Heading, ...], TableRows]:
    """The document with its headings and rows of the form; as its lines stand, if these tell more rows than the places of its words
    do and none of theirs otherwise."""
    headings = find_headings(document)
    found = _tables(document, headings)
    if document.by_lines and found.torn:
        other, other_headings, rows = _rows(document.by_lines)
        printed, again = printed_rows(document.text, found), printed_rows(other.text, rows)
        if len(again) > len(printed) and all(again.get(place, figures) == figures for place, figures in printed.items()):
            return other, other_headings, rows
    return document, headings, found


def _tables(document: Document, headings: Sequence[Heading]) -> TableRows:
    misprints = find_misprints(document)
    if not misprints:
        return read_tables(document, headings)
    corrected = Corrected(document, misprints)
    return corrected.rows(read_tables(corrected.document, corrected.headings(headings)))


__all__ = ["read_report", "refused_report"]
