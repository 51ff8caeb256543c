"""What clauses about reconsideration and litigation claim."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.meaning import Meaning, Says
from parsers.narrative.certain_claims.said import Said, Unclear
from parsers.narrative.kinds import PROCEDURES
from parsers.narrative.numerals import Figure

_KINDS = {
    "recon": "reconsideration", "recon_short": "reconsideration", "litig": "litigation", "direct": "litigation_direct", "after": "litigation_after_reconsideration",
}  # fmt: skip


_ENDS = ("_upheld", "_corrected", "_pending")


def _kind(at: Meaning) -> str:
    return _KINDS[at.clause.first("direct", "after") or at.clause.first(*groups()["case"]) or ""]


def _cases(at: Meaning, figure: Figure | None) -> None:
    """Cases about disclosure; where the clause does not say so (被提起行政诉讼1件), as those before it. 收到行政复议申请3件 may be said
    by the body that decides them."""
    answered_them = 0 <= at.clause.place(*groups()["case"]) < at.clause.place("answer")  # 行政复议作出答复12件
    hearings = "应诉" in at.text and figure is not None and figure.unit == "次"  # 行政应诉7次
    if answered_them or hearings or (at.clause.has("bare") and at.clause.has("receive")):
        raise Unclear(at.text)
    if not at.clause.has("about", "application"):
        at.need("cases")
        if not at.here and at.before and (at.clause.has("when") or "应诉" in at.text):  # 全年行政应诉案件12件: a sentence about all
            raise Unclear(at.text)
    if at.inside and not _kind(at).startswith(at.inside):  # 行政复议案件中,申请人起诉1件
        raise Unclear(at.text)
    if at.list and at.clause.has("direct", "after"):
        if at.list.whole.kind != "litigation":
            raise Unclear(at.text)
        at.part(_kind(at), figure)
    else:
        at.main(_kind(at), figure, "cases")


def _cases_inside(at: Meaning, figure: Figure | None) -> None:
    """政府信息公开行政复议案件中: what follows is of these."""
    of_answers = at.clause.has("answer") and at.speaks_of("applications")  # 对答复不服申请行政复议
    if not at.clause.has("about", "application") and not of_answers:
        at.need("cases")
    at.list = at.beside = None
    if not at.clause.has(*groups()["case"]):  # 政府信息公开行政复议方面
        if "复议" not in at.text and "诉讼" not in at.text:
            raise Unclear(at.text)
        at.topic, at.inside = "cases", "reconsideration" if "复议" in at.text else "litigation"
        return
    at.topic, at.inside = "cases", _kind(at)


def _cases_seen(at: Meaning, figure: Figure | None) -> None:
    """从诉讼结果看: what follows is of these, where it names disclosure."""
    at.list = at.beside = None
    at.inside = _kind(at)


def _all_judged(at: Meaning, figure: Figure | None) -> None:
    """截至年底均已审结; without the day it may be told of the one when the report was written."""
    if at.clause.order == "all_judged":
        if not at.clause.has("about", "application"):
            at.need("cases")
        kind = at.main(_kind(at), figure, "cases").kind if figure else _kind(at)
        at.topic, at.inside = "cases", kind
    else:
        cases = [one for one in (at.here or at.before) if one.kind in PROCEDURES]
        if at.topic != "cases" or at.list or at.open or len(cases) != 1 or not (at.clause.has("all") or "均" in at.text):
            return
        kind = cases[0].kind
    pending = at.clause.has("pending", "no")  # 均未审结
    if (at.until or "年内" in at.text) and not pending:
        at.add(f"{kind}_pending", None, none=True)
    elif pending and at.clause.order != "all_judged" and cases[0].figure:  # 3件,均未审结
        at.add(f"{kind}_pending", cases[0].figure).doubt = "wording"


def _all_of_a_procedure(at: Meaning, figure: Figure | None) -> None:
    """诉讼2件,均为未经复议直接起诉, 政府信息公开诉讼均为未经复议直接起诉: none came after reconsideration."""
    cases = [one for one in (at.here or at.before) if one.kind in PROCEDURES]
    if at.clause.has("about", "application"):
        at.topic = "cases"
    elif len(cases) != 1 or cases[0].kind != "litigation" or at.beside not in (cases[0], None):
        raise Unclear(at.text)
    other = "litigation_after_reconsideration" if at.clause.has("direct") else "litigation_direct"
    at.add(other, None, none=True)


def _both_cases(at: Meaning, figure: Figure | None) -> None:
    at.main("reconsideration+litigation", figure, "cases")


def _cases_each(at: Meaning, figure: Figure | None) -> None:
    """行政复议、行政诉讼均为0件: none of each."""
    if not at.clause.has("about", "application"):
        at.need("cases")
    kinds = list(dict.fromkeys(_KINDS[name] for name in at.clause.all_of(*groups()["case"])))
    if (figure is None or figure.value) and not at.clause.has("zero"):  # 均为2件: of both, or of each court?
        raise Unclear(at.text)
    at.topic = "cases"
    for kind in kinds:
        at.add(kind, None, none=True)


def _cases_ended(at: Meaning, figure: Figure | None) -> None:
    if "一审" in at.text or "二审" in at.text:
        raise Unclear(at.text)
    of, ended = _of(at), at.named(*groups()["end"])
    if ended == "ended_otherwise" and not at.list:
        return
    kind = "+".join(f"{one}_{'part' if ended == 'ended_otherwise' else ended}" for one in of.split("+"))
    listed = at.list and at.list.whole.kind == of and not at.clause.has(*groups()["case"])
    said = at.part(kind, figure) if listed else at.add(kind, figure)
    if ended == "pending" and not at.until:  # by the time of writing: at the year's end there were as many or more
        several = sum(one.kind in PROCEDURES for one in at.here) > 1 and not at.clause.has(*groups()["case"])
        said.doubt = "subject" if several else "wording"


def _of(at: Meaning) -> str:
    """The kind of the cases whose end is told: those that the one who ended them may end."""
    kind = _told_of(at)
    if ("法院" in at.text and not kind.startswith("litigation")) or ("复议机关" in at.text and kind != "reconsideration"):
        raise Unclear(at.text)
    return kind


def _told_of(at: Meaning) -> str:
    """Those named, those of the list or before the bracket, the only ones spoken of."""
    named = at.clause.first(*groups()["case"])
    if named and at.clause.has("about", "application"):
        at.topic = "cases"
        return _KINDS[named]
    if at.last == "cases_seen" and at.clause.has("about", "application"):
        at.topic = "cases"
        return at.inside
    at.need("cases")
    cases = [one for one in (at.here or at.before) if one.kind in PROCEDURES or "+" in one.kind]
    cases = [one for one in cases if one.kind.startswith(at.inside)]
    around = at.list.whole if at.list else at.open[-1][1] if at.open else None
    if named:
        found = [one for one in cases if one.kind == _KINDS[named]]
    elif around:
        parts = at.list.said if at.list else []
        found = [] if any(one.kind in PROCEDURES for one in parts) else [around]
    else:
        found = [] if at.inside and not cases else cases[-1:] if at.last in ("cases_ended", "all_upheld") else _since_an_end(at, cases)
    if not found and at.inside and not named and not around:
        return at.inside
    ended = [one for one in at.here if not one.none and one.kind.endswith(_ENDS)]
    if not cases and ended and not named and not around:  # 复议结果维持3件,纠正1件
        return ended[-1].kind.removesuffix("_upheld").removesuffix("_corrected").removesuffix("_pending")
    if len(found) != 1 or found[0].kind not in (*PROCEDURES, "reconsideration+litigation"):
        raise Unclear(at.text)
    return found[0].kind


def _since_an_end(at: Meaning, cases: list[Said]) -> list[Said]:
    """Those spoken of since an end was told: 复议3件,维持3件,诉讼2件,维持1件."""
    told = next((i for i in reversed(range(len(at.here))) if at.here[i].kind.endswith(_ENDS)), -1)
    return [one for one in cases if one in at.before or at.here.index(one) > told]


def _all_upheld(at: Meaning, figure: Figure | None) -> None:
    named = at.clause.first(*groups()["case"])
    if named and at.clause.has("about", "application"):  # 政府信息公开行政复议结果全部为维持
        at.topic = "cases"
        at.add(f"{_KINDS[named]}_upheld", None, all=True, percent=100.0)
        return
    cases = [one for one in (at.here or at.before) if one.kind in PROCEDURES]
    if at.topic != "cases" or at.list or at.open or len(cases) != 1 or at.beside not in (cases[0], None):
        raise Unclear(at.text)
    at.add(f"{cases[0].kind}_upheld", None, all=True, percent=100.0)


def _all_corrected(at: Meaning, figure: Figure | None) -> None:
    """行政复议3件,均被复议机关纠正: so many were."""
    cases = [one for one in (at.here or at.before) if one.kind in PROCEDURES]
    if at.topic != "cases" or at.list or at.open or len(cases) != 1 or at.beside not in (cases[0], None) or not cases[0].figure:
        raise Unclear(at.text)
    at.add(f"{cases[0].kind}_corrected", cases[0].figure)


def _none_ended(at: Meaning, figure: Figure | None) -> None:
    """没有被纠正的; 截至年底无尚未审结案件, without the day it may be told of another."""
    if figure and figure.value != 1:
        raise Unclear(at.text)
    of, ended = _of(at), at.named(*groups()["end"])
    if ended != "pending" or at.until:
        for kind in (f"{one}_{ended}" for one in of.split("+")):
            if not any(one.kind == kind and one.none for one in at.here):
                at.add(kind, None, none=True)


def _no_cases(at: Meaning, figure: Figure | None) -> None:
    if figure and figure.value != 1:  # 未发生一起
        raise Unclear(at.text)
    procedures = at.clause.all_of("direct", "after")
    if procedures and at.clause.has("recon", "recon_short"):  # 行政复议案件没有复议后起诉的: of these
        raise Unclear(at.text)
    at.topic = "cases"
    for kind in dict.fromkeys(_KINDS[name] for name in procedures or at.clause.all_of("recon", "recon_short", "litig")):
        if not any(one.kind == kind and one.none for one in at.here):
            at.add(kind, None, none=True)


def _no_cases_open(at: Meaning, figure: Figure | None) -> None:
    """Without their object they are about disclosure only after such cases, in the section about them, and 由此引发的 behind
    applications."""
    spoken = [at.inside, *(one.kind for one in [*at.before, *at.here])]
    if at.clause.has("direct", "after") and not spoken[-1].startswith("litigation"):  # 复议14件,没有复议后起诉的: none of these
        raise Unclear(at.text)
    if at.last == "cases_ended" and at.clause.has("raised_by"):  # 纠正1件,没有引发行政诉讼
        raise Unclear(at.text)
    if at.topic == "cases" or (at.topic == "applications" and at.clause.has("related")):
        _no_cases(at, figure)


SAYS: Mapping[str, Says] = {
    "cases": _cases, "cases_open": _cases, "both_cases": _both_cases, "cases_each": _cases_each, "cases_ended": _cases_ended, "all_upheld": _all_upheld, "all_corrected": _all_corrected,
    "cases_inside": _cases_inside, "cases_seen": _cases_seen, "all_of_a_procedure": _all_of_a_procedure, "all_judged": _all_judged, "judged": _all_judged, "none_ended": _none_ended, "no_cases": _no_cases, "no_cases_open": _no_cases_open,
}  # fmt: skip
