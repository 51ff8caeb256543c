"""A sentence as clauses of known words in a known order; what is no such clause keeps the words that are left over.

The words and orders are data/clauses.yml. A marked sentence is cut into tokens, the longest known word first; then, from one
separator to the next, each order is tried and the one that reaches furthest is the clause. Nothing here knows what a clause means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from parsers.data import DATA
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import COUNT, MASKED, MONEY, PERCENT
from parsers.printed.alternatives import one_of

FILE = DATA / "clauses.yml"
UNKNOWN, SEPARATORS = "?", "、,;:。()"
MAX_TOKENS = 100  # of a clause: a longer one is not understood
LEAD = "(when|who|manner|total|and|aside|head|among)*"
_FIGURES = (COUNT, PERCENT, MONEY)
_NO_CLASS: frozenset[str] = frozenset()
_WHO = frozenset({"who"})
_NUMBERING = re.compile(r"[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九]是")
# Groups of classes that an order may name: {outcome}.
_CASES, _ENDED, _DECIDED = (
    ("recon", "recon_short", "litig", "direct", "after"),
    ("upheld", "corrected", "ended_otherwise", "pending"),
    ("licensing", "penalties", "compulsion"),
)


@dataclass(frozen=True)
class Token:
    """A word with the classes it may be of, or a sign; of `UNKNOWN` none."""

    text: str
    classes: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """Tokens in a known order; `order` is "" where none is known, and the sign itself for a separator."""

    order: str
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def has(self, *classes: str) -> bool:
        """Is one of its words of one of these classes?"""
        return self.first(*classes) is not None

    def first(self, *classes: str) -> str | None:
        """The first of the classes, in the order of the words, that a word of it is of."""
        return next((name for token in self.tokens for name in classes if name in token.classes), None)

    def all_of(self, *classes: str) -> list[str]:
        """All of the classes that its words are of, in the order of the words."""
        return [name for token in self.tokens for name in classes if name in token.classes]

    def figures(self) -> list[int]:
        """Where the signs of its figures stand."""
        return [token.start for token in self.tokens if token.text in _FIGURES]

    def figure(self) -> int:
        """Where its first figure's sign stands, -1 if it has none."""
        return next(iter(self.figures()), -1)


class Words:
    """The known words for the report of one year."""

    def __init__(self, data: Mapping[str, Any], year: int | None) -> None:
        classes: dict[str, set[str]] = {}
        for name, groups in data["words"].items():
            for word in (word for group in groups for word in group["words"]):
                classes.setdefault(_masked(with_year(word, year)), set()).add(name)
        self.classes = {word: frozenset(of) for word, of in classes.items()}
        self.pattern = re.compile(f"([{re.escape(''.join((*SEPARATORS, *_FIGURES, MASKED)))}])|{one_of(classes)}")  # a sign, or a word
        self.orders = orders(frozenset(self.classes.values()))


class Orders:
    """The known orders, as patterns over one sign a token: a sign stands for the classes that a word may be of."""

    def __init__(self, data: Mapping[str, Any], classes: Set[frozenset[str]]) -> None:
        self.signs = {of: chr(0xE000 + number) for number, of in enumerate(sorted(classes, key=sorted))}
        self.signs.setdefault(frozenset({"who"}), chr(0xE000 + len(classes)))
        named = [(name, order) for name, of_name in data["orders"].items() for order in of_name]
        self.phrases = data["phrases"]
        limiting = "".join(self._signs(name)[1:-1] for name in self.phrases["limiting"].split("|"))
        self._limiting = limiting + re.escape("".join(_FIGURES) + SEPARATORS.replace("、", ""))
        remarks = [(name, order) for name, order in named if "~" in order]  # those that unknown words may stand in
        self._names, self._remark_names = [name for name, _ in named], [name for name, _ in remarks]
        self._any = re.compile(self._reach(named))
        self._remarks = re.compile(self._reach(remarks))
        self._may_end = re.compile(self._end())

    def furthest(self, signs: str, at: int) -> tuple[int, str]:
        """How far the order reaches that reaches furthest from a place, and its name; of two that reach as far the first."""
        lost = signs.find(UNKNOWN, at)
        if lost < 0 or self._may_end.search(signs, at + 1, lost):
            names, found = self._names, self._any.match(signs, at)
        else:
            names, found = self._remark_names, self._remarks.match(signs, at)
        ends = [end for _, end in found.regs[1:]]  # type: ignore[union-attr]  # it always matches
        end = max(ends, default=-1)
        return (end, names[ends.index(end)]) if end >= 0 else (at, "")

    def _reach(self, named: Sequence[tuple[str, str]]) -> str:
        """One pattern that tells how far each order reaches: a group an order."""
        return "".join(f"(?=({self._compiled(LEAD + order)})?)" for _, order in named)

    def _compiled(self, order: str) -> str:
        """An order as a pattern over one sign a token, up to where a clause may end."""
        for phrase, of_it in reversed(self.phrases.items()):  # a phrase may name those before it
            order = order.replace(f"{{{phrase}}}", f"({of_it})")
        for group, names in groups().items():
            order = order.replace(f"{{{group}}}", f"({'|'.join(names)})")
        named = (
            re.sub(r"[a-z_]{2,}", self._signs, order)
            .replace("x", MASKED)
            .replace(" ", "")
            .replace("$", r"\$")
            .replace("(", "(?:")
            .replace("*", f"{{0,{MAX_TOKENS}}}")
            .replace("~", f"[^{self._limiting}]")
        )
        return f"{named}(?={self._end()}|$)"

    def _end(self) -> str:
        """What may stand after a clause."""
        return f"[{re.escape(SEPARATORS)}]|{self._signs('and')}"

    def _signs(self, match: re.Match[str] | str) -> str:
        name = match if isinstance(match, str) else match[0]
        signs = "".join(sign for of, sign in self.signs.items() if name in of)
        if not signs:
            raise ValueError(f"{FILE.name}: an order names the class {name}, which has no words")
        return f"[{signs}]"


