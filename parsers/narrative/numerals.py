"""Prose with its figures marked: every counted number becomes one sign, whatever is no count is masked, places stay known.

The marked text is compact (no white space), simplified and half-width, so that a pattern sees only words:
`#` is a count with its unit, `%` a percentage, `$` a sum of money, `□` a title, a quotation, a document's number, a date's
clock time or an address: nothing to be counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.printed.normalise import simplify, simplifying
from parsers.printed.values import YUAN

COUNT, PERCENT, MONEY, MASKED = "#", "%", "$", "□"
ITEMS = frozenset(["条", "件", "份", "部", "篇", "则", "项", "宗", "起", "例", "封", "页", "册", "件次", "条次"])
TIMES = frozenset(["次", "人次", "通", "场次"])
_SCALE = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_HALF_WIDTH = simplifying({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"﹪": "%", "○": "〇"})
_WORDS = "零〇一二两三四五六七八九十百千万亿"
_ABOUT = "大约|约|将近|接近|近|超过|超|逾|不到|不足|至少|多达"
_UNIT = (
    "人次|件次|条次|场次|万元|亿元|元|件|条(?!例)|份|部(?!门|分|署)|篇|则|项(?!目)|宗|起|例|封|页(?!面)|册|通(?!过|知)|"
    "个(?!工作日|自然日|月|小时|方面|部分)|次(?!日|年)|人(?![大民员事])|场|期|家|名|张|类(?!内部事务|过程性)|批"  # 属于三类内部事务信息: words of the form
)
_FIGURE = re.compile(
    rf"""(?<![\d.A-Za-z{_WORDS}第几\-~—/])(?:(?<!数)|(?=\d))(?<!\d[ ,])
    (?P<before>{_ABOUT})?
    (?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<decimals>\.\d+)?(?P<scale>[百千万亿](?!元))?|(?P<words>[{_WORDS}]+))
    (?P<after>[余多来])?(?P<more>[万亿](?!元))?
    (?:(?P<unit>{_UNIT})|(?P<percent>%))
    (?P<above>以上|左右|上下|之多)?""",
    re.VERBOSE,
)
# What has neither a counted number nor words for none or all claims nothing; most sentences are so.
_SPEAKS = re.compile(
    rf"[\d{_WORDS}][\d{_WORDS}萬億餘來,.，．\s余多来]{{0,40}}[%％﹪件條条份部篇则則项項宗起例封页頁册冊通个個次人场場期家名张張类類批元]|百分之"
    r"|[未没沒无無零]|不存在|持平|[为為是:：]\s*+[0０](?![\d.])|(?:全部|均|都).{0,16}?[办辦答回维維审審结結公自组組诉訴]"
)
_OF_HUNDRED = re.compile(rf"百分之(?P<words>[{_WORDS}点]+|\d+(?:\.\d+)?)")
_MASKS = re.compile(
    r"《[^《》]{1,120}》|“[^“”]{1,40}”|https?:[^\s,。;)一-鿿]+|/[A-Za-z0-9/_.\-]+|[A-Za-z0-9._]{1,64}@[A-Za-z0-9.]+"
    r"|[〔﹝\[(]?20\d\d[〕﹞\])]+第?\d*号?|\d{3,4}-\d{7,8}|\d{1,2}:\d{2}(?::\d{2})?"
    rf"|第(?!三方)[\d{_WORDS}]+[条款项期号次届批章节个]?|(?<![\d.])\d+号"
)


@dataclass(frozen=True)
class Figure:
    """A number in the text: `value` in `unit` (money in yuan, a percentage in per cent), its sign's place in the marked text."""

    value: float
    unit: str
    approximate: bool
    at: int
    start: int
    end: int


