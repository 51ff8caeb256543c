"""From the rows that were found to the cells of the statutory form: of which edition, with which value, what is noted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.form import editions
from parsers.gaps import is_cut_off
from parsers.model import Document, FormCell, Note, Status, make_form_cell
from parsers.rows import FormRow, TableRows, TornRow
from parsers.values import Unreadable, is_blank, parse_value


def form_cells(document: Document, found: TableRows) -> tuple[tuple[FormCell, ...], tuple[TornRow, ...], tuple[Note, ...]]:
    """The cells of the rows read by their columns, the rows that came apart, and what is to be noted of both.

    A row printed twice counts once if both print the same; if they differ, neither is the form's: its cells are unreadable.
    """
    found, notes = _without_group_row(document.text, found)
    second = _section2_edition(found)
    edition = _section3_edition(found) or second
    cells: dict[tuple[str, str, str], FormCell] = {}
    first: dict[tuple[str, str], list[FormCell]] = {}
    differing: dict[str, list[int]] = {}  # by section: where rows are printed a second time with other figures
    for row in found.rows:
        if row.doubt:
            notes += _doubts(row, row.doubt)
        if row.cells and row.cells[-1].end == len(document.text):
            notes += _cut_off(document.text, row)
        printed = _cells_of(document.text, row, second if row.section == "proactive_disclosure" else edition)
        if (row.section, row.item) not in first:
            first[row.section, row.item] = printed
            cells |= {cell[:3]: cell for cell in printed}
            continue
        before = {cell.measure: cell.value for cell in first[row.section, row.item]}
        same = before == {cell.measure: cell.value for cell in printed}
        notes.append(_printed_again(row.section, row.item, row.cells[0].start, row.cells[-1].end, same))
        if not same:
            differing.setdefault(row.section, []).append(max(printed[0].start, first[row.section, row.item][0].start))
        for cell in printed:
            key = (cell.section, cell.item, cell.measure)
            if cell.measure in before and before[cell.measure] != cell.value:
                cells[key] = cells[key]._replace(value=None, status="unreadable")
    kept: dict[tuple[str, str], TornRow] = {}
    for came_apart in found.torn:
        place = (came_apart.section, came_apart.item)
        if place in first or place in kept:
            same = place in first and _figures(document.text, came_apart) == [
                document.text[cell.start : cell.end] for cell in first[place] if cell.start < cell.end
            ]
            notes.append(_printed_again(*place, came_apart.start, came_apart.end, same))
            for cell in first.get(place, []) if not same else []:
                cells[(*place, cell.measure)] = cell._replace(value=None, status="unreadable")
            if place in kept and _figures(document.text, came_apart) != _figures(document.text, kept[place]):
                kept[place] = replace(kept[place], in_order=False, cells=())  # no equation says which of the two is the form's
        else:
            kept[place] = replace(came_apart, editions=came_apart.editions or ((edition,) if edition else ()))
    for key, cell in cells.items() if differing else ():
        if _of_another_report(cell, differing):
            cells[key] = cell._replace(value=None, status="unreadable", unit=None)
    return tuple(cells.values()), tuple(kept.values()), tuple(notes)


def _of_another_report(cell: FormCell, differing: Mapping[str, Sequence[int]]) -> bool:
    """Is this printed where a second report has begun? So it seems if several rows of a section have other figures there; what only
    the second prints is not the first's. Of a section that is printed once, if several sections are printed twice."""
    again = {section: min(starts) for section, starts in differing.items() if len(starts) > 1}
    begun = again.get(cell.section) if len(again) < 2 else min(again.values())
    return begun is not None and cell.start > begun


def _figures(text: str, row: TornRow) -> list[str]:
    return text[row.start : row.end].split()


def _printed_again(section: str, item: str, start: int, end: int, same: bool) -> Note:
    if same:
        return Note(
            "printed_again", "同一行又印了一次，数字相同 (this row is printed once more with the same figures)", start, end, section, item
        )
    return Note("printed_twice", "同一行印了两次而数字不同 (this row is printed twice with different figures)", start, end, section, item)


