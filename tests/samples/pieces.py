"""The tables of a sample in other pieces than the form prints them: each function takes the parts of a report and gives them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from figures import Cell, Grid

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


def headings_too(parts: Parts) -> Iterator[str | Grid]:
    """Each row a table of its own, and each line of the text too."""
    for part in rows_apart(parts):
        yield [[(part, 1, 1)]] if isinstance(part, str) else part
