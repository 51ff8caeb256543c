"""Lists of parts in a sentence: which figures after 其中 divide the figure before it, and whether they can be added up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from parsers.model import Claim
from parsers.narrative.kinds import APPLICATIONS, OUTCOMES, root
from parsers.narrative.numerals import ITEMS, TIMES, Figure

_OPENS = re.compile(
    r"其中(?P<some>主要)?(?:(?P<whole>包括|包含|分别)|有|为)?|(?<=[#,(])(?P<most>主要)?(?P<divided>包括|包含|含|涉及|分为)|(?:^|(?<=[,(]))在[^#,。;]{0,12}(?:信息|申请|件)中(?=,)|(?<=#)(?:信息|申请)?中(?=,)"
)
_ALL_OF_THEM = re.compile(
    r"在(?:全年|本年|今年|所有|全部|已|上述|这些|收到|受理|接收|办结|办理|答复|处理|主动|发布|政府|政务|信息|公开|依|申请|新|的|件|#)*中"
)
# Words with which a new statement begins: what follows is no part any more.
_NEW = re.compile(
    r"同时|此外|另外|另|并|还|全年|20\d\d年(?=[,共收受])|(?<!其[他它])(?<!社会)(?<!公益)组织(?!机构|人事|架构)|举办|召开|开展|收到|受理|办结|回复|答复|同比|[较比]上年|分别|累计|共计|合计|总计"
    r"|^(?:发布|推送|制作|印发|编发)"
)
_REST = re.compile("其[他它余](?!处理|结果|组织|行政|法律|形式)")
_PROGRESS = APPLICATIONS - {"received"}
_ENDED = ("_upheld", "_corrected", "_pending")


@dataclass(frozen=True)
class Label:
    """What stands between a part's figure and the one before it. `incomplete`: parts without a figure stand there too."""

    text: str
    incomplete: bool


class Parts:
    """The lists of parts of one marked sentence. A list ends with its bracket, or where another kind of statement begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lists = list(_OPENS.finditer(text))
        self.kinds: dict[int, str] = {}  # the lists that have a part, by their place: what their parts tell apart
        self.closed: set[int] = set()

    def opened(self, at: int) -> int | None:
        """Where the list that a figure stands in begins, None if it stands in none."""
        match = self._list(at)
        return match.start() if match else None

    def label(self, at: int) -> Label | None:
        """The label of the figure as a part; None if a new statement begins before it, which ends the list."""
        match = self._list(at)
        if not match:
            return None
        start = max(match.end(), self.text.rfind("#", 0, at) + 1, self.text.rfind("%", 0, at) + 1)
        words = re.sub(r"\([^()]*\)|^\)|^[,;、:和及以与 ]+|(?<![,;、: ])[,;、: ]+$", "", self.text[start:at])
        if not words or _NEW.search(words):
            self.closed.add(match.start())
            return None
        some = match.groupdict().get("some") or match.groupdict().get("most")
        several = words.endswith("各")  # so many of each
        return Label(words, bool(some) or several or bool(re.search("[,;]", words)) or self.text[at + 1 : at + 2] == "等")

    def admits(self, at: int, code: str | None) -> bool:
        """Does a figure of this kind (None: no kind of its own) go on with the list it stands in?

        Those handled and those carried over divide what was received one way, the channels they came by another. So do how cases
        came and how they ended.
        """
        match = self._list(at)
        if not match:
            return False
        group = root(code) if code else None
        ended = (code or "").endswith(_ENDED)
        sort = "ended" if ended else "progress" if group in _PROGRESS else "outcome" if group in OUTCOMES else "share"
        first = self.kinds.setdefault(match.start(), sort)
        return first == sort or (first in ("outcome", "ended") and code is None)

    def is_whole(self, opened: int, last: int) -> bool:
        """Does the list, up to its last figure, say that it is whole: 包括, 分为, 其中包括 (not 含), or a rest at its end (其他)?"""
        match = next(match for match in self.lists if match.start() == opened)
        groups = match.groupdict()
        divided = groups["divided"] and groups["divided"] not in ("涉及", "含")  # what they are about may be one thing or several
        label = max(match.end(), self.text.rfind("#", 0, last) + 1)
        return bool(groups["whole"] or divided or _REST.search(self.text, label, last))

    def of_answered(self, opened: int) -> bool:
        """Does the list divide those handled: 在办结的申请中?"""
        match = next(match for match in self.lists if match.start() == opened)
        return bool(re.search("办结|答复", match[0]))

    def of_some(self, opened: int) -> bool:
        """Does the list divide some of them only: 在土地征收类申请中?"""
        match = next(match for match in self.lists if match.start() == opened)
        return match[0].startswith("在") and not _ALL_OF_THEM.fullmatch(match[0])

    def is_closed(self, at: int, later: int) -> bool:
        """Has the bracket that a figure stands in ended before a later place: 予以公开15件(自然人12件),部分公开4件?"""
        between = self.text[at:later]
        return between.count(")") > between.count("(")

    def depth(self, opened: int, at: int) -> int:
        """How many brackets deeper than the list's beginning a place is."""
        between = self.text[opened:at]
        return between.count("(") - between.count(")")

    def close(self, at: int) -> None:
        """End the list that the figure stands in: what it counts is no part."""
        match = self._list(at)
        if match:
            self.closed.add(match.start())

    def _list(self, at: int) -> re.Match[str] | None:
        """The last list opened before the figure, at its depth of brackets, that has not ended."""
        for match in reversed(self.lists):
            if match.start() < at and match.start() not in self.closed:
                between = self.text[match.end() : at]
                depth = between.count("(") - between.count(")")
                if depth == 0:
                    return match
                if depth > 0:
                    return None
        return None


