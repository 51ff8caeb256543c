"""What clauses about the applications received claim: how many, whose, by which way, changes and shares."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.narrative.certain_claims.disclosure import labelled
from parsers.narrative.certain_claims.known import groups
from parsers.narrative.certain_claims.meaning import DUE, Meaning, Says
from parsers.narrative.certain_claims.said import Parts, Unclear
from parsers.narrative.kinds import BY_APPLICANT, OUTCOMES, by_whom, domain, root
from parsers.narrative.numerals import Figure

_SEVERAL = 2  # origins: so many are all of them
_PERSONS = groups()["person"]
_ORGANISATIONS = {*_PERSONS} - {"received_natural_person", "received_organisations"}


def _received(at: Meaning, figure: Figure | None) -> None:
    """通过网络收到14件 counts some of them; 总量45件,其中新收43件 tells that the 45 are not those received."""
    if at.clause.has("among") and at.list and at.list.whole.kind in ("received", DUE) and at.list.whole in at.here:
        if at.list.whole.kind == "received":
            at.here.remove(at.list.whole)
        at.list = None
        at.topic = "applications"
        at.add("received", figure)
        return
    if at.clause.has("among") and at.list is None and at.worked_on:  # 办理44件,其中新收42件
        at.add("received", figure)
        return
    done, counted = at.clause.place("done", "answer"), at.clause.place_of_figure()
    if at.counts_papers(figure) or _raised_itself(at) or (0 <= done < counted):  # 收到并办结25件: both
        raise Unclear(at.text)
    if at.clause.has("all") and done >= 0 and "," in at.text:  # 收到的申请,25件已全部办结
        raise Unclear(at.text)
    origins = at.clause.all_of(*groups()["origin"])
    if len(origins) == 1 and origins[0] in _PERSONS and not at.list:
        at.topic, at.limited = "applications", True
        at.add(origins[0], figure)
        return
    said = at.main("received", figure, "applications")
    said.doubt = "scope" if origins and len(origins) < _SEVERAL and not at.clause.has("and_so_on") else None
    if at.clause.has("all") and at.clause.has("done") and (at.until or "年内" in at.text):  # 收到的41件申请已在年内全部办结
        at.add("handled", None, all=True, percent=100.0, base=said)


def _raised_itself(at: Meaning) -> bool:
    """Does the body itself apply (我局提出申请2件)?"""
    return 0 <= at.clause.place("who") < at.clause.place("raise") and not at.clause.has("receive", "from", "to", *_PERSONS)


def _inside(at: Meaning, figure: Figure | None) -> None:
    """政府信息公开申请中: of all of the year's; 收到的政府信息公开申请中 of these alone."""
    if not at.clause.has("application", "head"):
        if at.elsewhere and at.topic != "applications":  # 办结的申请中: of which business?
            at.topic = None
            return
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
    """2022年收到21件; 上年33件 and 较上年的33件有所减少 behind what is received this year: that is more or less by the difference."""
    if at.clause.has("application"):
        at.topic = "applications"
    said, at.past = at.beside, at.clause.has("last") and at.clause.has("receive") and not at.clause.has("compare")  # 上年33件: an aside
    if not at.clause.has("receive") and (said is None or said.kind != "received"):
        raise Unclear(at.text)
    if said and said.kind == "received" and said.figure and figure and said.change is None and not figure.approximate:
        said.change = (said.figure.value - figure.value, said.figure.unit)


def _by_applicant(at: Meaning, figure: Figure | None) -> None:
    """按申请人划分: of all applications, if no other business was spoken of."""
    if at.elsewhere or at.topic is not None:
        at.need("applications")
    at.topic, at.of_all = "applications", True


def _came_by(at: Meaning, figure: Figure | None) -> None:
    """申请人均为自然人, behind those received: none is of the others."""
    other = {"received_natural_person": "received_organisations", "received_organisations": "received_natural_person"}
    origins = at.clause.all_of(*groups()["origin"])
    if not figure and at.beside and at.beside.kind != "received":  # 结转4件,均为自然人申请
        if (
            at.beside.figure
            and root(at.beside.kind) in BY_APPLICANT
            and len(origins) == 1
            and origins[0] in _PERSONS
            and not at.clause.has("rest")
        ):
            at.add(by_whom(at.beside.kind, origins[0]), at.beside.figure)
        return
    told = at.topic == "applications" and not at.list and not at.of_some and at.last_of("received") is not None
    told = told or (at.clause.has("receive") and at.clause.has("application"))
    if "新增" in at.text:  # 较上年增加6件,新增的均为自然人
        raise Unclear(at.text)
    if figure:  # 收到的29件申请均由自然人提出
        at.main("received", figure, "applications")
        told = True
    if told and not at.clause.has("rest") and len(origins) == 1 and origins[0] in other and not at.clause.has("way"):
        at.add(other[origins[0]], None, none=True)


