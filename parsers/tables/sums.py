"""Rows whose digits run together or apart, read by the form's own equations: a cell is inferred only where the digits allow one reading.

First each row by its own total; then, where several splits satisfy it, the column equations of the whole table choose. A row
that its own total forces stands as read, whatever the column equations say of it: an agency's own mistake is not bent away.
Where the text has lost blank cells too, a row is read only if its digits allow no reading with fewer cells; where many rows have no
split at all, none is believed. A row of which some figures are broken over lines is read if its total is met by these put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.form.editions import Edition, Equation, editions
from parsers.model import FormCell, Note
from parsers.printed.values import YUAN
from parsers.tables.rows import TornRow
from parsers.tables.splits import Split, candidates, digit_runs, one_digit_each, put_together, splits

MOST_STATES = 200_000  # partial sums kept while the column equations are searched
MOST_ODD = 0.2  # of the rows without any split: in a table with more, one that has a split has it by chance
BY_COUNT = "digit_count"  # as many digits as cells: each cell has one
ROW_TOTAL = {"applications": ("applications_row_total",), "review_litigation": ("review_litigation_total",)}
RUN_TOGETHER = "数字连在一起，按表内算术关系推定 (cut from a run of digits by these equations)"
BROKEN = "数字断在几行，接起来正合本行总计 (broken over lines; put together, the figures meet the row's total)"


@dataclass(frozen=True)
class Balanced:
    """What the equations gave: inferred cells with a note on each, and the rows that stay torn."""

    cells: tuple[FormCell, ...]
    torn: tuple[TornRow, ...]
    notes: tuple[Note, ...]


def balance(text: str, cells: Sequence[FormCell], torn: Sequence[TornRow]) -> Balanced:
    """Read torn rows by the equations of their edition. `cells` are those read by their columns; they are never changed."""
    if not torn:
        return Balanced((), (), ())
    edition = _edition(cells, torn)
    whole, torn = torn, [row for row in torn if row.in_order]
    joined = {row: (split, ROW_TOTAL[row.section]) for row in whole if row.section in ROW_TOTAL and (split := put_together(text, row))}
    applications = {row: candidates(text, row, [len(row.measures)]) for row in torn if row.section == "applications"}
    odd = sum(not found for found in applications.values())  # rows that have lost cells, or add up wrongly
    read: dict[TornRow, tuple[Split, tuple[str, ...]]] = {}
    if odd <= MOST_ODD * len(applications):
        if not odd:
            by_count = {row: one_digit_each(text, row) for row in torn if row.section == "proactive_disclosure"}
            read |= {row: (split, (BY_COUNT,)) for row, split in by_count.items() if split}
        read |= _procedures(text, [row for row in torn if row.section == "review_litigation"])
        options = {row: found for row, found in applications.items() if found and not (odd and _with_fewer_cells(text, row))}
        read |= _applications(cells, options, edition)
    read |= joined
    found = [cell for row, (split, by) in read.items() for cell in _cells(row, split, edition, "count" if by == (BY_COUNT,) else "sums")]
    notes = [
        _note(row, m, s, e, by, BROKEN if row in joined else RUN_TOGETHER)
        for row, (split, by) in read.items()
        for m, (s, e) in zip(row.measures, split.spans, strict=True)
    ]
    return Balanced(tuple(found), tuple(row for row in whole if row not in read), tuple(notes))


def _edition(cells: Sequence[FormCell], torn: Sequence[TornRow]) -> Edition:
    """The edition whose rows of section 3 the table has: one with a row that no other has, else one all of whose rows are there; the
    form's newest if that tells none."""
    items = {c.item for c in cells} | {row.item for row in torn}
    for form in editions():
        own = {row.item for grid in form.of("applications") for row in grid.rows}
        others = {row.item for f in editions() if f is not form for grid in f.of("applications") for row in grid.rows}
        if items & (own - others):
            return form
    whole = [form for form in editions() if {row.item for grid in form.of("applications") for row in grid.rows} <= items]
    return whole[0] if len(whole) == 1 else editions()[-1]


# -- section 4 ---------------------------------------------------------------------------------------------------------


def _procedures(text: str, torn: Sequence[TornRow]) -> dict[TornRow, tuple[Split, tuple[str, ...]]]:
    """Three rows that share one run of digits are cut together, else each by itself; not if a blank cell may be lost from one."""
    by = ROW_TOTAL["review_litigation"]
    together = len({(row.start, row.end) for row in torn}) == 1 and len(torn) > 1
    read: dict[TornRow, tuple[Split, tuple[str, ...]]] = {}
    for group in [list(torn)] if together else [[row] for row in torn]:
        shape = [len(row.measures) for row in group]
        found = candidates(text, group[0], shape)
        fewer = ([count - (at == blank) for at, count in enumerate(shape)] for blank in range(len(shape)))
        if len(found) != 1 or any(candidates(text, group[0], rival) for rival in fewer):
            continue
        at = 0
        for row in group:
            stop = at + len(row.measures)
            read[row] = (Split(found[0].numbers[at:stop], found[0].spans[at:stop]), by)
            at = stop
    return read


# -- section 3 ---------------------------------------------------------------------------------------------------------

Vector = tuple[int, ...]


