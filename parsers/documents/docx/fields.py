"""Fields of a Word file: a code, which is not printed, and its result, which is. Some store no result."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from parsers.documents.docx.names import W
from parsers.printed.decode import LOST

# Marks for an index, variables, a form's empty text, page furniture: what they leave out is no figure.
_PRINT_NOTHING = {"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "FORMTEXT", "FORMDROPDOWN", "FORMCHECKBOX", "HYPERLINK", "TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "GOTOBUTTON", "MACROBUTTON", "COMMENTS"}  # fmt: skip


@dataclass
class Fields:
    """The fields that are open where a text is read: of each, whether we are in its code, the code so far, whether it has printed a result."""

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
