"""Whose report it is: the name in the title, the opening, the signature or the page's own lines, with its place; or nobody's.

A name is complete when it begins with a place (晋江市残疾人联合会), is a place or a town's, or a proper name. A short one
(区统计局, 审计局) is completed by what the document itself decides, else left open: nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import yaml

from parsers.data import DATA
from parsers.identity.addresses import places_of
from parsers.model import Note
from parsers.printed.regions import by_code, full_name, mentions, national_prefix, region_before, region_of, same_named

WORDS = DATA / "agency_words.yml"
_SUFFIX = (
    "人民政府办公室|人民政府办公厅|人民政府|管理委员会|管委会|残疾人联合会|残联|委员会|办公室|办公厅|街道办事处|联合会|管理局|执法局|保障局|"
    "分局|总局|兵团|局|厅|院|中心|总队|支队|大队|集团|公司|部|署|会|队|站|所|处|镇|乡|街道|政府|科委|市|县|区|委|办|社|校|馆|场"
)
_SPEAKER = re.compile("[我本贵该各]")  # 我局 names nobody
_SHORT = re.compile(r"^(?P<level>[省市县区州旗])(?P<kind>[一-鿿]{2,})$")
_PLACE = re.compile(r"(?<!^)(?:[省市县区旗州盟镇乡]|街道|园区|林区|景区)|大学|学院|医院|学校|公司|集团|银行|协会|学会|基金会|兵团")
_OWN_PLACE = re.compile("[一-鿿]{2,}?[省市县区旗州盟]")
_NATIONAL = re.compile(r"^(?:国家|中国|中华|国务院|最高)|(?<![宣织战装])部$|署$|海关$|海事局$|^[一-鿿]{2,4}(?:总局|海关)")
_OFFICE = re.compile(r"[一-鿿]{2,16}?(?:局|厅|残疾人联合会|镇人民政府|乡人民政府|街道办事处)")
_PUBLISHER = re.compile(
    r"(?:发布机构|发布单位|发布机关|发文机关|发文单位|公开单位|公开主体|制发机关|制发单位|发布主体|编制单位)\s*[】\]]?[:：|\t ]+\s*(?P<name>[一-鿿]{3,30})(?=[\s|]|$)",
    re.MULTILINE,
)
_IN_OPENING = (
    re.compile(rf"(?:现公布|公布|编制了?|发布)([一-鿿]{{2,20}}?(?:{_SUFFIX}))(?=20[0-3]\d\s*年)"),
    re.compile(rf"(?:^|[\s，,。由])([一-鿿]{{2,20}}?(?:{_SUFFIX}))(?=20[0-3]\d\s*年(?:度)?(?:政府|政务)信息公开)"),
    re.compile(rf"由([一-鿿]{{2,20}}?(?:{_SUFFIX}))(?:编制|负责编制)"),
)
_GOVERNMENT_SITE = re.compile(r"门户网站|门户网|政府网|信息网|公开网|平台|人民政府$|^中国|办公室$|办公厅$|信息公开|政务")


@cache
def _words() -> dict[str, str]:
    return dict(yaml.safe_load(WORDS.read_text(encoding="utf-8")))


def in_full(name: str) -> str:
    """A name without spaces, its last word in full where it can stand for one thing only.

    >>> in_full("平潭综合实验区管委会"), in_full("洪泽区政府"), in_full("上海市科委")
    ('平潭综合实验区管理委员会', '洪泽区人民政府', '上海市科委')
    """
    name = re.sub(r"\s+", "", name)
    short = max((word for word in _words() if name.endswith(word)), key=len, default=None)
    return name if short is None else name.removesuffix(short) + _words()[short]


def find_agency(
    titled: str | None, text: str, opening: int, signed: str | None, owners: Sequence[str], url: str | None
) -> tuple[str | None, list[Note]]:
    """The agency's name, as complete as the document decides it, and notes on what is concluded or left open.

    `text` as `plain` gives it, `opening` where the report's first heading stands, `signed` the name under the text, `owners`
    the names of the page's owners (sites, meta tags), `url` the page's address.
    """
    publisher = _PUBLISHER.search(text[:opening])
    named = [titled, *_named_in_opening(text, opening), signed, publisher["name"] if publisher else None, *owners]
    named = [name if number == 0 else _an_agency(name) for number, name in enumerate(named)]
    for name in dict.fromkeys(filter(None, named)):
        completed = _completed(name, text, [other for other in named if other and other != name], owners, url)
        if completed:
            return _placed(completed, text, " ".join(filter(None, named)), name, url)
        if name == titled or _SHORT.match(name):
            return None, [_open(name)]
    office = _only_office(text)
    return _placed(office, text, "", office, url) if office else (None, [_open(None)])


def _open(printed: str | None) -> Note:
    said = f"原文只写“{printed}”，没有写出机关全称" if printed else "原文没有写出机关全称"
    return Note("agency_open", f"{said} (the document does not name its agency in full)")


def _an_agency(name: str | None) -> str | None:
    """The name if it is an agency's that may report for itself: an office that publishes for its government is not decided."""
    if not name or _SPEAKER.search(name) or _GOVERNMENT_SITE.search(name):
        return None
    return name if re.search(rf"(?:{_SUFFIX})$", name) and len(name) >= 3 else None


