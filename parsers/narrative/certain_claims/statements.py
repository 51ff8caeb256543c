"""Which claims of the narrative are certain: their whole clause is understood, with whose and when it is.

A statement (what stands between ; or 。) is understood if each of its clauses is (parsers/narrative/clauses.py) and each finds
what it goes on with: 办结5件 needs applications spoken of, 其中 a whole, 占5% a part. Else none of its figures is certain, and the
words that were not understood are kept. A subject or a year that nobody names is inherited from what stands before, as far as that
is understood; after words about another body nothing is inherited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from parsers.narrative.certain_claims import applications, cases, disclosure, handling, outcomes, shares
from parsers.narrative.certain_claims.clauses import Clause, clauses
from parsers.narrative.certain_claims.known import UNKNOWN, words
from parsers.narrative.certain_claims.meaning import Meaning
from parsers.narrative.certain_claims.said import Said, Unclear
from parsers.narrative.numerals import Marked
from parsers.narrative.scope import Scope

_BODY = re.compile(
    r"单位|部门|机构|系统|[科股]室|[大支中总]队|中心|窗口|[市县区镇乡村省州盟旗]|街道|社区|院校|高校|学校|医院|企业|公司|所属|下属|直属|局|厅|(?<!网)站|(?<!公)馆"
)
_ORGAN = re.compile(
    r"单位|部门|机构|系统|[科股]室|队|中心|窗口|专班|(?<!网)站|管理所|服务所|(?<!公)馆|所属|下属|直属|[省市州县区旗镇乡局]属|国企|下辖|全[省市州县区旗]|(?<![公邮])局|各[市县区镇乡村]|乡镇|街道|社区|[省市县区镇乡]政府"
)
_GOVERNMENT = re.compile("[省市州县区旗镇乡]政府|全[省市州县区旗]")
# Another body as the subject of a sentence, or as the one who does what it speaks of.
_NO_SUBJECT = "[^,，、。我本指配协在到向于对把将给为去]"
_SUBJECT = re.compile(
    f"{_NO_SUBJECT}{{0,10}}(?:[站所馆队院]|中心|专班|公司)(?![长员面谓有需的里内外前和、])"
    f"|{_NO_SUBJECT}{{1,8}}[处科办联会委](?=认真|工作|严格|积极|开展|扎实|加强|单独|独立|另行|编制|为独立)"
    "|.*由(?![我本])[^,，。]{2,12}(?:负责|牵头|承担|实施)"
)
_AFTERWARDS = re.compile("[,，。在对向按根依为经把将]")  # what comes behind names no subject of a sentence
_YEAR = re.compile(r"20\d\d年|上年|去年|往年")
_THEN = re.compile("[上下]半年|[一二三四前]季度|[上去往]年")
_OWN = re.compile("[我本](?:机关|单位|部门|街道|管委会|中心|.)|全(?:机关|单位|部门|街道|局|厅|委|办|镇|乡)")
_TIME = re.compile(r"20\d\d年?|上年|去年|往年|历年|以来|季度|[上下]半年|\d月|近.年|明年|今后")
_SAYS = {**applications.SAYS, **handling.SAYS, **outcomes.SAYS, **shares.SAYS, **cases.SAYS, **disclosure.SAYS}
_HEADS = re.compile("情况(?:如下|是|为)?$")
_HEADING = 24  # characters at most
# Units in which the tables count, and of shares. What is counted in another (12场, 264条) is no part of what they count.
_COUNTED = {"件", "宗", "起", "例", "个", "份", "项", "封", "件次", "%", "元"}
_NAMED = 4  # of the words not understood
_GOES_ON = ("其中", "上述", "以上", "另", "此外", "这些", "该")


@dataclass
class Statement:
    """A statement of a marked sentence: its claims, or the words for which it is not understood (`lost`)."""

    start: int
    end: int
    said: list[Said] = field(default_factory=list)
    lost: str | None = None


@dataclass
class Understood:
    """A marked sentence with its statements, in order."""

    marked: Marked
    statements: list[Statement]

    def lost_at(self, at: int) -> str:
        """The words not understood around a place of the marked text; its clause where all words are known."""
        for statement in self.statements:
            if statement.start <= at < statement.end:
                return statement.lost or _clause_around(self.marked.text, at)
        return _clause_around(self.marked.text, at)


def understand(stretch: Sequence[Marked], section: str, scope: Scope) -> list[Understood]:
    """The sentences of a stretch of prose, each as far as it is understood."""
    reader = _Stretch(section, scope)
    for marked in stretch:
        reader.read(marked)
    return reader.read_so_far


class _Stretch:
    """Reads a stretch's sentences in turn. `whose` and `when` are None while nothing is in doubt, else the words that left the body
    or the year in doubt; `weak`: a sentence without figures did, after which a year named is the own body's again."""

    def __init__(self, section: str, scope: Scope) -> None:
        self.scope, self.known = scope, words(scope.year)
        self.meaning = Meaning(section, _SAYS)
        self.read_so_far: list[Understood] = []
        self.whose: str | None = None if scope.agency else ""
        self.when: str | None = None if scope.year else ""
        self.weak = False

    def read(self, marked: Marked) -> None:
        before = self.read_so_far[-1] if self.read_so_far else None
        if before and before.marked.text.endswith("。") and before.marked.end < marked.start:  # a new paragraph
            self.whose, self.when = (None if self.scope.agency else ""), (None if self.scope.year else "")
        self.meaning.next_sentence()
        sentence = Understood(marked, [])
        self.read_so_far.append(sentence)
        if not marked.places and len(marked.text) > _HEADING:
            self._doubt(marked.text, 0)
            self.meaning.forget(marked.text, False)
            return
        of_others = {figure.at for figure in marked.figures if figure.unit and figure.unit not in _COUNTED}
        for found in _statements(clauses(marked.text, self.known, self.scope.names, of_others)):
            sentence.statements.append(self._statement(marked, found))
        _one_for_all(sentence)
        if before and sentence.statements and sentence.statements[0].lost is not None and marked.text.startswith(_GOES_ON):
            for statement in before.statements:
                statement.lost = statement.lost or sentence.statements[0].lost

    def _statement(self, marked: Marked, found: Sequence[Clause]) -> Statement:
        statement = Statement(found[0].start, found[-1].end)
        statement.lost = self._unknown(marked.text, found)
        if statement.lost is None:
            for clause in found:
                self._named(clause)
            try:
                said = self.meaning.of(found, marked)
                statement.said = said if marked.places else []  # a heading that speaks of no number, none or all
            except Unclear as unclear:
                statement.lost = str(unclear)
            else:
                doubts = [words for words in (self.whose, self.when) if words is not None]
                statement.lost = doubts[0] if doubts and statement.said else None
                return statement
        else:
            figures = sum(statement.start <= figure.at < statement.end for figure in marked.figures)
            whole = marked.text[statement.start : statement.end]
            begins = _AFTERWARDS.split(whole)[0]
            heads = _ORGAN if _HEADS.search(whole) else _GOVERNMENT  # 区属企业依申请公开情况如下
            whole_named = not figures and (self._of_another(whole) or heads.search(self._without_own(begins)) is not None)
            self._doubt(whole if whole_named else self._unknown(marked.text, found, limits=False) or "", figures)
            if not figures and _THEN.match(whole):  # 上半年是申请高峰。收到21件
                self.when = whole
        self.meaning.forget(marked.text[statement.start : statement.end], bool(marked.places))
        return statement

    def _unknown(self, text: str, found: Sequence[Clause], limits: bool = True) -> str | None:
        """The words of a statement that are not known, or known in no order; None if there are none. `limits`: with what limits them."""
        lost = [_first_unknown(text, clause, limits) for clause in found if not clause.order]
        others = [t.text for clause in found for t in clause.tokens if t.classes == {"who"} and not self._own(t.text)]
        said = list(dict.fromkeys([*lost, *others]))
        return "、".join(said[:_NAMED]) + "等" * (len(said) > _NAMED) or None

    def _own(self, word: str) -> bool:
        return bool(self.scope.names.fullmatch(word)) or self.scope.is_self(word)

    def _named(self, clause: Clause) -> None:
        """A clause that names the body or the year ends the doubt about it."""
        if clause.has("who"):
            self.whose = None
        if clause.has("when") and self.scope.year:
            self.when = None
            self.whose = None if self.weak else self.whose

    def _doubt(self, text: str, figures: int) -> None:
        """Words not understood leave in doubt what they may have named; without a figure, only what they begin with."""
        named = text if figures else _AFTERWARDS.split(text)[0]
        if (_BODY if figures else _ORGAN).search(self._without_own(named)) or (not figures and self._of_another(text)):
            self.whose, self.weak = named, not (figures or self._of_another(text))
        if any(found[0].removesuffix("年") != str(self.scope.year) for found in (_TIME if figures else _YEAR).finditer(named)):
            self.when = named

    def _of_another(self, text: str) -> bool:
        """Has a text another body for its subject?"""
        return _SUBJECT.match(self._without_own(text)) is not None

    def _without_own(self, text: str) -> str:
        return _OWN.sub("", self.scope.names.sub("", text))


