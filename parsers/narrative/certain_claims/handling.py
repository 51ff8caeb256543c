"""What clauses about the handling of applications claim: carried in and out, handled, answered, all of them."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.meaning import DUE, Meaning, Says
from parsers.narrative.certain_claims.said import ANSWERED, Parts, Unclear
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import Figure


def _carried_in(at: Meaning, figure: Figure | None) -> None:
    if at.clause.has("with_carried") and ("含" in at.text or "包括" in at.text):
        _with_carried_in(at, figure)
        return
    spoken = at.topic == "applications" and at.last_of("received", "handled")
    in_its_words = at.clause.has("bare") and _in_words_of_the_form(at)
    if not (spoken or at.clause.has("application") or (at.tells_received and at.speaks_of("applications")) or in_its_words):
        raise Unclear(at.text)
    at.main("carried_in", figure, "applications")


def _with_carried_in(at: Meaning, figure: Figure | None) -> None:
    """收到31件(含上年结转): these are not those received alone; of those handled some may have been carried in."""
    if at.beside is None or at.beside.kind not in ("received", DUE, *ANSWERED):
        raise Unclear(at.text)
    if at.beside.kind == "received":
        at.beside.kind = DUE


def _carried_out(at: Meaning, figure: Figure | None) -> None:
    at.main("carried_out", figure, "applications")


def _carried_out_open(at: Meaning, figure: Figure | None) -> None:
    if not _in_words_of_the_form(at):
        at.need("applications")
    _carried_out(at, figure)


def _in_words_of_the_form(at: Meaning) -> bool:
    """结转下年度继续办理, where nothing else was spoken of."""
    return at.clause.has("go_on", "work") and at.speaks_of("applications")


def _none_carried_in(at: Meaning, figure: Figure | None) -> None:
    _none_carried(at, "carried_in")


def _none_unfinished(at: Meaning, figure: Figure | None) -> None:
    """截至年底没有尚未办结的申请; without the day it may be told of another."""
    at.topic = "applications"
    if at.until:
        at.add("carried_out", None, none=True)


def _left(at: Meaning, figure: Figure | None) -> None:
    """截至年底,尚有4件申请未办结; without the day it may be told of another."""
    if not at.clause.has("application"):
        at.need("applications")
    if at.until:
        at.main("carried_out", figure, "applications")


def _left_carried(at: Meaning, figure: Figure | None) -> None:
    """年末尚有5件申请未办结,结转下年度."""
    if not (at.clause.has("application") or _in_words_of_the_form(at)):
        at.need("applications")
    _carried_out(at, figure)


def _carried_somewhere(at: Meaning, figure: Figure | None) -> None:
    """结转4件: in or out? What follows may be of these."""
    at.beside, at.list, at.limited = None, None, True


def _none_carried_out(at: Meaning, figure: Figure | None) -> None:
    if figure and figure.value != 1:  # 无一件结转
        raise Unclear(at.text)
    _none_carried(at, "carried_out")


def _none_carried(at: Meaning, kind: str) -> None:
    if at.clause.has("application") or (at.clause.has("bare") and _in_words_of_the_form(at)):
        at.topic = "applications"
    if at.topic == "applications" or (at.topic is None and at.tells_received):
        at.add(kind, None, none=True)


def _due(at: Meaning, figure: Figure | None) -> None:
    at.main(DUE, figure, "applications")


def _in_all(at: Meaning, figure: Figure | None) -> None:
    """新收29件,上年结转2件,共计31件; 办理结果总计29件."""
    received = at.last_of("received")
    if at.last in ("carried_in", "carried_in_open") and received in at.here:
        at.main(DUE, figure, "applications")
    elif ("办理结果" in at.text and not at.business) or (at.last == "outcome" and _tells_all_results(at)):
        at.main("handled", figure, "applications")


def _tells_all_results(at: Meaning) -> bool:
    """Are all of the form's results told, so that 以上总计 is no sum of some?"""
    return {one.kind for one in at.here} >= OUTCOMES


