"""Whether a sentence speaks of the report's own body and of its own year: what comes before a figure decides."""

from __future__ import annotations

import re

from parsers.model import Identity
from parsers.printed.normalise import simplify
from parsers.printed.regions import by_name

_AREAS = "省市州盟县区旗镇乡"
_GOVERNMENT = re.compile(rf"(?:人民政府|政府|管委会|管理委员会|[{_AREAS}]|街道|办事处)$")
_ZONE = re.compile("(?:经济|技术|高新|产业|工业){0,9}(?:开发区|园区|高新区|新区)$")
_OFFICE = re.compile(r"政府办(?:公[室厅])?$")
# The end of a body's name where the body acts: at once a verb or a time follows.
_ACTS = re.compile(
    r"(?:局|厅|会|联|办公室|办公厅|政府|委|法院|检察院|学校|医院|中心|镇|乡|街道|街道办|办事处|集团|公司|部门|科室|单位|分局|处|(?<!场)所|(?<!网)站|馆|队|(?<![全我本各专社园城厂景库])[省市州盟县区旗])"
    r"(?=[,:]?(?:共|累计|合计|全年|今年|本年|年内|主动|及时|依法|收到|接到|接收|受理|发布|公开|制发|制定|出台|印发|办结|办理|答复|"
    r"回复|未|没有|无|通过|在|新收|新增|处理|20\d\d年|依申请(?!公开情况)|申请|#))"
)
_SELF = re.compile(r"[我本](?:机关|单位|部门|[一-鿿]{1,2})$|全(?:[局厅委会镇乡]|街道)$")
_OTHERS = re.compile(
    r"(?:各|下属|所属|下辖|直属|辖区)[^,。;#]{0,6}?(?:乡镇|镇|乡|街道|部门|单位|科室|股室|机关|县|区|市|村|社区|学校|医院|企业|机构|高校|院校|局(?!限))|"
    r"[省市县区镇乡]级(?:各|行政机关|政府|机关|部门|单位)|"
    r"[省市区县]直|系统(?=[,:]?(?:共|累计|全年|20\d\d年|收到|受理|公开|发布|主动|办结|未|在|#))|全国|上级|兄弟单位|其他单位"
)
_WHOLE_AREA = re.compile(rf"[全我](?P<area>[{_AREAS}])(?!政府|委|直|人民)")
_ALL_ORGANS = re.compile("各级(?:行政机关|政府机关|机关|部门|单位|各部门|各单位)|各部门各单位|各地各部门")
# A government's website as what acts (not 在, 通过…): of a department's report it is not its own.
_SITE_ACTS = re.compile(
    rf"(?:^|[,。;:])(?P<area>[{_AREAS}])(?:人民)?政府(?:门户)?网站?(?=全年|今年|本年|20\d\d年|共|累计|发布|公开|更新|主动)"
)
_ONE_ORGAN = re.compile("政府$|本级")
_PLANS = re.compile(
    r"拟|力争|预计|目标|应当|必须|确保|计划(?:在|于|公开|发布|开展|完成)|下一步|明年|下达|任务(?:数|量)?为?(?=公开|发布|#)|每[年月周季天日个名条人件半]|人均|如果|假如|倘若"
)
# A year in 上年结转 or 转下年度 belongs to what is carried over, not to the sentence.
_TIME = re.compile(
    r"(?<![转])(?<!转[至入到])(?:(?P<year>20\d\d)年|今年|本年|全年|当年|年内|报告期|(?P<other>上年|上一年|去年|前年|往年|历年|明年|下年|下一年|次年|以往))"
    r"(?!度?结转)"
)
_COMPARED = re.compile(r"[较比与同和对]$")
_SINCE_THEN = re.compile("相比|同期|[增减升降多少高低]|持平|,")  # 比上年: the figure is last year's own where nothing of this follows
_WHOLE_YEAR = re.compile(
    r"自?(?:(?P<from>20\d\d)年)?1月1日(?:起|开始)?[至到\-—~]+(?:20\d\d年)?12月31日(?:止|期间)?|"
    r"(?:截[至止]到?)?(?:(?P<to>20\d\d)年)?(?:12月(?:31日|底|末)|年底|年末)"
)
_PART_YEAR = re.compile(r"\d{1,2}月|上半年|下半年|季度|以来|近?[两三四五六七八九十\d]年(?:来|内|间)|近[两三四五六七八九十\d]+年|历次|多年")
_ASIDE = re.compile(r"\([^()#]{0,40}#[^()#]{0,20}\)")  # 收到127件(2022年为119件): what follows the bracket is of this year again
_EARLIER = re.compile("度?[底末初]?(?:以前|之前|前)")  # 2023年以前公开的
_YEARS = re.compile(r"(?P<first>20\d\d)年?[至到\-—~](?P<last>20\d\d)年")


