"""Rows of the form in a drawn table: a number belongs to the row label left of it and the column header above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.fold import fold, normalise_label
from parsers.form import column_labels, group_labels, row_items, spellings
from parsers.gaps import is_value_like
from parsers.header import Columns, applicants, by_elimination, is_outcomes_header, match_section2, outcomes
from parsers.model import Cell, Note, Table
from parsers.outcomes import PROCEDURES
from parsers.rows import FormRow, PrintedCell, TornRow
from parsers.values import is_blank

HeaderColumn = tuple[int, int, str, str | None]  # first and last + 1 grid column, measure, unit of money


@dataclass
class Reader:
    """What is known while going down the tables of one document: the section, its columns, what was found so far."""

    text: str
    section: str | None = None
    columns: Columns | None = None
    placed: tuple[HeaderColumn, ...] = ()
    width: int = 0
    disclosure_edition: str | None = None
    header_cells: list[Cell] = field(default_factory=list)
    rows: list[FormRow] = field(default_factory=list)
    torn: list[TornRow] = field(default_factory=list)
    unlabelled: list[list[Cell]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def printed(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]

    # -- going down one table ------------------------------------------------------------------------------------

    def read(self, table: Table) -> bool:
        """Read one table; False if nothing in it is of the form."""
        before = len(self.rows) + len(self.torn)
        self.placed, self.header_cells = (), []
        met = False
        for row in _rows(table):
            met = self._row(row, table) or met
        return met or len(self.rows) + len(self.torn) > before

    def _row(self, row: list[Cell], table: Table) -> bool:
        names = [normalise_label(self.printed(cell)) for cell in row]
        if self._anchors(row, names):
            return True
        if len(row) == 15 and self._below_outcomes_header(row):
            self.section, self.placed, self.header_cells = "review_litigation", (), []
            self._outcome_values(row)
            return True
        if self.section is None:
            return False
        label = self._row_label(row, names)
        if label is None:
            return self._header_or_rest(row, names)
        item, at = label
        after = row[at + 1 :]
        if self.section == "review_litigation":
            self._labelled_outcomes(item, after)
        elif self.section == "applications":
            self._place_applicants()
            editions = ("2019",) if item == "other" else ()
            self._take(item, after, editions, table)
        else:
            self._disclosure_row(item, after, table)
        return True

    def _anchors(self, row: list[Cell], names: list[str]) -> bool:
        """Rows that open a table or an article: they fix the section and begin a header."""
        joined = "".join(fold(self.printed(cell)) for cell in row)
        if any(name.startswith("第二十条") and len(name) <= 12 for name in names) or "信息内容" in names:
            self.section, self.header_cells = "proactive_disclosure", []
            self.columns, self.placed = None, ()
            if "信息内容" in names or len([n for n in names if n]) > 1:
                self._disclosure_header([c for c, n in zip(row, names, strict=True) if n != "信息内容" and not n.startswith("第二十条")])
            return True
        if "申请人情况" in joined or {"自然人", "商业企业"} <= set(names):
            if self.section != "applications" or self.placed:
                self.section, self.placed, self.header_cells = "applications", (), []
            self.header_cells += row
            return True
        if ("结果维持" in names and "尚未审结" in names) or {"行政复议", "行政诉讼"} <= set(names):
            if self.section != "review_litigation":
                self.section, self.placed, self.header_cells = "review_litigation", (), []
            self.header_cells += row
            return True
        first_row = next((item for name in names if name for item in row_items("applications").get(name, ())), None)
        if first_row in ("received", "carried_out") and self.section != "applications":
            self.section, self.placed, self.header_cells = "applications", (), []
        return False

    def _row_label(self, row: list[Cell], names: list[str]) -> tuple[str, int] | None:
        items = row_items(self.section or "")
        for at in reversed(range(len(row))):
            name = names[at]
            if name not in items or (name in ("其他", "总计", "其它") and self._in_header()):
                continue
            if name == "其他处理" and any(n for n in names[at + 1 :] if n and not is_value_like(self.printed(row[names.index(n)]))):
                continue
            if self.section == "review_litigation" and self._in_outcome_header(row, at):
                continue
            return items[name][0], at
        return None

    def _in_header(self) -> bool:
        """其他 and 总计 head columns until the first row of section 3 has come."""
        return not any(row.section == "applications" for row in self.rows) and not any(row.section == "applications" for row in self.torn)

    def _in_outcome_header(self, row: list[Cell], at: int) -> bool:
        """行政复议 heads columns on paper; it is a row's label where cells with values follow it."""
        after = row[at + 1 :]
        return (
            not after or not all(is_value_like(self.printed(cell)) for cell in after) or all(is_blank(self.printed(cell)) for cell in after)
        )

    def _header_or_rest(self, row: list[Cell], names: list[str]) -> bool:
        filled = [cell for cell, name in zip(row, names, strict=True) if self.printed(cell)]
        if self.section == "review_litigation" and filled and all(is_value_like(self.printed(cell)) for cell in row):
            self._outcome_values(row)
            return True
        if not filled:
            return True
        if self.section == "proactive_disclosure":
            if self.columns is None and any(name in column_labels(self.section) for name in names):
                self._disclosure_header(filled)
                return True
        elif (self.section == "applications" and self._in_header()) or self.section == "review_litigation":
            self.header_cells += row
            return True
        if self.section == "applications" and len(row) == len(applicants()) and all(is_value_like(self.printed(c)) for c in row):
            self.unlabelled.append(row)
            return True
        groups = group_labels(self.section or "")
        rest = [cell for cell, name in zip(row, names, strict=True) if name and name not in groups]
        if rest:
            start, end = rest[0].start, rest[-1].end
            self.notes.append(
                Note("row_not_on_form", f"法定表样没有的一行 (not a row of the form)：{self.text[start:end][:200]}", start, end)
            )
        return False

    # -- headers -------------------------------------------------------------------------------------------------

    def _disclosure_header(self, cells: list[Cell]) -> None:
        cells = [cell for cell in cells if self.printed(cell)]
        self.columns = match_section2("".join(self.printed(cell) for cell in cells))
        if self.columns and len(cells) == len(self.columns.measures):
            placed = zip(cells, self.columns.measures, strict=True)
            self.placed = tuple((c.column, c.column + c.colspan, m, self.columns.money(m)) for c, m in placed)

    def _place_applicants(self) -> None:
        if not self.placed and self.header_cells:
            words = {s: m for label, m in column_labels("applications").items() for s in spellings(label)}
            self.placed = tuple((c, c + 1, words[n], None) for c, n in _column_names(self, self.header_cells, 1) if n in words)
            if [m for _, _, m, _ in self.placed] != list(applicants()):
                self.placed = ()

    # -- rows ----------------------------------------------------------------------------------------------------

    def _disclosure_row(self, item: str, after: list[Cell], table: Table) -> None:
        columns = self.columns
        if columns is None or not columns.with_row(item):
            columns = by_elimination(item, self.disclosure_edition) if self.disclosure_edition else None
            self.placed = ()
        if columns is None:
            if after:
                message = "这一行上方没有法定表头，未读作数字 (no header of the form stands above this row)"
                self.notes.append(Note("header_unknown", message, after[0].start, after[-1].end))
            return
        self.columns = columns
        if len(columns.with_row(item)) == 1:
            self.disclosure_edition = columns.with_row(item)[0]
        self._take(item, after, columns.with_row(item), table, columns.doubt)

    def _take(self, item: str, after: list[Cell], editions: tuple[str, ...], table: Table, doubt: str | None = None) -> None:
        measures = self.columns.measures if self.section == "proactive_disclosure" and self.columns else applicants()
        money = [self.columns.money(m) if self.section == "proactive_disclosure" and self.columns else None for m in measures]
        cells = _under_header(after, self.placed, table) or (
            after if len(after) == len(measures) else _without_padding(self, after, measures)
        )
        if cells is None:
            if after:
                start, end = after[0].start, after[-1].end
                self.torn.append(TornRow(str(self.section), item, editions, measures, start, end, tuple(money)))
            return
        printed = tuple(PrintedCell(m, c.start, c.end, unit) for m, c, unit in zip(measures, cells, money, strict=True))
        self.rows.append(FormRow(str(self.section), item, editions, printed, doubt))

    def _labelled_outcomes(self, item: str, after: list[Cell]) -> None:
        measures = outcomes()
        if len(after) == len(measures):
            printed = tuple(PrintedCell(m, c.start, c.end) for m, c in zip(measures, after, strict=True))
            self.rows.append(FormRow("review_litigation", item, (), printed))
        elif after:
            self.torn.append(TornRow("review_litigation", item, (), measures, after[0].start, after[-1].end))

    def _below_outcomes_header(self, row: list[Cell]) -> bool:
        """Fifteen figures right below the words of section 4's header, printed as text outside any table."""
        if not all(is_value_like(self.printed(cell)) for cell in row):
            return False
        heads = list(re.finditer(r"行政复议\s*行政诉讼", self.text[: row[0].start]))
        return bool(heads) and is_outcomes_header(self.text[heads[-1].start() : row[0].start])

    def _outcome_values(self, row: list[Cell]) -> None:
        """Fifteen values under a header of two levels: the outcomes in the form's order, three times."""
        words = {s: m for label, m in column_labels("review_litigation").items() for s in spellings(label)}
        named = [words[n] for _, n in _column_names(self, self.header_cells, 1) if n in words]
        measures = outcomes()
        if (named and named != list(measures) * 3) or len(row) != len(measures) * 3:
            start, end = row[0].start, row[-1].end
            self.torn += [TornRow("review_litigation", p, (), measures, start, end) for p in PROCEDURES]
            return
        for index, procedure in enumerate(PROCEDURES):
            part = row[index * 5 : index * 5 + 5]
            printed = tuple(PrintedCell(m, c.start, c.end) for m, c in zip(measures, part, strict=True))
            self.rows.append(FormRow("review_litigation", procedure, (), printed))