def _completed(name: str, text: str, others: Sequence[str], owners: Sequence[str], url: str | None) -> str | None:
    """The name itself where it is complete, else the one fuller form of it that the document prints, its owner's place gives
    or, where these give none, its address."""
    if _is_complete(name):
        return name
    short = _SHORT.match(name)
    level, kind = (short["level"], short["kind"]) if short else (None, name)
    kinds = {kind, in_full("区" + kind)[1:], "政府" if kind == "人民政府" else kind}
    fuller = {other for other in others if _is_complete(other) and any(other.endswith((level or "") + k) for k in kinds)}
    if len(fuller) == 1:
        return fuller.pop()
    places = {
        place
        for k in kinds
        for match in re.finditer(re.escape(k), text)
        if (place := region_before(text, match.start())) and (level is None or place.endswith(level))
    }
    if level in ("区", "县") and not places:
        places = {
            place
            for source in (" ".join(owners), text)
            for place, end in mentions(source, level)
            if re.match("人民政府|政府|委|政务|信息公开", source[end:])
        }
    elif level == "市" and not places:
        places = {place for source in owners for place, _ in mentions(source, level)}
    if level in ("区", "县", "旗") and not places:  # 市 may be the prefecture or a city in it
        places = {place for address in places_of(url, text) for place, _ in mentions(address, level)}
    return places.pop() + kind if len(places) == 1 else None


def _is_complete(name: str) -> bool:
    if same_named(name) or national_prefix(name) or _NATIONAL.search(name):
        return True
    return bool(not _SHORT.match(name) and (_PLACE.search(name) or re.search("[镇乡]$|街道$|区$", name)))


def _placed(name: str, text: str, named: str, printed: str | None, url: str | None) -> tuple[str, list[Note]]:
    """The complete name with its city, and a note where it was concluded or the place stays open."""
    if region_of(name) is None and not same_named(name) and not _NATIONAL.search(name):  # a town, printed after its county elsewhere
        places = {place for match in re.finditer(re.escape(name), text) if (place := region_before(text, match.start()))}
        name = places.pop() + name if len(places) == 1 else name
    full = in_full(full_name(full_name(name, named), text))
    if region_of(full) is None and same_named(full):
        full = full_name(full, " ".join(places_of(url, text)))
    notes = []
    if printed and _SHORT.match(printed):
        message = f"机关全称由原文推定：“{printed}”即“{full}” (the agency's full name is concluded from the document)"
        notes.append(Note("agency_concluded", message))
    same = same_named(full)
    written = same[:1] if same else _OWN_PLACE.match(full)  # a district that GB/T 2260 does not list is a place all the same
    if region_of(full) is None and not (written and len(same) < 2) and not _NATIONAL.search(full):
        listed = "、".join(f"{by_code()[r.parent].name if r.parent else ''}{r.name}" for r in same)
        where = f"同名行政区：{listed}" if same else "名称里没有省、市、县、区"
        message = f"原文没有写明“{full}”属于哪里（{where}） (which place this agency belongs to is not decided)"
        notes.append(Note("place_open", message))
    return full, notes


def _only_office(text: str) -> str | None:
    """The one office that the text names with its region (皮山县统计局); none if it names several."""
    found = set()
    for match in _OFFICE.finditer(text):
        words = match[0]
        starts = [i for i in range(len(words) - 3) if same_named(words[i:])]
        if "人民政府办公" not in words and starts and (starts[0] == 0 or words[starts[0] - 1] in "由为在将和与及对向年的"):
            found.add(words[starts[0] :])
    return found.pop() if len(found) == 1 else None


def _named_in_opening(text: str, opening: int) -> list[str]:
    """Names in the words before the first heading: 现公布…局2020年, …局2021年政府信息公开, 由…编制."""
    head = text[: opening + 200]
    names = (match[1] for pattern in _IN_OPENING if (match := pattern.search(head)))
    return [re.sub("^.*(?:编制了?|公布|发布|现将|由)", "", name) for name in names]
