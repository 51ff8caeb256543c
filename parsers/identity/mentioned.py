"""Where a page names its office besides the title: the way to it, the publisher's line, the opening words, what its sentences tell.

首页 > 襄州区 > 部门 > 民政局 > 政府信息公开年报          the way to the page (breadcrumb)
索引号：…    发布机构：晋江市样例局    发文日期：…          the publisher's line
根据《条例》，现公布泰州市人民政府2017年…                  the opening words
2020年，宣城市气象局认真贯彻…                              a sentence about what the office did
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parsers.identity.names import LEVEL, any_of, is_complete, is_department, kind_of, name_of, squeezed
from parsers.identity.titles import REPORT
from parsers.printed.regions import by_name, leading_regions, mentions, regions, regions_in, same_named

_PUBLISHER = re.compile(
    r"(?:(?:发布|发文|制发|制定|编制|编写|公开|公开责任|责任|信息提供|提供|供稿|生成|产生)(?:机构|单位|机关|主体|部门)|(?P<source>(?:信息|文章|稿件)?来源))"
    r"\s{0,20}[】\]]?\s{0,20}[:：|\t ]{1,20}\s*+(?P<name>[一-鿿（）()]{3,40})(?=[\s|]|$)",
    re.MULTILINE,
)
_PRESS = re.compile("媒体|新闻|日报|晚报|信息中心|数据|网|本站|电视|广播|报社")  # who publishes for others
_STEPS = re.compile("[>＞»›→]")
_WAY = re.compile(r"(?:[^\n>＞»›→|\t]{1,30}\s{0,20}[>＞»›→]{1,9}\s{0,20}){2,99}[^\n>＞»›→|\t]{0,40}")
_WAY_SAID = re.compile(r"(?:当前|您的?|所在|现在)\s*+(?:所在)?\s*+(?:位置|页面)\s*+(?:是|为)?\s*+[:：]?\s*+(?P<way>[^\n]{4,120})")
_STEP = re.compile(r"(?<!\s)\s*+[>＞»›→/／\-—_|:：]++\s*+")
_SITE = re.compile(r"(?:人民政府|政府|政务|政府信息)?(?:公开)?(?:门户)?(?:网站|网)?(?:信息公开)?(?:目录|专栏|平台)?$")
_REPORT = rf"20[0-3]\d年度?(?:开展|的)?{REPORT}(?![^，。；\n]{{0,12}}(?:通知|方案|要点|考核|办法|格式|模板|工作要求))"
_NAMED_BEFORE = re.compile(
    rf"[现特]?(?:(?:编制|发布|公布|公开|形成|制作)了?(?:本级行政机关|本机关|本单位|本部门|本局)?(?:{_REPORT}|本年?度?报告)|{_REPORT})"
)  # a name stands before it
_NAMED_WITHIN = (
    re.compile(r"(?<![自理缘事])由(?P<name>[一-鿿（）()]{3,30}?)(?=(?:负责|组织|牵头)?(?:编制|编写|编撰|撰写|起草|制作))"),
    re.compile(
        r"(?:(?<![自理缘事])由|^|[。；\n])[^\S\n]*+(?P<name>[一-鿿（）()]{3,30}?)"
        r"(?=(?:按照|根据|依据|依照)[^。\n]{2,120}?(?:编制|编写|编撰|撰写|起草|制作|发布|公布)(?:了|而成|[，。]|$|[^。\n]{0,24}(?:报告|年报)))"
    ),
    re.compile(r"(?:公布|发布|编制了?)(?P<name>[一-鿿（）()]{3,40})(?=20[0-3]\d年度?(?:年度)?(?:报告|年报))"),
)
_RUN = re.compile(
    r"(?<![、一-鿿（）()\ufffd])[一-鿿（）()\ufffd]{2,45}\Z"
)  # with a lost character, which may be of the name; no last of several
_BEFORE = re.compile(r"(?:^|[\n\s。；;，,：:！|（(]|20[0-3]\d\s*+年度?[，,]?|由)$")
_BEGUN = re.compile(r"(?:^|[\n\s。！|]|20[0-3]\d\s*+年度?[，,]?|由)$")
_OF_OTHERS = re.compile("^.{0,4}(?:指导|领导|部署|要求|印发|通知|统一|安排|关于|考核|工作要点|转发)")
_VISIT = re.compile("(?:赴|到|与|同|援|对口|学习|考察|帮扶|原)$")
_MORE = ("", "公室", "员会", "事处", "人民政府", "办事处")  # 我办 is an 办公室, 我委 a 委员会, 我镇 a 镇人民政府
_ALSO = {"会": ("联",), "办": ("街道",)}
_OWN_PLACE = re.compile("我[省市县区州旗盟]|各(?:镇|乡镇|乡|街道|县|区|部门)")
_ASKED = re.compile(r"(?:请|可)(?:与|向|和|联系)(?P<name>[一-鿿（）()]{4,40}?)(?:联系|咨询|[（(：:，])")
_ROOM = re.compile(
    "(?:(?:党政|行政|综合)(?:综合)?办公室|(?<=[局厅会镇乡处府部院])(?:政务公开|政府信息公开|信息公开)?办公室|[一-鿿]{2,4}(?:科|股))$"
)  # who answers in an office
_SPEAKER = re.compile("我(局|委|厅|办|镇|乡|街道|院|校|会|中心|总队|支队|大队|队)")


@dataclass(frozen=True)
class Way:
    """The way to a page: the places it leads through, the smallest last, and the names of offices on it."""

    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def way_to(head: str) -> Way:
    """The way that the page prints above its text, read from its first such line.

    >>> way_to("首页 > 襄州区 > 部门 > 民政局 > 政府信息公开年报")
    Way(places=('襄州区',), names=('襄州区民政局',))
    >>> way_to("当前位置：首页 - 长治市信访局 - 年度报告").names
    ('长治市信访局',)
    """
    found = _WAY.search(head) if _STEPS.search(head) else None
    said = _WAY_SAID.search(head)
    printed = found[0] if found else said["way"] if said else ""
    places: list[str] = []
    names: list[str] = []
    for step in filter(None, _STEP.split(printed)):
        place, name = _SITE.sub("", squeezed(step)), squeezed(step)
        if _is_place(place):
            places.append(place)
        elif kind_of(own := re.sub("(?<=[局厅委会心办])（[^（）]{3,20}[局办室]）$", "", name)) in ("placed", "town", "national", "proper"):
            names.append(own)
        elif places and is_department(own := re.sub(f"^{LEVEL}(?=..)", "", name)) and "政府" not in own and own != "办公室":
            names.append(places[-1] + own)
    return Way(tuple(dict.fromkeys(places)), tuple(dict.fromkeys(names)))


def _is_place(words: str) -> bool:
    return bool(words) and (words in by_name() or leading_regions(words)[1] == len(words) or _ends_a_chain(words))


def _ends_a_chain(words: str) -> bool:
    """A city and one of its districts of a common name: 南京市鼓楼区."""
    same = same_named(words)
    return len(same) > 1 and words == same[0].name


def publishers(head: str) -> list[str]:
    """The names that the page gives for its publisher, those it calls so before its sources."""
    found = sorted(_PUBLISHER.finditer(head), key=lambda match: match["source"] is not None)
    return [name for match in found if not (match["source"] and _PRESS.search(match["name"])) and (name := name_of(match["name"]))]


def named_in_opening(head: str) -> list[str]:
    """Names in the words before the first heading: 现公布…局2020年…, …局2021年政府信息公开…, 由…编制."""
    words = re.sub(r"(?<=[一-鿿\d])[^\S\n]+(?=[一-鿿\d])", "", head)
    broken = re.sub(r"(?<=[一-鿿])\n(?=[一-鿿])", "", words)  # a line may end within a name
    names = _opened(words)
    return names if any(map(is_complete, names)) else [*(name for name in _opened(broken) if kind_of(name) == "placed"), *names]


def _opened(words: str) -> list[str]:
    before = (_RUN.search(words, max(0, match.start() - 45), match.start()) for match in _NAMED_BEFORE.finditer(words))
    found = [run[0] for run in before if run] + [match["name"] for pattern in _NAMED_WITHIN for match in pattern.finditer(words)]
    names = (name_of(re.sub("(?<=[局厅])办公室$", "", printed)) for printed in found)
    return list(dict.fromkeys(name for name in names if name and not name.startswith("国务院") and not _is_room(name)))


def _is_room(name: str) -> bool:
    """Is it the office of an office, which writes for that one: 样例区管理委员会办公室? Of a 机构编制委员会 it is a body of its own."""
    office = name.removesuffix("办公室")
    return office != name and not office.endswith(("机构编制委员会", "政府")) and is_complete(name_of(office) or "")


def subject(text: str) -> str | None:
    """The one office of a place of which the text's sentences say what it did (宣城市气象局认真贯彻…); none if it tells of several.

    An office that guides, asks or is asked is not the one that reports, nor one of another kind than the text calls itself (我镇).
    """
    found = set(_subjects(text))
    return found.pop() if len(found) == 1 and all(_is_its_own(name, text) for name in found) else None


def speaks_as(name: str, text: str) -> bool:
    """Is it an office of the kind that the text calls itself most (我局, 我镇), if it calls itself anything?"""
    kind = _speaker(text)
    return not kind or name.endswith(tuple(kind + more for more in _MORE)) or (kind in _ALSO and name.endswith(_ALSO[kind]))


def _speaker(text: str) -> str | None:
    most = Counter(match[1] for match in _SPEAKER.finditer(text)).most_common(1)
    return most[0][0] if most else None


def _is_its_own(name: str, text: str) -> bool:
    """Does the text speak of itself by this name: does it call itself by the name's kind (我局), or name it more than once or right
    after a year, and no place its own (我县), as the report of a government does that tells of one of its offices?"""
    if _speaker(text):
        return speaks_as(name, text)
    return not _OWN_PLACE.search(text) and (text.count(name) > 1 or bool(re.search(rf"20[0-3]\d年度?[，,]?\s*{name}", text)))


def asked(text: str) -> list[str]:
    """The offices that readers are told to ask, of the kind that the text calls itself: 请与晋江市样例局办公室联系."""
    found = (name_of(_ROOM.sub("", match["name"])) for match in _ASKED.finditer(text))
    return [name for name in found if name and _SPEAKER.search(text) and speaks_as(name, text)]


def alone_on_a_line(head: str, text: str) -> list[str]:
    """The one office of a place whose name is all that a line above the text prints."""
    lines = {squeezed(line) for line in re.split(r"[\n\t|]", head) if 5 <= len(line.strip()) <= 40}
    names = [line for line in lines if kind_of(line) == "placed" and not line.endswith(("政府", "省", "市", "县", "区", "旗", "州", "盟"))]
    return names if len(names) == 1 and speaks_as(names[0], text) else []


def _subjects(text: str) -> Iterator[str]:
    national = ((match.start(), match[0]) for match in re.finditer(any_of("national"), text))
    for start, place in (*regions_in(text), *national):
        before = text[max(0, start - 8) : start]
        if not _BEFORE.search(before):
            continue
        rest = re.match(r"[一-鿿（）]{2,36}", text[start:])
        name = _followed(rest[0], text[start : start + 48], len(place)) if rest else None
        if name and (_BEGUN.search(before) or text.count(name) > 1):  # what a clause within a sentence tells may be another's work
            yield name


def town(text: str) -> str | None:
    """The one town or street of which the text's sentences say what it did (官洲街道办事处认真贯彻…), in its longest form."""
    found = {match["name"] for match in _town().finditer(text) if kind_of(match["name"]) == "town"}
    stems = {re.sub("(?:人民政府|政府|办事处)$", "", name) for name in found}
    return max(found, key=len) if len(stems) == 1 and _is_its_own(next(iter(stems)), text) else None


