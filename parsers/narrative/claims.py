"""The numbers that the narrative states about the report's own body and year, each as a claim. In doubt there is none.

What a number may count is data/claims.yml; whose and when it is, parsers/narrative/scope.py; what the words around it say of it,
parsers/narrative/wording.py. A sentence is read from left to right: each figure becomes a claim of the first kind whose words stand
around it, a part of the figure before 其中, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.model import Claim, Identity
from parsers.narrative.certain_claims import certified, understand
from parsers.narrative.claims_so_far import Told
from parsers.narrative.kinds import (
    APPLICATIONS,
    BY_APPLICANT,
    OUTCOMES,
    PROCEDURES,
    Kind,
    applicants,
    by_whom,
    channels,
    domain,
    kinds,
    reasons,
    root,
)
from parsers.narrative.numerals import PERCENT, Figure, Marked
from parsers.narrative.parts import Parts, is_part, weigh
from parsers.narrative.prose import Stretch
from parsers.narrative.scope import Scope
from parsers.narrative.shares import CHANGE, add_change, add_percentage
from parsers.narrative.wording import Wording

_OF_HANDLED = re.compile(r"(?:办结|办理|答复|处理)[^;]{0,200}[,(]其中[^;]{0,200}$")
_SUBSET = re.compile(
    r"(?:^|[,;。:])对[^,;。]*结转[^;。]*$|(?:新收|结转|网上|网络|信函|邮寄|当面|书面|自然人|企业|法人)(?:的)?申请中[^,;。]*$"
)
_WITH_REASON = re.compile(  # 不掌握或没有现成信息共5件: those of both
    "(?:掌握|信息|权益|秘密|案卷|事务|事项)(?:的|而|情形|类)?(?:以?及|或者?|和|与|、)(?:因|因为|由于|属于?|涉及|会|可能)?"
    "(?:没有|无|本机关|不掌握|过程性|四类|内部|三类|保护|损害|侵害|第三方|国家|行政)[^,。;#、]{0,24}$"
)
_THEIRS = re.compile("其中|由|来自|提出|提交|申请|的|共|有|为|是|[,:(、]")  # beside the applicants of a part
_RECEIVED = re.compile("收|接|受理|登记|申请(?!人)")
_IN_ALL = re.compile(r"[共总均]|全部|合计")
_SUM = re.compile(r"[,;](?:合计|共计|总计)$")  # of the figures before: it begins nothing new
_REST = re.compile("其[余他它]|剩余")
_WITH_OTHERS = re.compile("#[(](?:包含|包括|含)[^()]*#")  # 予以公开10件（含部分公开3件）
_APART = re.compile(  # 另办结2022年结转申请3件; 上年结转1件,已办结
    r"(?:办结|办理|答复|处理)[^。;#]{0,6}(?:上年|上一年|去年|20\d\d年)度?结转[^。;#]{0,12}#"
    r"|(?:上年|上一年|去年|20\d\d年)度?结转[^。;#]{0,16}#[^。;#]{0,8}(?:办结|办理完|答复|处理完)"
)


def read_claims(prose: Sequence[Stretch], identity: Identity) -> tuple[Claim, ...]:
    """What the sentences of the narrative claim, in their order. Ranges are of the document's text."""
    scope = Scope(identity)
    claims: list[Claim] = []
    for section, stretch in prose:
        first = len(claims)
        before: _Sentence | None = None
        for marked in stretch:
            before = _Sentence(marked, scope, claims, before)
            before.read()
        told = _of_new_ones(claims[first:], stretch)
        understood = understand(stretch, section, scope)
        claims[first:] = [replace(claim, section=section) for claim in certified(list(told), understood, first)]
    return tuple(claims)


def _of_new_ones(claims: Sequence[Claim], stretch: Sequence[Marked]) -> Iterator[Claim]:
    """The claims of a stretch; where a sentence of it tells how those carried in ended, another's 办结5件
    may count the new ones alone."""
    told = [(sentence.start, sentence.end) for sentence in stretch if _APART.search(sentence.text)]
    for claim in claims:
        apart = claim.kind in ("handled", "answered") and told and (claim.start, claim.end) not in told
        yield replace(claim, doubt=claim.doubt or "scope") if apart and not claim.absolute else claim


