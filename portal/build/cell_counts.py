"""How many cells of all reports are alike: counted once a build, since counting them for a reader reads every table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

_ADD = """
insert into cell_counts
select section, item, measure, year, status, placed_by, layout, count(*) * ? from cells {of} group by 1, 2, 3, 4, 5, 6, 7
    on conflict (section, item, measure, coalesce(year, 0), status, coalesce(placed_by, ''), coalesce(layout, ''))
    do update set cells = cells + excluded.cells"""


def count_cells(db: sqlite3.Connection, reports: Collection[str] | None, sign: int) -> None:
    """Add the cells of these reports (None: of all) to what is counted (sign 1), or take them from it (-1)."""
    if reports is None:
        db.execute(_ADD.format(of="where true"), [sign])
    elif reports:
        db.execute(_ADD.format(of="where report_id in (select value from json_each(?))"), [sign, json.dumps([*reports])])
        db.execute("delete from cell_counts where cells = 0")
