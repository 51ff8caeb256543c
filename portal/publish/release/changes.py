"""What came, went and changed between two releases: reports, cells, findings."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from portal.pages.citation import PORTAL
from portal.words import word

NAMES = ("kind", "change", "report_id", "section", "item", "measure", "id", "before", "after")
MOST_ENTRIES, MOST_LINES = 500, 50  # of the feed: the reports that changed most, and of each so many changes; changes.csv has all

# Of each kind: what tells one from another, and what is compared. A report or a finding that both have is the same by its id.
_REPORT = "id as report_id, null as section, null as item, null as measure, id as id, status || ' ' || coalesce(title, '') as said"
_CELL = (
    "report_id, section, item, measure, report_id || '/' || section || '/' || item || '/' || measure as id,"
    " status || ' ' || coalesce(iif(value = cast(value as integer), cast(value as integer), value), '') as said"
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


def names(after: Path, before: Path) -> dict[str, str]:
    """What readers call each report of either database, by its id: its agency and year."""
    found: dict[str, str] = {}
    for file in (before, after):
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            sql = "select reports.id, coalesce(agencies.name, title, reports.id), year from reports left join agencies on agencies.code = agency"
            found |= {report: f"{name} {year or ''}".strip() for report, name, year in db.execute(sql)}
    return found


def write_feed(changes_file: Path, file: Path, release: str, built_at: str, address: str, named: Mapping[str, str]) -> None:
    """Write changes.atom: an entry for each report in which something came, went or changed, the most changed first, with what it was and
    what it is. `named` says what a report is called."""
    by_report: dict[str, list[dict[str, str]]] = {}
    with changes_file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            by_report.setdefault(row["report_id"], []).append(row)
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    SubElement(feed, "title").text = f"{PORTAL}：{release} 版的变动"
    SubElement(feed, "id").text = f"tag:disclosure-reports,{built_at[:10]}:changes"
    SubElement(feed, "updated").text = built_at
    SubElement(SubElement(feed, "author"), "name").text = PORTAL
    most = sorted(by_report.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_ENTRIES]
    for report, changed in most:
        counts = Counter((row["kind"], row["change"]) for row in changed)
        entry = SubElement(feed, "entry")
        SubElement(entry, "title").text = named.get(report, report)
        SubElement(entry, "id").text = f"tag:disclosure-reports,{built_at[:10]}:{report}"
        SubElement(entry, "updated").text = built_at
        SubElement(entry, "link", href=f"{address or '../..'}/reports/{report}")
        said = (f"{word('change_of', kind)}{word('change', change)} {count}" for (kind, change), count in sorted(counts.items()))
        SubElement(entry, "summary").text = "；".join(said)
        lines = "".join(f"<li>{escape(_line(row))}</li>" for row in changed[:MOST_LINES])
        SubElement(entry, "content", type="html").text = f"<ul>{lines}</ul>" + ("<p>changes.csv …</p>" if len(changed) > MOST_LINES else "")
    file.write_bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _line(row: Mapping[str, str]) -> str:
    """One change, from what to what.

    >>> _line({"kind": "cell", "change": "changed", "id": "x/applications/received/total", "report_id": "x", "before": "stated 3", "after": "stated 5"})
    '格子改变 applications/received/total：stated 3 → stated 5'
    """
    what = row["id"].removeprefix(row["report_id"]).strip("/-")
    return f"{word('change_of', row['kind'])}{word('change', row['change'])} {what}：{row['before'] or '—'} → {row['after'] or '—'}"
