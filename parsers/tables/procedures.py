"""Section 4 in running text, a procedure a row: the outcomes are printed once, above all three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.form.headers import outcomes_once
from parsers.form.labels import Label, Zone, labels
from parsers.printed.cells import Gap, Span, adds_up, split_gap, trim, words
from parsers.printed.normalise import fold, without_remarks
from parsers.printed.page_numbers import before_page_number
from parsers.tables.outcomes_in_text import PROCEDURES
from parsers.tables.rows import FormRow, PrintedCell, TableRows, TornRow

_BESIDE = re.compile(r"[\s|]*行政诉讼[\s|]*[（(]?\s*$")  # stands beside the two rows below it
_COUNTS = re.compile("数|量|件|率|[合总小]计")  # a word of a column (收到数量), not of the corner above the labels
_CORNER = re.compile(r"行政复议[、和与及\s|]*行政诉讼[\s|]*")


def read_procedures(text: str, zone: Zone) -> TableRows | None:
    """The three rows below the outcomes' words, all of them or none; None if these are not what the zone begins with."""
    if corner := _CORNER.match(text, zone.start, zone.end):
        zone = Zone(zone.section, corner.end(), zone.end)
    found = labels(text, zone)
    if not found or found[0].item != PROCEDURES[0]:  # else a part of a header of two levels
        return None
    measures = outcomes_once(text[zone.start : found[0].numbered_from])
    if measures is None or _has_column_before(text, zone.start):
        return None
    ends = [_end(text, label, following.numbered_from) for label, following in pairwise(found)]
    gaps = [_gap(text, label, end) for label, end in zip(found, [*ends, zone.end], strict=True)]
    whole = [_cells(text, zone.start, label, gap, len(measures)) for label, gap in zip(found, gaps, strict=True)]
    rows = [cells for cells in whole if cells]
    if [label.item for label in found] == list(PROCEDURES) and len(rows) == len(whole) and not _words_between(text, rows, ends):
        printed = ([PrintedCell(m, *span) for m, span in zip(measures, cells, strict=True)] for cells in rows)
        return TableRows(tuple(FormRow(zone.section, p, (), tuple(cells)) for p, cells in zip(PROCEDURES, printed, strict=True)))
    spans = [(label.item, *trim(text, label.end, gap.rest)) for label, gap in zip(found, gaps, strict=True)]
    torn = (TornRow(zone.section, item, (), measures, start, end) for item, start, end in spans if re.search(r"\d", text[start:end]))
    return TableRows(torn=tuple(torn))


def _has_column_before(text: str, start: int) -> bool:
    """Does a word stand before the outcomes that heads a column beside the form's?"""
    before = re.split(r"[\s|]+", without_remarks(text[max(0, start - 60) : start]).rstrip(" \t\n|"))[-1]
    return bool(_COUNTS.search(before)) and fold(before) not in ("件", "单位件")


def _end(text: str, label: Label, following: int) -> int:
    """Where the row ends: before 行政诉讼, if that stands before the next label."""
    beside = _BESIDE.search(text, label.end, following)
    return beside.start() if beside else following


def _gap(text: str, label: Label, end: int) -> Gap:
    closed = re.compile(r"\s*[）)]").match(text, label.end, end)  # of 行政诉讼（复议后起诉）
    start = closed.end() if closed else label.end
    return split_gap(text, start, before_page_number(text, start, end))


def _cells(text: str, header: int, label: Label, gap: Gap, n: int) -> tuple[Span, ...] | None:
    """The row's n cells: those below the header's words; else, as blank cells may have left no trace and a figure be broken in
    two, n printed ones in a row, if they add up."""
    if gap.mode != "spaces" and (below := _below(text, header, label, n)):
        return below
    cells = words(text, gap.cells) if gap.mode == "spaces" else gap.cells
    printed = [index for index, (s, e) in enumerate(cells) if s < e]
    if len(printed) != n or printed[-1] - printed[0] != n - 1:
        return None
    cells = cells[printed[0] : printed[-1] + 1]
    return cells if adds_up(text, cells, blank=0) else None


def _below(text: str, header: int, label: Label, n: int) -> tuple[Span, ...] | None:
    """The cells of the label's line below the header's, in as many cells as its line has.

    Where one is blank they must add up: it may be a merged cell's, or fill up a row that lost one.
    """
    above, line = _line(text, header), _line(text, label.end - 1)
    first = next(i for i, (s, e) in enumerate(above) if s <= header < e)
    own = next((i for i, (s, e) in enumerate(line) if s < label.end <= e), first)
    cells, beside = line[first : first + n], line[own + 1 : first] + line[first + n :]
    if own >= first or len(above) != len(line) or len(cells) != n or any(s < e for s, e in beside):
        return None
    return tuple(cells) if all(s < e for s, e in cells) or adds_up(text, cells, blank=0) else None


def _line(text: str, place: int) -> list[Span]:
    """The cells between the bars or tabs of the line at a place."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    edges = [start - 1, *(m.start() for m in re.compile(r"[|\t]").finditer(text, start, end if end >= 0 else len(text)))]
    edges.append(end if end >= 0 else len(text))
    return [trim(text, a + 1, b) for a, b in pairwise(edges)]


def _words_between(text: str, rows: Sequence[Sequence[Span]], ends: Sequence[int]) -> bool:
    """Does something stand between two rows: a row that is not the form's?"""
    return any(text[cells[-1][1] : end].strip(" \t\n|") for cells, end in zip(rows, ends, strict=False))