class Scope:
    """The body and the year that a report is about."""

    def __init__(self, identity: Identity) -> None:
        self.agency = simplify(identity.agency or "")
        self.year = identity.year
        self.office = bool(_OFFICE.search(self.agency))
        self.government = bool(_GOVERNMENT.search(self.agency)) and not self.office
        areas = re.findall(rf"(?<!城)[{_AREAS}](?!场|村振兴|域)", self.agency)
        self.area = None if "街道" in self.agency or not areas else areas[-1]
        self.reports_for_all = self.government and self.area is not None and self.area not in "镇乡"  # its organs' figures added up
        self._name = _own_name(self.agency)
        self.names = self._names()

    def doubt(self, text: str, at: int) -> str | None:
        """None when what the marked sentence says from `at` on is the own body's in its year, "subject" when that is not sure.

        Raises Elsewhere where the words before speak of another body, a sub-unit, another year, a part of a year, a plan.
        """
        before = text[:at]
        clause = re.split(r"[。;]", before)[-1]
        if _PLANS.search(clause) or self._other_time(before):
            raise Elsewhere(before)
        named = [text[max(at - len(clause), m.end() - 20) : m.end()] for m in _ACTS.finditer(text, at - len(clause)) if m.end() <= at]
        others = [name for name in named if not (_SELF.search(name) or (self.government and _ALL_ORGANS.search(name)))]
        if self.agency and not all(map(self._is_own, others)):
            raise Elsewhere(before)
        if _OTHERS.search(clause) and not (self.government and _ALL_ORGANS.search(clause)):
            raise Elsewhere(before)
        area = _WHOLE_AREA.search(clause)
        if area and not (self.government and area["area"] == self.area):
            if self.agency and not self.office:
                raise Elsewhere(before)
            return "subject"
        if self.reports_for_all and (any(map(_ONE_ORGAN.search, others)) or "本级" in clause):
            return "subject"
        site = _SITE_ACTS.search(text, max(0, at - len(clause) - 1), at)
        if site and self.agency and not self.office and not (self.government and site["area"] == self.area):
            return "subject"
        unknown = (others and not self.agency) or (not self.year and _TIME.search(before))
        return "subject" if unknown else None

    def _names(self) -> re.Pattern[str]:
        """Finds the agency's own names at the beginning of a text: in full, without the places above it, short. A government that
        reports for all its organs has none, as its name may be one of them."""
        if not self.agency or self.reports_for_all:
            return re.compile("(?!)")
        kind = _kind_of(self.agency)
        place = self.agency.removesuffix(kind)
        places = [
            *([] if kind == "人民政府" else [""]),
            *(place[m.end() :] for m in re.finditer(rf"^|[{_AREAS}]", place)),
            *([self.area] if self.area else []),
        ]
        places += [found[0] for found in [_ZONE.search(place)] if found]
        places += ["街道"] if place.endswith("街道") else []
        named = "|".join(map(re.escape, sorted(set(places), key=len, reverse=True)))
        alone = [one for one in places if len(one) > 2 and one[-1] in "镇乡"] + [one for one in places if one.endswith("街道")]
        return re.compile(rf"(?:{named}){_short_forms(kind)}" + "".join(f"|{re.escape(one)}" for one in alone))

    def is_self(self, word: str) -> bool:
        """Is a word like 我局, 本单位, 全市 one for this body?"""
        whose = re.sub("^[我本全]|各级行政机关$|行政机关$", "", word)
        if whose in ("", "机关", "单位", "部门") or word in self.agency or not self.agency:
            return True
        if whose in _AREAS:
            return self.government and whose == self.area
        return not self.government or whose in self.agency or whose[-1] in self.agency[-3:]

    def _is_own(self, name: str) -> bool:
        if self.government and name[-1] == self.area and name[-2:] in self.agency:
            return True  # 中埠镇 for 中埠镇人民政府
        if name.endswith("街道") and len(name) > 3 and name[-4:] in self.agency:
            return True
        own = self._name.search(name)
        if not own:
            return False
        before = name[: own.end("area")] if own["area"] else name[: own.start()]
        if own["area"] and own["area"] != self.area:
            return False
        places = [before[i:] for i in range(len(before)) if before[i:] in by_name()]
        return not places or any(place in self.agency for place in places)

    def _other_time(self, before: str) -> bool:
        plain = _WHOLE_YEAR.sub(lambda m: f"{m['from'] or m['to']}年" if m["from"] or m["to"] else "本年", before)
        plain = _ASIDE.sub("", plain)
        times = [m for m in _TIME.finditer(plain) if not _COMPARED.search(plain[: m.start()]) or not _SINCE_THEN.search(plain, m.end())]
        last = times[-1] if times else None
        if last and any(m["first"] != m["last"] and m.end() >= last.end() for m in _YEARS.finditer(plain)):
            return True
        if last and (last["other"] or (last["year"] and self.year and int(last["year"]) != self.year)):
            return True
        after = plain[last.end() :] if last else plain
        if last and _EARLIER.match(after):
            return True
        return bool(_PART_YEAR.search(after.removeprefix("以来")))