@cache
def _town() -> re.Pattern[str]:
    stem = "(?:(?![各全我本该级个省市县区乡村城街镇小])[一-鿿]){2,4}(?:镇|乡|街道)"
    return re.compile(rf"(?:^|[\n。；，,]|20[0-3]\d年度?)[^\S\n]*+(?P<name>{stem}(?:人民政府|政府|办事处)?)(?={any_of('following')})")


def _followed(words: str, text: str, least: int) -> str | None:
    """The shortest name at the start of these words after which the text goes on as after a name."""
    for end in range(least + 2, len(words) + 1):
        after = text[end:]
        goes_on = _following().match(after) and not _OF_OTHERS.match(after)
        if (
            goes_on
            and kind_of(words[:end]) in ("placed", "national")
            and not re.search("政府$|政府办公[室厅]$|[省市县区旗州盟]$", words[:end])
        ):
            return words[:end]
    return None


@cache
def _following() -> re.Pattern[str]:
    return re.compile(any_of("following") + "|20[0-3]\\d年")


def places_named(text: str, level: str) -> set[str]:
    """The names of the regions of this level (省, 市, 区, 县 …) in the text, but for those that were visited or met."""
    return {name for name, end in mentions(text, level) if not _VISIT.search(text[max(0, end - len(name) - 2) : end - len(name)])}


def is_sole_city(name: str) -> bool:
    """Can 市 in a short name mean this city only? Not where it holds cities of its own, whose 市 may be meant."""
    same = by_name().get(name, ())
    return len(same) == 1 and (
        not same[0].code.endswith("00") or not any(r.parent == same[0].code and r.name.endswith("市") for r in regions())
    )
