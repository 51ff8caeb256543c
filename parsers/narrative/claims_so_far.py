"""What a sentence and the one before it have claimed so far."""

from __future__ import annotations

import re
from collections.abc import Collection

from parsers.model import Claim
from parsers.narrative.kinds import PROCEDURES, root
from parsers.narrative.numerals import Figure

_ENDED = re.compile(r"_(?:upheld|corrected|pending|part)(?=\+|$)")


class Told:
    """The claims of a marked sentence, `claims` from `first` on, and of the one before it. `by_figure`: a figure's sign → its
    claim."""

    def __init__(self, claims: list[Claim], text: str, before: Told | None) -> None:
        self.claims, self.first, self.text = claims, len(claims), text
        self.before = range(before.first, self.first) if before else range(0)
        self.cases_before: list[str] = before.cases_here(len(before.text)) if before else []
        self.by_figure: dict[int, int] = {}

    @property
    def here(self) -> list[Claim]:
        """The claims of the sentence itself."""
        return self.claims[self.first :]

    @property
    def places(self) -> tuple[int, ...]:
        """Where the claims of both sentences are."""
        return (*self.before, *range(self.first, len(self.claims)))

    def of(self, figure: Figure | None) -> int | None:
        """The claim that a figure became."""
        return self.by_figure.get(figure.at) if figure else None

    def speaks_of(self, kinds: Collection[str], *, before: bool = False) -> bool:
        """Has either sentence claimed a number of these kinds? `before`: the one before alone."""
        return any(root(self.claims[i].kind) in kinds for i in (self.before if before else self.places))

    def of_all(self, figure: Figure | None) -> bool:
        """Does a figure (None: there is none) count all that is spoken of, or end a list of several parts of it?"""
        index = self.of(figure)
        if index is None:
            return figure is None
        claim = self.claims[index]
        if claim.part_of is not None and (claim.kind.startswith("received_") or claim.kind.endswith("_part")):
            return sum(one.part_of == claim.part_of for one in self.here) > 1
        return claim.doubt != "scope" and not claim.kind.startswith("received_")

    def cases(self, at: int) -> list[str]:
        """The reconsiderations and litigations that an outcome said at a place may be of, in this sentence or the one before."""
        return self.cases_here(at) or self.cases_before

    def cases_here(self, at: int) -> list[str]:
        """Those that the sentence speaks of last before a place, in one clause and with no outcome between them.

        An outcome right after another is of the same, unless that one stands in brackets.
        """
        found: list[str] = []
        end = at
        for place, index in sorted(self.by_figure.items(), reverse=True):
            kind = self.claims[index].kind
            bare = _ENDED.sub("", kind)
            if place >= at or not set(bare.split("+")) <= PROCEDURES or not self.claims[index].value:
                continue
            if bare != kind and self.text.count(")", place, at) > self.text.count("(", place, at):
                continue
            if found and (bare != kind or re.search("[;。]", self.text[place:end])):
                break
            found.insert(0, bare)
            end = place
            if bare != kind:
                break
        return found

    def known_cases(self) -> set[str]:
        """All reconsiderations and litigations that either sentence has spoken of."""
        return {kind for i in self.places if self.claims[i].value and set((kind := self.claims[i].kind).split("+")) <= PROCEDURES}

    def received(self) -> int | None:
        """The claim of applications received that was made last."""
        return next((i for i in reversed(self.places) if self.claims[i].kind == "received" and self.claims[i].value), None)
