"""The names of sections, items, measures and editions, and the form's tables, as rows of the tables that pages and Datasette take labels from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from parsers.form.editions import Edition, editions, form_files
from parsers.printed.normalise import without_numbering, without_remarks
from portal.data import DATA, load

TERMS = DATA / "words.yml"


def write_vocabulary(db: sqlite3.Connection) -> None:
    """Fill sections, editions, forms, items and measures from data/forms and data/words.yml. An edition's file may name in English
    (`names_en`) what data/words.yml does not. A code without an English name keeps its Chinese one."""
    terms = load(TERMS)
    forms = editions()
    for form in reversed(forms):  # the newest first: what it says of a code holds
        for kind, named in form.names_en.items():
            terms[kind] = {**named, **terms[kind]}
    sections = [(code, s["number"], s["name"], s["name_en"]) for code, s in terms["sections"].items()]
    db.executemany("insert into sections values (?, ?, ?, ?)", sections)
    db.executemany("insert into editions values (?, ?, ?, ?, ?, ?)", _editions())
    db.executemany("insert into forms values (?, ?, ?)", _tables())
    db.executemany("insert into items values (?, ?, ?, ?, ?, ?)", _items(forms, terms))
    db.executemany("insert into measures values (?, ?, ?)", _measures(forms, terms))


def _editions() -> Iterator[tuple[str, str, str, str | None, int | None, bool]]:
    for code, form in form_files().items():
        yield code, form["name"], form.get("name_en", form["name"]), form["notice"], form.get("from_year"), "tables" in form
    yield "mixed", "混用两版表格", "two editions mixed", None, None, True


def _tables() -> Iterator[tuple[str, str, str]]:
    """Each edition's table of each section as its file has it, in JSON, for the pages that draw it."""
    for code, form in form_files().items():
        for table in form.get("tables", ()):
            yield code, table["section"], json.dumps(table, ensure_ascii=False)


def _items(forms: Iterable[Edition], terms: dict[str, Any]) -> Iterator[tuple[str, str, int, str, str, str | None]]:
    rows: dict[str, tuple[str, str, str | None]] = {}
    for form in forms:
        for grid in form.grids:
            for row in grid.rows:
                rows.setdefault(row.item, (grid.section, without_remarks(without_numbering(row.label)), row.whole))
    for position, item in enumerate(sorted(rows, key=lambda item: _place(item, forms)), start=1):
        section, label, whole = rows[item]
        yield item, section, position, terms["names"].get(item, label), terms["items"].get(item, label), whole


def _place(item: str, forms: Iterable[Edition]) -> tuple[int, int]:
    """Where an item stands on the form: by the newest edition that has it."""
    found = [
        (-index, at) for index, form in enumerate(forms) for at, row in enumerate(r for g in form.grids for r in g.rows) if row.item == item
    ]
    return min((at, index) for index, at in found)


def _measures(forms: Iterable[Edition], terms: dict[str, Any]) -> list[tuple[str, str, str]]:
    names: dict[str, str] = {}
    for form in forms:
        for grid in form.grids:
            for measure, label in grid.columns:
                names.setdefault(measure, without_remarks(label))
    named = {**names, **{m: n for m, n in terms["names"].items() if m in names and m != "other"}, **terms["measure_names"]}
    return [(measure, named[measure], terms["measures"].get(measure, named[measure])) for measure in names]
