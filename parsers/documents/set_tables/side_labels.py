"""The side labels of a table set in columns: those left of its figures, each over one or more lines, and which figures are whose.

                        1.属于国家秘密               0    0    0
    三、    （三）不    2.其他法律行政法
    本年度  予公开      规禁止公开                   1    0    1
    办理                3.危及“三安全一稳定”         0   14    1
    结果                                                  2

As pdftotext -layout, pdfplumber and pypdf print labels of several lines beside figures of one, or of two (142).

A label's lines stand under one another; a number (1., （一）, 一、) begins a new one. A label with another to its right on some line
heads a group of rows. A row's figures stand on one line that its label reaches over, or between it and the next: a second line of
figures may be the rest of figures broken in two. Where it is not that of the row above alone, nobody can tell whose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parsers.printed.broken_figures import is_rest, longest
from parsers.printed.lines import BEGINS, Line, Word, joined, overlap, runs

MOST_LINES = 4  # that a figure is broken over
MANY = 3  # figures on a line: so many are not all broken by hand


@dataclass
class SideLabel:
    """A label: its text so far, the lines it stands on, how far it reaches, whether it heads a group of rows, whether it is unsure
    where it ends, how wide its last line is, the lines of its figures."""

    text: str
    lines: list[int]
    begin: float
    end: float
    heads: bool = False
    unsure: bool = False
    width: float = 0.0
    figures: list[int] = field(default_factory=list)

    def add(self, line: int, run: Word) -> None:
        """Another line of it, below those before."""
        self.text = joined((self.text, run.text))
        self.lines.append(line)
        self.begin, self.end, self.width = min(self.begin, run.begin), max(self.end, run.end), run.end - run.begin

    def goes_on(self, run: Word) -> bool:
        """Is this its next line? One that is as wide as the one before may be a label without a number, of a blank row."""
        numbered = BEGINS.match(self.text) or self.heads or len(run.text) == 1
        return bool(numbered) or run.end - run.begin < self.width

    def reaches(self, line: int) -> bool:
        """Does a line stand between its first line and its last?"""
        return self.lines[0] <= line <= self.lines[-1]


@dataclass
class LabelledFigures:
    """A row of a table: its groups that begin at it, its label, the lines of its figures; is it doubted that these are all its own?"""

    groups: list[SideLabel]
    label: SideLabel | None
    figures: list[int]
    doubted: bool

    @property
    def sure(self) -> bool:
        """Are its figures known, each on one line?"""
        return len(self.figures) < 2 and not self.doubted

    @property
    def is_broken(self) -> bool:
        """Have some of its figures their rest on lines below?"""
        return len(self.figures) > 1 and not self.doubted

    @property
    def is_blank(self) -> bool:
        """Has it a numbered label and no figures?"""
        return self.sure and self.label is not None and not self.figures and bool(BEGINS.match(self.label.text))

    @property
    def line(self) -> int:
        """The line it begins on."""
        return min(self.figures + (self.label.lines if self.label else []))


def labels(lines: Mapping[int, Line]) -> list[SideLabel]:
    """The labels on numbered lines, in printed order."""
    found: list[SideLabel] = []
    figures = {number: line.figures for number, line in lines.items() if line.figures}
    table = longest(figures.values())
    for number, line in sorted(lines.items()):
        on_line: list[SideLabel] = []
        printed = runs(line.label)
        for at, run in enumerate(printed):
            above = [label for label in found if label not in on_line and overlap(label, run)]
            label = max(above, key=lambda label: label.lines[-1], default=None)
            own = [line for line in figures if label and not label.heads and label.reaches(line)]
            is_next = label is not None and not BEGINS.match(run.text) and label.goes_on(run)
            unsure = label is not None and not BEGINS.match(run.text) and not is_next
            if own and (number in figures or at + 1 < len(printed)):  # a row has one line of figures, and heads no others
                last = is_next and at + 1 == len(printed)
                is_next = last and number in figures and is_rest(figures[own[0]], figures[number], table)
                unsure = last and not is_next and not _parted(figures, own[-1], number)
            if label and is_next:
                label.add(number, run)
            else:
                if label and unsure:
                    label.unsure = True
                found.append(label := SideLabel(run.text, [number], run.begin, run.end, unsure=unsure, width=run.end - run.begin))
            on_line.append(label)
        for label in on_line[:-1]:
            label.heads = True
    for label in found:
        inner = [other for other in found if other.begin >= label.end]
        label.heads = label.heads or any(label.reaches(line) for other in inner for line in other.lines)
    return found


Figures = Mapping[int, Sequence[Word]]  # by line


def _parted(figures: Figures, upper: int, lower: int) -> bool:
    """Are two lines of figures surely of two rows? A figure is broken only at the width of its column; if all figures of a line go
    on in the next, none of them is shorter than others in its column."""
    most = max(map(len, figures.values()))
    if most < MANY or not len(figures[upper]) == len(figures[lower]) == most:
        return False
    columns = zip(*(words for words in figures.values() if len(words) == most), strict=True)
    longest = [max(len(word.text) for word in column) for column in columns]
    return any(len(word.text) < width for word, width in zip(figures[upper], longest, strict=True))


def rows(lines: Mapping[int, Line]) -> list[LabelledFigures]:
    """The rows on numbered lines: labels with the lines of their figures, from top to bottom.

    A line of figures that could be two rows' is a row without a label. Beside it no row is sure; nor is one between it and a label
    without figures, as each may have those of the next.
    """
    found = labels(lines)
    figures = {number: line.figures for number, line in lines.items() if line.figures}
    own = [label for label in found if not label.heads]
    loose: list[int] = []
    for line in figures:
        reaching = [label for label in own if label.reaches(line)]
        if len(reaching) == 1:
            reaching[0].figures.append(line)
        else:
            loose.append(line)
    loose = [line for line in loose if not _beside(found, figures, line, loose)]
    result = [LabelledFigures([], label, label.figures, label.unsure) for label in own]
    if not found and loose:
        result = [LabelledFigures([], None, loose[:1], doubted=False)]
    table = longest(figures.values())
    for line in loose:
        if not any(line in row.figures for row in result):
            _take_below(result, figures, line, table)
    rest = [line for line in loose if any(line in row.figures for row in result)]
    loose = [line for line in loose if line not in rest]
    for line in rest:
        for row in _between(result, line):
            row.doubted = True
    for line in loose:
        before = max((n for row in result for n in row.figures if n < line), default=None)
        after = min((n for row in result for n in row.figures if n > line), default=None)
        for row in result:
            if before in row.figures or after in row.figures:
                row.doubted = True
        for row in _between(result, line):
            row.doubted = True
    result += [LabelledFigures([], None, [line], doubted=True) for line in loose]
    result.sort(key=lambda row: row.line)
    for group in (label for label in found if label.heads):
        under = next((row for row in result if row.label and row.label.lines[-1] >= group.lines[0]), None)
        if under:
            under.groups.append(group)
    return result


def _take_below(rows: Sequence[LabelledFigures], figures: Figures, line: int, table: Collection[Word]) -> None:
    """Give a line of figures without a label to the row whose figures stand above it, if they are the rest of those alone."""
    before = max((n for n in figures if n < line), default=None)
    above = next((row for row in rows if before in row.figures), None)
    if above and len(above.figures) < MOST_LINES and is_rest(figures[above.figures[0]], figures[line], table):
        above.figures.append(line)


def _between(rows: Sequence[LabelledFigures], line: int) -> Iterator[LabelledFigures]:
    """The rows between a line of figures and the nearest labels without any above and below it."""
    empty = [row.line for row in rows if not row.figures]
    above = max((at for at in empty if at < line), default=line)
    below = min((at for at in empty if at > line), default=line)
    return (row for row in rows if above < row.line < below)


def _beside(found: Sequence[SideLabel], figures: Figures, line: int, loose: Sequence[int]) -> bool:
    """Give the figures of a line without a label to the only numbered one without any that is printed next to it, if that is sure."""
    above = max((label for label in found if label.lines[-1] < line), key=lambda label: label.lines[-1], default=None)
    below = min((label for label in found if label.lines[0] > line), key=lambda label: label.lines[0], default=None)
    without = [label for label in (above, below) if label and not label.heads and not label.figures and BEGINS.match(label.text)]
    on_label = any(line in label.lines for label in found)
    near = [n for n in figures if n < line][-1:], [n for n in figures if n > line][:1]
    if on_label or len(without) != 1 or any(n in loose for n in (*near[0], *near[1])):
        return False
    if not all(_parted(figures, n, line) for n in near[0]) or not all(_parted(figures, line, n) for n in near[1]):
        return False
    without[0].figures.append(line)
    return True
