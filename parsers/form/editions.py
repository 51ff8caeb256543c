"""The editions of the statutory form, read from data/forms: what rows, columns and equations a table has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from parsers.data import DATA, load
from parsers.printed.normalise import normalise, normalise_label

LABELS = DATA / "labels.yml"


@dataclass(frozen=True)
class Row:
    """A row of the form: its item, its printed label, the group labels above it from the outside in, the code of the innermost if it has one."""

    item: str
    label: str
    groups: tuple[str, ...] = ()
    whole: str | None = None


@dataclass(frozen=True)
class Grid:
    """Rows that share one header of columns: a whole table, or one article's part of section 2."""

    section: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    article: str | None = None
    money: Mapping[str, str] | None = None
    header_groups: tuple[str, ...] = ()
    note: str | None = None

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The codes of the columns, in the form's order."""
        return tuple(measure for measure, _ in self.columns)


@dataclass(frozen=True)
class Equation:
    """`sum` of the named cells equals the sum of `equals`, in each column or each row of a section."""

    code: str
    section: str
    each: str
    sum: tuple[str, ...]
    equals: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One edition of the form: its code (2021), name and notice, what its tables have, which equations hold in them.

    `names_en` holds English names by code, under `items` and under `measures`.
    """

    code: str
    name: str
    notice: str
    grids: tuple[Grid, ...]
    equations: tuple[Equation, ...]
    names_en: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def items(self) -> frozenset[tuple[str, str]]:
        """The section and item of every row that this edition has."""
        return frozenset((grid.section, row.item) for grid in self.grids for row in grid.rows)

    @cached_property
    def columns(self) -> frozenset[tuple[str, str]]:
        """The section and measure of every column that this edition has."""
        return frozenset((grid.section, measure) for grid in self.grids for measure in grid.measures)

    @cached_property
    def places(self) -> frozenset[tuple[str, str, str]]:
        """Section, item and measure of every cell."""
        return frozenset((grid.section, row.item, measure) for grid in self.grids for row in grid.rows for measure in grid.measures)

    def of(self, section: str) -> tuple[Grid, ...]:
        """The grids of a section, in the form's order: several of section 2, one of the others, none of one that the edition lacks."""
        return tuple(grid for grid in self.grids if grid.section == section)


def _rows(entries: list[dict[str, Any]], groups: tuple[str, ...] = (), whole: str | None = None) -> Iterator[Row]:
    for entry in entries:
        if "group" in entry:
            yield from _rows(entry["rows"], (*groups, entry["group"]), entry.get("code"))
        else:
            yield Row(entry["item"], entry["label"], groups, whole)


def _grids(table: dict[str, Any]) -> Iterator[Grid]:
    for part in table.get("groups", [table]):
        yield Grid(
            section=table["section"],
            columns=tuple(part["columns"].items()),
            rows=tuple(_rows(part["rows"])),
            article=part.get("article"),
            money=part.get("money"),
            header_groups=tuple(part.get("header_groups", ())),
            note=part.get("note"),
        )


@cache
def form_files() -> dict[str, dict[str, Any]]:
    """What each file of data/forms says, by the code of its edition, oldest first: of the list of indicators before 2019 too."""
    forms = [load(path) for path in sorted((DATA / "forms").glob("*.yml"))]
    return {str(form["edition"]): form for form in forms}


def _edition(form: dict[str, Any]) -> Edition:
    equations = tuple(Equation(e["code"], e["section"], e["each"], tuple(e["sum"]), tuple(e["equals"])) for e in form.get("equations", []))
    grids = tuple(grid for table in form["tables"] for grid in _grids(table))
    return Edition(str(form["edition"]), form["name"], form["notice"], grids, equations, form.get("names_en", {}))


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition with tables of the six sections, oldest first. Raises KeyError with the name that its file lacks."""
    return tuple(_edition(form) for form in form_files().values() if "tables" in form)


@cache
def variants() -> dict[str, tuple[str, ...]]:
    """Normalised canonical label → its normalised variants and misprints as really printed (data/labels.yml)."""
    entries = load(LABELS)
    return {normalise_label(label): tuple(normalise_label(str(v)) for v in printed) for label, printed in entries.items()}


@cache
def spellings(label: str) -> tuple[str, ...]:
    """The normalised ways in which a form label may be printed, the canonical one first."""
    canonical = normalise_label(label)
    return (canonical, *variants().get(canonical, ()))


@cache
def row_items(section: str) -> dict[str, tuple[str, ...]]:
    """Normalised row label → items of this section over all editions. 其他 of section 3 is a row only where printed as one."""
    found: dict[str, set[str]] = {}
    for edition in editions():
        for grid in edition.of(section):
            for row in grid.rows:
                for spelling in spellings(row.label):
                    found.setdefault(spelling, set()).add(row.item)
    return {label: tuple(sorted(items)) for label, items in found.items()}


@cache
def group_labels(section: str) -> frozenset[str]:
    """Normalised labels of rows that only head other rows (（三）不予公开, 三、本年度办理结果, 第二十条第（一）项)."""
    labels: set[str] = set()
    for edition in editions():
        for grid in edition.of(section):
            for row in grid.rows:
                labels.update(s for group in row.groups for s in spellings(group))
    return frozenset(labels) - set(row_items(section))


@cache
def column_labels(section: str) -> dict[str, str]:
    """Normalised column label → measure, over all editions of a section."""
    found: dict[str, str] = {}
    for edition in editions():
        for grid in edition.of(section):
            for measure, label in grid.columns:
                for spelling in spellings(label):
                    found[spelling] = measure
    return found


@cache
def balance_note() -> str:
    """The note of section 3 that says its balance (勾稽关系), normalised, as the newest edition words it."""
    return next(normalise(grid.note) for edition in reversed(editions()) for grid in edition.grids if grid.note)


@cache
def rows_before(section: str, item: str) -> frozenset[str]:
    """The rows that an edition has right before this one."""
    rows = [[row.item for grid in edition.of(section) for row in grid.rows] for edition in editions()]
    return frozenset({before for items in rows for before, after in pairwise(items) if after == item})


@cache
def editions_with(section: str, item: str) -> tuple[str, ...]:
    """The codes of the editions that have this row, if not all have it; none where it tells nothing.

    >>> editions_with("applications", "other"), editions_with("applications", "received")
    (('2019',), ())
    """
    having = tuple(form.code for form in editions() if (section, item) in form.items)
    return having if len(having) < len(editions()) else ()


@cache
def also_columns(section: str) -> frozenset[str]:
    """Normalised labels of rows that head columns too (总计, 其他)."""
    return frozenset(row_items(section)) & frozenset(column_labels(section))


@cache
def numbers_before(label: str) -> frozenset[str]:
    """The numbers that editions print before a row of section 3 of this name, in both ways of writing.

    >>> sorted(numbers_before("其他"))
    ['3', '三']
    """
    rows = (row for edition in editions() for grid in edition.of("applications") for row in grid.rows)
    printed = {row.label[0] for row in rows if normalise_label(row.label) == label and row.label[0].isdecimal()}
    return frozenset(printed | {"一二三四五六七八九"[int(number) - 1] for number in printed if number != "0"})
