"""A row of running text before its cells are placed: its label, what is printed after it, and the columns above it."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.form.disclosure_headers import Columns
from parsers.form.labels import Label
from parsers.printed.cells import Gap


@dataclass(frozen=True)
class PrintedRow:
    """A row's label with the cells after it, before its columns are known. `chain` counts the labels on its line."""

    label: Label
    gap: Gap
    end: int
    chain: int
    columns: Columns | None
    last: bool
    foreign_header: bool = False  # the words above this row head no table of the form
    following: Label | None = None


@dataclass(frozen=True)
class Placement:
    """The columns that a row's cells belong to."""

    measures: tuple[str, ...]
    money: tuple[str | None, ...]
    editions: tuple[str, ...]
    doubt: str | None = None
    in_order: bool = True
    leads: bool = False  # blank cells are printed for the width of a merged label, before the row's figures
