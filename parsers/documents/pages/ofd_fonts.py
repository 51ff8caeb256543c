"""Fonts in OFD files: which characters a glyph shows, as the font's own table of characters (cmap) says.

A text object gives the codes of its characters and, beside them, the glyphs that draw them (CGTransform). What is printed is the glyph.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping

MAX_MAPPED = 100_000  # characters of a font that are looked at
_UNICODE = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))  # platforms and encodings, what has most characters first
_PRIVATE = range(0xE000, 0xF900)  # characters that a converter made up
_LAST = 0x10FFFF
_TO_WIDE = 0xFEE0  # from ASCII to its forms as wide as Chinese characters
Characters = Mapping[int, frozenset[str]]


def characters_of(font: bytes) -> Characters:
    """The characters that each glyph of a TrueType or OpenType font is for; empty where the font does not say."""
    found: dict[int, set[str]] = {}
    try:
        for number, (code, glyph) in enumerate(_mapped(font)):
            if number > MAX_MAPPED:
                break
            if glyph and code not in _PRIVATE and 0x20 < code <= _LAST:
                found.setdefault(glyph, set()).add(chr(code))
    except struct.error:  # cut short
        return {}
    return {glyph: frozenset(chars) for glyph, chars in found.items()}


def may_show(characters: Characters, glyph: int, char: str) -> bool:
    """May a glyph show a character, as far as its font says: the same, one that looks like it (⾏ and 行, １ and 1, but not ¹)?"""
    known = characters.get(glyph)
    if not known or char in known:
        return True
    wide = chr(ord(char) + _TO_WIDE) if "!" <= char <= "~" else char
    return wide in known or (not char.isdigit() and any(_plainest(one) == _plainest(char) for one in known))


def _plainest(char: str) -> str:
    return unicodedata.normalize("NFKC", char)


def _mapped(font: bytes) -> Iterator[tuple[int, int]]:
    """The characters and their glyphs of a font's table."""
    base = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", font, base + 4)
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(base + 12, base + 12 + 16 * count, 16)}
    if b"cmap" not in tables:
        return
    begin = tables[b"cmap"]
    (count,) = struct.unpack_from(">H", font, begin + 2)
    kinds = {struct.unpack_from(">HH", font, begin + 4 + 8 * n): struct.unpack_from(">I", font, begin + 8 + 8 * n)[0] for n in range(count)}
    at = next((begin + kinds[kind] for kind in _UNICODE if kind in kinds), None)
    if at is None:
        return
    (form,) = struct.unpack_from(">H", font, at)
    if form == 4:
        yield from _segments(font, at)
    elif form == 6:
        first, length = struct.unpack_from(">HH", font, at + 6)
        yield from enumerate(struct.unpack_from(f">{length}H", font, at + 10), first)
    elif form in (12, 13):
        for n in range(min(struct.unpack_from(">I", font, at + 12)[0], MAX_MAPPED)):
            first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * n)
            yield from ((code, glyph + (code - first) * (form == 12)) for code in range(first, min(last, _LAST) + 1))


def _segments(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Format 4: runs of characters, each with a step to its glyphs or a place in a list of them."""
    twice = struct.unpack_from(">H", font, at + 6)[0]
    segments = [struct.unpack_from(f">{twice // 2}H", font, at + 14 + before) for before in (0, twice + 2, 2 * twice + 2, 3 * twice + 2)]
    for number, (last, first, step, offset) in enumerate(zip(*segments, strict=True)):
        for code in range(first, last + 1):
            if not offset:
                yield code, (code + step) & 0xFFFF
                continue
            place = at + 16 + 3 * twice + 2 * number + offset + 2 * (code - first)
            (glyph,) = struct.unpack_from(">H", font, place)
            yield code, (glyph + step) & 0xFFFF if glyph else 0
