"""What Datasette counts of `cells`, asked of `cell_counts` instead, which the build has counted: the view reads every table.

select status as value, count(*) as count from (select … from cells where "section" = :p0) where status is not null group by …
select count(*) from cells where "section" = :p0
"""

from __future__ import annotations

import re

ALIKE = {"section", "item", "measure", "year", "status", "placed_by", "layout"}  # the columns that cells are counted by
_COUNT = re.compile(r"select count\(\*\) from cells\s*(?P<where>where .+)?", re.S)
_FACET = re.compile(
    r"\s*select \[?(?P<column>\w+)\]? as value, count\(\*\) as count from \(\s*select [\w, \[\]]+ from cells\s*(?P<where>where .+?)?\s*\)"
    r"\s*where \[?(?P=column)\]? is not null\s+group by \[?(?P=column)\]? order by count desc, value limit (?P<limit>\d+)\s*",
    re.S,
)


def of_counts(sql: str) -> str | None:
    """The statement that gives the same from `cell_counts`; None for one that counts nothing of `cells`, or by other columns."""
    if facet := _FACET.fullmatch(sql):
        column, where = facet["column"], facet["where"] or "where true"
        if column in ALIKE and _names(where) <= ALIKE:
            there = f"{where} and {column} is not null"
            return f"select {column} as value, sum(cells) as count from cell_counts {there} group by 1 order by count desc, value limit {facet['limit']}"  # noqa: S608 columns of ours
    elif (count := _COUNT.fullmatch(sql.strip())) and _names(count["where"] or "") <= ALIKE:
        return f"select coalesce(sum(cells), 0) from cell_counts {count['where'] or ''}"  # noqa: S608 as Datasette filters
    return None


def _names(where: str) -> set[str]:
    """The columns that a filter of Datasette's names, each within quotation marks or brackets; the word select where it has a statement of its own."""
    return {name for pair in re.findall(r'"(\w+)"|\[(\w+)\]|\b(select)\b', where, re.I) for name in pair if name}
