"""Texts normalised for comparison: what is stored and shown stays as printed, what is compared loses its accidents of print."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import compress

from opencc import OpenCC

_simplified = cache(OpenCC("t2s").convert)  # of single characters
_KEPT = "乾"  # a simplified character, too, where it is read qián: 乾县
# CJK radicals that PDF fonts print for whole characters; NFKC knows the Kangxi ones (U+2F00), and leaves these alone.
_RADICALS = str.maketrans(
    "⺁⺄⺊⺌⺎⺒⺓⺛⺜⺝⺟⺠⺧⺩⺫⺬⺮⺶⺷⺸⺼⺽⻁⻄⻅⻆⻇⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻳",
    "厂乙卜小兀巳幺旡日月母民牛王目示竹羊羊羊肉臼虎西见角角贝足车长长门雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾齐齿龙龙龟",
)
# What prints nothing: soft hyphen, zero-width spaces and joiners, marks of direction, variation selectors, the byte order mark.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_BRACKETED = re.compile(r"[（(［\[][^（()）［\]］]*[)）］\]]?")
_NUMBER_BELOW = re.compile(r"\s[一二三四五六七八九十][、.]\s*$")
_NUMBERING = re.compile(r"[\s（(]*+(?:(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[)）、．.,，:：\s]+|[①-⑳⑴-⒛㈠-㈩])")


def _normalise_char(char: str) -> str:
    normalised = unicodedata.normalize("NFKC", char).translate(_RADICALS).replace("它", "他")  # 其它 is 其他
    normalised = "".join(c for c in normalised if "一" <= c <= "鿿" or (c.isascii() and c.isalnum()))
    return _simplified(normalised) if normalised and not normalised.isascii() and normalised not in _KEPT else normalised


class _FoldedChars(dict[str, str]):
    """What each character is normalised to, found out when it is first met."""

    def __missing__(self, char: str) -> str:
        self[char] = normalised = _normalise_char(char)
        return normalised


_FOLDED = _FoldedChars()


class Replacing(dict[int, str]):
    """What is put for each character of a text, found out when the character is first met."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self.of = of

    def __missing__(self, code: int) -> str:
        self[code] = put = self.of(chr(code))
        return put

    def __call__(self, text: str) -> str:
        """The text with every character replaced by what is put for it."""
        return text.translate(self) if self._changing.search(text) else text

    @cached_property
    def _changing(self) -> re.Pattern[str]:
        """Any character but the common ones that stay: most texts have none, and to search is ten times as fast as to translate."""
        stay = "".join(re.escape(char) for char in _common() if self.of(char) == char)
        return re.compile(f"[^{stay}]")


@cache
def _common() -> str:
    """ASCII and the characters of GB 2312, which Chinese is commonly written in."""
    ascii = "".join(map(chr, range(128)))
    return ascii + bytes(byte for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF) for byte in (high, low)).decode("gb2312", "ignore")


normalise_text = Replacing(_FOLDED.__getitem__)  # `normalise` for a long text, which is not worth remembering


@lru_cache(maxsize=8192)  # the labels of one form come back in the next
def normalise(text: str) -> str:
    """The characters of a label that carry meaning: simplified Chinese, half-width letters and digits.

    Dropped are spaces, punctuation and brackets (what they enclose stays); radicals of PDF fonts become characters.

    >>> normalise("（二）部分公开 (区分處理的)")
    '二部分公开区分处理的'
    >>> normalise("⾏ 政　许 可")
    '行政许可'
    """
    return text if text.isdecimal() and text.isascii() else normalise_text(text)


@cache
def _simplify_char(char: str) -> str:
    radical = "⼀" <= char <= "⿕" or "\uf900" <= char <= "\ufaff" or char >= "\U0002f800"  # or an ideograph there for old codes alone
    simplified = _simplified(unicodedata.normalize("NFKC", char) if radical else char.translate(_RADICALS))
    return simplified if len(simplified) == 1 and char not in _KEPT else char


simplify = Replacing(_simplify_char)  # a text in simplified characters, each in its place: ranges of the result are ranges of the text


def simplifying(also: Mapping[str, str]) -> Replacing:
    """Simplifies a text and, in the same pass, puts for some characters what `also` says.

    >>> simplifying({"２": "2"})("２萬")
    '2万'
    """
    return Replacing(lambda char: also.get(char) or _simplify_char(char))


def comparable(text: str) -> str:
    """A text as names and words that are looked for are compared: simplified, half-width, without what prints nothing.

    >>> comparable("⻓治市\u200b信訪局（Ａ１）")
    '长治市信访局(A1)'
    """
    if text.isascii():
        return text
    return simplify(unicodedata.normalize("NFKC", simplify(INVISIBLE.sub("", text))))


def normalise_with_places(text: str, start: int = 0, end: int | None = None) -> tuple[str, Sequence[int]]:
    """`normalise` of text[start:end] and, for each normalised character, the index in `text` it comes from."""
    normalised, places = _whole_with_places(text)
    first, last = bisect_left(places, start), len(places) if end is None else bisect_left(places, end)
    return normalised[first:last], places[first:last]


@lru_cache(maxsize=1)  # of one document several stretches are asked for in turn
def _whole_with_places(text: str) -> tuple[str, Sequence[int]]:
    chars = list(map(_FOLDED.__getitem__, text))
    normalised, places = "".join(chars), array("I", compress(range(len(chars)), chars))
    if len(places) < len(normalised):  # ㎡ is two
        places = array("I", (place for place, char in enumerate(chars) for _ in char))
    return normalised, places


def without_numbering(label: str) -> str:
    """A printed label without the numbering before it.

    >>> without_numbering("（三）不予公开"), without_numbering("1.属于国家秘密"), without_numbering("⑴属于国家秘密")
    ('不予公开', '属于国家秘密', '属于国家秘密')
    """
    numbering = _NUMBERING.match(label)
    return label[numbering.end() :] if numbering else label


def without_remarks(label: str) -> str:
    """A label without bracketed remarks: 规章（设区的市填报） is 规章."""
    return _BRACKETED.sub("", label)


@lru_cache(maxsize=10_000)  # the labels and most figures of one report are those of the next
def normalise_label(label: str) -> str:
    """The form in which printed labels are compared: normalised, without numbering and without bracketed remarks.

    >>> normalise_label("(二) 部分公开(区分处理的,只计这一情形,不计其他情形)")
    '部分公开'
    >>> normalise_label("規章(設區的市、自治州人民政府應提供相關數據)")
    '规章'
    >>> normalise_label("本年增/减"), normalise_label("本年收费金额（单位：万元）")
    ('本年增减', '本年收费金额')
    >>> normalise_label("本年新收政府信息公开申请数量\\n一、")  # as programs print a label that reaches over two lines of a PDF
    '本年新收政府信息公开申请数量'
    """
    if label.isdecimal() and label.isascii():
        return label  # most cells are plain figures
    bare = _NUMBER_BELOW.sub("", without_numbering(simplify(label)))
    return normalise_text(without_remarks(bare)) or normalise_text(bare)
