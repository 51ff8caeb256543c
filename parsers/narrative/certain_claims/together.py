"""What the clauses of a statement tell together: of which business they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.narrative.certain_claims.clauses import Clause
from parsers.narrative.certain_claims.known import groups
from parsers.narrative.kinds import root

REFUSED = frozenset({"partly_disclosed", "withheld"})  # 不予公开, 部分公开: of applications these are said for nothing but disclosure
_AND = re.compile("[,，、;；和及与]")
_RESULTS = ("disclosed", "partly_disclosed", "withheld", "unavailable", "unprocessed")


def names_topics(clause: Clause, text: str) -> set[str]:
    """What a clause of words that were not understood names, so that the next may go on with it. Cases are named where they are about
    disclosure (因政府信息公开引发的行政复议), not beside it (做好行政复议应诉和政府信息公开)."""
    topics = {topic for topic, name in (("applications", "application"), ("normative_documents", "normative")) if clause.has(name)}
    about, cases = clause.place("about", "application"), clause.place("recon", "litig")
    if about >= 0 and cases >= 0:
        first, last = (clause.tokens[place] for place in sorted((about, cases)))
        topics |= set() if _AND.search(text, first.end - clause.start, last.start - clause.start) else {"cases"}
    return topics


def counts_new_ones(found: Sequence[Clause]) -> bool:
    """Does a statement count 新收…申请? With several of the form's kinds of applicants these are its words for nothing else."""
    return any(map(is_new, found)) and any(clause.has("bare", "application") for clause in found)


def is_new(clause: Clause) -> bool:
    return any(token.text.startswith("新收") for token in clause.tokens if "receive" in token.classes)


def lists_decisions(found: Sequence[Clause]) -> bool:
    """Has a statement nothing but the numbers of several kinds of decisions, by their names alone?"""
    told = [clause for clause in found if len(clause.order) > 1 and clause.order != "frame"]
    kinds = {name for clause in told for name in clause.all_of(*groups()["decided"])}
    return len(kinds) > 1 and all(clause.order == "decisions_open" and not clause.has("among") for clause in told)


def tells_persons(found: Sequence[Clause], elsewhere: bool) -> bool:
    """Does a statement tell who applied, as is told of nothing else: several of the form's kinds, or one of the 收到的申请中?"""
    persons = {name for clause in found for name in clause.all_of(*groups()["person"])}
    several = len(persons) > 1
    one = bool(persons) and any(clause.order in ("inside", "received_among") and clause.has("receive") for clause in found)
    among = any(clause.order == "of_a_kind" and clause.has("among", "receive") for clause in found)
    one = one or (bool(persons) and among and counts_new_ones(found))  # 新收申请29件,其中自然人25件; 新收自然人申请25件
    told = not elsewhere or any(clause.order == "by_applicant" for clause in found)
    of_form = bool(persons - {"received_natural_person", "received_organisations"})  # kinds that the form alone tells apart
    return ((several or one) and told) or (several and of_form and counts_new_ones(found))


def results_in(found: Sequence[Clause]) -> set[str]:
    """The form's results that a statement tells, or denies."""
    told = {name for clause in found if clause.order in ("outcome", "none_of_outcome") for name in clause.all_of(*_RESULTS)}
    reasons = {name for clause in found if clause.order == "none_for_reason" for name in clause.all_of(*groups()["reason"])}
    return told | {root(name) for name in reasons}


def tells_results(found: Sequence[Clause], elsewhere: bool, reviewed: bool) -> bool:
    """Does a statement tell results of the form that only applications have: two of them, one with its reason or who applied, a share of
    those handled, or of the applications handled (办结的申请中,不予公开3件)? Documents that are looked at (`reviewed`) are disclosed, in part
    too, and withheld; complaints 不予处理 (`elsewhere`)."""
    results = results_in(found)
    reasons = any(clause.order in ("for_reason", "all_for_reason") for clause in found)
    told = any(clause.has("share_received", "share_handled", "applicant") for clause in found)
    alone = {"unavailable"} if reviewed else {"partly_disclosed", "unavailable"}
    several = len(results) > 1 and (not (elsewhere or reviewed) or bool(results & alone) or {"disclosed", "unprocessed"} <= results)
    inside = any(
        clause.order in ("inside", "done_among") and clause.has("bare", "application") and clause.has("done", "answer", "work")
        for clause in found
    )
    counted = any(clause.order in ("worked_on", "handled_open") and clause.has("bare") for clause in found)
    of_them = (inside or counted) and (results & REFUSED or (inside and results and not elsewhere))
    return several or bool(results and (reasons or told)) or bool(of_them)
