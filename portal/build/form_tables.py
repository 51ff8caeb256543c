"""What the database has because the form has it: the section tables with a column for each of its columns, its cells and its equations.

A new edition is a file in data/forms. From it come, with no other change:

- `applications` and `review_litigation`, whose columns are the measures that any edition has;
- `form_cells`: the cells of each edition; `equations` and `equation_terms`: its sums, an equation for each row or column summed;
- the views `cells` and `figures` over the section tables; `sums`, every equation of every report with what is printed, and
  `table_rows`, every row of these tables with how many of its cells are there, known and not zero.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from parsers.form.editions import Edition, Equation, editions

WIDE = {"applications": "item", "review_litigation": "procedure"}  # section tables of a column for each measure: the row's column
Place = tuple[str, str]  # item, measure

# Of `sums`, written for each column of a wide table and joined by `union all`. The index on the terms decides how long it takes.
_ARM = """select report_id, terms.equation, terms.side, terms.position, {section}.{m} as value, {section}.{m}_status as status
        from {section} cross join equation_terms as terms
       where terms.section = '{section}' and terms.measure = '{m}' and terms.item = {section}.{row} and terms.edition is {section}.edition"""
_SUMS = """create view sums as
select report_id, equations.id as equation, code, equations.section, each, group_key, item, measure, terms as wanted, alone,
       printed, printed_status, "left", "right", known, present, inferred, inferred_parts, unreadable
  from (
    select report_id, equation,
           max(value) filter (where side = 'equals' and position = 1) as printed,
           max(status) filter (where side = 'equals' and position = 1) as printed_status,
           total(value) filter (where side = 'sum') as "left", total(value) filter (where side = 'equals') as "right",
           count(value) as known, count(status) as present, sum(status = 'inferred') as inferred,
           sum(status = 'inferred' and side = 'sum') as inferred_parts, sum(status = 'unreadable') as unreadable
      from ({arms})
     group by report_id, equation
  )
  join equations on equations.id = equation"""
_ROWS = """select report_id, edition, '{section}' as section, {row} as item, {there} as present, {known} as known, {unreadable} as unreadable,
       {weight} as weight, {parts} as parts, {values} as printed_values from {section}"""
_CELLS = """create view cells as
with placed as (
    {figures}
    union all select report_id, 'statistics', item, 'year', value, value_status, value_start, value_end from statistics where value_status is not null
    union all select report_id, 'statistics', item, 'cumulative', cumulative, cumulative_status, cumulative_start, cumulative_end from statistics where cumulative_status is not null
)
select placed.report_id, reports.source_id, placed.section, placed.item, placed.measure, placed.value,
       substr(source_texts.text, placed.char_start + 1, placed.char_end - placed.char_start) as printed,
       placed.status, placed.char_start, placed.char_end
  from placed
  join reports on reports.id = placed.report_id
  join source_texts on source_texts.id = reports.source_id"""
_TABLE = """create table {section} (
    report_id text not null references reports(id), agency text references agencies(code), year integer, region text references regions(code),
    edition text references editions(code),     -- NULL: its rows and columns are those of several editions
    {row} text not null references items(code),
    {values},
    {places},
    primary key (report_id, {row})
);
create index {section}_agency on {section}(agency, year);
create index {section}_{row} on {section}({row}, year);"""


def create_form_tables(db: sqlite3.Connection) -> None:
    """Make the section tables and the views over them. Raises sqlite3.OperationalError for a measure that is no name of a column."""
    for section, row in WIDE.items():
        measures = measures_of(section)
        places = ", ".join(f"{m}_status text, {m}_start integer, {m}_end integer" for m in measures)
        values = ", ".join(f"{m} real" for m in measures)
        db.executescript(_TABLE.format(section=section, row=row, values=values, places=places))
    arms = [(section, row, m) for section, row in WIDE.items() for m in measures_of(section)]
    db.execute(_CELLS.format(figures=_figures("")))
    db.execute(f"create view figures as {_figures('edition, ')}")
    db.execute(f"create view table_rows as {' union all '.join(_table_rows(section, row) for section, row in WIDE.items())}")
    db.execute(_SUMS.format(arms=" union all ".join(_ARM.format(section=section, row=row, m=m) for section, row, m in arms)))


def measures_of(section: str) -> tuple[str, ...]:
    """The columns that any edition gives a section's table: of the newest in its order, then those that only older ones have."""
    newest_first = reversed(editions())
    return tuple(dict.fromkeys(m for form in newest_first for grid in form.of(section) for m in grid.measures))


