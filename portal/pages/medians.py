"""The medians that an agency's figures are shown beside: of a printed total that no finding disputes, over all agencies of its level and kind
in a year."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from portal.pages.totals import PRINTED_BY_REPORT

FEWEST = 5  # below it a median would tell of single agencies

_MEDIANS = """
insert into peer_medians (year, level, kind, item, reports, median)
select year, level, kind, item, reports, case when reports >= :fewest then avg(total) end
  from (select *, row_number() over (partition by year, level, kind, item order by total) as place,
               count(*) over (partition by year, level, kind, item) as reports from printed_by_report where finding_id is null)
 where place in ((reports + 1) / 2, (reports + 2) / 2)
 group by year, level, kind, item, reports
"""


def write_medians(db: sqlite3.Connection, years: Collection[int]) -> None:
    """Fill `peer_medians` anew for some years from the printed totals; what was inferred, left blank or is disputed is in none.
    The findings must be there."""
    of_years = f"year in ({', '.join(map(str, sorted(years)))})"
    db.execute(f"delete from peer_medians where {of_years}")  # noqa: S608 numbers
    where = f"reports.level is not null and reports.{of_years}"
    db.execute(PRINTED_BY_REPORT.format(where=where) + _MEDIANS, {"fewest": FEWEST})
