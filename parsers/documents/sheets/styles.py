"""How a workbook's cells look, as far as it changes what is printed: number format, struck out, in the colour of their ground."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from parsers.documents.sheets.number_format import BUILT_IN, GENERAL

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WHITE, _BLACK = "FFFFFF", "000000"
_THEME = {"0": _WHITE, "1": _BLACK}  # the first two colours of a theme are those of the window and its text
_INDEXED = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}


_HEX = re.compile("[0-9A-F]{6}")
_CLOSE = 8  # of 255


class Look(NamedTuple):
    """The look of a cell: its number format's code, whether it is struck out, whether its text has the colour of its ground.

    `wide` is how wide its digits are against usual ones; 0 where they shrink to fit.
    """

    code: str = GENERAL
    is_struck: bool = False
    is_unseen: bool = False
    wide: float = 1.0


PLAIN = Look()


def looks(styles: etree._Element) -> list[Look]:
    """The looks by the numbers that cells name them by."""
    codes = dict(BUILT_IN)
    for form in styles.iter(f"{_S}numFmt"):
        if (number := _number(form.get("numFmtId"))) is not None:
            codes[number] = form.get("formatCode") or GENERAL
    fonts = [*(styles.find(f"{_S}fonts") if styles.find(f"{_S}fonts") is not None else ())]
    fills = [*(styles.find(f"{_S}fills") if styles.find(f"{_S}fills") is not None else ())]
    found = []
    for look in styles.iterfind(f"{_S}cellXfs/{_S}xf"):
        font, fill = _nth(fonts, look.get("fontId")), _nth(fills, look.get("fillId"))
        number = _number(look.get("numFmtId", "0"))
        code = codes.get(number, GENERAL) if number is not None else GENERAL
        strike = font.find(f"{_S}strike") if font is not None else None
        is_struck = strike is not None and strike.get("val", "1") not in ("0", "false")
        ground = _ground(fill)
        found.append(Look(code, is_struck, are_close(_ink(font), ground), _wide(look, font, fonts)))
    return found


def _wide(look: etree._Element, font: etree._Element | None, fonts: list[etree._Element]) -> float:
    alignment = look.find(f"{_S}alignment")
    if alignment is not None and alignment.get("shrinkToFit") in ("1", "true"):
        return 0.0
    mine, usual = _size(font), _size(fonts[0] if fonts else None)
    return mine / usual if mine and usual else 1.0


def _size(font: etree._Element | None) -> float:
    size = font.find(f"{_S}sz") if font is not None else None
    printed = size.get("val", "") if size is not None else ""
    return float(printed) if re.fullmatch(r"\d{1,3}(?:\.\d{1,9})?", printed) else 0.0


def hiding(styles: etree._Element) -> set[str]:
    """The numbers of the formats for conditions in which a cell may not show its figure: by a number format, or in a pale colour on no ground."""
    found = set()
    for number, look in enumerate(styles.iterfind(f"{_S}dxfs/{_S}dxf")):
        font = look.find(f"{_S}font/{_S}color")
        pale = font is not None and are_close(_colour(font, _BLACK), _WHITE) and look.find(f"{_S}fill") is None
        if pale or look.find(f"{_S}numFmt") is not None:
            found.add(str(number))
    return found


def is_pale(colour: etree._Element | None) -> bool:
    """Is a colour such as nobody sees on white?"""
    return colour is not None and are_close(_colour(colour, _BLACK), _WHITE)


def are_close(one: str | None, other: str | None) -> bool:
    """Are two colours such as no eye tells apart? Not, if one is not known."""
    if one is None or other is None:
        return False
    if not (_HEX.fullmatch(one) and _HEX.fullmatch(other)):
        return one == other
    return all(abs(a - b) <= _CLOSE for a, b in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))


def _nth(elements: list[etree._Element], number: str | None) -> etree._Element | None:
    at = _number(number)
    return elements[at] if at is not None and at < len(elements) else None


def _number(printed: str | None) -> int | None:
    return int(printed) if printed and printed.isdecimal() and len(printed) < 10 else None


def _ink(font: etree._Element | None) -> str | None:
    return _colour(font.find(f"{_S}color") if font is not None else None, _BLACK)


def _ground(fill: etree._Element | None) -> str | None:
    """The colour of a cell's ground; None for one that is not known: a pattern, a gradient, a theme's colour."""
    pattern = fill.find(f"{_S}patternFill") if fill is not None else None
    if fill is not None and pattern is None and len(fill):
        return None
    kind = pattern.get("patternType", "none") if pattern is not None else "none"
    if kind == "none":
        return _WHITE
    return _colour(pattern.find(f"{_S}fgColor") if pattern is not None else None, _WHITE) if kind == "solid" else None


def _colour(colour: etree._Element | None, usual: str) -> str | None:
    if colour is None or colour.get("auto") in ("1", "true"):
        return usual
    if rgb := colour.get("rgb"):
        return str(rgb)[-6:].upper()
    theme, indexed, tint = colour.get("theme", ""), colour.get("indexed", ""), colour.get("tint", "0")
    if tint in ("0", "0.0") and (known := _THEME.get(theme) or _INDEXED.get(indexed)):
        return known
    return f"colour {theme} {indexed} {tint}" if theme or indexed else None
