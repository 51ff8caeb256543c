"""A page's number on a line or in a cell of its own."""

from __future__ import annotations

import re

_BESIDE = r"\s\-—–－·~第页共/"
# Any number that may be a page's: 5, - 5 -, 第5页, 5/12, 第5页 共12页.
PAGE_NUMBER = re.compile(rf"[{_BESIDE}]*\d{{1,3}}(?:[{_BESIDE}]+\d{{1,3}})?[{_BESIDE}]*")
# One that says so: - 5 - or 第5页 and what follows.
_SIGNED = r"(?:[-—–－]\s*+\d{1,3}\s*+[-—–－]|第\s*+\d{1,3}\s*+页[^\n|]{0,12})"
SIGNED_PAGE_NUMBER = re.compile(rf"\s*+{_SIGNED}\s*+")
_AT_FOOT = re.compile(rf"\n[^\S\n]*+{_SIGNED}[\s|]*\Z")


def before_page_number(text: str, start: int, end: int) -> int:
    """Where text[start:end] ends without a page's number at its foot, one that says so, on a line of its own."""
    number = _AT_FOOT.search(text, max(start, end - 60), end)
    return text.index("\n", start + len(text[start : number.start()].rstrip())) if number else end
