"""What the words around a figure say of it: whether it counts what they seem to, as which kind of number, with which doubt."""

from __future__ import annotations

import re

from parsers.narrative.claims_so_far import Told
from parsers.narrative.kinds import APPLICATIONS, CASES, OUTCOMES, PROCEDURES, Kind, channels, root
from parsers.narrative.numerals import Figure
from parsers.narrative.scope import Elsewhere, Scope

_NOT = re.compile(r"(?:未能?|没有|没|不|无|非|每)$")
_ABOUT_INFORMATION = re.compile("信息公开|公开申请|依申请|涉及公开")
_SOME_OF_THEM = re.compile("其中|[(,]含|包括")  # 行政诉讼20件,其中涉及政府信息公开的1件
_NOT_ABOUT = re.compile("(?:[不未非无]|没有)(?:是|属于?|涉及)[^,。;]{0,6}信息公开|信息公开[^,。;]{0,8}无关")
_ANY_BUSINESS = re.compile("受理|接受|接收")  # a window takes in applications of every kind
# Whose outcome it is, where the words say so: 其中行政复议维持2件.
_CASES = {
    "litigation_after_reconsideration": re.compile("复议后"),
    "litigation_direct": re.compile("直接(?:起诉|提起)"),
    "litigation": re.compile("诉讼(?!后)"),
    "reconsideration": re.compile("(?<![经服])(?<![经服]行政)复议(?!后)"),
}
_OF_APPLICATIONS = re.compile("申请(?!人)")
_OF_THE_FORM = {"received_business", "received_research_institution", "received_public_interest_org", "received_legal_service"}
_NAMES_THEM = re.compile("信息公开申请|依申请公开")
_REFUSED = re.compile("不予公开|无法提供|不予处理|不再处理")  # with its reason: said of nothing else
_SINCE = re.compile(r"^,(?:其中,?)?(?:20\d\d年|本年|今年|年内)?度?,?(?:新增|新公开)")  # …累计公开5600条,其中2023年新增
_YEAR_WORD = re.compile(r"全年|年度|本年|今年|当年|年内|20\d\d年")


