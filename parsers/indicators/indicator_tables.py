"""The rows of a drawn indicator table before 2019, by the columns of its header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.indicators.indicators import IndicatorColumns, Printed, columns_of, headers, is_header, skipped_column
from parsers.model import Cell, Note, Table
from parsers.printed.normalise import normalise
from parsers.printed.values import is_blank


def drawn_rows(text: str, tables: Iterable[Table], year: int | None) -> tuple[list[Printed], list[Note]]:
    """The rows of drawn tables that have a header of such a table; one cut by a page end goes on in the next table."""
    found: list[Printed] = []
    notes: list[Note] = []
    parts: list[_Part] = []
    width = 0
    for table in tables:
        rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(cell)
        if table.columns != width:
            parts = []
        for row in rows.values():
            if any(_names(text, row)):
                parts, width = list(_parts(text, row, year)), table.columns
                notes += [skipped_column(header, row[0].start, row[-1].end) for part in parts for header in part.columns.skipped]
                continue
            for part in parts:
                found += part.read(text, row)
    return found, notes


@dataclass(frozen=True)
class _Part:
    """A drawn table's columns by place, or one half of a table printed as two side by side."""

    name: range
    unit: int | None
    figures: tuple[int, ...]
    columns: IndicatorColumns

    def read(self, text: str, row: Sequence[Cell]) -> Iterator[Printed]:
        """The row's indicator, none if it prints no name, or neither a figure nor a unit (一、主动公开情况 —— ——)."""
        at = {cell.column: cell for cell in row}
        names = [cell for cell in row if cell.column in self.name and text[cell.start : cell.end].strip()]
        if not names:
            return
        label = text[names[-1].start : names[-1].end]
        unit_cell = at.get(-1 if self.unit is None else self.unit)
        unit = text[unit_cell.start : unit_cell.end].strip() if unit_cell else ""
        places = zip(self.figures, self.columns.measures, strict=True)
        spans = {measure: (at[place].start, at[place].end) for place, measure in places if measure and place in at}
        unit = "" if is_blank(unit) else unit
        if len(normalise(label)) > 1 and (unit or not all(is_blank(text[start:end]) for start, end in spans.values())):
            yield Printed(label, unit, spans)


def _parts(text: str, row: Sequence[Cell], year: int | None) -> Iterator[_Part]:
    printed = {cell.column: text[cell.start : cell.end] for cell in row}
    names = [cell for cell, heads in zip(row, _names(text, row), strict=True) if heads]
    for number, cell in enumerate(names):
        end = names[number + 1].column if number + 1 < len(names) else max(printed) + 1
        rest = [column for column in printed if cell.column < column < end]
        unit = next((column for column in rest if is_header(printed[column], "unit")), None)
        figures = tuple(column for column in rest if column != unit)
        if columns := columns_of([printed[column] for column in figures], year):
            yield _Part(range(cell.column, cell.column + cell.colspan), unit, figures, columns)


def _names(text: str, row: Sequence[Cell]) -> list[bool]:
    """Which cells of a row head the column of names; 项目 does only right before the column of units."""
    printed = [text[cell.start : cell.end] for cell in row]
    beside = [*(is_header(following, "unit") for following in printed[1:]), False]
    loose = headers()["name_before_unit"]
    return [is_header(word, "name") or (before and normalise(word) in loose) for word, before in zip(printed, beside, strict=True)]
