"""Writing one build's reports into a new database."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from parsers.form.editions import editions
from parsers.model import FormCell, Note, Report
from portal.build.agencies import Agencies
from portal.build.form_tables import WIDE, create_form_tables, write_form
from portal.build.mark import SCHEMA
from portal.build.places import cell_places
from portal.build.same_report import Same, differences, same_reports, without_copies
from portal.build.source import Source
from portal.build.vocabulary import write_vocabulary

NARRATIVE = ("overview", "problems", "other_matters")
UNSAFE = "pragma journal_mode = memory; pragma synchronous = off;"  # for a file that nobody sees before it is whole
BATCH = 200  # reports whose rows are gathered before they are written
SECTIONS = ("overview", "proactive_disclosure", "applications", "review_litigation", "problems", "other_matters")


def source_id(data: bytes) -> str:
    """The name of a document: the SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def create(path: str) -> sqlite3.Connection:
    """A new database with the schema, the form's tables, equations and vocabulary. Foreign keys are checked when the build ends."""
    db = sqlite3.connect(path)
    db.executescript(UNSAFE)
    db.executescript(SCHEMA.read_text(encoding="utf-8"))
    create_form_tables(db)
    write_vocabulary(db)
    write_form(db)
    return db


def write_sources(db: sqlite3.Connection, sources: Sequence[Source], agencies: Agencies) -> dict[str, str]:
    """Write every document, and the agencies. Returned is what `write_reports` returns."""
    refused = write_reports(db, same_reports(without_copies(sources), agencies), agencies)
    agencies.write(db)
    return refused


def write_reports(db: sqlite3.Connection, reports: Sequence[Same], agencies: Agencies) -> dict[str, str]:
    """Write reports; of several documents that are one the better read one gives the cells (most stated, then first path).

    They are written some at a time, and are in memory only then. One that cannot be written is refused; returned are, by its
    documents' ids, the reasons.
    """
    writing = _Writing(db, agencies)
    for start in range(0, len(reports), BATCH):
        writing.write(reports[start : start + BATCH])
    return writing.refused


class _Writing:
    """The writing of one database, and which documents could not be written."""

    def __init__(self, db: sqlite3.Connection, agencies: Agencies) -> None:
        self.db, self.agencies = db, agencies
        self.refused: dict[str, str] = {}

    def write(self, reports: Sequence[Same]) -> None:
        """Write reports together; where that fails one by one, and the one that fails as refused.

        Raises sqlite3.OperationalError where the file itself cannot be written.
        """
        self.db.execute("savepoint reports")
        try:
            rows = _Rows()
            for same in reports:
                _add(rows, same, self.agencies)
            rows.write(self.db)
        except (sqlite3.OperationalError, MemoryError):
            raise
        except Exception as fault:  # a text or figure that SQLite does not take, or a fault of ours: it costs this report alone
            self.db.execute("rollback to reports")
            self.db.execute("release reports")
            self._one_by_one(reports, fault)
        else:
            self.db.execute("release reports")

    def _one_by_one(self, reports: Sequence[Same], fault: Exception) -> None:
        if len(reports) > 1:
            for same in reports:
                self.write([same])
            return
        reason = f"写入时出错，请把这份文件报告给本项目 (a fault of the writer, please report this file): {fault!a:.200}"
        if any(source.id in self.refused for source in reports[0].sources):
            raise fault  # the refusal cannot be written either
        self.refused |= {source.id: reason for source in reports[0].sources}
        self.write([replace(reports[0], sources=tuple(source.refuse(reason) for source in reports[0].sources))])


def _add(rows: _Rows, same: Same, agencies: Agencies) -> None:
    """The rows of one report and of its documents."""
    best, *others = same.sources
    _add_report(rows, same, agencies)
    _add_pages(rows, same.id, best)
    for source in same.sources:
        _add_source(rows, same.id, source)
        rows.notes(same.id, source, source.report.notes)
    doubted = {}
    for other in others:
        for note, their_note in differences(best, other):
            rows.notes(same.id, best, [note])
            rows.notes(same.id, other, [their_note])
            doubted[note.section, note.item, note.measure] = replace(note, code="doubt")
    rows.notes(same.id, best, doubted.values())