class Wording:
    """The words of a sentence, after those of the sentence before; `told` is what both have claimed so far.

    `elsewhere`: it speaks of another body, year, or a plan. A sentence after such a one that names nobody is in doubt too.
    """

    def __init__(self, text: str, scope: Scope, told: Told, before: Wording | None) -> None:
        self.text, self.scope, self.told = text, scope, told
        self.topic = (before.text if before else "") + text
        self.unnamed = bool(before and before.elsewhere) and not re.search(r"[我本]|20\d\d年|全年", text)
        self.elsewhere: bool = False
        self.unplaced = -1  # where it last told how cases ended of which nobody knows

    def believed(self, kind: Kind, match: re.Match[str], figure: Figure, previous: Figure | None) -> bool:
        """Do the words around the match bear it out: not negated, not about something else?"""
        before = self.text[: match.start()]
        if _NOT.search(before) or (kind.never_before and kind.never_before.search(before)):
            return False
        if kind.never_in and kind.never_in.search(match[0]):
            return False
        if kind.context == "applications":
            return self._about_applications(kind, match, previous)
        if kind.context == "information":
            led_up_to = kind.code in PROCEDURES - CASES and bool(self.told.known_cases())  # 行政诉讼5件,其中复议后起诉2件
            return led_up_to or self._own_topic(kind, figure) or self.told.speaks_of(APPLICATIONS, before=True)
        return kind.context != "cases" or bool(self.told.known_cases())

    def code(self, kind: Kind, match: re.Match[str]) -> str | None:
        """The code of the number that the kind's words count here, None if they count it of another year."""
        if kind.code.startswith("*"):
            case = self._case(match)
            return "+".join(one + kind.code[1:] for one in case.split("+")) if case else None
        following, last = match.groupdict().get("next"), match.groupdict().get("last")
        if (following and int(following) - 1 != self.scope.year) or (last and int(last) + 1 != self.scope.year):
            return None
        if not kind.channels:
            return kind.code
        words = self.text[: match.end()]
        since = re.split("[。;]", words)[-1]
        segments = ({c for c, said in channels().items() if said.search(part)} for part in reversed(since.split("#")))
        limited: set[str] = next((found for found in segments if found), set())
        code = f"items_on_{limited.pop()}" if len(limited) == 1 else kind.code
        clause = re.split("[,。;:(]", words)[-1]
        if "累计" in clause and not _YEAR_WORD.search(clause):
            earlier = any(root(c.kind).startswith("items_") for c in self.told.here)
            code += "_cumulative" if earlier or not _YEAR_WORD.search(words) or _SINCE.search(self.text[match.end() :]) else ""
        return code

    def doubt(self, kind: Kind, match: re.Match[str], figure: Figure | None = None) -> str | None:
        """Why the reading is unsure; "" if it is sure, None if the words speak of another body, year, or a plan."""
        before = self.text[: match.start()]
        try:
            doubt = self.scope.doubt(self.text, match.start())
        except Elsewhere:
            self.elsewhere = True
            return None
        clause = re.split("[,。;]", before)[-1].split("#")[-1] + match[0]
        if doubt or self.unnamed:
            return "subject"
        limited = kind.partial and kind.partial.search(clause)
        if figure and limited and kind.unsure:
            return "scope"  # 按时答复14件: some of those answered
        if (kind.unsure and kind.unsure.search(clause) and (figure or kind.context != "information")) or not self._own_topic(kind, figure):
            return "wording"
        if kind.topic and not kind.topic.search(self.topic):
            return None if figure and _ANY_BUSINESS.search(match[0]) else "wording"
        if "累计" in clause and (not kind.channels or re.search("截[至止]", before)) and not _YEAR_WORD.search(clause):
            return "wording"
        return "scope" if limited and not kind.unsure else ""

    def _case(self, match: re.Match[str]) -> str | None:
        """The reconsiderations or litigations whose outcome is counted: those named beside it, or the only ones it may be of.

        Of 行政复议3件、行政诉讼2件,维持4件 nobody knows; brackets are about what stands before them.
        """
        before = self.text[: match.start()]
        words = re.split("[#%。;]", before)[-1] + match[0]
        named = [case for case, name in _CASES.items() if name.search(words)]
        cases = self.told.cases(match.start())
        if named:
            case = named[0] if named[0] in self.told.known_cases() and {"litigation", "reconsideration"} - set(named) else None
        elif self.unplaced >= max(self.told.by_figure, default=0):  # it goes on with that
            case = None
        else:
            case = cases[-1] if cases and (len(cases) == 1 or before.count("(") > before.count(")")) else None
        self.unplaced = self.unplaced if case else match.start()
        return case

    def _own_topic(self, kind: Kind, figure: Figure | None) -> bool:
        """A reconsideration is about disclosure where the sentence says so; none of them at all is also none about it."""
        if kind.context != "information" or not figure or figure.value == 0:
            return True
        about = _ABOUT_INFORMATION.search(self.text)
        return about is not None and not _SOME_OF_THEM.search(self.text[figure.at : about.start()]) and not _NOT_ABOUT.search(self.text)

    def _about_applications(self, kind: Kind, match: re.Match[str], previous: Figure | None) -> bool:
        known = APPLICATIONS | OUTCOMES
        group = root(kind.code)
        if kind.code in _OF_THE_FORM and _OF_APPLICATIONS.search(match[0]):
            return True
        if group in OUTCOMES and (_OF_APPLICATIONS if kind.code == group else _REFUSED).search(match[0]):
            return True
        if previous is not None and not _NAMES_THEM.search(self.text, previous.at, match.end()):
            claim = self.told.of(previous)
            return claim is not None and root(self.told.claims[claim].kind) in known
        words = self.text[: match.end() + 14] if self.unnamed else self.topic[: len(self.topic) - len(self.text) + match.end() + 14]
        return self.told.speaks_of(known) or _NAMES_THEM.search(words) is not None
