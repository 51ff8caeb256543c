"""The words for the database's codes that no table names: Chinese first, English beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from portal.data import DATA

CLAIMS = DATA / "claims.yml"
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "report": {
        "read": ("完整读出", "read in full"),
        "partial": ("部分读出", "read in part"),
        "refused": ("无法读取", "not readable"),
    },
    "cell": {
        "stated": ("原文印出", "printed"),
        "blank": ("原文空白，不等于零", "left blank, which is not zero"),
        "inferred": ("由表内算术关系推定", "forced by the table’s own arithmetic"),
        "unreadable": ("无法辨认", "unreadable"),
        "missing": ("没有读到此格", "no such cell was found"),
    },
    # Of checks named for what they look for (公布晚于期限, Published late) too: "holds" beside such a name would accuse.
    "outcome": {
        "pass": ("未见不符", "nothing found"),
        "fail": ("有发现", "findings"),
        "not_assessable": ("无法核对", "cannot be assessed"),
    },
    "change_of": {"report": ("报告", "reports"), "cell": ("格子", "cells"), "finding": ("发现", "findings")},
    "change": {"came": ("新增", "new"), "went": ("不再有", "gone"), "changed": ("改变", "changed")},
    "verdict": {
        "report": ("报告本身不符", "the document contradicts itself"),
        "reading": ("可能是本站误读，请对照原文", "we may have misread it: compare with the source"),
        "undecided": (
            "尚无定论：有推定的数字，或者差别本身未必是矛盾",
            "undecided: a figure is inferred, or the difference need not be a contradiction",
        ),
    },
    "level": {
        "national": ("国家级", "national"),
        "province": ("省级", "province"),
        "prefecture": ("地市级", "prefecture"),
        "county": ("县级", "county"),
        "township": ("乡镇级", "township"),
    },
    "kind": {
        "government": ("一级政府", "government"),
        "department": ("政府部门", "department"),
        "organisation": ("其他组织", "organisation"),
    },
    "severity": {
        "error": ("差错", "error"),
        "warning": ("提醒", "warning"),
        "notice": ("提示", "notice"),
    },
    "category": {
        "table": ("表内", "inside a table"),
        "text_tables": ("文字与表格", "text against tables"),
        "text": ("文字前后", "text against itself"),
        "years": ("年份之间", "between years"),
        "agencies": ("机关之间", "between agencies"),
        "form": ("格式与日期", "form and dates"),
        "sources": ("来源", "sources"),
    },
    "facet": {
        "check": ("核对", "Check"),
        "verdict": ("定性", "Verdict"),
        "severity": ("轻重", "Severity"),
        "year": ("年份", "Year"),
        "region": ("地区", "Region"),
        "level": ("层级", "Level"),
        "agency": ("机关", "Agency"),
    },
    "sort": {
        "newest": ("最近公布的在前", "newest first"),
        "year": ("年份", "year"),
        "agency": ("机关", "agency"),
        "check": ("核对", "check"),
    },
    "doubt": {
        "subject": ("不能确定说的是不是本机关", "it may speak of another body"),
        "wording": ("措辞两可", "the wording is ambiguous"),
        "scope": ("可能只是一部分", "it may be only a part"),
        "incomplete": ("分项可能没有列全", "the parts may be incomplete"),
        "open": ("没有说分项已列全", "it does not say that these are all parts"),
    },
    "edition": {
        "2014": ("2014年版统计表", "2014 indicator table"),
        "2019": ("2019年版（试行）", "2019 form (on trial)"),
        "2021": ("2021年版", "2021 form"),
        "mixed": ("混用两版表格", "two editions mixed"),
    },
    "fidelity": {
        "as collected": ("原文照录", "as collected"),
        "tables verbatim, narrative abridged": ("表格照录，叙述为摘要", "tables verbatim, narrative abridged"),
    },
}


def word(kind: str, code: str | None, english: bool = False) -> str:
    """The word for a code; a code that has none stands for itself, none at all is a dash."""
    if not code:
        return "—"
    return WORDS[kind].get(code, (code, code))[english]


# The columns of the database that hold codes of WORDS, and those of some tables whose kind of word has another name.
CODED = ("verdict", "outcome", "severity", "category", "level", "fidelity", "doubt")
CODED_IN = {("reports", "status"): "report", ("cells", "status"): "cell", ("agencies", "kind"): "kind", ("deadlines", "kind"): "kind"}


def coded(table: str, column: str, code: object) -> str | None:
    """The Chinese word for what a column of a table holds; None where it is no code.

    >>> coded("reports", "status", "partial"), coded("cells", "status", "stated"), coded("reports", "year", 2020)
    ('部分读出', '原文印出', None)
    """
    kind = CODED_IN.get((table, column)) or (column if column in CODED else None)
    return WORDS[kind][code][0] if kind and isinstance(code, str) and code in WORDS[kind] else None


@cache
def _claim_kinds() -> dict[str, tuple[str, str]]:
    """The names of data/claims.yml: kinds, the channels' as items_on_<channel>, the endings' with their line before."""
    data = yaml.safe_load(CLAIMS.read_text(encoding="utf-8"))
    kinds = {code: entry for code, entry in data["kinds"].items() if "name" in entry}
    kinds |= {f"items_on_{code}": entry for code, entry in data["channels"].items()}
    kinds |= {f"_{code}": entry for code, entry in data["endings"].items()}
    return {code.removeprefix("*"): (entry["name"], entry["name_en"]) for code, entry in kinds.items()}


def claim_kind(code: str, english: bool = False) -> str:
    """What a claim counts; an ending that has a name of its own follows in brackets.

    >>> claim_kind("received"), claim_kind("items_disclosed_part"), claim_kind("litigation_pending", english=True), claim_kind("new")
    ('收到的申请', '主动公开的信息（其中）', 'Administrative litigation (pending)', 'new')
    """
    names = _claim_kinds()
    if code in names:
        return names[code][english]
    whole, _, ending = code.rpartition("_")
    if whole and f"_{ending}" in names:
        inner = names[f"_{ending}"][english]
        return f"{claim_kind(whole, english)} ({inner})" if english else f"{claim_kind(whole)}（{inner}）"
    return code


def of_a_summary(finding: Mapping[str, Any], english: bool = False) -> str:
    """What must be said of a finding in the narrative of a transcription, which is not quoted from the report; "" of others.

    >>> of_a_summary({"category": "table", "fidelity": "tables verbatim, narrative abridged"})
    ''
    """
    if finding["category"] not in ("text", "text_tables") or finding["fidelity"] == "as collected":
        return ""
    if english:
        return "This report is a transcription: its text is a summary, not the report’s own words."
    return "这份报告是转录稿，“文字”是转录时的摘要，不是报告原话。"


def in_one(both: str, english: bool = False) -> str:
    """The name in a line of metadata.yml, “中文，解释 · English, explained”, in one language and without what explains it.

    >>> in_one("数值，金额以元计 · Value, money in yuan"), in_one("数值 · Value, money in yuan", english=True), in_one("x", english=True)
    ('数值', 'Value', 'x')
    """
    chinese, _, in_english = both.partition(" · ")
    return re.split("[：，（]", chinese)[0] if not english or not in_english else re.split("[,:(]", in_english)[0].strip()


def number(value: float | None) -> str:
    """A figure for readers: thousands set apart, no needless decimals, a dash for none.

    >>> number(256553.0), number(0.5), number(None)
    ('256,553', '0.5', '—')
    """
    if value is None:
        return "—"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web's; a document's own words may hold any scheme, such as javascript:."""
    return url if url and url.strip().lower().startswith(("http://", "https://")) else None
