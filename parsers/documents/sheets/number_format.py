"""What a workbook's cell shows of its number: by its number format, which may round it, name a unit, or show nothing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from parsers.printed.decode import LOST

GENERAL = "General"
PLACES = 11  # of a number without a format, its point among them
_LEAST = Decimal("0.0001")  # what is less is shown in powers of ten
LONGEST = 300  # characters of a format; Excel takes 255
# [ECMA-376, 18.8.30] formats that a workbook names by number only; those it leaves to the system's language are dates.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;¥"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;¥-#,##0.00;¥"-"', 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_DATES = (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
BUILT_IN |= {number: "yyyy/m/d" for number in _DATES if number not in BUILT_IN}
_SECTION = re.compile(r'(?:"[^"]{0,300}"|\\.|\[[^\]]{0,300}\]|[^;])+|(?<=;)(?=;|$)|^(?=;)')
_TOKEN = re.compile(
    r'"([^"]{0,300})"|\\(.)|_.|\*.|\[([^\]]{0,300})\]|([#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(General|G/通用格式)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_MONEY = re.compile(r"\$([^-\]]*)")
_COMPARE = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__, "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip


def shown(stored: str, code: str = GENERAL, *, from_1904: bool = False) -> str:
    """What a stored number shows; U+FFFD where its format is beyond what is known here.

    >>> shown("25.655299999999997"), shown("25.6553", "0.00"), shown("1234.5", "#,##0.0_ "), shown("3", '0"件"')
    ('25.6553', '25.66', '1,234.5', '3件')
    >>> shown("0", "0;-0;;@"), shown("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '), shown("-7", "0;[Red]-0"), shown("7", ";;;")
    ('', '-', '-7', '')
    >>> shown("0", '[=0]"";General'), shown("0.5", "0%"), shown("12000", "0,"), shown("45306", "yyyy/m/d")
    ('', '50%', '\\ufffd', '2024年1月15日')
    >>> shown("930.000000000001"), shown("5949.0886670001"), shown("0.30000000000000004"), shown("12345678901")
    ('930', '5949.088667', '0.3', '12345678901')
    """
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return stored
    if len(code) > LONGEST:
        return LOST
    try:
        section, value = _section_for(value, code)
        return LOST if section is None else _filled(section, value, from_1904)
    except InvalidOperation:  # more places than a number has
        return LOST


def _section_for(value: Decimal, code: str) -> tuple[str | None, Decimal]:
    """The part of a format that this number is shown by, with the number as that part shows it: without the sign, in one for those below 0."""
    sections = [match[0] for match in _SECTION.finditer(code)] or [GENERAL]
    conditions = [
        _CONDITION.fullmatch(found[1]) if (found := re.match(r"(?:\[[^<>=\]]*\])*\[([<>=][^\]]*)\]", s)) else None for s in sections
    ]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARE[condition[1]](value, Decimal(condition[2])):
                return section, value
        return None, value
    if len(sections) > 1 and value < 0:
        return sections[1], -value
    return (sections[2] if len(sections) > 2 and value == 0 else sections[0]), value


def _filled(section: str, value: Decimal, from_1904: bool) -> str:
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|G/通用格式', "", section, flags=re.IGNORECASE)
    if re.search(r"[ymdhs]|上午", plain, re.IGNORECASE) or re.search(r"\[[hms]+\]", section, re.IGNORECASE):
        return _date(value, plain, from_1904)
    if re.search(r"/|[#0?][,]+(?:[^#0?.,]|$)|[#0?.]E[+-]", plain) or len(re.findall(r"[#0?.,]+", plain)) > 1:
        return LOST  # a fraction, thousands, figures in groups
    value = value * 100 if "%" in plain else value
    parts, figures = list[str](), 0
    for quoted, escaped, bracketed, figure, general, other in _TOKEN.findall(section):
        money = _MONEY.match(bracketed) if bracketed else None
        if figure or general or other == "@":
            parts.append(_rounded(value, figure) if figure else _general(abs(value) if parts and parts[-1] == "-" else value))
            figures += 1
        else:
            parts.append(money[1] if money else quoted or escaped or other)
    text = "".join(parts).strip()
    return text if figures == 1 or (not figures and not (value and re.search(r"\d", text))) else LOST


def _rounded(value: Decimal, figure: str) -> str:
    whole, _, decimals = figure.partition(".")
    least, most = decimals.count("0"), len(decimals)
    number = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    text = f"{number:,f}" if "," in whole else f"{number:f}"
    if most > least and "." in text:
        text = text[: len(text) - (most - least)] + text[len(text) - (most - least) :].rstrip("0")
        text = text.removesuffix(".")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    short = whole.count("0") - len(digits.partition(".")[0].replace(",", ""))
    return ("" if not number else sign) + "0" * short + (digits if whole.count("0") or number or least else digits.removeprefix("0"))


def _general(value: Decimal) -> str:
    """In as many places as a workbook shows: 25.655299999999997 is 25.6553, and 930.000000000001 is 930."""
    whole = value.to_integral_value()
    if value == whole and abs(value) < 10**15:
        return f"{whole:f}"
    if not _LEAST <= abs(value) < 10 ** (PLACES - 1):
        return f"{float(value):.15g}"
    decimals = PLACES - 1 - len(f"{abs(int(value))}")
    text = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _date(value: Decimal, plain: str, from_1904: bool) -> str:
    if not 1 <= value < 200_000 or not re.search("[yd]", plain, re.IGNORECASE):
        return LOST
    day = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    day += timedelta(days=int(value))
    return f"{day.year}年{day.month}月{day.day}日"
