"""docs/checks.md: the catalogue of checks, with how often each was judged by hand on real documents and how often it was false."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench.narratives import counted
from portal.checks.catalogue import CATEGORIES, load_checks
from portal.checks.judgements import judgements
from portal.words import WORDS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "checks.md"
NAMES = {
    "table": "表内 · Inside a table",
    "text_tables": "文字与表 · Text against tables",
    "text": "文字之间 · Text against itself",
    "years": "年份之间 · Between years of one agency",
    "agencies": "机关之间 · Between agencies",
    "form": "格式与日期 · Form and dates",
    "sources": "来源 · Sources",
}
INTRODUCTION = """# 核对目录 · Checks

每一条发现都对照原文看过：“看过”是看过的条数，
“误报”是其中不属实的条数；括号里是定性为报告如此（report）的。没有看过的核对还没有在收集到的文件里发现过什么。

Every finding on the collected documents was
held against the document by hand: how many were looked at, and how many of them were false; in brackets those with verdict report. A
check with none has not found anything in them yet.
"""


CERTAIN = """## 读懂了多少 · How much of the text is certain

文字里带数字的分句，每个词、每个数都读懂了的才算确定（用词见 `data/clauses.yml`）；只有确定的分句，才会被用来说报告自己前后不符。Clauses with
figures, and how many of them are certain: understood to the last word (the words are `data/clauses.yml`). Only by these is a report said to
contradict itself.

| 文字 text | 带数字的分句 clauses with figures | 确定的 certain | |
| --- | --- | --- | --- |
"""


def run() -> None:
    """Write docs/checks.md."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


def page() -> str:
    """The whole page as Markdown."""
    looked_at = Counter((row["check"], row["verdict"] == "report", row["true"] == "true") for row in judgements())
    parts = [INTRODUCTION]
    for category in CATEGORIES:
        lines = [
            "| 核对 check | 核对什么 what is checked | 轻重 | 依据 basis | 看过 | 误报 false |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for check in (check for check in load_checks() if check.category == category):
            in_report = {true: looked_at[check.code, True, true] for true in (True, False)}
            other = {true: looked_at[check.code, False, true] for true in (True, False)}
            seen, seen_report = sum(in_report.values()) + sum(other.values()), sum(in_report.values())
            cells = (
                f"{check.name} · {check.name_en} · `{check.code}`",
                f"{check.sentence} · {check.sentence_en}",
                " ".join(WORDS["severity"][check.severity]),
                f"{check.basis} · {check.basis_en}",
                f"{seen} ({seen_report})",
                f"{in_report[False] + other[False]} ({in_report[False]})",
            )
            lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
        parts.append(f"## {NAMES[category]}\n\n" + "\n".join(lines) + "\n")
    return "\n".join([*parts, CERTAIN + "".join(_certain())])


def _certain() -> list[str]:
    """The lines on certain clauses; where ../shared is not here its line is the one that the page has."""
    lines = [f"| {name} | {clauses} | {certain} | {100 * certain / clauses:.0f}% |\n" for name, (certain, clauses) in counted().items()]
    before = PAGE.read_text(encoding="utf-8").splitlines(keepends=True) if PAGE.exists() else []
    return lines if len(lines) == 3 else [line for line in before if line.startswith("| ../shared")] + lines
