"""What clauses about the results of applications claim."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.meaning import ANSWERED, CASES, Meaning, Says, Unclear
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import Figure

# Reasons for which a body's own documents too are not disclosed, when it looks at each.
_OF_DOCUMENTS = ("withheld_state_secret", "withheld_by_law", "withheld_internal", "withheld_process")


def _outcome(at: Meaning, figure: Figure | None) -> None:
    """不予公开4件; 因属于国家秘密,不予公开4件 counts those of the reason."""
    kind = at.named(*groups()["outcome"])
    if at.clause.has("info") and figure and figure.unit not in CASES:  # 予以公开信息66条
        raise Unclear(at.text)
    if at.last == "reason_first" and root(at.reason) != kind:
        raise Unclear(at.text)
    _result(at, at.reason if at.last == "reason_first" else kind, figure)


def _for_reason(at: Meaning, figure: Figure | None) -> None:
    _result(at, at.named(*groups()["reason"]), figure)


def _reason_first(at: Meaning, figure: Figure | None) -> None:
    at.reason = at.named(*groups()["reason"])


def _disclosed_in_whole_or_part(at: Meaning, figure: Figure | None) -> None:
    _result(at, "disclosed+partly_disclosed", figure)


def _result(at: Meaning, kind: str, figure: Figure | None) -> None:
    """A result is of those handled, or of those received; a reason also of its group (不予公开4件,其中国家秘密1件). 作出不予公开决定
    and 不予公开的申请 need no applications spoken of before."""
    own = at.clause.has("decide", "application", "bare", "fit", "applicant") or (
        at.clause.has("unavailable") and at.clause.has("info", "answer")
    )
    reason = at.last == "reason_first" or (at.clause.order == "for_reason" and at.clause.has("withheld", "unavailable", "unprocessed"))
    own = own or (at.clause.has("answer") and at.clause.has("withheld", "unavailable", "unprocessed"))
    own = own or (reason and not (at.elsewhere and kind in _OF_DOCUMENTS))
    if own and not at.list and not at.open:
        at.topic, at.worked_on = "applications", at.worked_on or at.clause.has("application")
        at.add(kind, figure)
        return
    at.need("applications")
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


def _all_disclosed(at: Meaning, figure: Figure | None) -> None:
    """均予以公开, of those received: none was withheld, nor ended otherwise."""
    if at.clause.has("application", "bare"):
        at.topic = "applications"
        at.add("disclosed", None, all=True, percent=100.0)
        return
    at.need("applications")
    if at.last_of("received", *ANSWERED) is None or at.list or at.of_some or at.open:
        raise Unclear(at.text)
    at.add("disclosed", None, all=True, percent=100.0)


def _none_of_outcome(at: Meaning, figure: Figure | None) -> None:
    """没有作出不予公开决定, 没有不予公开的申请, 收到的申请中没有不予公开的情形."""
    if not (at.clause.has("decide", "application") or (at.clause.has("bare") and not at.elsewhere)):
        at.need("applications")
    if at.list or at.open or at.of_some:
        raise Unclear(at.text)
    at.topic = "applications"
    at.add(at.named(*groups()["outcome"]), None, none=True)


def _none_for_reason(at: Meaning, figure: Figure | None) -> None:
    """没有因属于国家秘密不予公开的申请."""
    kind = at.named(*groups()["reason"])
    of_form = at.clause.has("withheld", "unavailable", "unprocessed") and not (at.elsewhere and kind in _OF_DOCUMENTS)
    if not of_form and not at.clause.has("application"):
        at.need("applications")
    if at.list or at.open or at.of_some:
        raise Unclear(at.text)
    at.topic = "applications"
    at.add(kind, None, none=True)


SAYS: Mapping[str, Says] = {
    "outcome": _outcome, "for_reason": _for_reason, "reason_first": _reason_first, "disclosed_in_whole_or_part": _disclosed_in_whole_or_part,
    "all_outcome": _all_disclosed, "none_of_outcome": _none_of_outcome, "none_for_reason": _none_for_reason,
}  # fmt: skip
