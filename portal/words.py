"""The words of data/words.yml for the database's codes that no table names, and how figures and claims are said: Chinese first, English beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from portal.data import DATA, load

CLAIMS = DATA / "claims.yml"
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    kind: {code: (chinese, english) for code, (chinese, english) in codes.items()}
    for kind, codes in load(DATA / "words.yml")["words"].items()
}


def word(kind: str, code: str | None, english: bool = False, count: int | None = None) -> str:
    """The word for a code; a code that has none stands for itself, none at all is a dash. English words for what is counted are plurals:
    of a `count` of one they lose their s.

    >>> word("page", "count_of_reports", True), word("page", "count_of_reports", True, 1)
    ('reports', 'report')
    """
    if not code:
        return "—"
    found = WORDS[kind].get(code, (code, code))[english]
    return found.removesuffix("s") if english and count == 1 else found


_SENTENCES = re.compile(r"(.*[。；])\s*([A-Z][^。]*)", re.DOTALL)
# The columns of the database that hold codes of WORDS, and those of some tables whose kind of word has another name.
CODED = ("verdict", "conclusion", "outcome", "severity", "category", "level", "fidelity", "doubt", "placed_by", "layout")
CODED_IN = {("reports", "status"): "report", ("cells", "status"): "cell", ("agencies", "kind"): "kind", ("deadlines", "kind"): "kind"}


def coded(table: str, column: str, code: object, english: bool = False) -> str | None:
    """The word for what a column of a table holds; None where it is no code.

    >>> coded("reports", "status", "partial"), coded("cells", "status", "stated"), coded("reports", "year", 2020)
    ('部分读出', '原文印出', None)
    """
    kind = CODED_IN.get((table, column)) or (column if column in CODED else None)
    return WORDS[kind][code][english] if kind and isinstance(code, str) and code in WORDS[kind] else None


@cache
def _claim_kinds() -> dict[str, tuple[str, str]]:
    """The names of data/claims.yml: kinds, the channels' as items_on_<channel>, the endings' with their line before."""
    data = load(CLAIMS)
    kinds = {code: entry for code, entry in data["kinds"].items() if "name" in entry}
    kinds |= {f"items_on_{code}": entry for code, entry in data["channels"].items()}
    kinds |= {f"_{code}": entry for code, entry in data["endings"].items()}
    return {code.removeprefix("*"): (entry["name"], entry["name_en"]) for code, entry in kinds.items()}


def claim_kind(code: str, english: bool = False) -> str:
    """What a claim counts; an ending that has a name of its own follows in brackets.

    >>> claim_kind("received"), claim_kind("items_disclosed_part"), claim_kind("litigation_pending", english=True), claim_kind("new")
    ('收到的申请', '主动公开的信息（其中）', 'Administrative litigation (pending)', 'new')
    >>> claim_kind("withheld_process_by_business")
    '属于四类过程性信息（其中商业企业申请的）'
    """
    names = _claim_kinds()
    if code in names:
        return names[code][english]
    ending = next((code[at:] for at, sign in enumerate(code) if sign == "_" and at and code[at:] in names), None)
    if ending:
        whole, inner = code.removesuffix(ending), names[ending][english]
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


def is_sure(finding: Mapping[str, Any]) -> bool:
    """Whether a finding may be said without a caution: the report has it so, or a person has confirmed it.

    >>> is_sure({"standing": "confirmed"}), is_sure({"standing": "open"})
    (True, False)
    """
    return finding["standing"] in ("report", "confirmed")


def halves(both: str) -> tuple[str, str]:
    """The Chinese and the English of a line of metadata.yml; there is no space behind a Chinese bracket."""
    chinese, _, in_english = both.partition("· ")
    return chinese.rstrip(), in_english


def in_one(both: str, english: bool = False) -> str:
    """The name in a line of metadata.yml, “中文，解释 · English, explained”, in one language and without what explains it.

    >>> in_one("数值，金额以元计 · Value, money in yuan"), in_one("数值 · Value, money in yuan", english=True), in_one("x", english=True)
    ('数值', 'Value', 'x')
    >>> in_one("地区代码（GB/T 2260）· Region code", english=True)
    'Region code'
    """
    chinese, in_english = halves(both)
    return re.split("[：，（]", chinese)[0] if not english or not in_english else re.split("[,:(]", in_english)[0].strip()


def counted(count: int, one: str) -> str:
    """So many of what English has a word for.

    >>> counted(1, "report"), counted(1200, "agency")
    ('1 report', '1,200 agencies')
    """
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{number(count)} {one if count == 1 else many}"


def size(count: int) -> str:
    """A number of bytes, as readers compare it.

    >>> size(2_350_000), size(1200)
    ('2.4 MB', '1.2 kB')
    """
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1000:.1f} kB"


def one_language(both: str, english: bool = False) -> str:
    """The half in one language of a line of metadata.yml: “中文 · English”, or sentences, “中文。English.”

    >>> one_language("数值，以元计 · Value, in yuan"), one_language("一行一格。A row a cell.", english=True), one_language("x", english=True)
    ('数值，以元计', 'A row a cell.', 'x')
    """
    chinese, in_english = halves(both)
    if not in_english:
        sentences = _SENTENCES.fullmatch(both)
        chinese, in_english = sentences.groups() if sentences else (both, "")
    return in_english if english and in_english else chinese


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
