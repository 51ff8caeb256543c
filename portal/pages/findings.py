"""What the findings page reads: findings narrowed by what a reader chooses, and how many there are of each choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portal.pages.queries import FINDINGS_PAGE, Row, Rows, findings_in_order, one
from portal.words import WORDS, word

LARGEST_FACET = 40
FEED = 100

# What counting findings needs of FINDINGS: the tables that choices and facets name. What a person refuted is listed and not counted.
JOINED = (
    "  from findings join checks on checks.code = findings.check_code join reports on reports.id = findings.report_id"
    " left join judgements on judgements.finding_id = findings.id"
)
STANDING = "coalesce(conclusion, findings.verdict)"
REFUTED = "count(*) filter (where conclusion is 'refuted')"
# What each choice asks of a finding; a region is asked with all within it.
ASKED = {
    "check": "findings.check_code = :check",
    "standing": STANDING + " = :standing",
    "verdict": "findings.verdict = :verdict",
    "severity": "checks.severity = :severity",
    "year": "findings.year = cast(:year as integer)",
    "region": "findings.report_id in (select id from reports where region between :region and :region_end)",
    "level": "reports.level = :level",
    "agency": "findings.agency = :agency",
}
# The choices offered beside the list, with the order of their values; the region's is of the level below the chosen one.
FACETS = {
    "check": ("findings.check_code", "findings desc, value"),
    "standing": (f"nullif({STANDING}, 'refuted')", "findings desc, value"),
    "severity": ("checks.severity", "findings desc, value"),
    "year": ("findings.year", "value desc"),
    "region": ("substr(substr(reports.region, 1, :width) || '0000', 1, 6)", "findings desc, value"),
    "level": ("reports.level", "findings desc, value"),
}
LABELS = {
    "check": ("name as label, name_en as label_en", " left join checks on checks.code = value"),
    "region": ("name as label, name as label_en", " left join regions on regions.code = value"),
}
# What a choice can be: a word, so many digits, or what a table knows.
CLOSED = {name: WORDS[name] for name in ("standing", "verdict", "severity", "level")}
DIGITS = {"year": 4, "region": 6}
KNOWN = {
    "region": "select code from regions where code = :value",
    "check": "select code from checks where code = :value",
    "agency": "select code from agencies where code = :value",
}
SORTS = {
    "newest": "date desc, findings.year desc, findings.id",
    "year": "findings.year desc, findings.id",
    "agency": "findings.agency, findings.year desc, findings.id",
    "check": "checks.position, findings.year desc, findings.id",
}


def misunderstood(rows: Rows, chosen: Mapping[str, str]) -> str | None:
    """A sentence on the first choice that can be no such thing; None if each can. Unsaid, it would read as “no findings”."""
    for name, value in chosen.items():
        known, rule, rule_en = True, "", ""
        if name in CLOSED:
            known, rule, rule_en = value in CLOSED[name], "，应为 " + "、".join(CLOSED[name]), "; it is one of " + ", ".join(CLOSED[name])
        elif name in DIGITS:
            known, rule, rule_en = digits(value, DIGITS[name]), f"，应为 {DIGITS[name]} 位数字", f"; it has {DIGITS[name]} digits"
        if known and name in KNOWN and not rows(KNOWN[name], {"value": value}):
            known, rule, rule_en = False, "", ""
        if not known:
            return f"没有这样的{word('facet', name)}：“{value}”{rule} (no such {name}{rule_en})"
    return None


def by_mistake(found: Iterable[Row]) -> list[list[Row]]:
    """Findings in their order, those together that may come of one mistake; one that a person has refuted is not the first of them."""
    cards: dict[str, list[Row]] = {}
    for row in found:
        cards.setdefault(row["together"] or row["id"], []).append(row)
    return [sorted(card, key=lambda row: row["standing"] == "refuted") for card in cards.values()]


def digits(value: str, number: int) -> bool:
    return value.isascii() and value.isdigit() and len(value) == number


def page(rows: Rows, chosen: Mapping[str, str], sort: str = "newest", number: int = 1) -> Row:
    """A page of the findings that fit the choices (by the names of ASKED), how many hold (`total`) and were `refuted`, and the facets.

    A facet counts the findings that fit all other choices, so that one may change a choice; a region's counts are of the
    regions within the chosen one. An unknown sort is the first.
    """
    sort = sort if sort in SORTS else "newest"
    counted = one(rows, "select count(*) as listed, " + REFUTED + " as refuted" + _asked(chosen), **_values(chosen))
    return {
        "chosen": dict(chosen),
        "sort": sort,
        "total": counted["listed"] - counted["refuted"],
        "refuted": counted["refuted"],
        "page": number,
        "pages": max(1, -(-counted["listed"] // FINDINGS_PAGE)),
        "facets": {name: facet(rows, chosen, name) for name in FACETS},
        "findings": listed(rows, chosen, sort, FINDINGS_PAGE, FINDINGS_PAGE * (number - 1)),
        "region": one(rows, "select code, name from regions where code = :region", region=chosen.get("region")) or None,
        "agency": one(rows, "select code, name from agencies where code = :agency", agency=chosen.get("agency")) or None,
    }


def listed(rows: Rows, chosen: Mapping[str, str], sort: str = "newest", size: int = -1, skip: int = 0) -> list[Row]:
    """The findings that fit the choices, all of them without a size."""
    return findings_in_order(rows, _where(chosen), SORTS[sort], _values(chosen), size, skip)


def count(rows: Rows, chosen: Mapping[str, str]) -> int:
    """How many findings fit the choices, those refuted among them."""
    return int(one(rows, "select count(*) as listed" + _asked(chosen), **_values(chosen))["listed"])


def feed_pages(rows: Rows, chosen: Mapping[str, str]) -> int:
    """How many pages the feed of the findings that fit the choices has."""
    return max(1, -(-count(rows, chosen) // FEED))


def said(rows: Rows, chosen: Mapping[str, str]) -> str:
    """The choices in words: 平潭县 2020 总数与分项之和."""
    named = {
        "agency": "select name from agencies where code = :value",
        "region": "select name from regions where code = :value",
        "check": "select name from checks where code = :value",
    }
    order = ("agency", "region", "level", "year", "check", "standing", "verdict", "severity")
    words = [
        str(one(rows, named[name], value=chosen[name]).get("name", chosen[name]))
        if name in named
        else word(name, chosen[name]) if name in CLOSED else chosen[name]
        for name in order
        if name in chosen
    ]  # fmt: skip
    return " ".join(words)


def facet(rows: Rows, chosen: Mapping[str, str], name: str) -> list[Row]:
    """The values of one facet: [{value, label, label_en, findings}]; label is NULL where portal.words has the word."""
    others = {key: value for key, value in chosen.items() if key != name or name == "region"}
    value, order = FACETS[name]
    labels, join = LABELS.get(name, ("null as label, null as label_en", ""))
    counted = "select " + value + " as value, count(*) - " + REFUTED + " as findings" + _asked(others) + " group by value"
    known = " where value is not null order by " + order + " limit :most"
    sql = f"select value, findings, {labels} from ({counted}){join}{known}"  # noqa: S608 the pieces stand in this file
    return rows(sql, {**_values(others), "width": width(chosen.get("region")), "most": LARGEST_FACET})


def _where(chosen: Mapping[str, str]) -> str:
    return " where " + " and ".join(ASKED[name] for name in chosen) if chosen else ""


def _asked(chosen: Mapping[str, str]) -> str:
    return JOINED + _where(chosen)


def _values(chosen: Mapping[str, str]) -> dict[str, Any]:
    return {**chosen, "region_end": region_end(chosen["region"])} if "region" in chosen else dict(chosen)


def region_end(code: str) -> str:
    """The last code within a region: its own digits, then nines.

    >>> region_end("350000"), region_end("350100"), region_end("350128")
    ('359999', '350199', '350128')
    """
    own = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return own.ljust(6, "9")


def width(region: str | None) -> int:
    """How many digits tell apart the regions within the chosen one."""
    return 2 if not region else 4 if region.endswith("0000") else 6
