"""The claims of a stretch of prose, each certain or with the words that were not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.model import Claim
from parsers.narrative.certain_claims.said import Said
from parsers.narrative.certain_claims.statements import Understood


def certified(claims: list[Claim], understood: Sequence[Understood], first: int) -> list[Claim]:
    """The claims read by their figures (`claims`, whose places begin with `first`) and those of understood statements, in their order.

    What is understood stands for what was read by the same figure; a claim that it does not bear out keeps the words around it.
    """
    said = [
        (one, replace(_claim(one), not_understood=statement.lost))
        for sentence in understood
        for statement in sentence.statements
        for one in statement.said
    ]
    taken: dict[int, int] = {}  # of those read: which understood one stands for it
    for at, claim in enumerate(claims):
        same = [number for number, (_, sure) in enumerate(said) if _same(claim, sure)]
        if same and same[0] not in taken.values():
            taken[at] = same[0]
    kept = [at for at, claim in enumerate(claims) if at in taken or not any(_instead(claim, sure) for _, sure in said)]
    entries: list[tuple[int | None, int | None]] = [(at, taken.get(at)) for at in kept]
    for new, (_, sure) in enumerate(said):
        if new not in taken.values():
            after = next(
                (i for i, (at, _) in enumerate(entries) if at is not None and claims[at].value_start > sure.value_start), len(entries)
            )
            entries.insert(after, (None, new))
    place = {at: first + i for i, (at, _) in enumerate(entries) if at is not None}
    place_of = {id(said[number][0]): first + i for i, (_, number) in enumerate(entries) if number is not None}

    def of(index: int | None) -> int | None:
        return None if index is None else place.get(index - first) if index >= first else index

    made = []
    for old, number in entries:
        if number is not None:
            one, sure = said[number]
            scoped = old is not None and claims[old].doubt in ("scope", "subject")
            sure = replace(sure, doubt=claims[old].doubt) if old is not None and scoped else sure
            if old is None and sure.not_understood is not None:  # whose it is, or when, is not known
                sure = replace(sure, doubt="subject")
            made.append(replace(sure, part_of=place_of.get(id(one.whole)), percent_of=place_of.get(id(one.base))))
        elif old is not None:
            claim = claims[old]
            words = next(sentence.lost_at(_at(sentence, claim)) for sentence in understood if sentence.marked.start == claim.start)
            made.append(replace(claim, part_of=of(claim.part_of), percent_of=of(claim.percent_of), not_understood=words))
    return made


def _claim(one: Said) -> Claim:
    marked, figure = one.marked, one.figure
    place = marked.place(one.start, one.end)
    value, unit, approximate = None, None, False
    if figure is not None:
        place = (figure.start, figure.end)
        if not one.rate:
            value, unit, approximate = figure.value, "yuan" if figure.unit == "元" else figure.unit, figure.approximate
    elif one.none:
        value = 0.0
    change, change_unit = one.change or (None, None)
    return Claim(
        one.kind, value, unit, approximate, marked.start, marked.end, *place, absolute=one.none or one.all,
        percent=one.percent, change=change, change_unit=change_unit, doubt=one.doubt,
    )  # fmt: skip


def _same(claim: Claim, sure: Claim) -> bool:
    """Were both read of one figure as one kind, or of the same words as none or all?"""
    return claim.kind == sure.kind and claim.absolute == sure.absolute and claim.value == sure.value and _overlap(claim, sure)


def _instead(claim: Claim, sure: Claim) -> bool:
    """Does what is understood of a figure, or of the same none or all, stand for what was read?"""
    return _overlap(claim, sure) and (not claim.absolute or claim.kind == sure.kind)


def _overlap(claim: Claim, sure: Claim) -> bool:
    return claim.absolute == sure.absolute and claim.value_start < sure.value_end and sure.value_start < claim.value_end


def _at(sentence: Understood, claim: Claim) -> int:
    """The place of a claim in the marked text of its sentence."""
    places = sentence.marked.places
    return next((at for at, (start, end) in enumerate(places) if end > claim.value_start), 0)
