"""Where the labels of the form stand in running text."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import islice

from parsers.form.editions import (
    also_columns,
    balance_note,
    column_labels,
    editions,
    group_labels,
    numbers_before,
    row_items,
    rows_before,
    spellings,
)
from parsers.printed.alternatives import one_of
from parsers.printed.cells import cell_begins
from parsers.printed.normalise import normalise, normalise_with_places, simplify

SECTIONS = ("proactive_disclosure", "applications", "review_litigation")
MAX_LABELS = 2000  # in one zone; the form has about fifty, and other words that read like its own are few
_ARTICLE = "第二十条第?[一二三四五六七八九]项"
CONTENT = "信息内容"
_REMARK = re.compile(  # what stands in brackets below blank cells may be the next label's numbering
    r"[”\"’』」]*+(?:[^\S\n\t]*+|\s*+(?![（(\s*+[一二三四五六七八九十\d]{1,2}\s*+[)）]))[（(\[][^（()）]{0,200}[)）\]]"
)
_AFTER = re.compile('[”"’』」*＊:：\\u200b\\ufeff]+')
_MARKS = '“"‘『「*＊#•●★\u200b\ufeff'  # may stand between a cell and the label of the next row
_GOES_ON = re.compile(r"[^\S\n\t]*+[一-鿿]")
_NOTE = re.compile(r"[^\S\n|]*+[（(]?(?:注|备注|附注|说明|注释)\s*+\d?\s*+[:：]")
_FIGURES = re.compile(r"^[^\S\n]*+\d++(?:[\s|]++\d++)+\s*$|\s\d++(?:[\s|]++\d+){2}", re.MULTILINE)
_NUMBERING = re.compile(
    r"(?:[（(]\s*+[一二三四五六七1-7]\s*+[)）]|[一二三四五六七]\s*+[、.．,，]|(?<!\d)\d\s*\\?[.．、,，]|[①-⑳⑴-⒛㈠-㈩])\s*$"
)


# Where the words of a table begin in a text as it is printed, which has lost the table's borders: what stands above is prose.
OPENS_A_TABLE = re.compile(
    rf"第二十条第\s*+[（(].[)）]\s*+项[\s|]*(?={CONTENT}|规章|行政|本年|上一年|采购)|{CONTENT}|申请人情况|本列数据的勾稽"
    r"|结果\s*+维持[\s|]*结果\s*+纠正|本年新收政府信息公开申请数量|指标名称\s*+计量单位|\|"
)


@dataclass(frozen=True)
class Zone:
    """A stretch of text that prints one section's table."""

    section: str
    start: int
    end: int


@dataclass(frozen=True)
class Label:
    """A label of the form in a text. kind: row, group, article (第二十条第（一）项), content (信息内容).

    `numbered_from` is where its numbering begins, `end` where the remark in brackets after it ends.
    """

    kind: str
    item: str
    start: int
    end: int
    numbered_from: int


def zones(text: str, start: int, end: int, breaks: Collection[int]) -> list[Zone]:
    """The stretches of text[start:end] that print tables, one a section. A zone ends at the next one or at a break."""
    normalised, places = normalise_with_places(text, start, end)
    found = sorted((places[m.start()], s) for s in SECTIONS if (m := _opening(s).search(normalised)))
    result = []
    for index, (begin, section) in enumerate(found):
        limits = [end, *(b for b in breaks if b > begin), *(place for place, _ in found[index + 1 :])]
        result.append(Zone(section, begin, min(limits)))
    return result


@cache
def _opening(section: str) -> re.Pattern[str]:
    """What a section's table begins with in normalised text, and prose does not have."""
    if section == "proactive_disclosure":
        after = one_of([CONTENT, "本年新", *column_labels(section), *row_items(section)])
        return re.compile(f"{_ARTICLE}(?={after})|{CONTENT}(?={one_of(column_labels(section))}|本年新)")
    if section == "applications":
        received = one_of(spellings("一、本年新收政府信息公开申请数量"))
        last = one_of(spellings("四、结转下年度继续办理"))
        note = balance_note().partition("第一项")[0]
        told = r"(?!量?[共为是达计总]*\d+[件宗例])"  # by a sentence: 本年新收政府信息公开申请数量为30件
        return re.compile(f"{note}(?=.{{0,40}}申请人情况)|申请人情况(?=.{{0,8}}自然人|{note})|(?:{received}){told}|四(?:{last})(?=\\d)")
    return re.compile("行政复议行政诉讼(?=结果|未经复议|结结)|结果维持结果纠正其他结果")


@cache
def _label_pattern(section: str) -> re.Pattern[str]:
    article = f"(?P<article>{_ARTICLE})|(?P<content>{CONTENT})|" if section == "proactive_disclosure" else ""
    rows, groups = one_of(row_items(section)), one_of(group_labels(section))
    return re.compile(f"{article}(?P<row>{rows})|(?P<group>{groups})")


