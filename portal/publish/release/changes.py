"""What came, went and changed between two releases: reports, cells, findings."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

NAMES = ("kind", "change", "report_id", "section", "item", "measure", "id", "before", "after")
MOST_ENTRIES = 500  # of the feed: the reports that changed most

# Of each kind: what tells one from another, and what is compared. A report or a finding that both have is the same by its id.
_REPORT = "id as report_id, null as section, null as item, null as measure, id as id, status || ' ' || coalesce(title, '') as said"
_CELL = (
    "report_id, section, item, measure, report_id || '/' || section || '/' || item || '/' || measure as id,"
    " status || ' ' || coalesce(value, '') as said"
)
_FINDING = "report_id, section, item, measure, id, verdict || ' ' || message as said"
_KINDS = {"report": (_REPORT, "reports"), "cell": (_CELL, "cells"), "finding": (_FINDING, "findings")}


def write_changes(before: Path, after: Path, file: Path) -> dict[str, dict[str, int]]:
    """Write changes.csv from two databases; return how many of each kind came, went and changed."""
    counts = {kind: dict.fromkeys(("came", "went", "changed"), 0) for kind in _KINDS}
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(NAMES)
        for row in changes(before, after):
            writer.writerow(row)
            counts[row[0] or ""][row[1] or ""] += 1
    return counts


def changes(before: Path, after: Path) -> Iterator[tuple[str | None, ...]]:
    """A row a change, as NAMES says, ordered by kind and id."""
    db = sqlite3.connect(f"{after.absolute().as_uri()}?mode=ro", uri=True)
    try:
        db.execute("attach ? as earlier", (f"{before.absolute().as_uri()}?mode=ro",))
        for kind, (columns, table) in _KINDS.items():
            db.execute(f"create temp table old as select {columns} from earlier.{table}")  # noqa: S608  # of _KINDS
            db.execute(f"create temp table new as select {columns} from main.{table}")  # noqa: S608
            for name in ("old", "new"):
                db.execute(f"create index temp.{name}_id on {name} (id)")
            yield from db.execute(
                "select * from (select ?, case when old.id is null then 'came' else 'changed' end, new.report_id, new.section, new.item,"
                " new.measure, new.id as id, old.said, new.said from new left join old on old.id = new.id where old.said is not new.said"
                " union all select ?, 'went', old.report_id, old.section, old.item, old.measure, old.id, old.said, null from old"
                " where old.id not in (select id from new)) order by id",
                (kind, kind),
            )
            db.execute("drop table temp.old")
            db.execute("drop table temp.new")
    finally:
        db.close()


def write_feed(changes_file: Path, file: Path, release: str, built_at: str, address: str) -> None:
    """Write changes.atom: an entry for each report in which something came, went or changed, the most changed first."""
    by_report: dict[str, dict[str, int]] = {}
    with changes_file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            counts = by_report.setdefault(row["report_id"], {})
            said = f"{row['kind']} {row['change']}"
            counts[said] = counts.get(said, 0) + 1
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    SubElement(feed, "title").text = f"政府信息公开年报 · 开放数据：{release} 版的变动"
    SubElement(feed, "id").text = f"tag:disclosure-reports,{built_at[:10]}:changes"
    SubElement(feed, "updated").text = built_at
    SubElement(SubElement(feed, "author"), "name").text = "政府信息公开年报 · 开放数据"
    most = sorted(by_report.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:MOST_ENTRIES]
    for report, counts in most:
        entry = SubElement(feed, "entry")
        SubElement(entry, "title").text = report
        SubElement(entry, "id").text = f"tag:disclosure-reports,{built_at[:10]}:{report}"
        SubElement(entry, "updated").text = built_at
        SubElement(entry, "link", href=f"{address}/reports/{report}")
        SubElement(entry, "summary").text = "; ".join(f"{said} {count}" for said, count in sorted(counts.items()))
    file.write_bytes(tostring(feed, encoding="utf-8", xml_declaration=True))
