"""The claims that clauses of known words make, before they are certified; what leaves one in doubt beside the others of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.narrative.kinds import APPLICATIONS, OUTCOMES, PROCEDURES, root
from parsers.narrative.numerals import Figure, Marked
from parsers.narrative.parts import are_two_lists

ANSWERED = ("handled", "answered")
_LONG = 10  # parts


class Unclear(ValueError):
    """A clause of known words that does not find what it goes on with; its text."""


@dataclass(eq=False)
class Said:
    """A claim, in the range [start, end) of its marked sentence. `whole` and `base` are what it is a part and a share of; `listed` the
    list that it is a part in; `rate`: its figure is a percentage of all of them."""

    kind: str
    figure: Figure | None
    marked: Marked
    start: int
    end: int
    whole: Said | None = None
    listed: Parts | None = None
    percent: float | None = None
    base: Said | None = None
    change: tuple[float, str] | None = None
    none: bool = False
    all: bool = False
    rate: bool = False
    doubt: str | None = None

    @property
    def is_main(self) -> bool:
        """Is it a count of its own, and no part?"""
        return self.whole is None and self.figure is not None and not self.rate


@dataclass(eq=False)
class Parts:
    """The parts of a whole after 其中; `closed` where the words say that these are all."""

    whole: Said
    closed: bool
    listing: bool = False  # 包括: so long a list is meant to be whole
    said: list[Said] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return self.closed or (self.listing and len(self.said) >= _LONG)


def weigh(said: Sequence[Said]) -> None:
    """Parts that cannot be added up are `incomplete`: of two lists, of several sorts, or results of those received, of which some
    are not handled yet; `open` where nothing says that they are all."""
    for whole in {one.whole for one in said if one.whole}:
        parts = [one for one in said if one.whole is whole]
        sorts = {_sort(one.kind) for one in parts}
        torn = are_two_lists(
            whole.figure.value if whole.figure else None, [(one.kind, one.figure.value if one.figure else None) for one in parts]
        )
        torn = torn or len(sorts) > 1 or (whole.kind == "received" and sorts == {"outcome"}) or len({id(one.listed) for one in parts}) > 1
        closed = any(one.listed and one.listed.is_whole for one in parts)
        for one in parts:
            one.doubt = one.doubt if one.doubt in ("wording", "scope", "subject") else "incomplete" if torn else None if closed else "open"


def _sort(kind: str) -> str:
    """What parts of this kind tell apart."""
    if root(kind) in OUTCOMES:
        return "outcome"
    if root(kind) in APPLICATIONS:
        return "origin"
    return "procedure" if kind in PROCEDURES else "ended" if root(kind) in PROCEDURES else "label"
