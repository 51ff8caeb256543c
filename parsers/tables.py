"""From a document's tables and running text to the cells of the statutory form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from parsers.article_order import with_articles_in_order
from parsers.broken import broken_rows
from parsers.elimination import place_unlabelled
from parsers.form import editions
from parsers.form_order import with_rows_in_order
from parsers.gaps import SEVERAL_FIGURES, is_cut_off
from parsers.grid import Reader
from parsers.labels import zones
from parsers.leftover import left_over, reaching
from parsers.model import Document, FormCell, Heading, Note, Status, Table, make_form_cell
from parsers.outcome_blocks import title_above
from parsers.rows import FormRow, TableRows, TornRow
from parsers.stream import read_stream
from parsers.values import Unreadable, is_blank, parse_value

_CROWDED = re.compile(r"\d[^\S\t]+\d+(?:[\t\n]|$)")  # two figures in one cell


def read_tables(document: Document, headings: Sequence[Heading]) -> TableRows:
    """Every row of the form in the document: drawn tables by their grid, the text between them as a stream."""
    grid = Reader(document.text)
    streams: list[TableRows] = []
    breaks = [heading.start for heading in headings]
    begin = 0
    drawn: list[Table] = []
    beside: list[Table] = []
    for table in (block for block in document.blocks if isinstance(block, Table)):
        streams += _between(document.text, begin, table.start, breaks)
        before = len(grid.rows) + len(grid.torn)
        grid.read(table, title_above(document.text, begin, table.start))
        if len(grid.rows) + len(grid.torn) == before:
            streams += _between(document.text, table.start, table.end, breaks)
            beside += [table] if grid.rows else []
        else:
            drawn.append(table)
        begin = table.end
    streams += _between(document.text, begin, len(document.text), breaks)
    eliminated = place_unlabelled(document.text, grid.rows, grid.torn, grid.unlabelled)
    grid.rows += eliminated
    if eliminated:
        message = "这张表在转换时已经损坏，其中的空格也可能是转换造成的 (this table was damaged in conversion; its blanks may be too)"
        start, end = eliminated[0].cells[0].start, eliminated[-1].cells[-1].end
        grid.notes.append(Note("doubt", message, start, end, "applications"))
    placed = {cell.start for row in grid.rows for cell in row.cells} if grid.unlabelled else set()
    for row in grid.unlabelled:
        if row[0].start not in placed:
            grid.notes.append(
                Note("row_without_label", "没有行标签的一行数字 (a row of figures without its label)", row[0].start, row[-1].end)
            )
    read = {cell[1:3] for row in grid.rows for cell in row.cells}
    noted = [(note.start, note.end or note.start) for note in grid.notes if note.start is not None]
    noted += [(row.start, row.end) for row in grid.torn]
    noted = reaching(noted)
    left = [(table, left_over(document.text, table, read, noted)) for table in drawn]
    grid.notes += [note for _, notes in left for note in notes]
    odd = [table for table, notes in left if notes] + beside
    rows = grid.rows + [row for part in streams for row in part.rows]
    broken = {_printed(document.text, row) for row in broken_rows(document.text, [*drawn, *beside], odd, rows, read)}
    moved = _moved_rows(document.text, drawn, grid.rows)
    if broken or moved:  # a page may be printed as text and as a table too
        apart = [row for row in rows if row in moved or _printed(document.text, row) in broken]
        rows = [row for row in rows if row not in apart]
        grid.torn += [row.torn() for row in apart]
        grid.notes += map(_ran_together, moved)
    found = TableRows(
        tuple(rows),
        tuple(grid.torn) + tuple(row for part in streams for row in part.torn),
        tuple(grid.notes) + tuple(note for part in streams for note in part.notes),
    )
    return found if _is_whole(found) else _by_order(document.text, breaks, found)


def _is_whole(found: TableRows) -> bool:
    """Does an edition have no other rows than are read?"""
    read = {(row.section, row.item) for row in found.rows}
    return any(form.items and form.items <= read for form in editions())


def _by_order(text: str, breaks: list[int], found: TableRows) -> TableRows:
    """What was found, with the rows that the order of the form tells where labels stand apart from figures."""
    for zone in zones(text, 0, len(text), breaks):
        if zone.section == "proactive_disclosure":
            found = with_articles_in_order(text, zone, found)
        elif zone.section == "applications":
            found = with_rows_in_order(text, zone.start, zone.end, found)
        elif zone.section == "review_litigation" and not any(row.section == zone.section for row in found.rows):
            found = _with_outcomes(found, read_stream(text, zone))
    return found


def _with_outcomes(found: TableRows, read: TableRows) -> TableRows:
    """What was found, with the rows of section 4 as running text."""
    torn = tuple(row for row in found.torn if row.section != "review_litigation")
    return TableRows(found.rows + read.rows, torn, found.notes) if read.rows else found


def _printed(text: str, row: FormRow) -> tuple[str, ...]:
    return (row.section, row.item, *(text[cell.start : cell.end] for cell in row.cells))


def _moved_rows(text: str, tables: Sequence[Table], rows: Sequence[FormRow]) -> list[FormRow]:
    """The rows with blanks, in a document in one of whose rows figures ran together into the cell of another and left their own
    empty: there no place in the drawing tells a column."""
    if not any(_CROWDED.search(text, table.start, table.end) for table in tables):
        return []
    printed = [[text[start:end] for _, start, end, _ in row.cells] for row in rows]
    lines = ([text[c.start : c.end] for c in line] for table in tables for _, line in groupby(table.cells, key=attrgetter("row")))
    if not any(map(_ran_into_others, printed)) and not any(_ran_into_others(_from_first_figure(line)) for line in lines):
        return []
    return [row for row, words in zip(rows, printed, strict=True) if "" in words and any(words) and row.section != "proactive_disclosure"]


def _ran_into_others(printed: Sequence[str]) -> bool:
    """Does one cell hold several figures, and is another empty?"""
    return "" in printed and any(map(SEVERAL_FIGURES.fullmatch, printed))


def _from_first_figure(printed: Sequence[str]) -> Sequence[str]:
    return printed[next((at for at, word in enumerate(printed) if word[:1].isdigit()), len(printed)) :]


def _ran_together(row: FormRow) -> Note:
    message = "这张表有的格里挤着几个数，有的格空着，数字不一定在自己的列里 (figures ran together into other cells of this table)"
    return Note("ran_together", message, row.cells[0].start, row.cells[-1].end, row.section, row.item)


def _between(text: str, start: int, end: int, breaks: list[int]) -> list[TableRows]:
    return [read_stream(text, zone) for zone in zones(text, start, end, breaks)]


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
