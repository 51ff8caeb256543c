"""The report's title: whose report, on which year, for whom it counts, as its words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.identity.names import is_another, kind_of, name_of, squeezed
from parsers.model import Document
from parsers.printed.normalise import INVISIBLE, simplifying

_OF = r"(?:(?:政府|政务)?信息(?:主动)?公开|政务公开)"
REPORT = rf"{_OF}(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:总结报告|报告|年报|情况|总结)"
_TAIL = r"(?:的?(?:报告|公告|通告|公示|通知|函))?(?:[（(\[【][^（()）]{1,16}[)）\]】])*"
_NAME = r"[^，。；、:：>《》|？?！]{0,40}?"
_DATED_FIRST = re.compile(
    rf"^(?P<before>{_NAME})(?<![\d/\-—])(?P<year>20[0-3]\d)(?!年\d{{1,2}}月|[\-/.]\d{{1,2}}(?!\d)|[\-/.]\d{{5}})(?:[—–\-~～至、和](?P<second>20[0-3]\d))?(?:年度?|[—\-])?(?P<between>{_NAME}){REPORT}(?P<tail>{_TAIL})$"
)
_DATED_WITHIN = re.compile(
    rf"^(?P<before>{_NAME})(?P<between>){_OF}(?:工作)?(?P<year>20[0-3]\d)(?P<second>)年?度?(?:工作)?报告(?P<tail>{_TAIL})$"
)
_DATED_LAST = re.compile(rf"^(?P<before>{_NAME})(?P<between>){REPORT}[（(\[]?(?P<year>20[0-3]\d)(?P<second>)年?度?[)）\]]?(?P<tail>)$")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile('[“”"]|(?<=[一-鿿])[:：—–-]+(?=20)')  # …局：2022年
_ABOUT = re.compile(r"关于(?:公布|发布|印发|公开|报送)?《?|》(?=的|$)")
_LABEL = re.compile(r"^(?:标\s*+题|名\s*+称|信息名称|文件名称|题\s*+名)\s*+[:：]?")
_NO_TITLE = re.compile("做好|(?<!机构)编制|填报|要点|考核|上半年|下半年|季度|培训|解读")
_SCOPE = re.compile("全省|全市|全区|全县|全州|全旗|全镇|全系统|汇总|本级")
_ZERO = "〇○◯零ＯO0０ОΟ"  # what stands for 〇 in print: circles, letters O of three alphabets
_CHINESE_YEAR = re.compile(rf"二[{_ZERO}][一二三四五六七八九{_ZERO}]{{2}}(?=\s*+年)")
_SIGNS = re.compile("[（(][^（）()]{2,30}、[^（）()]{2,30}[)）]")  # the other signs of an office: 水利局（水土保持局、河长制办公室）
_REMARK = re.compile(r"^[（(].*?[)）]|[（(][^（()）]*[)）]$|^\d+[.、]")
_PRESS = re.compile("媒体|新闻|日报|信息中心|数据|网")  # who publishes for others: no source tells whose report it is
_DIGITS = str.maketrans(_ZERO + "一二三四五六七八九１２３４５６７８９", "0" * len(_ZERO) + "123456789" * 2)
_PLAIN = simplifying(dict(zip("０１２３４５６７８９", "0123456789", strict=True)))
_BULLETS = " \t\u3000\xa0•·|-_—#*"


@dataclass(frozen=True)
class Title:
    """A title as printed and what it says: the name before or after the year, the year, of whom it counts (全市, 本级) if it says so."""

    printed: str
    name: str | None
    year: int
    scope: str | None = None


def plain(text: str) -> str:
    """The text in simplified characters with years and digits in Western figures; every character keeps its place.

    >>> plain("２０２１年 二〇二〇年 報告")
    '2021年 2020年 报告'
    """
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), _PLAIN(text))


def read_title(line: str) -> Title | None:
    """A line as a title, None if it is none: one that names a year and ends in the report's name.

    >>> read_title("样例局关于二〇二一年度政府信息公开工作情况的报告")
    Title(printed='样例局关于二〇二一年度政府信息公开工作情况的报告', name='样例局', year=2021, scope=None)
    >>> read_title("样例局政府信息公开工作年度报告（2021年）").year, read_title("关于做好2021年政府信息公开工作年度报告的通知")
    (2021, None)
    """
    if "公" not in line:  # 公开, 公開: as most lines that are asked for
        return None
    printed = _LABEL.sub("", line.strip(_BULLETS)).strip()
    words = _SPACE.sub("", plain(INVISIBLE.sub("", printed))).strip("《》“”\"'")
    words = _ABOUT.sub("", _SIGNS.sub("", _MARKS.sub("", words)), count=2)
    match = _DATED_FIRST.match(words) or _DATED_LAST.match(words) or _DATED_WITHIN.match(words)
    if not match or _NO_TITLE.search(words) or match["second"]:
        return None
    scope = _SCOPE.search("".join((match["before"], match["between"], match["tail"])))
    return Title(printed, _name(match["before"], match["between"]), int(match["year"]), scope[0] if scope else None)


def _name(before: str, between: str) -> str | None:
    """The name in a title: of a place, or of an office; one of three characters (审计局) may be."""
    before, between = (_REMARK.sub("", _SCOPE.sub("", part)) for part in (before, between))
    name = before + between if between and re.search("[省市县区旗州镇乡]$", before) else before or between
    return name_of(re.sub("^(?:年?度|的)|(?:的|开展)$", "", name))


def find_title(document: Document, opening: int) -> tuple[Title | None, tuple[int, ...]]:
    """The report's title and the years of every title above its text.

    A title is a line of its own, two or three lines that make one, or words between 《》; first the page's own (meta tags,
    <title>, front matter) decides the year, as lists of other years' reports may stand around the text, else the title that
    stands nearest above it. Of that year's titles it is the first that names an agency.
    """
    stated = document.stated
    whole = [title for name in ("title", "og_title", "page_title") if name in stated and (title := _page_title(stated[name]))]
    written = list(_written_titles(document.text[:opening]))
    if "fidelity" in stated and whole:
        return whole[0], (whole[0].year,)
    titles = written + whole
    if not titles:
        return None, ()
    year = whole[0].year if whole else written[-1].year if len({t.year for t in written if t.name}) > 1 else written[0].year
    same = [title for title in titles if title.year == year]
    return next((title for title in same if title.name), same[0]), tuple(sorted({title.year for title in titles}))


def _page_title(printed: str) -> Title | None:
    """The part of a page's title that is the report's: the site's name stands behind a dash or a bar."""
    parts = [printed, *re.split(r"[_|｜>]|\s?[-–—]+\s?(?!\d)", printed)]
    return next((title for part in parts if (title := read_title(part))), None)