def is_part(unit: str | None, figure: Figure) -> bool:
    """May the figure count parts of what is counted in `unit`?"""
    return figure.unit == unit or any({figure.unit, unit} <= units for units in (ITEMS, TIMES))


def are_two_lists(whole: float | None, parts: Sequence[tuple[str, float | None]]) -> bool:
    """Do the first parts, each with its kind, make up the whole, and others follow that have no kind of their own (自然人8件,企业4件;
    网上10件,当面2件)?"""
    sums = list(accumulate(value or 0 for _, value in parts))
    return any(sums[at] == whole and all(kind.endswith("_part") for kind, _ in parts[at + 1 :]) for at in range(1, len(parts) - 1))


def weigh(claims: list[Claim], lists: Mapping[int, int], figures: Mapping[Figure, int | None], parts: Parts) -> None:
    """Set the doubt of the parts that a sentence states: `incomplete` where they cannot be added up, `open` where nothing says
    that they are all.

    They can where they are one list, none of them lacks its figure, and they do not divide those received by outcome, as some
    of those are not handled yet. `lists`: a part's claim → where its list begins; `figures`: the sentence's figures in order,
    each with its claim, changes and percentages left out.
    """
    for whole in {claims[i].part_of for i in lists}:
        members = [i for i, claim in enumerate(claims) if claim.part_of == whole]
        begun = {lists.get(i) for i in members}
        unhandled = whole is not None and claims[whole].kind == "received" and any(root(claims[i].kind) in OUTCOMES for i in members)
        lacking = any(claims[i].doubt == "incomplete" for i in members)
        opened = min(lists[i] for i in members if i in lists)
        torn = (
            unhandled
            or lacking
            or len(begun) > 1
            or are_two_lists(None if whole is None else claims[whole].value, [(claims[i].kind, claims[i].value) for i in members])
            or _missed(claims[members[0]].unit, opened, members, figures, parts)
        )
        last = max(figure.at for figure, claim in figures.items() if claim in members)
        doubt = "incomplete" if torn else None if parts.is_whole(opened, last) else "open"
        for i in members:
            sure = torn and claims[i].kind.endswith("_part")  # of no table, so that whose it is matters less
            claims[i] = replace(claims[i], doubt=doubt if sure else claims[i].doubt or doubt)


def _missed(unit: str | None, opened: int, members: Sequence[int], figures: Mapping[Figure, int | None], parts: Parts) -> bool:
    """Does a figure in the list, or the next one after it, count nothing that was read, though it may be one more part?"""
    last = max(figure.at for figure, claim in figures.items() if claim in members)
    for figure, claim in figures.items():
        if figure.at > opened and parts.depth(opened, figure.at) == 0 and is_part(unit, figure):
            if claim is None:
                return True
            if figure.at > last:
                return False
    return False
