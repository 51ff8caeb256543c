"""What clauses about applications claim."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.clauses import groups
from parsers.narrative.certain_claims.disclosure import labelled
from parsers.narrative.certain_claims.meaning import ANSWERED, Meaning, Parts, Said, Says, Unclear
from parsers.narrative.kinds import OUTCOMES, domain, root
from parsers.narrative.numerals import Figure

_DUE = "received+carried_in"  # all that were to be handled
_SEVERAL = 2  # origins: so many are all of them
_PERSONS = groups()["person"]


def _received(at: Meaning, figure: Figure | None) -> None:
    """通过网络收到14件 counts some of them; 总量45件,其中新收43件 tells that the 45 are not those received."""
    if at.clause.has("among") and at.list and at.list.whole.kind in ("received", _DUE) and at.list.whole in at.here:
        if at.list.whole.kind == "received":
            at.here.remove(at.list.whole)
        at.list = None
        at.topic = "applications"
        at.add("received", figure)
        return
    origins = at.clause.all_of(*groups()["origin"])
    if len(origins) == 1 and origins[0] in _PERSONS and not at.list:
        at.topic, at.limited = "applications", True
        at.add(origins[0], figure)
        return
    said = at.main("received", figure, "applications")
    said.doubt = "scope" if origins and len(origins) < _SEVERAL and not at.clause.has("and_so_on") else None


def _inside(at: Meaning, figure: Figure | None) -> None:
    """政府信息公开申请中: of all of the year's; 收到的政府信息公开申请中 of these alone."""
    if not at.clause.has("application"):
        at.need("applications")
    at.topic, at.of_all, at.worked_on, at.of_new = "applications", True, True, at.clause.has("receive")


def _spoken_of(at: Meaning, figure: Figure | None) -> None:
    if at.clause.has("application"):
        at.topic = "applications"


def _of_received(at: Meaning, figure: Figure | None) -> None:
    """对收到的申请: what follows are results of these, not of those carried in."""
    if not at.clause.has("application"):
        at.need("applications")
    at.topic, at.worked_on, at.of_new = "applications", True, True


def _received_open(at: Meaning, figure: Figure | None) -> None:
    at.need("applications")
    _received(at, figure)


def _received_among(at: Meaning, figure: Figure | None) -> None:
    """29件新收申请中: what follows divides them."""
    if not at.clause.has("application"):
        at.need("applications")
    at.list = Parts(at.main("received", figure, "applications"), closed=False)


def _received_before(at: Meaning, figure: Figure | None) -> None:
    """2022年收到21件 and 上年33件: what is received this year is more or less by the difference."""
    if at.clause.has("application"):
        at.topic = "applications"
    said = at.beside
    if at.clause.order == "received_before" and not at.clause.has("receive") and (said is None or said.kind != "received"):
        raise Unclear(at.text)
    if said and said.kind == "received" and said.figure and figure and said.change is None and not figure.approximate:
        said.change = (said.figure.value - figure.value, said.figure.unit)


def _received_before_compared(at: Meaning, figure: Figure | None) -> None:
    """较2022年的34件有所减少: as 上年34件, behind what is received this year."""
    if at.beside is None or at.beside.kind != "received":
        raise Unclear(at.text)
    _received_before(at, figure)


def _changed_quantity(at: Meaning, figure: Figure | None) -> None:
    """申请数量比上年减少5件: how many there are, the table tells."""
    if figure and not figure.approximate:
        at.topic = "applications"
        said = at.add("received", None)
        said.change = (-figure.value if at.clause.has("less") else figure.value, figure.unit)


def _all_due_done(at: Meaning, figure: Figure | None) -> None:
    at.topic = "applications"
    at.add("handled", None, all=True, percent=100.0).doubt = None if at.until else "wording"


def _by_applicant(at: Meaning, figure: Figure | None) -> None:
    at.topic, at.of_all = "applications", True


def _due(at: Meaning, figure: Figure | None) -> None:
    at.main(_DUE, figure, "applications")


def _with_carried_in(at: Meaning, figure: Figure | None) -> None:
    """收到31件(含上年结转): these are not those received alone; of those handled some may have been carried in."""
    if at.beside is None or at.beside.kind not in ("received", *ANSWERED):
        raise Unclear(at.text)
    if at.beside.kind == "received":
        at.beside.kind = _DUE


def _in_all(at: Meaning, figure: Figure | None) -> None:
    """新收29件,上年结转2件,共计31件; 办理结果总计29件."""
    received = at.last_of("received")
    if at.last in ("carried_in", "carried_in_open") and received in at.here:
        at.main(_DUE, figure, "applications")
    elif "办理结果" in at.text:
        at.main("handled", figure, "applications")


