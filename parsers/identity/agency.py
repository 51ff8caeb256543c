"""Whose report it is: the name in the title, the opening, the signature or the page's own lines, with its place; or nobody's.

A name is complete when it begins with a place (晋江市残疾人联合会), is a place or a town's, or a proper name. A short one
(区统计局, 审计局) is completed by what the document itself decides, else left open: nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from parsers.data import DATA, load
from parsers.identity.addresses import places_of
from parsers.identity.mentioned import (
    alone_on_a_line,
    asked,
    is_sole_city,
    named_in_opening,
    places_named,
    publishers,
    speaks_as,
    subject,
    town,
    way_to,
)
from parsers.identity.names import LEVEL, is_complete, is_department, is_doubted, kind_of, name_of, squeezed
from parsers.model import Note
from parsers.printed.regions import by_code, full_name, mentions, region_before, region_of, regions_in, same_named

WORDS = DATA / "agency_words.yml"
_SHORT = re.compile(rf"^(?P<level>{LEVEL})(?P<kind>[一-鿿（）]{{2,}})$")
_OWN_PLACE = re.compile("[一-鿿]{2,}?[省市县区旗州盟]")
# Whose name under a page says who runs the site or passed the text on, not whose report it is.
_SITE = re.compile(
    r"门户|政府网|信息网|公开网|平台|(?<![镇乡道])人民政府$|市政府$|县政府$|区政府$|^中国[一-鿿]{2,4}$|政府办$|办公室$|办公厅$|信息公开|政务(?!服务[一-鿿]{0,10}[局中心办]$)"
)
_OWN_OFFICE = re.compile("^国家|(?:机构编制委员会|人民防空|国防动员|外事|侨务|扶贫开发|金融工作|地方志编纂委员会|监管)办公室$")
_OFFICE_OF_GOVERNMENT = re.compile("政府办公[室厅]$|政府办$")
_OTHERS = re.compile("^.{0,4}(?:指导|领导|部署|要求|印发|通知|统一|安排|关于)")


@cache
def _words() -> dict[str, str]:
    return dict(load(WORDS))


def in_full(name: str) -> str:
    """A name as names are compared, its last word in full where it can stand for one thing only.

    >>> in_full("平潭综合实验区管委会"), in_full("洪泽區政府"), in_full("上海市\u200b科委")
    ('平潭综合实验区管理委员会', '洪泽区人民政府', '上海市科委')
    """
    name = squeezed(name)
    short = max((word for word in _words() if name.endswith(word)), key=len, default=None)
    return name if short is None else name.removesuffix(short) + _words()[short]


def find_agency(
    titled: str | None, text: str, opening: int, signed: str | None, owners: Sequence[str], url: str | None
) -> tuple[str | None, list[Note]]:
    """The agency's name, as complete as the document decides it, and notes on what is concluded or left open.

    `text` as `plain` gives it, `opening` where the report's first heading stands, `signed` the name under the text, `owners`
    the names of the page's owners (sites, meta tags), `url` the page's address.
    """
    head = text[:opening]
    way = way_to(head)
    around = " ".join(filter(None, (signed, *owners, *way.places)))
    if titled and is_complete(titled) and not is_doubted(titled, text):
        return _placed(titled, text, around, titled, url, way.places)
    in_opening = [name for name in named_in_opening(text[: opening + 200]) if not _OFFICE_OF_GOVERNMENT.search(name)]
    names = map(_of_page, (*publishers(head), *way.names, *owners, *alone_on_a_line(head, text), *asked(text)))
    on_page = [name for name in names if name and speaks_as(name, text)]
    told = [titled, *in_opening, _of_page(signed, government=True), *on_page]
    places = tuple(dict.fromkeys((*way.places[-1:], *_owners_places(owners))))
    for name in dict.fromkeys(name for name in told if name and not is_doubted(name, text)):
        completed = _completed(name, text, [other for other in told if other and other != name], places, url)
        if completed:
            return _placed(completed, text, " ".join(filter(None, (*told, around))), name, url, way.places)
        if name == titled or _SHORT.match(name):
            return None, [_open(name)]
    office = subject(text) or town(text)
    return _placed(office, text, around, office, url, way.places) if office else (None, [_open(None)])


def _owners_places(owners: Sequence[str]) -> list[str]:
    """The smallest place in each of the names of a page's owners."""
    found = [[name for _, name in regions_in(owner)] for owner in owners]
    return [names[-1] for names in found if names]


