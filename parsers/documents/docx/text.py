"""What a paragraph or a cell of a Word file prints: hidden and deleted text is left out, fields show their results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from parsers.printed.canonical import struck
from parsers.printed.decode import LOST

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_IN_LINE = {f"{_MATH}{name}" for name in ("oMath", "oMathPara", "r", "t")}  # what else a formula has stands above, below or apart
_SPACE = etree.Element(f"{W}tab")  # printed after a run that stands apart
_DROPPED = {f"{W}{name}" for name in ("del", "moveFrom", "footnoteReference", "pPr", "rPr", "rt")} | {FALLBACK}
MAX_BASED = 20  # styles on styles; Word takes no more than eleven, and a file may turn in a circle
_RUNS = {f"{W}r", f"{_MATH}r"}
_PARAGRAPH, _FIELD, _SYMBOL = f"{W}p", f"{W}fldChar", f"{W}sym"
_CODE_OF_FIELD, _SIMPLE_FIELD = f"{W}instrText", f"{W}fldSimple"
_LETTERS, _FONTS = f"{W}t", f"{W}rFonts"
_TEXT, _BREAKS = {_LETTERS, f"{_MATH}t"}, {f"{W}br", f"{W}cr"}
_PRINTED = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"} | dict.fromkeys([*_TEXT, _SYMBOL], "")  # by tag
_PRINTED |= {  # what Word puts in when it prints: numbers of pages, days, what is written by hand
    f"{W}{name}": LOST for name in ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong", "contentPart")
}
_TELLING = [  # all that prints something or says what of the rest is printed
    *(_DROPPED - {f"{W}pPr", f"{W}rPr"}), *_PRINTED, *_BREAKS, _PARAGRAPH, _FIELD, _CODE_OF_FIELD, _SIMPLE_FIELD, f"{_MATH}*",
    *(f"{W}{name}" for name in ("vanish", "specVanish", "strike", "dstrike", "vertAlign", "position", "rFonts")),
]  # fmt: skip
_CODE = re.compile("[0-9A-Fa-f]{1,4}")
_SIGNS = {"Wingdings", "Webdings"}
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}


def is_on(style: etree._Element, name: str) -> bool:
    """Is a property set? Word writes it without a value, or with one that may say no."""
    found = style.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "none", "off")


def _is_raised(style: etree._Element) -> bool:
    """Is a run above or below the line?"""
    return value_of(style, "vertAlign") in ("superscript", "subscript") or value_of(style, "position") not in ("", "0")


def _are_of_signs(fonts: etree._Element | None) -> bool:
    """Is a run set in a font of signs, in which a digit is a picture?"""
    return fonts is not None and fonts.get(f"{W}ascii", "").split(" ")[0] in _SIGNS


def _sign(char: str) -> str:
    """A character of a font of signs as its place there, which is no letter and no digit."""
    return chr(ord(char) | 0xF000) if " " < char < "\x7f" else char


def text_of(element: etree._Element) -> str:
    """What an element prints: runs joined, tabs and breaks as white space, paragraphs on lines; deletions are not printed."""
    parts: list[str] = []
    for node in element.iter(*_TELLING):
        tag = node.tag
        if tag == _LETTERS:
            parts.append(node.text or "")
        elif tag in _BREAKS or tag == _PARAGRAPH:
            parts += _line_end(tag, parts)
        elif tag != _FONTS or _are_of_signs(node):
            return _walked(element)
    return "".join(parts).strip()


def _walked(element: etree._Element) -> str:
    """`text_of` for an element that holds more than paragraphs of plain text."""
    parts: list[str] = []
    fields = Fields()
    stack = [element]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in _DROPPED or not isinstance(tag, str):
            continue
        if tag in _RUNS and (style := node.find(f"{W}rPr")) is not None:
            if is_on(style, "vanish") or is_on(style, "specVanish"):
                continue
            if is_on(style, "strike") or is_on(style, "dstrike"):
                parts.append(f" {struck(''.join(map(_printed, node.iter())))} ")
                continue
            if _are_of_signs(style.find(_FONTS)) and node.find(f"{W}t") is not None and not fields.in_code:
                parts.append("".join(map(_sign, "".join(map(_printed, node.iter())))))
                continue
            if _is_raised(style):
                parts.append(" ")  # 5 and a footnote's 1 are not 51
                stack.append(_SPACE)
        if tag == _FIELD:
            parts.append(fields.mark(node))
        elif tag == _CODE_OF_FIELD:
            fields.code(node.text or "")
        elif tag == _SIMPLE_FIELD and not len(node):
            parts.append(without_result(node.get(f"{W}instr", "")))
        elif tag in _PRINTED:
            if not fields.in_code:
                parts.append(_printed(node))
                if parts[-1]:
                    fields.print_result()
        elif tag in _PICTURES:
            fields.print_result()
        elif tag.startswith(_MATH) and tag not in _IN_LINE:
            parts.append(" ")  # a half is not 12
            stack.append(_SPACE)
        elif tag in _BREAKS or tag == _PARAGRAPH:
            parts += _line_end(tag, parts)
        stack.extend(reversed(node))
    return "".join(parts).strip()


def _line_end(tag: str, parts: Sequence[str]) -> str:
    """What ends a line at a break or before a paragraph, unless it has ended or there is none."""
    return "\n" if tag != _PARAGRAPH or (parts and parts[-1] != "\n") else ""


def _printed(node: etree._Element) -> str:
    """What a node itself prints, without what is in it."""
    if node.tag in _TEXT:
        return node.text or ""
    if node.tag == _SYMBOL:  # never a digit, so that a number with one is none
        code = node.get(f"{W}char", "")
        return chr(int(code, 16) | 0xF000) if _CODE.fullmatch(code) else LOST
    return _PRINTED.get(str(node.tag), "")


def lines_of_styles(styles: etree._Element) -> dict[str, list[etree._Element]]:
    """Each style by its name, followed by the styles that it is based on."""
    named = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    found = {}
    for name, style in named.items():
        line = [style]
        while len(line) < MAX_BASED and (below := named.get(value_of(line[-1], "basedOn"))) is not None:
            line.append(below)
        found[name] = line
    return found


def value_of(element: etree._Element | None, path: str) -> str:
    """The value of the property at a path (`pPr/pStyle`), empty if there is none."""
    found = property_of(element, path)
    return str(found.get(f"{W}val", "")) if found is not None else ""


def property_of(element: etree._Element | None, path: str) -> etree._Element | None:
    """The element at a path, None if there is none. Most often the first step finds none: so one after the other."""
    for tag in _tags(path):
        element = element.find(tag) if element is not None else None
    return element


@cache
def _tags(path: str) -> list[str]:
    return [f"{W}{name}" for name in path.split("/")]


# -- fields ------------------------------------------------------------------------------------------------------------

# Marks for an index, variables, a form's empty text, page furniture: what they leave out is no figure.
_PRINT_NOTHING = {"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "FORMTEXT", "FORMDROPDOWN", "FORMCHECKBOX", "HYPERLINK", "TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "GOTOBUTTON", "MACROBUTTON", "COMMENTS"}  # fmt: skip


@dataclass
class Fields:
    """A field has a code, which is not printed, and a result, which is; some store no result. Those that are open where a text is read: of each, whether we are in its code, the code so far, whether it has printed a result."""

    codes: list[tuple[bool, str, bool]] = field(default_factory=list)

    @property
    def in_code(self) -> bool:
        return any(is_code for is_code, _, _ in self.codes)

    def print_result(self) -> None:
        """What is printed now is a result of all fields that are open."""
        if not all(has_result for _, _, has_result in self.codes):
            self.codes = [(is_code, code, True) for is_code, code, _ in self.codes]

    def mark(self, mark: etree._Element) -> str:
        """Go on to a field's begin, separator or end; what it prints itself: a form's choice, or U+FFFD where no result is stored."""
        kind = mark.get(f"{W}fldCharType", "")
        if kind == "begin":
            printed = "" if self.in_code else _of_form(mark.find(f"{W}ffData"))
            self.codes.append((True, "", False))
            return printed
        if kind == "separate" and self.codes:
            self.codes[-1] = (False, *self.codes[-1][1:])
        elif kind == "end" and self.codes:
            _, code, has_result = self.codes.pop()
            return "" if has_result or self.in_code else without_result(code)
        return ""

    def code(self, text: str) -> None:
        if self.codes:
            is_code, before, has_result = self.codes[-1]
            self.codes[-1] = (is_code, before + text, has_result)


def without_result(code: str) -> str:
    """What is read of a field that stores no result.

    >>> without_result(" =SUM(ABOVE) ") == "\\ufffd", without_result(' XE "样例" ')
    (True, '')
    """
    words = code.split()
    return "" if not words or words[0].upper() in _PRINT_NOTHING else LOST


def _of_form(data: etree._Element | None) -> str:
    """The choice in a list of a form, the box that is ticked or not; a text's is the field's result."""
    if data is None:
        return ""
    choices, box = data.find(f"{W}ddList"), data.find(f"{W}checkBox")
    if choices is not None:
        entries = [entry.get(f"{W}val", "") for entry in choices.iterfind(f"{W}listEntry")]
        chosen = next(
            (found.get(f"{W}val", "0") for name in ("result", "default") if (found := choices.find(f"{W}{name}")) is not None), "0"
        )
        return entries[int(chosen)] if chosen.isdecimal() and len(chosen) < 10 and int(chosen) < len(entries) else ""
    if box is not None:
        state = next((found.get(f"{W}val", "1") for name in ("checked", "default") if (found := box.find(f"{W}{name}")) is not None), "0")
        return "☑" if state not in ("0", "false") else "☐"
    return ""
