"""From the bytes of one document to the report in it. Pure functions: nothing here knows a file, a database or a log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.documents.formats import READERS, read_document
from parsers.documents.text import lines_were_dropped
from parsers.form.misprints import find_misprints
from parsers.identity.read import identify
from parsers.indicators.read import read_statistics
from parsers.model import Document, FormCell, Heading, Identity, Report
from parsers.narrative.claims import read_claims
from parsers.narrative.prose import sentences
from parsers.narrative.sections import find_headings, narrative, with_wrong_headings
from parsers.narrative.years import read_years
from parsers.printed.decode import Undecodable
from parsers.tables.balance import balance
from parsers.tables.cells import form_cells, torn_cells, torn_note
from parsers.tables.read import read_tables
from parsers.tables.rows import TableRows, printed_rows
from parsers.tables.without_misprints import Corrected

# XX单位2022年政府信息公开工作年度报告, ××局××年…
_NOBODY = r"(?:(?<![A-Za-z])[XxＸ×*＊○]{2,}[一-鿿]{0,4}?|某某?(?:[省市县区]某{0,2})?)(?:单位|机关|部门|局|委|办|镇|乡)?"
_NAMELESS = re.compile("[XxＸ×*＊○某]")
_PLACEHOLDER = re.compile(rf"{_NOBODY}\s*(?:20\d\d|20[XxＸ×*＊○]{{2}}|[XxＸ×*＊○]{{2,4}})\s*年度?政府信息公开工作年度报告")


def refused_report(reason: str) -> Report:
    """The report of a document that cannot be read at all."""
    return Report(Document("application/octet-stream", None, "", ()), Identity(None, None, None, None, None), refused=reason)


def read_report(data: bytes) -> Report:
    """Read one document: bytes → text → blocks → headings → rows → cells → identity → claims → balance → years."""
    try:
        document = read_document(data)
    except Undecodable as error:
        return refused_report(str(error))
    document, headings, found = _rows(document)
    cells, torn, notes = form_cells(document, found)
    printed = cells + tuple(cell for row in torn for cell in torn_cells(row))  # for their places
    headings = with_wrong_headings(document, headings, printed)
    sections = narrative(document, headings, printed)
    identity, open_questions = identify(document, headings, sections)
    prose = tuple(sentences(document, sections))
    claims = read_claims(prose, identity)
    balanced = balance(document.text, cells, torn, claims)
    cells += balanced.cells + tuple(cell for row in balanced.torn for cell in torn_cells(row))
    notes += document.notes + balanced.notes + tuple(map(torn_note, balanced.torn))
    statistics, indicator_notes = ((), ()) if cells else read_statistics(document, identity.year)
    report = Report(document, identity, sections, headings, cells, statistics, notes=notes + indicator_notes + open_questions)
    reason = _refusal(report)
    if reason:
        return replace(report, refused=reason, cells=(), statistics=(), sections=())
    return replace(report, claims=claims, years=read_years(document, headings, sections, prose, identity))


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


def _refusal(report: Report) -> str | None:
    """Why this is no report that can be published, None if it is one."""
    opening = report.document.text[:3000]
    if _NAMELESS.search(opening) and _PLACEHOLDER.search(opening):
        return "标题里没有真实的机关名称，是表样 (its title names no real agency: this is a template)"
    if report.cells and lines_were_dropped(report.document.text):
        return "文本按行去重过，重复的数字已丢失，表格无法还原 (repeated lines were dropped from this text: its tables cannot be recovered)"
    if report.statistics or any(_says_something(cell) for cell in report.cells):
        return None
    if report.cells:
        return "有报告的表格，但其中没有能读出的数字：空白表样或已损坏的文本 (the tables of the form are there, but no figure in them can be read)"
    if any(heading.section for heading in report.headings):
        return (
            "有报告的标题，但没有报告的表格，可能是图片或附件 (the headings of a report are there, but the tables of the form are missing)"
        )
    return "不是政府信息公开工作年度报告：没有报告的标题，也没有报告的表格 (this is no yearly report: it has neither its headings nor its tables)"


def _says_something(cell: FormCell) -> bool:
    return cell.value is not None


__all__ = ["READERS", "read_report", "refused_report"]
