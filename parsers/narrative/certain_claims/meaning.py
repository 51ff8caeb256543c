"""What clauses of known words may go on with, and the claims that they make.

What each order of data/clauses.yml claims stands in `applications`, `handling`, `outcomes`, `shares`, `cases` and `disclosure`; orders that
stand in none of them claim nothing. `Unclear` is raised where a clause does not find what it goes on with; then nothing of its
statement is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from parsers.narrative.certain_claims import business, together
from parsers.narrative.certain_claims.clauses import LATE, REMARK, Clause
from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.said import ANSWERED, Parts, Said, Unclear, weigh
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import ITEMS, Figure, Marked

DUE = "received+carried_in"  # all that were to be handled
_UNITS = ITEMS | {"个", "次", "%", "元"}
_NOT_ALL = {"其中", "涉及", "包含", "包括"}  # behind these not all the parts need be listed
_TOPICS = {"applications": "applications", "review_litigation": "cases"}  # of the sections whose heading names one
# What may be of other applications: no others are disclosed in part, withheld, unavailable.
_OF_ANY = {*OUTCOMES, *ANSWERED, "received", "carried_in", "carried_out"} - {*together.REFUSED, "unavailable"}
_FORM = ("received", "carried_in", "carried_out", "handled")  # two of these in a statement are of applications
CASES = ("件", "宗", "起", "例", "个", "次")  # units of what is applied for, decided, sued for
_PAPERS = ("表", "书", "函", "信", "单")
_MOST_RESULTS = 3  # who tells so many tells them all
Says = Callable[["Meaning", Figure | None], None]


class Meaning:
    """Reads clauses in turn and keeps what they may go on with.

    `topic` is what was spoken of last, `here` and `before` are the claims of this sentence and the one before, `beside` the claim right
    before, `list` the list that is open, `last` the order before; `limited`: the applications spoken of last are some of them only;
    `elsewhere`: other business may have been spoken of since; `within`: the result that was named, of whose applications all that follows is;
    `whose`: the applicants that were named, whose results follow; `past`: the figures of the year before are told; `remarked`: words that were not understood may say of which applications the results behind them are, `counted`: they have a number.
    """

    def __init__(self, section: str, says: Mapping[str, Says]) -> None:
        self.says = says
        self.topic = _TOPICS.get(section)
        self.here: list[Said] = []
        self.shown = False  # words that were not understood told of what was published or looked at: numbers may be of that
        self.reviewed = False  # and of the body's own documents, each of which it may withhold
        self.past = False
        self.elsewhere = False  # since applications were spoken of, words were not understood: other business may be
        self.business = False  # and they named some that has cases or applications
        self.next_sentence()

    def next_sentence(self) -> None:
        self.before, self.here = self.here, []
        self.list: Parts | None = None
        self.beside: Said | None = None
        self.open: list[tuple[Parts | None, Said | None, bool]] = []  # what brackets interrupt
        self.limited, self.last, self.worked_on, self.of_all, self.of_new = False, "", False, False, False
        self.reason = self.inside = ""  # that what follows is of: a reason, cases
        self.within, self.whose, self.remarked, self.counted = "", "", False, False
        self.dated = self.until = False  # the year is named; 截至年底: 累计 may be of all years

    def forget(self, text: str, counted: bool) -> None:
        """What came was not understood: nothing goes on with what stood before it; it may speak of other business, if not of disclosure."""
        self.topic, self.here = ("applications" if not counted and business.HEADS_APPLICATIONS.fullmatch(text) else None), []
        self._leaves(text, counted)
        self.next_sentence()

    def _leaves(self, text: str, counted: bool) -> None:
        """Words that were not understood leave the applications, if they name no disclosure."""
        cases = counted or business.BUSINESS.search(text) is not None
        if not (business.APPLIED_FOR if counted else business.DISCLOSURE).search(text):
            self.elsewhere = True
            self.business |= cases
        elif "信息公开" in text:  # 扎实推进政府信息公开工作; 做好救助申请和信息公开工作
            self.elsewhere = self.business = cases
        self.reviewed |= business.REVIEWED.search(text) is not None
        self.shown |= business.SHOWN.search(text) is not None

    def of(self, found: Sequence[Clause], marked: Marked) -> list[Said]:
        """The claims of a statement."""
        self.first = len(self.here)
        self.figures = {figure.at: figure for figure in marked.figures}
        self.found, self.beside = found, None
        self.within, self.whose, self.remarked, self.counted = "", "", False, False
        self._tells(found)
        self.lists_decisions = together.lists_decisions(found)
        self.tells_received = any(clause.order in ("received", "received_open") for clause in found)
        self.of_disclosure = any(clause.has("application") for clause in found)
        if any(clause.order == "all_applications" for clause in found):
            self.topic = "applications"
        if any(clause.has("application") and not clause.has("among") for clause in found):
            self.elsewhere = self.business = False
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

    def _tells(self, found: Sequence[Clause]) -> None:
        """What a statement tells that only applications have; less where other business may have been spoken of."""
        named = any(clause.has("bare", "application") or together.is_new(clause) for clause in found)
        self.of_form = named and len({of for clause in found for of in _FORM if clause.order.startswith(of)}) > 1
        self.of_persons = together.tells_persons(found, self.elsewhere)
        self.of_all_results = len(together.results_in(found)) >= _MOST_RESULTS
        self.of_results = together.tells_results(found, self.elsewhere, self.reviewed)

    def _clause(self, clause: Clause, figure: Figure | None, marked: Marked) -> None:
        self.clause, self.text, self.marked = clause, marked.text[clause.start : clause.end], marked
        if clause.figure() >= 0 and clause.order != REMARK and (figure is None or figure.unit not in _UNITS):
            raise Unclear(self.text)
        times = [token.text for token in clause.tokens if "when" in token.classes]
        self.dated |= clause.has("when")
        self.until |= any(map(_is_end, times))
        if clause.has("done", "judged", "unfinished") and not clause.has("receive"):  # 年底前收到的申请均已办结: by now
            self.until |= any(time.endswith("前") for time in times)
        if (
            clause.figure() >= 0
            and clause.has("cumulative")
            and clause.order != "items_so_far"
            and ((self.until and all(_is_end(time) for time in times)) or not self.dated)
        ):
            raise Unclear(self.text)
        # 办理结果: of which business?
        self.headed = clause.has("head") and not (self.business and not business.DISCLOSURE.search(self.text))
        if self.headed:
            self.topic, self.worked_on = "applications", True
        if self.headed or clause.has("application"):
            self.elsewhere = self.business = self.reviewed = False
        if (self.within and clause.order not in ("for_reason", "none_for_reason", "frame", "share", REMARK)) or (
            self.whose and clause.order not in ("outcome", "none_of_outcome", "frame", REMARK)
        ):
            raise Unclear(self.text)  # 不予公开的申请中,自然人4件
        self.past &= not any(business.THIS_YEAR.search(time) for time in times)
        if self.past and clause.order not in ("received_before", "changed", "changed_from", "share", "frame", REMARK):
            raise Unclear(self.text)  # 2022年收到申请21件,办结19件: of that year
        if "此类" in self.text and self.remarked:  # 养老补贴依申请公开较多,收到此类申请9件
            raise Unclear(self.text)
        if self.last == LATE and not clause.order.startswith(("carried_out", "left", "frame")):
            raise Unclear(self.text)
        if self.last == "reason_first" and clause.order not in ("outcome", "for_reason", "frame"):
            raise Unclear(self.text)  # all that follows is of the reason's alone
        if clause.has("aside") and business.ASIDE.search(self.text):
            self._turn_aside()
        if clause.has("rest") and clause.figure() < 0:  # 商业企业3件,其他组织1件,其余均为自然人: these are not all
            for said in self.here[self.first :]:
                if said.listed:
                    said.listed.closed = said.listed.listing = False
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
        gives_a_reason = ("涉及" in self.text and not clause.has("redacted")) or clause.has("tells", *groups()["reason"])
        if (
            gives_a_reason and not clause.has("mainly") and any(root(one.kind) in OUTCOMES for one in said)
        ):  # 不予公开2件,申请内容涉及第三方: those of this reason
            raise Unclear(self.text)
        of_what = (clause.has("bare") and clause.has("all", "is")) or (clause.has("all") and clause.has("is"))
        named = self.of_persons or self.of_results
        of_what |= clause.has("mainly") and not named and any(root(one.kind) in _OF_ANY for one in said)
        elsewhere = (
            clause.has("mainly") and not clause.has("tells") and business.OTHERS.search(self.text)
        )  # 主要集中在各镇街, 多为下属单位受理
        if said and (elsewhere or (of_what and not self.of_disclosure)):  # 办结申请12件,均为信用修复申请; 收到12件,主要涉及低保
            raise Unclear(self.text)
        if said:
            self.topic, self.elsewhere, self.business, self.remarked = None, True, True, clause.has("limit_before")
            return
        self.counted = clause.figure() >= 0
        self.remarked = not business.RESULTS_OF.search(self.text) and not self.of_all_results
        topics = together.names_topics(clause, self.text)
        topics |= {"cases"} if self.inside and clause.has("aside") else set()
        topics |= {"applications"} if self.headed or (business.RESULTS_OF.search(self.text) and not self.elsewhere) else set()
        self.topic = topics.pop() if len(topics) == 1 and not clause.has("inside") else None  # 征地类政府信息公开申请中
        self.limited, self.of_all, self.worked_on = False, False, self.topic == "applications"
        if self.topic == "applications":
            self.elsewhere = self.business = False
        else:
            self._leaves(self.text, clause.figure() >= 0)
            self._tells(self.found)

    def _turn_aside(self) -> None:
        """行政执法方面: what follows goes on with nothing that stood before."""
        if self.here[self.first :]:
            raise Unclear(self.text)
        self.before, self.here, self.first, self.topic, self.elsewhere, self.business = [], [], 0, None, True, True
        if business.OF_DECISIONS.search(self.text):
            self.topic, self.shown = "decisions", False
        self.inside = ""
        if self.clause.has("about"):  # 政府信息公开行政诉讼方面
            self.inside = "litigation" if "诉讼" in self.text else "reconsideration"

    def _open_list(self, clause: Clause) -> None:
        whole = self.beside
        if whole is None and self.list:  # 其中网上10件、信函6件;其中自然人14件
            whole = self.list.whole
        if whole is None and self.last == "rate":  # 答复27件,答复率100%,其中予以公开12件
            whole = next((said for said in reversed(self.here[self.first :]) if said.is_main and said.kind in ANSWERED), None)
        mains = [said for said in self.before if said.is_main]
        if whole is None and not self.here and mains and (len(mains) == 1 or mains[-1].kind in ANSWERED):
            whole = mains[-1]  # 收到29件,办结27件。其中予以公开12件
        if whole is None and self.worked_on and self.last == "worked_on":
            return
        nested = (
            whole is not None and whole.kind in OUTCOMES and clause.has(*groups()["reason"], *groups()["person"])
        )  # 无法提供6件,其中不掌握5件
        if whole is None or (whole.whole and not self.open and not nested):
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
    def is_heading(self) -> bool:
        """Does : follow the clause?"""
        behind = [clause.order for clause in self.found if clause.start >= self.clause.end]
        return behind[:1] == [":"]

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


def _is_end(time: str) -> bool:
    """截至年底: up to then, of whatever years."""
    return time.startswith(("截", "至", "到"))