def _carried_in(at: Meaning, figure: Figure | None) -> None:
    if at.clause.has("with_carried") and ("含" in at.text or "包括" in at.text):
        _with_carried_in(at, figure)
        return
    spoken = at.topic == "applications" and at.last_of("received", "handled")
    if not (spoken or at.clause.has("application") or at.tells_received):
        raise Unclear(at.text)
    at.main("carried_in", figure, "applications")


def _carried_out(at: Meaning, figure: Figure | None) -> None:
    at.main("carried_out", figure, "applications")


def _carried_out_open(at: Meaning, figure: Figure | None) -> None:
    if not at.clause.has("go_on") or not at.clause.has("bare"):  # 结转下年度继续办理的申请 are the form's words
        at.need("applications")
    _carried_out(at, figure)


def _handled(at: Meaning, figure: Figure | None) -> None:
    if at.list and len(at.list.said) == 1:  # 其中网上申请10件,办结9件
        raise Unclear(at.text)
    said = at.main("answered" if at.clause.order.startswith("answered") else "handled", figure, "applications")
    said.doubt = "scope" if at.clause.has("timely") else None  # others may have been handled after an extension


def _done_among(at: Meaning, figure: Figure | None) -> None:
    """在办结的12件申请中: what follows divides them."""
    at.list = Parts(at.main("handled", figure, "applications"), closed=False)


def _handled_open(at: Meaning, figure: Figure | None) -> None:
    at.need("applications")
    if at.of_some:
        raise Unclear(at.text)
    _handled(at, figure)


def _worked_on(at: Meaning, figure: Figure | None) -> None:
    """办理25件: received, or handled? It claims neither; what follows divides it."""
    at.topic, at.list, at.beside, at.worked_on = "applications", None, None, True


def _came_by(at: Meaning, figure: Figure | None) -> None:
    """申请人均为自然人, behind those received: none is of the others."""
    other = {"received_natural_person": "received_organisations", "received_organisations": "received_natural_person"}
    origins = at.clause.all_of(*groups()["origin"])
    told = at.topic == "applications" and not at.list and not at.of_some and at.last_of("received") is not None
    if told and len(origins) == 1 and origins[0] in other and not at.clause.has("way"):
        at.add(other[origins[0]], None, none=True)


def _none_of_origin(at: Meaning, figure: Figure | None) -> None:
    at.topic = "applications"
    at.add(at.named(*_PERSONS), None, none=True)


def _of_a_kind(at: Meaning, figure: Figure | None) -> None:
    """Applications of one origin: of natural persons, by letter. Of what was disclosed the same words name a channel."""
    if at.list and domain(at.list.whole.kind) == "items":
        labelled(at, figure)
        return
    kind = at.named(*groups()["origin"])
    if kind in _PERSONS and not at.list and at.clause.has("application", "receive"):
        if not at.clause.has("application"):
            at.need("applications")
        at.topic, at.limited = "applications", True
        at.add(kind, figure)
        return
    if at.list:
        if at.list.whole.kind != "received":
            raise Unclear(at.text)
        at.part(kind, figure)
    else:
        at.need("applications")
        if (at.last_of("received") is None and not at.of_all) or kind not in _PERSONS:
            raise Unclear(at.text)
        at.add(kind, figure)
    at.limited = True


def _all_done(at: Meaning, figure: Figure | None) -> None:
    """All of those received, told right before; 均按时办结 may be all that were due and claims nothing. Without 截至年底 it may be told
    of the day in January when the report was written."""
    at.need("applications")
    received = at.last_of("received", _DUE)
    if at.beside and at.beside.kind == "carried_in" and received not in at.here[at.first :] and not at.last_of(*ANSWERED):
        return  # 上年结转2件,均已办结: these alone, and a number handled before may leave them out
    if received is None or at.last_of(*ANSWERED) or (at.list and len(at.list.said) == 1) or at.of_some:
        raise Unclear(at.text)
    if at.beside and root(at.beside.kind) not in ("received", "carried_in", "carried_out"):
        raise Unclear(at.text)
    if at.beside and at.beside.kind != "received" and received not in at.here[at.first :]:
        raise Unclear(at.text)
    if not at.clause.has("timely"):
        said = at.add("answered" if at.clause.order == "all_answered" else "handled", None, all=True, percent=100.0, base=received)
        said.doubt = None if at.until or "年内" in at.text else "wording"