def finish(db: sqlite3.Connection) -> None:
    """Check the foreign keys and count what the query planner needs: of the tables, not of how the search index is laid out in its own,
    which tells how the database came about. Raises sqlite3.IntegrityError naming the first broken row."""
    broken = db.execute("pragma foreign_key_check").fetchone()
    if broken:
        raise sqlite3.IntegrityError(f"row {broken[1]} of {broken[0]} points to no row of {broken[2]}")
    db.execute("analyze")
    db.execute("delete from sqlite_stat1 where tbl glob '*_fts_data' or tbl glob '*_fts_idx' or tbl glob '*_fts_docsize'")
    db.commit()


class _Rows:
    """Rows gathered by table, written by executemany."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, **row: Any) -> None:
        self.tables.setdefault(table, []).append(row)

    def notes(self, report_id: str, source: Source, notes: Iterable[Note]) -> None:
        for note in notes:
            self.add(
                "reading_notes", report_id=report_id, source_id=source.id, code=note.code, message=note.message,
                section=note.section, item=note.item, measure=note.measure, char_start=note.start, char_end=note.end,
            )  # fmt: skip

    def claims(self, report_id: str, report: Report) -> None:
        def named(position: int | None) -> str | None:
            return None if position is None else f"{report_id}-{position + 1}"

        for position, claim in enumerate(report.claims):
            self.add(
                "claims", id=named(position), report_id=report_id, kind=claim.kind, value=claim.value, unit=claim.unit,
                approximate=int(claim.approximate), absolute=int(claim.absolute), change=claim.change, change_unit=claim.change_unit,
                part_of=named(claim.part_of),
                percent=claim.percent, percent_of=named(claim.percent_of), doubt=claim.doubt,
                not_understood=claim.not_understood,
                section=claim.section, sentence=report.document.text[claim.start : claim.end], char_start=claim.start, char_end=claim.end,
                value_start=claim.value_start, value_end=claim.value_end,
            )  # fmt: skip

    def write(self, db: sqlite3.Connection) -> None:
        for table, rows in self.tables.items():
            write_rows(db, table, rows)


def write_rows(db: sqlite3.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows by executemany, together those that follow each other and name the same columns in the same order; a row may leave
    columns out. Raises KeyError for one that the table does not have."""
    columns = [name for name, *_ in db.execute(f"select * from [{table}] limit 0").description]  # noqa: S608 names of our own schema
    for names, alike in groupby(rows, key=tuple):
        if unknown := set(names).difference(columns):
            raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
        marks = ", ".join("?" for _ in names)
        sql = f"insert into [{table}] ({', '.join(f'[{name}]' for name in names)}) values ({marks})"  # noqa: S608 names of our own schema
        db.executemany(sql, map(tuple, map(dict.values, alike)))


def _add_report(rows: _Rows, same: Same, agencies: Agencies) -> None:
    source, report_id = same.sources[0], same.id
    report = source.report
    known = agencies.coded(same.agency) if same.agency else None
    region = known.region if known else None
    identities = [report.identity, *(s.report.identity for s in same.sources[1:])]

    def first(name: str) -> Any:
        """What the better read document says of the report, else another one."""
        return next((value for identity in identities if (value := getattr(identity, name))), None)

    rows.add(
        "reports", id=report_id, agency=same.agency, year=same.year, title=first("title"), edition=_edition(report),
        published_on=first("published_on"), signed_on=first("signed_on"), document_number=first("document_number"),
        status=report.status, source_id=source.id, region=region, level=known.level if known else None,
        stated_cells=sum(cell.status == "stated" for cell in report.cells), findings=0,
    )  # fmt: skip
    who = {"report_id": report_id, "agency": same.agency, "year": same.year}
    for position, heading in enumerate(report.headings):
        printed = report.document.text[heading.start : heading.end]
        rows.add(
            "headings", report_id=report_id, section=heading.section, position=position, printed=printed, number=heading.number,
            expected=heading.expected, char_start=heading.start, char_end=heading.end,
        )  # fmt: skip
    if report.refused:
        return
    for section in {s.code: s for s in report.sections if s.code in NARRATIVE}.values():
        above = section.heading
        rows.add(
            section.code, **who, heading=report.document.text[above.start : above.end] if above else None,
            text=report.document.text[section.start : section.end], char_start=section.start, char_end=section.end,
            heading_start=above.start if above else None, heading_end=above.end if above else None,
        )  # fmt: skip
    _add_cells(rows, who | {"region": region}, report.cells)
    rows.claims(report_id, report)
    for stated in report.years:
        rows.add(
            "stated_years", report_id=report_id, role=stated.role, year=stated.year, section=stated.section, kind=stated.kind,
            value=stated.value, begins=stated.begins, ends=stated.ends, char_start=stated.start, char_end=stated.end,
        )  # fmt: skip
    statistics: dict[str, dict[str, Any]] = {}
    for cell in report.statistics:
        column = "value" if cell.measure == "year" else "cumulative"
        row = statistics.setdefault(
            cell.item, {**who, "region": region, "item": cell.item, "label": cell.label, "unit": cell.unit, "code": cell.code}
        )
        row |= {column: cell.value, f"{column}_status": cell.status, f"{column}_start": cell.start, f"{column}_end": cell.end}
    for row in statistics.values():
        rows.add("statistics", **row)


