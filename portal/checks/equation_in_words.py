"""One of the form's equations in words: the names of its rows or columns with the figures that a report has there."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence


def in_words(db: sqlite3.Connection, report_id: str, equation: int) -> dict[str, str]:
    """What a message may say of an equation, in Chinese and in English: `sides`, what is added up, with its sum, and what it should be;
    `added`, what of it is not zero. Only asked of an equation that does not hold: to name the rows of each that is judged takes longer
    than to judge it."""
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
    parts = [part for part in sides["sum"] if part[2]]
    return {
        "sides": "，".join(f"{_added(of, ' 加 ')} 是 {sum(n for *_, n in of):.10g}" for of in sides.values()),
        "sides_en": "; ".join(f"{_added(of, ' plus ', 1)} is {sum(n for *_, n in of):.10g}" for of in sides.values()),
        "added": _added(parts, " 加 ") or "各项都是 0",
        "added_en": _added(parts, " plus ", 1) or "all are 0",
    }


def _added(of: Sequence[tuple[str, str, float]], plus: str, language: int = 0) -> str:
    return plus.join(f"{part[language]} {part[2]:.10g}" for part in of)