def _open(printed: str | None) -> Note:
    said = f"原文只写“{printed}”，没有写出机关全称" if printed else "原文没有写出机关全称"
    return Note("agency_open", f"{said} (the document does not name its agency in full)")


def _of_page(printed: str | None, government: bool = False) -> str | None:
    """The name of an agency that may report for itself: an office that publishes for its government is not decided.

    `government`: the words are no site's, so that a government named there is one.
    """
    name = name_of(printed) if printed else None
    if not name or _OFFICE_OF_GOVERNMENT.search(name):
        return None
    if _SITE.search(name) and not _OWN_OFFICE.search(name) and not (government and name.endswith("人民政府")):
        return None
    return name if len(name) >= 3 and not re.search("[省市县区旗州盟]$", name) else None


def _completed(name: str, text: str, others: Sequence[str], places: Sequence[str], url: str | None) -> str | None:
    """The name itself where it is complete, else the one fuller form of it that the document prints, the place that the way to the
    page or its owners give or, where these give none, its address, the one place of its level that the text names."""
    if is_complete(name):
        return name
    short = _SHORT.match(name)
    level, kind = (short["level"], short["kind"]) if short else (None, name)
    kinds = {kind, in_full("区" + kind)[1:], "政府" if kind == "人民政府" else kind}
    fuller = {other for other in others if is_complete(other) and any(other.endswith((level or "") + k) for k in kinds)}
    if len(fuller) == 1:
        return fuller.pop()
    found = next(filter(None, _places(kind, kinds, level, text, places, url)), set())
    return found.pop() + kind if len(found) == 1 else None


def _places(name: str, kinds: set[str], level: str | None, text: str, places: Sequence[str], url: str | None) -> Iterator[set[str]]:
    """The places that may complete a short name, what is surer first; of several in one set nobody knows."""
    yield {
        place
        for kind in kinds
        for match in re.finditer(re.escape(kind), text)
        if (place := region_before(text, match.start()))
        and (level is None or place.endswith(level))
        and not _OTHERS.match(text[match.end() : match.end() + 12])
    }
    around = {place for place in places if level is None or place.endswith(level)}
    if level is None:
        yield around if is_department(name) else set()
        return
    if level in "区县":
        yield {
            place
            for source in (" ".join(places), text)
            for place, end in mentions(source, level)
            if re.match("人民政府|政府|委|政务|信息公开", source[end:])
        }
    yield around
    if level in "区县旗":  # 市 may be the prefecture or a city in it
        yield {place for address in places_of(url, text) for place, _ in mentions(address, level)}
    named = places_named(text, level)
    yield named if level != "市" or all(map(is_sole_city, named)) else set()


def _placed(name: str, text: str, named: str, printed: str | None, url: str | None, way: Sequence[str] = ()) -> tuple[str, list[Note]]:
    """The complete name with its city, and a note where it was concluded or the place stays open."""
    if region_of(name) is None and kind_of(name) == "town":  # printed after its county elsewhere
        places = {place for match in re.finditer(re.escape(name), text) if (place := region_before(text, match.start()))}
        places = places or set(way[-1:])
        name = places.pop() + name if len(places) == 1 else name
    full = in_full(full_name(full_name(name, named), text))
    if region_of(full) is None and same_named(full):
        full = full_name(full, " ".join(places_of(url, text)))
    notes = []
    if printed and kind_of(printed) in ("short", "bare"):
        message = f"机关全称由原文推定：“{printed}”即“{full}” (the agency's full name is concluded from the document)"
        notes.append(Note("agency_concluded", message))
    same = same_named(full)
    written = same[:1] if same else _OWN_PLACE.match(full)  # a district that GB/T 2260 does not list is a place all the same
    if region_of(full) is None and not (written and len(same) < 2) and kind_of(full) != "national":
        listed = "、".join(f"{by_code()[r.parent].name if r.parent else ''}{r.name}" for r in same)
        where = f"同名行政区：{listed}" if same else "名称里没有省、市、县、区"
        message = f"原文没有写明“{full}”属于哪里（{where}） (which place this agency belongs to is not decided)"
        notes.append(Note("place_open", message))
    return full, notes