def _applications(
    cells: Sequence[FormCell], options: Mapping[TornRow, Sequence[Split]], edition: Edition
) -> dict[TornRow, tuple[Split, tuple[str, ...]]]:
    """The rows' splits that their totals or the columns leave, with the equations that say so."""
    by_row = ROW_TOTAL["applications"][0]
    read: dict[TornRow, tuple[Split, tuple[str, ...]]] = {r: (found[0], (by_row,)) for r, found in options.items() if len(found) == 1}
    open_rows = {row.item: (row, found) for row, found in options.items() if len(found) > 1}
    widths = {len(row.measures) for row in options}
    if not open_rows or len(widths) > 1:
        return read
    known = _known(cells, widths.pop()) | {row.item: split.numbers for row, (split, _) in read.items()}
    vectors = {item: [s.numbers for s in found] for item, (_, found) in open_rows.items()}
    for equations, chosen in _choose(edition, known, vectors):
        for item, numbers in chosen.items():
            row, found = open_rows[item]
            if row not in read:
                read[row] = (next(s for s in found if s.numbers == numbers), (by_row, *equations))
    return read


def _with_fewer_cells(text: str, row: TornRow) -> bool:
    """Could the row's digits be those of a row with blank cells, its total among those printed?"""
    runs = digit_runs(text, row.start, row.end) or []
    return any(next(splits(text, runs, [count]), None) for count in range(2, len(row.measures)))


def _known(cells: Sequence[FormCell], width: int) -> dict[str, Vector]:
    """The rows of section 3 read by their columns with a number in every cell, as many as the form has columns."""
    rows: dict[str, list[FormCell]] = {}
    for cell in cells:
        if cell.section == "applications":
            rows.setdefault(cell.item, []).append(cell)
    return {
        item: tuple(int(c.value or 0) for c in row)
        for item, row in rows.items()
        if len(row) == width and all(c.value is not None and c.value == int(c.value) for c in row)
    }


def _choose(
    edition: Edition, known: Mapping[str, Vector], options: Mapping[str, Sequence[Vector]]
) -> Iterator[tuple[tuple[str, ...], dict[str, Vector]]]:
    """Rows for which every solution of the column equations has one and the same split, with the equations that say so.

    Both equations together first; if they have no solution together (a mistake in the table), nothing that needs the
    contradicted one is chosen: each is tried alone only where the other has no row in common that is still open.
    """
    columns = [e for e in edition.equations if e.section == "applications" and e.each == "column"]
    usable = [e for e in columns if all(i in known or i in options for i in (*e.sum, *e.equals))]
    for group in [usable, *([e] for e in usable)]:
        open_items = [i for i in options if any(i in (*e.sum, *e.equals) for e in group)]
        if not open_items:
            continue
        rest = [e for e in usable if e not in group and any(i in open_items for i in (*e.sum, *e.equals))]
        if rest:
            continue  # the other equation speaks of the same open rows and contradicts: none of them is decided
        solutions = _solutions(group, known, {item: options[item] for item in open_items})
        if not solutions:
            continue
        agreed = {i: solutions[0][i] for i in open_items if len({s[i] for s in solutions}) == 1}
        yield tuple(e.code for e in group), agreed
        return


def _solutions(
    equations: Sequence[Equation], known: Mapping[str, Vector], options: Mapping[str, Sequence[Vector]]
) -> list[dict[str, Vector]]:
    """Every choice of splits that satisfies the equations in all columns; none if there are too many states to search."""
    signs = {item: [(item in e.sum) - (item in e.equals) for e in equations] for e in equations for item in (*e.sum, *e.equals)}
    width = len(next(vectors[0] for vectors in options.values() if vectors))
    start = tuple(sum(signs[i][k] * v[c] for i, v in known.items() if i in signs) for k in range(len(equations)) for c in range(width))
    states: dict[Vector, list[dict[str, Vector]]] = {start: [{}]}
    for item, vectors in options.items():
        grown: dict[Vector, list[dict[str, Vector]]] = {}
        count = 0
        for sums, choices in states.items():
            for vector in vectors:
                moved = tuple(s + signs[item][n // width] * vector[n % width] for n, s in enumerate(sums))
                grown.setdefault(moved, []).extend({**choice, item: vector} for choice in choices)
                count += len(choices)
                if count > MOST_STATES:
                    return []
        states = grown
    return states.get(tuple(0 for _ in start), [])


# -- results -----------------------------------------------------------------------------------------------------------


def _cells(row: TornRow, split: Split, edition: Edition, proof: str) -> list[FormCell]:
    code = row.editions[-1] if row.editions else edition.code
    units = row.money or (None,) * len(row.measures)
    return [
        FormCell(
            row.section,
            row.item,
            m,
            n * YUAN.get(u or "", 1.0),
            "inferred",
            s,
            e,
            code,
            "yuan" if u is not None else None,
            proof,
            row.layout,
        )
        for m, n, (s, e), u in zip(row.measures, split.numbers, split.spans, units, strict=True)
    ]


def _note(row: TornRow, measure: str, start: int, end: int, by: tuple[str, ...], how: str) -> Note:
    return Note("inferred", f"{','.join(by)}: {how}", start, end, row.section, row.item, measure)
