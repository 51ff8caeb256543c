"""What is right, abstained and wrong of a document's figures, and the page docs/accuracy.md that keeps the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import table
from parsers.model import Report
from parsers.printed.values import parse_value

PAGE = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"
Key = tuple[str, str, str]
HEAD = """# 读得准不准 · Accuracy

每个数字只有三种结果：读对、没有读（留空并说明）、读错。下面各表由 `make bench` 量出。

Every figure is right, abstained (NULL with a reason) or wrong. `make bench` measures and writes these tables.
"""


@dataclass(frozen=True)
class Tally:
    """How the cells of one or more documents were read."""

    right: int = 0
    abstained: int = 0
    wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.abstained + other.abstained, self.wrong + other.wrong)

    def __str__(self) -> str:
        return f"{self.right} / {self.abstained} / {self.wrong}"


def judge(found: Mapping[Key, float | None], printed: Mapping[Key, float | None]) -> Tally:
    """Compare what was read with what is printed, NULL for a blank cell. A number where none is printed is wrong."""
    right = abstained = wrong = 0
    for key, value in printed.items():
        number = found.get(key)
        if key in found and (number is value is None or (number is not None and value is not None and abs(number - value) < 1e-6)):
            right += 1
        elif number is None:
            abstained += 1
        else:
            wrong += 1
    extra = sum(number is not None for key, number in found.items() if key not in printed)
    return Tally(right, abstained, wrong + extra)


def values_of(report: Report) -> dict[Key, float | None]:
    """The numbers of a report's cells."""
    return {(cell.section, cell.item, cell.measure): cell.value for cell in report.cells}


def values_printed(figures: Mapping[Key, str], money: Mapping[Key, str | None]) -> dict[Key, float | None]:
    """The numbers that printed figures state; `money` is the unit of a money column where the cell prints none."""
    found: dict[Key, float | None] = {}
    for key, text in figures.items():
        value = None if text in ("?", "？") else parse_value(text, money.get(key))
        found[key] = value.number if value else None
    return found


HEADS = {  # the tables are read on the portal: Chinese first
    "format": "格式", "format · tool": "格式 · 工具", "documents": "份数", "right": "读对", "abstained": "留空", "wrong": "读错", "ms": "毫秒", "picture": "图片", "seconds a page": "每页秒数",
    "converter": "转换工具", "mechanism": "读法", "converters": "用得着它的转换工具", "mutation": "改法", "page 2019": "网页", "page 2021": "网页", "Word-made page 2019": "Word 存的网页",
    "Word-made page 2021": "Word 存的网页", "Word file 2019": "Word 文件", "Word file 2021": "Word 文件", "sound": "相符", "unbalanced": "不平",
    "small": "数小", "blanks": "有空白", "totals only": "只有总计", "pages": "网页", "tabs and pipes": "制表符和竖线", "lines": "一行一格",
    "columns of spaces": "空格对齐", "glued": "数字相连",
}  # fmt: skip


def record(title: str, note: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table, and put it in the place of its section in docs/accuracy.md."""
    body = [list(row) for row in rows]
    table(header, body)
    heads = [f"{HEADS[head]} {head}" if head in HEADS else head for head in header]
    lines = [f"## {title}", "", note, "", f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in header)} |"]
    lines += [f"| {' | '.join(row)} |" for row in body]
    section = "\n".join(lines) + "\n"
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    old = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    page = page[: old.start()] + section + "\n" + page[old.end() :] if old else page.rstrip() + "\n\n" + section
    PAGE.write_text(page.rstrip() + "\n", encoding="utf-8")
