"""Which columns the printed headers of sections 3 and 4 mean, and whether they are whole and in the form's order; how broken words are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, product
from typing import NamedTuple

from parsers.form.editions import Grid, balance_note, editions, spellings
from parsers.printed.cells import split_cells
from parsers.printed.lines import places_of
from parsers.printed.normalise import normalise

_UNIT = re.compile(r"[（(]\s*+(?:单位\s*+[:：]?\s*+)?[件宗项]\s*+[)）]")  # 商业企业（件）
ACROSS = ("review_litigation",)  # whose rows stand side by side on paper, each over columns of its own
_TORN = (("结结其尚", "维纠结审"), ("结果结果其他尚未", "维持纠正结果审结"), ("结果维结果纠其他结尚未审", "持正果结"))


def prints_columns(printed: str, grid: Grid) -> bool:
    """Is this normalised header the words of the grid's columns, in their order, and nothing else?"""
    rest = [printed]
    for _, label in grid.columns:
        rest = [r[len(s) :] for r in rest for s in spellings(label) if r.startswith(s)]
        if not rest:
            return False
    return "" in rest


def applicants(header: str = "") -> tuple[str, ...]:
    """The columns of section 3 in the form's order, of the edition that the printed header is nearest to."""
    return _printed_form("applications", header).grid.measures


def outcomes(header: str = "") -> tuple[str, ...]:
    """The columns of section 4 in the form's order, of the edition that the printed header is nearest to."""
    return _printed_form("review_litigation", header).grid.measures


@cache
def outcome_counts() -> frozenset[int]:
    """How many cells a row of section 4 has where the three procedures stand side by side."""
    return frozenset(len(form.grid.rows) * len(form.grid.columns) for form in _forms("review_litigation"))


@dataclass(frozen=True)
class _Header:
    """The header that an edition has for a section: the words of its columns, the characters of all that it prints."""

    grid: Grid
    columns: tuple[str, ...]
    printed: Counter[str]

    @staticmethod
    def of(grid: Grid) -> _Header:
        """In section 4 the columns stand once for each procedure, and the procedures above them."""
        columns = tuple(normalise(label) for _, label in grid.columns)
        times, above = (len(grid.rows), [row.label for row in grid.rows]) if grid.section in ACROSS else (1, [])
        words = [*columns * times, *map(normalise, above), *map(normalise, grid.header_groups)]
        return _Header(grid, columns, Counter("".join(words)))


@cache
def _forms(section: str) -> tuple[_Header, ...]:
    """The different headers that the editions have for the section, the newest first."""
    grids = {grid.columns: grid for edition in editions() for grid in edition.of(section)}
    return tuple(map(_Header.of, grids.values()))[::-1]


def _printed_form(section: str, header: str) -> _Header:
    forms = _forms(section)
    if len(forms) == 1:
        return forms[0]
    printed = Counter(normalise(header))
    return min(forms, key=lambda form: _distance(printed, form.printed))


def _distance(printed: Counter[str], words: Counter[str]) -> int:
    return (printed - words).total() + (words - printed).total()


def is_applicants_header(header: str) -> bool:
    """Is this the header of section 3, all of it and nothing else, its columns in the form's order?

    Words may be torn (商业 科研 … 企业 机构), but the words' beginnings must come as the form has them; 总计 stands beside
    法人或其他组织, above the columns under it, or after them. Where the columns are printed whole, one after the other, the words
    above them may be left out.

    >>> is_applicants_header("自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计")
    True
    >>> is_applicants_header("自然人 | 商业企业 | 社会公益组织 | 科研机构 | 法律服务机构 | 其他 | 总计")
    False
    """
    form = _printed_form("applications", header)
    printed = _canonical(_note().sub("", normalise(_UNIT.sub("", header))), form.grid)
    if prints_columns(printed.removeprefix(normalise("".join(form.grid.header_groups[:1]))), form.grid):
        return True
    characters = Counter(printed)
    if characters != form.printed:
        whole = characters + Counter(normalise("".join(form.grid.header_groups[:1])))  # 申请人情况: some print it outside the table
        if whole != form.printed and form.printed + Counter(balance_note()) not in (characters, whole):  # or amid the note
            return False
    *order, total = (printed.rfind(word[0]) for word in form.columns)  # 法 and 其 stand in 法人或其他组织 too, above their own
    group = printed.find("或")
    return order == sorted(order) and (total > order[-1] or group < total < order[1]) and order[0] < max(group, total)


@cache
def _note() -> re.Pattern[str]:
    """Finds the balance's note, with a word less or 钩稽 for 勾稽, and 单位：件."""
    loosely = balance_note().replace("勾", "[勾钩]").replace("的", "的?").replace("为", "为?")
    return re.compile(f"(?:{loosely})?(?:单位件)?")


def _canonical(printed: str, grid: Grid) -> str:
    """The normalised header with each variant of a word (合计) replaced by the form's own (总计)."""
    for label in (*(label for _, label in grid.columns), *grid.header_groups):
        canonical, *others = spellings(label)
        for other in others:
            printed = printed.replace(other, canonical)
    return printed


