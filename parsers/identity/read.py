"""Who reports on which year, and when: from the title, the opening words, the page's own lines, the signature."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, chain

from parsers.identity.agency import find_agency, in_full
from parsers.identity.dates import period, published_on, signature
from parsers.identity.titles import find_title, page_owners, plain
from parsers.model import Document, Heading, Identity, Note, Section
from parsers.narrative.years import opening_year
from parsers.printed.normalise import INVISIBLE

_NUMBER = re.compile(
    r"(?:文\s*+号|发文字号|文件编号)\s*+[】\]]?\s*+[:：|]?\s*+(?P<labelled>[^\s|:：]{2,20}[〔\[（(【]20\d\d[〕\])）】][^\s|]{0,8}\d+号)"
    r"|^[^\S\n]*+(?P<alone>[一-鿿]{2,14}[〔\[]20\d\d[〕\]]第?\d{1,5}号)\s*$",
    re.MULTILINE,
)
_URL = re.compile(r"(?:原文链接|网址|链接|来源地址|本文链接|页面地址|URL)\s*+[:：]\s*(https?://[^\s<>\"'）)]+)", re.IGNORECASE)
_OF_YEAR = re.compile(
    r"(?<![\d\-—–~至、和])(20[0-3]\d)\s*+年(?:度)?[^，。；、《》\d]{0,20}?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报|情况)"
)
_ABOUT_YEAR = re.compile(r"(?<![\d\-—–~至、和])(20[0-3]\d)\s*+年(?:度)?(?:(?:政府|政务)信息公开工作(?!要点|方案|的?通知)|年?报(?![a-z]))")

_A_YEAR = re.compile(r"(20[0-3]\d)年(?!\d{1,2}月|(?:新)?(?:修订|修正|颁布|施行|实施|印发|出台|制定))")
_QUOTED = re.compile(r"《[^》]*+》?|〔[^〕]{0,200}〕|“[^”]{0,200}”")
_STATEMENT = re.compile(
    r"(?:(?:^|[\n。；;|])[^\S\n]*+|(?<![^\S\n])[^\S\n\t]*+\t[^\S\n]*+)(?P<year>20[0-3]\d)\s*+年度?\s*+(?:[，,]|(?=[我本]))(?P<what>[^。\n]{2,80})"
)
_PLANNED = re.compile("(?<![现特兹谨])将|计划|拟|力争|打算|目标|下一步|争取")
_LABELLED = re.compile(r"[（(]\s*+指\s*+(20[0-3]\d)\s*+年")  # a label of the form: 本年增/减（指2020年增加或减少的事项数…）


def identify(document: Document, headings: Sequence[Heading], sections: Sequence[Section]) -> tuple[Identity, tuple[Note, ...]]:
    """The document's identity and a note on whatever in it is left open, concluded or contradicts itself. Nothing is invented."""
    document, headings, sections, moved = without_invisible(document, headings, sections)
    stated, text = document.stated, plain(document.text)
    opening = min((h.start for h in headings), default=min(len(text), 3000))
    title, titled_years = find_title(document, opening)
    published = published_on(document, text, opening, sections)
    signed_by, signed_on = signature(document, text, sections)
    year, notes = _year(_stated_year(stated) or (title.year if title else None), text, opening, published or signed_on, sections)
    if len(titled_years) > 1:
        years = "、".join(map(str, titled_years))
        message = f"页面上有几个年度的标题：{years}，取 {year} (the page prints titles of several years)"
        notes.append(Note("several_titles", message))
    url = stated.get("url") or (found[1] if (found := _URL.search(text[:opening])) else None)
    if "agency" in stated:
        agency: str | None = stated["agency"]
    else:
        agency, remarks = find_agency(title.name if title else None, text, opening, signed_by, page_owners(stated), url)
        if title is None and year is None and not any(h.number == 2 for h in headings):  # no report: its date and office are another text's
            agency, published, remarks = (
                None,
                None,
                [Note("agency_open", "原文没有写出机关全称 (the document does not name its agency in full)")],
            )
        notes += remarks
    if not year:
        notes.append(Note("year_open", "原文没有写明报告年度 (the document does not say which year it reports on)"))
    number = _NUMBER.search(text[:opening])
    document_number = (number["labelled"] or number["alone"]) if number else None
    return Identity(
        in_full(agency) if agency else None, year, title.printed if title else None, published, signed_on, document_number, url
    ), tuple(replace(note, start=moved(note.start), end=moved(note.end)) for note in notes)


def _stated_year(stated: dict[str, str]) -> int | None:
    year = stated.get("year", "")
    return int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None


