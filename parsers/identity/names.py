"""An agency's name in printed words: built from a place and words that names have (data/name_words.yml), never by cutting off an opening.

现把  长治市        信访局         2019年…
─┬─  ───┬──        ──┬──
 │      │            └ an office's word, none that no name has
 │      └ a place of GB/T 2260, or a town's, a zone's, the State's own name
 └ whatever stands before a place that is told: no part of the name
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from parsers.data import DATA, load
from parsers.printed.decode import LOST
from parsers.printed.normalise import comparable
from parsers.printed.regions import by_name, leading_regions, lies_in, regions_in, same_named

Kind = Literal["placed", "town", "national", "proper", "short", "bare"]

_FULL_WIDTH = str.maketrans("()[]【】", "（）（）（）")
_HAN = "[一-鿿]"
_LAST_BRACKET = re.compile(r"(?<=.)（[^（）]*）?$")
LEVEL = "(?!市场|市政[管园工设公局处建]|市容|市民[服中之热]|市域|区域|县域)[省市县区州旗]"  # what a short name begins with: 区统计局, but not 市场监管局
_SHORT = re.compile(LEVEL)
_AREAS = re.compile("[省市县区旗州盟镇乡局厅委办院校司行部署社所站处]|街道|中心|大学|支队|总队")
_PROPER = re.compile("(?:大学|学院|医院|学校|公司|集团|银行|协会|学会|基金会|兵团)$")
_NOT_PROPER = re.compile("^(?:第|人民|中心|妇幼|中医|附属|职工|供电|供水|自来水|公交|燃气|热力|国有|党委|高级|实验|公立)")
_OWN = re.compile(
    f"^(?![本各全该某省市县区州]){_HAN}{{2,4}}(?:总局|海关|海事局|监狱|铁路公安局|水利委员会|航务管理局)$|^{_HAN}{{2,8}}(?<![宣织战装支分])部$|^{_HAN}{{2,6}}总署$"
)  # 海关总署, 杭州海关, 黄河水利委员会, 教育部
_NO_PLACE = re.compile(  # 经济技术开发区: no town's or zone's own name
    "(?:经济|技术|高新|产业|工业|旅游|国家级?|省级|市级|保税|综合|物流|自由|贸易|农业|科技|生态|风景|特别|开发|合作|新|城|管理|城市|本|各|全){0,20}(?:[市县区镇乡园]|街道)"
)
_ZONE = re.compile("(?:经济|高新|技术|产业|综合|保税|旅游|农业|科技|工业){1,4}(?:开发区|园区|示范区|区)")
_ABOVE = re.compile("(?:政府|管委会|管理委员会)$")  # 平潭县人民政府 平潭县民政局: whose site, and whose report
_OF_CITY = re.compile("(?:海关|海事局|监狱|铁路公安局|大学|学院)$")
_COMMON = {"新城区", "城中区", "城关区", "市中区"}  # names of districts that are words, too


@cache
def _all_words() -> dict[str, list[str]]:
    return dict(load(DATA / "name_words.yml"))


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(_all_words()[kind])


@cache
def any_of(*kinds: str) -> str:
    """A pattern of any of the words of these kinds, the longest first."""
    return "(?:" + "|".join(sorted({word for kind in kinds for word in _words(kind)}, key=len, reverse=True)) + ")"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    town, other = any_of("towns", "zones"), any_of("counties")
    clean = f"(?!{any_of('never', 'not_in_places')})"
    return re.compile(
        {
            "unit": f"(?:(?!{any_of('never')})[一-鿿（）、]){{1,30}}",
            "town": f"(?P<place>(?:{clean}{_HAN}){{1,10}}?{town}|(?:{clean}{_HAN}){{2,4}}{other})",
            "inside": f"{any_of('never', 'not_in_places')}",
            "leading": f"(?:{any_of('never', 'not_in_places')}|[^一-鿿])$",
            "national": f"{any_of('national')}",
            "state": f"{any_of('national')}(?!院)",
        }[name]
    )


@cache
def _ends() -> tuple[str, ...]:
    return tuple({word for kind in ("offices", "inner", "towns", "zones", "counties") for word in _words(kind)})


@cache
def _listed() -> frozenset[str]:
    with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(name for row in csv.DictReader(file) for name in (row["name"], *row["other_names"].split("；")) if name)


def squeezed(printed: str) -> str:
    """A name as names are compared: simplified, without spaces and what prints nothing, brackets of full width."""
    return re.sub(r"\s+", "", comparable(printed)).translate(_FULL_WIDTH)


@lru_cache(maxsize=1024)
def name_of(printed: str) -> str | None:
    """The name that printed words end with, None where they are none or where it cannot be told from the words before it.

    >>> name_of("现把长治市信访局"), name_of("Page8-晋江市样例局"), name_of("现公布区样例局"), name_of("现把河包镇")
    ('长治市信访局', '晋江市样例局', '区样例局', None)
    >>> name_of("武汉经济技术开发区（汉南区）医疗保障局"), name_of("长治市公安局交警支队"), name_of("长治市信访局认真")
    ('武汉经济技术开发区（汉南区）医疗保障局', '长治市公安局交警支队', None)
    >>> name_of("平潭县民政局 平潭县财政局") is None
    True
    """
    words = _LAST_BRACKET.sub("", re.sub("^（([^（）]*)）$", r"\1", squeezed(printed))).strip("《》“”\"'·-—_:：,，、.|*#")
    for start in dict.fromkeys((*_told_starts(words), *_short_starts(words))):
        if kind_of(words[start:]) and words[start - 1 : start] != LOST:  # what is lost may have been of the name
            return None if is_another(words[:start]) else words[start:]
    return words if kind_of(words) and not _hides_region(words) else None


def is_another(before: str) -> bool:
    """Are the words before a name that of another body? A government's or a zone's may be above it: 平潭县人民政府 平潭县民政局."""
    return is_complete(squeezed(before)) and not _ABOVE.search(before)


def _told_starts(words: str) -> Iterator[int]:
    """Where a name may begin: at its start if a place or the State's name stands there, at either after words that are no name's."""
    if words in _listed() or same_named(words) or leading_regions(words)[0] or _pattern("national").match(words):
        yield 0
    for start in sorted({match.start() for match in _pattern("national").finditer(words)} - {0}):
        if _pattern("leading").search(words[:start]):
            yield start
    yield from (start for start in _zone_starts(words) if start and _pattern("leading").search(words[:start]))
    for start, region in regions_in(words):
        before = words[:start]
        if (
            start
            and not _overlaps(words, start, start + len(region))
            and (
                _pattern("leading").search(before)
                or (not _AREAS.search(before) and not _pattern("state").search(before) and _is_told(region))
            )
        ):
            yield start


def _zone_starts(words: str) -> Iterator[int]:
    """Where the zone of a city begins, or what is named after one, the city's name without 市: 现公布武汉经济技术开发区…, 现将南京海关"""
    for zone in (*_ZONE.finditer(words), *_OF_CITY.finditer(words)):
        for start in range(max(0, zone.start() - 4), zone.start() - 1):
            if words[start : zone.start()] + "市" in by_name():
                yield start


