"""Section 3 in the lines of a printed page: a row's figures stand on one line, its label over several, above and below them too.

Programs that read a PDF line by line break `2.其他法律行政法规禁止公开` into `2.其他法律行政法规禁止 0 0 0 0 0 0 0` and `公开`, or print the
figures between two lines of the label, and run pieces of the groups' merged labels into both. What then says whose figures they
are is the order of the form: the lines of figures are rows that follow one another in it, and every word printed before figures
on their line is a piece of that row's label and of no other row's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.elimination import DOUBT
from parsers.fold import fold
from parsers.form import Edition, Grid, editions
from parsers.gaps import Span, is_value_like
from parsers.rows import FormRow, PrintedCell

FEWEST = 4  # lines of figures: fewer show no order
_PAGE = re.compile(r"\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页.{0,12})\s*")
_FIGURE = re.compile(r"\d{1,9}|[-—－–/]+")
_NOTHING = "无"  # as a line of its own a piece of 无法提供


@dataclass(frozen=True)
class FigureLine:
    """A line of as many figures as the form has columns: what is printed before them, the figures, and does more follow?"""

    words: str
    figures: tuple[Span, ...]
    broken: bool = False


def rows_in_order(text: str, start: int, end: int) -> list[FormRow]:
    """The rows that text[start:end] prints, which begins below the header; none unless all of them are rows in the form's order."""
    found = {tuple(row.item for row in rows): rows for edition in editions() for rows in _readings(text, start, end, edition)}
    return next(iter(found.values())) if len(found) == 1 else []


def _readings(text: str, start: int, end: int, edition: Edition) -> Iterator[list[FormRow]]:
    for grid in edition.of("applications"):
        lines = _lines(text, start, end, len(grid.columns))
        labels = [fold(row.label) for row in grid.rows]
        groups = ["\n".join(map(fold, row.groups)) for row in grid.rows]
        if lines and len(lines) >= FEWEST and lines[0].words and lines[-1].words:
            for first in range(len(labels) - len(lines) + 1):
                if all(line.words in groups[at] or _is_of(line.words, at, labels) for at, line in enumerate(lines, first)):
                    yield [_row(line, grid, at) for at, line in enumerate(lines, first) if not line.broken]


def _lines(text: str, start: int, end: int, width: int) -> list[FigureLine]:
    """The lines of figures; none if a line has more or fewer, unless it is the rest of figures broken in two."""
    found: list[FigureLine] = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text[start:end]):
        if _PAGE.fullmatch(line[0]):
            continue
        tokens = [(start + line.start() + m.start(), start + line.start() + m.end()) for m in re.finditer(r"\S+", line[0])]
        count = next((n for n, (s, e) in enumerate(reversed(tokens)) if not _FIGURE.fullmatch(text[s:e])), len(tokens))
        if count == width:
            words = text[tokens[0][0] : tokens[-count][0]]
            found.append(FigureLine(fold(words), tuple(tokens[-count:])))
        elif count and count == len(tokens) < width and found and len(found[-1].figures) == width:
            found[-1] = FigureLine(found[-1].words, found[-1].figures, broken=True)
        elif count or any(is_value_like(text[s:e]) and text[s:e] != _NOTHING for s, e in tokens):
            return []
    return found


def _is_of(words: str, at: int, labels: Sequence[str]) -> bool:
    """May what is printed before the figures be a piece of this row's label, with pieces of its groups' before it?"""
    reach = [_reach(words, label) for label in labels]
    return reach[at] == max(reach) >= min(3, len(words), len(labels[at]))


def _reach(words: str, label: str) -> int:
    """How many characters at the end of the words are a piece of the label."""
    return next((len(words) - begin for begin in range(len(words)) if words[begin:] in label), 0)


def _row(line: FigureLine, grid: Grid, at: int) -> FormRow:
    printed = tuple(PrintedCell(measure, s, e) for measure, (s, e) in zip(grid.measures, line.figures, strict=True))
    own = fold(grid.rows[at].label)
    sure = line.words.endswith(own) or own.startswith(line.words[-_reach(line.words, own) :] or "\0")
    return FormRow("applications", grid.rows[at].item, (), printed, None if sure else DOUBT)