def _year(titled: int | None, text: str, opening: int, dated: str | None, sections: Sequence[Section]) -> tuple[int | None, list[Note]]:
    """The title's year, else the stated period's, else what the opening words say.

    Where title and period (without one, the words that the overview opens with) differ the title's is taken: a period is pasted
    from the report of the year before more often than a title is wrong, and it is the title under which the agency published
    it. Unless the report was published or signed before the titled year had ended: then no report on it could exist, and the
    title names the year it was made in.
    """
    covered, where = period(text), "统计期限写"
    too_early = titled is not None and dated is not None and dated <= f"{titled}-11-30"
    overview = next((s for s in sections if s.code == "overview"), None)
    if too_early and not covered and overview and _speaks_of_another(text, overview, titled) and (opened := opening_year(text, overview)):
        covered, where = (opened.year or 0, (opened.start, opened.end)), "总体情况写"
    if titled and covered and covered[0] != titled:
        taken = covered[0] if too_early and covered[0] < titled else titled
        message = f"标题写 {titled} 年，{where} {covered[0]} 年，取 {taken} 年 (the title and the text name different years)"
        return taken, [Note("year_conflict", message, *covered[1])]
    said = titled or (covered[0] if covered else None) or _said_year(text[: opening + 400]) or _year_of_overview(text, opening, sections)
    return said or _year_of_statements(text, opening, sections, dated), []


def _said_year(opening: str) -> int | None:
    said = _OF_YEAR.search(opening) or _ABOUT_YEAR.search(opening)
    return int(said[1]) if said else None


def _speaks_of_another(text: str, overview: Section, year: int | None) -> bool:
    """Does the overview name the year nowhere, neither in figures nor as 本年 near its start?"""
    return (
        str(year) not in text[overview.start : overview.end]
        and "本年" not in text[overview.start : min(overview.end, overview.start + 200)]
    )


def _year_of_overview(text: str, head: int, sections: Sequence[Section]) -> int | None:
    """The only year that the first section's first words name, or the one it opens with (2021年，我局…); titles of rules name none,
    nor does a date."""
    first = next((s for s in sections if s.code == "overview"), None)
    if not first:
        return None
    opening = opening_year(text, first)
    if opening:
        return opening.year
    years = {int(year) for year in _A_YEAR.findall(_QUOTED.sub("", text[first.start : min(first.end, first.start + 60)]))}
    stated = _stated(text[:head]) | _stated(text[first.start : first.end])
    return years.pop() if len(years) == 1 and stated <= years else None


def _stated(words: str) -> set[int]:
    """The years that sentences begin with which say what was done."""
    return {int(found["year"]) for found in _STATEMENT.finditer(words) if not _PLANNED.search(found["what"])}


def _year_of_statements(text: str, opening: int, sections: Sequence[Section], dated: str | None) -> int | None:
    """The one year that sentences begin with (2019年度，我局…), before the first heading and in the sections but that on problems,
    which plans. None where the page is of an earlier day, or where labels of the form name another year."""
    told = (text[:opening], *(text[s.start : s.end] for s in sections if s.code != "problems"))
    years = set[int]().union(*map(_stated, told))
    if len(years) != 1 or (dated and dated <= f"{min(years)}-10-31"):
        return None
    return min(years) if {int(year) for year in _LABELLED.findall(text)} <= {min(years), min(years) - 1} else None


# -- what prints nothing -----------------------------------------------------------------------------------------------

Moved = Callable[[int | None], int | None]  # from a place in a text to one in another


def without_invisible(
    document: Document, headings: Sequence[Heading], sections: Sequence[Section]
) -> tuple[Document, Sequence[Heading], Sequence[Section], Moved]:
    """A document without the characters that print nothing, so that a name broken by a soft hyphen is the name that readers see: its text
    and what it states, headings and sections at their places in that text, and a function from a place in it
    to the place in the document's own text."""
    stated = {name: INVISIBLE.sub("", printed) for name, printed in document.stated.items()}
    gaps = [(match.start(), match.end()) for match in INVISIBLE.finditer(document.text)]
    if not gaps:
        return replace(document, stated=stated), headings, sections, lambda place: place
    taken = [0, *accumulate(end - start for start, end in gaps)]
    starts = [start for start, _ in gaps]
    left = [start - taken[number] for number, start in enumerate(starts)]  # the gaps' places in the new text

    def new(place: int) -> int:
        return place - taken[bisect_left(starts, place)]

    def old(place: int | None) -> int | None:
        return None if place is None else place + taken[bisect_left(left, place)]

    def moved(heading: Heading) -> Heading:
        return replace(heading, start=new(heading.start), end=new(heading.end))

    bounds = chain([0], *gaps, [len(document.text)])
    text = "".join(document.text[start:end] for start, end in zip(bounds, bounds, strict=True))
    there = [replace(s, heading=s.heading and moved(s.heading), start=new(s.start), end=new(s.end)) for s in sections]
    return replace(document, text=text, blocks=(), stated=stated), list(map(moved, headings)), there, old
