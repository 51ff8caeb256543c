"""Which years a report's words speak of: the period its figures cover, and the year its overview opens with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.gaps import Span

_DATE = r"(?P<{0}year>20\d\d)\s*年\s*(?P<{0}month>\d{{1,2}})\s*月\s*(?P<{0}day>\d{{1,2}})\s*日"
_PERIOD = re.compile(
    r"(?:统计|数据|报告)[^。；;\n\d]{0,12}\s*(?:期限|时限|时间|周期|期间|期)\s*[^。；;\d]{0,8}"
    + _DATE.format("from_")
    + r"\s*(?:起|开始)?\s*[,，]?\s*(?:至|到|[—\-－~～]+)\s*"
    + _DATE.format("to_").replace("(?P<to_year>20\\d\\d)\\s*年", "(?:(?P<to_year>20\\d\\d)\\s*年)?")
)
_QUOTED = re.compile(r"《[^》]*》|[〔﹝\[【（(][^〕﹞\]】）)\n]*[〕﹞\]】）)]|<[^>\n]*>|“[^”\n]*”")
_OPENING = re.compile(
    r"[\s\u3000\xa0|]*(?P<year>20\d\d)\s*年度?(?!\s*(?:以来|起|来|底|末|初|至|到|之|前|后|和|与|、|[—\-－~～\d]|上半年|下半年|第))"
)


@dataclass(frozen=True)
class Period:
    """The period a report says its figures cover: two dates in ISO 8601, and where they are printed."""

    begins: str
    ends: str
    start: int
    end: int


@dataclass(frozen=True)
class Opening:
    """The year that a narrative opens with; `sole` when it names no other year as often, and the report's own nowhere."""

    year: int
    sole: bool
    start: int
    end: int


def stated_period(text: str) -> Period | None:
    """The first period that the text says its figures cover; a second year left out is the first one.

    >>> stated_period("本报告所列数据的统计期限自2020年1月1日起至12月31日止。").ends
    '2020-12-31'
    >>> stated_period("自2019年5月15日起施行，2020年1月1日至3月31日开展活动。") is None
    True
    """
    found = _PERIOD.search(text)
    if not found:
        return None
    begins = f"{found['from_year']}-{int(found['from_month']):02}-{int(found['from_day']):02}"
    ends = f"{found['to_year'] or found['from_year']}-{int(found['to_month']):02}-{int(found['to_day']):02}"
    return Period(begins, ends, found.start("from_year"), found.end())


def opening_year(text: str, where: Span, own: int) -> Opening | None:
    """The year that the text in a range opens with (2020年，我局…). Titles, document numbers and remarks are no years.

    `own` is the year reported on. A year that begins a span (2019年以来, 2019年至2020年) is not the year spoken of.

    >>> opening_year("2019年，样例局认真落实《2020年工作要点》。", (0, 24), 2020)
    Opening(year=2019, sole=True, start=0, end=5)
    >>> opening_year("2019年以来，样例局认真落实。", (0, 15), 2020) is None
    True
    """
    start, end = where
    printed = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text[start:end])
    found = _OPENING.match(printed)
    if not found:
        return None
    year = int(found["year"])
    sole = str(own) not in re.sub(r"\s", "", printed) and "本年" not in printed[:200]
    return Opening(year, sole, start + found.start("year"), start + found.end())