def _edition(report: Report) -> str | None:
    if report.statistics and not report.cells:
        return "2014"
    editions = {cell.edition for cell in report.cells if cell.edition}
    return editions.pop() if len(editions) == 1 else "mixed" if editions else None


def _table_edition(cells: Sequence[FormCell]) -> str | None:
    """The edition that a table of section 3 or 4 is of: the one its cells name, or the only one that has them all. None where several
    have, and where none has: no sum of one edition may judge the rows of another."""
    places = {cell[:3] for cell in cells}
    named = {cell.edition for cell in cells if cell.edition}
    fitting = [form.code for form in editions() if places <= form.places]
    return fitting[0] if len(fitting) == 1 else named.pop() if len(named) == 1 and named & set(fitting) else None


def _add_cells(rows: _Rows, who: dict[str, Any], cells: Sequence[FormCell]) -> None:
    wide: dict[tuple[str, str], dict[str, Any]] = {}
    of_table = {section: _table_edition([cell for cell in cells if cell.section == section]) for section in WIDE}
    for cell in cells:
        if cell.section in WIDE:
            row = wide.get((cell.section, cell.item))
            if row is None:  # its cells are placed together: it says once how
                row = {
                    **who,
                    "edition": of_table[cell.section],
                    WIDE[cell.section]: cell.item,
                    "placed_by": cell.placed_by,
                    "layout": cell.layout,
                }
                wide[cell.section, cell.item] = row
            value, status, start, end = _columns(cell.measure)
            row[value], row[status], row[start], row[end] = cell.value, cell.status, cell.start, cell.end
        else:
            rows.add(
                cell.section, **who, edition=cell.edition or None, item=cell.item, measure=cell.measure, value=cell.value, unit=cell.unit,
                status=cell.status, char_start=cell.start, char_end=cell.end, placed_by=cell.placed_by, layout=cell.layout,
            )  # fmt: skip
    for (section, _), row in wide.items():
        rows.add(section, **row)


@cache
def _columns(measure: str) -> tuple[str, str, str, str]:
    return measure, f"{measure}_status", f"{measure}_start", f"{measure}_end"


def _add_pages(rows: _Rows, report_id: str, source: Source) -> None:
    report, pictured = source.report, source.pictured
    if report.refused:
        return
    for number, sheet in enumerate(report.document.sheets, 1):
        rows.add(
            "source_pages", report_id=report_id, source_id=source.id, page=number, width=round(sheet.width, 1), height=round(sheet.height, 1),
            recognised=int(sheet.recognised), pictured=int(number <= pictured),
        )  # fmt: skip
    for row in cell_places(report):
        rows.add("cell_places", report_id=report_id, **row)


def _add_source(rows: _Rows, report_id: str, source: Source) -> None:
    document = source.report.document
    rows.add(
        "source_texts", id=source.id, report_id=report_id, path=source.path, url=source.url or source.facts.url,
        media_type=document.media_type, encoding=document.encoding, retrieved_on=source.retrieved_on, text=document.text,
        fidelity=document.stated.get("fidelity", "as collected"), refused_because=source.facts.refused,
    )  # fmt: skip