class Elsewhere(ValueError):
    """The words speak of another body, another time, or of what is planned."""


def _own_name(agency: str) -> re.Pattern[str]:
    """Finds the agency's name or a short form of it at the end of a text: 市残联, 民政局, 上海市科委, 区政府.

    A short form begins with the first character of the name's kind, keeps the order, and ends alike.
    """
    kind = _kind_of(agency)
    whole = f"{re.escape(agency)}|" if agency else ""
    return re.compile(rf"(?P<area>[{_AREAS}])?(?:{whole}{_short_forms(kind)})$")


def _kind_of(agency: str) -> str:
    """What the agency is, without its place: 民政局, 城市管理局."""
    return re.sub(rf"^.*(?:(?<!城)[{_AREAS}](?!场|村振兴|域)|街道)(?=.{{2}})", "", agency)


def _short_forms(kind: str) -> str:
    """A pattern of a kind of body in full or short: 发展和改革委员会, 发改委."""
    first, middle, last = kind[:1], kind[1:-1], kind[-1:]
    ends = {"委员会": "委员会|委会|委", "联合会": "联合会|联", "办公室": "办公室|办", "办公厅": "办公厅|办", "办事处": "办事处|办"}
    for end, forms in ends.items():
        if kind.endswith(end):
            middle, last = kind[1 : -len(end)], f"(?:{forms})"
    if kind == "办事处":
        return "(?:办事处|办)"
    forms = first + "".join(f"{re.escape(char)}?" for char in middle) + last
    if kind == "人民政府":
        forms += "|政府"
    elif kind.startswith("人民政府办"):
        forms += "|政府办(?:公[室厅])?"
    return f"(?:{forms or '(?!)'})"
