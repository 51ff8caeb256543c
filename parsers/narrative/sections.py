"""The report's six sections: their printed headings and the narrative under them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.model import Document, FormCell, Heading, Section, Table
from parsers.printed.cells import trim
from parsers.printed.normalise import normalise, simplify

NARRATIVE = ("overview", "problems", "other_matters")
_LONGEST = 20  # characters of a heading with its number
ORDER = ("overview", "proactive_disclosure", "applications", "review_litigation", "problems", "other_matters")
_WORDS = {
    "overview": r"(?:.{0,16}?)(?:总体(?:工作)?情况|整体情况|基本情况|总体概况|工作概况|概述|开展情况|推进情况|落实情况)",
    "proactive_disclosure": r"(?:行政机关)?主动公开(?:政府)?信息(?:的|工作)?(?:情况)?|主动公开(?:工作)?情况",
    "applications": r"(?:行政机关)?收到和处理政府信息公开申请(?:的)?(?:情况)?|(?:政府信息)?依申请公开(?:政府信息)?(?:工作)?情况|政府信息公开申请情况",
    "review_litigation": r"(?:因)?(?:政府信息公开)?(?:工作)?(?:被申请|申请)?(?:提起)?行政法?复议[和、，,及与]?\s*+(?:被)?(?:提起)?行政诉讼(?:的)?(?:情况)?",
    "problems": r"(?:政府信息公开)?(?:工作)?(?:中)?(?:存在的?)?(?:主要)?(?:问题|不足|困难)(?:[和及与、](?:问题|不足|困难))?(?:[和及与、]?改进(?:情况|措施|方向)?|.{0,8}措施|.{0,6}情况|.{0,8}(?:打算|计划|方向|安排|思路))?",
    "other_matters": r"其[他它]需要?(?:说明[和及、])?(?:报告|说明)的?(?:事项)?|需要?(?:报告|说明)的其[他它](?:有关)?事项|其[他它](?:有关|报告|说明)?事项",
}
# The characters that make a heading mean its section, however it words it (政府信息主动公开情况).
_LIKE = {
    "proactive_disclosure": frozenset("主动公开"),
    "applications": frozenset("公开申请处理"),
    "review_litigation": frozenset("复议诉讼"),
}
_TITLES = {  # of the form, of which a page too narrow may print the beginning only
    "proactive_disclosure": ("主动公开政府信息情况",),
    "applications": ("收到和处理政府信息公开申请情况",),
    "review_litigation": ("政府信息公开行政复议行政诉讼情况", "因政府信息公开工作被申请行政复议提起行政诉讼情况"),
}
_NUMERALS = {c: i + 1 for i, c in enumerate("一二三四五六七八九")}
_NUMBERING = r"(?:第(?=.部分))?(?P<number>[一二三四五六七八九]|[1-9１-９])(?:\s*+[、.．,，:：]\s*|部分[、:：\s]*)"
_NUMBERED = re.compile(rf"^[^\S\n]*+(?:\[[^\]\n]*\])?{_NUMBERING}(?P<words>[^\n|\t。；;]{{2,40}})", re.MULTILINE)
_BRACKETED = re.compile(r"^[^\S\n]*+[（(](?P<number>[一二三四五六])[)）]\s*(?P<words>[^\n|\t。；;]{2,40})", re.MULTILINE)
_BARE = {
    section: re.compile(rf"^[^\S\n]*+(?:\d{{4}}年(?:度)?)?(?P<words>{words})[^\S\n]*$", re.MULTILINE) for section, words in _WORDS.items()
}
_NAMES = {section: re.compile(rf"(?:\d{{4}}年(?:度)?)?(?:政府信息公开)?(?:工作)?(?:{words})") for section, words in _WORDS.items()}
_INLINE = {
    section: re.compile(rf"(?<![（(一二三四五六七八九十])(?P<number>[一二三四五六])\s*+、\s*(?P<words>(?:\d{{4}}年(?:度)?)?(?:{words}))")
    for section, words in _WORDS.items()
}
_FOOTER = re.compile(
    r"^\s*(?:来源|信息来源|撰稿|校对|编辑|责任编辑|责编|审核|一审|二审|三审|初审|终审|作者|供稿|附件|相关附件|关联稿件|相关链接|相关稿件|相关文档|扫一扫|打印|关闭|"
    r"分享|返回顶部|上一篇|下一篇|主办|承办|版权所有|联系我们|网站地图|网站标识码|[一-鿿]?ICP备|[一-鿿]?公网安备|地址|浏览次数|【|\[?关闭|附件下载|文件下载|(?:文字|图文|图解|政策|文件|相关)解读|Copyright|"
    r"扫描|微信扫|用微信|手机扫|二维码|字号|字体|收藏|纠错|智能问答|无障碍|友情链接|技术支持|相关阅读|相关新闻|主管单位|信息公开专栏)",
    re.IGNORECASE,
)
_PADDING = "| \t\n\u3000\xa0\u200b\ufeff"
_PRINTED_ON = re.compile(r"\d\s*+日\s*+印发$")  # the line of the office that copies out documents
_SUBHEADING = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[0-9一二三四五六七八九]+[.．、])")
_PROSE_END = re.compile(r"[。；;：:！!？?，,、]\s*$")
_LINK = re.compile(
    r"(?:报告|年报|通知|公告|指南|目录)\s*+[\[(（]?(?:20\d\d[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?)?[\])）]?$"
)  # one of a list of documents
_SENTENCE = re.compile(r".{14,}[。；;]\s*$")
_NOTHING = re.compile("无|没有|暂无|略|未|不涉及")
_FOOTER_INLINE = re.compile(r"(?<!\s)\s++(?:附件下载|返回顶部|打印本页|关闭窗口)(?:\s.*)?$")
_DATE_LINE = re.compile(
    r"^\s*+[12][\d０-９]{3}\s*+[年.\-/]\s*+\d{1,2}\s*+[月.\-/]\s*+\d{1,2}\s*+日?\s*$|^\s*+二[〇○零Ｏ0]二.年.{1,3}月.{1,3}日\s*$"
)


def find_headings(document: Document) -> tuple[Heading, ...]:
    """The headings of the six sections as printed, in the order of the text, one for each section at most.

    A numbered line that names a section is its heading; else a line that is nothing but its words; else, in text without
    lines, its numbering and words inside a line.
    """
    text = simplify(_outside_tables(document, rows=True))
    headings = _headings(text, _NUMBERED)
    if not any(heading.number for heading in headings):  # the six may be numbered （一） to （六）
        headings = max(headings, _headings(text, _BRACKETED), key=len)
    return tuple(sorted(headings, key=lambda h: h.start))


def _headings(text: str, numbering: re.Pattern[str]) -> list[Heading]:
    headings: dict[str, Heading] = {}
    numbered = [(m, _section_of(m["words"])) for m in numbering.finditer(text)]
    if headed := {named for m, named in numbered if named and m["number"] in _NUMERALS}:  # then 2、主动公开信息分类 is a sub-heading
        whole = (not named or (named not in headed and _says_no_more(m["words"], named)) for m, named in numbered)
        numbered = [pair for pair, stays in zip(numbered, whole, strict=True) if stays or pair[0]["number"] in _NUMERALS]
    for index, section in enumerate(ORDER):
        lines = [_heading(text, m, section) for m, named in numbered if named == section]
        lines = lines or [_heading(text, m, section) for m in _BARE[section].finditer(text)]
        found = lines or [_heading(text, m, section) for m in _INLINE[section].finditer(text)]
        after = max((h.end for s, h in headings.items() if ORDER.index(s) < index), default=0)
        found = [h for h in found if not _listed(text, h)] or found
        in_order = [h for h in found if h.start >= after] or found
        if in_order:
            headings[section] = next((h for h in in_order if h.number == index + 1), in_order[0])
    unnamed = [_heading(text, m, None) for m, named in numbered if named is None]
    return list(headings.values()) + list(_by_number(unnamed, headings))


def _by_number(unnamed: Sequence[Heading], headings: Mapping[str, Heading]) -> Iterator[Heading]:
    """Headings of other words: the one line that has a missing one's number, beside the heading of the number before or after."""
    for index, section in enumerate(ORDER):
        beside = [headings.get(other) for other in ORDER[max(0, index - 1) : index + 2]]
        if section in headings or section not in NARRATIVE or not {index, index + 2} & {h.number for h in beside if h}:
            continue
        above = max((h.end for s, h in headings.items() if ORDER.index(s) < index), default=0)
        below = min((h.start for s, h in headings.items() if ORDER.index(s) > index), default=sys.maxsize)
        found = [h for h in unnamed if h.number == index + 1 and above <= h.start < below]
        if len(found) == 1 and found[0].end - found[0].start <= _LONGEST:
            yield replace(found[0], section=section)


