"""The header above the rows of a drawn table: whose section it opens, which columns its words mean, whether these stand in order.

Sections 3 and 4 have one header a table. In section 2 each article has its own, its cells whole or broken over rows of their own:

    信息内容 | 本年新   | 本年新   | 对外公开
             | 制作数量 | 公开数量 | 总数量
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from parsers.form.disclosure_headers import Columns, by_elimination, match_section2
from parsers.form.editions import column_labels
from parsers.form.headers import applicants, is_applicants_header, is_outcomes_header, outcomes
from parsers.model import Cell
from parsers.printed.normalise import normalise_label
from parsers.tables.header_geometry import Placed, merged, place_measures, unrepeated


@dataclass
class DrawnHeader:
    """The header that has begun last in the tables of a document.

    `section`: whose header it is, "" before the first. `by_count`: what `in_order` says where no cell is printed: in a table that
    goes on below the header of the one before. `goes_on`: no row has come below it yet. `cells`: what it has printed so far, in
    sections 3 and 4 (section 2: `DisclosureHeader`).
    """

    text: str
    section: str = ""
    by_count: bool = True
    goes_on: bool = True
    cells: list[Cell] = field(default_factory=list)
    _settled: tuple[Placed[str], tuple[str, ...]] | None = None
    _order: tuple[int, bool] | None = None  # what `in_order` said, of how many cells: each row below asks anew

    def carried_over(self) -> DrawnHeader:
        """The header above the rows of the next table, before that prints any of its own."""
        return DrawnHeader(self.text, self.section, self.in_order(), self.goes_on)

    def measures(self) -> tuple[str, ...]:
        """The form's columns in the section, of the edition whose header is printed."""
        columns = applicants if self.section == "applications" else outcomes
        return columns("".join(self._printed(self.cells)))

    def columns(self) -> tuple[Placed[str], tuple[str, ...]]:
        """Where the columns stand and the form's columns, as they are when the first row comes."""
        if self._settled is None:
            self._settled = place_measures(self.text, self.cells, self.section), self.measures()
        return self._settled

    @property
    def foreign(self) -> frozenset[int]:
        """The grid columns under words that are no column of the form, as far as a row has come."""
        return self._settled[0].foreign if self._settled else frozenset()

    def in_order(self) -> bool:
        """Has the header, as its cells are printed one after the other, the form's columns in the form's order?

        Then a row of exactly as many cells is read by their order where the drawing does not say what stands under what.
        """
        if self._order is None or self._order[0] != len(self.cells):
            self._order = len(self.cells), self._is_in_order()
        return self._order[1]

    def _is_in_order(self) -> bool:
        printed = self._printed(unrepeated(self.text, self.cells))
        if not any(printed):
            return self.by_count
        if self.section == "applications":
            return is_applicants_header("".join(printed))
        names = [normalise_label(text) for text in printed if text]
        words = column_labels("review_litigation")
        first = next((i for i, name in enumerate(names) if name in words), len(names))
        return is_outcomes_header("".join(printed)) or [words.get(name) for name in names[first:]] == list(self.measures())

    def _printed(self, cells: list[Cell]) -> list[str]:
        return [self.text[cell.start : cell.end] for cell in cells]


@dataclass
class DisclosureHeader:
    """What is known of the columns above the rows of an article.

    `edition`: that of the rows above which only one edition has. `columns`: None as long as the header fits none. `unknown`: words
    are printed that fit none. `in_order`: all its words are the form's, so a row may be read by the order of its cells. `placed`:
    where the columns stand, if each is one cell. `pieces`: what the header has printed so far.
    """

    text: str
    edition: str | None = None
    columns: Columns | None = None
    unknown: bool = False
    in_order: bool = True
    placed: Placed[str] = field(default_factory=Placed)
    pieces: list[Cell] = field(default_factory=list)

    def read(self, cells: Sequence[Cell]) -> None:
        """Read the columns from the cells of a row of the header, 信息内容 left out."""
        filled = self._filled(cells)
        self.columns = self._match(filled)
        if not self._is_whole():  # a cell that is printed twice may be a merged one taken apart
            together = merged(self.text, filled)
            columns = self._match(together)
            if self.columns is None or (columns and not columns.damaged):
                filled, self.columns = together, columns
        self.pieces += filled
        foreign: list[Cell] = []
        if self.columns is None:  # a word of another column (备注) among the form's: then only places tell what is under what
            words = column_labels("proactive_disclosure")
            foreign = [cell for cell in filled if normalise_label(self.text[cell.start : cell.end]) not in words]
            filled = [cell for cell in filled if cell not in foreign]
            self.columns = self._match(filled) if filled else None
            self.in_order = False
        self.unknown = self.columns is None and bool(filled or foreign)
        if self.columns and len(filled) == len(self.columns.measures):
            placed = tuple((c.column, c.column + c.colspan, m) for c, m in zip(filled, self.columns.measures, strict=True))
            self.placed = Placed(placed, cells[-1].column + cells[-1].colspan, frozenset(cell.column for cell in foreign))

    def read_on(self, row: Sequence[Cell], names: Collection[str], *, goes_on: bool) -> None:
        """Take a row without a label, its words normalised in `names`, if it may be a part of the header.

        `goes_on`: no row of the form has come below the header yet.
        """
        begun = goes_on and not self._is_whole()
        words = column_labels("proactive_disclosure")
        if self.columns is None and any(name in words for name in names):
            self.read(row)
        elif begun:
            self.pieces += self._filled(row)
        if begun and not self._is_whole():
            self._put_together()

    def above(self, item: str) -> Columns | None:
        """The columns that this row of the form has under the header; None where it has none there."""
        if self.columns is None and not self.unknown and self.edition:
            self.columns = by_elimination(item, self.edition)
        editions = self.columns.with_row(item) if self.columns else ()
        if len(editions) == 1:
            self.edition = editions[0]
        return self.columns if editions else None

    def _is_whole(self) -> bool:
        return self.columns is not None and not self.columns.damaged

    def _put_together(self) -> None:
        """A header whose cells are broken over lines that are rows of their own: 信息内容 | 本年新 above 制作数量 | 本年新."""
        columns = self._match(self.pieces)
        if columns and not columns.damaged:
            self.columns, self.unknown, self.placed, self.in_order = columns, False, Placed(), True

    def _match(self, cells: Sequence[Cell]) -> Columns | None:
        return match_section2("".join(self.text[cell.start : cell.end] for cell in cells))

    def _filled(self, cells: Sequence[Cell]) -> list[Cell]:
        return [cell for cell in cells if cell.start < cell.end]
