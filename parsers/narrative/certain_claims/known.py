"""The known words, and the orders in which they make a clause: data/clauses.yml, for the report of one year.

A clause is of known words in one of the `Orders`, or of those of a statement in whatever order (`Loose`), or a remark: any words of which
none limits the figures beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from parsers.data import DATA, load
from parsers.narrative.kinds import OUTCOMES, root
from parsers.narrative.numerals import COUNT, MASKED, MONEY, PERCENT
from parsers.printed.alternatives import one_of

FILE = DATA / "clauses.yml"
UNKNOWN, SEPARATORS = "?", "、,;:。()"
FIGURES = (COUNT, PERCENT, MONEY)
MAX_TOKENS = 100  # of a clause: a longer one is not understood
_WITHIN = r"\d{1,3}个?(?:工作日|日|天)[以之]?内"  # a term limits no figure beside it
LEAD = "(when|who|manner|total|and|aside|head|among)*"
# Groups of classes that an order may name: {outcome}.
_CASES, _ENDED, _DECIDED = (
    ("recon", "recon_short", "litig", "direct", "after"),
    ("upheld", "corrected", "ended_otherwise", "pending"),
    ("licensing", "penalties", "compulsion"),
)


class Words:
    """The known words for the report of one year."""

    def __init__(self, data: Mapping[str, Any], year: int | None) -> None:
        classes: dict[str, set[str]] = {}
        for name, groups in data["words"].items():
            for word in (word for group in groups for word in group["words"]):
                classes.setdefault(masked(with_year(word, year)), set()).add(name)
        self.classes = {word: frozenset(of) for word, of in classes.items()}
        self.pattern = pattern(classes)
        self.orders = orders(frozenset(self.classes.values()))
        self.loose = loose(data)


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds the next sign (its first group), word or term of days."""
    signs = re.escape("".join((*SEPARATORS, *FIGURES, MASKED)))
    return re.compile(f"([{signs}])|{one_of(words)}|{_WITHIN}")


@dataclass(frozen=True, eq=False)
class Loose:
    """A clause whose words may stand in whatever order: just one of each of `needs`, or some of it (`some`), and besides only words of `may`."""

    order: str
    needs: tuple[frozenset[str], ...]
    some: tuple[bool, ...]
    may: frozenset[str]

    def fits(self, found: Sequence[Set[str]], present: Set[str]) -> bool:
        """Are words of these classes, and signs, its own and no others? `present` are all of them together."""
        if any(need.isdisjoint(present) for need in self.needs) or any(self.known.isdisjoint(of) for of in found):
            return False
        sure = ([of for of in found if self.may.isdisjoint(of) and not need.isdisjoint(of)] for need in self.needs)
        return all(some or len(of) < 2 for of, some in zip(sure, self.some, strict=True))

    @cached_property
    def known(self) -> frozenset[str]:
        """The classes that its words may be of."""
        return self.may.union(*self.needs)


def loose(data: Mapping[str, Any]) -> list[Loose]:
    """The clauses of words in whatever order."""
    found = []
    for order, of_order in data["loose"].items():
        for one in of_order:
            given, _, may = one.partition(" + ")
            needs = given.split()
            named = frozenset([*data["anywhere"].split(), *_named(may)])
            wanted = tuple(frozenset(_named(need.strip("*").replace("|", " "))) for need in needs)
            found.append(Loose(order, wanted, tuple(need.endswith("*") for need in needs), named))
    return found


def _named(names: str) -> list[str]:
    """The classes that are named, those of a group each."""
    signs = {"#": COUNT, "%": PERCENT, "$": MONEY}
    return [one for name in names.split() for one in groups().get(name.strip("{}"), (signs.get(name, name),))]


class Orders:
    """The known orders, as patterns over one sign a token: a sign stands for the classes that a word may be of."""

    def __init__(self, data: Mapping[str, Any], classes: Set[frozenset[str]]) -> None:
        self.signs = {of: chr(0xE000 + number) for number, of in enumerate(sorted(classes, key=sorted))}
        self.signs.setdefault(frozenset({"who"}), chr(0xE000 + len(classes)))
        named = [(name, order) for name, of_name in data["orders"].items() for order in of_name]
        self.phrases = data["phrases"]
        self._names = [name for name, _ in named]
        # How far each order reaches: a group an order.
        self._any = re.compile("".join(f"(?=({self._compiled(LEAD + order)})?)" for _, order in named))
        self._may_end = re.compile(self._end())
        self._beside = {after: self._remark(data["remarks"][place], after) for place, after in (("before", False), ("after", True))}

    def is_remark(self, signs: str, at: int, stop: int, after: bool) -> bool:
        """Does no word of a clause that counts nothing of the tables limit the figures beside it, those before it (`after`) or those that come?"""
        return bool(self._beside[after].fullmatch(signs, at, stop))

    def _remark(self, limits: Mapping[str, str], after: bool) -> re.Pattern[str]:
        """A clause that does not begin with a word of some classes and has none of others, nor a figure; 、 may part its words. One `after`
        the figures may also tell what was asked for, or what was said to who asked, by any words."""
        first, unless, any_of = ("".join(self._signs(name)[1:-1] for name in _named(limits[which])) for which in ("first", "unless", "any"))
        lead = "".join(self._signs(name)[1:-1] for name in LEAD[1:-2].split("|"))
        limiting = any_of + re.escape("".join(FIGURES))
        most = f"{{0,{MAX_TOKENS}}}"
        of_content = (
            f"(?:{self._signs('applicant')}?[{''.join(self._signs(name)[1:-1] for name in ('tells', 'mainly', 'informs'))}][^{re.escape(''.join(FIGURES))}]{most}"
            f"|{self._signs('all')}?{self._signs('toward')}[^{re.escape(''.join(FIGURES))}]{most}{self._signs('redacted')})"
            if after
            else "(?!)"
        )
        told_where = self._told_where(lead, limits, most) if after else "(?!)"
        return re.compile(
            f"[{lead}]{most}+(?:(?:(?![{first}])|(?=[^{limiting}]{most}[{unless}]))[^{limiting}]{most}|{of_content}|{told_where})"
        )

    def _told_where(self, lead: str, limits: Mapping[str, str], most: str) -> str:
        """Where it was published (均在区政府网站公布), by any words but those that name a part or a result, or who did what."""
        by, disclose = (self._signs(name) for name in ("by", "disclose"))
        parts = "".join(self._signs(name)[1:-1] for name in _named(limits["part"])) + re.escape("".join(FIGURES))
        limiting = "".join(self._signs(name)[1:-1] for which in ("any", "first") for name in _named(limits[which])) + re.escape(
            "".join(FIGURES)
        )
        return f"[{lead}{self._signs('all')[1:-1]}]{most}[^{limiting}]{most}{by}[^{parts}]{most}{disclose}"

    def furthest(self, signs: str, at: int) -> tuple[int, str]:
        """How far the order reaches that reaches furthest from a place, and its name; of two that reach as far the first."""
        lost = signs.find(UNKNOWN, at)
        if lost >= 0 and not self._may_end.search(signs, at + 1, lost):
            return at, ""
        ends = [end for _, end in self._any.match(signs, at).regs[1:]]  # type: ignore[union-attr]  # it always matches
        end = max(ends, default=-1)
        return (end, self._names[ends.index(end)]) if end >= 0 else (at, "")

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
    return dict(load(FILE))


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


def masked(word: str) -> str:
    """A word as marked prose has it, where a quotation is one sign."""
    return re.sub("“[^”]{0,200}”", MASKED, word)
