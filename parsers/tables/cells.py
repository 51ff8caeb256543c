"""From the rows that were found to the cells of the statutory form: of which edition, with which value, what is noted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.form.editions import editions
from parsers.model import Document, FormCell, Note, Status, make_form_cell
from parsers.printed.cells import cut_off, is_cut_off
from parsers.printed.values import NO_UNIT, Unreadable, is_blank, parse_value
from parsers.tables.rows import FormRow, TableRows, TornRow

Place = tuple[str, str]  # section and item of a row


def form_cells(document: Document, found: TableRows) -> tuple[tuple[FormCell, ...], tuple[TornRow, ...], tuple[Note, ...]]:
    """The cells of the rows read by their columns, the rows that came apart, and what is to be noted of both.

    A row printed twice counts once if both print the same; if they differ, neither is the form's: its cells are unreadable.
    """
    found, notes = _without_group_row(document.text, found)
    second, third = _section2_edition(found), _section3_edition(found)
    edition = third or second
    form = _Form(document.text, notes)
    for row in found.rows:
        form.add(row, second or third if row.section == "proactive_disclosure" else edition)
    for came_apart in found.torn:
        form.add_torn(came_apart, edition)
    form.leave_out_another_report()
    return tuple(form.cells.values()), tuple(form.torn.values()), tuple(form.notes)


class _Form:
    """The form as its rows come: its cells, the first printing of each row read and of each that came apart, what is noted, and, by
    section, where rows are printed a second time with other figures."""

    def __init__(self, text: str, notes: list[Note]) -> None:
        self.text, self.notes = text, notes
        self.cells: dict[tuple[str, str, str], FormCell] = {}
        self.read: dict[Place, list[FormCell]] = {}
        self.torn: dict[Place, TornRow] = {}
        self.differing: dict[str, list[int]] = {}

    def add(self, row: FormRow, edition: str | None) -> None:
        """A row read by its columns; `edition` is that of its section, as far as its other rows tell."""
        if row.doubt:
            self.notes += _doubts(row, row.doubt)
        for cell in row.cells[-1:]:
            self.notes += cut_off(self.text, cell.start, cell.end, row.section, row.item, cell.measure)
        self.notes += _without_unit(self.text, row)
        printed = _cells_of(self.text, row, edition)
        if (row.section, row.item) in self.read:
            self._add_again(row, printed)
        else:
            self.read[row.section, row.item] = printed
            self.cells |= {cell[:3]: cell for cell in printed}

    def _add_again(self, row: FormRow, printed: Sequence[FormCell]) -> None:
        first = self.read[row.section, row.item]
        before = {cell.measure: cell.value for cell in first}
        same = before == {cell.measure: cell.value for cell in printed}
        self.notes.append(_printed_again(row.section, row.item, row.cells[0].start, row.cells[-1].end, same))
        if not same:
            self.differing.setdefault(row.section, []).append(max(printed[0].start, first[0].start))
        for cell in printed:
            if cell.measure in before and before[cell.measure] != cell.value:
                self.cells[cell[:3]] = self.cells[cell[:3]]._replace(value=None, status="unreadable")

    def add_torn(self, row: TornRow, edition: str | None) -> None:
        """A row that came apart; `edition` is the document's."""
        place = (row.section, row.item)
        if place not in self.read and place not in self.torn:
            self.torn[place] = replace(row, editions=row.editions or ((edition,) if edition else ()))
            return
        figures = _figures(self.text, row)
        first = self.read.get(place, [])
        same = bool(first) and figures == [self.text[cell.start : cell.end] for cell in first if cell.start < cell.end]
        self.notes.append(_printed_again(*place, row.start, row.end, same))
        if not same:
            self.cells |= {cell[:3]: cell._replace(value=None, status="unreadable") for cell in first}
        if place in self.torn and figures != _figures(self.text, self.torn[place]):
            # no equation says which of the two is the form's
            self.torn[place] = replace(self.torn[place], in_order=False, cells=())

    def leave_out_another_report(self) -> None:
        """Make unreadable what is printed where a second report has begun."""
        again = [cell for cell in self.cells.values() if _of_another_report(cell, self.differing)] if self.differing else []
        self.cells |= {cell[:3]: cell._replace(value=None, status="unreadable", unit=None) for cell in again}


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
    """The one edition that has all rows and columns printed of sections 3 and 4; of several, the one that has no others in section 3.
    None where that tells none: an edition may only add to the one before it."""
    rows = [row for row in found.rows if row.section != "proactive_disclosure"]
    torn = [row for row in found.torn if row.section != "proactive_disclosure"]
    items = {(row.section, row.item) for row in rows} | {(row.section, row.item) for row in torn}
    columns = {(row.section, cell.measure) for row in rows for cell in row.cells}
    columns |= {(row.section, measure) for row in torn for measure in row.measures}
    fit = [form for form in editions() if items <= form.items and columns <= form.columns]
    if len(fit) > 1:
        fit = [form for form in fit if all(place in items | columns for place in form.items | form.columns if place[0] == "applications")]
    return fit[0].code if len(fit) == 1 else None


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
        cells.append(make_form_cell((section, item, measure, number, status, start, end, edition or "", unit, row.proof, row.layout)))
    return cells


def _doubts(row: FormRow, doubt: str) -> list[Note]:
    return [Note("doubt", doubt, cell.start, cell.end, row.section, row.item, cell.measure) for cell in row.cells]


def _without_unit(text: str, row: FormRow) -> list[Note]:
    """Money of which nothing printed tells the unit: 6944.93 may be yuan or 万元."""
    message = "表头和格子里都没有印金额的单位，按元读 (neither the header nor the cell prints a unit of money: it is read as yuan)"
    money = (cell for cell in row.cells if cell.money == NO_UNIT)
    unsure = [
        cell for cell in money if (printed := text[cell.start : cell.end]).strip("0 ") and not is_blank(printed) and "元" not in printed
    ]
    return [Note("doubt", message, cell.start, cell.end, row.section, row.item, cell.measure) for cell in unsure]


def torn_cells(row: TornRow) -> list[FormCell]:
    """The unreadable cells of a row that came apart: each keeps the range of all that is printed of the row."""
    edition = row.editions[-1] if row.editions else ""
    return [FormCell(row.section, row.item, m, None, "unreadable", row.start, row.end, edition, layout=row.layout) for m in row.measures]


def torn_note(row: TornRow) -> Note:
    """Why the cells of a torn row are unreadable."""
    message = "这一行的数字失去了列的位置，未读作数字 (the cells of this row lost their columns)"
    return Note("row_torn", message, row.start, row.end, row.section, row.item)
