"""The ways to cut a row's run of digits into its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from parsers.printed.cells import Span
from parsers.tables.rows import TornRow

MOST_SPLITS = 20_000  # of one row; a longer run of digits is not worth the search
LONGEST = 9  # digits of one number
_BLANK_BESIDE = re.compile("^[\u3000\xa0]|[\u3000\xa0]$")  # what a blank cell is printed as


@dataclass(frozen=True)
class Split:
    """One way to cut a row's digits into its cells: the numbers and their ranges."""

    numbers: tuple[int, ...]
    spans: tuple[Span, ...]


def digit_runs(text: str, start: int, end: int) -> list[Span] | None:
    """The runs of digits between white space; None if anything else is printed there."""
    if re.search(r"[^\d\s]", text[start:end]):
        return None
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"\d+", text[start:end])]


def splits(text: str, runs: Sequence[Span], shape: Sequence[int]) -> Iterator[Split]:
    """Every way to cut the runs into rows of `shape` cells each of which ends in the sum of its cells before.

    No number runs over white space or begins with a zero that is not the whole of it.
    """
    ends = [e for s, e in runs for _ in range(s, e)]
    digits = [i for s, e in runs for i in range(s, e)]

    def row(at: int, left: int, total: int, taken: tuple[Span, ...]) -> Iterator[tuple[int, tuple[Span, ...]]]:
        """`left` cells from digit `at` on, the last of which must be `total`."""
        if left == 0:
            yield at, taken
            return
        if len(digits) - at < left:
            return
        if left == 1:  # the sum is printed here or it is not
            end = digits[at] + len(str(total))
            if end <= ends[at] and int(text[digits[at] : end]) == total:
                yield at + end - digits[at], (*taken, (digits[at], end))
            return
        stop = min(ends[at], digits[at] + (1 if text[digits[at]] in "0０" else LONGEST))
        for end in range(digits[at] + 1, stop + 1):
            number = int(text[digits[at] : end])
            yield from row(at + end - digits[at], left - 1, total + number, (*taken, (digits[at], end)))

    def rows(at: int, shape: Sequence[int], taken: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
        if not shape:
            if at == len(digits):
                yield taken
            return
        for after, spans in row(at, shape[0], 0, ()):
            yield from rows(after, shape[1:], taken + spans)

    for spans in _one_row(text, digits, ends, shape[0]) if len(shape) == 1 else rows(0, shape, ()):
        yield Split(tuple(int(text[s:e]) for s, e in spans), spans)


def _one_row(text: str, digits: Sequence[int], ends: Sequence[int], count: int) -> Iterator[tuple[Span, ...]]:
    """The splits of all the digits into one row: its sum is what they end with, so no cell before can be larger."""

    def cells(at: int, stop: int, left: int, rest: int, taken: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
        """`left` cells from digit `at` to `stop` that add up to `rest`."""
        if left == 0:
            if at == stop and rest == 0:
                yield taken
            return
        longest = min(1 if text[digits[at]] in "0０" else LONGEST, stop - at - left + 1) if at < stop else 0
        if stop - at > left * len(str(rest)):
            return
        for end in range(at + 1, at + longest + 1):
            number = int(text[digits[at] : digits[end - 1] + 1]) if digits[end - 1] < ends[at] else rest + 1
            if number > rest:
                return
            yield from cells(end, stop, left - 1, rest - number, (*taken, (digits[at], digits[end - 1] + 1)))

    for stop in range(max(count - 1, len(digits) - LONGEST), len(digits)):
        zero = text[digits[stop]] in "0０" and stop < len(digits) - 1
        if not zero and digits[-1] < ends[stop]:
            total = int(text[digits[stop] : digits[-1] + 1])
            for spans in cells(0, stop, count - 1, total, ()):
                yield *spans, (digits[stop], digits[-1] + 1)


def candidates(text: str, row: TornRow, shape: Sequence[int]) -> list[Split]:
    """The row's splits; none if there are too many to look at, or if it prints more than digits."""
    runs = digit_runs(text, row.start, row.end)
    if not runs or sum(e - s for s, e in runs) > 40:
        return []
    found = list(islice(splits(text, runs, shape), MOST_SPLITS + 1))
    return found if len(found) <= MOST_SPLITS else []


def one_digit_each(text: str, row: TornRow) -> Split | None:
    """As many digits as cells, where no equation helps: 007 under three columns is 0, 0, 7."""
    runs = digit_runs(text, row.start, row.end)
    if not runs or sum(e - s for s, e in runs) != len(row.measures) or _BLANK_BESIDE.search(text[row.start - 1 : row.end + 1]):
        return None
    spans = tuple((i, i + 1) for s, e in runs for i in range(s, e))
    return Split(tuple(int(text[s:e]) for s, e in spans), spans)


def put_together(text: str, row: TornRow) -> Split | None:
    """The row's figures if, put together, they end in their sum, and those above alone do not where some are broken."""
    pieces = [text[start:end].split() for start, end in row.cells]
    if not pieces or not all(piece.isdecimal() for cell in pieces for piece in cell):
        return None
    numbers, above = [int("".join(cell)) for cell in pieces], [int(cell[0]) for cell in pieces]
    met = sum(numbers[:-1]) == numbers[-1] and (numbers == above or sum(above[:-1]) != above[-1])
    return Split(tuple(numbers), row.cells) if met else None
