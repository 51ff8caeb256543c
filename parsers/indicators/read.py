"""The indicator tables before 2019: a name, a unit, the year's figure, sometimes one for all years so far."""

from __future__ import annotations

import re
from collections import Counter

from parsers.indicators.indicators import Printed, bare_name, code_of
from parsers.indicators.rows import drawn_rows, running_rows
from parsers.model import Document, Note, Statistic, Status, Table
from parsers.printed.cells import Span, cut_off, is_cut_off
from parsers.printed.values import YUAN, Unreadable, parse_value

_LEVELS = (
    r"[一二三四五六七八九十]{1,3}\s*+[、.．]",
    r"[（(][一二三四五六七八九十]+[)）]",
    r"\d{1,2}\s*+[.．、]",
    r"[（(]\d+[)）]|[①-⑳]|其中",
)


def read_statistics(document: Document, year: int | None = None) -> tuple[tuple[Statistic, ...], tuple[Note, ...]]:
    """The figures of the document's indicator table, drawn or in running text; none if all are blank: an empty form.

    `year` is the report's, which tells its column from another year's.
    """
    text = document.text
    rows, notes = drawn_rows(text, [block for block in document.blocks if isinstance(block, Table)], year)
    if not rows:
        rows, notes = running_rows(text, year)
    counts = Counter(bare_name(row.label) for row in rows)
    parents: dict[int, str] = {}
    found: dict[tuple[str, str], Statistic] = {}
    level = 0
    for row in rows:
        name, level = bare_name(row.label), _level(row.label, level)
        parents = {depth: parent for depth, parent in parents.items() if depth < level} | {level: name}
        above = [parents[depth] for depth in sorted(parents) if depth < level]
        item = f"{above[-1]}/{name}" if counts[name] > 1 and above else name
        if any(key[0] == item for key in found):
            start, end = next(iter(row.figures.values()), (0, 0))
            notes.append(Note("printed_twice", f"同名指标出现两次 (an indicator of this name is printed twice): {item}", start, end))
            continue
        for span in row.figures.values():
            notes += cut_off(text, *span)
        found |= {(item, measure): _statistic(text, row, item, measure, span) for measure, span in row.figures.items()}
    statistics = tuple(found.values())
    return (statistics, tuple(notes)) if any(s.value is not None for s in statistics) else ((), ())


def _level(label: str, above: int) -> int:
    """How deep a row stands by its numbering; one without stands beside the 其中 above it, else at the top."""
    printed = label.strip()
    numbered = re.sub(r"^其中\s*+[:：]?\s*+(?=\d|[（(])", "", printed)
    level = next((depth for depth, style in enumerate(_LEVELS) if re.match(style, numbered)), None)
    return level if level is not None else 3 if above == 3 else 0


def _statistic(text: str, row: Printed, item: str, measure: str, span: Span) -> Statistic:
    status: Status = row.reading
    number = None
    try:
        value = None if row.reading == "unreadable" else parse_value(text[slice(*span)])
    except Unreadable:
        status = "unreadable"
    else:
        status = "blank" if value is None and row.reading == "stated" else row.reading
        if is_cut_off(text, *span):
            status, value = "unreadable", None
        number = value.number if value else None
        if value and value.unit == "yuan":  # 3.25万元 in a cell: stored in the row's own unit
            number = round(value.number / YUAN.get(row.unit, 1.0), 8)
    return Statistic(item, row.label.strip(), row.unit, measure, number, status, *span, code_of(row.label))
