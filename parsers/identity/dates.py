"""The dates of a report: when the page says it was published, which period it covers, the date under its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from parsers.identity.names import kind_of, squeezed
from parsers.identity.titles import plain, read_title
from parsers.model import Document, Section
from parsers.printed.cells import trim

_DATE = re.compile(r"(20[0-3]\d)\s*+[-‐‑–/.年]\s*+(\d{1,2})\s*+[-‐‑–/.月]\s*+(\d{1,2})(?!\d)(?:\s*+日|\s*)")
_RUN_TOGETHER = re.compile(r"(20[0-3]\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_IN_WORDS = r"20[0-3]\d\s*+年\s*+[一二三四五六七八九十]{1,2}\s*+月\s*+[一二三四五六七八九十]{1,3}\s*+日"
_CLOCK = r"\d\d?:\d\d(?::\d\d)?"
# What a page calls the day it published a document; 日期 and 时间 alone, but not 成文日期, 起草时间, 统计时间.
_PUBLISHED = re.compile(
    r"(?:(?:发布|(?P<written>发文)|公开|发稿|公布|发表|刊登|登载|上传|推送|颁布)(?:[（(][一-鿿]{1,3}[)）])?\s*+(?:日\s*+期|时\s*+间)|发布于|Published Time"
    r"|(?<![一-鿿])(?P<bare>日\s*+期|时\s*+间))\s*+[】\]]?\s*+[:：|]?\s*+[\[【]?\s*+"
    rf"(?P<date>{_DATE.pattern}|{_IN_WORDS}|{_RUN_TOGETHER.pattern})"
)
# A line that gives the date without a word for it: with a clock, or beside the page's source.
_UNNAMED = re.compile(
    rf"^[^\S\n]*+(?:[^\s\d:：]{{2,20}}网(?:站)?\s++)?[\[【(（]?\s{{0,20}}+(?P<first>{_DATE.pattern})(?=\s*+[\]】)）]?\s*+(?<=\s)(?:{_CLOCK}\s*+)?(?:来源|信息来源|作者|浏览|字体|字号|点击)|\s++{_CLOCK}\s*+[\]】)）]?\s*$)"
    rf"|(?:来源|作者)\s*+[:：][^\n:：]{{0,30}}\s(?P<last>{_DATE.pattern})(?=\s|$)",
    re.MULTILINE,
)
_ALONE = re.compile(rf"[\[【(（]?(?P<date>{_DATE.pattern})[\]】)）]?$")
_PERIOD = re.compile(
    r"(20[0-3]\d)(?<!\d.{4})\s*+年\s*+(\d{1,2})\s*+月\s*+(\d{1,2})\s*+日?\s*+(?:起|开始)?\s*+[,，]?\s*+[至到—\-－–~～]++\s*+"
    r"(?:(?<!\d)(20[0-3]\d)\s*+年\s*+)?(?:当年|同年)?(?:(\d{1,2})\s*+月\s*+(\d{1,2})\s*+日)?"
)
_OF_REPORT = re.compile(r"统计|期限|数据|时限|起止|周期|报告期|涵盖|时段|本报告|本年报|年度报告")
_CHINESE_DATE = r"(?:20[0-3]\d|二[〇○◯零ＯO0ОΟ][一二三四五六七八九〇○◯零ＯO0ОΟ]{2})\s*+年\s*+[\d一二三四五六七八九十]{1,3}\s*+月\s*+[\d一二三四五六七八九十]{1,3}\s*+日?"
_SIGNED = re.compile(
    rf"^(?:(?P<name>[一-鿿（）()]{{4,40}}?)|(?:报告|编制|填报|落款|成文)?(?:日期|时间)[:：])?[,，]?\s*(?P<date>{_CHINESE_DATE}|20\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})$"
)
_SEAL = re.compile(r"^(?:[一-鿿]{0,2}(?:单位|机关)(?:名称)?|落款|署名)(?:[（(][公盖印]?章[)）])?[:：]|[（(][公盖印]?章[)）]")
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")}


def published_on(document: Document, text: str, opening: int, sections: Sequence[Section]) -> str | None:
    """The day of publication that the page states: in its meta tags, near the title, or under the text; ISO 8601.

    `text` is the document's as `plain` gives it.
    """
    if "published_on" in document.stated:
        return as_iso(document.stated["published_on"])
    if "fidelity" in document.stated:
        return None
    head, tail = text[:opening], text[max((s.end for s in sections), default=len(text)) :]
    named = [*_PUBLISHED.finditer(head), *(match for match in _PUBLISHED.finditer(tail) if not match["bare"])]
    named = [match for match in named if not match["written"]] or named  # 发文 is when it was written, unless nothing else is said
    unnamed = next(_UNNAMED.finditer(head), None)
    printed = named[0]["date"] if named else (unnamed["first"] or unnamed["last"]) if unnamed else _below_title(head)
    return as_iso(printed) if printed else None


def _below_title(text: str) -> str | None:
    """A date that is all there is on the line below a title."""
    lines = [line for printed in text.split("\n") if (line := printed.strip(" \t|"))]
    dates = (match["date"] for above, line in pairwise(lines) if (match := _ALONE.match(line)) and read_title(above))
    return next(dates, None)


def signature(document: Document, text: str, sections: Sequence[Section]) -> tuple[str | None, str | None]:
    """The name and the date under the text, each on a line of its own or both on one; the date in ISO 8601.

    Looked for from the start of the last section on: what is printed after it (a chart, links) may stand below.
    """
    if "fidelity" in document.stated:
        return None, as_iso(document.stated.get("signed_on", ""))
    if not sections:
        return None, None
    lines = [_SEAL.sub("", re.sub(r"\s+", "", line)) for line in text[sections[-1].start :].split("\n")]
    lines = [line for line in lines if line.strip("|")]
    for at, line in enumerate(lines):
        if match := _SIGNED.match(line.strip("|")):
            below = "".join(lines[at + 1 : at + 2])
            around = (match["name"], lines[at - 1] if at else None, None if below.endswith("政府") else below)  # whose site it is
            names = (words for words in around if words and re.fullmatch("[一-鿿（）()]{4,40}", words) and kind_of(squeezed(words)))
            return next(names, None), as_iso(match["date"])
    return _undated(lines), None


def _undated(lines: Sequence[str]) -> str | None:
    """The name that is the last line of all, after the end of a sentence: a signature without a date."""
    above, last = lines[-2:] if len(lines) > 1 else ("", "")
    ended = re.search("[。；]$|^(?:暂?无|没有)", above)
    return (
        last
        if ended
        and re.fullmatch("[一-鿿（）()]{6,40}", last)
        and kind_of(squeezed(last)) in ("placed", "national")
        and not last.endswith("政府")
        else None
    )


def period(text: str) -> tuple[int, tuple[int, int]] | None:
    """The year that the stated period lies in, and its place: 统计期限自2021年1月1日起至12月31日止; text as `plain` gives it.

    The period of a body founded in the year may begin later. One that spans two years is no year's.

    >>> period("数据统计期限为2021年7月1日至12月31日")
    (2021, (7, 23))
    >>> period("统计期限自2020年12月1日至2021年11月30日")
    """
    for match in _PERIOD.finditer(text):
        first, last = int(match[1]), int(match[4] or match[1])
        whole = (match[2], match[3]) == ("1", "1")
        if whole or _OF_REPORT.search(text[max(0, match.start() - 30) : match.start()]):
            return (first, trim(text, *match.span())) if first == last else None
    return None


def as_iso(printed: str) -> str | None:
    """A printed date in ISO 8601, None if it is none: 2021年1月9日, 2021-01-09 10:22, 二〇二一年一月九日.

    >>> as_iso("二〇二一年一月二十九日"), as_iso("2021年1月9日"), as_iso("二〇二〇年十二月三十日"), as_iso("2021年13月1日"), as_iso("20210109")
    ('2021-01-29', '2021-01-09', '2020-12-30', None, '2021-01-09')
    """
    tens = re.compile("([一二三]?)十([一二三四五六七八九]?)")
    western = tens.sub(lambda m: f"{_NUMERALS.get(m[1], '1')}{_NUMERALS.get(m[2], '0')}", plain(printed))
    figures = "".join(_NUMERALS.get(char, char) for char in western)
    match = _DATE.search(figures) or _RUN_TOGETHER.search(figures)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None
