"""Tables drawn in pieces, a row each in a table of its own, as page editors leave them: put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.model import Block, Cell, Document, Table

FEWEST = 3  # tables of one row that follow one another with nothing printed between them


def with_rows_together(document: Document) -> Document:
    """The document with tables of one row that follow one another as one table, and the table right above them (a header) with them."""
    if sum(isinstance(block, Table) for block in document.blocks) < FEWEST:
        return document
    return replace(document, blocks=tuple(_together(document.text, document.blocks)))


def _together(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    run: list[Table] = []
    for block in blocks:
        if isinstance(block, Table) and run and _is_row(block) and not text[run[-1].end : block.start].strip():
            run.append(block)
            continue
        yield from _joined(run)
        run = [block] if isinstance(block, Table) else []
        if not run:
            yield block
    yield from _joined(run)


def _is_row(table: Table) -> bool:
    return all(cell.row == 0 for cell in table.cells)


def _joined(run: Sequence[Table]) -> Iterator[Table]:
    if sum(map(_is_row, run)) < FEWEST:
        yield from run
        return
    cells: list[Cell] = []
    rows = 0
    for table in run:
        height = max(cell.row for cell in table.cells) + 1  # a cell cannot reach below its table
        cells += [cell._replace(row=rows + cell.row, rowspan=min(cell.rowspan, height - cell.row)) for cell in table.cells]
        rows += height
    yield Table(run[0].start, run[-1].end, tuple(cells))
