"""The rows of an indicator table before 2019: drawn, by the columns of its header; in running text, whose cells stand apart or run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from parsers.indicators.indicators import IndicatorColumns, Printed, columns_of, headers, is_header, known_names, skipped_column, units
from parsers.model import Cell, Note, Table
from parsers.printed.cells import Span, printed_lines, row_cells
from parsers.printed.normalise import normalise
from parsers.printed.values import is_blank

_LONGEST = 120  # characters of a label
_NUMBERED = re.compile(r"其中|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d)|[①-⑳]")
_TOKEN = re.compile(r"[^\s|]+")
_MOST_HEADS, _PIECES = 6, 5  # columns of a table; pieces of a broken word


# -- drawn ------------------------------------------------------------------------------------------------------------


def drawn_rows(text: str, tables: Iterable[Table], year: int | None) -> tuple[list[Printed], list[Note]]:
    """The rows of drawn tables that have a header of such a table; one cut by a page end goes on in the next table."""
    found: list[Printed] = []
    notes: list[Note] = []
    parts: list[_Part] = []
    width = 0
    for table in tables:
        rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(cell)
        if table.columns != width:
            parts = []
        for row in rows.values():
            if any(_names(text, row)):
                parts, width = list(_parts(text, row, year)), table.columns
                notes += [skipped_column(header, row[0].start, row[-1].end) for part in parts for header in part.columns.skipped]
                continue
            for part in parts:
                found += part.read(text, row)
    return found, notes


@dataclass(frozen=True)
class _Part:
    """A drawn table's columns by place, or one half of a table printed as two side by side."""

    name: range
    unit: int | None
    figures: tuple[int, ...]
    columns: IndicatorColumns

    def read(self, text: str, row: Sequence[Cell]) -> Iterator[Printed]:
        """The row's indicator, none if it prints no name, or neither a figure nor a unit (一、主动公开情况 —— ——)."""
        at = {cell.column: cell for cell in row}
        names = [cell for cell in row if cell.column in self.name and text[cell.start : cell.end].strip()]
        if not names:
            return
        label = text[names[-1].start : names[-1].end]
        unit_cell = at.get(-1 if self.unit is None else self.unit)
        unit = text[unit_cell.start : unit_cell.end].strip() if unit_cell else ""
        places = zip(self.figures, self.columns.measures, strict=True)
        spans = {measure: (at[place].start, at[place].end) for place, measure in places if measure and place in at}
        unit = "" if is_blank(unit) else unit
        if len(normalise(label)) > 1 and (unit or not all(is_blank(text[start:end]) for start, end in spans.values())):
            yield Printed(label, unit, spans)


def _parts(text: str, row: Sequence[Cell], year: int | None) -> Iterator[_Part]:
    printed = {cell.column: text[cell.start : cell.end] for cell in row}
    names = [cell for cell, heads in zip(row, _names(text, row), strict=True) if heads]
    for number, cell in enumerate(names):
        end = names[number + 1].column if number + 1 < len(names) else max(printed) + 1
        rest = [column for column in printed if cell.column < column < end]
        unit = next((column for column in rest if is_header(printed[column], "unit")), None)
        figures = tuple(column for column in rest if column != unit)
        if columns := columns_of([printed[column] for column in figures], year):
            yield _Part(range(cell.column, cell.column + cell.colspan), unit, figures, columns)


def _names(text: str, row: Sequence[Cell]) -> list[bool]:
    """Which cells of a row head the column of names; 项目 does only right before the column of units."""
    printed = [text[cell.start : cell.end] for cell in row]
    beside = [*(is_header(following, "unit") for following in printed[1:]), False]
    loose = headers()["name_before_unit"]
    return [is_header(word, "name") or (before and normalise(word) in loose) for word, before in zip(printed, beside, strict=True)]


# -- in running text ---------------------------------------------------------------------------------------------------


def running_rows(text: str, year: int | None) -> tuple[list[Printed], list[Note]]:
    """The rows of a table in running text: its cells apart by lines, tabs, bars or spaces, or run together."""
    loosely = {kind: "|".join(r"[\s|]*".join(word) for word in words) for kind, words in headers().items()}
    header = re.search(rf"(?P<name>{loosely['name']})(?P<gap>[\s|]*)(?:{loosely['unit']})(?P<columns>[^。]{{0,60}})", text)
    if not header:
        return [], []
    if not header["gap"]:
        return list(_run_together(text, header, year)), []
    heads = _heads(text, header.start("columns"))
    columns = columns_of([head for head, _, _ in heads], year)
    if not columns:
        return [], []
    end = heads[-1][2]
    notes = [skipped_column(head, heads[0][1], end) for head in columns.skipped]
    barred = "|" in text[header.start() : end]
    return list(_apart(text, end, columns, barred)), notes


def _heads(text: str, start: int) -> list[tuple[str, int, int]]:
    """The words that head columns, each with its range: one word, or several that are one broken by blanks (2011 年度, 累 计)."""
    broken = re.compile(f"20[0-9]{{2}}年度?|{'|'.join(headers()['cumulative'])}")
    tokens = list(islice(_TOKEN.finditer(text, start), _MOST_HEADS * _PIECES))
    heads: list[tuple[str, int, int]] = []
    at = 0
    while at < len(tokens) and len(heads) < _MOST_HEADS:
        pieces = [tokens[at : at + count] for count in range(min(_PIECES, len(tokens) - at), 0, -1)]
        whole = next((piece for piece in pieces if len(piece) > 1 and broken.fullmatch("".join(token[0] for token in piece))), pieces[-1])
        head = "".join(token[0] for token in whole)
        if not _heads_figures(head):
            break
        heads.append((head, whole[0].start(), whole[-1].end()))
        at += len(whole)
    return heads