def _first_unknown(text: str, clause: Clause, limits: bool) -> str:
    """The first unknown word of a clause, with the limiting words right behind it (全区) or alone; all its words where each is known."""
    first = next((place for place, token in enumerate(clause.tokens) if token.text == UNKNOWN), None)
    if first is None:
        return text[clause.start : clause.end]
    behind = takewhile(lambda token: limits and "limit" in token.classes, clause.tokens[first + 1 :])
    return text[clause.tokens[first].start : max((token.end for token in behind), default=clause.tokens[first].end)]


def _statements(found: Sequence[Clause]) -> list[list[Clause]]:
    statements: list[list[Clause]] = [[]]
    for clause in found:
        if clause.order in (";", "。"):
            statements.append([])
        else:
            statements[-1].append(clause)
    return [statement for statement in statements if statement]


def _one_for_all(sentence: Understood) -> None:
    """A statement that is not understood may go on with the list of another that counts in the same unit."""
    figures = sentence.marked.figures
    for lost in [one for one in sentence.statements if one.lost is not None]:
        units = {figure.unit for figure in figures if lost.start <= figure.at < lost.end}
        for other in sentence.statements:
            if other.lost is None and units & {figure.unit for figure in figures if other.start <= figure.at < other.end}:
                other.lost = lost.lost


def _clause_around(text: str, at: int) -> str:
    start = max(text.rfind(sign, 0, at) for sign in ",;。:") + 1
    end = min((found for sign in ",;。" if (found := text.find(sign, at)) >= 0), default=len(text))
    return text[start:end]
