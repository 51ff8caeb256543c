"""Section 3 in the lines of a printed page: labels broken over lines around their figures, as programs print a PDF's text."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.support import layouts
from tests.support.figures import Grid, Sample

HEADER = """（本列数据的勾稽关系为：第一项加第二项之 申请人情况
和，等于第三项加第四项之和） 自 法人或其他组织 总
然 商 科 社 法 其 计
人 业 研 会 律 他
企 机 公 服
业 构 益 务
组 机
织 构"""
Place = Callable[[list[str], str], list[str]]


def beside_the_first(label: list[str], figures: str) -> list[str]:
    return [f"{label[0]} {figures}", *label[1:]]


def in_the_middle(label: list[str], figures: str) -> list[str]:
    """Beside the middle line of an odd number, between the lines of an even one."""
    at = len(label) // 2
    if len(label) % 2:
        return [*label[:at], f"{label[at]} {figures}", *label[at + 1 :]]
    return [*label[:at], figures, *label[at:]]


def rows_of(grid: Grid, place: Place) -> list[str]:
    lines: list[str] = []
    for row in grid[3:]:
        *groups, label = [text for text, _, _ in row[:-7]]
        pieces = re.findall(f".{{1,{12 * row[-8][1]}}}", label)
        lines += place(pieces, " ".join(text for text, _, _ in row[-7:]))
        for group in groups:  # merged labels run into the lines of the rows they stand beside
            lines[-1:] = [f"{group[:3]} {lines[-1]}", group[3:]]
    return lines


def page(of: Sample, place: Place) -> str:
    lines: list[str] = [of.title]
    for part in layouts.parts(of):
        if isinstance(part, str):
            lines.append(part)
        elif len(part) > 20:
            lines += [HEADER, *rows_of(part, place)]
        else:
            lines += [" ".join(text.replace("\n", "") for text, _, _ in row) for row in part]
    return "\n".join(lines)
