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
from parsers.documents.sheets.sheet import MAX_SHEETS

_BOUNDSHEET, _FORMAT, _XF, _ROW, _COLINFO, _WINDOW2, _OBJ, _FORMULA = 0x85, 0x41E, 0xE0, 0x208, 0x7D, 0x23E, 0x5D, 0x06
_NUMBER, _RK, _MULRK, _LABELSST = 0x203, 0x27E, 0xBD, 0xFD
_HIDDEN_ROW, _HIDDEN_COLUMN, _SHOWS_ZEROS, _CALCULATED_ON_LOAD = 0x20, 0x01, 0x10, 0x02
_SHAPES = {2, 3, 6, 8, 0x1E}  # rectangle, oval, text, picture, drawing
MAX_COLUMNS = 256
Place = tuple[int, int]


@dataclass
class Hidden:
    """Of a sheet: its hidden rows and columns, the formulas whose results are not stored, number formats that are not General."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    open_formulas: set[Place] = field(default_factory=set)
    formats: dict[Place, str] = field(default_factory=dict)
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
    codes, formats, sheets = dict(BUILT_IN), list[int](), dict[str, int]()
    for kind, content in _records(stream, 0):
        if kind == _BOUNDSHEET and len(content) > 8:
            sheets[_text(content[6:], 1)] = struct.unpack_from("<I", content)[0]
        elif kind == _FORMAT and len(content) > 5:
            codes[struct.unpack_from("<H", content)[0]] = _text(content[2:], 2)
        elif kind == _XF and len(content) >= 4:
            formats.append(struct.unpack_from("<H", content, 2)[0])
    looks = [codes.get(number, GENERAL) for number in formats]
    return {name: _of_sheet(stream, place, looks) for name, place in islice(sheets.items(), MAX_SHEETS)}


def _of_sheet(stream: bytes, place: int, looks: list[str]) -> Hidden:
    hidden = Hidden()
    for kind, content in _records(stream, place):
        if kind == _ROW and len(content) >= 16:
            row, height, options = *struct.unpack_from("<H4xH", content), struct.unpack_from("<H", content, 12)[0]
            if options & _HIDDEN_ROW or not height & 0x7FFF:
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
            _note_format(hidden, (row, column), look, looks)
            if kind == _FORMULA and len(content) >= 16 and struct.unpack_from("<H", content, 14)[0] & _CALCULATED_ON_LOAD:
                hidden.open_formulas.add((row, column))
        elif kind == _MULRK and len(content) >= 6:
            row, column = struct.unpack_from("<2H", content)
            for nth in range((len(content) - 6) // 6):
                _note_format(hidden, (row, column + nth), struct.unpack_from("<H", content, 4 + 6 * nth)[0], looks)
    return hidden


def _note_format(hidden: Hidden, place: Place, look: int, looks: list[str]) -> None:
    if look < len(looks) and looks[look] != GENERAL:
        hidden.formats[place] = looks[look]


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
