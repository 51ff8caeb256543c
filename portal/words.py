"""The words for the database's codes that no table names: Chinese first, English beside."""

from __future__ import annotations

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
        "missing": ("原文没有此格", "no such cell in the document"),
    },
    "outcome": {
        "pass": ("相符", "holds"),
        "fail": ("不符", "fails"),
        "not_assessable": ("无法核对", "cannot be assessed"),
    },
    "verdict": {
        "report": ("报告本身不符", "the document contradicts itself"),
        "reading": ("可能是本站误读，请对照原文", "we may have misread it: compare with the source"),
        "undecided": ("涉及推定的数字，尚无定论", "involves inferred figures: undecided"),
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
