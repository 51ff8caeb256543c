"""Percentages of the narrative: changes against the year before, shares of a whole, rates of what was received."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.kinds import APPLICATIONS, OUTCOMES, rates, root
from parsers.model import Claim

CHANGE = re.compile(
    r"(?:同比|[较比与](?:上年度?|上一年度?|去年|(?P<year>20\d\d)年)(?:度)?(?:同期)?(?:相比)?,?)(?:大幅|有所|共)?"
    r"(?:(?P<more>增长|增加|上升|提高|多|增)|(?:减少|下降|降低|少|减))[了约近]{0,2}[#%]"
)
SHARE = re.compile(r"(?<=#\()%(?=\))|占(?:比|[^#%,。;]{0,20}?的|总数|总量)?(?:比例|比重)?[为达约:]{0,2}%")
RATE = re.compile(rf"(?P<timely>按时|按期|及时|如期|限期|限时)?(?P<rate>{'|'.join(rates())})(?:均?[为达是:到]){{0,2}}%")


def base(claims: Sequence[Claim], first: int, index: int) -> int | None:
    """What a share of the claim at `index` is of: its whole, or the only figure of its sentence (from `first`) that can have it."""
    whole = claims[index].part_of
    if whole is not None:
        return whole
    others = [i for i in range(first, index) if claims[i].part_of is None and claims[i].value]
    shared = [claims[i].percent_of for i in others if claims[i].percent_of is not None and root(claims[i].kind) in OUTCOMES]
    if shared and root(claims[index].kind) in OUTCOMES:
        return shared[-1]
    wholes = [i for i in others if _divides(claims[index].kind, claims[i].kind)]
    return wholes[0] if len(wholes) == 1 == len(others) else None


def _divides(part: str, whole: str) -> bool:
    """May the one be a share of the other? Two outcomes, or two channels, are beside each other."""
    if root(part) in OUTCOMES:
        return whole in ("handled", "answered", "received")
    if root(part) in APPLICATIONS:
        return whole == "received"
    if part.startswith("items_on_"):
        return whole in ("items_disclosed", "documents_issued", "documents_disclosed")
    return whole == "documents_issued"