def _is_told(region: str) -> bool:
    """Is it a region's name even after unknown words, no word of its own (东区, 城关区) and none that ends in another's (定兴县)?"""
    return len(region) > 2 and region not in _COMMON and not any(region[cut:] in by_name() for cut in range(1, len(region) - 1))


def _overlaps(words: str, start: int, end: int) -> bool:
    """Does another region's name begin in this one and reach beyond it: 定[西市]区?"""
    return any(words[inner:outer] in by_name() for inner in range(start + 1, end) for outer in range(end + 1, min(len(words), end + 8) + 1))


def _short_starts(words: str) -> Iterator[int]:
    """Where 区统计局 stands after words that are no name's."""
    for match in _SHORT.finditer(words):
        if match.start() and _pattern("leading").search(words[: match.start()]):
            yield match.start()


def _hides_region(words: str) -> bool:
    """Does a place stand inside, with words before it that may be its opening or a part of an unknown name?"""
    return any(start and not words.startswith("（", start - 1) for start, _ in regions_in(words)) or any(_zone_starts(words))


@lru_cache(maxsize=1024)
def kind_of(name: str) -> Kind | None:
    """What the whole name is: begun with a place of GB/T 2260 (placed) or another (town), the State's (national), a proper name,
    or without a place: 区统计局 (short), 统计局 (bare). None if it is no name."""
    if name in _listed():
        return "placed"
    length = leading_regions(name)[1] or (len(same[0].name) if (same := same_named(name)) else 0)
    if length:
        branch = name[length:] in _words("inner")  # of an office that is not said: 渝中区分局
        return "placed" if length == len(name) or (_is_unit(name[length:]) and not branch and not _is_two(name, length)) else None
    if _pattern("national").match(name) or _OWN.match(name):
        return "national" if _is_unit(name) and not _pattern("inside").match(name) else None
    town = _pattern("town").match(name)
    if town and (town.end() == len(name) or _is_unit(name[town.end() :])):
        return "bare" if _NO_PLACE.fullmatch(name, 0, town.end()) else "town"
    if not _is_unit(name) or _pattern("leading").search(name[:1]) or name[0] in "本各全":
        return None
    if _SHORT.match(name):
        return "short" if len(name) > 2 else None
    if _pattern("inside").search(name) and not re.match("机构编制|信息|大数据|社会|经济|对外|工作|特|本", name):
        return None
    return "proper" if _PROPER.search(name) and len(name) > 3 and not _NOT_PROPER.search(name) else "bare"


