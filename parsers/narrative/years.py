"""Which years a report's words speak of: the period its figures cover, and the years that headings, openings, figures are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.model import Claim, Document, Heading, Identity, Section, StatedYear
from parsers.narrative.claims import read_claims, read_sentence
from parsers.narrative.numerals import Marked
from parsers.narrative.prose import Stretch
from parsers.printed.cells import Span

_DATE = r"(?P<{0}year>20\d\d)\s*+年\s*+(?P<{0}month>\d{{1,2}})\s*+月\s*+(?P<{0}day>\d{{1,2}})\s*+日"
_PERIOD = re.compile(
    r"(?:统计|数据|报告)[^。；;\n\d]{0,12}\s*(?:期限|时限|时间|周期|期间|期)\s*[^。；;\d]{0,8}"
    + _DATE.format("from_")
    + r"\s*+(?:起|开始)?\s*+[,，]?\s*+(?:至|到|[—\-－~～]++)\s*+"
    + _DATE.format("to_").replace("(?P<to_year>20\\d\\d)\\s*+年", "(?:(?P<to_year>20\\d\\d)\\s*+年)?")
)
_QUOTED = re.compile(  # begins with all that may open a quotation: a text is searched for these far faster than for a choice
    r"[《〔﹝\[【（(<“](?:(?<=《)[^》]{0,400}+》|(?<=[〔﹝\[【（(])[^〕﹞\]】）)\n]{0,400}+[〕﹞\]】）)]|(?<=<)[^>\n]{0,400}+>|(?<=“)[^”\n]{0,400}+”)"
)
_OPENING = re.compile(
    r"[\s\u3000\xa0|]*(?P<year>20\d\d)\s*+年度?(?!\s*(?:以来|起|来|底|末|初|至|到|之|前|后|和|与|、|[—\-－~～\d]|上半年|下半年|第))"
)
_SELF = re.compile(
    r"(?:现|特)[^。；;\n]{0,40}?(?P<year>20\d\d)\s*+年度?(?!\s*+\d)[^。；;，,\n\d]{0,24}?(?:年度报告|年报|工作情况)[^。；;，,\n\d]{0,8}(?:公布|发布|报告|如下|公开)"
    r"|(?:现|特)[^。；;，,\n\d]{0,16}(?:公布|发布|编制)[^。；;，,\n\d]{0,24}(?P<later>20\d\d)\s*+年度?(?:政府|政务)?信息公开(?:工作)?(?:年度报告|年报)"
)
_HEADING = re.compile(r"\D{0,8}(?P<year>20\d\d)\s*+年度?(?!\s*(?:以来|至|到|[—\-－~～、和与\d]))")
_FIRST_WORDS = 60  # characters
_NAMED = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MENTIONED = re.compile(r"(?<!\d)20\d\d(?=\s*(?:年|[—\-－~～至到、和与]))")  # a figure of a table is no year
_THIS_YEAR = re.compile("本年|今年|当年|全年|年内")
# A statement about a year begins with it, and the body or what it did follows: 2019年，我局…; 截至2019年12月31日共…; no 2019年度决算….
_STATING = re.compile(
    r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]+)?(?:截[至止]到?)?(?P<year>20\d\d)年度?(?:12月(?:31日|底)|[底末])?"
    r"(?=,|[我本]|共|累计|合计|未|没有|无|收到|接到|受理|新收|主动公开|办结|答复|制发|制定|全年|全[局厅委会]|"
    r"全[省市县区镇乡](?:各级[^,]{0,8}|行政机关|政府系统)?(?:共|累计|收到|受理|主动|未|新收))"
)
_PLANNED = re.compile("将|计划|拟|力争|争取|预计|打算|目标|安排")


def read_years(
    document: Document, headings: Sequence[Heading], sections: Sequence[Section], prose: Sequence[Stretch], identity: Identity
) -> tuple[StatedYear, ...]:
    """The years that the text states, by `StatedYear.role`. Titles, document numbers, quotations and remarks are no years."""
    period = stated_period(document.text)
    return (
        *([period] if period else []),
        *_of_headings(document.text, headings),
        *_of_itself(document.text, headings, identity.year),
        *_of_openings(document.text, sections, identity.year),
        *_of_statements(document, prose, identity),
        *_mentions(document.text, sections),
    )


def stated_period(text: str) -> StatedYear | None:
    """The first period that the text says its figures cover; a second year left out is the first one.

    >>> stated_period("本报告所列数据的统计期限自2020年1月1日起至12月31日止。").ends
    '2020-12-31'
    >>> stated_period("自2019年5月15日起施行，2020年1月1日至3月31日开展活动。") is None
    True
    """
    found = _PERIOD.search(text)
    if not found:
        return None
    begins = f"{found['from_year']}-{int(found['from_month']):02}-{int(found['from_day']):02}"
    ends = f"{found['to_year'] or found['from_year']}-{int(found['to_month']):02}-{int(found['to_day']):02}"
    return StatedYear("period", None, found.start("from_year"), found.end(), begins=begins, ends=ends)


def _of_headings(text: str, headings: Sequence[Heading]) -> Iterator[StatedYear]:
    """The year that a section's heading begins with, where it names no other."""
    for heading in headings:
        printed = text[heading.start : heading.end]
        found = _HEADING.match(printed)
        if heading.section and found and len(set(_NAMED.findall(printed))) == 1:
            yield StatedYear("heading", int(found["year"]), heading.start, heading.end, heading.section)


