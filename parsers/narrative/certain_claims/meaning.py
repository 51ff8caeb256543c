"""What clauses of known words may go on with, and the claims that they make.

What each order of data/clauses.yml claims stands in `applications`, `handling`, `outcomes`, `cases` and `disclosure`; orders that
stand in none of them claim nothing. `Unclear` is raised where a clause does not find what it goes on with; then nothing of its
statement is certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from parsers.narrative.certain_claims.clauses import LATE, REMARK, Clause
from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.said import Parts, Said, Unclear, weigh
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import ITEMS, Figure, Marked

DUE = "received+carried_in"  # all that were to be handled
_UNITS = ITEMS | {"个", "次", "%", "元"}
_NOT_ALL = {"其中", "涉及", "包含", "包括"}  # behind these not all the parts need be listed
_TOPICS = {"applications": "applications", "review_litigation": "cases"}  # of the sections whose heading names one
_PERSONS = groups()["person"]
_OF_FORM = frozenset(_PERSONS) - {
    "received_natural_person",
    "received_organisations",
}  # kinds of applicants that the form alone tells apart
_NAMED = {"applications": ("application",), "cases": ("recon", "litig"), "normative_documents": ("normative",)}
_FORM = ("received", "carried_in", "carried_out", "handled")  # two of these in a statement are of applications
_RESULTS_OF = re.compile(
    "(?:^|[,从按在其,]|申请的?|公开的?)(?:办理|答复|处理)(?:结果|类型|情况|方式|意见)"
)  # 诉求办理结果 are of other business
_DISCLOSURE = re.compile("(?:信息|政务|主动|依申请)公开")
_APPLIED_FOR = re.compile("(?:信息|政务)公开的?申请|依申请公开|申请公开")  # what a counted number must name, not to be of 政务公开热线
_REVIEWED = re.compile("主动公开|属性|审查|审核|保密|定密|公文")
_SHOWN = re.compile("许可|处罚|强制|执法|信用|公示|公布|发布|更新|上传|录入|归集|推送|报送|公开栏|如下|评查|抽查|检查")
_ASIDE = re.compile("(?:复议|诉讼|执法|执法信息公示|执法公示|主动公开)方面")
CASES = ("件", "宗", "起", "例", "个", "次")  # units of what is applied for, decided, sued for
_PAPERS = ("表", "书", "函", "信", "单")
_MOST_RESULTS = 3  # who tells so many tells them all
REFUSED = frozenset({"partly_disclosed", "withheld"})  # 不予公开, 部分公开: of applications these are said for nothing but disclosure
_RESULTS = ("disclosed", "partly_disclosed", "withheld", "unavailable", "unprocessed")
Says = Callable[["Meaning", Figure | None], None]


class Meaning:
    """Reads clauses in turn and keeps what they may go on with.

    `topic` is what was spoken of last, `here` and `before` are the claims of this sentence and the one before, `beside` the claim right
    before, `list` the list that is open, `last` the order before; `limited`: the applications spoken of last are some of them only;
    `elsewhere`: other business may have been spoken of since; `within`: the result that was named, of whose applications all that follows is;
    `remarked`: words that were not understood may say of which applications the results behind them are.
    """

    def __init__(self, section: str, says: Mapping[str, Says]) -> None:
        self.says = says
        self.topic = _TOPICS.get(section)
        self.here: list[Said] = []
        self.shown = False  # words that were not understood told of what was published or looked at: numbers may be of that
        self.reviewed = False  # and of the body's own documents, each of which it may withhold
        self.elsewhere = False  # since applications were spoken of, words were not understood: other business may be
        self.next_sentence()

    def next_sentence(self) -> None:
        self.before, self.here = self.here, []
        self.list: Parts | None = None
        self.beside: Said | None = None
        self.open: list[tuple[Parts | None, Said | None, bool]] = []  # what brackets interrupt
        self.limited, self.last, self.worked_on, self.of_all, self.of_new = False, "", False, False, False
        self.reason = self.inside = ""  # that what follows is of: a reason, cases
        self.within, self.remarked = "", False
        self.dated = self.until = False  # the year is named; 截至年底: 累计 may be of all years

    def forget(self, text: str, counted: bool) -> None:
        """What came was not understood: nothing goes on with what stood before it; it may speak of other business, if not of disclosure."""
        self.topic, self.here = None, []
        self._leaves(text, counted)
        self.next_sentence()

    def _leaves(self, text: str, counted: bool) -> None:
        """Words that were not understood leave the applications, if they name no disclosure."""
        self.elsewhere |= not (_APPLIED_FOR if counted else _DISCLOSURE).search(text)
        self.reviewed |= _REVIEWED.search(text) is not None
        self.shown |= _SHOWN.search(text) is not None

    def of(self, found: Sequence[Clause], marked: Marked) -> list[Said]:
        """The claims of a statement."""
        self.first = len(self.here)
        self.figures = {figure.at: figure for figure in marked.figures}
        self.beside, self.within, self.remarked = None, "", False
        self.found = found
        self._tells()
        self.lists_decisions = _lists_decisions(found)
        self.tells_received = any(clause.order == "received" for clause in found)
        self.of_disclosure = any(clause.has("application") for clause in found)
        if any(clause.order == "all_applications" for clause in found):
            self.topic = "applications"
        if any(clause.has("application") and not clause.has("among") for clause in found):
            self.elsewhere = False
        for clause in found:
            if clause.order == "(":
                self.open.append((self.list, self.beside, self.limited))
                self.list = None
            elif clause.order == ")" and self.open:
                self.list, self.beside, self.limited = self.open.pop()
            elif len(clause.order) > 1:
                self._clause(clause, self.figures.get(clause.figure()), marked)
        if self.open:
            raise Unclear(marked.text[found[0].start : found[-1].end])
        weigh(self.here)
        return self.here[self.first :]

    def _tells(self) -> None:
        """What the statement tells that only applications have; less where other business may have been spoken of."""
        found = self.found
        named = any(clause.has("bare", "application") or _is_new(clause) for clause in found)
        self.of_form = named and len({of for clause in found for of in _FORM if clause.order.startswith(of)}) > 1
        told = not self.elsewhere or any(clause.order == "by_applicant" for clause in found)
        persons = {name for clause in found for name in clause.all_of(*_PERSONS)}
        self.of_persons = len(persons) > 1 and (told or bool(persons & _OF_FORM and _counts_new_ones(found)))
        results = {name for clause in found if clause.order in ("outcome", "none_of_outcome") for name in clause.all_of(*_RESULTS)}
        self.of_all_results = len(results) >= _MOST_RESULTS
        self.of_results = _tells_results(found, results, self.elsewhere)

    def _clause(self, clause: Clause, figure: Figure | None, marked: Marked) -> None:
        self.clause, self.text, self.marked = clause, marked.text[clause.start : clause.end], marked
        if clause.figure() >= 0 and (figure is None or figure.unit not in _UNITS):
            raise Unclear(self.text)
        self.dated |= clause.has("when")
        times = [token.text for token in clause.tokens if "when" in token.classes]
        self.until |= any(time.startswith(("截", "至", "到")) for time in times)
        if clause.has("done", "judged", "unfinished") and not clause.has("receive"):  # 年底前收到的申请均已办结: by now
            self.until |= any(time.endswith("前") for time in times)
        if (
            clause.figure() >= 0
            and clause.has("cumulative")
            and clause.order != "items_so_far"
            and ((self.until and not clause.has("when")) or not self.dated)
        ):
            raise Unclear(self.text)
        self.headed = clause.has("head") and (not self.elsewhere or bool(_DISCLOSURE.search(self.text)))  # 办理结果: of which business?
        if self.headed:
            self.topic, self.worked_on = "applications", True
        if self.headed or clause.has("application"):
            self.elsewhere = self.reviewed = False
        if self.within and clause.order not in ("for_reason", "none_for_reason", "frame", "share", REMARK):
            raise Unclear(self.text)  # 不予公开的申请中,自然人4件
        if self.last == LATE and not clause.order.startswith(("carried_out", "left", "frame")):
            raise Unclear(self.text)
        if self.last == "reason_first" and clause.order not in ("outcome", "for_reason", "frame"):
            raise Unclear(self.text)  # all that follows is of the reason's alone
        if clause.has("aside") and _ASIDE.search(self.text):
            self._turn_aside()
        if clause.has("among"):
            self._open_list(clause)
        if clause.order in self.says:
            self.says[clause.order](self, figure)
        if clause.order == REMARK:
            self._said_beside(clause)
        elif clause.order not in ("frame", "changed", "share", "ended", "items_so_far"):
            self.last = clause.order

    def _said_beside(self, clause: Clause) -> None:
        """Words that were not understood, and count nothing. Behind a claim they are a remark on it; before one they are what it goes on
        with, if they name it: nothing goes on with what stood before them."""
        self.beside = self.list = None
        said = self.here[self.first :]
        gives_a_reason = "涉及" in self.text or clause.has("tells", *groups()["reason"])
        if gives_a_reason and any(root(one.kind) in OUTCOMES for one in said):  # 不予公开2件,申请内容涉及第三方: those of this reason
            raise Unclear(self.text)
        of_what = (clause.has("bare") and clause.has("all", "is")) or (clause.has("all") and clause.has("is"))
        if said and of_what and not self.of_disclosure:  # 办结申请12件,均为信用修复申请; 办结12件,均为执法检查线索
            raise Unclear(self.text)
        if said:
            self.topic, self.elsewhere, self.remarked = None, True, clause.has("limit_before")
            return
        self.remarked = not _RESULTS_OF.search(self.text) and not self.of_all_results
        named = {topic for topic, names in _NAMED.items() if clause.has(*names)}
        named |= {"applications"} if self.headed or (_RESULTS_OF.search(self.text) and not self.elsewhere) else set()
        self.topic = named.pop() if len(named) == 1 and not clause.has("inside") else None  # 征地类政府信息公开申请中
        self.limited, self.of_all, self.worked_on = False, False, self.topic == "applications"
        if self.topic == "applications":
            self.elsewhere = False
        else:
            self._leaves(self.text, False)
            self._tells()

    def _turn_aside(self) -> None:
        """行政执法方面: what follows goes on with nothing that stood before."""
        if self.here[self.first :]:
            raise Unclear(self.text)
        self.before, self.here, self.first, self.topic, self.elsewhere = [], [], 0, None, True
        self.inside = ""

    def _open_list(self, clause: Clause) -> None:
        whole = self.beside
        if whole is None and self.list:  # 其中网上10件、信函6件;其中自然人14件
            whole = self.list.whole
        mains = [said for said in self.before if said.is_main]
        if whole is None and not self.here and len(mains) == 1:
            whole = mains[0]
        if whole is None and self.worked_on and self.last == "worked_on":
            return
        if whole is None or (whole.whole and not self.open):
            raise Unclear(self.text)
        words = [token.text for token in clause.tokens if "among" in token.classes]
        self.list = Parts(whole, not _NOT_ALL.issuperset(words), "包括" in words)

    def add(self, kind: str, figure: Figure | None, **more: Any) -> Said:
        """A claim. Two numbers of one kind in a sentence are of two bodies or times: unclear."""
        said = Said(kind, figure, self.marked, self.clause.start, self.clause.end, **more)
        if any(one.kind == kind and one.whole is said.whole and one.all == said.all for one in self.here) and not kind.endswith("_part"):
            raise Unclear(self.text)
        self.here.append(said)
        self.beside = said
        return said

    def main(self, kind: str, figure: Figure | None, topic: str) -> Said:
        """A claim that is no part: it ends the list before it."""
        if self.clause.has("among") or self.open:
            raise Unclear(self.text)
        self.list, self.limited, self.topic = None, False, topic
        return self.add(kind, figure)

    def part(self, kind: str, figure: Figure | None) -> Said:
        """A claim that is a part of the list's whole; a rest (其他) closes the list."""
        if self.list is None:
            raise Unclear(self.text)
        said = self.add(kind, figure, whole=self.list.whole, listed=self.list)
        self.list.said.append(said)
        self.list.closed |= any(
            one.text.startswith(("其他", "其它")) and one.classes & {"received_part", "label"} for one in self.clause.tokens
        )
        return said

    def counts_papers(self, figure: Figure | None) -> bool:
        """Are papers counted, of which one application may have several: 申请表46份, 决定书174份?"""
        return bool(figure and figure.unit in ("份", "封")) and any(token.text.endswith(_PAPERS) for token in self.clause.tokens)

    def second(self) -> Figure | None:
        """The second figure of the clause."""
        return self.figures.get(self.clause.figures()[1])

    @property
    def of_some(self) -> bool:
        """Are the applications spoken of last one part only? Of several parts of a list what follows may be said of all."""
        return self.limited and not (self.list and len(self.list.said) > 1)

    def speaks_of(self, topic: str) -> bool:
        """Was this spoken of last, or nothing yet: no other business?"""
        return not self.elsewhere and self.topic in (None, topic)

    def need(self, topic: str) -> None:
        """Raise `Unclear` unless this was spoken of last, or the statement tells results that only these have."""
        told = self.of_results or self.of_persons or (self.of_form and not self.elsewhere)
        if topic == "applications" and self.topic is None and told:
            self.topic, self.worked_on = topic, True
        if self.topic != topic:
            raise Unclear(self.text)

    def named(self, *classes: str) -> str:
        """The class of these that a word of the clause is of."""
        return self.clause.first(*classes) or ""

    def last_of(self, *kinds: str) -> Said | None:
        """The last count of these kinds, no part, in this sentence or the one before."""
        return next((one for one in reversed([*self.before, *self.here]) if one.kind in kinds and one.is_main), None)