def _heads_figures(printed: str) -> bool:
    """A word of the header: it speaks of a time, a count or a remark, and is no indicator."""
    return (
        len(printed) <= 10
        and bool(re.search("年|季度|累计|数值|数量|统计数|实际|本期|当期|合计|代码|备注|同期|增减|说明|序号", printed))
        and (normalise(printed) not in known_names() and not re.match(r"[一二三四五六七八九（(\d]++[、.）)](?!\d)", printed))
    )


def _apart(text: str, start: int, columns: IndicatorColumns, barred: bool) -> Iterator[Printed]:
    """Rows whose cells stand apart. Without bars a blank cell leaves no trace: a row of fewer figures than columns has no place."""
    cells = _barred_cells(text, start) if barred else [m.span() for m in _TOKEN.finditer(text, start)]
    at, label = 0, list[Span]()
    while at < len(cells):
        printed = text[slice(*cells[at])]
        named = label and label[-1][1] - label[0][0] <= _LONGEST
        if named and (re.fullmatch(units(), printed) or is_blank(printed)) and (printed or barred):
            unit, values = printed, list[Span]()
            at += 1
            while at < len(cells) and len(values) < len(columns.measures) and _is_figure(text[slice(*cells[at])], barred):
                values.append(cells[at])
                at += 1
            name = text[label[0][0] : label[-1][1]]
            label = []
            if not is_blank(unit):
                yield _row(name, unit, columns, values, cells[at - 1][1])
            continue
        if "。" in printed or (label and cells[at][0] - label[0][0] > _LONGEST):
            label = []
        elif printed and not _is_figure(printed, barred=False):
            if label and _NUMBERED.match(printed) and _NUMBERED.match(text[slice(*label[0])]):
                label = []  # 一、主动公开情况 heads rows and has neither unit nor figure
            label.append(cells[at])
        at += 1


def _is_figure(printed: str, barred: bool) -> bool:
    return bool(re.fullmatch(r"[+\-]?[\d０-９][\d０-９,，.．]*(?:万元|元|条|件|次|人)?", printed)) or (
        is_blank(printed) and (barred or bool(printed))
    )


def _row(name: str, unit: str, columns: IndicatorColumns, values: Sequence[Span], place: int) -> Printed:
    measures = [measure for measure in columns.measures if measure]
    if len(values) == len(columns.measures):
        figures = {measure: span for measure, span in zip(columns.measures, values, strict=True) if measure}
        return Printed(name, unit, figures)
    span = (values[0][0], values[-1][1]) if values else (place, place)
    return Printed(name, unit, dict.fromkeys(measures, span), "unreadable" if values else "stated")


def _barred_cells(text: str, start: int) -> list[Span]:
    """The cells between bars, blank ones too; a line without a bar is a cell of its own, padding at a line's end none."""
    return [cell for line in printed_lines(text, start, len(text)) for cell in row_cells(text, *line)]


def _run_together(text: str, header: re.Match[str], year: int | None) -> Iterator[Printed]:
    """Rows without any separator; figures run together are torn, unless there are as many digits as columns."""
    words = re.match(r"[^一-鿿]*(?P<first>20\d\d年度?|本年度?|当年|本期实际|统计数|数值|数量)(?P<second>历年累计|累计)?", header["columns"])
    if not words:
        return
    measures = ["year", *(["cumulative"] if words["second"] else [])]
    if not columns_of([word for word in words.groups() if word], year):
        return
    # Remarks in brackets hold digits and units of their own (计1条): they are masked, each character in its place.
    masked = re.sub(r"[（(][^（()）]{3,}+[)）]", lambda remark: "\u3000" * len(remark[0]), text)
    row = re.compile(
        rf"(?P<name>(?:(?:其中\s*+[:：])?\s*+\d{{0,2}}\s*+[、.．])?[一-鿿（）()、，：:“”《》\s]{{2,{_LONGEST}}}?)"
        rf"(?P<unit>{units()})(?P<values>[\d,.，]*\d)(?=[、.．]?\s*+[（(《“]?[一-鿿]|\s*$|\s)"
    )
    numbers: set[int] = set()
    at = header.start("columns") + words.end()
    while match := row.search(masked, at):
        start, end = match.span("values")
        at, certain = end, True
        if number := re.match(r"\D{0,4}?(\d{1,2})\s*+[、.．]", match["name"]):
            numbers.add(int(number[1]))
        elif re.match(r"\s*+[一二三四五六七八九十（(]", match["name"]):
            numbers.clear()
        if re.match(r"\s*+[、.．]", masked[end:]):  # the next row's numbering follows the digits
            splits = [k for k in (1, 2) if end - k > start and _follows(masked[end - k : end], numbers)]
            certain, at = len(splits) == 1, end - (splits[0] if splits else 1)
            end = at if certain else end
        label = text[match.start("name") : match.end("name")].strip()
        digits = masked[start:end]
        if certain and len(measures) == 1:
            yield Printed(label, match["unit"], {"year": (start, end)}, "stated" if end == match.end("values") else "inferred")
        elif certain and digits.isdigit() and len(digits) == len(measures):
            yield Printed(label, match["unit"], {m: (start + i, start + i + 1) for i, m in enumerate(measures)}, "inferred")
        else:
            yield Printed(label, match["unit"], dict.fromkeys(measures, (start, end)), "unreadable")


def _follows(printed: str, numbers: set[int]) -> bool:
    """Whether a numbering may come after those seen: 1, or one more than one of them."""
    return not printed.startswith("0") and (int(printed) == 1 or int(printed) - 1 in numbers)
