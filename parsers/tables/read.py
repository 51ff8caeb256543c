"""The rows of the statutory form in a document's tables and running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from parsers.form.editions import editions
from parsers.form.labels import zones
from parsers.form.leftover import left_over, reaching
from parsers.model import Document, Heading, Note, Table
from parsers.printed.cells import SEVERAL_FIGURES
from parsers.tables.article_order import with_articles_in_order
from parsers.tables.from_grid import Reader
from parsers.tables.from_text import read_stream
from parsers.tables.order import unlabelled_rows, with_rows_in_order
from parsers.tables.outcomes_in_text import SECTION, bare_outcomes
from parsers.tables.over_page_ends import broken_rows
from parsers.tables.rows import FormRow, TableRows

_SECTION = attrgetter("section")
_WITHOUT_TABLES = ("problems", "other_matters")
_CROWDED = re.compile(r"\d[^\S\t]+\d+(?:[\t\n]|$)")  # two figures in one cell


def read_tables(document: Document, headings: Sequence[Heading]) -> TableRows:
    """Every row of the form in the document: drawn tables by their grid, the text between them as a stream."""
    grid = Reader(document.text)
    streams: list[TableRows] = []
    breaks = [heading.start for heading in headings]
    closing = [heading.start for heading in headings if heading.section in _WITHOUT_TABLES]
    begin = 0
    drawn: list[Table] = []
    beside: list[Table] = []
    for table in (block for block in document.blocks if isinstance(block, Table)):
        streams += _between(document.text, begin, table.start, breaks)
        if any(begin <= place < table.start for place in closing):
            grid.close()  # what is drawn beside the page's last words goes on with no table of the form
        if grid.read(table):
            drawn.append(table)
        else:
            streams += _between(document.text, table.start, table.end, breaks)
            beside += [table] if grid.rows else []
        begin = table.end
    streams += _between(document.text, begin, len(document.text), breaks)
    drawn_rows = TableRows(tuple(grid.rows), tuple(grid.torn))
    if not any(SECTION in (*map(_SECTION, part.rows), *map(_SECTION, part.torn)) for part in (drawn_rows, *streams)):
        streams.append(bare_outcomes(document.text, headings))
    _take_unlabelled(grid)
    rows = grid.rows + [row for part in streams for row in part.rows]
    apart = _rows_apart(grid, rows, drawn, beside)
    found = TableRows(
        tuple(row for row in rows if row not in apart) if apart else tuple(rows),
        tuple(grid.torn) + tuple(row.torn() for row in apart) + tuple(row for part in streams for row in part.torn),
        tuple(grid.notes) + tuple(note for part in streams for note in part.notes),
    )
    return found if _is_whole(found) else _by_order(document.text, breaks, found)


def _take_unlabelled(grid: Reader) -> None:
    """Take the rows of figures without a label as those of the form that are missing, where this is sure; note all others."""
    eliminated = unlabelled_rows(grid.text, grid.rows, grid.torn, grid.unlabelled)
    grid.rows += eliminated
    if eliminated:
        message = "这张表在转换时已经损坏，其中的空格也可能是转换造成的 (this table was damaged in conversion; its blanks may be too)"
        start, end = eliminated[0].cells[0].start, eliminated[-1].cells[-1].end
        grid.notes.append(Note("doubt", message, start, end, "applications"))
    placed = {cell.start for row in grid.rows for cell in row.cells} if grid.unlabelled else set()
    message = "没有行标签的一行数字 (a row of figures without its label)"
    grid.notes += [Note("row_without_label", message, row[0].start, row[-1].end) for row in grid.unlabelled if row[0].start not in placed]


def _rows_apart(grid: Reader, rows: Sequence[FormRow], drawn: Sequence[Table], beside: Sequence[Table]) -> list[FormRow]:
    """Those of the document's rows whose figures may be broken or in others' columns, by what its tables print besides.

    `drawn`: the tables with rows of the form; `beside`: those without, below them. What is left over in `drawn` is noted.
    """
    read = {cell[1:3] for row in grid.rows for cell in row.cells}
    noted = [(note.start, note.end or note.start) for note in grid.notes if note.start is not None]
    noted += [(row.start, row.end) for row in grid.torn]
    reach = reaching(noted)
    left = [(table, left_over(grid.text, table, read, reach)) for table in drawn]
    grid.notes += [note for _, notes in left for note in notes]
    odd = [table for table, notes in left if notes] + list(beside)
    broken = {_printed(grid.text, row) for row in broken_rows(grid.text, [*drawn, *beside], odd, rows, read)}
    moved = _moved_rows(grid.text, drawn, grid.rows)
    grid.notes += map(_ran_together, moved)
    if not broken and not moved:
        return []
    return [row for row in rows if row in moved or _printed(grid.text, row) in broken]  # a page may be printed as text and as a table too


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
        elif _CROWDED.search(text, zone.start, zone.end) and not any(row.section == zone.section for row in found.rows):
            found = _with_outcomes(found, read_stream(text, zone))  # cells that hold several figures are no columns
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
