"""Bytes to text: how the characters of a document are encoded, as browsers take them, what a broken byte costs, and what is noted of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import webencodings
from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

from parsers.model import Note
from parsers.printed.phonetic import TONED, without_guides

MAX_BYTES = 30_000_000
LOST = "\ufffd"  # printed where a character is lost or cannot be known: no figure is read from a cell with it
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*+["']?\s*+([\w.:-]{2,30})|encoding=["']([\w.:-]{2,30})["']""", re.I)
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_GB = {"gbk", "gb18030", "gb2312"}  # GB18030 has all characters of the older ones at their places
_STATELESS = {"utf-8", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"}  # whose bytes tell when they are not meant
_LABELS = {"gb2312-80": "gb18030", "gb_2312": "gb18030", "hz-gb-2312": "hz", "unicode": "utf-8"}  # not in the standard, but on pages
_MOST_BROKEN = 50  # a text with more than one broken character in so many is in no encoding that was tried
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SAMPLE = 5_000  # characters from which an encoding is told
_LATIN = re.compile("[\u0080-\u00ff]{2}")  # what mojibake of Chinese is made of
_SIGNS = set("§°±·×÷¤¨")  # Latin-1 that Chinese texts print themselves: ×× stands for a name left out, and is no 鬃
_LATIN_LEAD = b"\xc3"  # the byte that begins à to ÿ in UTF-8 and no other character: mojibake of Chinese has it
_TONE_LEADS = {char.encode()[:1] for char in TONED}  # the bytes that begin in UTF-8 the letters of which phonetic guides have some
_BYTES_1252 = {ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_OF_BYTES = f"\u0001-\u00ff{re.escape(''.join(map(chr, _BYTES_1252)))}"
_MISREAD = re.compile(f"[{_OF_BYTES}]+")
_AS_PRINTED = TextFixerConfig(uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False)
_COMMON_ENOUGH = 0.75  # of a Chinese text's characters; of one read in a wrong encoding about half

_RESTORED = Note(
    "encoding_restored", "原文的汉字曾被当作拉丁字母保存，已还原 (its Chinese was saved as Latin letters and has been restored)"
)
_GUIDES = "字旁注有 {} 处拼音，不是报告的文字，没有读 (pinyin beside {} characters is no text of the report and is not read)"
_MOST_NOTED = 200  # notes; a text with more lost characters is as doubtful everywhere
_WORD = re.compile(rf"[^\s|]{{0,12}}{LOST}[^\s|]{{0,12}}")


class Undecodable(ValueError):
    """The bytes are no document that a reader exists for; the message says what they are."""


class Decoded(NamedTuple):
    """The text with `\\n` line ends, its encoding's name, whether it had been garbled before it was encoded and was restored, and how many
    phonetic guides beside its characters were left out."""

    text: str
    encoding: str
    restored: bool = False
    guides: int = 0


def _as_browsers_do(error: UnicodeError) -> tuple[str, int]:
    """One broken byte is one lost character; 80 is the euro sign in the GBK of browsers."""
    assert isinstance(error, UnicodeDecodeError)
    is_euro = error.encoding.startswith("gb") and error.object[error.start] == 0x80
    return ("€" if is_euro else LOST), error.start + 1


codecs.register_error("as browsers do", _as_browsers_do)


def decode(data: bytes) -> Decoded:
    """The text of a document's bytes.

    By its byte order mark; else UTF-8, if all bytes are; else the declared encoding or GB18030, whichever loses no character and
    reads as Chinese, since pages declare what they are not. Raises Undecodable when no encoding fits.

    >>> decode('<meta charset="iso-8859-1">样例'.encode("gbk")).text[-2:]
    '样例'
    """
    if name := utf16(data):
        return _decoded(_lines(data.decode(name, "replace")), "utf-16")
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = _declared(data)
    if declared == "hz" and b"~{" in data and data.isascii():
        return _decoded(_lines(data.decode("hz", "replace")), "hz")
    try:
        text, encoding = data.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _best(data, declared)
    text = _lines(text)
    if (encoding != "utf-8" or _LATIN_LEAD in data) and _LATIN.search(text, 0, _SAMPLE):
        restored = _ungarbled(text)
        return _decoded(restored, encoding, restored != text)
    if encoding == "utf-8" and not any(lead in data for lead in _TONE_LEADS):
        return Decoded(_seen(text), encoding)
    return _decoded(text, encoding)


def _decoded(text: str, encoding: str, restored: bool = False) -> Decoded:
    read, guides = without_guides(_seen(text))
    return Decoded(read, encoding, restored, guides)


def _declared(data: bytes) -> str | None:
    """The Python name of the encoding that a page declares, by the WHATWG standard: UTF-16 in a page that can be read so is UTF-8."""
    found = _DECLARED.search(data, 0, 4096) if b"=" in data[:4096] else None
    if not found:
        return None
    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    if label in _LABELS:
        return _LABELS[label]
    known = webencodings.lookup(label)
    if known is None or known.name.startswith("utf-16") or known.name == "x-user-defined":
        return "utf-8"
    return "gb18030" if known.name in _GB else str(known.codec_info.name)


def utf16(data: bytes) -> str | None:
    """UTF-16 of either order, None for other bytes. Without a mark it has a zero beside each of its digits, signs and line ends, always
    on the same side."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked or data.startswith(b"\xef\xbb\xbf"):
        return marked
    head = data[: 2 * _SAMPLE]
    zeros = [head[0::2].count(0), head[1::2].count(0)]
    if max(zeros) <= len(head) // 500 or min(zeros) * 20 > max(zeros):
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _best(data: bytes, declared: str | None) -> tuple[str, str]:
    """The text in the encoding that loses fewest characters; of those that lose none, in which most characters are common ones."""
    names = list(dict.fromkeys(filter(None, (declared if declared in _STATELESS else None, "gb18030", "utf-8"))))
    others = [(data.decode(name, "as browsers do"), name) for name in names if name != "utf-8"]  # in which some byte is broken
    whole = [(text, name) for text, name in others if LOST not in text]
    read = whole or [(data.decode(name, "as browsers do"), name) for name in names]
    text, name = min(read, key=lambda one: (one[0].count(LOST), -_share_of_common(one[0]) if len(names) > 2 else 0))
    if _share_of_common(text) < _COMMON_ENOUGH:
        traditional = data.decode("big5", "as browsers do")
        if LOST not in traditional and _share_of_common(traditional) >= _COMMON_ENOUGH:
            return traditional, "big5"
        if declared and declared not in _STATELESS:
            text, name = data.decode(declared, "replace"), declared  # a page in Latin letters
    if text.count(LOST) > len(text) // _MOST_BROKEN + 3:
        raise Undecodable(
            "认不出文字编码，试过 UTF-8 和 GB18030，请另存为 UTF-8 (the characters are in no known encoding; save the file as UTF-8)"
        )
    return text, name


@cache
def _common() -> frozenset[str]:
    """The characters that most Chinese texts are made of, simplified and traditional: level 1 of GB 2312 and of Big5, and signs."""
    gb = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low)).decode("gb2312", "ignore")
    lows = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = bytes(b for high in range(0xA4, 0xC6) for low in lows for b in (high, low)).decode("big5", "ignore")
    return frozenset(gb + big5 + "\u3000\xa0、。，；：？！“”‘’（）《》〔〕【】—…·％－０１２３４５６７８９")


def _share_of_common(text: str) -> float:
    beyond = [char for char in text[:_SAMPLE] if char > "\x7f"]
    return sum(map(_common().__contains__, beyond)) / len(beyond) if beyond else 0.0


def _ungarbled(text: str) -> str:
    """A text whose Chinese was read as Latin letters by whoever saved it, with its Chinese: UTF-8 or GBK, all of it or in stretches."""
    parts = list(_stretches(text))
    if parts != [text]:
        return "".join(parts)
    return fix_encoding(text, config=_AS_PRINTED) if is_bad(text[:_SAMPLE]) else text


def _stretches(text: str) -> Iterator[str]:
    at = 0
    for found in _MISREAD.finditer(text):
        if (
            _LATIN.search(found[0])
            and not _SIGNS.issuperset(char for char in found[0] if char > "\x7f")
            and (restored := _restored(found[0]))
        ):
            yield text[at : found.start()] + restored
            at = found.end()
    if at < len(text):
        yield text[at:]


def _restored(stretch: str, times: int = 2) -> str | None:
    """The Chinese of a stretch of Latin letters, which it was taken for so many times at most."""
    data = stretch.translate(_BYTES_1252).encode("latin-1")
    for name in ("utf-8", "gb18030"):
        text = data.decode(name, "as browsers do")
        lost = text.count(LOST)
        if lost * _MOST_BROKEN <= len(text) and _share_of_common(text) >= _COMMON_ENOUGH:
            return text
        if name == "utf-8" and not lost and times > 1 and _MISREAD.fullmatch(text) and (again := _restored(text, times - 1)):
            return again
    return None


def _seen(text: str) -> str:
    """Without the characters that no one sees: of no width, soft hyphens, marks of direction."""
    for unseen in _UNSEEN:
        if unseen in text:
            text = text.replace(unseen, "")
    return text


def _lines(text: str) -> str:
    """With `\\n` at the end of every line and without NUL."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text


# -- what is noted of it ---------------------------------------------------------------------------------------------------


def notes_of(decoded: Decoded) -> tuple[Note, ...]:
    """What is to be noted of how a text was decoded."""
    guides = [Note("phonetic_guides", _GUIDES.format(decoded.guides, decoded.guides))] if decoded.guides else []
    return (*([_RESTORED] if decoded.restored else []), *guides)


def notes_of_lost(text: str) -> tuple[Note, ...]:
    """A note for each word of a text that has lost a character, with its place: its byte was broken, or it is printed on a layer that cannot
    be read."""
    if LOST not in text:
        return ()
    message = "这里有字读不出来：字节损坏，或印在读不到的层上 (something is printed here that cannot be read: a broken byte, or a layer that is not read)"
    return tuple(Note("character_lost", message, *word.span()) for word, _ in zip(_WORD.finditer(text), range(_MOST_NOTED), strict=False))