def _counts_new_ones(found: Sequence[Clause]) -> bool:
    """Does a statement count 新收…申请? With several of the form's kinds of applicants these are its words for nothing else."""
    return any(map(_is_new, found)) and any(clause.has("bare", "application") for clause in found)


def _is_new(clause: Clause) -> bool:
    return any(token.text.startswith("新收") for token in clause.tokens if "receive" in token.classes)


def _lists_decisions(found: Sequence[Clause]) -> bool:
    """Has a statement nothing but the numbers of several kinds of decisions, by their names alone?"""
    told = [clause for clause in found if len(clause.order) > 1 and clause.order != "frame"]
    kinds = {name for clause in told for name in clause.all_of(*groups()["decided"])}
    return len(kinds) > 1 and all(clause.order == "decisions_open" and not clause.has("among") for clause in told)


def _tells_results(found: Sequence[Clause], results: set[str], elsewhere: bool) -> bool:
    """Does a statement tell `results` of the form that only applications have: two of them, one with its reason or who applied, a share of
    those handled, or that applications were refused (办结的申请中,不予公开3件)? Documents that are looked at (`elsewhere`) are disclosed and
    withheld too, complaints 不予处理."""
    reasons = any(clause.order in ("for_reason", "all_for_reason") for clause in found)
    told = any(clause.has("share_received", "share_handled", "applicant") for clause in found)
    of_form = bool(results & {"partly_disclosed", "unavailable"}) or {"disclosed", "unprocessed"} <= results
    several = len(results) > 1 and (not elsewhere or of_form)
    inside = any(
        clause.order in ("inside", "done_among") and clause.has("bare", "application") and clause.has("done", "answer", "work")
        for clause in found
    )
    return several or bool(results and (reasons or told)) or bool(inside and results & REFUSED)
