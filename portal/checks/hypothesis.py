"""The single cells of a table of which each, changed alone, would make every equation of the form hold: a guess beside a finding.

Nothing is corrected by it. It is given only where the whole table is stated without a doubt. In section 3 mostly one cell fits,
as it stands in a row and a column; in section 4 any cell of a row does, so all of them are named as alternatives.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Place = tuple[str, str]  # item, measure
Equation = tuple[frozenset[Place], frozenset[Place]]  # the cells of its two sides


@dataclass(frozen=True)
class Change:
    """A cell and the figure that would satisfy every equation of its table."""

    item: str
    measure: str
    printed: float
    instead: float


def single_changes(figures: Mapping[Place, float], equations: Sequence[Equation]) -> tuple[Change, ...]:
    """The cells, in the order given, of which any one, changed to another whole number of at least zero, makes all equations hold.

    `figures` are the cells of a whole table of section 3 or 4, `equations` those of its edition; nothing if nothing is wrong, or if
    no single cell would do.

    >>> row = {("reconsideration", m): n for m, n in zip(("upheld", "corrected", "other", "pending", "total"), (1, 0, 0, 0, 3))}
    >>> total = frozenset({("reconsideration", "total")})
    >>> [(change.measure, change.instead) for change in single_changes(row, [(frozenset(row) - total, total)])]
    [('upheld', 3), ('corrected', 2), ('other', 2), ('pending', 2), ('total', 1)]
    """
    rests = [(left, right, sum(figures[p] for p in left) - sum(figures[p] for p in right)) for left, right in equations]
    broken = [rest for rest in rests if abs(rest[2]) > 0.005]
    if not broken:
        return ()
    changes = []
    of_first = {p for left, right, _ in broken[:1] for p in (*left, *right)}
    for place in (place for place in figures if place in of_first):
        needed = {(-rest if place in left else rest) for left, right, rest in rests if place in left or place in right}
        instead = figures[place] + needed.pop()
        elsewhere = any(place not in left and place not in right for left, right, _ in broken)
        if not needed and not elsewhere and instead >= 0 and instead == round(instead):
            changes.append(Change(*place, figures[place], instead))
    return tuple(changes)


def equations_of(db: sqlite3.Connection, edition: str, section: str) -> tuple[Equation, ...]:
    """The equations of an edition's table, in the form's order."""
    sides: dict[int, dict[str, set[Place]]] = {}
    sql = "select equation, side, item, measure from equation_terms where edition = ? and section = ? order by equation, side"
    for equation, side, item, measure in db.execute(sql, [edition, section]):
        sides.setdefault(equation, {"sum": set(), "equals": set()})[side].add((item, measure))
    return tuple((frozenset(of["sum"]), frozenset(of["equals"])) for of in sides.values())


def add_hypotheses(db: sqlite3.Connection) -> None:
    """Write the single changes, where there are any, to the findings of the form's equations in that table."""
    codes = [code for (code,) in db.execute("select distinct code from equations order by code")]
    of_equations = f"check_code in ({', '.join('?' * len(codes))})"
    tables = db.execute(
        f"select report_id, section from findings where {of_equations} group by 1, 2 having min(verdict = 'report')",  # noqa: S608
        codes,
    ).fetchall()
    for report_id, section in tables:
        sql = """
            select figures.item, figures.measure, value, status, figures.edition
              from figures
              join form_cells as form on form.edition = figures.edition and form.section = figures.section
                                     and form.item = figures.item and form.measure = figures.measure
             where report_id = ? and figures.section = ? order by form.rowid
        """
        cells = db.execute(sql, [report_id, section]).fetchall()
        whole = not db.execute("select 1 from lacking_cells where report_id = ? and section = ?", [report_id, section]).fetchone()
        if not (whole and cells) or any(status != "stated" for _, _, _, status, _ in cells):
            continue
        figures = {(item, measure): value for item, measure, value, _, _ in cells}
        changes = single_changes(figures, equations_of(db, cells[0][4], section))
        if changes:
            db.execute(
                f"update findings set hypothesis = ?, hypothesis_en = ? where report_id = ? and section = ? and {of_equations}",  # noqa: S608
                [*_sentences(db, changes), report_id, section, *codes],
            )


def _sentences(db: sqlite3.Connection, changes: Sequence[Change]) -> tuple[str, str]:
    """The guess in Chinese and English, named as one; of several that fit equally well each is told."""
    told = [_told(db, change) for change in changes]
    if len(told) == 1:
        return (
            f"假设：若{told[0][0]}，全表各等式都成立。这只是推测，不是更正。",
            f"Hypothesis: were {told[0][1]}, every equation of the table would hold. This is a guess, not a correction.",
        )
    return (
        f"假设：下列任改一格，全表各等式都成立：{'；或'.join(zh for zh, _ in told)}。共 {len(told)} 种可能，从文件看不出是哪一种。这只是推测，不是更正。",
        f"Hypothesis: any one of these changes would make every equation of the table hold: {'; or '.join(en for _, en in told)}. "
        f"The document does not tell which of the {len(told)}. This is a guess, not a correction.",
    )


def _told(db: sqlite3.Connection, change: Change) -> tuple[str, str]:
    names = []
    for table, code in (("items", change.item), ("measures", change.measure)):
        found = db.execute(f"select name, name_en from {table} where code = ?", [code]).fetchone()  # noqa: S608, two of our own tables
        names.append(found or (code, code))
    (item, item_en), (measure, measure_en) = names
    printed, instead = f"{change.printed:.10g}", f"{change.instead:.10g}"
    return (
        f"“{item}”一行“{measure}”一列印作 {instead} 而不是 {printed}",
        f"row {item_en}, column {measure_en}, {instead} instead of {printed}",
    )
