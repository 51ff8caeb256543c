"""What the parsers hand to each other: a document, its blocks, the report read from it.

Every range is (start, end) in characters of `Document.text`, counted from 0, end excluded; an empty range marks a place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

Status = Literal["stated", "blank", "inferred", "unreadable"]
FROM_PICTURES = "read_from_picture"  # the code of the note on a document of which pages are pictures


@dataclass(frozen=True)
class Paragraph:
    """A run of prose on its own: a paragraph, a heading, a line of plain text."""

    start: int
    end: int


class Cell(NamedTuple):
    """One printed cell: its trimmed text's range and where it stands in the grid of its table (0-based)."""

    start: int
    end: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Table:
    """A grid as the document draws it, its cells row by row from left to right. A merged cell is one `Cell` with its spans.

    `layout`: drawn, or columns where its words are set under one another and no line is drawn.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    layout: str = "drawn"

    @property
    def rows(self) -> int:
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        return max((cell.column + cell.colspan for cell in self.cells), default=0)


Block = Paragraph | Table


@dataclass(frozen=True)
class Note:
    """What a reader met and could not place, or doubts. section, item, measure name the cell when it is about one."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None
    section: str | None = None
    item: str | None = None
    measure: str | None = None


class Place(NamedTuple):
    """Where a range of the text is printed: the page, from 1, and the box on it, in shares of its width and height from its upper left
    corner."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


class Sheet(NamedTuple):
    """A page as it was read: its width and height in points, the quarter turns to the right and then the degrees to the left by which it
    was turned for that, and whether it is a picture whose words were recognised."""

    width: float
    height: float
    turned: int
    lean: float
    recognised: bool


@dataclass(frozen=True)
class Document:
    """The canonical text of one document with its blocks in reading order.

    `stated` holds what the document says about itself outside its text: title, url, published_on, site, agency, year,
    edition, fidelity (front matter, meta tags), each as printed. `by_lines`: where tables are told by the places of words alone, the
    same text as its lines stand; it may tell more. `notes`: what its reader left out as not printed, repaired or could not read. Of a
    document of pages, `sheets` are these and `places` where on them the cells of its ruled tables are printed.
    """

    media_type: str
    encoding: str | None
    text: str
    blocks: tuple[Block, ...]
    stated: dict[str, str] = field(default_factory=dict)
    by_lines: Document | None = None
    notes: tuple[Note, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    places: tuple[Place, ...] = ()


class FormCell(NamedTuple):
    """One cell of the statutory form as read: `value` in the form's unit, money in yuan; None unless stated or inferred.

    `placed_by` is the proof that it belongs to its column (`parsers/tables/place.py`): geometry, count, blanks, sums, order; None for a
    cell that none has placed. `layout` is how the cells of its row are parted: drawn, columns, bars, tabs, lines, spaces, glued.
    """

    section: str
    item: str
    measure: str
    value: float | None
    status: Status
    start: int
    end: int
    edition: str
    unit: str | None = None
    placed_by: str | None = None
    layout: str | None = None


# From a tuple of their fields: most of a report is cells, and the constructors of named tuples take twice as long.
make_cell = partial(tuple.__new__, Cell)
make_form_cell = partial(tuple.__new__, FormCell)


@dataclass(frozen=True)
class Statistic:
    """One cell of a 2014 indicator table: `measure` is year or cumulative, `item` the printed name, `code` a known one."""

    item: str
    label: str
    unit: str | None
    measure: str
    value: float | None
    status: Status
    start: int
    end: int
    code: str | None = None


@dataclass(frozen=True)
class Heading:
    """A printed heading. `section` is the one its words name, `expected` the one whose tables stand under it if another."""

    section: str | None
    number: int | None
    start: int
    end: int
    expected: str | None = None


@dataclass(frozen=True)
class Section:
    """A section of the report: its code, its heading if one is printed, and the range of its content."""

    code: str
    heading: Heading | None
    start: int
    end: int


@dataclass(frozen=True)
class Claim:
    """What a sentence of the narrative states about the report's own body and year: a number, or that there was none or all.

    `value` in `unit` as printed, money in yuan; None where only a share is stated. `start`, `end` is the sentence,
    `value_start`, `value_end` the figure or, for an absolute statement (none received, all handled), its words. `part_of` and
    `percent_of` are the places, in the report's tuple of claims, of the whole and of what `percent` is a share of; `change`
    is against the year before, in `change_unit` (% or the unit). `doubt` says why the reading is unsure: subject, wording,
    scope (perhaps only some of them), incomplete (parts that are not all), open (parts that are not said to be all). `section`
    is the section of the narrative that the sentence stands in. The claim is certain where `not_understood` is None; else these are
    the words, of its clause or of one that it goes on with, that were not understood.
    """

    kind: str
    value: float | None
    unit: str | None
    approximate: bool
    start: int
    end: int
    value_start: int
    value_end: int
    absolute: bool = False
    part_of: int | None = None
    percent: float | None = None
    percent_of: int | None = None
    change: float | None = None
    change_unit: str | None = None
    doubt: str | None = None
    section: str | None = None
    not_understood: str | None = None


@dataclass(frozen=True)
class StatedYear:
    """A year that the text states. `role` says how:

    period (the figures cover `begins` to `ends`), heading, opening (of a section), self (现公布…年度报告), statement (a figure
    of `kind` is said to be that year's, and it is not the report's own; its `value`, 0 for none), mention (a section names it; None: 本年, 今年).
    """

    role: str
    year: int | None
    start: int
    end: int
    section: str | None = None
    kind: str | None = None
    value: float | None = None
    begins: str | None = None
    ends: str | None = None


@dataclass(frozen=True)
class Identity:
    """Who reports on which year, as far as the document decides it; dates in ISO 8601."""

    agency: str | None
    year: int | None
    title: str | None
    published_on: str | None
    signed_on: str | None
    document_number: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Report:
    """Everything read from one document. `refused` gives the reason when it is no readable report."""

    document: Document
    identity: Identity
    sections: tuple[Section, ...] = ()
    headings: tuple[Heading, ...] = ()
    cells: tuple[FormCell, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    claims: tuple[Claim, ...] = ()
    years: tuple[StatedYear, ...] = ()
    notes: tuple[Note, ...] = ()
    refused: str | None = None

    @property
    def status(self) -> Literal["read", "partial", "refused"]:
        if self.refused:
            return "refused"
        whole = {"proactive_disclosure", "applications", "review_litigation"} <= {c.section for c in self.cells} or self.statistics
        placed = {c.status for c in self.cells} | {s.status for s in self.statistics} <= {"stated", "blank"}
        left_over = any(note.code in ("row_without_label", "row_torn", "header_unknown") for note in self.notes)
        return "read" if whole and placed and not left_over else "partial"
