"""Who reports on which year, and when: from the title, the opening words, the page's own lines, the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from parsers.fold import simplify
from parsers.gaps import trim
from parsers.model import Document, Heading, Identity, Note, Section
from parsers.regions import by_name, full_name, leading_regions

_REPORT = r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报|情况)|政务公开(?:工作)?年度?报告"
_YEAR = r"(?P<year>20[0-3]\d)\s*(?:年度?|—|-)?"
_TITLE = re.compile(
    rf"^(?:标题[:：])?(?P<before>[^\s，。；、:：>《》|]{{0,40}}?)\s*{_YEAR}\s*(?P<between>[^\s，。；、:：>《》|]{{0,30}}?)(?:{_REPORT})$"
)
_SUFFIX = (
    "人民政府办公室|人民政府办公厅|人民政府|管理委员会|管委会|残疾人联合会|残联|委员会|办公室|办公厅|街道办事处|联合会|管理局|执法局|保障局|"
    "分局|总局|局|厅|院|中心|总队|支队|大队|集团|公司|部|署|会|队|站|所|处|镇|乡|街道|政府|科委|市|县|区"
)
_OFFICE = "局|厅|残疾人联合会|镇人民政府|乡人民政府|街道办事处"
_DATE = re.compile(r"(20[0-3]\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_PUBLISHED = re.compile(
    rf"(?:发布日期|发布时间|发文日期|公开日期|发稿时间|信息发布时间|公布日期|日\s*期|时\s*间)\s*[:：]\s*{_DATE.pattern}"
)
_NOT_PUBLISHED = re.compile(r"(?:成文|生成|印发|有效|统计|截止|落款|更新|生效|失效)\s*$")
_NUMBER = re.compile(r"文\s*号\s*[:：]\s*([^\s|]{2,20}[〔\[（(]20\d\d[〕\])）][^\s|]{1,12}号)")
_URL = re.compile(r"(?:原文链接|网址|链接|来源地址)\s*[:：]\s*(https?://[^\s<>\"'）)]+)")
_PERIOD = re.compile(r"自?(20[0-3]\d)年1月1日\s*(?:起|开始)?\s*[至到—\-－]")
_OF_YEAR = re.compile(
    r"(20[0-3]\d)\s*年(?:度)?[^，。；、《》\d]{0,20}?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报|情况)"
)
_ABOUT_YEAR = re.compile(r"(20[0-3]\d)\s*年(?:度)?(?:(?:政府|政务)信息公开工作(?!要点|方案|的?通知)|年?报(?![a-z]))")
_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_SIGNED = re.compile(
    r"^\s*((?:20[0-3]\d|二[〇○零ＯO0]{1}[一二三四五六七八九〇○零]{2})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日?|20\d\d[-/.]\d{1,2}[-/.]\d{1,2})\s*$"
)


def identify(document: Document, headings: Sequence[Heading], sections: Sequence[Section]) -> tuple[Identity, tuple[Note, ...]]:
    """The document's identity and a note on whatever in it is left open or contradicts itself. Nothing is invented."""
    stated, text = document.stated, simplify(document.text)
    opening = min((h.start for h in headings), default=min(len(text), 3000))
    title, titled_agency, titled_year = _title(document, opening)
    notes: list[Note] = []
    year = _stated_year(stated) or titled_year
    period = _PERIOD.search(text)
    said = _OF_YEAR.search(text[: opening + 400]) or _ABOUT_YEAR.search(text[: opening + 400])
    if period and year and int(period[1]) != year:
        message = f"标题写 {year} 年，统计期限从 {period[1]} 年起 (the title and the stated period name different years)"
        notes.append(Note("year_conflict", message, *period.span()))
    year = year or (int(period[1]) if period else None) or (int(said[1]) if said else None) or _year_of_overview(text, sections)
    agency = stated.get("agency") or _agency(titled_agency, text, opening)
    if agency and "agency" not in stated:
        agency = full_name(agency, text)
    if not agency:
        notes.append(Note("agency_open", "原文没有写出机关全称 (the document does not name its agency in full)"))
    if not year:
        notes.append(Note("year_open", "原文没有写明报告年度 (the document does not say which year it reports on)"))
    number = _NUMBER.search(text[:opening])
    url = stated.get("url") or (m[1] if (m := _URL.search(text[:opening])) else None)
    published = _published(document, opening, sections)
    return Identity(agency, year, title, published, _signed(document, sections), number[1] if number else None, url), tuple(notes)


def _stated_year(stated: dict[str, str]) -> int | None:
    year = stated.get("year", "")
    return int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None


def _title(document: Document, opening: int) -> tuple[str | None, str | None, int | None]:
    """Title as printed, the agency and the year in it; the first line that is one, else two or three lines that make one."""
    lines = [line.strip(" \t\u3000\xa0•·|-_") for line in document.text[:opening].split("\n")]
    lines = [line for line in lines if line]
    candidates = [document.stated["title"]] if "fidelity" in document.stated and "title" in document.stated else []
    candidates += lines
    if "title" in document.stated:
        candidates.append(re.split(r"[_|｜]|\s[-–—]\s?", document.stated["title"])[0])
    titles = [(printed, found) for printed in candidates if (found := _as_title(printed))]
    for count in (2, 3):
        joins = ["".join(lines[i : i + count]) for i in range(len(lines) - count + 1)]
        titles += [(joined, found) for joined in joins if len(joined) <= 60 and (found := _as_title(joined))]
    titles.sort(key=lambda title: title[1][0] is None)  # one that names the agency before one that does not
    if titles:
        printed, (name, year) = titles[0]
        return re.sub("^标题[:：]", "", printed).strip(), name, year
    inline = re.search(
        rf"(?:^|[\s>])(?P<title>[^\s，。；、:：>《》|]{{2,30}}{_YEAR}[^\s，。；、:：>《》|]{{0,12}}?报告)(?=\s)", document.text[:opening]
    )
    if inline and (found := _as_title(inline["title"])):
        return inline["title"], *found
    return None, None, None


