"""Section 4 as nothing but its fifteen figures under the heading: only the sums can tell that they are the form's.

四、政府信息公开行政复议、行政诉讼情况
3 1 0 2 6 0 0 1 3 4 1 0 0 0 1
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.form.headers import outcome_counts, outcomes
from parsers.model import Heading, Note
from parsers.printed.cells import is_value_like
from parsers.tables.outcomes_in_text import PROCEDURES
from parsers.tables.rows import TableRows, TornRow

SECTION = "review_litigation"
_WORD = re.compile(r"[^\s|]+")
_FEWEST = 5  # figures that are a row


def bare_outcomes(text: str, headings: Sequence[Heading]) -> TableRows:
    """The procedures' rows as rows that came apart, which the form's sums may read, where as many figures as cells and nothing else stand
    under the heading; a note where they are another number."""
    ends = [heading.start for heading in headings[1:]] + [len(text)]
    for heading, following in zip(headings, ends, strict=False):
        words = list(_WORD.finditer(text, heading.end, following)) if heading.section == SECTION else []
        figures = [word for word in words if any(char.isdecimal() for char in word[0])]
        if len(figures) < _FEWEST or not all(is_value_like(word[0]) for word in words):
            continue
        start, end = figures[0].start(), figures[-1].end()
        if len(words) in outcome_counts() and all(word[0].isdecimal() for word in words):
            return TableRows(torn=tuple(TornRow(SECTION, p, (), outcomes(), start, end, in_order=True) for p in PROCEDURES))
        message = f"第四部分标题下只有 {len(figures)} 个数字，没有表头，不能断定各是哪一格 (figures without a header under the heading of section 4)"
        return TableRows(notes=(Note("header_unknown", message, start, end),))
    return TableRows()
