"""The records of an Excel 97 workbook that hide parts of it, and what number formats show."""

from __future__ import annotations

import struct

import pytest

from parsers.documents.sheets.biff import Hidden, hidden_parts
from parsers.documents.sheets.number_format import shown


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def font(options: int, colour: int) -> bytes:
    return record(0x31, struct.pack("<3H", 200, options, colour) + bytes(10))


def cells(font: int, pattern: int = 0, ground: int = 64) -> bytes:
    """The format of cells (XF): a font, the pattern of their ground and its colour."""
    return record(0xE0, struct.pack("<2H", font, 0) + bytes(10) + struct.pack("<IH", pattern << 26, ground))


def hidden_in(monkeypatch: pytest.MonkeyPatch, globals: bytes, of_sheet: bytes) -> Hidden:
    """What is hidden in the only sheet of a workbook of these records."""
    name = "表".encode("utf-16-le")
    begin = record(0x809, bytes(16))
    sheet_at = len(begin) + 12 + len(name) + 4
    sheet_at += len(globals)
    listed = record(0x85, struct.pack("<IBBBB", sheet_at, 0, 0, 1, 1) + name)
    stream = begin + globals + listed + record(0x0A, b"")
    stream = (stream + bytes(sheet_at))[:sheet_at] + begin + of_sheet + record(0x0A, b"")

    class Opened:
        def __enter__(self) -> Opened:
            return self

        def __exit__(self, *_: object) -> None: ...
        def exists(self, _: str) -> bool:
            return True

        def openstream(self, _: str) -> Opened:
            return self

        def read(self) -> bytes:
            return stream

    monkeypatch.setattr("olefile.OleFileIO", lambda _: Opened())
    return hidden_parts(b"")["表"]


def test_the_records_that_hide_parts_of_a_workbook_of_excel_97(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = record(0x208, struct.pack("<HHHHHHHH", 3, 0, 9, 300, 0, 0, 0x120, 0)) + record(
        0x7D, struct.pack("<5H", 4, 5, 2000, 0, 1) + bytes(2)
    )
    waiting = record(0x06, struct.pack("<3H", 2, 1, 0) + bytes(8) + struct.pack("<H", 3) + bytes(6))
    empty = record(0x06, struct.pack("<3H", 2, 2, 0) + bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF]) + bytes(8))
    found = hidden_in(monkeypatch, b"", hidden + waiting + empty + record(0x23E, struct.pack("<H", 0xA6)))
    assert (found.rows, found.columns, found.open_formulas, found.hides_zeros) == ({3}, {4, 5}, {(2, 1), (2, 2)}, True)


def test_the_records_that_colour_and_strike_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no font 4. White on no ground and blue on blue are not seen; black, and white on blue, are."""
    fonts = font(0, 0x7FFF) + font(8, 8) + font(0, 9) + font(0, 12) + font(0, 9)
    formats = cells(0) + cells(1) + cells(2) + cells(3, 1, 12) + cells(2, 1, 12) + cells(5)
    figures = b"".join(record(0x203, struct.pack("<3H", row, 1, row) + bytes(8)) for row in range(6))
    found = hidden_in(monkeypatch, fonts + formats, figures)
    assert (found.struck, found.unseen) == ({(1, 1)}, {(2, 1), (3, 1), (5, 1)})


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [("1234567", "#,##0", "1,234,567"), ("0.005", "0.00", "0.01"), ("-3", "0_);(0)", "(3)"), ("5", "00000", "00005"), ("1.5", "0.##", "1.5"),
     ("2", "0.##", "2"), ("0", "#", ""), ("12", '"共"0"件"', "共12件"), ("7", "@", "7"), ("1E3", "General", "1000"), ("0.1", "[Red]0.0", "0.1"),
     ("8", "[$¥-804]#,##0.00", "¥8.00"), ("3", "[>5]0;[<=5]\"少\"", "少"), ("3", "# ?/?", "\ufffd"), ("-0.4", "0", "0"), ("1810", chr(48) + chr(34) + "." + chr(34) + "0", "\ufffd")],
)  # fmt: skip
def test_what_a_number_format_shows(stored: str, code: str, printed: str) -> None:
    assert shown(stored, code) == printed
