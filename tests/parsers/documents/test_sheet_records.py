"""The records of an Excel 97 workbook that hide parts of it, and what number formats show."""

from __future__ import annotations

import struct

import pytest

from parsers.documents.sheets.biff import hidden_parts
from parsers.documents.sheets.number_format import shown


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def test_the_records_that_hide_parts_of_a_workbook_of_excel_97(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "表".encode("utf-16-le")
    begin = record(0x809, bytes(16))
    sheet_at = len(begin) + 12 + len(name) + 4
    listed = record(0x85, struct.pack("<IBBBB", sheet_at, 0, 0, 1, 1) + name)
    hidden = record(0x208, struct.pack("<HHHHHHHH", 3, 0, 9, 300, 0, 0, 0x120, 0)) + record(
        0x7D, struct.pack("<5H", 4, 5, 2000, 0, 1) + bytes(2)
    )
    waiting = record(0x06, struct.pack("<3H", 2, 1, 0) + bytes(8) + struct.pack("<H", 3) + bytes(6))
    stream = begin + listed + record(0x0A, b"")
    stream += bytes(max(0, sheet_at - len(stream)))
    stream = stream[:sheet_at] + begin + hidden + waiting + record(0x23E, struct.pack("<H", 0xA6)) + record(0x0A, b"")

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
    found = hidden_parts(b"")["表"]
    assert (found.rows, found.columns, found.open_formulas, found.hides_zeros) == ({3}, {4, 5}, {(2, 1)}, True)


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [("1234567", "#,##0", "1,234,567"), ("0.005", "0.00", "0.01"), ("-3", "0_);(0)", "(3)"), ("5", "00000", "00005"), ("1.5", "0.##", "1.5"),
     ("2", "0.##", "2"), ("0", "#", ""), ("12", '"共"0"件"', "共12件"), ("7", "@", "7"), ("1E3", "General", "1000"), ("0.1", "[Red]0.0", "0.1"),
     ("8", "[$¥-804]#,##0.00", "¥8.00"), ("3", "[>5]0;[<=5]\"少\"", "少"), ("3", "# ?/?", "\ufffd"), ("-0.4", "0", "0")],
)  # fmt: skip
def test_what_a_number_format_shows(stored: str, code: str, printed: str) -> None:
    assert shown(stored, code) == printed