def _rate(at: Meaning, figure: Figure | None) -> None:
    if not at.clause.has("application"):
        at.need("applications")
        if at.of_some:
            raise Unclear(at.text)
    kind = "handled" if at.clause.has("rate_handled") else "answered"
    base = None if at.last_of("carried_in") else at.last_of("received")
    if figure and not at.clause.has("timely"):
        if any(said.kind == kind and said.rate for said in at.here):
            raise Unclear(at.text)
        at.here.append(_of_all(at, kind, figure, base))
    at.beside = None


def _other_rate(at: Meaning, figure: Figure | None) -> None:
    """A rate of something else: a change behind it is its own."""
    at.beside = None


def _of_all(at: Meaning, kind: str, figure: Figure, base: Said | None) -> Said:
    return Said(kind, figure, at.marked, at.clause.start, at.clause.end, rate=True, percent=figure.value, base=base)


def _changed(at: Meaning, figure: Figure | None) -> None:
    """A change is of the figure right before it; one in 百分点 is of a rate."""
    if at.clause.has("flat") and at.beside and at.beside.figure and "基本" not in at.text and at.beside.change is None:
        at.beside.change = (0.0, at.beside.figure.unit)
    if at.beside and at.beside.figure and figure and not figure.approximate and not at.clause.has("point") and at.beside.change is None:
        at.beside.change = (-figure.value if at.clause.has("less") else figure.value, figure.unit)


def _share(at: Meaning, figure: Figure | None) -> None:
    """A share is of the whole of its list; of a result or an applicant without one, of the only applications spoken of."""
    part = at.beside
    words = at.named("share", "share_received", "share_handled")
    if part is None or figure is None or part.percent is not None or not part.figure or not (words or at.open):
        raise Unclear(at.text)
    base = part.whole
    if base is None and root(part.kind) in OUTCOMES:
        bases = [one for one in [*at.before, *at.here] if one.kind in ("received", *ANSWERED) and one.is_main]
        base = bases[0] if len(bases) == 1 else None
    elif base is None and part.kind in _PERSONS:
        base = at.last_of("received")
    wanted = {"share_received": ("received",), "share_handled": ANSWERED}.get(words)
    if base is None and (at.of_all or (wanted and at.of_results)):
        return
    if base is None or (wanted and base.kind not in wanted):
        raise Unclear(at.text)
    part.percent, part.base = figure.value, base


def _no_applications(at: Meaning, figure: Figure | None) -> None:
    at.topic = "applications"
    at.add("received", None, none=True)


def _not_one(at: Meaning, figure: Figure | None) -> None:
    if figure is None or figure.value != 1:
        raise Unclear(at.text)
    _no_applications(at, None)


def _no_applications_open(at: Meaning, figure: Figure | None) -> None:
    at.need("applications")
    _no_applications(at, figure)


def _none_carried_in(at: Meaning, figure: Figure | None) -> None:
    _none_carried(at, "carried_in")


def _none_carried_out(at: Meaning, figure: Figure | None) -> None:
    _none_carried(at, "carried_out")


def _none_carried(at: Meaning, kind: str) -> None:
    if at.clause.has("application"):
        at.topic = "applications"
    if at.topic == "applications":
        at.add(kind, None, none=True)


SAYS: Mapping[str, Says] = {
    "received_among": _received_among, "received_before": _received_before, "due": _due, "with_carried_in": _with_carried_in, "in_all": _in_all,
    "received_before_compared": _received_before_compared, "changed_quantity": _changed_quantity, "all_due_done": _all_due_done,
    "by_applicant": _by_applicant, "came_by": _came_by, "none_of_origin": _none_of_origin,
    "received": _received, "received_open": _received_open, "carried_in": _carried_in, "carried_in_open": _carried_in,
    "carried_out": _carried_out, "carried_out_open": _carried_out_open, "handled": _handled, "handled_open": _handled_open,
    "answered": _handled, "answered_open": _handled_open, "worked_on": _worked_on,
    "of_a_kind": _of_a_kind, "all_done": _all_done, "all_answered": _all_done,
    "rate": _rate, "other_rate": _other_rate, "changed": _changed, "share": _share, "spoken_of": _spoken_of, "efforts": _spoken_of, "of_received": _of_received, "done_among": _done_among, "inside": _inside, "not_one": _not_one, "no_applications": _no_applications,
    "no_applications_open": _no_applications_open, "none_carried_in": _none_carried_in, "none_carried_out": _none_carried_out,
}  # fmt: skip
