"""A column beside the form's in running text, 序号 left of the labels or 备注 right of the figures: blanked out, so that what is left is
the form's own. Every place in the text stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.form.labels import Label, Zone, labels
from parsers.model import Note
from parsers.printed.cells import Span, adds_up, words
from parsers.printed.values import is_blank
from parsers.tables.blanks import label_columns
from parsers.tables.rows import PrintedRow

NUMBERED = re.compile(r"(?:序|编)[^\S\n]*号")  # heads a column of numbers left of the labels
_SERIAL = re.compile(r"(?:^|(?<=[\s|]))\t?(\d{1,3})[^\S\n\t|]*(?:[|\t\n][^\S\n\t|]*)?(?=[\s|]*$)")
_REMARKS = re.compile(r"(?:^|(?<=[|\t\n]))[^\S\n\t]*(?:备\s?注(?:说明)?|(?:情况)?说\s?明)[^\S\n\t]*(?:\|[^\S\n]*|(?=[\t\n])|$)")
_FEWEST = 3  # rows that are numbered on


def without_serials(text: str, zone: Zone) -> str:
    """The text without the numbers under 序号 before the zone's labels, if each row has its own, counted on from 1 (in each article of
    section 2 perhaps anew)."""
    if not NUMBERED.search(text, max(0, zone.start - 200), zone.end):
        return text
    found = labels(text, zone)
    spans: list[Span] = []
    floor, serial = zone.start, None
    for at, label in enumerate(found):
        serial = _serial(text, floor, label.numbered_from) or serial  # before the groups that a row begins with, or its own label
        floor = label.end
        if _heads(text, found, at):
            continue
        if label.kind == "row" and not serial:
            return text
        spans += [serial] if label.kind == "row" and serial else []
        serial = None
    counts = [int(re.sub(r"\D", "", text[start:end])) for start, end in spans]
    follows = all(after == before + 1 or (after == 1 and zone.section == "proactive_disclosure") for before, after in pairwise(counts))
    return _blanked(text, spans) if len(counts) >= _FEWEST and counts[0] == 1 and follows else text


def _heads(text: str, found: Sequence[Label], at: int) -> bool:
    """Does a label head the rows that follow, as （六）其他处理 does since 2021?"""
    if found[at].kind == "row" and found[at].item == "other" and at + 1 < len(found):
        return found[at + 1].item.startswith("other_") and not text[found[at].end : found[at + 1].numbered_from].strip(" \t\n|")
    return found[at].kind == "group"


def _serial(text: str, floor: int, end: int) -> Span | None:
    """A number as the last cell of text[floor:end], with the bar or tab that parts it from the next."""
    number = _SERIAL.search(text[floor:end])
    return (floor + number.start(), floor + number.end()) if number else None


def without_heads(text: str, zone: Zone) -> str:
    """The text without 备注 or 说明 where it is a whole cell of the zone."""
    return _blanked(text, [m.span() for m in _REMARKS.finditer(text, zone.start, zone.end)])


def without_remarks(text: str, rows: Sequence[PrintedRow]) -> tuple[str, list[Note]] | None:
    """The text without the cells right of the form's, and notes of what they print; None unless each row shows which cell that is.

    The cell must be blank or words: a number may be a figure's that has moved. Where blank cells leave no trace, the figures must add up.
    """
    spans: list[Span] = []
    notes: list[Note] = []
    for row in rows:
        place = _place(row)
        if not _shows_remark(text, row, place):
            return None
        if row.keeps_blanks and len(row.cells) > place:
            spans.append(_with_bar(text, *row.cells[place], row.end))
        elif row.rest < row.end:
            words = re.compile(r"[^|\t\n]*").match(text, row.rest, row.end)
            end = words.end() if words else row.end
            spans.append(_with_bar(text, row.rest, end, row.end))
            printed = text[row.rest : end].rstrip()
            message = f"法定表样没有的内容 (not of the form)：{printed[:200]}"
            notes.append(Note("row_not_on_form", message, row.rest, row.rest + len(printed)))
    return (_blanked(text, spans), notes) if not _moved(text, rows) else None


def _lead(row: PrintedRow) -> int:
    """How many blank cells stand before a row's figures."""
    return label_columns(row.section, row.item) - 1 if row.header.leads else 0


def _place(row: PrintedRow) -> int:
    """Which cell of a row stands right of the form's."""
    return _lead(row) + len(row.header.measures)


def _shows_remark(text: str, row: PrintedRow, place: int) -> bool:
    """Does a row print `place` cells and then a blank one, none but blank ones after it, or words? Or, where blank cells leave no trace,
    figures that add up?"""
    cells = row.cells
    if not row.keeps_blanks:
        cells = cells if len(cells) == place else words(text, cells)
        return not cells or (len(cells) == place and adds_up(text, cells))
    if len(cells) > place:
        return not text[row.rest : row.end].strip(" \t\n|") and all(is_blank(text[s:e]) for s, e in cells[place:])
    return len(cells) == place and row.rest < row.end


def _moved(text: str, rows: Sequence[PrintedRow]) -> bool:
    """May a remark like 无 stand in the place of a row's last figure, as where the row lost one?"""
    remarks = {text[slice(*cell)] for row in rows for cell in row.cells[_place(row) :]} - {""}
    whole = [row.cells[_lead(row) : _place(row)] for row in rows if row.header.measures and len(row.cells) >= _place(row)]
    return any(text[slice(*own[-1])] in remarks and not all(is_blank(text[s:e]) for s, e in own) for own in whole)


def _with_bar(text: str, start: int, end: int, limit: int) -> Span:
    """A cell with the bar after it or the tab before it."""
    bar = re.compile(r"\s*\|").match(text, end, limit)
    if bar:
        return start, bar.end()
    tab = re.search(r"\n?[^\S\n\t]*\t[^\S\n\t]*$", text[max(0, start - 40) : start])
    return (start - len(tab[0]), end) if tab else (start, end)


def _blanked(text: str, spans: Sequence[Span]) -> str:
    parts, at = list[str](), 0
    for start, end in spans:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]]) if spans else text