def is_outcomes_header(header: str) -> bool:
    """Is this the header of section 4: one 行政复议, one 行政诉讼 in two parts, three times the outcomes in the form's order?"""
    form = _printed_form("review_litigation", header)
    names, rows = form.columns, len(form.grid.rows)
    printed = _canonical(normalise(_UNIT.sub("", header)), form.grid)
    if Counter(printed) != form.printed:
        return False
    whole = tuple(re.findall("|".join(names), printed))
    in_order = whole == names * rows if len(whole) == rows * len(names) else _torn_in_order(printed)
    procedures = [printed.find(begin) for begin in ("复", "讼", "接", "后")]
    return in_order and procedures == sorted(procedures)


def is_outcomes_line(header: str) -> bool:
    """Is this the header of section 4 where each procedure has a row: the outcomes once, in the form's order, perhaps after a word
    for the procedures' column?

    >>> is_outcomes_line("类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"), is_outcomes_line("结果维持 | 其他结果 | 总计")
    (True, False)
    """
    form = _printed_form("review_litigation", header)
    printed = _canonical(normalise(_UNIT.sub("", header)), form.grid)
    at = printed.find(form.columns[0])
    return 0 <= at <= len("案件类型") and prints_columns(printed[at:], form.grid)


def printed_once(header: str) -> str:
    """A header between bars or tabs without the cells of a line that the line above has too, as merged ones that reach down.

    >>> printed_once("自然人 | 法人或其他组织 | 总计\\n自然人 | 商业企业 | 其他 | 总计")
    '自然人 | 法人或其他组织 | 总计\\n商业企业 | 其他'
    """
    if "|" not in header and "\t" not in header:
        return header
    lines = [[line[start:end] for start, end in split_cells(line)] for line in header.split("\n")]
    kept = lines[:1]
    for above, line in pairwise(lines):
        repeated = Counter(above) & Counter(line)
        own = []
        for cell in line:
            if repeated[cell] and cell:
                repeated[cell] -= 1
            else:
                own.append(cell)
        kept.append(own)
    return "\n".join(" | ".join(line) for line in kept)


def _torn_in_order(printed: str) -> bool:
    """Outcome words torn apart line by line, after one character, two or three, their beginnings and ends in the form's order."""
    found = [(printed.count(begin), printed.count(end)) for begin, end in _TORN]
    return sum(begins for begins, _ in found) == 3 and all(begins == ends for begins, ends in found if begins)


# -- words broken over lines: 商业 科研 above 企业 机构 ------------------------------------------------------------------------

MAX_HEADER = 5000  # characters: no header has more
_ABREAST = 3  # so many words side by side show the order of the columns
_GAP = re.compile(" {3}")  # in lines whose words are set by their places


class Piece(NamedTuple):
    """What is left of a column's label, and from where to where the words stand that it was made up of."""

    rest: str
    begin: int
    end: int


def reads_by_lines(header: str, columns: Sequence[Collection[str]], beside: Collection[str] = ()) -> bool:
    """Do the words of each line, from left to right, make up the columns' labels one below the other, in the columns' order?
    So programs print the headers of a PDF's narrow columns.

    `columns`: the normalised spellings of each column's label. `beside`: what else may be printed, whole or a piece of it; pieces of one
    character are the columns'.

    >>> columns = [("本年新制作数量",), ("本年新公开数量",), ("对外公开总数量",)]
    >>> reads_by_lines("本年新 本年新 对外公开总数量\\n制作数量 公开数量", columns)
    True
    >>> reads_by_lines("本年新 对外公开总数量 本年新\\n制作数量 公开数量", columns), reads_by_lines("本年新制作数量\\n本年新公开数量\\n对外公开总数量", columns)
    (False, False)
    """
    if len(header) > MAX_HEADER:
        return False
    lines = [_words(line, beside) for line in header.split("\n")]
    if max(map(len, lines)) < min(_ABREAST, len(columns)):
        return False
    rests: set[tuple[Piece, ...]] = {tuple(Piece(label, -1, -1) for label in labels) for labels in product(*columns)}
    for words in lines:
        rests = {rest for labels in rests for rest in _without(labels, words)}
    set_out = any(_GAP.search(line.strip()) for line in header.split("\n"))
    return any(not any(piece.rest for piece in pieces) and (not set_out or _in_order(pieces)) for pieces in rests)


def _words(line: str, beside: Collection[str]) -> list[tuple[str, int, int]]:
    """The normalised words of a line, each with the places where it begins and ends."""
    places = places_of(line)
    words = [(normalise(m[0]), places[m.start()], places[m.end()]) for m in re.finditer(r"[^\s|]+", line)]
    return [word for word in words if word[0] and (len(word[0]) == 1 or not any(word[0] in text for text in beside))]


def _without(labels: tuple[Piece, ...], words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[Piece, ...]]:
    """The labels without these words at their beginnings, each of another label, from left to right."""
    for places in combinations(range(len(labels)), len(words)):
        if all(labels[at].rest.startswith(word) for at, (word, _, _) in zip(places, words, strict=True)):
            found = list(labels)
            for at, (word, begin, end) in zip(places, words, strict=True):
                before = found[at]
                reach = (begin, end) if before.begin < 0 else (min(before.begin, begin), max(before.end, end))
                found[at] = Piece(before.rest[len(word) :], *reach)
            yield tuple(found)


def _in_order(pieces: Sequence[Piece]) -> bool:
    """Do the labels stand from left to right where words are set by their places?"""
    return all(a.begin + a.end < b.begin + b.end for a, b in pairwise(pieces))