def _as_title(line: str) -> tuple[str | None, int] | None:
    match = _TITLE.match(re.sub(r"\s+", "", simplify(line)))
    if not match:
        return None
    name = match["before"] or re.sub("^度", "", match["between"])
    return _clean_name(name), int(match["year"])


def _clean_name(name: str | None) -> str | None:
    """A name out of a title, None if it is none: of a place, or of an office with more than its kind (审计局 is a kind)."""
    name = re.sub(r"^(?:关于|中共|\d+[.、])", "", name or "").strip('（）()《》“”"')
    name = re.sub(r"(?:关于|的)$", "", name)
    return name if (re.search(r"[镇乡市县区旗州省]$|街道$", name) and len(name) >= 2) or len(name) >= 4 else None


def _agency(titled: str | None, text: str, opening: int) -> str | None:
    """The name in the title or opening, completed by the only fuller form of it that the text prints (区民政局 → 襄州区民政局)."""
    name = titled or _named_in_opening(text, opening)
    if name is None:
        return _only_office(text)
    if leading_regions(name)[1] or name in by_name():
        return name
    kind = re.sub("^[市区县省]", "", name)
    placed = {place + kind for m in re.finditer(re.escape(kind), text) if (place := _region_before(text, m.start()))}
    if len(placed) == 1:
        return placed.pop()
    return None if kind != name else name


def _region_before(text: str, end: int) -> str | None:
    """The region's name that stands right before a place in the text: 为襄州区|民政局 → 襄州区."""
    return next((text[start:end] for start in range(max(0, end - 10), end - 1) if text[start:end] in by_name()), None)


def _only_office(text: str) -> str | None:
    """The one office that the text names with its region (皮山县统计局); none if it names several."""
    found = set()
    for match in re.finditer(rf"[\u4e00-\u9fff]{{2,16}}?(?:{_OFFICE})", text):
        words = match[0]
        starts = [i for i in range(len(words) - 3) if any(words[i:j] in by_name() for j in range(i + 2, len(words)))]
        if "人民政府办公" not in words and starts and (starts[0] == 0 or words[starts[0] - 1] in "由为在将和与及对向年的"):
            found.add(words[starts[0] :])
    return found.pop() if len(found) == 1 else None


def _named_in_opening(text: str, opening: int) -> str | None:
    head = text[: opening + 200]
    patterns = (
        rf"(?:现公布|公布|编制了?|发布)([\u4e00-\u9fff]{{2,20}}?(?:{_SUFFIX}))(?=20[0-3]\d\s*年)",
        rf"(?:^|[\s，,。由])([\u4e00-\u9fff]{{2,20}}?(?:{_SUFFIX}))(?=20[0-3]\d\s*年(?:度)?(?:政府|政务)信息公开)",
        rf"由([\u4e00-\u9fff]{{2,20}}?(?:{_SUFFIX}))(?:编制|负责编制)",
    )
    names = (match[1] for pattern in patterns if (match := re.search(pattern, head)))
    return next((name for name in names if not re.search("[我本现]", name)), None)


def _published(document: Document, opening: int, sections: Sequence[Section]) -> str | None:
    if "published_on" in document.stated:
        return _iso(_DATE.search(document.stated["published_on"]))
    if "fidelity" in document.stated:
        return None
    last = max((s.end for s in sections), default=len(document.text))
    for part in (document.text[:opening], document.text[last:]):
        for match in _PUBLISHED.finditer(part):
            if not _NOT_PUBLISHED.search(part[: match.start()]):
                return _iso(_DATE.search(match[0]))
    return None


def _signed(document: Document, sections: Sequence[Section]) -> str | None:
    """The date on a line of its own under the text."""
    if document.stated.get("signed_on"):
        return _iso(_DATE.search(document.stated["signed_on"]))
    if "fidelity" in document.stated or not sections:
        return None
    for line in document.text[sections[-1].start :].split("\n"):
        if _SIGNED.match(line.strip(" \t\u3000\xa0")):
            return _iso(_DATE.search(_western(line)))
    return None


def _western(line: str) -> str:
    """二〇二一年一月十九日 in Western digits."""
    line = re.sub("([一二三]?)十([一二三四五六七八九]?)", lambda m: f"{m[1] or '一'}{m[2] or '〇'}", line)
    return line.translate(_DIGITS)


def _iso(match: re.Match[str] | None) -> str | None:
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def _year_of_overview(text: str, sections: Sequence[Section]) -> int | None:
    """The year that the first section opens with, when it names no other."""
    first = next((s for s in sections if s.code == "overview"), None)
    start, end = trim(text, first.start, min(first.end, first.start + 60)) if first else (0, 0)
    years = set(re.findall(r"(20[0-3]\d)年", text[start:end]))
    return int(years.pop()) if len(years) == 1 else None
