"""What clauses about documents, decisions, what was disclosed and what was charged claim."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.meaning import CASES, Meaning, Says
from parsers.narrative.certain_claims.said import Unclear
from parsers.narrative.kinds import domain
from parsers.narrative.numerals import Figure

_CHANNELS = {"website": "items_on_website", "new_media": "items_on_new_media", "gazette": "items_on_gazette"}
_DECISIONS = ({*CASES} - {"个"}) | {"份"}  # 行政处罚31个: kinds of it
_DOCUMENTS = {"normative": "normative_documents", "rule": "rules"}


def _decisions(at: Meaning, figure: Figure | None) -> None:
    """实施行政许可120项 counts what may be licensed."""
    kind = at.named(*groups()["decided"])
    if at.counts_papers(figure) or (at.shown and not at.clause.has("decide")):  # 双公示有序推进。行政许可决定180件: those published
        raise Unclear(at.text)
    _not_for_what_stands_before(at)
    if figure and not at.clause.has("decided_on") and (figure.unit not in _DECISIONS or (kind == "licensing" and "实施" in at.text)):
        raise Unclear(at.text)
    at.main(kind, figure, "decisions")


def _not_for_what_stands_before(at: Meaning) -> None:
    """打击非法社会组织成效明显,作出行政处罚决定12件 may be those for it alone, where no time is named;
    2023年出动260人次,作出行政处罚7件 where none is named beside them."""
    if at.remarked and not (at.clause.has("when") if at.counted else at.dated):
        raise Unclear(at.text)


def _decisions_open(at: Meaning, figure: Figure | None) -> None:
    """行政处罚12件 may count what was made public; 行政许可8件、行政处罚12件 alone in a statement, behind nothing that was published, and
    行政处罚0件 are the form's numbers."""
    if at.lists_decisions and at.topic != "items" and not (at.elsewhere or at.shown):
        at.topic = "decisions"
    if figure is None or figure.value:
        at.need("decisions")
    _decisions(at, figure)


def _case_work(at: Meaning, figure: Figure | None) -> None:
    """立案12件: of another business."""
    at.topic, at.elsewhere = None, True


def _no_decisions(at: Meaning, figure: Figure | None) -> None:
    _not_for_what_stands_before(at)
    at.topic = "decisions"
    for kind in dict.fromkeys(at.clause.all_of(*groups()["decided"])):
        if not any(one.kind == kind and one.none for one in at.here):
            at.add(kind, None, none=True)


def _documents(at: Meaning, figure: Figure | None) -> None:
    """制定规范性文件3件,废止1件,现行有效30件: the first names what the others count."""
    _not_for_what_stands_before(at)
    act = at.clause.order.removesuffix("_open").removesuffix("_documents")
    named = at.named(*_DOCUMENTS)
    topic = _DOCUMENTS[named] if named else at.topic
    if act == "issued" and (at.clause.has("cumulative") or at.until):  # by now, of all years
        raise Unclear(at.text)
    if topic is None or topic not in _DOCUMENTS.values():
        raise Unclear(at.text)
    at.main(f"{topic}_{act}", figure, topic)


def _documents_next(at: Meaning, figure: Figure | None) -> None:
    """行政规范性文件方面: what follows counts these."""
    at.topic = _DOCUMENTS[at.named(*_DOCUMENTS)]


def _documents_too(at: Meaning, figure: Figure | None) -> None:
    """现行有效规章45件、规范性文件612件: the second is as the first."""
    act = at.last.removesuffix("_open")
    if act not in ("issued", "repealed", "in_force", "documents_too") or not at.beside:
        raise Unclear(at.text)
    act = at.beside.kind.partition("_")[2].removeprefix("documents_")
    topic = _DOCUMENTS[at.named(*_DOCUMENTS)]
    at.main(f"{topic}_{act}", figure, topic)


def _disclosed_too(at: Meaning, figure: Figure | None) -> None:
    """制发规范性文件8件,主动公开8件: how many of them, which no table gives."""
    if at.topic not in (*_DOCUMENTS.values(), "decisions"):
        raise Unclear(at.text)
    at.beside = None


def _none_issued(at: Meaning, figure: Figure | None) -> None:
    for named in at.clause.all_of(*_DOCUMENTS):
        at.topic = _DOCUMENTS[named]
        at.add(f"{at.topic}_issued", None, none=True)


def _none_repealed(at: Meaning, figure: Figure | None) -> None:
    at.topic = _DOCUMENTS[at.named(*_DOCUMENTS)]
    at.add(f"{at.topic}_repealed", None, none=True)


def _items(at: Meaning, figure: Figure | None) -> None:
    channel = at.named(*_CHANNELS)
    if at.list and channel:  # 其中通过网站公开信息720条
        labelled(at, figure)
        return
    at.main(_CHANNELS.get(channel, "items_disclosed"), figure, "items")


def _items_so_far(at: Meaning, figure: Figure | None) -> None:
    """累计公开898条, after those of the year; alone it may be either."""
    if not any(one.kind == "items_disclosed" and one.is_main for one in at.here):
        _items(at, figure)
    at.list = None


def labelled(at: Meaning, figure: Figure | None) -> None:
    """A part of what was disclosed: one sort of it, or what one channel published."""
    if at.list is None or domain(at.list.whole.kind) != "items":
        raise Unclear(at.text)
    whole, channel = at.list.whole.kind, at.named(*_CHANNELS)
    at.part(_CHANNELS[channel] if channel and whole == "items_disclosed" else f"{whole}_part", figure)


def _sorted(at: Meaning, figure: Figure | None) -> None:
    """其中简易程序32件: a part of the decisions or documents counted before."""
    whole = at.list.whole if at.list else None
    if whole is None or domain(whole.kind) not in (*groups()["decided"], "normative", "rules"):
        raise Unclear(at.text)
    at.part(f"{whole.kind}_part", figure)


def _administrative_fees(at: Meaning, figure: Figure | None) -> None:
    at.main("administrative_fees", figure, "fees")


def _no_administrative_fees(at: Meaning, figure: Figure | None) -> None:
    _not_for_what_stands_before(at)
    at.add("administrative_fees", None, none=True)


def _fees(at: Meaning, figure: Figure | None) -> None:
    at.main("fees_charged", figure, "fees")


def _no_fees(at: Meaning, figure: Figure | None) -> None:
    at.add("fees_charged", None, none=True)


SAYS: Mapping[str, Says] = {
    "decisions": _decisions, "decisions_open": _decisions_open, "no_decisions": _no_decisions, "case_work": _case_work,
    "issued": _documents, "issued_open": _documents, "repealed": _documents, "repealed_open": _documents, "in_force": _documents,
    "in_force_open": _documents, "documents_next": _documents_next, "documents_too": _documents_too, "disclosed_documents": _documents, "disclosed_too": _disclosed_too,
    "none_issued": _none_issued, "none_repealed": _none_repealed, "items": _items, "items_so_far": _items_so_far, "labelled": labelled, "sorted": _sorted,
    "administrative_fees": _administrative_fees, "no_administrative_fees": _no_administrative_fees, "fees": _fees, "no_fees": _no_fees,
}  # fmt: skip
