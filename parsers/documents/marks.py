"""Markdown's own signs within a line or a cell."""

from __future__ import annotations

import re
from html import unescape

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<!--(?:[^<]|<(?!!--)){0,2000}?-->|</?(?:span|font|b|strong|i|em|u|p|div|center|a)\b[^<>\n]{0,300}>", re.IGNORECASE)
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,200})\]\([^()\s]{1,500}(?:\s+\"[^\"\n]{0,200}\")?\)")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|__)(?=\S)([^*_\n]+?)(?<=\S)\1")
_MARKED = re.compile(r"[*_<&\\\[]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Words with attributes, as pandoc prints them. What an editor has struck out or noted stays as it is: no number is read from it.
_ATTRIBUTES = re.compile(r"\[([^\[\]]*)\]\{(?![^{}]*(?:deletion|comment|strike))[^{}]*\}")
DEPTH = 4  # attributes within attributes


def without_marks(source: str) -> str:
    """What a line or cell prints, without Markdown's own signs and the HTML that converters leave in it.

    >>> without_marks("**规章**"), without_marks("本年新<br>制作数量"), without_marks("&nbsp;"), without_marks(r"\\-18"), without_marks("[样例](a.html)")
    ('规章', '本年新\\n制作数量', '\\xa0', '-18', '样例')
    >>> without_marks('[1]{lang="EN-US"}[425]{lang="EN-US"}'), without_marks('[1]{.deletion author="甲"}425')
    ('1425', '[1]{.deletion author="甲"}425')
    >>> without_marks("5*"), without_marks("~~5~~6")
    ('5*', '~~5~~6')
    """
    if not _MARKED.search(source):
        return source
    for _ in range(DEPTH):
        source = _ATTRIBUTES.sub(r"\1", source)
    text = _LINK.sub(lambda link: "" if link[1] else link[2], _TAG.sub("", _BREAK.sub("\n", source)))
    return unescape(_ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))))
