"""A sheet as its format's reader finds it, and as it is printed: without hidden rows and columns, merges with their spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.model import Document, Note
from parsers.printed.canonical import MAX_CELLS, GridCell, Writer
from parsers.printed.decode import LOST, Undecodable

MAX_COLUMNS = 200
MAX_SHEETS = 50
LOWEST_ROW, NARROWEST = 2, 0.1  # points, and widths of a digit: less shows no figure
MAX_MERGED_ROWS = 1000
MAX_COVERED = 500  # areas under pictures and shapes; of a sheet with more, all is
Place = tuple[int, int]  # row and column, from 0
Area = tuple[int, int, int, int]  # first row and column, last row and column


@dataclass
class Sheet:
    """What a sheet's cells show by their places, the merged areas, what is hidden, and the areas that pictures and shapes lie over.

    `shapes` holds the texts in shapes; `covers_all`: something lies over the sheet whose place is not known.
    """

    name: str
    texts: dict[Place, str] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    covered: list[Area] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    covers_all: bool = False
    needed: dict[Place, float] = field(default_factory=dict)  # usual digits for which the cell of a number must have room
    left_out: int = 0  # cells that print nothing, though the file has a figure for them: white on white, a format that shows nothing

    def put(self, place: Place, text: str) -> None:
        """Set what a cell shows. Raises Undecodable for more cells than a report can have."""
        if text and place[1] < MAX_COLUMNS:
            self.texts[place] = text
            if len(self.texts) > MAX_CELLS:
                raise Undecodable(
                    "工作表过大，不予读取，请只留报告的表 (the workbook has more cells than a report can have; keep the report's own tables)"
                )


def document_of(media_type: str, sheets: Iterable[Sheet], hidden_sheets: Iterable[str]) -> Document:
    """The document of a workbook: each visible sheet is a table, after the texts of its shapes."""
    writer, notes = Writer(), [_left_out(f"工作表“{name}”是隐藏的，没有读 (a hidden sheet is not read)") for name in hidden_sheets]
    for number, sheet in enumerate(sheets):
        if number == MAX_SHEETS:
            notes.append(_left_out(f"只读前 {MAX_SHEETS} 张工作表 (only the first {MAX_SHEETS} sheets are read)"))
            break
        rows, columns = len({r for r, _ in sheet.texts} & sheet.hidden_rows), len({c for _, c in sheet.texts} & sheet.hidden_columns)
        if rows or columns:
            message = f"工作表“{sheet.name}”有 {rows} 行、{columns} 列是隐藏的，没有读 ({rows} hidden rows and {columns} hidden columns are not read)"
            notes.append(_left_out(message))
        if sheet.left_out:
            message = (
                f"工作表“{sheet.name}”有 {sheet.left_out} 格的内容不显示，没有读 (what {sheet.left_out} cells do not show is not read)"
            )
            notes.append(_left_out(message))
        for text in sheet.shapes:
            for line in text.split("\n"):
                writer.paragraph(line)
        writer.table(grid(sheet))
    return Document(media_type, "utf-8", writer.text, tuple(writer.blocks), notes=tuple(notes))


def _left_out(message: str) -> Note:
    return Note("left_out", message)


def grid(sheet: Sheet) -> list[list[GridCell]]:
    """The visible cells of the rows that print anything. A merged area is one cell at its first visible row and column."""
    rows = sorted({row for row, _ in sheet.texts} - sheet.hidden_rows)
    texts = {place: text for place, text in sheet.texts.items() if place[0] not in sheet.hidden_rows}
    columns = [c for c in range(max((c for _, c in texts), default=-1) + 1) if c not in sheet.hidden_columns]
    spans: dict[Place, tuple[int, int]] = {}
    merged: set[Place] = set()
    for first_row, first_column, last_row, last_column in sheet.merges:
        if last_column >= MAX_COLUMNS or last_row - first_row >= MAX_MERGED_ROWS:
            continue
        down = rows[bisect_left(rows, first_row) : bisect_right(rows, last_row)]
        across = [c for c in range(first_column, last_column + 1) if c not in sheet.hidden_columns]
        columns += [c for c in across if columns and c > columns[-1] and down and (first_row, first_column) in sheet.texts]
        if not down or not across:
            continue
        texts[down[0], across[0]] = sheet.texts.get((first_row, first_column), "")
        spans[down[0], across[0]] = (len(down), len(across))
        merged |= {(row, c) for row in down for c in across} - {(down[0], across[0])}
    cells = [[(row, c) for c in columns if (row, c) not in merged] for row in rows]
    return [[GridCell(_shown(sheet, place, texts.get(place, "")), *spans.get(place, (1, 1))) for place in row] for row in cells]


def _shown(sheet: Sheet, place: Place, text: str) -> str:
    """What a cell prints; under a picture or a shape nobody knows."""
    row, column = place
    under = len(sheet.covered) > MAX_COVERED or any(area[0] <= row <= area[2] and area[1] <= column <= area[3] for area in sheet.covered)
    return LOST if under or (sheet.covers_all and not text) else text
