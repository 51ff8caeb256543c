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

# Of `sums` the part of one wide table. The table is read once for the equations of its columns, whose figures stand in many rows and
# are added up for all measures together, and once for those of its rows: there `sum_m` and `equals_m` say whether measure m is in a side.
_SUMS = """select report_id, id as equation, code, section, each, group_key, item, measure, terms as wanted, alone, {of_measure}
  from (
    select report_id, term.code as summed, term.edition as by, {added}
      from {section}
     cross join (
       select distinct equations.code, equations.edition, term.item, side, position
         from equations join equation_terms as term on term.equation = equations.id where equations.section = '{section}' and each = 'column'
     ) as term on term.item = {section}.{row} and term.edition is {section}.edition
     group by report_id, term.code, term.edition
  )
 cross join equations on edition is by and code = summed and section = '{section}' and each = 'column'
union all
select report_id, id, code, sides.section, each, group_key, sides.item, sides.measure, terms, alone, {in_row}
  from {section}
 cross join (
   select equations.*, {sides}
     from equations join equation_terms as term on term.equation = equations.id
    where equations.section = '{section}' and each = 'row' group by equations.id
 ) as sides on sides.group_key = {section}.{row} and sides.edition is {section}.edition"""
# What `sums` says of an equation: of a column's, an aggregate of measure {m} over its rows; of a row's, what {m} adds.
_OF_SUMS = {
    "printed": ("max({m}) filter (where side = 'equals' and position = 1)", "{m}"),
    "printed_status": ("max({m}_status) filter (where side = 'equals' and position = 1)", "{m}_status"),
    "left": ("total({m}) filter (where side = 'sum')", "coalesce({m}, 0.0) * sum_{m}"),
    "right": ("total({m}) filter (where side = 'equals')", "coalesce({m}, 0.0) * equals_{m}"),
    "known": ("count({m})", "({m} is not null) * (sum_{m} + equals_{m})"),
    "present": ("count({m}_status)", "({m}_status is not null) * (sum_{m} + equals_{m})"),
    "inferred": ("sum({m}_status is 'inferred')", "({m}_status is 'inferred') * (sum_{m} + equals_{m})"),
    "inferred_parts": ("sum({m}_status is 'inferred' and side = 'sum')", "({m}_status is 'inferred') * sum_{m}"),
    "unreadable": ("sum({m}_status is 'unreadable')", "({m}_status is 'unreadable') * (sum_{m} + equals_{m})"),
}
_ROWS = """select report_id, edition, '{section}' as section, {row} as item, {there} as present, {known} as known, {unreadable} as unreadable,
       {weight} as weight, {parts} as parts, {values} as printed_values from {section}"""
# No join in the outer query: SQLite then answers each part of the union as it is asked, and a page of 100 rows reads no more than 100.
_CELLS = """create view cells as
with placed as (
    {figures}
    union all select report_id, agency, year, 'statistics', item, 'year', value, value_status, value_start, value_end, null, null from statistics where value_status is not null
    union all select report_id, agency, year, 'statistics', item, 'cumulative', cumulative, cumulative_status, cumulative_start, cumulative_end, null, null from statistics where cumulative_status is not null
)
select report_id, agency, year, (select source_id from reports where id = report_id) as source_id, section, item, measure, value,
       (select substr(text, placed.char_start + 1, placed.char_end - placed.char_start)
          from reports join source_texts on source_texts.id = reports.source_id where reports.id = placed.report_id) as printed,
       status, char_start, char_end, placed_by, layout
  from placed"""
_TABLE = """create table {section} (
    report_id text not null references reports(id), agency text references agencies(code), year integer, region text references regions(code),
    edition text references editions(code),     -- NULL: its rows and columns are those of several editions
    {row} text not null references items(code),
    {values},
    {places},
    placed_by text check (placed_by in ('geometry', 'count', 'blanks', 'sums', 'order')), layout text,
    primary key (report_id, {row})
);
create index {section}_agency on {section}(agency, year);
create index {section}_{row} on {section}({row}, year);
create index {section}_totals on {section}(report_id, {row}, total_status, total);"""


def create_form_tables(db: sqlite3.Connection) -> None:
    """Make the section tables and the views over them. Raises sqlite3.OperationalError for a measure that is no name of a column."""
    for section, row in WIDE.items():
        measures = measures_of(section)
        places = ", ".join(f"{m}_status text, {m}_start integer, {m}_end integer" for m in measures)
        values = ", ".join(f"{m} real" for m in measures)
        db.executescript(_TABLE.format(section=section, row=row, values=values, places=places))
    db.execute(_CELLS.format(figures=_figures("agency, year, ", ", placed_by, layout")))
    db.execute(f"create view figures as {_figures('edition, ')}")
    db.execute(f"create view table_rows as {' union all '.join(_table_rows(section, row) for section, row in WIDE.items())}")
    db.execute(f"create view sums as {' union all '.join(_sums(section, row) for section, row in WIDE.items())}")


def measures_of(section: str) -> tuple[str, ...]:
    """The columns that any edition gives a section's table: of the newest in its order, then those that only older ones have."""
    newest_first = reversed(editions())
    return tuple(dict.fromkeys(m for form in newest_first for grid in form.of(section) for m in grid.measures))


def _sums(section: str, row: str) -> str:
    """A line for each equation of a wide table that a report has a row of."""
    measures = measures_of(section)

    def chosen(by: str, of: str) -> str:
        return " ".join([f"case {by}", *(f"when '{m}' then {of.format(m=m)}" for m in measures), "end"])

    def in_row(name: str, of: str) -> str:
        return chosen("sides.measure", of) if name in ("printed", "printed_status") else " + ".join(of.format(m=m) for m in measures)

    of_sides = "max(side = '{side}' and term.measure = '{m}') as {side}_{m}"
    return _SUMS.format(
        section=section, row=row,
        added=", ".join(f"{of.format(m=m)} as {name}_{m}" for name, (of, _) in _OF_SUMS.items() for m in measures),
        of_measure=", ".join(chosen("group_key", name + "_{m}") + f' as "{name}"' for name in _OF_SUMS),
        in_row=", ".join(in_row(name, of) for name, (_, of) in _OF_SUMS.items()),
        sides=", ".join(of_sides.format(side=side, m=m) for side in ("sum", "equals") for m in measures),
    )  # fmt: skip


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


def _figures(others: str = "", placed: str = "") -> str:
    """A line for each cell of a section table, with other columns of its table and how it was placed where these are named."""
    lines = [
        f"select report_id, {others}'proactive_disclosure' as section, item, measure, value, status, char_start, char_end{placed} from proactive_disclosure"  # noqa: S608, names of our own schema
    ]
    lines += [
        f"select report_id, {others}'{section}', {row}, '{m}', {m}, {m}_status, {m}_start, {m}_end{placed} from {section} where {m}_status is not null"  # noqa: S608, names of our own schema
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
