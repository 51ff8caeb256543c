"""The number that a printed cell states. Blank is None, what cannot be read raises."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from parsers.printed.decode import LOST
from parsers.printed.normalise import simplify

_BLANK = {"", "/", "\\", "-", "--", "—", "——", "－", "–", "―", "无", "不适用", "／"}
_NUMBER = re.compile(
    r"""^(?P<sign>[+\-−–]|增加|减少|新增|增|减|负)?
        (?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?
        (?P<unit>亿元|万元|元|万|亿|件|个|条|项|宗|份|次|人|部|起)?
        (?P<remark>[(\[].*)?$""",
    re.VERBOSE | re.DOTALL,
)
_UNPRINTED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]|(?<=\\d)[\u00a0\u2007\u202f](?=\\d)")
NO_UNIT = ""  # of a money column that names none: its figures are yuan, for all that is known
LOST_UNIT = LOST  # of a money column whose header has lost the letters that name it
YUAN = {"亿元": 1e8, "万元": 1e4, "元": 1.0}  # in each unit of money, the longest name first
MONEY = "|".join(YUAN)  # finds one of them
_FACTOR = {"万": 1e4, "亿": 1e8}


class Unreadable(ValueError):
    """Raised for a cell that prints something which is not one number; the message quotes it."""


class Value(NamedTuple):
    """A stated number in its own unit, money in yuan; `unit` is yuan for money, else None."""

    number: float
    unit: str | None = None


@lru_cache(maxsize=4096)  # most cells print one of a few numbers
def is_blank(printed: str) -> bool:
    """True for a cell that states nothing: empty, spaces, or a token such as `/` and 无 that stands for nothing.

    >>> is_blank("\\u3000"), is_blank("/"), is_blank("无"), is_blank("0")
    (True, True, True, False)
    """
    return not (printed.isdecimal() and printed.isascii()) and _plain(printed) in _BLANK


def _plain(printed: str) -> str:
    """Half-width and in simplified characters, without what prints nothing: zero-width characters, a no-break space between two digits."""
    return " ".join(simplify(unicodedata.normalize("NFKC", _UNPRINTED.sub("", printed))).split())


@lru_cache(maxsize=4096)
def parse_value(printed: str, money_unit: str | None = None) -> Value | None:
    """Read one printed cell. `money_unit` is the unit of a money column where the cell prints none.

    >>> parse_value("增98"), parse_value("-417"), parse_value("0/0")
    (Value(number=98.0, unit=None), Value(number=-417.0, unit=None), Value(number=0.0, unit=None))
    >>> parse_value("25.6553万元", "元")
    Value(number=256553.0, unit='yuan')
    >>> parse_value("５９４９.０８", "万元")
    Value(number=59490800.0, unit='yuan')
    >>> parse_value("12.5（万元）", "元"), parse_value("300（单位：元）", "万元")
    (Value(number=125000.0, unit='yuan'), Value(number=300.0, unit='yuan'))
    >>> parse_value("￥1,234.50", "元")
    Value(number=1234.5, unit='yuan')
    >>> parse_value("1\\u00a0234"), parse_value("\\u200b7")
    (Value(number=1234.0, unit=None), Value(number=7.0, unit=None))
    >>> parse_value("/") is None
    True
    >>> parse_value("12a")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    Unreadable: not one number: '12a'

    Raises Unreadable for letters, two numbers (增2（减1） too), a raised or circled digit, a bare 增, money whose unit is lost.
    """
    if money_unit is None and printed.isdecimal() and printed.isascii():
        return Value(float(printed))  # as most cells are
    text = _plain(printed)
    if text in _BLANK:
        return None
    if re.fullmatch(r"[+-]?0 ?/ ?[+-]?0", text):  # 本年增/减 printed as “0/0”: neither more nor fewer
        return Value(0.0)
    if not printed.isascii() and any(unicodedata.category(char) == "No" for char in printed):  # 5① and 5² are not 51 and 52
        raise Unreadable(f"not one number: {printed!r}")
    if money_unit is not None:
        text = re.sub(r"^(?:[¥￥]|人民币) ?", "", text)
    match = _NUMBER.match(re.sub(r"(?<=[增减加少新负]) | (?=[(\[万亿元件个条项])", "", text))
    if not match:
        raise Unreadable(f"not one number: {printed!r}")
    if match["sign"] and re.match(r"[(\[] ?[增减+\-]", match["remark"] or ""):  # 增2（减1）
        raise Unreadable(f"not one number: {printed!r}")
    number = float(match["digits"].replace(",", "") + (match["decimals"] or ""))
    if match["sign"] in ("-", "−", "–", "减", "减少", "负"):
        number = -number if number else 0.0
    unit = match["unit"]
    if money_unit is not None and unit is None and match["remark"]:
        unit = _unit_in_brackets(match["remark"], number)
    if money_unit is None and unit not in YUAN:
        return Value(number * _FACTOR.get(unit or "", 1.0))
    if unit in _FACTOR:
        return Value(_round(number * _FACTOR[unit]), "yuan")
    if unit not in YUAN and money_unit == LOST_UNIT:
        raise Unreadable(f"money without its unit: {printed!r}")
    factor = YUAN.get(unit or "") or YUAN[money_unit or "元"]
    return Value(_round(number * factor), "yuan")


def _unit_in_brackets(remark: str, number: float) -> str | None:
    """The unit that stands in brackets after a figure of money: 12.5（万元）. A remark that tells more must not name another unit."""
    alone = re.fullmatch(rf"[(\[] ?(?:单位 ?[:：]? ?)?({MONEY}) ?[)\]]?", remark)
    if alone:
        return alone[1]
    named = re.search(r"(\d{1,30}(?:\.\d{1,30})?)? ?(亿元|万元)", remark)
    if named and not (named[1] and abs(float(named[1]) * YUAN[named[2]] - number) <= 1):  # 120000（12万元）, but not 25（其中货物类12万元）
        raise Unreadable(f"money with a unit amid a remark: {remark!r}")
    return None


def _round(yuan: float) -> float:
    """Yuan to a hundredth of a fen: binary fractions such as 25.6553 * 10000 leave crumbs."""
    return round(yuan, 4)
