"""Rows of the form in running text: one cell per line, between pipes or tabs, or glued together.

Labels are found wherever they stand; what is printed between a label and the next one are the row's cells, placed under their
columns by parsers/tables/place.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.form.disclosure_headers import Columns, by_elimination, match_section2
from parsers.form.editions import editions_with
from parsers.form.headers import applicants, is_applicants_header, is_outcomes_line, outcomes, printed_once
from parsers.form.labels import Label, Zone, labels
from parsers.model import Note
from parsers.printed.cells import PrintedCells, adds_up, split_printed_cells, trim
from parsers.printed.lines import before_page_number
from parsers.printed.normalise import normalise
from parsers.tables.blanks import depth
from parsers.tables.order import with_rows_in_order
from parsers.tables.outcomes_in_text import read_outcomes
from parsers.tables.place import place
from parsers.tables.rows import NO_HEADER, NONE_ABOVE, OF_NO_FORM, Header, PrintedRow, TableRows, TornRow, layout_of, with_layouts

# The note stands over three columns of labels: a table that keeps blank cells prints two of them before what follows it.
_BLANKS_BELOW_NOTE = re.compile(r"勾稽关系[^|\t]{0,300}(?:[|\t][^\S\t]*){3,}申请人情况")


def read_stream(text: str, zone: Zone) -> TableRows:
    """The rows that a zone of running text prints."""
    zone = replace(zone, end=before_page_number(text, zone.start, zone.end))
    if zone.section == "review_litigation" and not _has_procedures_in_rows(text, zone):
        return with_layouts(text, read_outcomes(text, zone.start, zone.end))
    printed, notes = _printed_rows(text, zone)
    read = {"applications": _applications, "review_litigation": _procedures, "proactive_disclosure": _disclosure}[zone.section]
    return read(text, zone, printed, notes)


def _has_procedures_in_rows(text: str, zone: Zone) -> bool:
    """Has each procedure of section 4 a row of its own, under the outcomes on one line?"""
    found = labels(text, zone)
    return bool(found) and is_outcomes_line(text[zone.start : found[0].numbered_from])


def _printed_rows(text: str, zone: Zone) -> tuple[list[PrintedRow], list[Note]]:
    """The rows of a zone, each with the header above it, and notes of what stands between them."""
    found = labels(text, zone)
    rows: list[PrintedRow] = []
    notes: list[Note] = []
    header, columns = NO_HEADER, None
    if found and zone.section == "applications":
        header = _applicants(text[zone.start : found[0].numbered_from])
    if found and zone.section == "review_litigation":
        header = Header(outcomes(text[zone.start : found[0].numbered_from]), in_order=True, whole=True)
    names = 0
    for index, label in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        end = following.numbered_from if following else zone.end
        if label.kind in ("article", "content"):
            names = 0
            if label.kind == "article" and following and following.kind == "content":
                header, columns = NO_HEADER, None
                continue
            printed = text[label.end : next((n.numbered_from for n in found[index + 1 :] if n.kind in ("row", "article")), end)]
            columns = match_section2(printed)
            header = _columns(columns) if columns else Header(foreign=bool(normalise(printed)))
            continue
        gap = split_printed_cells(text, label.end, before_page_number(text, label.end, end))
        names += 1
        if label.kind == "group" or (label.item == "other" and not gap.cells and following and following.item.startswith("other_")):
            continue  # （六）其他处理 heads three rows since 2021
        editions = columns.with_row(label.item) if columns else ()
        rows.append(_row(text, zone.section, label, gap, end, following, header, editions, names))
        names = 0
        if gap.rest < end and text[gap.rest : end].strip(" \t\n|"):
            start, stop = trim(text, gap.rest, end)
            notes.append(Note("row_not_on_form", f"法定表样没有的内容 (not of the form)：{text[start:stop][:200]}", start, stop))
    return rows, notes


def _row(
    text: str,
    section: str,
    label: Label,
    gap: PrintedCells,
    end: int,
    following: Label | None,
    header: Header,
    editions: tuple[str, ...],
    names: int,
) -> PrintedRow:
    span = trim(text, label.end, gap.rest)
    glued = span[0] < span[1] and (span[0] == label.end or span[1] == end < len(text))
    layout = {"pipes": "bars", "tabs": "tabs"}.get(gap.mode) or ("glued" if glued else layout_of(text, (label.end, span[1])))
    hanging = depth(section, following.item) if following else None
    return PrintedRow(
        section, label.item, editions, header, layout, gap.cells, span,
        begin=label.numbered_from, named_from=label.start, start=label.end, rest=gap.rest, end=end, labels=names, hanging=hanging, glued=glued,
    )  # fmt: skip


def _applicants(printed: str) -> Header:
    """The columns of section 3 under what is printed above its first row."""
    printed = printed if is_applicants_header(printed) else printed_once(printed)
    whole, leads = bool(printed.strip(" \t\n|")), bool(_BLANKS_BELOW_NOTE.search(printed))
    return Header(applicants(printed), in_order=not whole or is_applicants_header(printed), whole=whole, leads=leads)


def _columns(columns: Columns) -> Header:
    """The columns of an article of section 2."""
    money = {m: columns.money(m) for m in columns.measures}
    return Header(columns.measures, money, columns.doubt, damaged=columns.damaged)


def _applications(text: str, zone: Zone, printed: Sequence[PrintedRow], notes: list[Note]) -> TableRows:
    if printed and not printed[0].header.in_order:
        notes.append(Note("header_unknown", OF_NO_FORM, *trim(text, zone.start, printed[0].begin)))
    if any(row.item == "other" for row in printed):  # a row of one edition tells that of the others, which have no header of their own
        printed = [replace(row, editions=editions_with("applications", "other")) for row in printed]
    found = place(text, printed)
    found = replace(found, notes=tuple(notes))
    if (found.torn or notes) and printed and printed[0].header.in_order and not any(row.keeps_blanks for row in printed):
        return with_rows_in_order(text, printed[0].begin, zone.end, found)
    return found


def _procedures(text: str, _: Zone, printed: Sequence[PrintedRow], notes: list[Note]) -> TableRows:
    """Rows that add up: what is printed below the last of so few rows, a page's number or the next table, may stand for a lost cell."""
    found = place(text, printed)
    lost = [row for row in found.rows if not adds_up(text, [(cell.start, cell.end) for cell in row.cells])]
    apart = [TornRow(row.section, row.item, (), outcomes(), row.cells[0].start, row.cells[-1].end, layout=row.layout) for row in lost]
    torn = (*(replace(row, in_order=False) for row in found.torn), *apart)
    return TableRows(tuple(row for row in found.rows if row not in lost), torn, tuple(notes))


def _disclosure(text: str, _: Zone, printed: Sequence[PrintedRow], notes: list[Note]) -> TableRows:
    """A row without a header has the columns of the one edition that all others have, if that is known."""
    known = {code for row in printed for code in row.editions}
    rows: list[PrintedRow] = []
    for row in printed:
        if not row.header.measures and not row.header.foreign and len(known) == 1:
            columns = by_elimination(row.item, next(iter(known)))
            row = replace(row, header=_columns(columns), editions=columns.with_row(row.item)) if columns else row
        if row.editions:
            rows.append(row)
        else:
            notes.append(Note("header_unknown", f"{NONE_ABOVE}：{text[row.named_from : row.start]}", *row.span))
    return replace(place(text, rows), notes=tuple(notes))