def read_sentence(marked: Marked, identity: Identity) -> list[Claim]:
    """What one sentence alone claims of a body and year."""
    claims: list[Claim] = []
    _Sentence(marked, Scope(identity), claims, None).read()
    return claims


class _Sentence:
    """Reads one sentence and appends to `claims`; `before` is the sentence before it."""

    def __init__(self, marked: Marked, scope: Scope, claims: list[Claim], before: _Sentence | None) -> None:
        self.marked, self.text, self.claims = marked, marked.text, claims
        self.told: Told = Told(claims, marked.text, before.told if before else None)
        self.words: Wording = Wording(self.text, scope, self.told, before.words if before else None)
        self.parts = Parts(self.text)
        self.lists: dict[int, int] = {}  # a part's claim → where its list begins

    def read(self) -> None:
        if not self.marked.places:
            return
        here = [kind for kind in kinds() if any(word in self.text for word in kind.needs)]
        absolute = [(kind, match) for kind in here for match in _matches(kind.none, self.text)]
        for kind, match in absolute:
            if kind.context != "cases":  # how cases ended is said after them
                self._absolute(kind, match, 0.0)
        said = [(kind, match) for kind in here for match in _matches(kind.says, self.text)] if self.marked.figures else []
        changes = {m.end() - 1: m for m in CHANGE.finditer(self.text)}
        previous: Figure | None = None
        earlier: list[Figure] = []
        for figure in self.marked.figures:
            if any(match.start() < figure.at < match.end() for _, match in absolute):
                continue
            if figure.at in changes:
                add_change(self.told, changes[figure.at], figure, previous, self.words.scope.year)
            elif self.text[figure.at] == PERCENT:
                add_percentage(self.words, self.marked, figure, previous)
            else:
                beside = next((one for one in reversed(earlier) if not self.parts.is_closed(one.at, figure.at)), None)
                self._figure(figure, beside, [(kind, m) for kind, m in said if m.start("figure") == figure.at])
                if not _SUM.search(self.text[: figure.at]):
                    previous = figure
                    earlier.append(figure)
        for kind, match in absolute:
            if kind.context == "cases":
                self._absolute(kind, match, 0.0)
        for kind in here:
            for match in _matches(kind.all, self.text):
                self._absolute(kind, match, None)
        counted = filter(self._counts, self.marked.figures)
        weigh(self.claims, self.lists, {figure: self.told.of(figure) for figure in counted}, self.parts)

    def _figure(self, figure: Figure, previous: Figure | None, said: list[tuple[Kind, re.Match[str]]]) -> None:
        whole = self._whole(figure)
        believed = ((k, m) for k, m in said if figure.unit in k.units and self.words.believed(k, m, figure, previous))
        kind, match = next(believed, (None, None))
        classed = whole is not None and domain(self.claims[whole].kind) == "documents"  # 制发公文64件，其中主动公开24件
        if kind and match and not classed and self._own_kind(figure, kind, match, whole):
            return
        if kind and kind.context == "cases":  # how cases ended, of which nobody knows: no part of those listed
            self.parts.close(figure.at)
            return
        if whole is not None and is_part(self.claims[whole].unit, figure):
            label = self.parts.label(figure.at)
            if label and self.parts.admits(figure.at, None):
                doubt = "incomplete" if label.incomplete else self.claims[whole].doubt
                self._add(self._part(self.claims[whole].kind, label.text), figure, whole, doubt)
                self.lists[len(self.claims) - 1] = self.parts.opened(figure.at) or 0

    def _own_kind(self, figure: Figure, kind: Kind, match: re.Match[str], whole: int | None) -> bool:
        """Add the claim of a figure that has a kind of its own; False if it is not about the own body and year."""
        code, doubt = self.words.code(kind, match), self.words.doubt(kind, match, figure)
        if code is None or doubt is None:
            return False
        of = self.claims[whole].kind if whole is not None else None
        if code != root(code) and root(code) in OUTCOMES and _WITH_REASON.search(self.text[: match.start("figure")]):
            return False
        if code.startswith("received_") and self._divides_others(figure, of):
            return False
        if root(code) in OUTCOMES | {"handled", "answered", "carried_out"} and self._of_some(figure, code, match, whole):
            doubt = doubt or "scope"
        if root(code) in OUTCOMES | PROCEDURES and _WITH_OTHERS.match(self.text, figure.at):
            doubt = doubt or "wording"
        if code in ("received", "carried_in") and _OF_HANDLED.search(self.text[: figure.at]):  # perhaps not all of them are handled
            doubt = doubt or "scope"
        another = (
            of is not None and root(of) in OUTCOMES - {"disclosed"} and root(code) in OUTCOMES - {root(of)}
        )  # 不予公开4件,其中…;重复申请2件
        if not of or another or domain(of) != domain(code) or not self.parts.admits(figure.at, code):
            self.parts.close(figure.at)
            whole = None
        if whole is not None and code == "carried_in":  # those received, these among them: then neither is the table's
            self.claims[whole] = replace(self.claims[whole], doubt="wording")
            doubt = doubt or "scope"
        self._add(f"{code}_part" if whole is not None and code == of else code, figure, whole, doubt or None)
        if whole is not None:
            self.lists[len(self.claims) - 1] = self.parts.opened(figure.at) or 0
        return True

    def _divides_others(self, figure: Figure, of: str | None) -> bool:
        """Are applicants told of what was not received, but carried in or disclosed: 予以公开12件,其中自然人9件?"""
        if of:
            return root(of) != "received" and root(of) in APPLICATIONS | OUTCOMES
        last = max((at for at in self.told.by_figure if at < figure.at), default=-1)
        results = last >= 0 and root(self.claims[self.told.by_figure[last]].kind) in OUTCOMES
        return results and not _RECEIVED.search(self.text, last, figure.at)

    def _of_some(self, figure: Figure, code: str, match: re.Match[str], whole: int | None) -> bool:
        """Does the figure count results of some applications only: of natural persons', of those carried in?"""
        if whole is not None and root(self.claims[whole].kind) in APPLICATIONS:
            opened = self.parts.opened(figure.at)
            if (opened is not None and self.parts.of_some(opened)) or self.claims[whole].kind not in ("received", "handled", "answered"):
                return True
            if self.parts.admits(figure.at, code):
                return False
        before = self.text[: figure.at]
        earlier = [i for at, i in self.told.by_figure.items() if at < figure.at]
        last = self.claims[earlier[-1]] if earlier else None
        some = ("received_", "handled_part", "answered_part")
        limited = last is not None and (last.kind.startswith(some) or (last.kind == "received" and last.doubt == "scope"))
        return bool(_SUBSET.search(before)) or (limited and not _IN_ALL.search(before[: match.end()]))

    def _part(self, whole: str, label: str) -> str:
        """The kind of a part that has none of its own: one channel of what was disclosed, or some part."""
        if root(whole) in BY_APPLICANT and not whole.endswith("_part"):  # 予以公开12件,其中自然人9件
            of = applicants().get(_THEIRS.sub("", label))
            if of:
                return by_whom(whole, of)
        limited = [code for code, words in channels().items() if words.search(label)] if whole == "items_disclosed" else []
        return f"items_on_{limited[0]}" if len(limited) == 1 else f"{whole.removesuffix('_part')}_part"

    def _add(self, code: str, figure: Figure, whole: int | None, doubt: str | None) -> None:
        self.told.by_figure[figure.at] = len(self.claims)
        unit = "yuan" if figure.unit == "元" else figure.unit
        place = (self.marked.start, self.marked.end, figure.start, figure.end)
        self.claims.append(Claim(code, figure.value, unit, figure.approximate, *place, part_of=whole, doubt=doubt))

    def _whole(self, figure: Figure) -> int | None:
        """The claim that a figure in a list of parts divides: the last one before the list, else the only one of the
        sentence before."""
        opened = self.parts.opened(figure.at)
        if opened is None:
            return None
        earlier = [f for f in self.marked.figures if f.at < opened and self._counts(f)]
        wholes = [self.told.of(f) for f in earlier]
        while wholes and wholes[-1] is not None and self.claims[wholes[-1]].kind.endswith("_cumulative"):
            wholes.pop()
        if wholes or earlier:
            return self._divided(opened, wholes[-1]) if wholes and wholes[-1] is not None else None
        main = [i for i in self.told.before if self.claims[i].part_of is None and self.claims[i].value and not self.claims[i].absolute]
        main = [i for i in main if not self.claims[i].kind.endswith("_cumulative") and is_part(self.claims[i].unit, figure)]
        back = self.text.startswith(("其中", "在"), opened)  # no list begins a sentence with 涉及 or 包括
        return self._divided(opened, main[0]) if back and len(main) == 1 and opened <= 16 else None

    def _divided(self, opened: int, last: int) -> int | None:
        """The whole of a list that begins after the claim `last`: itself; if that is a part, after ; what it is a part of.

        After a comma nobody knows which. In 在办结的申请中 it is those handled.
        """
        if self.claims[last].kind in reasons():  # 内部事务信息1件,涉及第三方合法权益2件: the second is no part of the first
            return None
        before, of = self.text[:opened].rstrip("#()%"), self.claims[last].part_of
        if of is not None and self.text[opened - 1] != "(":
            return of if before.endswith(";") else None
        answered = self.parts.of_answered(opened)
        return None if answered and root(self.claims[last].kind) not in ("handled", "answered") else last

    def _counts(self, figure: Figure) -> bool:
        """Is it a count, no percentage and no change against another year?"""
        return self.text[figure.at] != PERCENT and not any(m.end() - 1 == figure.at for m in CHANGE.finditer(self.text))

    def _absolute(self, kind: Kind, match: re.Match[str], value: float | None) -> None:
        """None of them (`value` 0) or all of them (`value` None): a claim of each kind that the words are about."""
        if kind.never_in and kind.never_in.search(match[0]):
            return
        base = None if value == 0 else self.told.received() if kind.context == "applications" else None
        place = self.marked.place(*match.span())
        cases = self.told.cases(match.start()) if kind.context == "cases" else []
        if len(cases) > 1 and not re.match("均|都|全部", match[0]):
            return  # 行政复议3件、行政诉讼2件,未被纠正
        limit = "" if value == 0 else self._limit(kind, match.start())
        if limit is None or (value is None and kind.context == "applications" and base is None):
            return
        doubt = self.words.doubt(kind, match)
        if doubt is None:
            return
        doubt = doubt or limit
        for case in cases if kind.context == "cases" else [""]:
            code = "+".join(one + kind.code[1:] for one in case.split("+")) if case else kind.code
            known = [c for c in self.told.here if c.kind == code and c.absolute]
            if any(c.value_start < place[1] and place[0] < c.value_end for c in known):
                continue
            claim = Claim(code, value, None, False, self.marked.start, self.marked.end, *place, absolute=True, doubt=doubt or None)
            self.claims.append(claim if value == 0 else replace(claim, percent=100.0, percent_of=base))

    def _limit(self, kind: Kind, at: int) -> str | None:
        """ "scope" where all of them at a place may be all of some applications only, None where they are no applications at all."""
        last = next((f for f in reversed(self.marked.figures) if f.at < at and self._counts(f)), None)
        if _REST.search(re.split("[,。;]", self.text[:at])[-1]):
            return "scope"  # 其余10件全部办结
        if kind.context != "applications":
            return ""
        if last and self.told.of(last) is None:
            return None  # 收到救助申请200件,全部办结
        return "" if self.told.of_all(last) else "scope"


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(text)
