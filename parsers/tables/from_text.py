"""Rows of the form in running text: one cell per line, between pipes or tabs, or glued together.

Labels are found wherever they stand; what is printed between a label and the next one are the row's cells, placed under their
columns by parsers/tables/by_columns.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.form.disclosure_headers import Columns, by_elimination, match_section2
from parsers.form.headers import applicants, is_applicants_header, printed_once
from parsers.form.labels import Zone, labels
from parsers.model import Note
from parsers.printed.cells import split_gap, trim
from parsers.printed.normalise import fold
from parsers.printed.page_numbers import before_page_number
from parsers.tables.by_columns import rows_by_columns, torn_row
from parsers.tables.by_order import with_rows_in_order
from parsers.tables.outcomes_in_text import read_outcomes
from parsers.tables.printed_row import Placement, PrintedRow
from parsers.tables.rows import TableRows

# The note stands over three columns of labels: a table that keeps blank cells prints two of them before what follows it.
_BLANKS_BELOW_NOTE = re.compile(r"勾稽关系[^|\t]*(?:[|\t][^\S\t]*){3,}申请人情况")


def read_stream(text: str, zone: Zone) -> TableRows:
    """The rows that a zone of running text prints."""
    zone = replace(zone, end=before_page_number(text, zone.start, zone.end))
    if zone.section == "review_litigation":
        return read_outcomes(text, zone.start, zone.end)
    printed, notes = _printed_rows(text, zone)
    read = _applications if zone.section == "applications" else _disclosure
    return read(text, zone, printed, notes)


def _printed_rows(text: str, zone: Zone) -> tuple[list[PrintedRow], list[Note]]:
    found = labels(text, zone)
    rows: list[PrintedRow] = []
    notes: list[Note] = []
    columns: Columns | None = None
    chain, foreign = 0, False
    for index, label in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        end = following.numbered_from if following else zone.end
        if label.kind in ("article", "content"):
            chain = 0
            if label.kind == "article" and following and following.kind == "content":
                columns, foreign = None, False
                continue
            header = text[label.end : next((n.numbered_from for n in found[index + 1 :] if n.kind in ("row", "article")), end)]
            columns = match_section2(header)
            foreign = columns is None and bool(fold(header))
            continue
        gap = split_gap(text, label.end, before_page_number(text, label.end, end))
        if label.kind == "group":
            chain += 1
            continue
        if not gap.cells and following and following.item.startswith("other_") and label.item == "other":
            chain += 1  # （六）其他处理 heads three rows since 2021
            continue
        rows.append(PrintedRow(label, gap, end, chain + 1, columns, following is None, foreign, following))
        chain = 0
        if gap.rest < end and text[gap.rest : end].strip(" \t\n|"):
            start, stop = trim(text, gap.rest, end)
            notes.append(Note("row_not_on_form", f"法定表样没有的内容 (not of the form)：{text[start:stop][:200]}", start, stop))
    return rows, notes


def _applications(text: str, zone: Zone, printed: Sequence[PrintedRow], notes: list[Note]) -> TableRows:
    header = text[zone.start : printed[0].label.numbered_from] if printed else ""
    header = header if is_applicants_header(header) else printed_once(header)
    measures = applicants(header)
    if header.strip(" \t\n|") and not is_applicants_header(header):
        start, end = trim(text, zone.start, printed[0].label.numbered_from)
        notes.append(
            Note(
                "header_unknown",
                "表头不是法定表头，未读作数字 (the header of this table is not the form's: its cells are not read)",
                start,
                end,
            )
        )
        nowhere = Placement(measures, (None,) * len(measures), (), in_order=False)
        torn = tuple(torn_row(text, zone.section, row, nowhere) for row in printed if row.gap.cells)
        return TableRows((), torn, tuple(notes))
    editions = ("2019",) if _has(printed, "other") else ()
    leads = bool(_BLANKS_BELOW_NOTE.search(header))
    placement = Placement(measures, (None,) * len(measures), editions, in_order=bool(header.strip(" \t\n|")), leads=leads)
    found = rows_by_columns(text, zone.section, [(row, placement) for row in printed], notes)
    if (found.torn or notes) and all(row.gap.mode == "spaces" for row in printed):
        return with_rows_in_order(text, printed[0].label.numbered_from, zone.end, found)
    return found


def _has(printed: Sequence[PrintedRow], item: str) -> bool:
    return any(row.label.item == item for row in printed)


def _disclosure(text: str, _: Zone, printed: Sequence[PrintedRow], notes: list[Note]) -> TableRows:
    known = {code for row in printed if row.columns for code in row.columns.with_row(row.label.item)}
    placed: list[tuple[PrintedRow, Placement]] = []
    for row in printed:
        columns = row.columns
        if columns is None and not row.foreign_header and len(known) == 1:
            columns = by_elimination(row.label.item, next(iter(known)))
        if columns is None or not columns.with_row(row.label.item):
            start, end = trim(text, row.label.end, row.gap.rest)
            notes.append(
                Note(
                    "header_unknown",
                    f"这一行上方没有法定表头，未读作数字 (no header of the form stands above this row)：{text[row.label.start : row.label.end]}",
                    start,
                    end,
                )
            )
            continue
        money = tuple(columns.money(measure) for measure in columns.measures)
        placed.append((row, Placement(columns.measures, money, columns.with_row(row.label.item), columns.doubt)))
    return rows_by_columns(text, "proactive_disclosure", placed, notes)
