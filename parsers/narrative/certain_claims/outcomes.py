"""What clauses about the results of applications claim."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.meaning import CASES, Meaning, Says
from parsers.narrative.certain_claims.said import ANSWERED, Parts, Unclear
from parsers.narrative.certain_claims.together import REFUSED
from parsers.narrative.kinds import OUTCOMES, by_whom, root
from parsers.narrative.numerals import Figure

# Reasons for which a body's own documents too are not disclosed, when it looks at each.
_OF_DOCUMENTS = ("withheld_state_secret", "withheld_by_law", "withheld_internal", "withheld_process")
# The form's own words, said of nothing but applications.
_OF_APPLICATIONS = {
    "unavailable_not_held", "unavailable_not_compiled", "withheld_security", "unprocessed_publication", "unprocessed_excessive", "unprocessed_reconfirm",
}  # fmt: skip


def _outcome(at: Meaning, figure: Figure | None) -> None:
    """不予公开4件; 因属于国家秘密,不予公开4件 counts those of the reason."""
    kind = at.named(*groups()["outcome"])
    if at.clause.has("info") and figure and figure.unit not in CASES:  # 予以公开信息66条
        raise Unclear(at.text)
    if at.last == "reason_first" and root(at.reason) != kind:
        raise Unclear(at.text)
    _result(at, at.reason if at.last == "reason_first" else kind, figure)


def _outcome_inside(at: Meaning, figure: Figure | None) -> None:
    """不予公开的申请中, 无法提供的27件中: what follows divides these."""
    kind = at.named(*groups()["outcome"])
    if not _is_of_applications(at, kind):
        at.need("applications")
    at.topic, at.worked_on, at.within = "applications", True, kind
    if figure:
        at.list = Parts(at.main(kind, figure, "applications"), closed=False)


def _outcome_named(at: Meaning, figure: Figure | None) -> None:
    """不予公开: as a heading of what follows; 重复申请2件,依法不予处理 tells their result again."""
    if at.beside and at.last == "for_reason" and root(at.beside.kind) == at.named(*groups()["outcome"]):
        return
    if not at.is_heading:
        raise Unclear(at.text)
    _outcome_inside(at, None)


def _all_of_outcome(at: Meaning, figure: Figure | None) -> None:
    """不予公开的4件申请均属于过程性信息: so many for the reason; of the result there may be more."""
    kind, reason = at.named(*groups()["outcome"]), at.named(*groups()["reason"])
    if root(reason) != kind:
        raise Unclear(at.text)
    _result(at, kind, figure)
    if at.beside:
        at.beside.doubt = "wording"
    at.add(reason, figure)


def _outcome_came_by(at: Meaning, figure: Figure | None) -> None:
    """予以公开的12件申请均由自然人提出: so many of theirs."""
    kind = at.named(*groups()["outcome"])
    if not _is_of_applications(at, kind):
        at.need("applications")
    at.topic = "applications"
    at.add(by_whom(kind, at.named(*groups()["person"])), figure)


def _for_reason(at: Meaning, figure: Figure | None) -> None:
    reason = at.named(*groups()["reason"])
    if at.last == "reason_first" and at.reason != reason:  # 不掌握或没有现成信息而无法提供5件: those of both
        raise Unclear(at.text)
    _result(at, reason, figure)


def _for_each_reason(at: Meaning, figure: Figure | None) -> None:
    """属于国家秘密、过程性信息各1件."""
    for reason in at.clause.all_of(*groups()["reason"]):
        _result(at, reason, figure)


def _all_for_reason(at: Meaning, figure: Figure | None) -> None:
    """不予公开4件,均属于过程性信息: so many for this reason."""
    reason, of = at.named(*groups()["reason"]), at.beside
    if of and of.figure and of.kind == root(reason) and not at.list and not at.of_some:
        at.add(reason, of.figure)


def _reason_first(at: Meaning, figure: Figure | None) -> None:
    at.reason = at.named(*groups()["reason"])


def _disclosed_in_whole_or_part(at: Meaning, figure: Figure | None) -> None:
    _result(at, "disclosed+partly_disclosed", figure)


def _result(at: Meaning, kind: str, figure: Figure | None) -> None:
    """A result is of those handled, or of those received; a reason also of its group (不予公开4件,其中国家秘密1件). 作出不予公开决定
    and 不予公开的申请 need no applications spoken of before."""
    # 不予处理的申请 may be complaints, 信访举报投诉类申请 are applications for information.
    bare = at.clause.has("bare") and (kind != root(kind) or kind in (*REFUSED, "disclosed") or not at.business)
    own = at.clause.has("application", "applicant") or ((bare or at.clause.has("decide", "fit")) and not at.reviewed)
    own = own or (at.clause.has("unavailable") and at.clause.has("info", "answer") and not at.business)
    own = own or (at.clause.has("content") and at.clause.has("withheld"))  # 因申请内容属于国家秘密不予公开
    reason = at.last == "reason_first" or (at.clause.order == "for_reason" and _with_result(at))
    own = own or (kind in (*REFUSED, "unavailable") and at.clause.has("when") and not (at.elsewhere or at.reviewed))
    own = own or (at.clause.has("answer") and at.clause.has("withheld", "unavailable", "unprocessed") and not at.business)
    own = (
        own
        or (reason and not (at.reviewed or (at.business and kind in _OF_DOCUMENTS)))
        or (kind in _OF_APPLICATIONS and at.topic in (None, "applications") and not (at.business and kind == "unavailable_not_held"))
    )
    if at.whose:
        at.add(by_whom(kind, at.whose), figure)
        return
    if at.beside and at.beside.kind == "carried_in" and not at.tells_received:  # 上年结转3件,予以公开1件: of these
        raise Unclear(at.text)
    if at.remarked and not at.clause.has("when"):  # 与申请人沟通,作出部分公开决定1件: those of which this is said
        raise Unclear(at.text)
    if own and not at.list and not at.open:
        at.topic, at.worked_on = "applications", at.worked_on or at.clause.has("application")
        at.add(kind, figure)
        return
    alike = at.beside if kind != root(kind) and not at.list and at.last == "for_reason" else None
    if alike and alike.whole is None and root(alike.kind) == root(kind) and alike in at.here[at.first :]:
        at.add(kind, figure).doubt = alike.doubt  # 作出不予公开答复的,因属于国家秘密1件、因属于过程性信息3件
        return
    at.need("applications")
    if at.list and at.list.whole in at.here[: at.first] and root(kind) != at.list.whole.kind in OUTCOMES:
        at.list = None  # 不予公开4件,其中国家秘密1件;无法提供5件; and 不掌握4件
    if at.limited or (at.last in ("all_done", "all_answered") and not at.list):
        raise Unclear(at.text)
    if at.list:
        whole = at.list.whole.kind
        reason = root(whole) in OUTCOMES and root(kind) == whole != kind
        if not reason and whole not in ("received", *ANSWERED):  # 予以公开10件(其中部分公开3件)
            raise Unclear(at.text)
        at.part(kind, figure)
    elif at.open or (at.last_of("received", *ANSWERED) is None and not at.worked_on):
        raise Unclear(at.text)
    else:
        at.add(kind, figure).doubt = "scope" if at.of_new else None


def _with_result(at: Meaning) -> bool:
    """Stands a reason with its result, which is of applications? 重复申请不予处理 may be said of other business."""
    return at.clause.has("withheld", "unavailable") or (at.clause.has("unprocessed") and not at.business)


def _all_disclosed(at: Meaning, figure: Figure | None) -> None:
    """均予以公开, of those received: none was withheld, nor ended otherwise."""
    if at.clause.has("application") or (at.clause.has("bare") and not at.elsewhere):
        at.topic = "applications"
        at.add("disclosed", None, all=True, percent=100.0)
        return
    at.need("applications")
    others = at.beside is not None and at.beside.kind not in ("received", *ANSWERED)  # 上年结转2件,均予以公开
    if at.last_of("received", *ANSWERED) is None or at.list or at.of_some or at.open or others:
        raise Unclear(at.text)
    at.add("disclosed", None, all=True, percent=100.0)


def _is_of_applications(at: Meaning, kind: str) -> bool:
    """不予公开的申请 are of nothing else; 不予处理的申请 may be complaints, 予以公开的申请 those for housing."""
    own = at.clause.has("bare") and (kind in REFUSED or not at.business)
    own = own or (kind == "unavailable" and at.clause.has("info") and not at.business)
    own = own or (kind in ("withheld", "unavailable") and at.clause.has("seen", "case_of", "#") and not (at.business or at.reviewed))
    own = own or (kind == "unprocessed" and _of_complaints(at))
    return own or at.clause.has("application") or (at.clause.has("decide") and not at.reviewed)


def _of_complaints(at: Meaning) -> bool:
    """Are 信访举报投诉类申请 told of in the same statement? These words are the form's."""
    return any(clause.has("unprocessed_petition", "unprocessed_repeat") and clause.has("bare") for clause in at.found)


