"""Percentages of the narrative: changes against the year before, shares of a whole, rates of what was received."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.model import Claim
from parsers.narrative.claims_so_far import Told
from parsers.narrative.kinds import APPLICATIONS, OUTCOMES, kinds, rates, root
from parsers.narrative.numerals import Figure, Marked
from parsers.narrative.wording import Wording

CHANGE = re.compile(
    r"(?:同比|[较比与](?:上年度?|上一年度?|去年|(?P<year>20\d\d)年)(?:度)?(?:同期)?(?:相比)?,?)(?:大幅|有所|共)?"
    r"(?:(?P<more>增长|增加|上升|提高|多|增)|(?:减少|下降|降低|少|减))[了约近]{0,2}[#%]"
)
_SHARE = re.compile(r"(?<=#\()%(?=\))|占(?:比|[^#%,。;]{0,20}?的|总数|总量)?(?:比例|比重)?[为达约:]{0,2}%")
_RATE = re.compile(rf"(?P<timely>按时|按期|及时|如期|限期|限时)?(?P<rate>{'|'.join(rates())})(?:均?[为达是:到]){{0,2}}%")
# Words before a rate that leave it the rate of what was spoken of; with others (12345热线办结率) it is one of something else.
_PLAIN = re.compile(
    rf"(?:20\d\d年度?|全年|年度|本年度?|今年|总体|整体|全部|其中|按时|按期|及时|如期|限期|限时|均|都|已|在|依法|法定|规定|期限|内|[,、;:()和]|办结|答复|回复|{'|'.join(rates())})*"
)


def add_change(told: Told, match: re.Match[str], figure: Figure, previous: Figure | None, year: int | None) -> None:
    """Add a change against last year to the claim of the figure right before it."""
    index = told.of(previous)
    if index is None or figure.approximate or (match["year"] and year != int(match["year"]) + 1):
        return
    change = figure.value if match["more"] else -figure.value
    told.claims[index] = replace(told.claims[index], change=change, change_unit=figure.unit)


def add_percentage(words: Wording, marked: Marked, figure: Figure, previous: Figure | None) -> None:
    """Add a share to the claim it is of, or the claim of a rate; nothing for another percentage."""
    share = next((m for m in _SHARE.finditer(words.text) if m.end() - 1 == figure.at), None)
    rate = next((m for m in _RATE.finditer(words.text) if m.end() - 1 == figure.at), None)
    if share:
        if not _add_bare_share(words, marked, figure, previous):
            _add_share(words.told, share[0], figure, previous)
    elif rate:
        _add_rate(words, marked, rate, figure, previous)


def _add_bare_share(words: Wording, marked: Marked, figure: Figure, previous: Figure | None) -> bool:
    """自然人申请占86.2%, 予以公开的占44.4%: the claim of a share that stands without its number. True if it is one."""
    found = (
        (kind, match)
        for kind in kinds()
        for pattern in kind.shares
        for match in pattern.finditer(words.text)
        if match.start("figure") == figure.at
    )
    kind, match = next(found, (None, None))
    if kind is None or match is None or "#" in match[0]:
        return False
    doubt = words.doubt(kind, match, figure)
    if figure.approximate or doubt is None or not words.believed(kind, match, figure, previous):
        return True
    place = (marked.start, marked.end, figure.start, figure.end)
    words.told.claims.append(Claim(kind.code, None, None, False, *place, percent=figure.value, doubt=doubt or None))
    return True


def _add_share(told: Told, words: str, figure: Figure, previous: Figure | None) -> None:
    """占…%: the share that the figure before has of its whole, of the only other figure of the sentence, or of the one before."""
    index = told.of(previous)
    if index is None or told.claims[index].percent is not None:
        return
    of = _base(told.claims, told.first, index)
    of = _of_the_sentence_before(told, index) if of is None else of
    if of is not None and not _of_another(words, told.claims[of].kind):
        told.claims[index] = replace(told.claims[index], percent=figure.value, percent_of=of)


def _add_rate(words: Wording, marked: Marked, match: re.Match[str], figure: Figure, previous: Figure | None) -> None:
    """办结率, 答复率: a share of the applications, messages or consultations spoken of last."""
    told, answerable = words.told, APPLICATIONS | {"public_messages", "consultations"}
    asked = [i for i in told.places if root(told.claims[i].kind) in answerable and told.claims[i].part_of is None]
    if not asked and "信息公开申请" not in words.text:
        return
    of = root(told.claims[asked[-1]].kind) if asked else "received"
    between = re.split("[#%$]", words.text[: match.start()])[-1]
    about = _PLAIN.fullmatch(between) or re.search("信息公开|依申请", between)
    if of in APPLICATIONS and not (about and told.of_all(previous)):
        return  # 受理行政许可申请1200件,办结率100%
    if of in APPLICATIONS and match["timely"]:  # of those that were due, which no table counts
        return
    base = told.received() if of in APPLICATIONS else asked[-1]
    if any(told.claims[i].kind == "carried_in" for i in asked):
        base = None  # of those received, or of those carried in too?
    doubt = words.doubt(kinds()[0], match)
    if doubt is None:
        return
    code = rates()[match["rate"]] if of in APPLICATIONS else f"{of}_answered"
    place = (marked.start, marked.end, figure.start, figure.end)
    claim = Claim(code, None, None, False, *place, percent=figure.value, percent_of=base)
    told.claims.append(replace(claim, doubt="wording" if match["timely"] else doubt or None))


def _base(claims: Sequence[Claim], first: int, index: int) -> int | None:
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


def _of_another(words: str, whole: str) -> bool:
    """Do the words of a share name another whole: 占办结总数的50% beside those received?"""
    if re.search("办结|办理|答复", words):
        return root(whole) not in ("handled", "answered")
    return bool(re.search("收到|受理|新收", words)) and root(whole) != "received"


def _of_the_sentence_before(told: Told, index: int) -> int | None:
    """收到申请20件。自然人15件,占75%: the only applications that the sentence before counts, and all before it is a share of them."""
    kind = told.claims[index].kind
    wanted = "received" if kind.startswith("received_") else "handled" if root(kind) in OUTCOMES else None
    counted = [i for i in told.before if root(told.claims[i].kind) in APPLICATIONS | OUTCOMES]
    if len(counted) != 1 or told.claims[counted[0]].kind != wanted or told.claims[counted[0]].doubt or not told.claims[counted[0]].value:
        return None
    beside = range(told.first, index)
    return counted[0] if all(told.claims[i].percent_of == counted[0] for i in beside) else None


def _divides(part: str, whole: str) -> bool:
    """May the one be a share of the other? Two outcomes, or two channels, are beside each other."""
    if root(part) in OUTCOMES:
        return whole in ("handled", "answered", "received")
    if root(part) in APPLICATIONS:
        return whole == "received"
    if part.startswith("items_on_"):
        return whole in ("items_disclosed", "documents_issued", "documents_disclosed")
    return whole == "documents_issued"
