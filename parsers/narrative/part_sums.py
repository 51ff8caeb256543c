"""Whether the parts of a whole that a sentence lists can be added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.model import Claim
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import Figure
from parsers.narrative.parts import Parts, is_part


def weigh(claims: list[Claim], lists: Mapping[int, int], figures: Mapping[Figure, int | None], parts: Parts) -> None:
    """Set the doubt of the parts that a sentence states: `incomplete` where they cannot be added up, `open` where nothing says
    that they are all.

    They can where they are one list, none of them lacks its figure, and they do not divide those received by outcome, as some
    of those are not handled yet. `lists`: a part's claim → where its list begins; `figures`: the sentence's figures in order,
    each with its claim, changes and percentages left out.
    """
    for whole in {claims[i].part_of for i in lists}:
        members = [i for i, claim in enumerate(claims) if claim.part_of == whole]
        begun = {lists.get(i) for i in members}
        unhandled = whole is not None and claims[whole].kind == "received" and any(root(claims[i].kind) in OUTCOMES for i in members)
        lacking = any(claims[i].doubt == "incomplete" for i in members)
        opened = min(lists[i] for i in members if i in lists)
        torn = unhandled or lacking or len(begun) > 1 or _missed(claims[members[0]].unit, opened, members, figures, parts)
        last = max(figure.at for figure, claim in figures.items() if claim in members)
        doubt = "incomplete" if torn else None if parts.is_whole(opened, last) else "open"
        for i in members:
            claims[i] = replace(claims[i], doubt=claims[i].doubt or doubt)


def _missed(unit: str | None, opened: int, members: Sequence[int], figures: Mapping[Figure, int | None], parts: Parts) -> bool:
    """Does a figure in the list, or the next one after it, count nothing that was read, though it may be one more part?"""
    last = max(figure.at for figure, claim in figures.items() if claim in members)
    for figure, claim in figures.items():
        if figure.at > opened and parts.depth(opened, figure.at) == 0 and is_part(unit, figure):
            if claim is None:
                return True
            if figure.at > last:
                return False
    return False
