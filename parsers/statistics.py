"""The indicator tables before 2019: a name, a unit, the year's figure, sometimes one for all years so far."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from parsers.fold import fold
from parsers.gaps import Span, trim
from parsers.model import Cell, Document, Note, Statistic, Status, Table
from parsers.values import Unreadable, is_blank, parse_value

INDICATORS = Path(__file__).resolve().parent.parent / "data" / "indicators.yml"
_UNITS = "万元|人次|场次|条|件|个|元|次|人|篇|份|项|期|部"
_NUMBERING = re.compile(
    r"^\s*(?:其中\s*[:：]?)?\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]{1,3}\s*[、.．]|\d{1,2}\s*[、.．]|[①-⑳])?\s*"
)
_HEADER = re.compile(
    r"指\s*标\s*名\s*称[\s|]*(?:计\s*量\s*)?单\s*位(?P<columns>[^一-鿿]*(?:[^\n]{0,12}代码)?[\s|]*(?:20\d\d\s*年度?|本年度?|当年|本期\S{0,3}|数值|数量|实际)[\s|]*(?:历年累计|累计\S{0,2}|本年累计)?)"
)
_ROW = re.compile(
    rf"(?P<name>(?:(?:其中\s*[:：])?\s*(?:(?<!\d)\d{{1,2}}|\d)\s*[、.．])?[一-鿿（）()、，：:“”《》\s]{{2,60}}?)[\s|]*(?P<unit>{_UNITS})(?=[\s|]*[\d|])"
    rf"[\s|]*(?P<values>[\d.,，\s|]*?)(?=(?:(?:(?<!\d)\d{{1,2}}|\d)\s*[、.．])?\s*[（(]?[一-鿿]|\s*$)"
)
_LEVELS = (
    r"[一二三四五六七八九十]{1,3}\s*[、.．]",
    r"[（(][一二三四五六七八九十]+[)）]",
    r"\d{1,2}\s*[.．、]|其中",
    r"[（(]\d+[)）]|[①-⑳]",
)


@dataclass(frozen=True)
class Printed:
    """A row of an indicator table: the label as printed, the unit, the ranges of its figures by measure."""

    label: str
    unit: str
    figures: dict[str, Span]
    reading: Status = "stated"


@cache
def known_names() -> dict[str, str]:
    """Folded indicator name → its code."""
    entries = yaml.safe_load(INDICATORS.read_text(encoding="utf-8"))
    return {fold(name): code for code, names in entries.items() for name in names}


def read_statistics(document: Document) -> tuple[tuple[Statistic, ...], tuple[Note, ...]]:
    """The figures of the document's indicator table, drawn or in running text; none if all are blank: an empty form."""
    text = document.text
    rows = [row for block in document.blocks if isinstance(block, Table) for row in _drawn(text, block)] or list(_running(text))
    counts = Counter(bare_name(row.label) for row in rows)
    parents: dict[int, str] = {}
    found: list[Statistic] = []
    notes: list[Note] = []
    for row in rows:
        name, level = bare_name(row.label), _level(row.label)
        parents = {depth: parent for depth, parent in parents.items() if depth < level} | {level: name}
        above = [parents[depth] for depth in sorted(parents) if depth < level]
        item = f"{above[-1]}/{name}" if counts[name] > 1 and above else name
        if any(statistic.item == item for statistic in found):
            start, end = next(iter(row.figures.values()), (0, 0))
            notes.append(Note("printed_twice", f"同名指标出现两次 (an indicator of this name is printed twice): {item}", start, end))
            continue
        found += [_statistic(text, row, item, measure, span) for measure, span in row.figures.items()]
    return (tuple(found), tuple(notes)) if any(s.value is not None for s in found) else ((), ())


def bare_name(label: str) -> str:
    """An indicator's name without numbering and 其中.

    >>> bare_name("其中：1、政府网站公开数"), bare_name("（一）主动公开规范性文件数")
    ('政府网站公开数', '主动公开规范性文件数')
    """
    return re.sub(r"\s+", "", _NUMBERING.sub("", label, count=1))


