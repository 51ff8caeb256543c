"""Figures broken over lines of print, 142 and below it 5: which piece stands under which, and whether, put together, they add up.

A figure is broken only where its column ends, so what goes on below is as long as any in its column. The print alone does not say
that the pieces are one figure. The row's total does, if it is met by the figures put together and not by those above alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from parsers.printed.cells import Span
from parsers.printed.lines import Word, overlap

_BETWEEN_CELLS = "  "  # a broken figure's pieces stand one space apart
_CELL = re.compile(r"\S+(?: \S+)*")


def longest(lines: Iterable[Sequence[Word]]) -> Collection[Word]:
    """Of a table's lines of figures the longest word in each stretch of places that one stands in."""
    words = sorted((word for line in lines for word in line), key=lambda word: len(word.text))
    return {word[1:]: word for word in words}.values()


def is_rest(above: Sequence[Word], below: Sequence[Word], table: Collection[Word]) -> bool:
    """May figures without a label be the rest of those above them, and of no others? `table`: the longest words of its columns."""
    under = _under(above, below)
    if under is None:
        return False
    pairs = [(above[at], rest) for at, rest in zip(under, below, strict=True)]
    if any(len(rest.text) >= len(piece.text) for piece, rest in pairs):
        return False
    return all(len(word.text) <= len(piece.text) for word in table for piece, _ in pairs if overlap(word, piece))


def set_out(lines: Sequence[Sequence[Word]], width: int) -> str | None:
    """A row's figures with their pieces, from lines of print; None unless they stand in `width` columns."""
    cells: list[list[Word]] = []
    for line in lines:
        under = [[at for at, cell in enumerate(cells) if any(overlap(piece, word) for piece in cell)] for word in line]
        taken = [at for ats in under for at in ats]
        if len(set(taken)) < len(taken) or any(len(ats) > 1 for ats in under):
            return None
        for word, ats in zip(line, under, strict=True):
            if ats:
                cells[ats[0]].append(word)
            else:
                cells.append([word])
    cells.sort(key=lambda cell: cell[0].begin)
    return _BETWEEN_CELLS.join(" ".join(piece.text for piece in cell) for cell in cells) if len(cells) == width else None


def _under(above: Sequence[Word], below: Sequence[Word]) -> list[int] | None:
    """The figure above each of those below; None unless each stands under one, and no two under the same."""
    under = [[at for at, word in enumerate(above) if overlap(word, rest)] for rest in below]
    found = [ats[0] for ats in under if len(ats) == 1]
    return found if len(found) == len(below) == len(set(found)) else None


def cells_set_out(text: str, start: int, end: int, count: int) -> tuple[Span, ...]:
    """The cells of a row that `set_out` wrote; none unless there are `count`.

    >>> text = "142 5  256  16  183 3"
    >>> [text[start:end] for start, end in cells_set_out(text, 0, len(text), 4)]
    ['142 5', '256', '16', '183 3']
    """
    cells = tuple(cell.span() for cell in _CELL.finditer(text, start, end))
    return cells if len(cells) == count else ()