def _none_of_origin(at: Meaning, figure: Figure | None) -> None:
    if not at.clause.has("application"):
        at.need("applications")
    kinds = {one.kind for one in at.here[at.first :] if one.kind in _PERSONS}
    all_told = len(kinds) >= _SEVERAL and at.beside and at.beside.kind in kinds and not at.list  # 自然人28件,企业4件,没有科研机构提出的
    of_others = at.limited or (at.beside and at.beside.kind != "received") or (at.list and at.list.said)
    if of_others and not all_told:  # 结转4件,没有企业提出的: of these
        raise Unclear(at.text)
    mains = [one for one in [*at.before, *at.here] if one.is_main]
    if at.clause.has("among") and (not mains or mains[-1].kind != "received"):  # 不予公开8件。其中没有企业提出的
        raise Unclear(at.text)
    at.topic = "applications"
    for kind in dict.fromkeys(at.clause.all_of(*_PERSONS)):
        at.add(kind, None, none=True)


def _of_a_kind(at: Meaning, figure: Figure | None) -> None:
    """Applications of one origin: of natural persons, by letter. Of what was disclosed the same words name a channel."""
    if at.list is None and at.open and at.open[-1][1]:  # 收到29件(线上21件,线下8件)
        at.list = Parts(at.open[-1][1], closed=False)
    if at.list and domain(at.list.whole.kind) == "items":
        labelled(at, figure)
        return
    _one_of_a_kind(at, at.named(*groups()["origin"]), figure)


def _one_of_a_kind(at: Meaning, kind: str, figure: Figure | None) -> None:
    received = [token for token in at.clause.tokens if "receive" in token.classes]
    if len(received) > 1 and received[-1].text == "登记":  # 新收社会公益组织登记申请12件: to be registered
        raise Unclear(at.text)
    if at.list and root(at.list.whole.kind) in BY_APPLICANT and kind in _PERSONS:  # 予以公开12件,其中自然人9件
        at.part(by_whom(at.list.whole.kind, kind), figure)
        at.limited = True
        return
    if any(root(one.kind) in OUTCOMES for one in at.here[at.first :]):  # 不予公开的7件申请,6件为自然人提出
        raise Unclear(at.text)
    if kind in _PERSONS and not at.list and at.clause.has("application", "receive"):
        if not at.clause.has("application"):
            at.need("applications")
        at.topic, at.limited = "applications", True
        at.add(kind, figure)
        return
    if at.list and at.list.whole.kind == "received_organisations" and kind in _ORGANISATIONS:
        at.part(kind, figure)  # 法人和其他组织6件,其中商业企业4件
        return
    if at.list:
        channel = kind in _PERSONS and any(one.kind == "received_part" for one in at.list.said)  # 网络20件,自然人18件: of the 20?
        if at.list.whole.kind != "received" or channel:
            raise Unclear(at.text)
        at.part(kind, figure)
    else:
        at.need("applications")
        if at.open:  # 结转4件(自然人4件)
            raise Unclear(at.text)
        beside = any(one.kind in _PERSONS for one in at.here)  # 自然人24件、商业企业5件
        if beside and kind not in _PERSONS:  # 其他2件, and its share behind it
            at.beside = None
            return
        if (at.last_of("received") is None and not at.of_all and not beside and not at.of_persons) or kind not in _PERSONS:
            raise Unclear(at.text)
        at.add(kind, figure)
    at.limited = True


def _of_a_person(at: Meaning, figure: Figure | None) -> None:
    """对自然人提出的申请: the results behind it are theirs."""
    if not at.clause.has("application"):
        at.need("applications")
    at.topic, at.whose = "applications", at.named(*_PERSONS)


def _of_each_kind(at: Meaning, figure: Figure | None) -> None:
    """科研机构和法律服务机构各1件."""
    for kind in at.clause.all_of(*_PERSONS):
        _one_of_a_kind(at, kind, figure)


def _inside_of_a_kind(at: Meaning, figure: Figure | None) -> None:
    """新收申请中自然人申请19件."""
    _inside(at, None)
    _of_a_kind(at, figure)


def _no_applications(at: Meaning, figure: Figure | None) -> None:
    if _raised_itself(at):
        raise Unclear(at.text)
    at.topic = "applications"
    at.add("received", None, none=True)


def _not_one(at: Meaning, figure: Figure | None) -> None:
    if figure is None or figure.value != 1:
        raise Unclear(at.text)
    _no_applications(at, None)


def _no_applications_open(at: Meaning, figure: Figure | None) -> None:
    at.need("applications")
    _no_applications(at, figure)


SAYS: Mapping[str, Says] = {
    "received_among": _received_among, "received_before": _received_before,
    "by_applicant": _by_applicant, "came_by": _came_by, "none_of_origin": _none_of_origin,
    "received": _received, "received_open": _received_open,
    "of_a_kind": _of_a_kind, "of_a_person": _of_a_person, "of_each_kind": _of_each_kind, "inside_of_a_kind": _inside_of_a_kind,
    "spoken_of": _spoken_of, "of_received": _of_received, "inside": _inside, "not_one": _not_one, "no_applications": _no_applications,
    "no_applications_open": _no_applications_open,
}  # fmt: skip
