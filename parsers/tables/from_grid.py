"""Rows of the form in a drawn table: a number belongs to the row label left of it and the column header above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter

from parsers.form.editions import also_columns, editions_with, numbers_before, row_items
from parsers.form.leftover import is_word_of_form
from parsers.model import Cell, Note, Table
from parsers.printed.cells import is_value_like
from parsers.printed.normalise import normalise, normalise_label, normalise_text
from parsers.printed.values import is_blank
from parsers.tables.drawn_headers import DisclosureHeader, DrawnHeader
from parsers.tables.header_geometry import NOWHERE, Edges, Placed
from parsers.tables.outcomes_on_paper import measures_above, read_side_by_side
from parsers.tables.place import place
from parsers.tables.rows import NONE_ABOVE, FormRow, Header, PrintedRow, TornRow

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
        self.printed_rows, self.edges = [], Edges(table)
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
            self.notes.append(Note("header_unknown", NONE_ABOVE, after[0].start, after[-1].end))
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
        found = read_side_by_side(self.text, row, measures, self.header)
        self.rows += (row._replace(layout=self.edges.table.layout) for row in found.rows)
        self.torn += (replace(row, layout=self.edges.table.layout) for row in found.torn)


def _rows(table: Table) -> Iterator[list[Cell]]:
    for _, row in groupby(table.cells, key=_ROW):
        yield list(row)


# -- labels ------------------------------------------------------------------------------------------------------------

_BELOW_GROUP = re.compile(r"(\D{1,40}?)\s(\d\s*+[.．、].{2,120})")
_OTHER = "其他"
_FIRST_OF_OTHER = ("other_not_supplemented", "other_fee_unpaid")


class RowLabels:
    """Tells the labels of the rows of one document's tables, going down them. `last`: the last label's item. `has_other`: figures stand
    beside （六）其他处理."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last: str | None = None
        self.has_other = False

    def find(self, row: Sequence[Cell], names: Sequence[str], header: DrawnHeader) -> tuple[str, int] | None:
        """The item that a row below this header is of, and which of its cells is the label; None if it has none.

        `names`: the row's words as `normalise_label` gives them. Of several labels (a group's and a row's) the last counts.
        """
        found = self._label(row, names, header) or self._label_below_group(row, header.section)
        if found:
            self.last = found[0]
            self.has_other |= self.last == "other" and any(not is_blank(self._printed(cell)) for cell in row[found[1] + 1 :])
        return found

    def _label(self, row: Sequence[Cell], names: Sequence[str], header: DrawnHeader) -> tuple[str, int] | None:
        items = row_items(header.section)
        for at in reversed(range(len(row))):
            name = names[at]
            if name == "行政诉讼":  # the procedure may stand in brackets after it
                name = normalise(self._printed(row[at]))
            if name not in items or (header.goes_on and name in also_columns("applications")):
                continue
            if name == _OTHER and not self._is_third_of_other(self._printed(row[at])):
                continue
            if name == "其他处理" and not self._are_values(c for c in row[at + 1 :] if c.column not in header.foreign):
                continue
            if header.section == "review_litigation" and self._heads_columns(row[at + 1 :]):
                continue
            return items[name][0], at
        return None

    def _label_below_group(self, row: Sequence[Cell], section: str) -> tuple[str, int] | None:
        """A numbered label in one cell with a piece of the group's beside it: （三）不 1.属于国家秘密."""
        for at, cell in enumerate(row):
            printed = _BELOW_GROUP.fullmatch(self._printed(cell))
            if not printed or not is_word_of_form(printed[1]):
                continue
            name = normalise_label(printed[2])
            items = row_items(section).get(name)
            if items and (name != _OTHER or self._is_third_of_other(printed[2])):
                return items[0], at
        return None

    def _is_third_of_other(self, printed: str) -> bool:
        """3.其他 of （六）其他处理, numbered or after the other two; in the 2019 edition （六）其他处理 has figures and no rows."""
        if self.has_other:
            return False
        number = re.match("(.)其", normalise(printed))
        return number[1] in numbers_before(_OTHER) if number else self.last in _FIRST_OF_OTHER

    def _heads_columns(self, after: Sequence[Cell]) -> bool:
        """行政复议 heads columns on paper; it is a row's label where cells with values follow it."""
        return not self._are_values(after) or all(is_blank(self._printed(cell)) for cell in after)

    def _are_values(self, cells: Iterable[Cell]) -> bool:
        return all(is_value_like(self._printed(cell)) for cell in cells)

    def _printed(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]