def _level(label: str) -> int:
    printed = label.strip()
    return next((depth for depth, style in enumerate(_LEVELS) if re.match(style, printed)), 1)


def _statistic(text: str, row: Printed, item: str, measure: str, span: Span) -> Statistic:
    status: Status = row.reading
    number = None
    try:
        value = None if row.reading == "unreadable" else parse_value(text[slice(*span)])
    except Unreadable:
        status = "unreadable"
    else:
        status = "blank" if value is None and row.reading == "stated" else row.reading
        number = value.number if value else None
    code = known_names().get(fold(bare_name(row.label)))
    return Statistic(item, row.label.strip(), row.unit, measure, number, status, *span, code)


def _drawn(text: str, table: Table) -> Iterator[Printed]:
    """Rows of a drawn table whose header has 指标名称 and exactly one column for the year."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    columns: dict[str, int] | None = None
    for row in rows.values():
        names = {cell.column: fold(text[cell.start : cell.end]) for cell in row}
        if any(name.startswith("指标") for name in names.values()):
            columns = _columns(names)
            continue
        by_column = {cell.column: cell for cell in row}
        if columns is None or columns["name"] not in by_column:
            continue
        label = text[by_column[columns["name"]].start : by_column[columns["name"]].end]
        unit = by_column.get(columns.get("unit", -1))
        figures = {m: by_column[columns[m]] for m in ("year", "cumulative") if columns.get(m) in by_column}
        if bare_name(label) and len(fold(label)) > 1:
            spans = {measure: (cell.start, cell.end) for measure, cell in figures.items()}
            if not all(is_blank(text[s:e]) for s, e in spans.values()) or (unit and text[unit.start : unit.end]):
                yield Printed(label, text[unit.start : unit.end] if unit else "", spans)


def _columns(names: dict[int, str]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for column, name in names.items():
        kind = (
            "name" if name.startswith("指标")
            else "unit" if "单位" in name
            else "code" if name in ("代码", "序号", "备注", "编号")
            else "cumulative" if "累计" in name
            else "year" if name else ""
        )  # fmt: skip
        if kind and kind in found and kind != "code":
            return None  # two columns that may be the year's: none is chosen
        if kind:
            found[kind] = column
    return found if {"name", "year"} <= set(found) else None


def _running(text: str) -> Iterator[Printed]:
    """Rows in running text; figures run together are torn, unless there are as many digits as columns."""
    header = _HEADER.search(text)
    if not header:
        return
    measures = ["year", "cumulative"] if "累计" in header["columns"] else ["year"]
    coded = "代码" in header["columns"]
    for match in _ROW.finditer(text, header.end()):
        start, end = trim(text, *match.span("values"))
        spans = _figures(text, start, end, coded)
        if spans is None:
            continue
        if len(spans) == len(measures):
            yield Printed(match["name"].strip(), match["unit"], dict(zip(measures, spans, strict=True)))
        elif re.fullmatch(r"\d+", text[start:end]) and end - start == len(measures):
            digits = {m: (start + i, start + i + 1) for i, m in enumerate(measures)}  # as many digits as columns
            yield Printed(match["name"].strip(), match["unit"], digits, "inferred")
        else:
            yield Printed(match["name"].strip(), match["unit"], dict.fromkeys(measures, (start, end)), "unreadable")


def _figures(text: str, start: int, end: int, coded: bool) -> Sequence[Span] | None:
    if "|" in text[start:end]:
        bars = [i for i in range(start, end) if text[i] == "|"]
        spans = [trim(text, a, b) for a, b in zip([start, *(b + 1 for b in bars)], [*bars, end], strict=True)]
        return spans[1:] if coded else spans
    spans = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    return (spans[1:] if coded else spans) or None