def _rows(table: Table) -> Iterator[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in sorted(rows):
        yield sorted(rows[row], key=lambda cell: cell.column)


def _column_names(reader: Reader, cells: Sequence[Cell], span: int) -> Iterator[tuple[int, str]]:
    """Each grid column with the folded words printed above it in narrow cells, from top to bottom."""
    words: dict[int, str] = {}
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if cell.colspan <= span:
            words[cell.column] = words.get(cell.column, "") + fold(reader.printed(cell))
    return iter(sorted(words.items()))


def _under_header(after: list[Cell], placed: Sequence[HeaderColumn], table: Table) -> list[Cell] | None:
    """One cell under each header column, when the row reaches exactly as far to the right as the header does."""
    if not placed or not after or after[-1].column + after[-1].colspan != placed[-1][1]:
        return None
    found = [[c for c in after if c.column < stop and c.column + c.colspan > start] for start, stop, _, _ in placed]
    if any(len(cells) != 1 for cells in found):
        return None
    cells = [cells[0] for cells in found]
    return cells if len({id(cell) for cell in cells}) == len(cells) else None


def _without_padding(reader: Reader, after: list[Cell], measures: tuple[str, ...]) -> list[Cell] | None:
    """The first cells when all of them are filled and whatever follows is blank: padding of a broken grid."""
    first, rest = after[: len(measures)], after[len(measures) :]
    if len(first) < len(measures) or any(is_blank(reader.printed(c)) for c in first):
        return None
    return first if all(is_blank(reader.printed(c)) for c in rest) else None
