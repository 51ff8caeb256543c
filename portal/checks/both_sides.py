"""Both sides of one of the form's equations in words: the names of its rows with the figures that a report has there."""

from __future__ import annotations

import sqlite3


def both_sides(db: sqlite3.Connection, report_id: str, equation: int) -> tuple[str, str]:
    """What is added up, with its sum, and what it should be, in Chinese and in English. Only asked of an equation that does not hold:
    to name the rows of each that is judged takes longer than to judge it."""
    section, each = db.execute("select section, each from equations where id = ?", [equation]).fetchone()
    figures = {
        (item, measure): value
        for item, measure, value in db.execute(
            "select item, measure, value from figures where report_id = ? and section = ?", [report_id, section]
        )
    }
    named = ("items", "item") if each == "column" else ("measures", "measure")
    sql = f"""
        select side, term.item, term.measure, name, name_en
          from equation_terms as term join {named[0]} as named on named.code = term.{named[1]}
         where equation = ? order by side desc, term.position
    """  # noqa: S608, one of two tables and columns of our own
    sides: dict[str, list[tuple[str, str, float]]] = {"sum": [], "equals": []}
    for side, item, measure, name, name_en in db.execute(sql, [equation]):
        sides[side].append((name, name_en, figures[item, measure] or 0))
    chinese = (" 加 ".join(f"{zh} {n:.10g}" for zh, _, n in of) + f" 是 {sum(n for *_, n in of):.10g}" for of in sides.values())
    english = (" plus ".join(f"{en} {n:.10g}" for _, en, n in of) + f" is {sum(n for *_, n in of):.10g}" for of in sides.values())
    return "，".join(chinese), "; ".join(english)
