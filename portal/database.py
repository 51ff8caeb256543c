"""A database of all documents: what is written of a change, judged and counted again, in its order."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from portal.build.about import About
from portal.build.again import concerned, judge_again, places, remove, years
from portal.build.agencies import Agencies
from portal.build.cell_counts import count_cells
from portal.build.first_seen import date_findings
from portal.build.mark import unmark, write_mark
from portal.build.published import Change
from portal.build.source import Source
from portal.build.spelling import spell
from portal.build.write import UNSAFE, create, finish, write_reports
from portal.checks.passages import Bands, update_shared_passages
from portal.checks.run import judge
from portal.pages.leads import write_leads
from portal.pages.medians import write_medians
from portal.pages.search import create_index, put_in_index, take_from_index


def write_database(
    path: str,
    change: Change,
    agencies: Agencies,
    bands: Bands,
    sources: Sequence[Source],
    about: tuple[str, str, str, str | None],
    published: Path | None = None,
) -> tuple[sqlite3.Connection, list[Source], dict[str, str]]:
    """Make a database that of all these sources: reports, agencies, names in letters, checks, medians, leads, search index; last of all the mark
    that it is whole. `about` is when and by which version it was built, from what, and the name of the release; `published` the database
    from which findings have their days.

    Returns the database, open; the sources as they were written; and by their ids why documents could not be, which are refused.
    """
    db = create(path) if change.whole else sqlite3.connect(path)
    if not change and About.of(sources, *about).stands_in(db):
        return db, [*sources], {}
    if change.whole:
        create_index(db)
    else:
        db.executescript(UNSAFE)
        unmark(db)
    gone = places(db, change.gone)
    count_cells(db, change.gone, -1)
    take_from_index(db, change.gone)
    remove(db, change.gone)
    lost = write_reports(db, change.new, agencies)
    count_cells(db, None if change.whole else change.written, 1)
    agencies.write(db)
    spell(db)
    others = update_shared_passages(db, bands, change.gone, change.written)
    judged = change.written if change.whole else concerned(db, gone + places(db, change.written)) | others
    if change.whole:
        judge(db)
    else:
        judge_again(db, judged)
    date_findings(db, about[0], published)
    write_medians(db, {year for _, _, year in gone if year} | years(db, change.written) | years(db, judged))
    write_leads(db)
    put_in_index(db, change.written)
    written = [source.refuse(lost[source.id]) if source.id in lost else source for source in sources]
    About.of(written, *about).write(db)
    finish(db)
    write_mark(db)
    db.commit()
    return db, written, lost
