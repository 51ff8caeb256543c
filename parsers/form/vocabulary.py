"""The words that the form prints: how they are spelled, how often an edition has each, and in which orders they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain

from parsers.form.editions import Edition, Grid, editions, spellings
from parsers.form.headers import ACROSS
from parsers.form.labels import CONTENT, SECTIONS
from parsers.printed.alternatives import one_of
from parsers.printed.normalise import normalise_label

ARTICLE = "第二十条"  # stands for every article's words
SHORTEST = 3  # characters: a shorter word is too like others


@cache
def known_words(section: str) -> dict[str, frozenset[str]]:
    """Every spelling of the words that the editions have in this section, and which words it may be."""
    words = set(chain.from_iterable(_in_order(section)))
    return {spelling: frozenset(w for w in words if spelling in spellings(w)) for word in words for spelling in spellings(word)}


@cache
def beginnings(section: str) -> frozenset[str]:
    """The words of the section, whole and where they may be broken: 本年新 above 制作数量."""
    return frozenset(word[:end] for word in known_words(section) for end in range(min(SHORTEST, len(word)), len(word) + 1))


@cache
def header_words(section: str) -> frozenset[str]:
    """The words that the editions print in the headers of a section, as labels are compared."""
    grids = [grid for edition in editions() for grid in edition.of(section)]
    return frozenset(
        normalise_label(label) for grid in grids for label in (CONTENT, *grid.header_groups, *(own for _, own in grid.columns))
    )


@cache
def all_words() -> frozenset[str]:
    """Every spelling of every word but an article's."""
    return frozenset(spelling for section in SECTIONS for spelling in known_words(section)) - {ARTICLE}


@cache
def words_pattern() -> re.Pattern[str]:
    """A pattern that finds these words, the longest first, where cells run together."""
    return re.compile(one_of(all_words()))


@cache
def times_printed(section: str) -> tuple[Counter[str], ...]:
    """How many times each edition prints each of its words in this section."""
    return tuple(Counter(_words_of(edition, section)) for edition in editions())


def _words_of(edition: Edition, section: str) -> Iterator[str]:
    for grid in edition.of(section):
        yield from [CONTENT] if grid.article else []
        times = len(grid.rows) if section in ACROSS else 1
        labels = [*(label for _, label in grid.columns)] * times
        yield from map(normalise_label, [*labels, *grid.header_groups, *_labels(grid)])


def _labels(grid: Grid) -> dict[str, None]:
    """The labels of the rows, each group's before those of its rows."""
    return dict.fromkeys(label for row in grid.rows for label in (*row.groups, row.label))


@cache
def _in_order(section: str) -> tuple[tuple[str, ...], ...]:
    """The words of each edition's tables in the orders in which they are printed."""
    return tuple(tuple(map(normalise_label, words)) for edition in editions() for grid in edition.of(section) for words in _orders(grid))


@cache
def in_between(section: str) -> dict[tuple[str, str], frozenset[str]]:
    """Which words the form has between two others of a section: those two → the words, over all editions and orders of print."""
    found: dict[tuple[str, str], set[str]] = {}
    for form in _in_order(section):
        for above, word, below in zip(form, form[1:], form[2:], strict=False):
            found.setdefault((above, below), set()).add(word)
    return {places: frozenset(words) for places, words in found.items()}


def _orders(grid: Grid) -> list[list[str]]:
    columns, rows, groups = [label for _, label in grid.columns], list(_labels(grid)), list(grid.header_groups)
    if grid.section in ACROSS:
        return [[*rows[:1], *groups, *columns, *rows[1:], *columns, *columns]]
    if grid.article:
        return [[ARTICLE, CONTENT, *columns, *rows, ARTICLE]]
    first, inner, last = columns[:1], columns[1:-1], columns[-1:]
    corner, over = groups[:1], groups[1:]
    return [[*corner, *header, *rows] for header in (columns, [*first, *over, *inner, *last], [*first, *over, *last, *inner])]
