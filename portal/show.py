"""One document's reading on a terminal: its identity, cells by status, notes and findings."""

from __future__ import annotations

import sqlite3
from collections import Counter

from rich.console import Console
from rich.table import Table

from parsers.model import Report


def show_reading(db: sqlite3.Connection, report: Report, console: Console) -> None:
    """Print what was read in the one document of `db`, and what the checks say of it."""
    identity = report.identity
    console.print(f"{identity.title or '（无标题）'}", markup=False)
    console.print(
        f"机关 {identity.agency or '未定'} · 年度 {identity.year or '未定'} · 公布 {identity.published_on or '—'} · 落款 {identity.signed_on or '—'}",
        markup=False,
    )
    console.print(f"{report.status}{': ' + report.refused if report.refused else ''}", markup=False)
    counts = Counter(cell.status for cell in report.cells)
    console.print("cells: " + (", ".join(f"{counts[s]} {s}" for s in ("stated", "blank", "inferred", "unreadable") if counts[s]) or "none"))
    table = Table(box=None, pad_edge=False)
    for column in ("section", "item", "measure", "status", "printed", "value", "range"):
        table.add_column(column, no_wrap=True)
    for section, item, measure, value, printed, status, start, end in db.execute(
        "select section, item, measure, value, printed, status, char_start, char_end from cells"
    ):
        shown = "" if value is None else f"{value:.10g}"
        table.add_row(section, item, measure, status, _one_line(printed or ""), shown, f"{start}–{end}")
    if report.cells or report.statistics:
        console.print(table)
    for note in report.notes:
        place = f" [{note.start}–{note.end}]" if note.start is not None else ""
        console.print(f"note  {note.code}: {_one_line(note.message)}{place}", markup=False)
    for verdict, message in db.execute("select verdict, message from findings order by id"):
        console.print(f"finding ({verdict})  {message}", markup=False)


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
