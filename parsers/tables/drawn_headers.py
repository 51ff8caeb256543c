"""The header above the rows of a drawn table: whose section it opens, which columns its words mean, whether these stand in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.form.editions import column_labels
from parsers.form.headers import applicants, is_applicants_header, is_outcomes_header, outcomes
from parsers.model import Cell
from parsers.printed.normalise import normalise_label
from parsers.tables.header_geometry import Placed, place_measures, unrepeated


@dataclass
class DrawnHeader:
    """The header that has begun last in the tables of a document.

    `section`: whose header it is, "" before the first. `by_count`: what `in_order` says where no cell is printed: in a table that
    goes on below the header of the one before. `goes_on`: no row has come below it yet. `cells`: what it has printed so far, in
    sections 3 and 4 (section 2: parsers/tables/disclosure_header.py).
    """

    text: str
    section: str = ""
    by_count: bool = True
    goes_on: bool = True
    cells: list[Cell] = field(default_factory=list)
    _settled: tuple[Placed[str], tuple[str, ...]] | None = None

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
