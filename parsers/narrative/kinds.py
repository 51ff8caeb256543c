"""What a number in the narrative may count: the kinds of data/claims.yml with their patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from parsers.data import DATA, load
from parsers.narrative.numerals import COUNT, ITEMS, MONEY, PERCENT

WORDS = DATA / "claims.yml"
APPLICATIONS = frozenset(["received", "carried_in", "carried_out", "handled", "answered"])
OUTCOMES = frozenset(["disclosed", "partly_disclosed", "withheld", "unavailable", "unprocessed", "other"])
BY_APPLICANT = OUTCOMES | {
    "carried_in",
    "carried_out",
    "handled",
}  # rows whose columns a narrative tells apart; those received have kinds of their own
CASES = frozenset(["reconsideration", "litigation"])
PROCEDURES = CASES | {"litigation_direct", "litigation_after_reconsideration"}  # what cases are told apart by

_COUNTED = "{计}@"  # how a pattern ends that reads a figure behind what it counts
_SHARE = "(?:件|件数|数量|量)?占(?:比|[^#%,。;]{0,20}?的|总数|总量)?(?:比例|比重)?[为达约:]{0,2}@"

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Kind:
    """What a figure may count. `says` read a figure, `none` words for zero, `all` words for all of them.

    `needs`: one of these words is in the sentence. `never`: words before or in the match that make it none. `unsure`,
    `partial`: words that leave the meaning, or whether these are all, in doubt; `topic`: one word that must be near. `shares` read a
    share that stands without its number.
    """

    code: str
    needs: tuple[str, ...]
    says: Patterns
    none: Patterns
    all: Patterns
    units: frozenset[str]
    context: str | None
    never_before: re.Pattern[str] | None
    never_in: re.Pattern[str] | None
    unsure: re.Pattern[str] | None
    partial: re.Pattern[str] | None
    topic: re.Pattern[str] | None
    channels: bool
    shares: Patterns


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds in the order in which they are tried."""
    return tuple(_kind(code, entry) for code, entry in _data()["kinds"].items())


@cache
def channels() -> dict[str, re.Pattern[str]]:
    """The words that limit what was disclosed to one channel."""
    return {code: re.compile(entry["words"]) for code, entry in _data()["channels"].items()}


@cache
def rates() -> dict[str, str]:
    """The rates and the kinds that they are shares of applications of."""
    return dict(_data()["rates"])


def root(code: str) -> str:
    """The group of a kind: received of received_natural_person, withheld of withheld_internal.

    >>> root("partly_disclosed"), root("unavailable_not_held"), root("items_disclosed_part"), root("disclosed+partly_disclosed")
    ('partly_disclosed', 'unavailable', 'items_disclosed', 'disclosed')
    """
    code = code.split("+")[0].removesuffix("_part").removesuffix("_cumulative")
    groups = APPLICATIONS | OUTCOMES | CASES
    return next((group for group in groups if code == group or code.startswith(f"{group}_")), code)


def by_whom(row: str, applicants: str) -> str:
    """The kind of those in a row of section 3 that came from applicants of a kind.

    >>> by_whom("disclosed", "received_natural_person")
    'disclosed_by_natural_person'
    """
    return f"{row}_by_{applicants.removeprefix('received_')}"


@cache
def applicants() -> dict[str, str]:
    """The form's kinds of applicants by their words: 自然人 → received_natural_person."""
    kinds = _data()["kinds"].items()
    return {entry["name"].removesuffix("的申请"): code for code, entry in kinds if code.startswith("received_")}


@cache
def reasons() -> frozenset[str]:
    """The form's reasons for a result: 属于国家秘密 of 不予公开."""
    return frozenset(kind.code for kind in kinds() if root(kind.code) in OUTCOMES - {kind.code} and "+" not in kind.code)


def domain(code: str) -> str:
    """What kinds belong together, so that one may be a part of the other.

    >>> domain("withheld") == domain("received"), domain("items_on_website") == domain("items_disclosed"), domain("rules_issued")
    (True, True, 'rules')
    """
    group = root(code)
    if group in APPLICATIONS | OUTCOMES:
        return "applications"
    return "public" if group in ("consultations", "public_messages", "hotline_calls") else group.split("_")[0]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load(WORDS)
    return data


def _kind(code: str, entry: dict[str, Any]) -> Kind:
    sign = entry.get("sign", COUNT)

    def several(key: str) -> Patterns:
        return tuple(_compiled(pattern, sign) for pattern in entry.get(key, ()))

    def one(key: str) -> re.Pattern[str] | None:
        return _compiled(entry[key], sign) if key in entry else None

    units = frozenset(entry.get("units", ("元",) if sign == MONEY else ITEMS | {"个"}))
    return Kind(
        code, tuple(entry["needs"]), several("says"),  several("none"), several("all"), units, entry.get("context"),
        one("never_before"), one("never_in"), one("unsure"), one("partial"), one("topic"), entry.get("channels", False),
        tuple(_compiled(pattern.replace(_COUNTED, _SHARE), PERCENT) for pattern in entry.get("says", ()) if _COUNTED in pattern and _has_shares(code)),
    )  # fmt: skip


def _has_shares(code: str) -> bool:
    """Is it a result, or the applications of one kind of applicant?"""
    return root(code) in OUTCOMES or code.startswith("received_")


def _compiled(pattern: str, sign: str) -> re.Pattern[str]:
    for word, meaning in _data()["words"].items():
        pattern = pattern.replace(f"{{{word}}}", meaning)
    return re.compile(pattern.replace("@", f"(?P<figure>{re.escape(sign)})").replace("~", "[^#$%,。;]"))
