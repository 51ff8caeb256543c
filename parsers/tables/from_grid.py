"""Rows of the form in a drawn table: a number belongs to the row label left of it and the column header above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter

from parsers.form.editions import editions_with, row_items
from parsers.model import Cell, Note, Table
from parsers.printed.cells import is_value_like
from parsers.printed.normalise import normalise_label, normalise_text
from parsers.tables.drawn_headers import DisclosureHeader, DrawnHeader
from parsers.tables.header_geometry import NOWHERE, Edges, Placed
from parsers.tables.outcomes_on_paper import measures_above, read_side_by_side
from parsers.tables.place import place
from parsers.tables.row_labels import RowLabels
from parsers.tables.rows import FormRow, Header, PrintedRow, TornRow

_ROW = itemgetter(2)  # of a Cell
_SECTION = attrgetter("section")


class Reader:
    """What is known while going down the tables of one document: the header above, what was found so far.

    `rows`: those whose cells are under their columns. `torn`: those that came apart. `unlabelled`: rows of section 3 with as many
    figures as columns and no label. `header`: the last one begun; `disclosure`: the columns of section 2. `printed_rows`, `edges`:
    the rows of the table at hand, and where they end.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows: list[FormRow] = []
        self.torn: list[TornRow] = []
        self.unlabelled: list[list[Cell]] = []
        self.notes: list[Note] = []
        self.header, self.disclosure = DrawnHeader(text), DisclosureHeader(text)
        self.labels = RowLabels(text)
        self.printed_rows: list[PrintedRow] = []
        self.edges = NOWHERE

    def printed(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]

    # -- going down one table ------------------------------------------------------------------------------------

    def read(self, table: Table) -> bool:
        """Read one table; False if it has no row of the form."""
        before = len(self.rows) + len(self.torn)
        self.header, self.disclosure.placed = self.header.carried_over(), Placed()
        self.printed_rows, self.edges = [], Edges(self.text, table)
        for row in _rows(table):
            self._row(row)
        for _, rows in groupby(sorted(self.printed_rows, key=_SECTION), key=_SECTION):
            found = place(self.text, list(rows), self.edges)
            self.rows += found.rows
            self.torn += found.torn
        return len(self.rows) + len(self.torn) > before

    def _row(self, row: list[Cell]) -> None:
        text = self.text
        printed = [text[cell.start : cell.end] for cell in row]
        names = [word if word.isdecimal() and word.isascii() else normalise_label(word) for word in printed]
        if self._anchors(row, names):
            return
        if measures := measures_above(text, row):
            self._open("review_litigation")
            self._side_by_side(row, measures)
        elif not self.header.section:
            return
        elif label := self.labels.find(row, names, self.header):
            item, at = label
            self.header.goes_on = False
            if self.header.section == "proactive_disclosure":
                self._disclosure_row(item, row[at + 1 :])
            else:
                self._labelled_row(item, row[at + 1 :])
        elif any(printed):
            self._header_or_figures(row, names)

    # -- headers -------------------------------------------------------------------------------------------------

    def _open(self, section: str) -> None:
        """A header begins."""
        self.header = DrawnHeader(self.text, section)

    def close(self) -> None:
        """No table below goes on with the last one."""
        self.header = DrawnHeader(self.text)

    def _anchors(self, row: list[Cell], names: list[str]) -> bool:
        """Rows that open a table or an article: they fix the section and begin a header."""
        section, goes_on = self.header.section, self.header.goes_on
        line = "\n".join(names)
        joined = normalise_text("".join(self.printed(cell) for cell in row)) if "申" in line and "况" in line else ""
        if ("第二十条" in line and any(name.startswith("第二十条") and len(name) <= 12 for name in names)) or "信息内容" in names:
            self._open_article(row, names)
            return True
        if "申请人情况" in joined or ("自然人" in names and "商业企业" in names):
            if section != "applications" or not goes_on:
                self._open("applications")
            self.header.cells += row
            return True
        outcomes_named = "结果维持" in names and "尚未审结" in names
        if outcomes_named or ("行政复议" in names and "行政诉讼" in names):
            if section != "review_litigation" or (outcomes_named and not goes_on):  # printed anew below a row
                self._open("review_litigation")
            self.header.cells += row
            return True
        if section != "applications":
            items = row_items("applications")
            first_row = next((items[name] for name in names if name in items), ())
            if first_row and first_row[0] in ("received", "carried_out"):
                self._open("applications")
        return False

    def _open_article(self, row: list[Cell], names: list[str]) -> None:
        """第二十条第（一）项, 信息内容 or both begin the header of an article."""
        self._open("proactive_disclosure")
        self.disclosure = DisclosureHeader(self.text, self.disclosure.edition)
        if "信息内容" in names or len([n for n in names if n]) > 1:
            self.disclosure.read([c for c, n in zip(row, names, strict=True) if n != "信息内容" and not n.startswith("第二十条")])

    def _header_or_figures(self, row: list[Cell], names: list[str]) -> None:
        """A row without a label: one of the header, or figures whose procedures the header names, or whose label is lost."""
        section, printed = self.header.section, [self.printed(cell) for cell in row]
        if section == "proactive_disclosure":
            self.disclosure.read_on(row, names, goes_on=self.header.goes_on)
            return
        are_values = all(map(is_value_like, printed))
        figures = all(word.isdecimal() for word in printed[-2:])  # at its end, as no header has them
        if section == "review_litigation" and are_values:
            self._side_by_side(row, self.header.measures())
        elif section == "review_litigation" or (self.header.goes_on and not figures):
            self.header.cells += row
        elif section == "applications" and are_values and len(row) == len(self.header.measures()):
            self.unlabelled.append(row)

    # -- rows ----------------------------------------------------------------------------------------------------

    def _disclosure_row(self, item: str, after: list[Cell]) -> None:
        columns = self.disclosure.above(item)
        if columns is None and after:
            message = "这一行上方没有法定表头，未读作数字 (no header of the form stands above this row)"
            self.notes.append(Note("header_unknown", message, after[0].start, after[-1].end))
        if columns and after:
            money = {m: columns.money(m) for m in columns.measures}
            header = Header(columns.measures, money, columns.doubt, self.disclosure.in_order, placed=self.disclosure.placed)
            self._take("proactive_disclosure", item, columns.with_row(item), header, after)

    def _labelled_row(self, item: str, after: list[Cell]) -> None:
        """A row of section 3, or one of section 4 where each procedure has its own."""
        placed, measures = self.header.columns()
        if after:
            header = Header(measures, in_order=self.header.in_order(), placed=placed)
            self._take(self.header.section, item, editions_with(self.header.section, item), header, after)

    def _take(self, section: str, item: str, editions: tuple[str, ...], header: Header, after: list[Cell]) -> None:
        cells = tuple([cell[:2] for cell in after])
        span = (after[0].start, after[-1].end)
        self.printed_rows.append(PrintedRow(section, item, editions, header, self.edges.table.layout, cells, span, after))

    def _side_by_side(self, row: list[Cell], measures: tuple[str, ...]) -> None:
        """A row of section 4 where the procedures stand side by side."""
        found = read_side_by_side(self.text, row, measures, self.header, self.edges)
        self.rows += (row._replace(layout=self.edges.table.layout) for row in found.rows)
        self.torn += (replace(row, layout=self.edges.table.layout) for row in found.torn)


def _rows(table: Table) -> Iterator[list[Cell]]:
    for _, row in groupby(table.cells, key=_ROW):
        yield list(row)
