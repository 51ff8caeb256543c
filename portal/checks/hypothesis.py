"""The single cells of a table of which each, changed alone, would make every equation of the form hold: a guess beside a finding.

Nothing is corrected by it. It is given only where the whole table is stated without a doubt. In section 3 mostly one cell fits,
as it stands in a row and a column; in section 4 any cell of a row does, so all of them are named as alternatives.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.form.editions import Edition, editions

Place = tuple[str, str]  # item, measure


@dataclass(frozen=True)
class Change:
    """A cell and the figure that would satisfy every equation of its table."""

    item: str
    measure: str
    printed: float
    instead: float


def single_changes(section: str, figures: Mapping[Place, float]) -> tuple[Change, ...]:
    """The cells, in the form's order, of which any one, changed to another whole number of at least zero, makes all equations hold.

    `figures` are the cells of section 3 or 4; nothing if they are no whole table of an edition, if nothing is wrong, or if no
    single cell would do.

    >>> row = dict(zip(("upheld", "corrected", "other", "pending", "total"), (1, 0, 0, 0, 3)))
    >>> sound = {(item, m): 0 for item in ("litigation_direct", "litigation_after_reconsideration") for m in row}
    >>> table = {("reconsideration", measure): value for measure, value in row.items()} | sound
    >>> [(change.measure, change.instead) for change in single_changes("review_litigation", table)]
    [('upheld', 3), ('corrected', 2), ('other', 2), ('pending', 2), ('total', 1)]
    """
    form = next((form for form in editions() if set(figures) == set(_places(form, section))), None)
    if form is None:
        return ()
    equations = [(left, right, sum(figures[p] for p in left) - sum(figures[p] for p in right)) for left, right in _equations(form, section)]
    broken = [equation for equation in equations if abs(equation[2]) > 0.005]
    if not broken:
        return ()
    changes = []
    of_first = {p for left, right, _ in broken[:1] for p in (*left, *right)}
    for place in (place for place in _places(form, section) if place in of_first):
        needed = {(-rest if place in left else rest) for left, right, rest in equations if place in left or place in right}
        instead = figures[place] + needed.pop()
        elsewhere = any(place not in left and place not in right for left, right, _ in broken)
        if not needed and not elsewhere and instead >= 0 and instead == round(instead):
            changes.append(Change(*place, figures[place], instead))
    return tuple(changes)


def _places(form: Edition, section: str) -> Iterator[Place]:
    return ((row.item, measure) for grid in form.of(section) for row in grid.rows for measure in grid.measures)


def _equations(form: Edition, section: str) -> Iterator[tuple[frozenset[Place], frozenset[Place]]]:
    """Each equation of the section as the cells of its two sides."""
    grid = form.of(section)[0]
    for equation in form.equations:
        if equation.section == section and equation.each == "column":
            for measure in grid.measures:
                yield frozenset((i, measure) for i in equation.sum), frozenset((i, measure) for i in equation.equals)
        elif equation.section == section:
            for row in grid.rows:
                yield frozenset((row.item, m) for m in equation.sum), frozenset((row.item, m) for m in equation.equals)


def add_hypotheses(db: sqlite3.Connection) -> None:
    """Write the single changes, where there are any, to the findings of the form's equations in that table."""
    codes = sorted({equation.code for form in editions() for equation in form.equations})
    of_equations = f"check_code in ({', '.join('?' * len(codes))})"
    tables = db.execute(
        f"select report_id, section from findings where {of_equations} group by 1, 2 having min(verdict = 'report')",  # noqa: S608
        codes,
    ).fetchall()
    for report_id, section in tables:
        cells = db.execute(
            "select item, measure, value, status from cells where report_id = ? and section = ?", [report_id, section]
        ).fetchall()
        if any(status != "stated" for *_, status in cells):
            continue
        changes = single_changes(section, {(item, measure): value for item, measure, value, _ in cells})
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
