"""What a sentence and the one before it have claimed so far."""

from __future__ import annotations

from collections.abc import Collection

from parsers.kinds import PROCEDURES, root
from parsers.model import Claim
from parsers.numerals import Figure


class Told:
    """The claims of a sentence, `claims` from `first` on, and of the one before it. `by_figure`: a figure's sign → its claim."""

    def __init__(self, claims: list[Claim], before: Told | None) -> None:
        self.claims, self.first = claims, len(claims)
        self.before = range(before.first, self.first) if before else range(0)
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

    def cases(self, before: int | None = None) -> list[str]:
        """The reconsiderations and litigations that have been spoken of, up to a place in the document's text."""
        said = [c for c in (self.claims[i] for i in self.places) if set(c.kind.split("+")) <= PROCEDURES and c.value]
        return list(dict.fromkeys(c.kind for c in said if before is None or c.value_start < before))

    def received(self) -> int | None:
        """The claim of applications received that was made last."""
        return next((i for i in reversed(self.places) if self.claims[i].kind == "received" and self.claims[i].value), None)
