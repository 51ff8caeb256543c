"""The words of the indicator tables before 2019: how their columns are headed, what their indicators are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parsers.form.editions import form_files
from parsers.model import Note, Status
from parsers.printed.cells import Span
from parsers.printed.normalise import normalise, without_remarks

Measure = str | None  # year, cumulative; None: a column of figures that is neither
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Printed:
    """A row: the label as printed, the unit, the ranges of its figures by measure."""

    label: str
    unit: str
    figures: dict[str, Span]
    reading: Status = "stated"


@dataclass(frozen=True)
class IndicatorColumns:
    """What the columns of figures state, in order, by the header; `skipped` are the headers of those that are left out."""

    measures: tuple[Measure, ...]
    skipped: tuple[str, ...] = ()


@cache
def headers() -> dict[str, tuple[str, ...]]:
    """Normalised words that a column's header begins with, by what the column states."""
    form = form_files()["2014"]
    return {kind: tuple(map(normalise, words)) for kind, words in form["headers"].items()}


@cache
def units() -> str:
    """The units of indicators as a pattern, the longest first: 万元 before 元."""
    form = form_files()["2014"]
    return "|".join(sorted(form["units"], key=len, reverse=True))


@cache
def known_names() -> dict[str, str]:
    """The code of each indicator by each of its names, normalised as names are compared."""
    form = form_files()["2014"]
    return {normalise(name): code for code, names in form["indicators"].items() for name in names}


def is_header(printed: str, kind: str) -> bool:
    """Whether a column's header begins with one of the words of this kind.

    >>> is_header("指 标 名 称", "name"), is_header("（计量单位）", "unit"), is_header("2014年度", "cumulative")
    (True, True, False)
    """
    return normalise(printed).startswith(headers()[kind])


def columns_of(printed: Sequence[str], year: int | None) -> IndicatorColumns | None:
    """What columns of figures with these headers state; None if none, or more than one, may be the year's.

    >>> columns_of(["2016年度", "历年累计"], None), columns_of(["本期实际", "本年累计"], None).measures
    (IndicatorColumns(measures=('year', 'cumulative'), skipped=()), (None, 'year'))
    >>> columns_of(["2015年", "2016年"], 2016).measures, columns_of(["2015年", "2016年"], None)
    ((None, 'year'), None)
    >>> columns_of(["截至2016年底累计", "2016年"], 2016).measures, columns_of(["一季度", "二季度", "合计"], 2016).measures
    (('cumulative', 'year'), (None, None, 'year'))
    """
    kinds = [_kind(header, year) for header in printed]
    for candidate in ("this year", "year to date", "year", "period"):
        places = [place for place, kind in enumerate(kinds) if kind == candidate]
        if len(places) > 1:
            return None
        if places:
            measures = tuple(
                "year" if place == places[0] else "cumulative" if kind == "cumulative" else None for place, kind in enumerate(kinds)
            )
            skipped = tuple(h for h, m, kind in zip(printed, measures, kinds, strict=True) if m is None and kind != "none")
            return IndicatorColumns(measures, skipped) if measures.count("cumulative") < 2 else None
    return None


def _kind(header: str, year: int | None) -> str:
    word = normalise(header)
    if word.startswith(headers()["none"]) or not word:
        return "none"
    if any(other in word for other in headers()["other"]):
        return "other"
    named = _YEAR.search(word)
    if "累计" in word and re.search("[截至底末]", word):
        return "cumulative"
    if named and year:
        return "this year" if int(named[0]) == year else "other"
    if "累计" in word and re.match("本年|当年|年", word):
        return "year to date"
    if word.startswith(headers()["cumulative"]):
        return "cumulative"
    return "period" if word.startswith(headers()["period"]) else "year"


def skipped_column(header: str, start: int, end: int) -> Note:
    """The note on a column of figures that is left out."""
    return Note(
        "column_skipped",
        f"统计表里“{header}”一列不是本年数也不是累计数，未收 (this column is neither the year's nor cumulative)",
        start,
        end,
    )


def bare_name(label: str) -> str:
    """An indicator's name without numbering and 其中.

    >>> bare_name("其中：1、政府网站公开数"), bare_name("（一）主动公开规范性文件数")
    ('政府网站公开数', '主动公开规范性文件数')
    """
    numbering = r"^\s*+(?:其中\s*+[:：]?)?\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]{1,3}\s*+[、.．]|\d{1,2}\s*+[、.．]|[①-⑳])?\s*"
    return re.sub(r"\s+", "", re.sub(numbering, "", label, count=1))


def code_of(label: str) -> str | None:
    """The code of a known indicator, by its name without remarks in brackets."""
    name = bare_name(label)
    return known_names().get(normalise(without_remarks(name))) or known_names().get(normalise(name))
