"""Rows of the form in a drawn table: a number belongs to the row label left of it and the column header above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from parsers.drawn import Placed, merged, place_measures, place_outcomes, unrepeated
from parsers.drawn_rows import DrawnRows, LabelledRow
from parsers.fold import fold, fold_text, normalise_label
from parsers.form import also_columns, column_labels, row_items
from parsers.gaps import Span, is_value_like
from parsers.header import (
    Columns,
    applicants,
    by_elimination,
    is_applicants_header,
    is_outcomes_header,
    match_section2,
    outcome_counts,
    outcomes,
)
from parsers.leftover import is_word_of_form
from parsers.model import Cell, Note, Table
from parsers.outcome_blocks import is_title, place_block
from parsers.outcomes import PROCEDURES
from parsers.pieces import cells_set_out
from parsers.rows import FormRow, PrintedCell, TornRow
from parsers.values import is_blank

_ROW = itemgetter(2)  # of a Cell
_PROCEDURES = re.compile(r"行政复议\s*行政诉讼")
_BELOW_GROUP = re.compile(r"(\D{1,40}?)\s(\d\s*[.．、].{2,120})")
NOT_SUPPLEMENTED, FEE_UNPAID = "other_not_supplemented", "other_fee_unpaid"


@dataclass
class Reader:
    """What is known while going down the tables of one document: the section, its columns, what was found so far.

    `by_count`: the last header has the form's columns in the form's order, so a row of exactly as many cells is read by
    their order where the drawing does not say what stands under what. `in_header`: no row has come since the header began.
    `table`: the rows of the table at hand. `header_pieces`: what the header of section 2 has printed so far. `block`: where in
    `header_cells` those begin below which no figures of section 4 have come yet. `titled`: the procedure that is printed above
    the table; `untitled`: a table with the outcomes of one has come that none was printed above.
    """

    text: str
    section: str | None = None
    columns: Columns | None = None
    unknown_header: bool = False
    placed: Placed[str] | None = None
    measures: tuple[str, ...] = ()
    by_count: bool = True
    in_header: bool = True
    table: DrawnRows = field(init=False)
    last_item: str | None = None
    disclosure_edition: str | None = None
    header_cells: list[Cell] = field(default_factory=list)
    block: int = 0
    titled: str | None = None
    untitled: bool = False
    header_pieces: list[Cell] = field(default_factory=list)
    rows: list[FormRow] = field(default_factory=list)
    torn: list[TornRow] = field(default_factory=list)
    unlabelled: list[list[Cell]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def printed(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]

    # -- going down one table ------------------------------------------------------------------------------------

    def read(self, table: Table, titled: str | None = None) -> bool:
        """Read one table, above which a procedure of section 4 may be printed; False if nothing in it is of the form."""
        before = len(self.rows) + len(self.torn)
        self.by_count = self._in_order()
        self.placed, self.header_cells, self.block, self.titled = None, [], 0, titled
        rows, met = list(_rows(table)), False
        self.table = DrawnRows(self.text, table, rows, self.rows, self.torn)
        for row in rows:
            met = self._row(row) or met
        self.table.settle()
        return met or len(self.rows) + len(self.torn) > before

    def _row(self, row: list[Cell]) -> bool:
        text = self.text
        printed = [text[cell.start : cell.end] for cell in row]
        names = [word if word.isdecimal() and word.isascii() else normalise_label(word) for word in printed]
        if self._anchors(row, names):
            return True
        if len(row) in outcome_counts() and (header := self._outcomes_header_above(row)):
            self._open("review_litigation")
            self._outcome_values(row, outcomes(header))
            return True
        if self.section is None:
            return False
        label = self._row_label(row, names)
        if label is None:
            return self._header_or_rest(row, names)
        item, at = label
        after = row[at + 1 :]
        self.in_header, self.last_item = False, item
        if self.section == "proactive_disclosure":
            self._disclosure_row(item, after)
        else:
            self._take(item, after, ("2019",) if item == "other" else ())
        return True

    def _open(self, section: str, header: list[Cell] | None = None) -> None:
        """A header begins."""
        self.section, self.placed, self.header_cells, self.block = section, None, header or [], 0
        self.by_count, self.in_header = True, True

    def _anchors(self, row: list[Cell], names: list[str]) -> bool:
        """Rows that open a table or an article: they fix the section and begin a header."""
        line = "\n".join(names)
        joined = fold_text("".join(self.printed(cell) for cell in row)) if "申" in line and "况" in line else ""
        if ("第二十条" in line and any(name.startswith("第二十条") and len(name) <= 12 for name in names)) or "信息内容" in names:
            self._open("proactive_disclosure")
            self.columns, self.unknown_header, self.header_pieces = None, False, []
            if "信息内容" in names or len([n for n in names if n]) > 1:
                self._disclosure_header([c for c, n in zip(row, names, strict=True) if n != "信息内容" and not n.startswith("第二十条")])
            return True
        if "申请人情况" in joined or ("自然人" in names and "商业企业" in names):
            if self.section != "applications" or not self.in_header:
                self._open("applications")
            self.header_cells += row
            return True
        alone = self.section != "review_litigation" and names.count("") == len(names) - 1
        titled = alone and is_title([self.printed(cell) for cell in row])
        outcomes_named = "结果维持" in names and "尚未审结" in names
        if titled or outcomes_named or ("行政复议" in names and "行政诉讼" in names):
            if self.section != "review_litigation" or (outcomes_named and not self.in_header):  # printed anew below a row
                self._open("review_litigation")
            self.header_cells += row
            return True
        if self.section != "applications":
            items = row_items("applications")
            first_row = next((items[name] for name in names if name in items), ())
            if first_row and first_row[0] in ("received", "carried_out"):
                self._open("applications")
        return False

    def _row_label(self, row: list[Cell], names: list[str]) -> tuple[str, int] | None:
        items = row_items(self.section or "")
        for at in reversed(range(len(row))):
            name = names[at]
            if name == "行政诉讼":  # the procedure may stand in brackets after it
                name = fold(self.printed(row[at]))
            if name not in items or (self.in_header and name in also_columns("applications")):
                continue
            if name in ("其他", "其它") and not self._is_third_of_other(self.printed(row[at])):
                continue
            beside = self.placed.foreign if self.placed else ()
            if name == "其他处理" and not all(is_value_like(self.printed(c)) for c in row[at + 1 :] if c.column not in beside):
                continue
            if self.section == "review_litigation" and self._in_outcome_header(row, at):
                continue
            return items[name][0], at
        return self._label_below_group(row)

    def _label_below_group(self, row: list[Cell]) -> tuple[str, int] | None:
        """A numbered label in one cell with a piece of the group's beside it: （三）不 1.属于国家秘密."""
        for at, cell in enumerate(row):
            printed = _BELOW_GROUP.fullmatch(self.printed(cell))
            items = row_items(self.section or "").get(normalise_label(printed[2])) if printed and is_word_of_form(printed[1]) else None
            if printed and items and (normalise_label(printed[2]) not in ("其他", "其它") or self._is_third_of_other(printed[2])):
                return items[0], at
        return None

    def _is_third_of_other(self, printed: str) -> bool:
        """3.其他 of （六）其他处理, numbered or after the other two; in the 2019 edition （六）其他处理 has figures and no rows."""
        if any(row.item == "other" and any(not is_blank(self.text[c.start : c.end]) for c in row.cells) for row in self.rows):
            return False
        number = re.match("(.)其", fold(printed))
        return number[1] in "3三" if number else self.last_item in (NOT_SUPPLEMENTED, FEE_UNPAID)

    def _in_outcome_header(self, row: list[Cell], at: int) -> bool:
        """行政复议 heads columns on paper; it is a row's label where cells with values follow it."""
        after = row[at + 1 :]
        return (
            not after or not all(is_value_like(self.printed(cell)) for cell in after) or all(is_blank(self.printed(cell)) for cell in after)
        )

    def _header_or_rest(self, row: list[Cell], names: list[str]) -> bool:
        filled = [cell for cell, name in zip(row, names, strict=True) if self.printed(cell)]
        if self.section == "review_litigation" and filled and all(is_value_like(self.printed(cell)) for cell in row):
            self._outcome_values(row, self._measures())
            return True
        if not filled:
            return True
        if self.section == "proactive_disclosure":
            begun = self.in_header and self._wants_columns()
            if self.columns is None and any(name in column_labels(self.section) for name in names):
                self._disclosure_header(row)
            elif begun:
                self.header_pieces += filled
            else:
                return False
            if begun and self._wants_columns():
                self._put_together()
            return True
        elif (self.section == "applications" and self.in_header and not self._has_figures(row)) or self.section == "review_litigation":
            self.header_cells += row
            return True
        if self.section == "applications" and len(row) == len(self._measures()) and all(is_value_like(self.printed(c)) for c in row):
            self.unlabelled.append(row)
            return True
        return False

    def _has_figures(self, row: list[Cell]) -> bool:
        """Are its last cells figures, as no header's are?"""
        return all(self.printed(cell).isdecimal() for cell in row[-2:])

    # -- headers -------------------------------------------------------------------------------------------------

    def _disclosure_header(self, cells: list[Cell]) -> None:
        filled = merged(self.text, [cell for cell in cells if self.printed(cell)])
        self.header_pieces += filled
        self.columns = match_section2("".join(self.printed(cell) for cell in filled))
        foreign: list[Cell] = []
        if self.columns is None:  # a word of another column (备注) among the form's: then only places tell what is under what
            words = column_labels("proactive_disclosure")
            foreign = [cell for cell in filled if normalise_label(self.printed(cell)) not in words]
            filled = [cell for cell in filled if cell not in foreign]
            self.columns = match_section2("".join(self.printed(cell) for cell in filled)) if filled else None
            self.by_count = False
        self.unknown_header = self.columns is None and bool(filled or foreign)
        if self.columns and len(filled) == len(self.columns.measures):
            placed = tuple((c.column, c.column + c.colspan, m) for c, m in zip(filled, self.columns.measures, strict=True))
            self.placed = Placed(placed, cells[-1].column + cells[-1].colspan, frozenset(cell.column for cell in foreign))

    def _wants_columns(self) -> bool:
        return self.columns is None or self.columns.damaged

    def _put_together(self) -> None:
        """A header whose cells are broken over lines that are rows of their own: 信息内容 | 本年新 above 制作数量 | 本年新."""
        columns = match_section2("".join(map(self.printed, self.header_pieces)))
        if columns and not columns.damaged:
            self.columns, self.unknown_header, self.placed, self.by_count = columns, False, None, True

    def _measures(self) -> tuple[str, ...]:
        """The form's columns in the section at hand, of the edition whose header is printed."""
        columns = applicants if self.section == "applications" else outcomes
        return columns("".join(map(self.printed, self.header_cells)))

    def _in_order(self) -> bool:
        """Has the header, as its cells are printed one after the other, the form's columns in the form's order?"""
        printed = [self.printed(cell) for cell in unrepeated(self.text, self.header_cells)]
        if not any(printed):
            return self.by_count
        if self.section == "applications":
            return is_applicants_header("".join(printed))
        names = [normalise_label(text) for text in printed if text]
        words = column_labels("review_litigation")
        first = next((i for i, name in enumerate(names) if name in words), len(names))
        return is_outcomes_header("".join(printed)) or [words.get(name) for name in names[first:]] == list(self._measures())

    # -- rows ----------------------------------------------------------------------------------------------------

    def _disclosure_row(self, item: str, after: list[Cell]) -> None:
        if self.columns is None and not self.unknown_header and self.disclosure_edition:
            self.columns = by_elimination(item, self.disclosure_edition)
        columns = self.columns
        if columns is None or not columns.with_row(item):
            if after:
                message = "这一行上方没有法定表头，未读作数字 (no header of the form stands above this row)"
                self.notes.append(Note("header_unknown", message, after[0].start, after[-1].end))
            return
        if len(columns.with_row(item)) == 1:
            self.disclosure_edition = columns.with_row(item)[0]
        self._take(item, after, columns.with_row(item), columns.doubt)

    def _take(self, item: str, after: list[Cell], editions: tuple[str, ...], doubt: str | None = None) -> None:
        """The row's cells under their columns: where the drawing says so, else by their count under a header in order."""
        section, columns = str(self.section), self.columns if self.section == "proactive_disclosure" else None
        if columns:
            measures, placed = columns.measures, self.placed or Placed()
        else:
            if self.placed is None:
                self.placed, self.measures = place_measures(self.text, self.header_cells, section), self._measures()
            measures, placed = self.measures, self.placed
        if not after:
            return
        money = {m: columns.money(m) for m in measures} if columns else {}
        row = LabelledRow(section, item, editions, measures, money, doubt, after)
        if self.table.place(row, placed):
            return
        in_order = self._in_order()
        if cells := self._set_out(after, len(measures), in_order=in_order or placed.names == measures):
            self.torn.append(replace(row.torn(), cells=cells))
        elif in_order:
            self.table.postpone(row, placed)
        else:
            self.torn.append(row.torn())

    def _set_out(self, row: list[Cell], count: int, *, in_order: bool) -> tuple[Span, ...]:
        """The cells of a row that is one cell of all its figures, some of them broken."""
        return cells_set_out(self.text, row[0].start, row[0].end, count) if in_order and len(row) == 1 < count else ()

    def _outcomes_header_above(self, row: list[Cell]) -> str | None:
        """The words of section 4's header where they are printed as text outside any table, the row's figures right below them."""
        if not all(is_value_like(self.printed(cell)) for cell in row):
            return None
        heads = list(_PROCEDURES.finditer(self.text, 0, row[0].start))
        header = self.text[heads[-1].start() : row[0].start] if heads else ""
        return header if is_outcomes_header(header) else None

    def _outcome_values(self, row: list[Cell], measures: tuple[str, ...]) -> None:
        """Values under a header of two levels: a procedure over each outcome."""
        names = [(procedure, measure) for procedure in PROCEDURES for measure in measures]
        placed = place_outcomes(self.text, self.header_cells)
        if not placed.columns and not self.untitled:
            placed = place_block(self.text, self.header_cells[self.block :], self.titled)
        self.block, self.titled = len(self.header_cells), None
        under = placed.under(self.text, row, self.table.margin(placed))
        if under:
            names = list(placed.names)
        elif len(row) == len(names) and self._in_order():
            under = row
        if not under:
            self.untitled = True
            pieces = self._set_out(row, len(names), in_order=list(placed.names) == names or self._in_order())
            for number, procedure in enumerate(PROCEDURES):
                own = pieces[number * len(measures) : (number + 1) * len(measures)]
                self.torn.append(TornRow("review_litigation", procedure, (), measures, row[0].start, row[-1].end, cells=own))
            return
        cells = dict(zip(names, under, strict=True))
        for procedure in dict.fromkeys(procedure for procedure, _ in names):
            printed = tuple(PrintedCell(m, cells[procedure, m].start, cells[procedure, m].end) for m in measures)
            self.rows.append(FormRow("review_litigation", procedure, (), printed))


def _rows(table: Table) -> Iterator[list[Cell]]:
    for _, row in groupby(table.cells, key=_ROW):
        yield list(row)
