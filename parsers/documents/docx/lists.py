"""The numbers that Word prints before the items of its lists, written into their paragraphs: （一） is nowhere in such a file's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from parsers.documents.docx.text import FALLBACK, W, lines_of_styles, text_of, value_of
from parsers.documents.package import whole_number

_DEEPEST = 8


def _chinese(number: int) -> str:
    """一 to 九十九.

    >>> [_chinese(n) for n in (1, 10, 12, 20, 45)]
    ['一', '十', '十二', '二十', '四十五']
    """
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    if number >= 100:
        return "".join(digits[int(d)] for d in str(number))
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones else "")


def _letters(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    signs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalEnclosedCircle": lambda number: chr(0x245F + number) if number <= 20 else str(number),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}
_FORMATS |= dict.fromkeys(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"), _chinese
)
_FORMATS["decimalEnclosedCircleChinese"] = _FORMATS["decimalEnclosedCircle"]


@dataclass
class _Level:
    """How one level of a list is numbered: its first number, the format of a number, and the text around it (（%1）)."""

    start: int
    form: str
    text: str
    apart: bool


@dataclass
class _List:
    """A list: its levels, and how far each is counted."""

    levels: dict[int, _Level]
    counted: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """The number of the next item at this level, as it is printed; empty for a bullet or a way of counting not known here."""
        level = self.levels[depth]
        self.counted[depth] = self.counted.get(depth, level.start - 1) + 1
        for deeper in [d for d in self.counted if d > depth]:
            del self.counted[deeper]
        forms = {d: _FORMATS.get(self.levels[d].form) for d in self.levels}

        def number(match: re.Match[str]) -> str:
            d = int(match[1]) - 1
            shown = forms.get(d)
            return shown(min(max(self.counted.get(d, self.levels[d].start), 0), 9999)) if shown else ""

        return re.sub(r"%([1-9])", number, level.text) if forms[depth] else ""


def number_lists(root: etree._Element, numbering: etree._Element, styles: etree._Element | None) -> None:
    """Write the number of each item of a list before the text of its paragraph."""
    lists, by_style = _lists(numbering), _numbered_styles(styles) if styles is not None else {}
    for paragraph in root.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        found = _place(properties) or by_style.get(value_of(properties, "pStyle")) if properties is not None else None
        if not found or properties is None or properties.find(f"{W}rPr/{W}del") is not None:
            continue
        of, depth = lists.get(found[0]), min(int(found[1] or 0), _DEEPEST)
        if of is None or depth not in of.levels or next(paragraph.iterancestors(FALLBACK), None) is not None:
            continue
        if (number := of.next(depth)) and (text_of(paragraph) or _fills_cell(paragraph)):
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = number
            if of.levels[depth].apart:
                etree.SubElement(run, f"{W}tab")
            properties.addnext(run)


def _fills_cell(paragraph: etree._Element) -> bool:
    """Is a paragraph without text all that a cell has? Then its number is what the cell prints."""
    cell, before = paragraph.getparent(), paragraph.getprevious()
    is_only = paragraph.getnext() is None and (before is None or before.tag == f"{W}tcPr")
    return is_only and cell is not None and cell.tag == f"{W}tc"


def _place(properties: etree._Element) -> tuple[str, str] | None:
    """The list that a paragraph or a style names, and the level in it."""
    if not (number := value_of(properties, "numPr/numId")):
        return None
    level = value_of(properties, "numPr/ilvl")
    return number, level if level.isdecimal() else ""


def _numbered_styles(styles: etree._Element) -> dict[str, tuple[str, str]]:
    found = {}
    for name, line in lines_of_styles(styles).items():
        places = (_place(properties) for style in line if (properties := style.find(f"{W}pPr")) is not None)
        if place := next(filter(None, places), None):
            found[name] = place
    return found


def _lists(numbering: etree._Element) -> dict[str, _List]:
    """The lists by their numbers. Those of one design count on together, unless one says where it starts."""
    designs = {design.get(f"{W}abstractNumId", ""): _List(_levels(design)) for design in numbering.iter(f"{W}abstractNum")}
    found = {}
    for number in numbering.iter(f"{W}num"):
        design = designs.get(value_of(number, "abstractNumId"))
        if design is None:
            continue
        levels, starts = dict(design.levels), False
        for changed in number.iter(f"{W}lvlOverride"):
            depth = whole_number(changed.get(f"{W}ilvl"), -1)
            levels |= _levels(changed)
            start = value_of(changed, "startOverride")
            if start.isdecimal() and depth in levels:
                old = levels[depth]
                levels[depth] = _Level(int(start[:5]), old.form, old.text, old.apart)
                starts = True
        found[number.get(f"{W}numId", "")] = _List(levels) if starts else _List(levels, design.counted)
    return found


def _levels(design: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in design.iter(f"{W}lvl"):
        depth, start = whole_number(level.get(f"{W}ilvl"), -1), value_of(level, "start")
        if 0 <= depth <= _DEEPEST:
            first = int(start[:5]) if start.isdecimal() else 0
            apart = value_of(level, "suff") != "nothing"
            found[depth] = _Level(first, value_of(level, "numFmt") or "decimal", value_of(level, "lvlText")[:40], apart)
    return found
