"""The tables of a sample in other pieces than the form prints them: each function takes the parts of a report and gives them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

from tests.support.figures import Cell, Grid

Parts = Sequence[str | Grid]
Pieces = Callable[[Parts], Iterator[str | Grid]]
WIDTHS = {4: "proactive_disclosure", 10: "applications", 15: "review_litigation"}  # the form's tables by their columns


def section(part: str | Grid) -> str | None:
    """The section whose table this is, None for a paragraph."""
    return None if isinstance(part, str) else WIDTHS.get(sum(columns for _, columns, _ in part[0]))


def rows_apart(parts: Parts, blanks: bool = True, spans: bool = True) -> Iterator[str | Grid]:
    """Each row a table of its own; `blanks` where a merged cell reached down, `spans` if cells are as wide as they were."""
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        hanging: dict[int, tuple[int, int]] = {}  # by column: the merged cell's width, rows it still covers
        for row in part:
            cells, alone, column = list(row), list[Cell](), 0
            while cells or hanging.get(column):
                if column in hanging:
                    width, left = hanging.pop(column)
                    alone += [("", width, 1)] if blanks else []
                else:
                    text, width, left = cells.pop(0)
                    alone.append((text, width, 1))
                if left > 1:
                    hanging[column] = (width, left - 1)
                column += width
            yield [[(text, width if spans else 1, 1) for text, width, _ in alone]]


def without_blanks(parts: Parts) -> Iterator[str | Grid]:
    """Each row a table of its own, with no cell where a merged one reached down."""
    return rows_apart(parts, blanks=False)


def without_widths(parts: Parts) -> Iterator[str | Grid]:
    """The same, each cell as wide as any other."""
    return rows_apart(parts, blanks=False, spans=False)


def below_headers(parts: Parts) -> Iterator[str | Grid]:
    """The headers of sections 3 and 4 in tables of their own, each row below them a table too."""
    for part in parts:
        if section(part) in ("applications", "review_litigation"):
            yield part[:3]  # type: ignore[misc]
            yield from list(rows_apart([part]))[3:]
        else:
            yield from rows_apart([part])


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
PROCEDURES = ["行政复议", "未经复议直接起诉", "复议后起诉"]


def _section_4(parts: Parts, blocks: Callable[[list[Grid]], Iterator[str | Grid]]) -> Iterator[str | Grid]:
    """The parts with section 4 in blocks of its own, each made of the outcomes' words and one procedure's figures."""
    for part in parts:
        if isinstance(part, str) or section(part) != "review_litigation":
            yield part
            continue
        figures = [part[-1][at : at + len(OUTCOMES)] for at in range(0, len(part[-1]), len(OUTCOMES))]
        yield from blocks([[[(word, 1, 1) for word in OUTCOMES], row] for row in figures])


def titled_tables(parts: Parts) -> Iterator[str | Grid]:
    """Section 4 in three tables, the procedure over all columns of each."""
    return _section_4(parts, lambda blocks: ([[(p, 5, 1)], *block] for p, block in zip(PROCEDURES, blocks, strict=True)))


def titled_above(parts: Parts) -> Iterator[str | Grid]:
    """Section 4 in three tables, the procedure on a line above each."""
    titles = ["（一）行政复议", "（二）行政诉讼（未经复议直接起诉）", "（三）行政诉讼（复议后起诉）"]
    return _section_4(parts, lambda blocks: (piece for pair in zip(titles, blocks, strict=True) for piece in pair))


def stacked(parts: Parts) -> Iterator[str | Grid]:
    """Section 4 in one table, the procedures one below the other, 行政诉讼 over the last two."""

    def blocks(found: list[Grid]) -> Iterator[str | Grid]:
        first, *rest = ([[(p, 5, 1)], *block] for p, block in zip(PROCEDURES, found, strict=True))
        yield [*first, [("行政诉讼", 5, 1)], *(row for block in rest for row in block)]

    return _section_4(parts, blocks)


def _halves(found: list[Grid]) -> tuple[Grid, Grid]:
    reconsideration, direct, after = found
    litigation = [[(p, 5, 1) for p in PROCEDURES[1:]], *(a + b for a, b in zip(direct, after, strict=True))]
    return [[("行政复议", 5, 1)], *reconsideration], [[("行政诉讼", 10, 1)], *litigation]


def halves(parts: Parts) -> Iterator[str | Grid]:
    """Section 4 in two tables: 行政复议, and 行政诉讼 with its two procedures side by side."""
    return _section_4(parts, lambda found: iter(_halves(found)))


def halves_stacked(parts: Parts) -> Iterator[str | Grid]:
    """The same in one table, the upper half in cells twice as wide."""

    def blocks(found: list[Grid]) -> Iterator[str | Grid]:
        upper, lower = _halves(found)
        yield [*([(text, 2 * width, rows) for text, width, rows in row] for row in upper), *lower]

    return _section_4(parts, blocks)


def tables_with_labels(parts: Parts) -> Iterator[str | Grid]:
    """Section 4 in three tables, the procedure left of each one's figures."""

    def blocks(found: list[Grid]) -> Iterator[str | Grid]:
        for procedure, (outcomes, figures) in zip(PROCEDURES, found, strict=True):
            yield [[("", 1, 1), *outcomes], [(procedure, 1, 1), *figures]]

    return _section_4(parts, blocks)


def _wider(row: list[Cell]) -> list[Cell]:
    """A row of one cell over one more column."""
    return [(row[0][0], row[0][1] + 1, row[0][2])]


def remarked(word: str, remarks: Sequence[str]) -> Pieces:
    """Sections 2 and 3 with a column right of the form's, headed by a word, its cells in turn."""

    def pieces(parts: Parts) -> Iterator[str | Grid]:
        for part in parts:
            kind = section(part)
            if isinstance(part, str) or kind not in ("proactive_disclosure", "applications"):
                yield part
                continue
            turn = cycle(remarks)
            rows = [[*row, (next(turn), 1, 1)] if len(row) > 1 and row[0][0] != "信息内容" else list(row) for row in part]
            if kind == "applications":
                yield [[*part[0], (word, 1, 3)], *map(list, part[1:3]), *rows[3:]]
            else:
                yield [_wider(row) if len(row) == 1 else [*row, (word, 1, 1)] if row[0][0] == "信息内容" else row for row in rows]

    return pieces


def numbered(parts: Parts) -> Iterator[str | Grid]:
    """Sections 2 and 3 with a column of numbers left of the labels."""
    for part in parts:
        kind = section(part)
        if isinstance(part, str) or kind not in ("proactive_disclosure", "applications"):
            yield part
            continue
        count, grid, header = 0, list[list[Cell]](), 3 if kind == "applications" else 0
        for at, row in enumerate(part):
            if at < header:
                grid.append([("序号", 1, 3), *row] if at == 0 else list(row))
            elif len(row) == 1:
                grid.append(_wider(row))
            elif row[0][0] == "信息内容":
                grid.append([("序号", 1, 1), *row])
            else:
                count += 1
                grid.append([(str(count), 1, 1), *row])
        yield grid


def header_anew(parts: Parts) -> Iterator[str | Grid]:
    """Section 4 in one table, the outcomes' words above each procedure's row, each further to the right."""

    def blocks(found: list[Grid]) -> Iterator[str | Grid]:
        pairs = enumerate(zip(PROCEDURES, found, strict=True), 1)
        yield [row for wide, (name, (outcomes, figures)) in pairs for row in ([("", wide, 1), *outcomes], [(name, wide, 1), *figures])]

    return _section_4(parts, blocks)
