"""The records of an Excel 97 workbook that say what is hidden in it, how its numbers are shown, and which formulas wait for their results.

[MS-XLS] A stream of records: kind and length in two bytes each, then the content. Each sheet begins with a BOF at the place that
its BOUNDSHEET names.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import olefile

from parsers.documents.sheets.number_format import BUILT_IN, GENERAL
from parsers.documents.sheets.sheet import LOWEST_ROW, MAX_SHEETS
from parsers.documents.sheets.styles import PLAIN, Look

_BOUNDSHEET, _FORMAT, _XF, _ROW, _COLINFO, _WINDOW2, _OBJ, _FORMULA = 0x85, 0x41E, 0xE0, 0x208, 0x7D, 0x23E, 0x5D, 0x06
_NUMBER, _RK, _MULRK, _LABELSST, _FONT, _PALETTE = 0x203, 0x27E, 0xBD, 0xFD, 0x31, 0x92
_STRUCK = 0x08
_HIDDEN_ROW, _HIDDEN_COLUMN, _SHOWS_ZEROS, _CALCULATED_ON_LOAD = 0x20, 0x01, 0x10, 0x02
_EMPTY = b"\x03\x00\x00\x00\x00\x00\xff\xff"  # the result of a formula that none has computed, or that prints nothing
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)
_STANDARD = {
    0: _BLACK,
    1: _WHITE,
    8: _BLACK,
    9: _WHITE,
    64: _BLACK,
    65: _WHITE,
    0x7FFF: _BLACK,
}  # colours by their numbers; others are seen on white
_CLOSE = 8  # of 255
_SHAPES = {2, 3, 6, 8, 0x1E}  # rectangle, oval, text, picture, drawing
MAX_COLUMNS = 256
Place = tuple[int, int]
Colour = tuple[int, int, int]


@dataclass
class Hidden:
    """Of a sheet: its hidden rows and columns, the formulas whose results are not stored, number formats that are not General, figures
    struck out and in the colour of their ground."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    open_formulas: set[Place] = field(default_factory=set)
    formats: dict[Place, str] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    unseen: set[Place] = field(default_factory=set)
    hides_zeros: bool = False
    has_drawings: bool = False


def hidden_parts(data: bytes) -> dict[str, Hidden]:
    """What is hidden in each sheet, by its name; nothing is told of a workbook older than Excel 97."""
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        name = next((name for name in ("Workbook", "WORKBOOK") if file.exists(name)), None)
        if name is None:
            return {}
        with file.openstream(name) as opened:
            stream = opened.read()
    codes, cells, sheets = dict(BUILT_IN), list[bytes](), dict[str, int]()
    fonts, palette = list[tuple[bool, int]](), dict[int, Colour](_STANDARD)
    for kind, content in _records(stream, 0):
        if kind == _BOUNDSHEET and len(content) > 8:
            sheets[_text(content[6:], 1)] = struct.unpack_from("<I", content)[0]
        elif kind == _FORMAT and len(content) > 5:
            codes[struct.unpack_from("<H", content)[0]] = _text(content[2:], 2)
        elif kind == _XF and len(content) >= 20:
            cells.append(content)
        elif kind == _FONT and len(content) >= 6:
            options, colour = struct.unpack_from("<HH", content, 2)
            fonts.append((bool(options & _STRUCK), colour))
        elif kind == _PALETTE:
            palette |= {
                8 + at: (red, green, blue)
                for at, (red, green, blue) in enumerate(struct.iter_unpack("<3Bx", content[2 : len(content) // 4 * 4 - 2]))
            }
    looks = [_look(content, codes, fonts, palette) for content in cells]
    return {name: _of_sheet(stream, place, looks) for name, place in islice(sheets.items(), MAX_SHEETS)}


def _look(content: bytes, codes: dict[int, str], fonts: list[tuple[bool, int]], palette: dict[int, Colour]) -> Look:
    """How the cells of a format look."""
    number, form = struct.unpack_from("<2H", content)
    is_struck, ink = fonts[number - (number > 4)] if number - (number > 4) < len(fonts) else (False, 8)  # there is no font 4
    pattern, ground = struct.unpack_from("<I", content, 14)[0] >> 26, struct.unpack_from("<H", content, 18)[0] & 0x7F
    below = _WHITE if pattern == 0 else palette.get(ground) if pattern == 1 else None
    mine = palette.get(ink)
    is_unseen = (ink == ground and pattern == 1) or (
        mine is not None and below is not None and all(abs(a - b) <= _CLOSE for a, b in zip(mine, below, strict=True))
    )
    return Look(codes.get(form, GENERAL), is_struck, is_unseen)


def _of_sheet(stream: bytes, place: int, looks: list[Look]) -> Hidden:
    hidden = Hidden()
    for kind, content in _records(stream, place):
        if kind == _ROW and len(content) >= 16:
            row, height, options = *struct.unpack_from("<H4xH", content), struct.unpack_from("<H", content, 12)[0]
            if options & _HIDDEN_ROW or height & 0x7FFF < LOWEST_ROW * 20:
                hidden.rows.add(row)
        elif kind == _COLINFO and len(content) >= 10:
            first, last, width, _, options = struct.unpack_from("<5H", content)
            if options & _HIDDEN_COLUMN or not width:
                hidden.columns |= set(range(first, min(last, MAX_COLUMNS) + 1))
        elif kind == _WINDOW2 and len(content) >= 2:
            hidden.hides_zeros = not struct.unpack_from("<H", content)[0] & _SHOWS_ZEROS
        elif kind == _OBJ and len(content) >= 6:
            hidden.has_drawings |= struct.unpack_from("<H", content, 4)[0] in _SHAPES
        elif kind in (_NUMBER, _RK, _LABELSST, _FORMULA) and len(content) >= 6:
            row, column, look = struct.unpack_from("<3H", content)
            _note_look(hidden, (row, column), look, looks)
            if kind == _FORMULA and len(content) >= 16 and (content[6:14] == _EMPTY or content[14] & _CALCULATED_ON_LOAD):
                hidden.open_formulas.add((row, column))
        elif kind == _MULRK and len(content) >= 6:
            row, column = struct.unpack_from("<2H", content)
            for nth in range((len(content) - 6) // 6):
                _note_look(hidden, (row, column + nth), struct.unpack_from("<H", content, 4 + 6 * nth)[0], looks)
    return hidden


def _note_look(hidden: Hidden, place: Place, number: int, looks: list[Look]) -> None:
    look = looks[number] if number < len(looks) else PLAIN
    if look.code != GENERAL:
        hidden.formats[place] = look.code
    if look.is_struck:
        hidden.struck.add(place)
    if look.is_unseen:
        hidden.unseen.add(place)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a BOF to its EOF."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0x0A:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _text(content: bytes, count_size: int) -> str:
    """A string: its length in characters, a byte of flags, the characters in one byte each or two."""
    length = int.from_bytes(content[:count_size], "little")
    is_wide, begin = content[count_size] & 1, count_size + 1
    return (
        content[begin : begin + length * 2].decode("utf-16-le", "replace") if is_wide else content[begin : begin + length].decode("latin-1")
    )
