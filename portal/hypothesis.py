"""The one cell of a table whose change would make every equation of the form hold: a guess offered beside a finding.

Nothing is corrected by it. It is given only where the whole table is stated without a doubt and exactly one such cell exists.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parsers.form import Edition, editions

Place = tuple[str, str]  # item, measure


@dataclass(frozen=True)
class Change:
    """A cell and the figure that would satisfy every equation of its table."""

    item: str
    measure: str
    printed: float
    instead: float


def single_change(section: str, figures: Mapping[Place, float]) -> Change | None:
    """The only cell whose change to another whole number of at least zero makes all equations of the table hold.

    `figures` are the cells of section 3 or 4; None if they are no whole table of an edition, if nothing is wrong, or if no
    cell or several would do.

    >>> row = dict(zip(("upheld", "corrected", "other", "pending", "total"), (1, 0, 0, 0, 3)))
    >>> table = {(item, m): v for item in ("reconsideration", "litigation_direct", "litigation_after_reconsideration") for m, v in row.items()}
    >>> single_change("review_litigation", table) is None
    True
    """
    form = next((form for form in editions() if set(figures) == set(_places(form, section))), None)
    if form is None:
        return None
    equations = [(left, right, sum(figures[p] for p in left) - sum(figures[p] for p in right)) for left, right in _equations(form, section)]
    broken = [equation for equation in equations if abs(equation[2]) > 0.005]
    if not broken:
        return None
    changes = []
    for place in {p for left, right, _ in broken[:1] for p in (*left, *right)}:
        needed = {(-rest if place in left else rest) for left, right, rest in equations if place in left or place in right}
        instead = figures[place] + needed.pop()
        elsewhere = any(place not in left and place not in right for left, right, _ in broken)
        if not needed and not elsewhere and instead >= 0 and instead == round(instead):
            changes.append(Change(*place, figures[place], instead))
    return changes[0] if len(changes) == 1 else None


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
    """Write the single change, where there is one, to the findings of the form's equations in that table."""
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
        change = single_change(section, {(item, measure): value for item, measure, value, _ in cells})
        if change:
            db.execute(
                f"update findings set hypothesis = ?, hypothesis_en = ? where report_id = ? and section = ? and {of_equations}",  # noqa: S608
                [*_sentences(db, change), report_id, section, *codes],
            )


def _sentences(db: sqlite3.Connection, change: Change) -> tuple[str, str]:
    """The guess in Chinese and English, named as one."""
    names = []
    for table, code in (("items", change.item), ("measures", change.measure)):
        found = db.execute(f"select name, name_en from {table} where code = ?", [code]).fetchone()  # noqa: S608, two of our own tables
        names.append(found or (code, code))
    (item, item_en), (measure, measure_en) = names
    printed, instead = f"{change.printed:.10g}", f"{change.instead:.10g}"
    return (
        f"假设：若“{item}”一行“{measure}”一列印作 {instead} 而不是 {printed}，全表各等式都成立。这只是推测，不是更正。",
        f"Hypothesis: were row {item_en}, column {measure_en}, {instead} instead of {printed}, every equation of the table would hold. "
        "This is a guess, not a correction.",
    )