def _none_of_outcome(at: Meaning, figure: Figure | None) -> None:
    """没有作出不予公开决定, 没有不予公开的申请, 收到的申请中没有不予公开的情形, 没有一件不予公开的申请."""
    kinds = at.clause.all_of(*groups()["outcome"])
    if not all(_is_of_applications(at, kind) for kind in kinds):
        at.need("applications")
    if "other" in kinds and at.clause.has("thing"):  # 没有其他处理事项: of whatever business
        raise Unclear(at.text)
    if (at.list and at.last != "done_among") or at.open or at.of_some or (figure and figure.value != 1):
        raise Unclear(at.text)
    at.topic = "applications"
    for kind in kinds:
        at.add(by_whom(kind, at.whose) if at.whose else kind, None, none=True)


def _none_for_reason(at: Meaning, figure: Figure | None) -> None:
    """没有因属于国家秘密不予公开的申请."""
    kind = at.named(*groups()["reason"])
    if at.clause.has("receive") and kind != "unprocessed_repeat":  # 没有收到信访、举报
        raise Unclear(at.text)
    if at.within and at.within != root(kind):  # 部分公开的申请中,没有因属于过程性信息不予公开的
        raise Unclear(at.text)
    of_form = _with_result(at) and not ((at.business or at.reviewed) and kind in _OF_DOCUMENTS)
    told = at.clause.has("application") or (at.clause.has("bare") and _with_result(at))
    if not of_form and not told:
        at.need("applications")
    if at.list or at.open or at.of_some or (figure and figure.value != 1):
        raise Unclear(at.text)
    at.topic = "applications"
    at.add(kind, None, none=True)


SAYS: Mapping[str, Says] = {
    "outcome": _outcome, "outcome_inside": _outcome_inside, "outcome_named": _outcome_named, "for_reason": _for_reason, "for_each_reason": _for_each_reason, "all_for_reason": _all_for_reason, "all_of_outcome": _all_of_outcome, "outcome_came_by": _outcome_came_by, "reason_first": _reason_first, "disclosed_in_whole_or_part": _disclosed_in_whole_or_part,
    "all_outcome": _all_disclosed, "none_of_outcome": _none_of_outcome, "none_for_reason": _none_for_reason,
}  # fmt: skip