def labels(text: str, zone: Zone) -> list[Label]:
    """The form's labels in a zone, in printed order; none of so many that this is no table."""
    normalised, places = normalise_with_places(text, zone.start, zone.end)
    found: list[Label] = []
    named = _Named()
    matches = list(islice(_label_pattern(zone.section).finditer(normalised), MAX_LABELS + 1))
    if len(matches) > MAX_LABELS:
        return []
    for match in matches:
        start, end = places[match.start()], places[match.end() - 1] + 1
        if found and start < found[-1].end:
            continue  # named in the remark of the label before
        if _in_brackets(text, zone.start, start):
            continue  # named in a remark of a row that is not on the form
        line = max(zone.start, text.rfind("\n", zone.start, start) + 1)
        if start - line < 300 and _NOTE.match(text, line, start):
            continue  # named in a note below the table
        if match.lastgroup == "row" and _ends_a_longer(text, found[-1].end if found else zone.start, start):
            continue  # 其他规范性文件 is not 规范性文件
        kind = str(match.lastgroup)
        item = row_items(zone.section)[match[0]][0] if kind == "row" else match[0]
        if match[0] in also_columns(zone.section) and not _follows(zone.section, item, named.last):
            continue  # a column of the header; as rows these two follow those of （六）其他处理, or the row printed before
        remark = _REMARK.match(text, end, zone.end)
        if remark and _FIGURES.search(remark[0]):  # figures printed amid the lines of a label
            remark = None
        if remark := remark or _AFTER.match(text, end, zone.end):
            end = remark.end()
        begin = _numbered_from(text, item, found[-1].end if found else zone.start, start)
        if match[0] == "其他" and (
            ((number := normalise(text[begin:start])) and number not in numbers_before("其他")) or _GOES_ON.match(text, end)
        ):
            continue  # 3.其他 of （六）其他处理 is numbered as its edition has it; another number is another row's, as is 其他主动公开文件
        found.append(Label(kind, item, start, end, begin))
        named.add(found[-1])
    return found


def _follows(section: str, item: str, before: str) -> bool:
    """May a row stand below what was named before?"""
    return before.startswith("other") or before in rows_before(section, item) or before == item == "handled"


class _Named:
    """What the labels so far name, a group's that is repeated beside each of its rows apart."""

    def __init__(self) -> None:
        self._row = ""
        self._seen: set[str] = set()
        self._below: dict[str, None] = {}  # the groups below the last row, in printed order

    def add(self, label: Label) -> None:
        """The next label in printed order."""
        if label.kind != "group":
            self._row = label.item
            self._below.clear()
        elif label.item in self._seen:
            self._below.pop(label.item, None)
        else:
            self._seen.add(label.item)
            self._below[label.item] = None

    @property
    def last(self) -> str:
        """The item or group that the label printed last names; a group's that is repeated names nothing new."""
        return next(reversed(self._below), self._row)


def _in_brackets(text: str, floor: int, place: int) -> bool:
    """Is a bracket open at this place of its cell or line?"""
    floor = max(floor, place - 300)
    if text.find("(", floor, place) < 0 and text.find("（", floor, place) < 0:
        return False
    cell = text[cell_begins(text, floor, place) : place]
    opened = max(cell.rfind("("), cell.rfind("（"))
    return opened >= 0 and not re.search("[)）]", cell[opened:])


def _ends_a_longer(text: str, floor: int, place: int) -> bool:
    """Does the cell or line begin with a few Chinese characters that run on into the label found here?"""
    floor = max(floor, place - 12)
    begin = cell_begins(text, floor, place)
    return begin > floor and bool(re.fullmatch("[一-鿿]{2,6}", text[begin:place].strip()))


@cache
def _numbering_digit(item: str) -> str | None:
    """The form's own digit before a row's label: 2 of 2.没有现成信息需要另行制作."""
    for edition in editions():
        for row in (row for grid in edition.grids for row in grid.rows if row.item == item):
            return row.label[0] if row.label[0].isdigit() else None
    return None


def _numbered_from(text: str, item: str, floor: int, start: int) -> int:
    """Where a label's numbering begins, or a mark before it. After glued digits only the form's own digit belongs to the label."""
    start = _before_marks(text, floor, start)
    before = simplify(text[max(floor, start - 8) : start])
    digit = _numbering_digit(item)
    own = re.search(rf"{digit}\s*\\?[.．、,，]\s*$", before) if digit else None
    numbering = own or _NUMBERING.search(before)
    return _before_marks(text, floor, start - len(before) + numbering.start()) if numbering else start


def _before_marks(text: str, floor: int, place: int) -> int:
    while place > floor and text[place - 1] in _MARKS:
        place -= 1
    return place
