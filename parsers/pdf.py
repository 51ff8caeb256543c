"""PDF files: ruled tables with merged cells, joined over page ends, and the lines of text between them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import PdfminerException

from parsers.canonical import GridCell, Writer
from parsers.decode import Undecodable
from parsers.model import Document

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 200
MAX_CHARS = 30_000  # of one page; a full page of a report has about a thousand
NEAR = 3.0  # points within which two edges are one
_PAGE_NUMBER = re.compile(r"^[\s\-—–－·第页共/\d]*$")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PageTable:
    """A ruled table of one page: its place, the x of its column edges, its rows."""

    top: float
    edges: tuple[float, ...]
    rows: list[list[GridCell]]


@dataclass(frozen=True)
class Line:
    """A line of text outside any table."""

    top: float
    text: str


def read_pdf(data: bytes) -> Document:
    """A document of a PDF file. Raises Undecodable when it is damaged, encrypted, oversized, or holds pictures only."""
    writer = Writer()
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise Undecodable(f"文件有 {len(pdf.pages)} 页，超过 {MAX_PAGES} 页 (the file has too many pages)")
            _write(writer, [_page(page) for page in pdf.pages])
    except (
        PdfminerException,
        PDFSyntaxError,
        PSException,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        OverflowError,
        RecursionError,
    ) as error:
        if isinstance(error, Undecodable):
            raise
        raise Undecodable("PDF 文件损坏或加密，打不开 (the PDF is damaged or encrypted; save it again from its source)") from error
    if not writer.text.strip():
        raise Undecodable(
            "页面上没有文字，只有图片 (the pages hold no text, only pictures: type the report in as a transcription, see README)"
        )
    return Document(MEDIA_TYPE, None, writer.text, tuple(writer.blocks))


def _page(page: Any) -> list[PageTable | Line]:
    """A page's tables and lines from top to bottom."""
    if len(page.chars) > MAX_CHARS:
        raise Undecodable("一页上的字符过多，不予读取 (a page holds more characters than a page can show)")
    found = [(table.bbox, [cell for cell in table.cells if cell]) for table in page.find_tables()]
    tables = [(bbox, cells) for bbox, cells in found if len(cells) > 3]
    outside = [c for c in page.chars if not any(_inside(c, bbox) for bbox, _ in tables)]
    blocks: list[PageTable | Line] = [_table(cells, page.chars) for _, cells in tables]
    blocks += [Line(top, text) for top, text in _lines(outside) if text.strip()]
    return sorted(blocks, key=lambda block: block.top)


def _inside(char: dict[str, Any], box: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _lines(chars: Iterable[dict[str, Any]]) -> list[tuple[float, str]]:
    """Characters as lines: those of one height together, a gap between them as a space."""
    lines: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if lines and abs(middle - (lines[-1][-1]["top"] + lines[-1][-1]["bottom"]) / 2) < char["size"] * 0.5:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [(line[0]["top"], _joined(line)) for line in lines]


def _joined(line: list[dict[str, Any]]) -> str:
    line = sorted(line, key=lambda c: c["x0"])
    text = str(line[0]["text"])
    for left, right in pairwise(line):
        text += (" " if right["x0"] - left["x1"] > 0.25 * right["size"] and not text.endswith(" ") else "") + right["text"]
    return text


def _clustered(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _table(cells: Sequence[Box], chars: Sequence[dict[str, Any]]) -> PageTable:
    """The drawn cells on the grid of their edges; where nothing is drawn, an empty cell keeps the columns in place."""
    xs = _clustered(x for cell in cells for x in (cell[0], cell[2]))
    ys = _clustered(y for cell in cells for y in (cell[1], cell[3]))
    texts: list[list[dict[str, Any]]] = [[] for _ in cells]
    boxed = sorted(range(len(cells)), key=lambda i: cells[i][1])
    for char in chars:
        for index in boxed:
            if _inside(char, cells[index]):
                texts[index].append(char)
                break
    placed: dict[tuple[int, int], GridCell] = {}
    covered: set[tuple[int, int]] = set()
    for cell, inside in zip(cells, texts, strict=True):
        row, column = _at(ys, cell[1]), _at(xs, cell[0])
        rowspan, colspan = max(1, _at(ys, cell[3]) - row), max(1, _at(xs, cell[2]) - column)
        text = "\n".join(text for _, text in _lines(inside))
        placed[row, column] = GridCell(text, rowspan, colspan)
        covered |= {(row + r, column + c) for r in range(rowspan) for c in range(colspan)}
    rows = [
        [placed.get((r, c), GridCell("")) for c in range(len(xs) - 1) if (r, c) in placed or (r, c) not in covered]
        for r in range(len(ys) - 1)
    ]
    return PageTable(ys[0], tuple(xs), rows)


def _write(writer: Writer, pages: Sequence[Sequence[PageTable | Line]]) -> None:
    """The pages one after another; a table that goes on after a page end, with the same column edges, is one table."""
    last: PageTable | None = None
    for page in pages:
        blocks = [b for b in page if isinstance(b, PageTable) or not _PAGE_NUMBER.match(b.text)]
        for index, block in enumerate(blocks):
            if isinstance(block, Line):
                if last:
                    writer.table(last.rows)
                    last = None
                writer.paragraph(block.text)
            elif last and index == 0 and _same_columns(last.edges, block.edges):
                last = PageTable(last.top, last.edges, last.rows + block.rows)
            else:
                if last:
                    writer.table(last.rows)
                last = block
    if last:
        writer.table(last.rows)


def _same_columns(left: Sequence[float], right: Sequence[float]) -> bool:
    return len(left) == len(right) and all(abs(a - b) < 2 * NEAR for a, b in zip(left, right, strict=True))