def _without_group_row(text: str, found: TableRows) -> tuple[TableRows, list[Note]]:
    """Since 2021 （六）其他处理 only heads three rows: what stands beside it is no row of the form."""
    notes = list(found.notes)
    parts = {"other_not_supplemented", "other_fee_unpaid", "other_misc"}
    if not parts & ({row.item for row in found.rows} | {row.item for row in found.torn}):
        return found, notes
    for row in found.rows:
        if row.item == "other" and any(not is_blank(text[c.start : c.end]) for c in row.cells):
            message = "这一行只是下面各行的总称，法定表样在此没有数字 (figures beside a label that only heads other rows)"
            notes.append(Note("row_not_on_form", message, row.cells[0].start, row.cells[-1].end, row.section))
    rows = tuple(row for row in found.rows if row.item != "other")
    return TableRows(rows, tuple(row for row in found.torn if row.item != "other"), found.notes), notes


def _section2_edition(found: TableRows) -> str | None:
    """The edition of most rows of section 2 that only one edition has."""
    known = [row.editions[0] for row in found.rows if row.section == "proactive_disclosure" and len(row.editions) == 1]
    return max(set(known), key=known.count) if known else None


def _section3_edition(found: TableRows) -> str | None:
    """The one edition that has all rows and columns printed of sections 3 and 4; None where several have."""
    rows = [row for row in found.rows if row.section != "proactive_disclosure"]
    torn = [row for row in found.torn if row.section != "proactive_disclosure"]
    items = {(row.section, row.item) for row in rows} | {(row.section, row.item) for row in torn}
    columns = {(row.section, cell.measure) for row in rows for cell in row.cells}
    columns |= {(row.section, measure) for row in torn for measure in row.measures}
    fit = [form.code for form in editions() if items <= form.items and columns <= form.columns]
    return fit[0] if len(fit) == 1 else None


def _cells_of(text: str, row: FormRow, edition: str | None) -> list[FormCell]:
    """The row's cells; `edition` is that of its section, as far as its other rows tell."""
    if row.section == "proactive_disclosure" and edition not in row.editions:
        edition = row.editions[-1]
    section, item = row.section, row.item
    cells, ends_text = [], len(text)
    for measure, start, end, money in row.cells:
        status: Status = "blank"
        number, unit = None, None
        printed = text[start:end]
        if money is None and printed.isdecimal() and printed.isascii():  # as most are: parse_value says the same
            status, number = "stated", float(printed)
        else:
            try:
                if value := parse_value(printed, money):
                    status, number, unit = "stated", value.number, value.unit
            except Unreadable:
                status = "unreadable"
        if end == ends_text and is_cut_off(text, start, end):
            status, number, unit = "unreadable", None, None
        cells.append(make_form_cell((section, item, measure, number, status, start, end, edition or "", unit)))
    return cells


def _doubts(row: FormRow, doubt: str) -> list[Note]:
    return [Note("doubt", doubt, cell.start, cell.end, row.section, row.item, cell.measure) for cell in row.cells]


def _cut_off(text: str, row: FormRow) -> list[Note]:
    message = "原文到这个数字为止，数字可能没有印完 (the text ends with this figure: it may be cut off)"
    cut = [cell for cell in row.cells[-1:] if is_cut_off(text, cell.start, cell.end)]
    return [Note("cut_off", message, cell.start, cell.end, row.section, row.item, cell.measure) for cell in cut]


def torn_cells(row: TornRow) -> list[FormCell]:
    """The unreadable cells of a row that came apart: each keeps the range of all that is printed of the row."""
    edition = row.editions[-1] if row.editions else ""
    return [FormCell(row.section, row.item, m, None, "unreadable", row.start, row.end, edition) for m in row.measures]


def torn_note(row: TornRow) -> Note:
    """Why the cells of a torn row are unreadable."""
    message = "这一行的数字失去了列的位置，未读作数字 (the cells of this row lost their columns)"
    return Note("row_torn", message, row.start, row.end, row.section, row.item)
