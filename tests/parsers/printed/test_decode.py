"""Bytes as browsers take them: what pages declare, what they are, what a broken byte costs."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.printed.decode import LOST, Undecodable, decode
from tests.support.held import LICENSING, MADE, PAGE, PENALTIES, not_right, notes

DECLARED = '<meta charset="utf-8">'


def page(label: str, encoding: str, text: str = PAGE) -> bytes:
    assert DECLARED in text
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return text.replace(DECLARED, declared).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "label",
    ["", "utf-8", "gb2312", "GBK", "x-gbk", "gb_2312-80", "big5", "utf-16", "utf-16le", "unicode", "iso-8859-1", "windows-1252", "us-ascii",
     "hz-gb-2312", "euc-jp", "shift_jis", "no-such-thing", "x-user-defined"],
)  # fmt: skip
def test_a_page_that_declares_what_it_is_not(label: str, encoding: str) -> None:
    text = decode(page(label, encoding)).text
    assert MADE.title in text and LOST not in text


@pytest.mark.parametrize("label", ["", "big5", "gb2312", "iso-8859-1"])
def test_traditional_characters_in_big5(label: str) -> None:
    text = "<html><body><p>樣例市人民政府2022年政府信息公開工作年度報告，新收申請數量</p></body></html>"
    head = f'<meta charset="{label}">' if label else ""
    assert "年度報告" in decode((head + text).encode("big5")).text


@pytest.mark.parametrize("through", ["latin-1", "cp1252"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese_that_passed_through_latin_letters(through: str, encoding: str) -> None:
    words = "样例市样例局年度报告总计"
    garbled = words.encode(encoding).decode("latin-1")
    if through == "cp1252":
        garbled = "".join(bytes([ord(char)]).decode("cp1252", "ignore") or char for char in garbled)
    assert decode(garbled.encode()).text == words and decode(garbled.encode()).restored
    assert decode(f"已有汉字：{garbled}。".encode()).text == f"已有汉字：{words}。"


def test_a_whole_page_of_gbk_saved_as_latin_letters_is_read_and_noted() -> None:
    data = page("utf-8", "gb18030").decode("latin-1").encode()
    assert not_right(data) == set() and "encoding_restored" in notes(data)


@pytest.mark.parametrize("text", ["Café déjà vu, naïve façade", "tōngzhī gōngkāi lǜshī", "±5 °C × ½"])
def test_latin_letters_that_are_meant_stay(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("byte", [b"\xb9", b"\xff", b"\x80"])
def test_a_broken_byte_costs_one_character(encoding: str, byte: bytes) -> None:
    label = "gb2312" if encoding == "gb18030" else "utf-8"
    data = page(label, encoding)
    assert not_right(data.replace(b"<body>", b"<body><p>" + byte + b"</p>")) == set()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_broken_byte_in_a_figure_makes_it_unreadable_and_is_noted(encoding: str) -> None:
    figure = MADE.printed[LICENSING]
    data = page("", encoding).replace(f">{figure}<".encode(), f">{figure[:1]}".encode() + b"\xff" + f"{figure[1:]}<".encode())
    assert not_right(data) == {LICENSING}
    noted = [note for note in read_report(data).notes if note.code == "character_lost"]
    assert len(noted) == 1 and noted[0].start is not None


@pytest.mark.parametrize("at", range(0, 40, 3))
def test_any_byte_of_a_row_may_be_lost(at: int) -> None:
    """Of GBK half a character may be left, whose other half was a lead: never does it become another figure."""
    data = page("gb2312", "gb18030")
    row = data.index("行政许可".encode("gb18030"))
    assert not_right(data[: row + at] + data[row + at + 1 :]) <= {LICENSING, PENALTIES} if at < 8 or at > 45 else True
    report = read_report(data[: row + at] + b"\xff" + data[row + at + 1 :])
    assert all(cell.value in (None, float(MADE.printed[LICENSING])) for cell in report.cells if cell[:3] == LICENSING)


def test_what_is_in_no_encoding_is_refused() -> None:
    with pytest.raises(Undecodable, match="认不出文字编码"):
        decode(b"\x81\xff\xd0\x20" * 100)


def test_chinese_taken_for_latin_letters_twice_is_restored() -> None:
    assert not_right(PAGE.encode().decode("latin-1").encode().decode("latin-1").encode()) == set()


def test_a_zero_byte_costs_no_page() -> None:
    figure = MADE.printed[LICENSING].encode()
    assert not_right(PAGE.encode().replace(b">" + figure + b"<", b">" + figure[:1] + b"\x00" + figure[1:] + b"<", 1)) <= {LICENSING}


def test_a_text_that_has_lost_its_characters_says_so() -> None:
    lost = PAGE.encode("gb18030").decode("utf-8", "replace").encode()
    assert "读不出来" in str(read_report(lost).refused)