def _table_rows(section: str, row: str) -> str:
    """A line for each row of a wide table. `weight` is 0 where all is zero or blank, `parts` how many cells but totals are not zero,
    `printed_values` the figures as one text, to be compared with another year's."""
    measures = measures_of(section)
    totals = {m for form in editions() for e in form.equations if e.section == section and e.each == "row" for m in e.equals}

    def added(of_each: str, of: Iterable[str] = measures) -> str:
        return " + ".join(of_each.format(m=m) for m in of) or "0"

    return _ROWS.format(
        section=section, row=row, there=added("({m}_status is not null)"), known=added("({m} is not null)"),
        unreadable=added("({m}_status is 'unreadable')"), weight=added("abs(coalesce({m}, 0))"),
        parts=added("({m} is not null and {m} <> 0)", [m for m in measures if m not in totals]),
        values=" || ',' || ".join(f"coalesce({m}, '')" for m in measures),
    )  # fmt: skip


def _figures(edition: str) -> str:
    """A line for each cell of a section table, with the edition of its table where `edition` names it."""
    lines = [
        f"select report_id, {edition}'proactive_disclosure' as section, item, measure, value, status, char_start, char_end from proactive_disclosure"  # noqa: S608, names of our own schema
    ]
    lines += [
        f"select report_id, {edition}'{section}', {row}, '{m}', {m}, {m}_status, {m}_start, {m}_end from {section} where {m}_status is not null"  # noqa: S608, names of our own schema
        for section, row in WIDE.items()
        for m in measures_of(section)
    ]
    return "\n    union all ".join(lines)


def write_form(db: sqlite3.Connection) -> None:
    """Fill form_cells, equations and equation_terms. Of the equations that all editions have alike another is written with no edition:
    for tables that tell none. Raises KeyError naming the row or column that an equation speaks of and its edition lacks."""
    forms = editions()
    for form in forms:
        rows = [(form.code, grid.section, row.item, m) for grid in form.grids for row in grid.rows for m in grid.measures]
        db.executemany("insert into form_cells values (?, ?, ?, ?)", rows)
    of_editions = [set(_groups(form)) for form in forms]
    alike = set.intersection(*of_editions) if of_editions else set()
    for code, groups in [*((form.code, list(_groups(form))) for form in forms), (None, [g for g in _groups(forms[-1]) if g in alike])]:
        for equation, key, left, right in groups:
            (item, measure), terms, alone = right[0], len(left) + len(right), int(len(right) == 1)
            row = (code, equation.code, equation.section, equation.each, key, item, measure, terms, alone)
            sql = "insert into equations (edition, code, section, each, group_key, item, measure, terms, alone) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            number = db.execute(sql, row).lastrowid
            for side, places in (("sum", left), ("equals", right)):
                written = [(number, code, equation.section, side, at, *place) for at, place in enumerate(places, start=1)]
                db.executemany("insert into equation_terms values (?, ?, ?, ?, ?, ?, ?)", written)


Group = tuple[Equation, str, tuple[Place, ...], tuple[Place, ...]]


def _groups(form: Edition) -> Iterator[Group]:
    """Each equation of an edition, written out for every column or row it is of: the cells of its two sides."""
    for equation in form.equations:
        (grid,) = form.of(equation.section)
        items = tuple(row.item for row in grid.rows)
        by_column = equation.each == "column"
        named, there = {*equation.sum, *equation.equals}, set(items if by_column else grid.measures)
        if named - there:
            raise KeyError(
                f"data/forms, edition {form.code}, equation {equation.code}: {', '.join(sorted(named - there))} is not on the form"
            )
        for key in grid.measures if by_column else items:
            sides = [tuple((term, key) if by_column else (key, term) for term in side) for side in (equation.sum, equation.equals)]
            yield Equation(equation.code, equation.section, equation.each, (), ()), key, sides[0], sides[1]
