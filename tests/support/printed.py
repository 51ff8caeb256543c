"""Samples as converters print them in plain text, drawn by our own code: ruled boxes, aligned columns, pipes, a cell a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from unicodedata import east_asian_width

from tests.support import layouts
from tests.support.figures import Grid, Sample

WIDTHS = {4: (22, 16, 16, 16), 10: (10, 10, 22, 8, 8, 8, 8, 8, 8, 8), 15: (6,) * 15}  # by columns of a table: their widths in places
MOST = 78  # characters of a line that html2text prints
Placed = tuple[str, int, int, int, int]  # text, row, column, columns, rows


def _text(sample: Sample, table: Callable[[Grid], Iterator[str]]) -> bytes:
    lines = [sample.title, ""]
    for part in layouts.parts(sample):
        lines += [part, ""] if isinstance(part, str) else [*table(part), ""]
    return "\n".join(lines).encode()


def boxed(sample: Sample) -> bytes:
    """Tables ruled with ─ and │, long cells over several lines, merged cells in one box."""
    return _text(sample, lambda grid: iter(_drawn(grid, "─│┼")))


def boxed_ascii(sample: Sample) -> bytes:
    """The same ruled with +, - and |."""
    return _text(sample, lambda grid: iter(_drawn(grid, "-|+")))


def aligned(sample: Sample) -> bytes:
    """Columns kept by spaces alone, long cells over several lines."""
    return _text(sample, lambda grid: iter(_drawn(grid, "   ")))


def pipe_grid(sample: Sample) -> bytes:
    """A line a row, bars around every cell of the grid, blanks for what merged cells cover; no |---|."""

    def rows(grid: Grid) -> Iterator[str]:
        cells = list(_placed(grid))
        ends = [max((c + w for _, r, c, w, h in cells if r <= row < r + h), default=0) for row in range(len(grid))]
        texts = [[""] * end for end in ends]  # a short row stays short
        for text, row, column, _, _ in cells:
            texts[row][column] = text.replace("\n", " ")
        return (f"| {' | '.join(row)} | " for row in texts)

    return _text(sample, rows)


def open_rows(sample: Sample) -> bytes:
    """As html2text: bars between the cells of a row only, two spaces at its end, what is over 78 characters on the next line."""

    def rows(grid: Grid) -> Iterator[str]:
        for number, row in enumerate(grid):
            line = "| ".join(text for text, _, _ in row)
            while len(line) > MOST and (at := line.rfind("| ", 0, MOST)) > 0:
                yield line[: at + 1]
                line = line[at + 2 :]
            yield line.replace("\n", "  \n") + "  "
            if number == 0:
                yield "|".join(["---"] * len(row)) + "  "

    return _text(sample, rows)


def dashed(sample: Sample) -> bytes:
    """As pandoc: a run of dashes over each column and below it, a line a row."""
    return _text(sample, lambda grid: _between_dashes(grid, ""))


def dashed_apart(sample: Sample) -> bytes:
    """The same with a blank line between rows, so that a cell may go on below."""
    return _text(sample, lambda grid: _between_dashes(grid, "\n"))


def _between_dashes(grid: Grid, apart: str) -> Iterator[str]:
    width, height = _size(grid)
    rows = [[[""] for _ in range(width)] for _ in range(height)]
    for text, row, column, _, _ in _placed(grid):
        rows[row][column] = text.split("\n") if apart else [text.replace("\n", "")]
    widths = [max(_wide(piece) for row in rows for piece in row[column]) for column in range(width)]
    dashes = "  " + " ".join("-" * max(wide + 2, 4) for wide in widths)
    yield dashes
    for number, row in enumerate(rows):
        for line in range(max(map(len, row))):
            cells = [cell[line] if line < len(cell) else "" for cell in row]
            filled = [cell + " " * (max(wide + 2, 4) - _wide(cell)) for cell, wide in zip(cells, widths, strict=True)]
            yield "  " + " ".join(filled).rstrip()
        if apart and number + 1 < height:
            yield ""
    yield dashes


def padded(sample: Sample) -> bytes:
    """As inscriptis: the cells of a row as if none were merged, each where its column begins, the lines filled up to one width."""

    def rows(grid: Grid) -> Iterator[str]:
        texts = [[text.replace("\n", "") for text, _, _ in row] for row in grid]
        width = max(map(len, texts))
        full = [row + [""] * (width - len(row)) for row in texts]
        widths = [max(len(row[column]) for row in full) + 2 for column in range(width)]
        for row in full:
            yield "".join(text.ljust(wide) for text, wide in zip(row, widths, strict=True))

    return _text(sample, rows)


def lines(sample: Sample) -> bytes:
    """A line a cell, a blank line for a blank cell and for each row that a merged label reaches down to."""

    def cells(grid: Grid) -> Iterator[str]:
        for row in layouts.drawn(grid):
            for text in row:
                yield from (text or "").split("\n")

    parts = [sample.title]
    for part in layouts.parts(sample):
        parts += [part] if isinstance(part, str) else list(cells(part))
    return "\n".join(parts).encode()


def _size(grid: Grid) -> tuple[int, int]:
    cells = list(_placed(grid))
    return max(c + w for _, _, c, w, _ in cells), max(r + h for _, r, _, _, h in cells)


def _placed(grid: Grid) -> Iterator[Placed]:
    taken: dict[int, int] = {}
    for number, row in enumerate(grid):
        column = 0
        for text, width, height in row:
            while taken.get(column, 0) > number:
                column += 1
            yield text, number, column, width, height
            taken |= dict.fromkeys(range(column, column + width), number + height)
            column += width


def _wrapped(text: str, width: int) -> list[str]:
    done: list[str] = []
    for piece in text.split("\n"):
        line = ""
        for char in piece:
            if _wide(line + char) > width:
                done.append(line)
                line = ""
            line += char
        done.append(line)
    return done


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _drawn(grid: Grid, signs: str) -> list[str]:
    level, upright, crossing = signs
    width, height = _size(grid)
    widths = WIDTHS.get(width, (12,) * width)
    cells = list(_placed(grid))
    texts = {(r, c): _wrapped(text, sum(widths[c : c + w]) + w - 1) for text, r, c, w, _ in cells}
    heights = [max((len(texts[r, c]) for _, r, c, _, h in cells if r == row and h == 1), default=1) for row in range(height)]
    for _, r, c, _, h in cells:  # a merged cell longer than its rows makes the last one higher
        heights[r + h - 1] += max(0, len(texts[r, c]) - sum(heights[r : r + h]) - h + 1)
    tops = [sum(heights[:row]) + row for row in range(height + 1)]
    edges = [sum(widths[:column]) + column for column in range(width + 1)]
    screen = [[" "] * (edges[-1] + 1) for _ in range(tops[-1] + 1)]
    for _, r, c, w, h in cells:
        for line in range(tops[r], tops[r + h] + 1):
            for edge in (edges[c], edges[c + w]):
                screen[line][edge] = crossing if line in (tops[r], tops[r + h]) or screen[line][edge] in (crossing, level) else upright
        for line in (tops[r], tops[r + h]):
            for place in range(edges[c] + 1, edges[c + w]):
                if screen[line][place] != crossing:
                    screen[line][place] = level if screen[line][place] != upright else crossing
    for _, r, c, _, _ in cells:
        for down, text in enumerate(texts[r, c]):
            place = edges[c] + 1
            for char in text:
                screen[tops[r] + 1 + down][place] = char
                if _wide(char) == 2:
                    screen[tops[r] + 1 + down][place + 1] = ""
                place += _wide(char)
    if level == "─":
        ends = {(0, 0): "┌", (0, edges[-1]): "┐", (tops[-1], 0): "└", (tops[-1], edges[-1]): "┘"}
        for (line, place), corner in ends.items():
            screen[line][place] = corner
    rows = ["".join(line).rstrip() for line in screen]
    return [row for row in rows if row.strip()] if level == " " else rows
