"""Section 4 as the form has it on paper: fifteen figures side by side, a procedure over five outcomes each.

    |           行政复议            |                    行政诉讼                    |
    | 结果 | 结果 | … | 尚未 | 总计 |   未经复议直接起诉    |       复议后起诉       |
    | 维持 | 纠正 |   | 审结 |      | 结果维持 | … | 总计   | 结果维持 | … | 总计    |
    |    3 |    1 | 0 |    2 |    6 |        0 | … |    4   |        1 | … |    1    |

Drawn so in pages, Word files, spreadsheets and PDFs. A table with a procedure a row is read as any labelled table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from parsers.form.editions import column_labels, spellings
from parsers.form.headers import is_outcomes_header, outcome_counts, outcomes
from parsers.model import Cell
from parsers.printed.cells import Span, is_value_like
from parsers.printed.normalise import normalise_label
from parsers.tables.drawn_headers import DrawnHeader
from parsers.tables.header_geometry import place_outcomes
from parsers.tables.outcomes_in_text import PROCEDURES
from parsers.tables.place import cells_of_one
from parsers.tables.rows import FormRow, PrintedCell, TableRows, TornRow

_PROCEDURES = re.compile(r"行政复议\s*+行政诉讼")
_SECTION = "review_litigation"


def measures_above(text: str, row: Sequence[Cell]) -> tuple[str, ...]:
    """The outcomes whose header is printed as text outside any table, right above this row of figures; none if it is not.

        行政复议 行政诉讼
        | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |
        | 结果维持 | 结果纠正 | … |
        | --- | --- | … |
        | 3 | 1 | 0 | 2 | 6 | …

    html2text, markdownify and markitdown print a row wider than the one above it so: `|---|` stands where it fits.
    """
    if len(row) not in outcome_counts() or not all(is_value_like(text[cell.start : cell.end]) for cell in row):
        return ()
    heads = list(_PROCEDURES.finditer(text, 0, row[0].start))
    header = text[heads[-1].start() : row[0].start] if heads else ""
    return outcomes(header) if is_outcomes_header(header) else ()


def read_side_by_side(text: str, row: Sequence[Cell], measures: tuple[str, ...], header: DrawnHeader) -> TableRows:
    """The procedures whose outcomes, `measures`, a row of figures prints below the header; all of them as torn if it is not sure."""
    placed = place_outcomes(text, header.cells)
    names = list(product(PROCEDURES, measures))
    under = placed.under(text, row)
    proof = "geometry" if under else "count"
    if under:
        names = list(placed.names)
    elif len(row) == len(names) and header.in_order():
        under = list(row)
    if under:
        return TableRows(rows=tuple(row._replace(proof=proof) for row in _rows(names, under, measures)))
    if (
        len(row) == len(names)
        and _is_all_but_in_order(text, header.cells, measures)
        and all(text[c.start : c.end].isdecimal() for c in row)
    ):
        span = row[0].start, row[-1].end  # only the sums can tell
        return TableRows(torn=tuple(TornRow(_SECTION, p, (), measures, *span, in_order=True) for p in PROCEDURES))
    in_order = list(placed.names) == names or header.in_order()
    return TableRows(torn=tuple(_torn(row, measures, cells_of_one(text, row, len(names)) if in_order else ())))


def _is_all_but_in_order(text: str, header: Sequence[Cell], measures: Sequence[str]) -> bool:
    """Has a header the form's words in the form's order, but for one that it prints twice in the place of another in each procedure, or
    for the outcomes of the last two, which it leaves out?"""
    words = {s: m for label, m in column_labels(_SECTION).items() for s in spellings(label)}
    labels = [normalise_label(text[cell.start : cell.end]) for cell in sorted(header, key=lambda cell: (cell.row, cell.column))]
    printed = [words[label] for label in labels if label in words]
    head = "".join(labels)
    procedures = [head.find(begin) for begin in ("行政复议", "诉讼", "直接", "复议后")]
    if -1 in procedures or procedures != sorted(procedures):
        return False
    groups = [printed[at : at + len(measures)] for at in range(0, len(printed), len(measures))]
    if len(groups) == 1:
        return groups[0] == list(measures)
    wrong = [[(found, meant) for found, meant in zip(group, measures, strict=False) if found != meant] for group in groups]
    pairs = {pair for differ in wrong for pair in differ}
    exchanged = any((meant, found) in pairs for found, meant in pairs)  # in two procedures: then the header is in another order
    return (
        len(printed) == len(PROCEDURES) * len(measures)
        and not exchanged
        and all(
            len(differ) <= 1 and all(group.count(found) == 2 for found, _ in differ) for group, differ in zip(groups, wrong, strict=True)
        )
    )


def _rows(names: Sequence[tuple[str, str]], row: Sequence[Cell], measures: Sequence[str]) -> Iterator[FormRow]:
    """A row of the form for each procedure of a row of cells with these names."""
    cells = dict(zip(names, row, strict=True))
    for procedure in dict.fromkeys(procedure for procedure, _ in names):
        printed = tuple(PrintedCell(m, cells[procedure, m].start, cells[procedure, m].end) for m in measures)
        yield FormRow(_SECTION, procedure, (), printed)


def _torn(row: Sequence[Cell], measures: tuple[str, ...], pieces: tuple[Span, ...]) -> Iterator[TornRow]:
    """Each procedure with all that the row prints, and with its own of the pieces that the row came apart into, if these are known."""
    for number, procedure in enumerate(PROCEDURES):
        own = pieces[number * len(measures) : (number + 1) * len(measures)]
        yield TornRow(_SECTION, procedure, (), measures, row[0].start, row[-1].end, cells=own)