@dataclass(frozen=True)
class Marked:
    """The document's [start, end) with its figures marked; `places` gives each sign's range in the document's text."""

    start: int
    end: int
    text: str
    places: tuple[tuple[int, int], ...]
    figures: tuple[Figure, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range in the document of the marked text's [start, end)."""
        return self.places[start][0], self.places[end - 1][1]


def mark(text: str, start: int, end: int, breaks: Sequence[int] = ()) -> Marked:
    """Mark the figures of text[start:end]; every range in the result is one of `text`. At `breaks` a 、 is put.

    Of a sentence without a counted number, none or all, only the text is given.

    >>> marked = mark(text := "共收到申请１，２０５件，办结三十余件，占百分之九十", 0, len(text))
    >>> marked.text
    '共收到申请#,办结#,占%'
    >>> [(figure.value, figure.unit, figure.approximate) for figure in marked.figures]
    [(1205.0, '件', False), (30.0, '件', True), (90.0, '%', False)]
    >>> mark(text := "《2020年20条》（国办发〔2020〕14号）3—5件", 0, len(text)).text
    '□(国办发□)3—5件'
    """
    if not _SPEAKS.search(text, start, end):
        return Marked(start, end, simplify(text[start:end]), (), ())
    compact, places = _compact(text, start, end, breaks)
    signs: list[str] = []
    ranges: list[tuple[int, int]] = []
    figures: list[Figure] = []
    done = 0
    for found, sign, value, unit, approximate in _figures(_masked(compact)):
        signs.extend(compact[done : found[0]])
        ranges += [(place, place + 1) for place in places[done : found[0]]]
        place = (places[found[0]], places[found[1] - 1] + 1)
        if sign != MASKED:
            figures.append(Figure(value, unit, approximate, len(signs), *place))
        signs.append(sign)
        ranges.append(place)
        done = found[1]
    signs.extend(compact[done:])
    ranges += [(place, place + 1) for place in places[done:]]
    return Marked(start, end, "".join(signs), tuple(ranges), tuple(figures))


def _compact(text: str, start: int, end: int, breaks: Sequence[int]) -> tuple[str, list[int]]:
    """Without white space, except one space between digits: 1 234 is not read as two numbers, nor as one."""
    plain = _HALF_WIDTH(text[start:end])
    for place in breaks:
        plain = plain[: place - start] + "、" + plain[place - start + 1 :]
    plain = re.sub(r"[#$□]|(?<![\d%]\s)(?<!\d)%", MASKED, plain)
    kept = [i for i, char in enumerate(plain) if not (char.isspace() or char in "\u200b\ufeff")]
    chars: list[str] = []
    places: list[int] = []
    for before, i in zip([-1, *kept], kept, strict=False):
        if before >= 0 and i > before + 1 and plain[before].isdigit() and plain[i].isdigit():
            chars.append(" ")
            places.append(start + before + 1)
        chars.append(plain[i])
        places.append(start + i)
    return "".join(chars), places


def _masked(compact: str) -> tuple[str, list[tuple[int, int]]]:
    spans = [m.span() for m in _MASKS.finditer(compact)]
    for first, last in spans:
        compact = compact[:first] + MASKED * (last - first) + compact[last:]
    return compact, spans


def _figures(masked: tuple[str, list[tuple[int, int]]]) -> list[tuple[tuple[int, int], str, float, str, bool]]:
    compact, spans = masked
    found = [(span, MASKED, 0.0, "", False) for span in spans]
    for match in _OF_HUNDRED.finditer(compact):
        value = 100.0 if match["words"] == "百" else _number(match["words"])
        if value is not None:
            found.append((match.span(), PERCENT, value, "%", False))
    taken = [span for span, *_ in found]
    for match in _FIGURE.finditer(compact):
        value = _value(match)
        if value is None or any(first < match.end() and match.start() < last for first, last in taken):
            continue
        unit = "%" if match["percent"] else match["unit"]
        rounded = bool(match["scale"] or match["more"]) or (unit != "%" and bool(match["words"]) and value >= 10_000)
        approximate = bool(match["before"] or match["after"] or match["above"] or (rounded and unit not in YUAN))
        if unit in YUAN:
            found.append((match.span(), MONEY, round(value * YUAN[unit], 4), "元", approximate))
        else:
            found.append((match.span(), PERCENT if unit == "%" else COUNT, value, unit, approximate))
    return sorted(found)


def _value(match: re.Match[str]) -> float | None:
    if match["words"]:
        value = _number(match["words"])
    else:
        whole = match["digits"].replace(",", "")
        padded = len(whole) > 1 and whole[0] == "0"
        value = None if padded else float(whole + (match["decimals"] or "")) * _SCALE[match["scale"] or ""]
    return None if value is None else round(value * _SCALE[match["more"] or ""], 6)


def _number(words: str) -> float | None:
    """A number in digits or Chinese numerals; None for what is no one number: 百千, 二三 (two or three), 一千二."""
    if words.isascii():
        return float(words)
    import cn2an  # it takes longer to load than a report to read, and most write digits

    words = words.replace("两", "二").replace("〇", "零")
    try:
        value = float(cn2an.cn2an(words, "normal"))
    except ValueError:
        return None
    spelt = cn2an.an2cn(f"{value:.6f}".rstrip("0").rstrip("."))
    return value if re.sub("^一十", "十", spelt) == re.sub("^一十", "十", words) else None