def _outside_tables(document: Document, *, rows: bool = False) -> str:
    """The text with the tables blanked out, so that their labels are no headings; places stay the same.

    With `rows`, a row that prints one cell only stays: page layouts and PDF borders draw headings and prose as such rows.
    """
    parts, at = list[str](), 0
    for table in (block for block in document.blocks if isinstance(block, Table)):
        lines = document.text[table.start : table.end].split("\n")
        kept = (rows and "\t" not in line.strip("\t") for line in lines)
        blanked = [line.replace("\t", " ") if stays else " " * len(line) for line, stays in zip(lines, kept, strict=True)]
        parts += [document.text[at : table.start], "\n".join(blanked)]
        at = table.end
    return "".join([*parts, document.text[at:]])


def _section_of(words: str) -> str | None:
    printed = re.sub(r"\s+", "", words)
    for section, names in reversed(_NAMES.items()):
        match = names.match(printed)
        if match and len(match[0]) >= 0.6 * len(printed):
            return section
    return None


def _says_no_more(words: str, section: str) -> bool:
    return bool(_NAMES[section].fullmatch(re.sub(r"\s+", "", words).rstrip("。：:")))


def _heading(text: str, match: re.Match[str], section: str | None) -> Heading:
    numeral = match.groupdict().get("number")
    number = _NUMERALS.get(numeral) or int(numeral) if numeral else None
    start = match.start("number") if numeral else match.start("words")
    start -= text[:start].endswith(("第", "（", "("))
    start, end = trim(text, start, match.end())
    words = re.match(rf"(?:\d{{4}}年(?:度)?)?(?:{_WORDS[section]})(?=[\s:：]|暂?无|没有)", match["words"]) if section else None
    if words:  # the table's first label stands on the heading's line, or what the section says: 六、其他需要报告的事项：无
        end = match.start("words") + words.end()
    return Heading(section, number, start, end)