def _handled(at: Meaning, figure: Figure | None) -> None:
    together = "一并" in at.text or "统一" in at.text  # 多人诉求相同,一并答复5件: these
    if at.counts_papers(figure) or together or (at.list and len(at.list.said) == 1):  # 其中网上申请10件,办结9件
        raise Unclear(at.text)
    said = at.main("answered" if at.clause.order.startswith("answered") else "handled", figure, "applications")
    said.doubt = "scope" if at.clause.has("timely") else None  # others may have been handled after an extension
    if "书面" in at.text:  # others may have been told by word of mouth
        said.doubt = "wording"


def _handled_open(at: Meaning, figure: Figure | None) -> None:
    at.need("applications")
    if at.of_some:
        raise Unclear(at.text)
    _handled(at, figure)


def _done_among(at: Meaning, figure: Figure | None) -> None:
    """在办结的12件申请中: what follows divides them."""
    at.list = Parts(at.main("handled", figure, "applications"), closed=False)


def _worked_on(at: Meaning, figure: Figure | None) -> None:
    """办理25件: received, handled, or all that were to be handled; what follows divides it."""
    if not at.clause.has("application"):
        at.need("applications")
    at.list = None
    named = at.clause.has("application") or (at.tells_received and at.of_disclosure)
    if figure and named and not at.clause.has("among") and not at.open:
        at.add("worked_on", figure)
    at.topic, at.beside, at.worked_on = "applications", None, True


def _worked_among(at: Meaning, figure: Figure | None) -> None:
    """已办理的36件中: what follows are their results."""
    at.need("applications")
    at.topic, at.list, at.beside, at.worked_on = "applications", None, None, True


def _all_done(at: Meaning, figure: Figure | None) -> None:
    """All of those received, told right before; 均按时办结 may be all that were due and claims nothing. Without 截至年底 it may be told
    of the day in January when the report was written."""
    if at.topic not in (None, "applications"):  # 行政复议3件,均已答复
        return
    at.need("applications")
    received = at.last_of("received", DUE)
    if at.beside and at.beside.kind == "carried_in" and received not in at.here[at.first :] and not at.last_of(*ANSWERED):
        return  # 上年结转2件,均已办结: these alone, and a number handled before may leave them out
    if at.beside and at.beside.kind in ANSWERED and at.clause.has("timely") and not at.list:  # 答复27件,均在法定期限内办结: these
        return
    if received is None or at.last_of(*ANSWERED) or (at.list and len(at.list.said) == 1) or at.of_some:
        raise Unclear(at.text)
    if at.beside and root(at.beside.kind) not in ("received", "carried_in", "carried_out"):
        raise Unclear(at.text)
    if at.beside and at.beside.kind != "received" and received not in at.here[at.first :]:
        raise Unclear(at.text)
    if not at.clause.has("timely"):
        said = at.add("answered" if at.clause.order == "all_answered" else "handled", None, all=True, percent=100.0, base=received)
        said.doubt = None if (at.until and "现" not in at.text) or "年内" in at.text else "wording"


def _all_due_done(at: Meaning, figure: Figure | None) -> None:
    at.topic = "applications"
    at.add("handled", None, all=True, percent=100.0).doubt = None if at.until else "wording"


SAYS: Mapping[str, Says] = {
    "carried_in": _carried_in, "carried_in_open": _carried_in, "with_carried_in": _with_carried_in, "carried_out": _carried_out,
    "carried_out_open": _carried_out_open, "none_carried_in": _none_carried_in, "none_carried_out": _none_carried_out, "none_unfinished": _none_unfinished, "left": _left, "left_carried": _left_carried, "carried_somewhere": _carried_somewhere, "due": _due, "in_all": _in_all,
    "handled": _handled, "handled_open": _handled_open, "answered": _handled, "answered_open": _handled_open, "done_among": _done_among,
    "worked_on": _worked_on, "worked_among": _worked_among, "all_done": _all_done, "all_answered": _all_done, "all_due_done": _all_due_done,
}  # fmt: skip