def page_owners(stated: dict[str, str]) -> tuple[str, ...]:
    """Whose page it is, as its meta tags and the rest of its <title> say: names of sites and of their owners."""
    parts = re.split(r"[_|｜>]|\s?[-–—]+\s?", stated.get("page_title", ""))
    source = "" if _PRESS.search(stated.get("source", "")) else stated.get("source", "")
    return tuple(plain(part).strip() for part in (stated.get("site", ""), source, *parts[1:], parts[0]) if part.strip())


def _written_titles(text: str) -> Iterator[Title]:
    lines = [line for printed in re.split(r"[\n\t|]", text) if (line := printed.strip(_BULLETS))]
    single = [read_title(line) for line in lines]
    for at, line in enumerate(lines):
        if title := single[at]:
            before = lines[at - 1] if at else ""
            if not title.name and _could_be_name(before):  # the agency stands on the line above
                yield read_title(before + line) or title
            yield title if title.name else _named_below(line, title, lines[at + 1 : at + 3])
            continue
        for count in (2, 3):
            joined = "".join(lines[at : at + count])
            numbers = re.findall(r"\d+", joined)  # 12345/2023-0003 on the line above is no year
            if len(joined) <= 70 and len(numbers) < 2 and not any(single[at : at + count]) and (title := read_title(joined)):
                if not title.name:
                    yield _named_below(joined, title, lines[at + count : at + count + 2])
                elif _could_be_name(title.name):
                    yield title
                break
    for quoted in re.finditer(
        r"《([^《》\n]{8,60})》|(?:^|\s)(?P<line>[^\s，。；、:：>《》|]{2,30}20[0-3]\d[^\s，。；、:：>《》|]{0,30}报告)(?=\s)", text
    ):
        before = text[text.rfind("\n", 0, quoted.start()) + 1 : quoted.start()].split()
        if (title := read_title(quoted[1] or quoted["line"])) and not (before and is_another(before[-1])):
            yield title


def _named_below(printed: str, title: Title, below: Sequence[str]) -> Title:
    """A title without a name, with that of the office alone on the line below it, as a cover has it; of several nobody knows."""
    names = [line for line in below if _could_be_name(line)]
    office = bool(names) and below[:1] == names and not names[0].endswith(("政府", "办公室", "办公厅"))  # those publish for others too
    return (read_title(names[0] + printed) or title) if office else title


def _could_be_name(line: str) -> bool:
    """A line that is nothing but an agency's name, so that the line under it may be the rest of the title."""
    return len(line) <= 60 and kind_of(squeezed(line)) in ("placed", "town", "national", "short", "proper")
