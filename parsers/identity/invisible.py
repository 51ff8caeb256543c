"""A document without the characters that print nothing, so that a name broken by a soft hyphen is the name that readers see."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, chain

from parsers.model import Document, Heading, Section
from parsers.printed.normalise import INVISIBLE

Moved = Callable[[int | None], int | None]


def without_invisible(
    document: Document, headings: Sequence[Heading], sections: Sequence[Section]
) -> tuple[Document, Sequence[Heading], Sequence[Section], Moved]:
    """The document's text and what it states, headings and sections at their places in that text, and a function from a place in it
    to the place in the document's own text."""
    stated = {name: INVISIBLE.sub("", printed) for name, printed in document.stated.items()}
    gaps = [(match.start(), match.end()) for match in INVISIBLE.finditer(document.text)]
    if not gaps:
        return replace(document, stated=stated), headings, sections, lambda place: place
    taken = [0, *accumulate(end - start for start, end in gaps)]
    starts = [start for start, _ in gaps]
    left = [start - taken[number] for number, start in enumerate(starts)]  # the gaps' places in the new text

    def new(place: int) -> int:
        return place - taken[bisect_left(starts, place)]

    def old(place: int | None) -> int | None:
        return None if place is None else place + taken[bisect_left(left, place)]

    def moved(heading: Heading) -> Heading:
        return replace(heading, start=new(heading.start), end=new(heading.end))

    bounds = chain([0], *gaps, [len(document.text)])
    text = "".join(document.text[start:end] for start, end in zip(bounds, bounds, strict=True))
    there = [replace(s, heading=s.heading and moved(s.heading), start=new(s.start), end=new(s.end)) for s in sections]
    return replace(document, text=text, blocks=(), stated=stated), list(map(moved, headings)), there, old