@cache
def orders(classes: frozenset[frozenset[str]]) -> Orders:
    return Orders(_data(), classes)


@cache
def words(year: int | None) -> Words:
    return Words(_data(), year)


@cache
def _data() -> Mapping[str, Any]:
    """The file, read once for the reports of all years."""
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """The classes of words that orders name together."""
    names = _data()["words"]
    outcome = tuple(name for name in names if name in OUTCOMES)
    reason = tuple(name for name in names if root(name) in OUTCOMES and name not in OUTCOMES and name != "partly_disclosed")
    origin = tuple(name for name in names if name.startswith("received_"))  # a column of the form, organisations together; a channel
    return {
        "outcome": outcome,
        "reason": reason,
        "origin": origin,
        "person": tuple(name for name in origin if name != "received_part"),
        "case": _CASES,
        "end": _ENDED,
        "decided": _DECIDED,
    }


def with_year(word: str, year: int | None) -> str:
    """A word with the years in it."""
    of = year or 0
    return word.replace("{年}", str(of)).replace("{上年}", str(of - 1)).replace("{下年}", str(of + 1))


def _masked(word: str) -> str:
    """A word as marked prose has it, where a quotation is one sign."""
    return re.sub("“[^”]{0,200}”", MASKED, word)


def clauses(text: str, known: Words, own_name: re.Pattern[str]) -> list[Clause]:
    """The clauses of a marked sentence and the separators between them."""
    tokens = list(_tokens(text, known, own_name))
    signs = "".join(token.text if not token.classes else known.orders.signs[token.classes] for token in tokens)
    found: list[Clause] = []
    at = 0
    while at < len(tokens):
        if signs[at] in SEPARATORS:
            found.append(Clause(signs[at], (tokens[at],)))
            at += 1
            continue
        stop = next((i for i in range(at, len(tokens)) if signs[i] in SEPARATORS), len(tokens))
        end, name = known.orders.furthest(signs, at) if stop - at <= MAX_TOKENS else (at, "")
        if end == at:
            end, name = stop, ""
        found.append(Clause(name, tuple(tokens[at:end])))
        at = end
    return found


def _tokens(text: str, known: Words, own_name: re.Pattern[str]) -> Iterator[Token]:
    """Signs, known words and own names, from left to right; what stands between them is unknown. Of a word and a name that begin at
    one place the longer counts, of two as long the name."""
    numbering = _NUMBERING.match(text)
    at = numbering.end() if numbering else 0
    own = own_name.search(text, at)
    while at < len(text):
        if own and own.start() < at:
            own = own_name.search(text, at)
        found = known.pattern.search(text, at)
        if own and (
            not found or own.start() < found.start() or (own.start() == found.start() and not found[1] and own.end() >= found.end())
        ):
            found = own
        start = found.start() if found else len(text)
        if at < start:
            yield Token(UNKNOWN, _NO_CLASS, at, start)
        if found:
            classes = _WHO if found is own else _NO_CLASS if found[1] else known.classes[found[0]]
            yield Token(found[0], classes, start, found.end())
            start = found.end()
        at = start