def is_complete(name: str) -> bool:
    """Does the name say whose office it is: does it begin with a place, or is it a proper name?"""
    return kind_of(name) in ("placed", "town", "national", "proper")


def is_department(name: str) -> bool:
    """Is it, without a place, one of the offices that most governments have?"""
    return name in _words("departments")


def is_doubted(name: str, text: str) -> bool:
    """Does the text print the name of a town or zone shorter too, at the start of a clause? Then its first words may be an opening's.

    >>> is_doubted("推荐河包镇", "推荐河包镇2020年报告。2020年，河包镇登载"), is_doubted("先创区中埠镇", "先创区中埠镇报告。中埠镇登载")
    (True, False)
    """
    town = _pattern("town").match(name) if kind_of(name) == "town" else None
    place = town["place"] if town else ""
    cuts = [cut for cut in range(1, len(place) - 1) if not _AREAS.search(place[cut - 1])]
    shorter = [re.escape(place[cut:]) for cut in cuts if place[cut:] in text]
    return bool(shorter) and bool(re.search(rf"(?:^|[\s，,。、；：:>》由年])(?:{'|'.join(shorter)})", text))


def _is_unit(words: str) -> bool:
    """Are these words an office, a town, a zone, as names have them after their place?"""
    return len(words) > 1 and words.endswith(_ends()) and words.count("（") == words.count("）") and bool(_pattern("unit").fullmatch(words))


def _is_two(name: str, length: int) -> bool:
    """Does another place stand in the name, outside brackets, that lies elsewhere, or its own again? Then it is no one agency's:
    甲市某局指导乙市某局, 甲市某局甲市某中心."""
    chain, _ = leading_regions(name)
    outer = chain[-1:] or same_named(name)
    for start, inner in regions_in(name[length:]):
        if start and any(inner == region.name for region in chain) and name[length + start - 1] not in "（驻":
            return True
        if start and len(inner) > 2 and inner not in _COMMON and name[length + start - 1] not in "（驻":
            same = same_named(inner)
            if not any(lies_in(one, other) or one == other for one in same for other in outer):
                return True
    return False
