"""What clauses about changes against the year before, shares and rates claim."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.meaning import Meaning, Says
from parsers.narrative.certain_claims.said import ANSWERED, Said, Unclear
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import Figure

_PERSONS = groups()["person"]


def _changed_from(at: Meaning, figure: Figure | None) -> None:
    """比上年的19件增长52.6%: a change of the figure right before."""
    change = at.second()
    if at.beside and at.beside.figure and change and not change.approximate and at.beside.change is None:
        at.beside.change = (-change.value if at.clause.has("less") else change.value, change.unit)


def _from_to(at: Meaning, figure: Figure | None) -> None:
    """申请由2022年的21件增加到2023年的29件."""
    said = at.main("received", at.second(), "applications")
    if figure and said.figure and not figure.approximate:
        said.change = (said.figure.value - figure.value, figure.unit)


def _changed_quantity(at: Meaning, figure: Figure | None) -> None:
    """申请数量比上年减少5件, 与上年持平: how many there are, the table tells."""
    if (figure and figure.approximate) or "基本" in at.text:
        return
    at.topic = "applications"
    said = at.add("received", None)
    value, unit = (figure.value, figure.unit) if figure else (0.0, "件")
    said.change = (-value if at.clause.has("less") else value, unit)


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


def _rate_other(at: Meaning, figure: Figure | None) -> None:
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
    if part is None and at.last == "of_a_kind":
        return
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


def _share_of_a_kind(at: Meaning, figure: Figure | None) -> None:
    """自然人申请占86.2%: of all that were received, where nothing else was told of."""
    at.need("applications")
    others = at.beside is not None and at.beside.kind != "received" and not (at.beside.rate and at.beside.kind in _PERSONS)
    if at.of_some or others or (at.list and at.list.whole.kind != "received"):
        raise Unclear(at.text)
    _add_share(at, at.named(*_PERSONS), figure)


def _share_of_outcome(at: Meaning, figure: Figure | None) -> None:
    """予以公开的占44.4%, of those handled."""
    at.need("applications")
    others = at.beside is not None and at.beside.kind not in ANSWERED and not (at.beside.rate and at.beside.kind in OUTCOMES)
    if at.of_some or others or not (at.clause.has("share_handled") or at.last_of(*ANSWERED) or at.worked_on):
        raise Unclear(at.text)
    _add_share(at, at.named(*groups()["outcome"]), figure)


def _add_share(at: Meaning, kind: str, figure: Figure | None) -> None:
    """A share that stands without its number; about so much is none."""
    if figure and not figure.approximate:
        at.add(kind, figure, rate=True, percent=figure.value)


SAYS: Mapping[str, Says] = {
    "changed_quantity": _changed_quantity,
    "changed_from": _changed_from,
    "from_to": _from_to,
    "rate": _rate,
    "rate_other": _rate_other,
    "changed": _changed,
    "share": _share,
    "share_of_a_kind": _share_of_a_kind,
    "share_of_outcome": _share_of_outcome,
}
