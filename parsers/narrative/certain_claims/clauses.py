"""A sentence as clauses of known words; what is no such clause keeps the words that are left over.

A marked sentence is cut into tokens, the longest known word first; then, from one separator to the next, each order is tried and the one
that reaches furthest is the clause. Where none fits, the words up to the separator may be those of a statement in whatever order, or a
remark (parsers/narrative/certain_claims/known.py). Nothing here knows what a clause means.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from parsers.narrative.certain_claims.known import FIGURES, MAX_TOKENS, SEPARATORS, UNKNOWN, Words

REMARK = "said_beside"  # a clause of any words that limit no figure
_CLAIM_NOTHING = ("", "frame", "late", REMARK, "spoken_of")
_OPEN_TO_MORE = ("reason_first", "spoken_of")  # what follows a comma may be counted by the same clause
_MOST_ENDS = 4
_ANY_SIGN, _SIGN, _FIGURE = (re.compile(f"[{re.escape(''.join(of))}]") for of in (SEPARATORS, SEPARATORS[1:], FIGURES))
_NO_CLASS: frozenset[str] = frozenset()
_WHO = frozenset({"who"})
_TERM = frozenset({"limit_before"})  # 7个工作日内: behind a figure it limits nothing
# Why some are left for the next year. It goes before these alone: why others are of a result limits their number.
LATE = "late"
_LATE = re.compile("(?:由于|因)[^,;。]{0,24}(?:年底|年末|岁末|12月|下旬|期限)[^,;。]{0,16}")
_NUMBERING = re.compile(r"[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九]是")


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

    def place(self, *classes: str) -> int:
        """Which of its words is the first of one of these classes, -1 if none is."""
        return next((place for place, token in enumerate(self.tokens) if not token.classes.isdisjoint(classes)), -1)

    def place_of_figure(self) -> int:
        """Which of its words is its first figure, -1 if it has none."""
        return next((place for place, token in enumerate(self.tokens) if token.text in FIGURES), -1)

    def all_of(self, *classes: str) -> list[str]:
        """All of the classes that its words are of, in the order of the words."""
        return [name for token in self.tokens for name in classes if name in token.classes]

    def figures(self) -> list[int]:
        """Where the signs of its figures stand."""
        return [token.start for token in self.tokens if token.text in FIGURES]

    def figure(self) -> int:
        """Where its first figure's sign stands, -1 if it has none."""
        return next(iter(self.figures()), -1)


def clauses(text: str, known: Words, own_name: re.Pattern[str], of_others: Container[int] = ()) -> list[Clause]:
    """The clauses of a marked sentence and the separators between them. `of_others`: where figures stand that count no cases, as 12场 does
    not, which a remark may have."""
    tokens = list(_tokens(text, known, own_name))
    signs = "".join(token.text if not token.classes else known.orders.signs[token.classes] for token in tokens)
    as_remark = "".join(UNKNOWN if token.start in of_others else sign for token, sign in zip(tokens, signs, strict=True))
    found: list[Clause] = []
    at, counted = 0, False  # counted: something is claimed before, in the same statement
    while at < len(tokens):
        if signs[at] in SEPARATORS:
            counted &= signs[at] not in ";。"
            found.append(Clause(signs[at], (tokens[at],)))
            at += 1
            continue
        ends = _ends(tokens, signs, at)
        end, name = known.orders.furthest(signs, at) if ends[0] - at <= MAX_TOKENS else (at, "")
        if end == at or name in _OPEN_TO_MORE:
            loosely, other = _loosely(tokens, signs, at, ends, known)
            end, name = (loosely, other) if other or end == at else (end, name)
        of_subject = tokens[end - 1].text == "的" and signs[end : end + 1] == ","  # 未作出不予公开决定的,有…
        if of_subject and name.startswith(("no", "all")):
            end, name = ends[0], ""
        listed = bool(found) and found[-1].order not in tuple(SEPARATORS[1:])  # 未发生行政复议、行政诉讼败诉
        said = tokens[at : ends[1]]
        if not name and _LATE.fullmatch(text, tokens[at].start, tokens[ends[1] - 1].end):
            end, name = ends[1], LATE
        if not name and not listed and known.orders.is_remark(as_remark, at, ends[1], counted) and not _begins_a_subject(said, text):
            end, name = ends[1], REMARK
        counted |= name not in _CLAIM_NOTHING
        found.append(Clause(name, tuple(tokens[at:end])))
        at = end
    return found


def _begins_a_subject(tokens: Sequence[Token], text: str) -> bool:
    """Do the words name what the next clause speaks of (到期的, 符合条件者), or a year by a digit that is not known?"""
    dated = any(token.text == UNKNOWN and any(map(str.isdigit, text[token.start : token.end])) for token in tokens)
    return dated or text[: tokens[-1].end].endswith(("的", "者"))


def _ends(tokens: Sequence[Token], signs: str, at: int) -> list[int]:
    """Where the clause that begins at a place may end: at the next sign, or an `and` behind its figure; at the next that is no 、; and behind
    one comma or two."""

    def first(of: re.Pattern[str], place: int, stop: int = len(signs)) -> int:
        found = of.search(signs, place, stop)
        return found.start() if found else stop

    stop = first(_ANY_SIGN, at)
    figure = first(_FIGURE, at, stop)
    ends = [next((i for i in range(figure, stop) if "and" in tokens[i].classes), stop), first(_SIGN, stop)]
    while len(ends) < _MOST_ENDS and signs[ends[-1] : ends[-1] + 1] == ",":
        ends.append(first(_ANY_SIGN, ends[-1] + 1))
    return ends


def _loosely(tokens: Sequence[Token], signs: str, at: int, ends: Sequence[int], known: Words) -> tuple[int, str]:
    """Where the clause ends that the words from a place on are in whatever order, and its name; "" if they are none. What is counted may
    be named before a comma (政府信息公开行政复议,2023年共3件)."""
    stop, *more = ends
    counts = _FIGURE.search(signs, at, stop) is not None
    for end in ends if counts else more:
        if UNKNOWN in signs[at:end] or end - at > MAX_TOKENS:
            break
        figure, comma = _FIGURE.search(signs, at, end), signs.rfind(",", at, end)
        is_subject = tokens[end - 1].text == "的" and signs[end : end + 1] == ","
        if comma > figure.start() if figure else comma >= 0 or is_subject:
            continue
        found = [token.classes or frozenset({token.text}) for token in tokens[at:end] if token.text != ","]
        present = frozenset().union(*found)
        name = next((one.order for one in known.loose if one.fits(found, present)), "")
        if name:
            return end, name
    return stop, ""


def _tokens(text: str, known: Words, own_name: re.Pattern[str]) -> Iterator[Token]:
    """Signs, known words and own names, from left to right; what stands between them is unknown. Of a word and a name that begin at
    one place the longer counts, of two as long the name."""
    at = _behind_number(text, 0)
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
            classes = _WHO if found is own else _NO_CLASS if found[1] else known.classes.get(found[0], _TERM)
            yield Token(found[0], classes, start, found.end())
            start = found.end()
            if found[0] in ":;":
                start = _behind_number(text, start)
        at = start


def _behind_number(text: str, at: int) -> int:
    """Where the words begin of what is numbered at a place: 办理结果如下:1.予以公开5件."""
    numbering = _NUMBERING.match(text, at)
    return numbering.end() if numbering else at
