"""Which columns a printed header means. A header that fits no edition, or two of them differently, means none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from parsers.fold import fold, without_remarks
from parsers.form import Grid, editions, spellings

_MONEY = re.compile("亿元|万元|元")
_NOTE = re.compile("本列数据的?勾稽关系为?第一项加第二项之和等于第三项加第四项之和")
_KEPT = 0.6  # how much of a header must be printed for a damaged one to be recognised at all


@dataclass(frozen=True)
class Columns:
    """The meaning of a section 2 header: the form's grids with these columns, and the unit its money is printed in."""

    grids: tuple[tuple[str, Grid], ...]
    printed_money: str | None = None
    doubt: str | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        return self.grids[0][1].measures

    def money(self, measure: str) -> str | None:
        """The unit of a money column, None for a column of counts."""
        unit = (self.grids[0][1].money or {}).get(measure)
        return (self.printed_money or unit) if unit else None

    def with_row(self, item: str) -> tuple[str, ...]:
        """The editions whose form has this row under these columns."""
        return tuple(code for code, grid in self.grids if any(row.item == item for row in grid.rows))


def match_section2(header: str) -> Columns | None:
    """The columns of a section 2 header, its cells' texts run together; None when it fits none or several.

    A header cut short still counts when exactly one set of columns holds all its characters in order.

    >>> columns = match_section2("本年收费金额（单位：万 元）")
    >>> columns and columns.money("charged")
    '万元'
    """
    printed = fold(without_remarks(header))
    grids = [(edition.code, grid) for edition in editions() for grid in edition.of("proactive_disclosure")]
    found = [(code, grid) for code, grid in grids if _reads(printed, grid)]
    if not found:
        found = [(code, grid) for code, grid in grids if _damaged(printed, grid)]
    if len({grid.measures for _, grid in found}) != 1:
        return None
    unit = _MONEY.search(fold(header))  # 万元 may be broken over two lines of a narrow column
    return Columns(tuple(found), unit[0] if unit else None)


def by_elimination(item: str, edition: str) -> Columns | None:
    """The columns of a row whose header is missing, when the rest of the table is known to be of this edition."""
    found = [
        (form.code, grid)
        for form in editions()
        for grid in form.of("proactive_disclosure")
        if form.code == edition and any(row.item == item for row in grid.rows)
    ]
    return (
        Columns(
            tuple(found),
            doubt="这一行的表头缺失，按其余部分的版本推定列 (the header above this row is missing; its columns follow from the rest of the table)",
        )
        if len(found) == 1
        else None
    )


def _reads(printed: str, grid: Grid) -> bool:
    rest = [printed]
    for _, label in grid.columns:
        rest = [r[len(s) :] for r in rest for s in spellings(label) if r.startswith(s)]
    return "" in rest


def _damaged(printed: str, grid: Grid) -> bool:
    whole = "".join(spellings(label)[0] for _, label in grid.columns)
    return len(printed) >= _KEPT * len(whole) and _is_subsequence(printed, whole)


def _is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)


def applicants() -> tuple[str, ...]:
    """The seven columns of section 3 in the form's order."""
    return editions()[-1].of("applications")[0].measures


def outcomes() -> tuple[str, ...]:
    """The five columns of section 4 in the form's order."""
    return editions()[-1].of("review_litigation")[0].measures


def is_applicants_header(header: str) -> bool:
    """Is this the header of section 3, all of it and nothing else, its columns in the form's order?

    Words may be torn (商业 科研 … 企业 机构), but the words' beginnings must come as the form has them; 总计 stands beside
    法人或其他组织, above the five columns under it, or after them.
    """
    printed = _NOTE.sub("", fold(header))
    grid = editions()[-1].of("applications")[0]
    words = [fold(label) for _, label in grid.columns] + [fold(group) for group in grid.header_groups]
    if Counter(printed) not in (Counter("".join(words)), Counter("".join(words).replace("申请人情况", ""))):
        return False
    order = [printed.find(begin) for begin in ("自", "商", "科", "社", "律")] + [printed.rfind("其")]
    total = printed.find("总")
    return order == sorted(order) and (total > order[-1] or printed.find("或") < total < order[1]) and order[0] < printed.find("或")


def is_outcomes_header(header: str) -> bool:
    """Is this the header of section 4: one 行政复议, one 行政诉讼 in two parts, three times the outcomes in the form's order?"""
    grid = editions()[-1].of("review_litigation")[0]
    names = [fold(label) for _, label in grid.columns]
    words = names * 3 + [fold(row.label) for row in grid.rows] + [fold(group) for group in grid.header_groups]
    printed = fold(header)
    if Counter(printed) != Counter("".join(words)):
        return False
    whole = re.findall("|".join(names), printed)
    in_order = whole == names * 3 if len(whole) == 15 else _torn_in_order(printed)
    procedures = [printed.find(begin) for begin in ("复", "讼", "接", "后")]
    return in_order and procedures == sorted(procedures)


def _torn_in_order(printed: str) -> bool:
    """Outcome words torn apart line by line, by characters or in halves, their beginnings and ends in the form's order."""
    begins = re.findall("结结其尚|结果结果其他尚未", printed)
    ends = re.findall("维纠结审|维持纠正结果审结", printed)
    return len(begins) == len(ends) == 3