def _listed(text: str, heading: Heading) -> bool:
    """One of a list of headings (a table of contents): the next numbered heading follows at once."""
    return bool(re.match(r"[\s…·.\d]*[二三四五六七]、", text[heading.end : heading.end + 12]))


def with_wrong_headings(document: Document, headings: Sequence[Heading], cells: Sequence[FormCell]) -> tuple[Heading, ...]:
    """The headings with those that stand over a section's table in words of their own, or in another section's words: then
    `expected` is the section whose table it is.

    Looked for only where a section's table is there and its heading is not: the last numbered line above the table that
    names no section, after whatever is read before it.
    """
    headed = {heading.section for heading in headings}
    without = {cell.section for cell in cells} - headed
    if not without:
        return tuple(headings)
    text = simplify(_outside_tables(document))
    result = list(headings)
    for section in (section for section in ORDER[1:4] if section in without):
        places = [cell.start for cell in cells if cell.section == section]
        first = min(places)
        before = [c.end for c in cells if c.section != section and c.end <= first] + [h.end for h in headings if h.end <= first]
        window = max(before, default=0)
        lines = [m for m in _NUMBERED.finditer(text, window, first) if len(m["words"].strip()) <= 30 and _section_of(m["words"]) is None]
        lines = [m for m in lines if not re.search("本年新收|上年结转|结转下年", m["words"])]
        if lines and (line := lines[0]):
            rest = [m for m in lines[1:] if normalise(m["words"]) != normalise(line["words"])]
            if not rest:
                means = _LIKE[section] <= set(normalise(line["words"])) or _is_cut(normalise(line["words"]), section)
                heading = _heading(text, line, None)
                result.append(replace(heading, section=section) if means else replace(heading, expected=section))
    return tuple(sorted(result, key=lambda h: h.start))


def _is_cut(words: str, section: str) -> bool:
    """Are these words the beginning of the section's own title?"""
    return len(words) > 2 and any(title.startswith(words) for title in _TITLES[section])


def narrative(document: Document, headings: Sequence[Heading], cells: Sequence[FormCell]) -> tuple[Section, ...]:
    """The sections in order. A narrative one reaches to the next heading, the last one to where the page's own lines begin."""
    text = document.text
    sections = []
    for index, heading in enumerate(headings):
        code = heading.section or heading.expected
        if code is None:
            continue
        following = headings[index + 1].start if index + 1 < len(headings) else len(text)
        start, end = heading.end, following
        if code in NARRATIVE:
            own = [cell.start for cell in cells if start <= cell.start < end]
            end = min([end, *own])
            end = _prose_end(text, start, end, following == len(text))
        while end > start and text[end - 1] in _PADDING:
            end -= 1
        while start < end and text[start] in f"{_PADDING}。：:":  # the heading's own full stop
            start += 1
        sections.append(Section(code, heading, start, end))
    return tuple(sections)


def _prose_end(text: str, start: int, end: int, last: bool) -> int:
    """Where the section's prose ends: at an editors' or navigation line, and after the last section also at a signature, a
    date, a list of links, a chart's data: a short line that is no sentence, unless a sentence follows it (then it heads it)."""
    lines = [(start + m.start(), m[0], m[0].strip(" \t\u3000\xa0|")) for m in re.finditer(r"[^\n]+", text[start:end])]
    lines = [line for line in lines if line[2]]
    for at, (place, raw, printed) in enumerate(lines):
        following = lines[at + 1][2] if at + 1 < len(lines) else ""
        if _FOOTER.match(printed) and (last or len(printed) < 15) and not _SENTENCE.match(printed):
            return place
        if not last:
            continue
        if _DATE_LINE.match(printed) or _PRINTED_ON.search(printed) or (_DATE_LINE.match(following) and _is_stray(printed)):
            return place
        if at and ("\t" in raw or _LINK.search(printed) or (_is_stray(printed) and not _SENTENCE.match(following))):
            return place
        if footer := _FOOTER_INLINE.search(raw):
            return place + footer.start()
    return end


def _is_stray(line: str) -> bool:
    return len(line) < 20 and not _PROSE_END.search(line) and not _SUBHEADING.match(line) and not _NOTHING.match(line)