def _of_itself(text: str, headings: Sequence[Heading], own: int | None) -> Iterator[StatedYear]:
    """The year of which the words before the first section say that this report is."""
    first = min((heading.start for heading in headings), default=0)
    begin = max(0, first - 1500)
    printed = _unquoted(text[begin:first])
    for found in _SELF.finditer(printed):
        year = int(found["year"] or found["later"])
        if not _names(printed, found.end(), own) or year == own:
            yield StatedYear("self", year, begin + found.start(), begin + found.end())
            return


def opening_year(text: str, section: Section) -> StatedYear | None:
    """The year that a narrative section opens with: 2020年，我局…"""
    found = _OPENING.match(_unquoted(text[section.start : min(section.end, section.start + _FIRST_WORDS)]))
    if not found:
        return None
    start, end = section.start + found.start("year"), section.start + found.end()
    return StatedYear("opening", int(found["year"]), start, end, section.code)


def _of_openings(text: str, sections: Sequence[Section], own: int | None) -> Iterator[StatedYear]:
    """The year that a narrative section opens with (2020年，我局…), unless the same sentence names the report's own too.

    A year that begins a span (2019年以来, 2019年至2020年) is not the year spoken of.
    """
    for section in sections:
        stated = opening_year(text, section) if section.code in ("overview", "problems", "other_matters") else None
        if stated and (stated.year == own or not _names(_unquoted(text[section.start : section.end]), stated.end - section.start, own)):
            yield stated


def _of_statements(document: Document, prose: Sequence[Stretch], identity: Identity) -> Iterator[StatedYear]:
    """The sentences that state a figure of the own body for a year that is not the report's, and name no other year.

    Not where the next sentence names another year: then the two are compared.
    """
    for section, stretch in prose:
        for at, marked in enumerate(stretch):
            if not _NAMED.search(document.text, marked.start, marked.end):
                continue
            following = stretch[at + 1 : at + 2]
            found = _STATING.match(marked.text)
            year = int(found["year"]) if found else identity.year
            if year is None or year == identity.year or _other_years([marked, *following], year) or _PLANNED.search(marked.text):
                continue
            own = {(claim.kind, claim.value_start) for claim in read_sentence(marked, identity)}
            for claim in read_claims([(section, (marked,))], replace(identity, year=year)):
                if _is_plain(claim) and claim.not_understood is None and (claim.kind, claim.value_start) not in own:
                    yield StatedYear("statement", year, claim.start, claim.end, section, claim.kind, claim.value)


def _is_plain(claim: Claim) -> bool:
    return claim.part_of is None and claim.doubt in (None, "open", "incomplete") and not claim.kind.endswith("_cumulative")


def _other_years(marked: Sequence[Marked], year: int) -> bool:
    return any(named != str(year) for sentence in marked for named in _NAMED.findall(sentence.text))


def _mentions(text: str, sections: Sequence[Section]) -> Iterator[StatedYear]:
    """Each year that a section names, once; None for 本年 and its like in a sentence that names no year."""
    for section in sections:
        printed = _unquoted(text[section.start : section.end])
        named: dict[int | None, Span] = {}
        for match in _MENTIONED.finditer(printed):
            named.setdefault(int(match[0]), match.span())
        for match in _THIS_YEAR.finditer(printed):
            if not _NAMED.search(printed, *_sentence(printed, match.start())):
                named.setdefault(None, match.span())
                break
        for year, place in named.items():
            yield StatedYear("mention", year, section.start + place[0], section.start + place[1], section.code)


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def _names(printed: str, at: int, year: int | None) -> bool:
    """Does the sentence around a place name the year?"""
    begin, end = _sentence(printed, at, "。\n")
    return year is not None and str(year) in printed[begin:end]


def _sentence(printed: str, at: int, ends: str = "。；;\n") -> Span:
    """The sentence around a place, between two of the signs that end one."""
    begin = max(printed.rfind(sign, 0, at) for sign in ends) + 1
    end = min((found for sign in ends if (found := printed.find(sign, at)) >= 0), default=len(printed))
    return begin, end
